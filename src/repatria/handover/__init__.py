"""How does a person get from an agreed list to the far side of the line?

Start at `fold_manifest` (who is on it, who signed), then `objections_to_crossing`
(the gate), `compare_receipts` and `closing_reconciliation`. Everything here
reads ledger entries the viewer may see and gives back values.
Not here: choosing who goes (`planning`), writing (`operations`), public words
(`record`).
"""

from repatria.handover.closing import (
    Balance,
    ClosingLine,
    TerminalState,
    balance_of,
    closed_lines,
    closing_reconciliation,
    objections_to_closing,
)
from repatria.handover.crossing import (
    FINAL,
    ON_THE_WAY,
    CrossingState,
    CrossingStatus,
    Happening,
    fold_crossing,
)
from repatria.handover.duty import may_clear, may_tell
from repatria.handover.freezing import objections_to_freezing, objections_to_substitution
from repatria.handover.gate import (
    findings_on_the_way,
    objections_to_crossing,
    objections_to_late_event,
    objections_to_speaker,
)
from repatria.handover.identity import (
    Gate,
    GateStatus,
    fold_gate,
    moved_since,
    objections_to_leaving,
)
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
    "ON_THE_WAY",
    "Balance",
    "ClosingLine",
    "CrossingState",
    "CrossingStatus",
    "Gate",
    "GateStatus",
    "Happening",
    "Manifest",
    "OneSided",
    "Readiness",
    "ReceiptComparison",
    "Substitution",
    "TerminalState",
    "balance_of",
    "closed_lines",
    "closing_reconciliation",
    "compare_receipts",
    "digest_of_lines",
    "digest_of_substitution",
    "findings_on_the_way",
    "fold_crossing",
    "fold_gate",
    "fold_manifest",
    "may_clear",
    "may_tell",
    "moved_since",
    "objections_to_closing",
    "objections_to_crossing",
    "objections_to_freezing",
    "objections_to_late_event",
    "objections_to_leaving",
    "objections_to_receipt",
    "objections_to_speaker",
    "objections_to_substitution",
    "objections_to_travel",
    "readiness_of",
]
