"""What somebody who only checks the log is given holds no free words and no family."""

import json

from repatria.ledger.draft import draft
from repatria.ledger.kinds.match_decided import MatchDecided, MatchDecision
from repatria.ledger.statement import Ground
from repatria.operations.families import request_tracing
from repatria.terms import ActorId, PersonName, Role
from repatria.wiring.installation import Installation


def test_free_words_and_families_are_struck_out(repatria, home, tmp_path):
    installation = Installation.at(home)
    with installation.open():
        desk = installation.desk("clerk", Role.REGISTRAR)
        request_tracing(desk, family=ActorId("leyla"), sought=PersonName(text="Orin Velt"))
        decided = MatchDecided(
            left="line:a", right="line:b", decision=MatchDecision.SAME, reason="his brother said so"
        )
        spoken = draft(
            decided,
            about=("pair:a",),
            by=installation.party,
            actor=ActorId("clerk"),
            recorded_at=desk.clock(),
            audience=frozenset({installation.party}),
            ground=Ground(basis="witness", note="Tam Velt, by telephone"),
        )
        desk.log.append((spoken,))
    out = tmp_path / "redacted.jsonl"
    assert repatria("export", out, "--redacted", "--home", home).code == 0
    text = out.read_text("utf-8")
    for word in ("leyla", "Velt", "brother", "telephone"):
        assert word not in text
    asked = next(s for s in map(json.loads, text.splitlines()) if s["kind"] == "tracing.requested")
    assert asked["audience"] == ["family:[withheld]", "intermediary", "north"]
