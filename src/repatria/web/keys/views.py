"""Our keyring and each peer's: how it is read aloud, which keys count where, what came before.

Reading only. Keys are changed by people with root keys, at machines without a
network; the page shows the commands.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpResponseBase
from django.shortcuts import render
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_safe

from repatria.ledger.fingerprint import fingerprint_text, qr_of, words_of
from repatria.ledger.keyring import Keyring
from repatria.operations.access import introduction_of, keyrings_of, peers_of
from repatria.operations.desk import Desk
from repatria.terms import PartyCode
from repatria.web.access import Request, desk_page
from repatria.wiring.desks import desk_for


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownKeyring:
    """A party's keyring as the page shows it.

    Attributes:
        code, title: of the party.
        is_ourselves: whether it is this installation's.
        keyring: the version in force.
        words: of the fingerprint.
        picture: of the fingerprint, a QR code.
        versions: all that were noted, newest first.
        size: how many entries of its log are here.
    """

    code: PartyCode
    title: str
    is_ourselves: bool
    keyring: Keyring
    words: Sequence[str]
    picture: SafeString
    versions: Sequence[Keyring]
    size: int


@require_safe
@desk_page
def all_keys(request: Request) -> HttpResponseBase:
    """Every known keyring, our own first; for the installation's own people."""
    desk = desk_for(request.viewer)
    parties = (desk.party, *peers_of(desk.log))
    shown = [each for party in parties if (each := _shown(desk, party)) is not None]
    return render(request, "keys/all.html", {"keyrings": shown})


def _shown(desk: Desk, party: PartyCode) -> ShownKeyring | None:
    versions = keyrings_of(desk.log, party)
    introduced = introduction_of(desk.log, party)
    if not versions or introduced is None:
        return None  # introduced before there were keyrings
    keyring = versions[-1]
    picture = qr_of(fingerprint_text(party, keyring.digest))
    return ShownKeyring(
        code=party,
        title=introduced.title,
        is_ourselves=party == desk.party,
        keyring=keyring,
        words=words_of(keyring.digest),
        picture=mark_safe(picture),  # noqa: S308 -- drawn here, of digits
        versions=versions[::-1],
        size=desk.log.head(party).size,
    )
