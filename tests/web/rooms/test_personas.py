"""Who sees which page: one row for each address, one column for each persona.

In the intermediary's installation after a whole exchange, with guests of both
parties. An address without a row fails.
"""

import pytest
from django.urls import URLResolver, get_resolver

PERSONAS = ("nadia", "samir", "ines", "tomas", "leyla", "mallory", None)
ALL = (200,) * 7
ACCOUNTS = (200, 200, 200, 200, 200, 200, 302)
DESKS = (200, 200, 200, 404, 404, 404, 302)
# What belongs to one party's desk: its own people and the intermediary, to whom it was told.
OWNER = (404, 404, 200, 404, 404, 404, 302)
NOBODY = (404, 404, 404, 404, 404, 404, 302)
TOKENS_ONLY = (401,) * 7
WITH_POST = (405,) * 7

# (method, name, ids, statuses in the order of PERSONAS)
ROWS = (
    ("get", "home", (), ACCOUNTS),
    ("get", "login", (), (302, 302, 302, 302, 302, 302, 200)),
    ("get", "logout", (), WITH_POST),
    ("get", "set_language", (), WITH_POST),
    ("post", "set_language", (), (302,) * 7),
    ("get", "lists", (), DESKS),
    ("get", "list", ("list",), DESKS),
    ("get", "list-export", ("list",), DESKS),
    ("get", "line", ("list", "line"), DESKS),
    ("get", "list-compare", ("list",), WITH_POST),
    ("get", "list-answer", ("list",), WITH_POST),
    ("post", "list-answer", ("list",), NOBODY),
    ("get", "list-suggested", ("list",), NOBODY),
    ("get", "list-match", (), OWNER),
    ("get", "list-import", (), OWNER),
    ("get", "list-import-apply", (), WITH_POST),
    ("post", "list-import-apply", (), NOBODY),
    ("get", "list-import-unreadable", (), WITH_POST),
    ("get", "persons", (), DESKS),
    ("get", "persons-export", (), DESKS),
    ("get", "person", ("person",), (200, 200, 200, 404, 404, 404, 302)),
    ("get", "person-erase", ("person",), NOBODY),
    ("post", "person-erase", ("person",), NOBODY),
    ("get", "erasures", (), OWNER),
    ("get", "review", (), DESKS),
    ("post", "review", (), DESKS),
    ("get", "review-export", (), WITH_POST),
    ("post", "review-export", (), DESKS),
    ("get", "review-contradictions", (), DESKS),
    ("get", "list-repeats", ("list",), DESKS),
    ("get", "pair-lines", ("left", "right"), DESKS),
    ("post", "pair-lines", ("left", "right"), (404, 404, 422, 404, 404, 404, 302)),
    ("get", "pair", ("pair",), OWNER),
    ("get", "pair-decide", ("pair",), WITH_POST),
    ("post", "pair-decide", ("pair",), (404, 404, 422, 404, 404, 404, 302)),
    ("get", "keys", (), OWNER),
    ("get", "packages", (), OWNER),
    ("get", "rounds", (), DESKS),
    ("get", "rounds-export", (), WITH_POST),
    ("post", "rounds-export", (), DESKS),
    ("get", "rounds-private", (), DESKS),
    ("get", "round-open", (), OWNER),
    ("get", "round", ("round",), DESKS),
    ("get", "round-export", ("round",), WITH_POST),
    ("post", "round-export", ("round",), DESKS),
    ("get", "round-commit", ("round",), NOBODY),
    ("post", "round-commit", ("round",), NOBODY),
    ("get", "round-confirm", ("round",), OWNER),
    ("post", "round-confirm", ("round",), (404, 404, 409, 404, 404, 404, 302)),
    ("get", "round-reveal", ("round",), OWNER),
    ("post", "round-reveal", ("round",), (404, 404, 409, 404, 404, 404, 302)),
    ("get", "documents", (), DESKS),
    ("get", "documents-export", (), WITH_POST),
    ("post", "documents-export", (), DESKS),
    ("get", "document", ("document",), DESKS),
    ("get", "document-file", ("document",), DESKS),
    ("get", "our-keyring", (), OWNER),
    ("get", "package-make", (), WITH_POST),
    ("post", "package-make", (), (404, 404, 303, 404, 404, 404, 302)),
    ("get", "package-give-back", (), WITH_POST),
    ("post", "package-give-back", (), (404, 404, 409, 404, 404, 404, 302)),
    ("get", "package-inbox", (), OWNER),
    ("get", "package-inbox-export", (), WITH_POST),
    ("post", "package-inbox-export", (), OWNER),
    ("get", "package-upload", (), WITH_POST),
    ("post", "package-upload", (), (404, 404, 303, 404, 404, 404, 302)),
    ("get", "package-preview", ("waiting",), OWNER),
    ("get", "package-accept", ("waiting",), WITH_POST),
    ("get", "package-refuse", ("waiting",), WITH_POST),
    ("post", "package-refuse", ("waiting",), (404, 404, 422, 404, 404, 404, 302)),
    ("get", "package-remove", ("waiting",), WITH_POST),
    ("post", "package-remove", ("waiting",), (404, 404, 409, 404, 404, 404, 302)),
    ("post", "package-accept", ("waiting",), (404, 404, 409, 404, 404, 404, 302)),
    ("get", "package-outbox", (), OWNER),
    ("get", "package-outbox-export", (), WITH_POST),
    ("post", "package-outbox-export", (), OWNER),
    ("get", "package-made", ("made",), OWNER),
    ("get", "package-file", ("made",), NOBODY),
    ("get", "package-revoke", ("made",), WITH_POST),
    ("post", "package-revoke", ("made",), (404, 404, 422, 404, 404, 404, 302)),
    ("get", "packages-passed", (), OWNER),
    ("get", "packages-passed-export", (), WITH_POST),
    ("post", "packages-passed-export", (), OWNER),
    ("get", "package-fork", ("party",), NOBODY),
    ("get", "fork-evidence", ("party",), NOBODY),
    ("get", "terms", (), DESKS),
    ("get", "terms-accept", ("terms",), NOBODY),
    ("post", "terms-accept", ("terms",), NOBODY),
    ("get", "plans", (), DESKS),
    ("get", "plan", ("plan",), DESKS),
    ("get", "plan-export", ("plan",), WITH_POST),
    ("post", "plan-export", ("plan",), DESKS),
    ("get", "plan-accept", ("plan",), NOBODY),
    ("post", "plan-accept", ("plan",), NOBODY),
    ("get", "manifests", (), DESKS),
    ("get", "manifest", ("manifest",), DESKS),
    ("get", "manifest-export", ("manifest",), WITH_POST),
    ("post", "manifest-export", ("manifest",), DESKS),
    ("get", "manifest-sign", ("manifest",), NOBODY),
    ("post", "manifest-sign", ("manifest",), NOBODY),
    ("get", "substitution-accept", ("manifest", "plan"), NOBODY),
    ("post", "substitution-accept", ("manifest", "plan"), NOBODY),
    ("get", "crossing", ("manifest",), OWNER),
    ("get", "crossing-person", ("manifest", "person"), OWNER),
    ("get", "crossing-record", ("manifest", "person"), WITH_POST),
    ("post", "crossing-record", ("manifest", "person"), (404, 404, 422, 404, 404, 404, 302)),
    ("get", "examine", ("manifest", "person"), NOBODY),
    ("post", "examine", ("manifest", "person"), NOBODY),
    ("get", "consent", ("manifest", "person"), OWNER),
    ("post", "consent", ("manifest", "person"), (404, 404, 422, 404, 404, 404, 302)),
    ("get", "receipt", ("manifest",), NOBODY),
    ("post", "receipt", ("manifest",), NOBODY),
    ("get", "claims", (), ALL),
    ("get", "claim", ("claim",), ALL),
    ("get", "claims-export", (), WITH_POST),
    ("post", "claims-export", (), ALL),
    ("get", "claim-new", (), OWNER),
    ("get", "claim-newer", ("claim",), OWNER),
    ("get", "claim-right", ("claim",), OWNER),
    ("post", "claim-new", (), (404, 404, 422, 404, 404, 404, 302)),
    ("post", "claim-newer", ("claim",), (404, 404, 422, 404, 404, 404, 302)),
    ("post", "claim-right", ("claim",), (404, 404, 422, 404, 404, 404, 302)),
    ("get", "article", (), OWNER),
    ("post", "article", (), (404, 404, 422, 404, 404, 404, 302)),
    ("get", "article-record", (), WITH_POST),
    ("post", "article-record", (), NOBODY),
    ("get", "contradictions", (), ALL),
    ("post", "contradictions", (), ALL),
    ("get", "contradictions-export", (), WITH_POST),
    ("post", "contradictions-export", (), ALL),
    ("get", "finding-set-aside", (), WITH_POST),
    ("post", "finding-set-aside", (), NOBODY),
    ("get", "finding-take-up", (), WITH_POST),
    ("post", "finding-take-up", (), NOBODY),
    ("get", "bulletins", (), ALL),
    ("get", "bulletin", ("bulletin",), ALL),
    ("get", "bulletin-file", ("bulletin", "language"), ALL),
    ("get", "family", (), (200, 200, 200, 404, 200, 404, 302)),
    ("get", "api-docs", (), DESKS),
    ("get", "api-openapi", (), ALL),
    ("get", "api-root", (), (404,) * 7),
    ("get", "api-lists", (), TOKENS_ONLY),
    ("get", "api-lines", ("list",), TOKENS_ONLY),
    ("get", "api-persons", (), TOKENS_ONLY),
    ("get", "api-plans", (), TOKENS_ONLY),
    ("get", "api-peers", (), TOKENS_ONLY),
    ("get", "api-packages", (), TOKENS_ONLY),
    ("get", "api-claims", (), TOKENS_ONLY),
    ("get", "api-bulletins", (), TOKENS_ONLY),
    ("get", "api-match", (), WITH_POST),
    ("post", "api-match", (), TOKENS_ONLY),
    # the last of all: afterwards nobody is logged in
    ("post", "logout", (), (302,) * 7),
)


@pytest.mark.parametrize("who", PERSONAS)
def test_everybody_finds_exactly_what_is_his(open_pages, who):
    pages = open_pages("finished")
    client, ids = pages.as_(who), _ids(pages)
    column = PERSONAS.index(who)

    found = {
        (method, name): _status(client, method, pages.at(name, *(ids[i] for i in wanted)))
        for method, name, wanted, _ in ROWS
    }

    assert found == {(method, name): statuses[column] for method, name, _, statuses in ROWS}


def test_every_address_has_a_row():
    named = set(_names(get_resolver()))

    assert named == {name for _, name, _, _ in ROWS}


def _status(client, method, address):
    response = getattr(client, method)(address)
    response.close()
    return response.status_code


def _names(resolver):
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            yield from _names(pattern)
        else:
            yield pattern.name


def _ids(pages):
    from repatria.operations.signed_documents import find_document
    from repatria.store.queries import peers as correspondence
    from repatria.store.queries.lists import all_lines
    from repatria.store.queries.pairs import pairs
    from repatria.terms import ActorId, PartyCode, Role, Viewer

    viewer = Viewer(actor=ActorId("ines"), role=Role.INTERMEDIARY, party=PartyCode("intermediary"))
    asked = pages.exchange.lists["south"]
    lines = list(all_lines(viewer, asked))
    made = correspondence.packages(viewer, direction=["sent"]).rows[-1].subject
    return {
        "made": made.partition(":")[2],
        "party": "north",
        "waiting": _waiting(),
        "list": asked,
        "line": lines[0].subject,
        "left": lines[0].subject,
        "right": lines[1].subject,
        "person": pages.lines("north")[0].person,
        "pair": pairs(viewer, decision="").rows[0].subject,
        "round": _opened_round(pages),
        "terms": pages.exchange.terms_id,
        "plan": pages.exchange.plan,
        "document": find_document(pages.installation.log(), pages.exchange.manifest).digest,
        "manifest": pages.exchange.manifest,
        "bulletin": pages.exchange.bulletin,
        "claim": "c1",
        "language": "en",
    }


def _opened_round(pages):
    from repatria.operations.rounds import open_round
    from repatria.terms import PartyCode, Role

    return open_round(
        pages.installation.desk("ines", Role.INTERMEDIARY),
        title="February",
        parties=(PartyCode("north"), PartyCode("south")),
        with_intermediary=True,
        reveals="whole",
        max_entries=50,
    )


def _waiting():
    """The digest of a file in the inbox that is no package."""
    from repatria.wiring.desks import installation_here
    from repatria.wiring.inbox import keep_package

    return keep_package(installation_here(), [b"nobody signed this"])
