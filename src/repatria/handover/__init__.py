"""How does a person get from an agreed list to the far side of the line?

Start at `fold_manifest` (who is on it, who signed), then `objections_to_crossing`
(the gate), `compare_receipts` and `closing_reconciliation`. Everything here
reads ledger entries the viewer may see and gives back values.
Not here: choosing who goes (`planning`), writing (`operations`), public words
(`record`).
"""

from repatria.handover.closing import ClosingLine, TerminalState, closing_reconciliation
from repatria.handover.crossing import (
    FINAL,
    CrossingState,
    CrossingStatus,
    Happening,
    fold_crossing,
)
from repatria.handover.freezing import objections_to_freezing, objections_to_substitution
from repatria.handover.gate import objections_to_crossing
from repatria.handover.manifest import (
    Manifest,
    Substitution,
    digest_of_lines,
    digest_of_substitution,
    fold_manifest,
)
from repatria.handover.readiness import Readiness, objections_to_travel, readiness_of
from repatria.handover.receipts import (
    OneSided,
    ReceiptComparison,
    compare_receipts,
    objections_to_receipt,
)

__all__ = [
    "FINAL",
    "ClosingLine",
    "CrossingState",
    "CrossingStatus",
    "Happening",
    "Manifest",
    "OneSided",
    "Readiness",
    "ReceiptComparison",
    "Substitution",
    "TerminalState",
    "closing_reconciliation",
    "compare_receipts",
    "digest_of_lines",
    "digest_of_substitution",
    "fold_crossing",
    "fold_manifest",
    "objections_to_crossing",
    "objections_to_freezing",
    "objections_to_receipt",
    "objections_to_substitution",
    "objections_to_travel",
    "readiness_of",
]
