"""Where is the installation that a command works in?"""

from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

Home = Annotated[
    Path, Parameter(name=["--home"], env_var="REPATRIA_HOME", help="Folder of the installation.")
]
HERE = Path()
