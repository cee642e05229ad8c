"""Which published figures agree, found from what claims say of themselves?

Start at `findings`. Claims are read (`told`), never changed; every rule looks
for itself at what can be compared. Nothing is averaged, and nothing is joined
because two numbers are equal. Not here: comparisons that claims themselves
declare by naming their parts or their event (`record.consistency`).
"""

from repatria.record.comparing.consequences import Gathered, gathered
from repatria.record.comparing.findings import findings, findings_and_checks

__all__ = ["Gathered", "findings", "findings_and_checks", "gathered"]
