"""Where does the story of the demo stand, and whose desk is it told from?"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from repatria.cli.cast import ACTORS, StoryClock, directions
from repatria.operations.desk import Desk
from repatria.operations.packages import send_package
from repatria.operations.receiving import take_in_package
from repatria.terms import ListId, ManifestId, PartyCode, PlanId, Role
from repatria.wiring.installation import Installation
from repatria.wiring.keyfile import Cost

Tell = Callable[[str, str], None]


@dataclass(slots=True, kw_only=True)
class Stage:
    """The story while it is told.

    Attributes:
        workspace: folder of the three installations and of the stick.
        examples: folder of the list files.
        passphrase: of every key, as this is a demonstration.
        tell: is given a sentence and the operation that did it.
        cost: of trying a passphrase.
    """

    workspace: Path
    examples: Path
    passphrase: str
    tell: Tell
    cost: Cost = field(default_factory=Cost)
    clock: StoryClock = field(default_factory=StoryClock)
    installations: dict[PartyCode, Installation] = field(default_factory=dict)
    lists: dict[str, ListId] = field(default_factory=dict)
    plan_id: PlanId | None = None
    frozen: ManifestId | None = None
    result: dict[str, Any] = field(default_factory=dict)
    packages: int = 0

    @contextmanager
    def at(self, party: PartyCode, role: Role = Role.REGISTRAR) -> Iterator[Desk]:
        """A desk in one installation."""
        installation = self.installations[party]
        with installation.open():
            yield installation.desk(ACTORS[party, role], role, clock=self.clock)

    @property
    def manifest_id(self) -> ManifestId:
        """The manifest; only once it was frozen."""
        if self.frozen is None:
            raise ValueError("the manifest is not frozen yet")
        return self.frozen

    def carry_packages(self, *routes: tuple[PartyCode, PartyCode]) -> None:
        """Packages are made, carried as files in a folder, and taken in."""
        stick = self.workspace / "stick"
        stick.mkdir(exist_ok=True)
        for sender, recipient in routes or directions():
            with self.at(sender) as desk:
                made = send_package(desk, to=recipient)
            self.packages += 1
            name = f"{self.packages:03d}-{sender}-to-{recipient}.repatria"
            outbox = self.installations[sender].folder / "outbox" / name
            inbox = self.installations[recipient].folder / "inbox" / name
            for place in (outbox, stick / name, inbox):
                place.write_bytes(made.raw)
            with self.at(recipient) as desk:
                take_in_package(desk, inbox.read_bytes(), place=name)
        count = len(routes or directions())
        self.tell(
            f"{count} sealed and signed package(s) carried on a stick and taken in",
            "send_package, take_in_package",
        )
