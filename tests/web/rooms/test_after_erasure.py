"""Pages of an exchange still open when somebody in it was forgotten, and do not name him."""

import pytest

from repatria.ledger.kinds.statement_erased import ErasureReason
from repatria.operations.erasure import erase
from repatria.terms import Role

PAGES = (
    ("home", ()),
    ("lists", ()),
    ("list", ("asked",)),
    ("persons", ()),
    ("persons-export", ()),
    ("person", ("person",)),
    ("review", ()),
    ("packages", ()),
    ("erasures", ()),
    ("terms", ()),
    ("plans", ()),
    ("plan", ("plan",)),
    ("manifests", ()),
    ("manifest", ("manifest",)),
    ("crossing", ("manifest",)),
    ("crossing-person", ("manifest", "person")),
    ("consent", ("manifest", "person")),
    ("claims", ()),
    ("contradictions", ()),
    ("bulletins", ()),
    ("family", ()),
)


# Of whoever crossed a number is left; of whoever did not, nothing.
@pytest.mark.parametrize(("moment", "of_him"), [("ready", 404), ("finished", 200)])
def test_every_page_opens_and_none_names_him(open_pages, moment, of_him):
    pages = open_pages(moment)
    client = pages.as_("ines")
    ids = {
        "asked": pages.exchange.lists["south"],
        "person": pages.lines("north")[0].person,
        "plan": pages.exchange.plan,
        "manifest": pages.exchange.manifest,
    }
    name = _name_of(ids["person"])
    desk = pages.installation.desk("registrar", Role.REGISTRAR)

    erase(
        desk,
        subjects=[ids["person"]],
        reason=ErasureReason.COURT_ORDER,
        overriding=["person-on-open-manifest"],
    )

    answers = {
        page: client.get(pages.at(page, *(ids[each] for each in wanted))) for page, wanted in PAGES
    }
    texts = {page: _text(answer) for page, answer in answers.items()}
    statuses = {page: answer.status_code for page, answer in answers.items()}
    assert statuses.pop("person") == of_him
    assert set(statuses.values()) == {200}
    assert [page for page, text in texts.items() if name in text] == []


def _name_of(person):
    from repatria.store import models

    return models.PersonRow.objects.filter(subject=person).exclude(name="").first().name


def _text(answer):
    raw = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return raw.decode("utf-8-sig")
