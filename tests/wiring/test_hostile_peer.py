"""A peer with a valid key says what it may not: nothing is written, nothing breaks.

South's installation is played by a log in memory, which signs whatever it is told to.
"""

from datetime import UTC, datetime

import pytest

from repatria.ledger.draft import draft
from repatria.ledger.kinds.line_answered import AnswerCode, LineAnswered
from repatria.ledger.kinds.list_line import ListLine
from repatria.ledger.kinds.list_submitted import ListSubmitted, Population
from repatria.ledger.statement import Ground, Statement
from repatria.operations.access import introduce_peer, key_of_peer
from repatria.operations.receiving import take_in_package
from repatria.terms import (
    ActorId,
    IntegrityError,
    LineId,
    ListId,
    PartyCode,
    PersonName,
)
from repatria.wiring.verification import verify_path
from statements import key_of, keyring_of_party, list_log, package_for

NORTH, SOUTH, INTERMEDIARY = (PartyCode(p) for p in ("north", "south", "intermediary"))
PARTIES = frozenset({NORTH, SOUTH, INTERMEDIARY})
PUBLIC = frozenset({SOUTH, "public"})
LONG_AGO, FAR_AHEAD = (datetime(year, 1, 2, tzinfo=UTC) for year in (1970, 2999))
EVIL_KEY = key_of("whoever listens").verify_key.text
MARKUP = "<script>alert(1)</script>"

pytestmark = pytest.mark.slow
LIST_S, LINE_S, LINE_X, BULLETIN_S = (
    "list:south-s",
    "line:south-s",
    "line:south-x",
    "bulletin:south-b",
)
LIST_N, LINE_N = "list:north-n", "line:north-n"


def said(kind, about, content, *, audience=PARTIES, at=LONG_AGO):
    """A statement by south, whatever it says."""
    return Statement(
        kind=kind,
        about=(about,),
        by=SOUTH,
        actor=ActorId("clerk"),
        recorded_at=at,
        audience=frozenset(audience),
        ground=Ground(basis="register"),
        content=content,
    )


@pytest.fixture
def south():
    """South's log, which takes everything."""
    return list_log(SOUTH)


@pytest.fixture
def here(north, desk):
    """North's installation, which has met south and the intermediary."""
    with north.open():
        for party in (SOUTH, INTERMEDIARY):
            keyring = keyring_of_party(party)
            introduce_peer(desk(north), party=party, title=party.title(), keyring=keyring)
        yield north


@pytest.fixture
def hand_over(here, south, desk):
    """A function that lets north take in a package with these statements by south."""

    def carry(*statements):
        have = south.head(SOUTH).size
        south.append(statements)
        raw = package_for(south, NORTH, have=have, recipients=[here.keyring.current.recipient])
        return take_in_package(desk(here), raw)

    return carry


@pytest.fixture
def refused(here, hand_over):
    """A function that sees such a package refused with a code, and nothing written."""

    def refuse(code, *statements):
        before = here.log().head(NORTH), here.log().head(SOUTH)
        with pytest.raises(IntegrityError) as fault:
            hand_over(*statements)
        assert fault.value.code == code
        assert fault.value.place.startswith("south/0")
        assert (here.log().head(NORTH), here.log().head(SOUTH)) == before

    return refuse


@pytest.mark.parametrize("whose", [NORTH, SOUTH, INTERMEDIARY, "stranger"])
def test_nobody_else_says_whose_key_is_whose(refused, here, desk, whose):
    before = key_of_peer(desk(here), whose)
    evil = {"party": whose, "title": "Peer", "public_key": EVIL_KEY}
    refused("statement-for-too-many", said("peer.introduced", f"peer:{whose}", evil))
    assert key_of_peer(desk(here), whose) == before


@pytest.mark.parametrize("audience", [PARTIES, PUBLIC, {NORTH}])
def test_nobody_else_says_who_may_come_in(refused, audience):
    granted = {"account": "mallory", "role": "registrar", "party": "north"}
    statement = said("access.granted", "account:mallory", granted, audience=audience)
    refused("statement-for-too-many", statement)


def test_a_note_on_keys_and_accounts_taken_in_earlier_counts_for_nothing(here, hand_over, desk):
    from repatria.operations import packages, receiving
    from repatria.store import models
    from repatria.store.projections import rebuild
    from repatria.store.queries.accounts import account_named

    evil = {"party": INTERMEDIARY, "title": MARKUP, "public_key": EVIL_KEY}
    granted = {"account": "mallory", "role": "registrar", "party": "north"}
    holds = {"origin": SOUTH, "digest": "a", "size": 1, "root": "b", "disclosed": "", "holds": 99}
    before = set(models.PeerRow.objects.values_list("subject", "public_key", "title"))
    with pytest.MonkeyPatch.context() as once:
        once.setattr(receiving, "refuse_inadmissible", lambda *_: None)
        hand_over(
            said("peer.introduced", "peer:intermediary", evil),
            said("access.granted", "account:mallory", granted),
            said("package.received", "peer:south", holds),
        )
    rebuild(NORTH)
    assert key_of_peer(desk(here), INTERMEDIARY) == key_of(INTERMEDIARY).verify_key
    assert account_named("mallory") is None
    assert set(models.PeerRow.objects.values_list("subject", "public_key", "title")) == before
    assert packages.send_package(desk(here), to=SOUTH).statements > 0


def test_a_body_that_is_not_meant_for_us_is_refused(refused, monkeypatch):
    from repatria.ledger import log

    monkeypatch.setattr(log, "meant_for", lambda *_: True)
    granted = {"account": "mallory", "role": "registrar", "party": "north"}
    refused("statement-not-for-us", said("access.granted", "account:m", granted, audience={SOUTH}))


CLAIM = {
    "id": "c1", "speaker": "A ministry", "via": "its page", "said_on": "2024-01-03",
    "measure": "held", "population": "south", "value": 3,
}  # fmt: skip
RECORDED = {
    "claim_id": "c1", "speaker": "A ministry", "via": "its page", "said_on": "2024-01-03",
    "document": CLAIM,
}  # fmt: skip
PLAN = {
    "plan_id": "plan:south-p", "terms_id": "t", "terms_digest": "d", "status": "optimal",
    "selected": [], "left_out": ["person:a"], "levels": [], "reasons": {}, "digest": "d",
}  # fmt: skip
LINE = {
    "list_id": LIST_S,
    "line_id": LINE_S,
    "number": 1,
    "names": [{"text": "Orin Velt"}],
}
BULLETIN = {
    "bulletin_id": BULLETIN_S, "version": 1, "language": "en", "document": {}, "digest": "d",
}  # fmt: skip
FROZEN = {
    "manifest_id": "manifest:south-m", "plan_id": "plan:south-p", "crossing_point": "the bridge",
    "lines": [{
        "number": 1, "person": "person:a", "giver": "north", "receiver": "south", "code": "A",
    }],
    "digest": "d",
}  # fmt: skip
TERMS = {"terms_id": "t", "version": 1, "document": {}, "digest": "d"}
CUSTODY = {"person": "person:a", "event": "held", "holder": "south"}


@pytest.mark.parametrize(
    ("kind", "about", "content"),
    [
        ("line.answered", "elsewhere:1", {}),
        ("list.submitted", "elsewhere:1", {"lines": "many"}),
        ("claim.made", "claim:c1", RECORDED | {"document": {"id": "c1"}}),
        ("claim.made", "claim:c1", RECORDED | {"document": CLAIM | {"value": 10**14}}),
        ("claim.made", "claim:c1", RECORDED | {"speaker": "Another ministry"}),
        ("claim.made", "claim:c2", RECORDED),
        ("terms.proposed", "terms:t", TERMS),
        ("plan.proposed", "plan:south-p", PLAN | {"reasons": {"person:a": 7}}),
        ("plan.proposed", "plan:south-p", PLAN | {"levels": [{}]}),
        ("list.line", LINE_S, LINE | {"number": 2**52}),
        ("list.line", LINE_S, LINE | {"note": "zero \x00 byte"}),
        ("bulletin.published", BULLETIN_S, BULLETIN | {"language": "../../en"}),
        ("bulletin.published", "bulletin:south-other", BULLETIN),
        (
            "line.answered",
            LINE_S,
            {"list_id": LIST_S, "line_id": LINE_S, "code": "held", "health": "splendid"},
        ),
        (
            "clearance.given",
            "person:a",
            {
                "person": "person:a", "fit_to_travel": True, "mode": "bus",
                "valid_until": "0001-01-01T00:00:00+14:00",
            },
        ),
    ],
)  # fmt: skip
def test_content_that_no_page_could_show_is_refused(refused, kind, about, content):
    audience = PUBLIC if kind in ("claim.made", "bulletin.published") else PARTIES
    refused("payload-malformed", said(kind, about, content, audience=audience))


@pytest.mark.parametrize(
    ("kind", "about", "content"),
    [
        ("custody.noted", "person:../../x", CUSTODY),
        ("custody.noted", "person:", CUSTODY),
        ("custody.noted", "nobody", CUSTODY),
        ("custody.noted", "person:a", CUSTODY | {"person": "person:a/b?c"}),
        ("manifest.frozen", "manifest:south-m", FROZEN | {"plan_id": "manifest:south-m"}),
        (
            "manifest.frozen",
            "manifest:south-m",
            FROZEN | {"lines": [FROZEN["lines"][0] | {"person": "x"}]},
        ),
        ("plan.proposed", "plan:south-p", PLAN | {"left_out": ["person:a b"]}),
    ],
)
def test_an_id_that_leads_nowhere_is_refused(refused, kind, about, content):
    refused("id-malformed", said(kind, about, content))


def submitted_by_north(here):
    """A list of one line that north put to south; written as north's desk writes it."""
    asked = ListSubmitted(
        list_id=ListId(LIST_N),
        to=SOUTH,
        title="asked",
        population=Population.CLAIMED,
        lines=1,
    )
    line = ListLine(
        list_id=ListId(LIST_N),
        line_id=LineId(LINE_N),
        number=1,
        names=(PersonName(text="Orin Velt"),),
    )
    here.log().append(
        [
            draft(
                payload,
                about=about,
                by=NORTH,
                actor=ActorId("clerk"),
                recorded_at=datetime(2030, 1, 1, tzinfo=UTC),
                audience=PARTIES,
                ground=Ground(basis="list-file"),
            )
            for payload, about in (
                (asked, (LIST_N,)),
                (line, (LINE_N, LIST_N)),
            )
        ]
    )


@pytest.mark.parametrize(
    ("kind", "about", "content"),
    [
        (
            "list.submitted",
            LIST_N,
            {
                "list_id": LIST_N,
                "to": "north",
                "title": "t",
                "population": "held",
                "lines": 1,
            },
        ),
        (
            "list.line",
            LINE_N,
            LINE | {"line_id": LINE_N, "list_id": LIST_N},
        ),
        (
            "list.line",
            LINE_X,
            LINE | {"line_id": LINE_X, "list_id": LIST_N},
        ),
        ("list.line", LINE_X, LINE | {"line_id": LINE_N}),
    ],
)
def test_nobody_makes_anew_what_we_made(refused, here, kind, about, content):
    submitted_by_north(here)
    refused("made-by-another", said(kind, about, content))


def test_only_the_party_asked_answers_a_line(here, hand_over):
    from repatria.store import models

    asked = said(
        "list.submitted",
        LIST_S,
        {
            "list_id": LIST_S,
            "to": "north",
            "title": "t",
            "population": "claimed",
            "lines": 1,
        },
    )
    answered = LineAnswered(list_id=ListId(LIST_S), line_id=LineId(LINE_S), code=AnswerCode.DEAD)
    by_the_asker = said(
        "line.answered",
        LINE_S,
        {"list_id": LIST_S, "line_id": LINE_S, "code": str(answered.code)},
        at=FAR_AHEAD,
    )
    hand_over(asked, said("list.line", LINE_S, LINE), by_the_asker)
    row = models.LineRow.objects.get(subject=LINE_S, seen_by=NORTH)
    assert (row.status, row.answered_by) == ("listed", "")


def test_what_a_peer_may_say_is_taken_in_and_the_installation_still_verifies(here, hand_over):
    brought = hand_over(
        said("custody.noted", "person:a", CUSTODY | {"on": "9999-12-31"}),
        said("custody.noted", "person:a", CUSTODY | {"holder": MARKUP, "on": "0001"}),
        said("manifest.frozen", "manifest:south-m", FROZEN | {"lines": FROZEN["lines"] * 2}),
        said("plan.accepted", "plan:nobody-has-seen", {"plan_id": "plan:x", "digest": "d"}),
        said(
            "list.line",
            LINE_S,
            LINE | {"names": [{"text": MARKUP + "\u202e" + "A" * 30_000}]},
        ),
        said("claim.made", "claim:c1", RECORDED, audience=PUBLIC),
        said("bulletin.published", BULLETIN_S, BULLETIN, audience=PUBLIC),
        said("weather.reported", "sky:1", {"sky": "grey"}),
    )
    assert brought.disclosed == 8
    here.close()
    [report] = [r for r in verify_path(here.folder) if r.party == NORTH]
    assert report.holds
