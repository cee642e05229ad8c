"""How far does nomenklatura's logic-v2 get, as it is?

Rules, not learned; it reads every script itself. It compares candidates only: the
nearest by n-grams of the romanised name, since all pairs would take it an hour.
"""

from collections.abc import Sequence

import numpy as np
from cases import Pairs, Row
from followthemoney import model
from followthemoney.proxy import EntityProxy
from nomenklatura.matching.logic_v2.model import LogicV2

from peers.candidates import candidates
from peers.model import Settings
from peers.romanising import romaniser

_NEAREST = 25
_GENDERS = {"m": "male", "f": "female"}


def compared(left: Sequence[Row], right: Sequence[Row], settings: Settings) -> Pairs:
    """Candidate pairs by the score of logic-v2."""
    tokens = romaniser(settings.romanised)
    names = tuple([" ".join(tokens(row.name)) for row in side] for side in (left, right))
    births = tuple([row.dob for row in side] for side in (left, right))
    rows, columns, _ = candidates(names, births, _NEAREST)
    own = settings.romanised == "icu"  # else it gets the romanised name in place of the written
    ones, others = (
        [_entity(row, row.name if own else name) for row, name in zip(side, romanised, strict=True)]
        for side, romanised in zip((left, right), names, strict=True)
    )
    usual = LogicV2.default_config()
    score = [
        LogicV2.compare(ones[i], others[j], usual).score
        for i, j in zip(rows.tolist(), columns.tolist(), strict=True)
    ]
    return Pairs(rows=rows, columns=columns, score=np.array(score))


def _entity(row: Row, name: str) -> EntityProxy:
    """The record as nomenklatura wants it."""
    entity = model.make_entity("Person")
    entity.id = row.id
    entity.add("name", name)
    if row.dob:
        entity.add("birthDate", row.dob)
    if row.sex in _GENDERS:
        entity.add("gender", _GENDERS[row.sex])
    return entity
