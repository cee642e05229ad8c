"""Who sees which page: one row for each address, one column for each persona.

In the intermediary's installation after a whole exchange, with guests of both
parties. An address without a row fails. Every page with a table of records can be searched
or filtered, leaves as a file, and is never merely empty; one that cannot is named with why.
Asked for in Arabic, no page holds a sentence of ours in English.
"""

import csv
import io
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.template import Template
from django.test.utils import instrumented_test_render
from django.urls import URLResolver, get_resolver

from english_left import english_in
from repatria.operations.tags import issue_block
from repatria.terms import Role

_INES = 2  # her column
PARTIES = {"north", "south", "intermediary"}
PERSONAS = ("nadia", "samir", "ines", "tomas", "leyla", "mallory", None)
ALL = (200,) * 7
ACCOUNTS = (200, 200, 200, 200, 200, 200, 302)
DESKS = (200, 200, 200, 404, 404, 404, 302)
# What belongs to one party's desk: its own people and the intermediary, to whom it was told.
OWNER = (404, 404, 200, 404, 404, 404, 302)
NOBODY = (404, 404, 404, 404, 404, 404, 302)
OWNER_WRITES = (404, 404, 422, 404, 404, 404, 302)  # an empty form
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
    ("post", "lists", (), DESKS),
    ("get", "list", ("list",), DESKS),
    ("get", "list-export", ("list",), DESKS),
    ("get", "line", ("list", "line"), DESKS),
    ("get", "list-compare", ("list",), WITH_POST),
    ("get", "list-answer", ("list",), WITH_POST),
    ("post", "list-answer", ("list",), NOBODY),
    ("get", "list-suggested", ("list",), NOBODY),
    ("get", "list-dialogue", ("list",), DESKS),
    ("get", "changes-export", ("list",), WITH_POST),
    ("post", "changes-export", ("list",), DESKS),
    ("get", "list-check", ("list",), WITH_POST),
    ("post", "list-check", ("list",), (404, 404, 303, 404, 404, 404, 302)),
    ("get", "list-found", ("list",), OWNER),
    ("get", "list-found-export", ("list",), WITH_POST),
    ("post", "list-found-export", ("list",), OWNER),
    ("get", "list-check-answers", ("list",), NOBODY),
    ("get", "list-remark", ("list",), WITH_POST),
    ("post", "list-remark", ("list",), NOBODY),
    ("get", "list-sign", ("list",), OWNER),
    ("post", "list-sign", ("list",), (404, 404, 409, 404, 404, 404, 302)),
    ("get", "jobs", (), OWNER),
    ("get", "job", ("job",), OWNER),
    ("get", "job-stop", ("job",), WITH_POST),
    ("post", "job-stop", ("job",), (404, 404, 303, 404, 404, 404, 302)),
    ("get", "list-locks", ("list",), DESKS),
    ("get", "list-lock", ("list",), WITH_POST),
    ("post", "list-lock", ("list",), (404, 404, 303, 404, 404, 404, 302)),
    ("get", "due", (), DESKS),
    ("post", "due", (), DESKS),
    ("get", "calendar-open", (), OWNER),
    ("post", "calendar-open", (), OWNER_WRITES),
    ("get", "step-deliver", ("calendar", "step"), OWNER),
    ("post", "step-deliver", ("calendar", "step"), OWNER_WRITES),
    ("get", "duties-done", (), WITH_POST),
    ("post", "duties-done", (), NOBODY),
    ("get", "due-export", (), WITH_POST),
    ("post", "due-export", (), DESKS),
    ("get", "duties-export", (), WITH_POST),
    ("post", "duties-export", (), DESKS),
    ("get", "tracing", (), OWNER),
    ("post", "tracing", (), OWNER),
    ("get", "tracing-export", (), WITH_POST),
    ("post", "tracing-export", (), OWNER),
    ("get", "tracing-unlisted", (), OWNER),
    ("post", "tracing-unlisted", (), OWNER),
    ("get", "tracing-unlisted-export", (), WITH_POST),
    ("post", "tracing-unlisted-export", (), OWNER),
    ("get", "tracing-one", ("tracing",), OWNER),
    ("get", "tracing-new", (), OWNER),
    ("post", "tracing-new", (), OWNER_WRITES),
    ("get", "tracing-notify", ("tracing",), OWNER),
    ("post", "tracing-notify", ("tracing",), OWNER_WRITES),
    ("get", "family-ask", (), (404, 404, 404, 404, 200, 404, 302)),
    ("post", "family-ask", (), (404, 404, 404, 404, 422, 404, 302)),
    ("get", "remains", (), DESKS),
    ("post", "remains", (), DESKS),
    ("get", "remains-record", (), OWNER),
    ("post", "remains-record", (), OWNER_WRITES),
    ("get", "remains-one", ("remains",), (200, 404, 200, 404, 404, 404, 302)),
    ("post", "remains-one", ("remains",), NOBODY),
    ("get", "remains-export", (), WITH_POST),
    ("post", "remains-export", (), DESKS),
    ("get", "retained", (), DESKS),
    ("post", "retained", (), DESKS),
    ("get", "retained-export", (), WITH_POST),
    ("post", "retained-export", (), DESKS),
    ("get", "held-again", (), DESKS),
    ("post", "held-again", (), DESKS),
    ("get", "held-again-export", (), WITH_POST),
    ("post", "held-again-export", (), DESKS),
    ("get", "packets", (), DESKS),
    ("post", "packets", (), DESKS),
    ("get", "packets-export", (), WITH_POST),
    ("post", "packets-export", (), DESKS),
    ("get", "packet", ("packet",), (200, 404, 200, 404, 404, 404, 302)),
    ("get", "packet-pass", ("packet",), OWNER),
    ("post", "packet-pass", ("packet",), OWNER_WRITES),
    ("get", "packet-open", ("packet",), NOBODY),
    ("post", "packet-open", ("packet",), NOBODY),
    ("get", "packet-seal", ("person",), NOBODY),
    ("post", "packet-seal", ("person",), NOBODY),
    ("get", "health", (), DESKS),
    ("post", "health", (), DESKS),
    ("get", "health-export", (), WITH_POST),
    ("post", "health-export", (), DESKS),
    ("get", "person-health", ("person",), (200, 200, 200, 404, 404, 404, 302)),
    ("get", "health-check", ("person",), NOBODY),
    ("post", "health-check", ("person",), NOBODY),
    ("get", "commission", ("person",), NOBODY),
    ("post", "commission", ("person",), NOBODY),
    ("get", "notice", (), ALL),
    ("post", "notice", (), ALL),
    ("get", "list-match", (), OWNER),
    ("get", "list-import", (), OWNER),
    ("get", "list-import-apply", (), WITH_POST),
    ("post", "list-import-apply", (), NOBODY),
    ("get", "list-import-unreadable", (), WITH_POST),
    ("get", "persons", (), DESKS),
    ("get", "persons-export", (), DESKS),
    ("get", "person", ("person",), (200, 200, 200, 404, 404, 404, 302)),
    ("get", "person-describe", ("person",), NOBODY),
    ("post", "person-describe", ("person",), NOBODY),
    ("get", "person-whereabouts", ("person",), NOBODY),
    ("post", "person-whereabouts", ("person",), NOBODY),
    ("get", "person-duty", ("person",), NOBODY),
    ("post", "person-duty", ("person",), NOBODY),
    ("get", "person-number", ("person",), NOBODY),
    ("post", "person-number", ("person",), NOBODY),
    ("get", "person-visit", ("person",), OWNER),
    ("post", "person-visit", ("person",), OWNER_WRITES),
    ("get", "tags", (), NOBODY),
    ("post", "tags", (), NOBODY),
    ("get", "tag-numbers", ("promise",), WITH_POST),
    ("post", "tag-numbers", ("promise",), NOBODY),
    ("get", "person-erase", ("person",), NOBODY),
    ("post", "person-erase", ("person",), NOBODY),
    ("get", "erasures", (), OWNER),
    ("post", "erasures", (), OWNER),
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
    ("get", "peer-introduce", (), OWNER),
    ("post", "peer-introduce", (), OWNER_WRITES),
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
    ("get", "terms-edit", (), OWNER),
    ("post", "terms-edit", (), OWNER),
    ("get", "terms-plan", ("terms",), OWNER),
    ("get", "plans", (), DESKS),
    ("post", "plans", (), DESKS),
    ("get", "plans-compare", (), DESKS),
    ("get", "plan", ("plan",), DESKS),
    ("post", "plan", ("plan",), DESKS),
    ("get", "plan-why", ("plan", "stays"), DESKS),
    ("post", "plan-why", ("plan", "stays"), (404, 404, 303, 404, 404, 404, 302)),
    ("get", "plan-check", ("plan",), OWNER),
    ("get", "plan-disputed", ("plan",), OWNER),
    ("get", "plan-schedule", ("plan",), DESKS),
    ("post", "plan-schedule", ("plan",), OWNER),
    ("get", "schedule-accept", ("plan", "manifest"), NOBODY),
    ("post", "schedule-accept", ("plan", "manifest"), NOBODY),
    ("get", "plan-export", ("plan",), WITH_POST),
    ("post", "plan-export", ("plan",), DESKS),
    ("get", "plan-accept", ("plan",), NOBODY),
    ("post", "plan-accept", ("plan",), NOBODY),
    ("get", "plan-freeze", ("plan",), OWNER),
    ("post", "plan-freeze", ("plan",), OWNER_WRITES),
    ("get", "replace", ("manifest", "person"), OWNER),
    ("post", "replace", ("manifest", "person"), OWNER_WRITES),
    ("get", "manifests", (), DESKS),
    ("post", "manifests", (), DESKS),
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
    ("get", "crossing-check", ("manifest", "person"), WITH_POST),
    ("post", "crossing-check", ("manifest", "person"), OWNER_WRITES),
    ("get", "crossing-late", ("manifest", "person"), OWNER),
    ("post", "crossing-late", ("manifest", "person"), OWNER_WRITES),
    ("get", "crossing-take-back", ("manifest", "person"), OWNER),
    ("post", "crossing-take-back", ("manifest", "person"), OWNER_WRITES),
    ("get", "override", ("manifest", "person"), OWNER),
    ("post", "override", ("manifest", "person"), OWNER_WRITES),
    ("get", "close-line", ("manifest", "person"), OWNER),
    ("post", "close-line", ("manifest", "person"), OWNER_WRITES),
    ("get", "closing", ("manifest",), DESKS),
    ("post", "closing", ("manifest",), DESKS),
    ("get", "closing-export", ("manifest",), WITH_POST),
    ("post", "closing-export", ("manifest",), DESKS),
    ("get", "protocol", ("manifest",), DESKS),
    ("get", "protocol-export", ("manifest",), WITH_POST),
    ("post", "protocol-export", ("manifest",), DESKS),
    ("get", "manifest-print", ("manifest",), OWNER),
    ("get", "receipt-print", ("manifest", "party"), OWNER),
    ("get", "person-print", ("person", "form"), OWNER),
    ("get", "line-worker", (), ALL),
    ("get", "line-waiting", (), ALL),
    ("get", "line-app", (), ALL),
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
    ("get", "claims-register", (), DESKS),
    ("get", "bulletins", (), ALL),
    ("get", "bulletin", ("bulletin",), ALL),
    ("get", "bulletin-file", ("bulletin", "language"), ALL),
    ("get", "bulletin-choose", (), OWNER),
    ("get", "bulletin-new", ("manifest",), OWNER),
    ("post", "bulletin-new", ("manifest",), OWNER_WRITES),
    ("get", "bulletin-hold", ("manifest",), WITH_POST),
    ("post", "bulletin-hold", ("manifest",), (404, 404, 303, 404, 404, 404, 302)),
    ("get", "public", (), (302,) * 7),
    ("get", "public-home", ("language",), ALL),
    ("get", "public-bulletins", ("language",), ALL),
    ("get", "public-bulletin", ("language", "bulletin"), ALL),
    ("get", "public-changes", ("language", "bulletin", "version"), (404,) * 7),
    ("get", "public-exact", ("language", "content"), ALL),
    ("get", "public-file", ("content", "ending"), ALL),
    ("get", "public-figures", ("language",), ALL),
    ("get", "public-figures-file", ("language",), ALL),
    ("get", "public-said", ("language",), ALL),
    ("get", "public-search", ("language",), WITH_POST),
    ("post", "public-search", ("language",), ALL),
    ("get", "public-promises", ("language",), ALL),
    ("get", "public-verify", ("language",), ALL),
    ("post", "public-verify", ("language",), ALL),
    ("get", "public-tip", ("language",), ALL),
    ("post", "public-tip", ("language",), (422,) * 7),
    ("get", "public-answer", ("language", "bulletin"), ALL),
    ("post", "public-answer", ("language", "bulletin"), (422,) * 7),
    ("get", "public-feed", ("language",), ALL),
    ("get", "replies", (), OWNER),
    ("get", "reply", ("reply",), OWNER),
    ("get", "reply-contact", ("reply",), WITH_POST),
    ("post", "reply-contact", ("reply",), OWNER),
    ("get", "reply-decide", ("reply",), WITH_POST),
    ("post", "reply-decide", ("reply",), (404, 404, 422, 404, 404, 404, 302)),
    ("get", "reply-tip", ("reply",), WITH_POST),
    ("post", "reply-tip", ("reply",), (404, 404, 409, 404, 404, 404, 302)),
    ("get", "promises", (), DESKS),
    ("get", "promise-record", (), WITH_POST),
    ("post", "promise-record", (), (404, 404, 422, 404, 404, 404, 302)),
    ("post", "promises", (), DESKS),
    ("get", "promise", ("promise",), DESKS),
    ("get", "promise-sign", ("promise",), WITH_POST),
    ("post", "promise-sign", ("promise",), (404, 404, 422, 404, 404, 404, 302)),
    ("get", "promise-tell", ("promise",), WITH_POST),
    ("post", "promise-tell", ("promise",), (404, 404, 422, 404, 404, 404, 302)),
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
    ("get", "api-person-search", (), WITH_POST),
    ("post", "api-person-search", (), TOKENS_ONLY),
    ("get", "api-line-search", ("list",), WITH_POST),
    ("post", "api-line-search", ("list",), TOKENS_ONLY),
    ("get", "api-match-lists", ("list",), WITH_POST),
    ("post", "api-match-lists", ("list",), TOKENS_ONLY),
    # the last of all: afterwards nobody is logged in
    ("post", "logout", (), (302,) * 7),
)


# Pages whose tables are no list of records, or are a part of one record.
NO_LISTS = {
    "api-docs": "describes addresses",
    "bulletin": "one document",
    "claims-register": "figures laid beside each other; claims have a list of their own",
    "document": "one document",
    "keys": "one keyring for each party introduced, compared with paper",
    "line": "the pairs of one line; pairs have a list of their own",
    "pair": "the grounds of one pair",
    "person": "what was said of one person; persons have a list of their own",
    "protocol": "the points of one handover; its packets have a list of their own",
    "promise": "one promise; promises have a list of their own",
    "public-bulletin": "one document",
    "public-exact": "one document",
    "rounds-private": "explains the ways to compare",
    "manifest-sign": "one document",
    "plan-accept": "one document",
    "terms-accept": "one document",
    "terms": "one document; its versions stand among the documents",
}
# Lists that lack one of the three.
LESS = {
    ("manifest", "search"): "filtered by where a person stands, with links",
    ("manifest", "empty"): "a handover has a line at least",
    ("public-figures", "search"): "a handful of totals for everybody",
    ("public-figures", "export"): "has a file of its own",
    ("public-figures", "empty"): "says that there is no figure instead of a table",
    ("public-promises", "search"): "a handful, the same for everybody",
    ("public-promises", "export"): "the desk's list leaves as a file",
    ("public-said", "export"): "leaves as a file from the page of claims, which anybody reads",
}
# What people entered or made up for this exchange, in the words they used: no sentence of ours.
ENTERED = frozenset(
    {
        "He crossed and was received",
        "Intermediary's doctors",
        "It was on a Tuesday",
        "Lawyer in South",
        "News agency",
        "Office of South",
        "as in December",
        "statement of",  # the first words of where a claim was found
        *(f"{party} {which}" for party in ("north", "south") for which in ("claimed", "held")),
    }
)
# In English whatever is asked for, because whoever writes a program reads it, or the program.
ENGLISH_PAGES = "api-"
TEMPLATES = Path(__file__).parents[3] / "src/repatria/web/templates"


@pytest.fixture
def drawn(monkeypatch):
    """Answers know of which templates they were made."""
    monkeypatch.setattr(Template, "_render", instrumented_test_render)


@pytest.mark.usefixtures("drawn")
def test_every_list_is_searched_taken_away_and_says_what_to_do_when_it_is_empty(open_pages):
    pages = open_pages("finished")
    seen = {
        name for method, name, _, statuses in ROWS if method == "get" and statuses[_INES] == 200
    }
    _lists, lacking, spoilt = _looked_through(pages, "ines", _ids(pages), seen)

    assert sorted(lacking) == sorted(LESS)
    assert spoilt == []


@pytest.mark.usefixtures("drawn")
def test_a_list_that_one_party_alone_sees_is_like_the_others(open_pages):
    pages = open_pages("finished", "north")
    issue_block(pages.installation.desk("nadia", Role.REGISTRAR), unit="3rd company", count=40)
    unseen = {name for method, name, _, statuses in ROWS if method == "get"}
    unseen -= {n for m, n, _, statuses in ROWS if m == "get" and statuses[_INES] == 200}
    found = [_looked_through(pages, who, _of_north(pages), unseen) for who in ("nadia", "nikolai")]

    assert set.union(*(lists for lists, _, _ in found)) == {"tags"}
    assert set.union(*(lacking for _, lacking, _ in found)) == set()
    assert [fault for _, _, spoilt in found for fault in spoilt] == []


def _looked_through(pages, who, ids, names):
    """The lists among some pages, what each lacks, and what is wrong with their files."""
    client = pages.as_(who)
    lists, lacking, spoilt = set(), set(), []
    for method, name, wanted, _ in ROWS:
        if (
            method != "get"
            or name not in names
            or name in NO_LISTS
            or not ids.keys() >= set(wanted)
        ):
            continue
        answer = client.get(pages.at(name, *(ids[i] for i in wanted)))
        if answer.streaming:
            answer.close()
            continue
        if answer.status_code != 200 or b"<table" not in answer.content:
            continue
        page = answer.content.decode()
        lists.add(name)
        files = _files_of(page)
        lacking |= {
            (name, what)
            for what, there in (
                ("search", 'role="search"' in page),
                ("export", bool(files)),
                ("empty", _says_what_to_do(answer.templates)),
            )
            if not there
        }
        spoilt += [fault for address in files for fault in _faults(client, address)]
    return lists, lacking, spoilt


def _of_north(pages):
    """What the addresses of pages need in north's installation, so far as there is one there."""
    from repatria.operations.agreement import plan_of

    return {
        "list": pages.exchange.lists["south"],
        "person": pages.lines("north")[0].person,
        "party": "south",
        "form": "tag",
        "terms": pages.exchange.terms_id,
        "plan": pages.exchange.plan,
        "stays": plan_of(pages.installation.log(), pages.exchange.plan)[0].left_out[0],
        "manifest": pages.exchange.manifest,
        "claim": "c1",
    }


def _files_of(page):
    """The addresses of the forms that give a file, as text and as a workbook."""
    forms = re.findall(r"<form[^>]*>.*?</form>", page, re.DOTALL)
    both = [f for f in forms if 'name="format" value="csv"' in f and 'value="xlsx"' in f]
    # A button may send the form elsewhere than the form says.
    return [re.findall(r'action="([^"]+)"', form)[-1] for form in both]


def _faults(client, address):
    """What is wrong with the files behind an address: no file, or a cell that calculates."""
    text = client.post(address, {"format": "csv"})
    book = client.post(address, {"format": "xlsx"})
    if not text.headers["Content-Type"].startswith("text/csv"):
        yield f"{address}: no text"
        return
    rows = list(csv.reader(io.StringIO(text.content.decode("utf-8-sig"))))
    if not rows or any(cell[:1] in {"=", "+", "-", "@", "\t"} for row in rows for cell in row):
        yield f"{address}: a cell calculates"
    if not book.content.startswith(b"PK"):
        yield f"{address}: no workbook"


def _says_what_to_do(templates):
    """Whether a page says more than that there is nothing: two sentences, or where to go."""
    named = {template.name + "" for template in templates if template.name}  # no mark of safety
    texts = [(TEMPLATES / name).read_text("utf-8") for name in named if (TEMPLATES / name).exists()]
    empty = [e for text in texts for e in re.findall(r'class="empty".*', text)]
    return any(re.search(r"[.;:,] [A-Za-z“]|<a ", each.split(">", 1)[1]) for each in empty)


@pytest.mark.parametrize("who", PERSONAS)
def test_everybody_finds_exactly_what_is_his(open_pages, who):
    pages = open_pages("finished")
    client, ids = pages.as_(who), _ids(pages)
    column = PERSONAS.index(who)

    found, english = {}, set()
    for method, name, wanted, _ in ROWS:
        client.cookies[settings.LANGUAGE_COOKIE_NAME] = "ar"  # another one is set on the way
        answer = getattr(client, method)(pages.at(name, *(ids[i] for i in wanted)))
        found[method, name] = answer.status_code
        if not answer.streaming and not name.startswith(ENGLISH_PAGES):
            english |= {(name, words) for words in _english_on(answer)}
        answer.close()

    assert found == {(method, name): statuses[column] for method, name, _, statuses in ROWS}
    assert sorted(english) == []


def test_every_address_has_a_row():
    named = set(_names(get_resolver()))

    assert named == {name for _, name, _, _ in ROWS}


def _english_on(answer):
    """What is left in English on an answer that is a page."""
    page = answer.content.decode() if answer["Content-Type"].startswith("text/html") else ""
    if page and 'lang="ar"' not in page:
        yield "all of it"
        return
    for words in english_in(page):
        # Titles of parties are data, however many of them stand in a row.
        if words not in ENTERED and not set(words.casefold().split(", ")) <= PARTIES:
            yield words


def _names(resolver):
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            yield from _names(pattern)
        else:
            yield pattern.name


def _ids(pages):
    from repatria.operations.agreement import plan_of
    from repatria.operations.signed_documents import find_document
    from repatria.store.queries import peers as correspondence
    from repatria.store.queries.lists import all_lines
    from repatria.store.queries.pairs import pairs
    from repatria.terms import ActorId, PartyCode, Role, Viewer
    from repatria.wiring.jobs import ask_for

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
        "tracing": _asked_by_a_family(),
        "remains": _container(pages),
        "packet": _packet(pages),
        "job": ask_for(viewer, "list-check", about=asked, asked={}).id,
        "calendar": _calendar(pages),
        "step": "lists",
        "terms": pages.exchange.terms_id,
        "plan": pages.exchange.plan,
        "stays": plan_of(pages.installation.log(), pages.exchange.plan)[0].left_out[0],
        "document": find_document(pages.installation.log(), pages.exchange.manifest).digest,
        "manifest": pages.exchange.manifest,
        "bulletin": pages.exchange.bulletin,
        "claim": "c1",
        "language": "ar",
        "content": _content(pages),
        "ending": "json",
        "version": 1,
        "promise": _promise(pages),
        "reply": _reply(pages),
        "form": "tag",
    }


def _content(pages):
    from repatria.store.queries import public
    from repatria.terms.parties import ANONYMOUS

    rows = public.bulletin_versions(ANONYMOUS, pages.exchange.bulletin)
    return next(row.content for row in rows if row.language == "ar")


def _promise(pages):
    from repatria.operations.commitments import record_commitment
    from repatria.record.commitments import Promise
    from repatria.terms import Role

    return record_commitment(
        pages.installation.desk("ines", Role.INTERMEDIARY),
        promised_by="north",
        promised_to="south",
        what=Promise.WITHDRAW,
        words="to withdraw from the hill",
        source="joint statement",
    )


def _reply(pages):
    from repatria.operations.replies import Purpose, take_reply
    from repatria.terms import Role

    return take_reply(
        pages.installation.desk("public-form", Role.OUTSIDER),
        purpose=Purpose.REPLY,
        text="It was on a Tuesday.",
    )


def _container(pages):
    from repatria.operations.remains import record_remains
    from repatria.terms import PartyCode, Role

    desk = pages.installation.desk("ines", Role.INTERMEDIARY)
    return record_remains(desk, label="bag 17", to=PartyCode("north"))


def _packet(pages):
    from repatria.ledger.kinds.packet_sealed import PacketItem
    from repatria.operations.packets import seal_packet
    from repatria.terms import PartyCode, Role

    return seal_packet(
        pages.installation.desk("ines", Role.HANDOVER_OFFICER),
        pages.lines("north")[0].person,
        seal="A-1",
        items=(PacketItem(what="ring", count=1),),
        to=PartyCode("north"),
    )


def _calendar(pages):
    from datetime import date

    from repatria.operations.calendars import open_calendar
    from repatria.terms import PartyCode, Role

    return open_calendar(
        pages.installation.desk("ines", Role.INTERMEDIARY),
        title="as in December",
        start_event="signature",
        starts_on=date(2030, 1, 1),
        parties=(PartyCode("north"), PartyCode("south")),
    )


def _asked_by_a_family():
    from repatria.store.models import TracingRow

    return TracingRow.objects.filter(seen_by="intermediary").first().subject


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
