"""How are these pages built? Without a network, warnings being errors.

sphinx-build -n -W -b html docs docs/_build
"""

project = "Repatria"
author = "the Repatria contributors"
copyright = "the Repatria contributors, Apache-2.0"
extensions = ["myst_parser"]
source_suffix = {".md": "markdown"}
exclude_patterns = ["_build"]
myst_enable_extensions = ["colon_fence"]
myst_heading_anchors = 3
html_theme = "furo"
html_title = "Repatria"
html_show_sphinx = False
html_copy_source = False
