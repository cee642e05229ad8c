"""Which tables are there?

Four hold what was said and can only grow: `LogEntry`, `Body`, `HeadNote`, `Erasure`
(triggers of the database refuse anything else; a body goes when its place stands in
`Erasure`, and then only). All others are projections:
`repatria rebuild` drops and refolds them. A projection row is folded once for
each label that reads here (`seen_by`), from the statements meant for it.
"""

from repatria.store.models.desks import AccountRow, ApiToken, Job, TermsDraft
from repatria.store.models.exchange import CrossingRow, ManifestRow, PlanRow, ScheduleRow, TermsRow
from repatria.store.models.lists import (
    CalendarRow,
    LineRow,
    ListRow,
    PairRow,
    RoundEntryRow,
    RoundRow,
)
from repatria.store.models.log import (
    Attachment,
    Body,
    Erasure,
    Frontier,
    HeadNote,
    LogEntry,
    Mention,
)
from repatria.store.models.owed import ReleaseRow, RetainedRow
from repatria.store.models.peers import PackageRow, PeerRow
from repatria.store.models.people import (
    DutyRow,
    HealthRow,
    PacketRow,
    PersonRow,
    RemainsRow,
    SearchKey,
    TracingRow,
)
from repatria.store.models.public import BulletinRow, ClaimRow, CommitmentRow, PlaceRow, ReplyRow
from repatria.store.models.seen import Seen

__all__ = [
    "AccountRow",
    "ApiToken",
    "Attachment",
    "Body",
    "BulletinRow",
    "CalendarRow",
    "ClaimRow",
    "CommitmentRow",
    "CrossingRow",
    "DutyRow",
    "Erasure",
    "Frontier",
    "HeadNote",
    "HealthRow",
    "Job",
    "LineRow",
    "ListRow",
    "LogEntry",
    "ManifestRow",
    "Mention",
    "PackageRow",
    "PacketRow",
    "PairRow",
    "PeerRow",
    "PersonRow",
    "PlaceRow",
    "PlanRow",
    "ReleaseRow",
    "RemainsRow",
    "ReplyRow",
    "RetainedRow",
    "RoundEntryRow",
    "RoundRow",
    "ScheduleRow",
    "SearchKey",
    "Seen",
    "TermsDraft",
    "TermsRow",
    "TracingRow",
]
