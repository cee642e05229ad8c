"""The page on which terms are written: what would they give now, and what stands in the way?

Every button sends the whole draft. The answer is computed beside the page, as a job that
outlives a kill, and looked at again until it is whole; with the page's script that
happens by itself.
"""

from collections.abc import Mapping
from http import HTTPStatus

from django.contrib import messages
from django.http import HttpResponseBase, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from repatria.operations.agreement import propose_terms
from repatria.operations.candidates import candidates_from
from repatria.operations.document_kinds import DocumentKind
from repatria.operations.plan_questions import trial_in
from repatria.operations.trials import Trial
from repatria.planning import Terms, UnreadableTermsError, terms_from_json, terms_to_json
from repatria.store.drafts import KeptDraft, draft_of, forget_draft, keep_draft
from repatria.store.queries import exchange
from repatria.store.queries.documents import subject_of
from repatria.store.queries.peers import peers
from repatria.store.queries.persons import names_of
from repatria.terms import Objection, PartyCode, Refusal, Role
from repatria.terms.parties import INTERMEDIARY
from repatria.web.access import Request
from repatria.web.exchange.drafts import (
    Draft,
    draft_of_form,
    draft_of_terms,
    form_of,
    kept_fields,
)
from repatria.web.exchange.rule_forms import KINDS, Meant, Parties
from repatria.web.exchange.waiting import (
    LIMITS_SECONDS,
    ask,
    job_of_mine,
    patience,
    stop,
    wait_a_moment,
)
from repatria.web.responses import never_stored, see_other
from repatria.web.rule_words import level_sentence, sentence_of
from repatria.web.signing import page_for
from repatria.wiring.desks import desk_for, installation_here
from repatria.wiring.installation import now
from repatria.wiring.plan_jobs import DRAFT, TRIAL

PROPOSES = (Role.NEGOTIATOR, Role.INTERMEDIARY)


@require_http_methods(["GET", "POST"])
@page_for(*PROPOSES)
def edit_terms_page(request: Request) -> HttpResponseBase:
    """The terms as a form, with what they would give; then, with a signature, proposed."""
    actor = request.viewer.actor
    act = request.POST.get("act", "")
    if act == "discard":
        forget_draft(actor)
        return see_other("terms-edit")
    if request.method != "POST":
        return _begun(request)
    draft = _sent(request)
    if act != "look":
        keep_draft(actor, kept_fields(request.POST, draft), now())
    terms = draft.terms() if act in ("try", "look", "propose") else None
    if act == "propose" and terms is not None:
        try:
            return _propose(request, draft, terms)
        except Refusal as refusal:
            return _page(request, draft, terms, refusal.objections, HTTPStatus.CONFLICT)
    if act == "propose":
        return _page(request, draft, None, (), HTTPStatus.UNPROCESSABLE_ENTITY)
    if act == "try" and terms is not None:
        asked = {"terms": terms_to_json(terms), "seconds": patience(request)}
        ask(request, TRIAL, DRAFT, asked)
        wait_a_moment(request, TRIAL, DRAFT)
    if act == "cancel":
        stop(job_of_mine(request, TRIAL, DRAFT))
    return _page(request, draft, terms)


def _begun(request: Request) -> HttpResponseBase:
    """What the viewer left unfinished, where he does not begin from terms there are."""
    kept = draft_of(request.viewer.actor)
    if kept is None or request.GET.get("from"):
        return _page(request, _first(request), None, kept=kept)
    draft = _draft_in(request, form_of(kept.fields))
    return _page(request, draft, draft.terms(), kept=kept, taken_up=True)


def _propose(request: Request, draft: Draft, terms: Terms) -> HttpResponseBase:
    parties = [PartyCode(code) for code in draft.head.cleaned_data["parties"]]
    propose_terms(desk_for(request.viewer), terms, parties=parties)
    forget_draft(request.viewer.actor)
    messages.success(request, _("The terms are proposed. Packages take them to the others."))
    return see_other("terms")


def _page(
    request: Request,
    draft: Draft,
    terms: Terms | None,
    objections: tuple[Objection, ...] = (),
    status: HTTPStatus = HTTPStatus.OK,
    *,
    kept: KeptDraft | None = None,
    taken_up: bool = False,
) -> HttpResponseBase:
    shown = taken_up or request.method == "POST"
    known = job_of_mine(request, TRIAL, DRAFT) if shown else None
    trial = trial_in(known.value, terms_from_json(known.asked["terms"])) if known else None
    act = request.POST.get("act", "")
    context = {
        "draft": draft,
        "kinds": KINDS,
        "limits": LIMITS_SECONDS,
        "calculation": known,
        "trial": trial,
        "stale": trial is not None and terms is not None and trial.terms != terms,
        "unclear": terms is None and act in ("try", "look", "propose"),
        "answer": _answer(trial) if trial is not None else None,
        "objections_now": (known.refusal.objections if known and known.refusal else ()),
        "objections": objections,
        "sentences": _sentences(terms),
        "added": draft.rules[-1][0] if act == "add" and draft.rules else "",
        "names": _names(request, draft),
        "kept": kept,
        "taken_up": taken_up,
        # Whoever adds a row has not filled it in yet; he is told when he tries.
        "unasked": taken_up or act == "add" or act.startswith("remove:"),
    }
    return never_stored(render(request, "exchange/edit_terms.html", context, status=status))


def _names(request: Request, draft: Draft) -> Mapping[str, object]:
    ids = [
        one
        for _number, form in draft.rules
        if form.is_bound and not form.errors
        for one in form.cleaned_data.get("ids", ())
    ]
    return names_of(request.viewer, ids) if ids else {}


def _sentences(terms: Terms | None) -> Mapping[str, str]:
    return {rule.id: sentence_of(rule) for rule in terms.rules} if terms is not None else {}


def _answer(trial: Trial) -> Mapping[str, object]:
    """A trial in the words of its terms."""
    rules = {rule.id: rule for rule in trial.terms.rules}
    words = {priority.id: level_sentence(priority) for priority in trial.terms.priorities}
    return {
        "status": trial.plan.status.value,
        "going": len(trial.plan.selected),
        "staying": len(trial.plan.left_out),
        "freed": trial.freed,
        "owed": len(trial.plan.owed),
        "conflict": [rules[one] for one in trial.plan.conflict if one in rules],
        "bindings": [(rules[b.rule], words.get(b.level, b.level), b) for b in trial.bindings],
        "levels": [(level, words[level.id]) for level in trial.plan.levels if level.id in words],
        "looked_at": trial.looked_at,
        "rules": len(rules),
        "complete": trial.complete,
    }


def _sent(request: Request) -> Draft:
    return _draft_in(request, request.POST)


def _draft_in(request: Request, typed: QueryDict) -> Draft:
    parties, proposers = _parties(request)
    return draft_of_form(
        typed,
        parties=parties,
        proposers=proposers,
        meant=_meant(request),
        versions=_versions(request),
    )


def _first(request: Request) -> Draft:
    parties, proposers = _parties(request)
    name = request.GET.get("from", "")
    row = next((r for r in exchange.terms(request.viewer) if r.subject == f"terms:{name}"), None)
    terms: Terms | None = None
    told: list[str] = [code for code, _title in parties]
    if row is not None:
        try:
            terms = terms_from_json(row.document)
        except UnreadableTermsError:
            messages.warning(request, _("This version of the program cannot read these terms."))
        said = subject_of(
            request.viewer, installation_here().log(), row.subject, DocumentKind.TERMS
        )
        told = sorted(said.required) if said is not None else told
    return draft_of_terms(
        terms,
        told=told,
        today=now().date(),
        parties=parties,
        proposers=proposers,
        meant=_meant(request),
        version=_versions(request).get(terms.id if terms else "", 0) + 1,
    )


def _parties(request: Request) -> tuple[Parties, Parties]:
    """Who can be party to an exchange, and who can ask for a rule."""
    here = installation_here()
    titles = {str(here.party): here.title}
    titles |= {row.subject.partition(":")[2]: row.title for row in peers(request.viewer)}
    everybody = sorted(titles.items())
    return [(code, title) for code, title in everybody if code != INTERMEDIARY], everybody


def _versions(request: Request) -> Mapping[str, int]:
    versions: dict[str, int] = {}
    for row in exchange.terms(request.viewer):
        name = row.subject.partition(":")[2]
        versions[name] = max(versions.get(name, 0), row.version)
    return versions


def _meant(request: Request) -> Meant:
    """Who can be meant by a typed line: somebody whom a holder has acknowledged."""
    held: list[frozenset[str]] = []

    def meant(line: str) -> list[str]:
        if not held:
            log = desk_for(request.viewer).log
            held.append(frozenset(person.id for person in candidates_from(log)))
        return list(exchange.persons_meant(request.viewer, held[0], line))

    return meant
