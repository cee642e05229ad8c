"""How is what happens in the dialogue about a list, in the register or for families called?"""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from repatria.web.keeping_words import TABLES as KEEPING_TABLES

# What is said of answers, and how it stands with a line after it.
OBSERVATIONS: Mapping[str, object] = {
    "accepted": _("we accept the answer"),
    "disputed": _("we dispute the answer"),
    "more_given": _("we give more particulars"),
}
TALKS: Mapping[str, object] = {
    "waits": _("waits for a final reply"),
    "upheld": _("answer kept in reply"),
    "accepted": _("answer accepted"),
    "changed": _("answer changed"),
}
FOUND: Mapping[str, object] = {
    "repeat": _("repeats another line"),
    "released": _("released earlier"),
    "known": _("on our own list"),
    "too_little": _("too little to identify"),
    "outside": _("outside the criteria"),
    "not_decidable": _("criteria cannot be decided"),
}
CRITERIA: Mapping[str, object] = {
    "age": _("age"),
    "category": _("category"),
    "sex": _("sex"),
    "captured": _("day of capture"),
}
# Steps of a calendar, and how it stands with what is owed.
STEPS: Mapping[str, object] = {
    "lists": _("lists"),
    "answers": _("answers to every line"),
    "observations": _("observations on the answers"),
    "final_replies": _("final replies"),
    "preparation": _("interviews and medical checks"),
    "exchange": _("exchange"),
}
OWED: Mapping[str, object] = {
    "delivered": _("delivered in time"),
    "late": _("delivered late"),
    "waiting": _("not due yet"),
    "overdue": _("overdue"),
}
# What a family is told, how its request is linked, what is owed for a person.
TRACING: Mapping[str, object] = {
    "received": _("We have your request."),
    "searching": _("We are searching."),
    "not_found": _("Nothing is known yet; the search goes on."),
    "found": _("There is news; come to the office or call it."),
    "dead": _("There is grave news; come to the office."),
    "closed_by_family": _("Closed at the wish of the family."),
}
LINKS: Mapping[str, object] = {
    "possible": _("may be this person"),
    "confirmed": _("is this person"),
    "withdrawn": _("is not this person"),
}
DUTIES: Mapping[str, object] = {
    "capture_card": _("capture card to the family and the Agency"),
    "registration": _("registration"),
    "health_report": _("weekly report on health"),
    "decision_notified": _("decision of the commission told"),
    "decision_executed": _("decision of the commission carried out"),
    "commission_visit": _("next visit of the commission"),
}
PARTICULARS: Mapping[str, object] = {
    "service_number": _("Service number"),
    "birth_place": _("Place of birth"),
    "nationality": _("Nationality"),
    "power": _("Power he depends on"),
    "mother": _("Mother's maiden name"),
    "inform": _("Whom to inform"),
    "mail": _("Address for letters"),
    "residence": _("Last residence"),
    "marks": _("Distinguishing marks"),
    "unit": _("Unit"),
    "region": _("Region"),
    "disc": _("Identity disc"),
    "measure": _("Nature of the measure"),
    "identity": _("How the identity is known"),
    "language": _("Language"),
}
# How an identity is known, and what a power says of its own hands.
IDENTITIES: Mapping[str, object] = {
    "stated": _("as the person states it"),
    "established": _("established otherwise"),
    "unknown": _("not known"),
}
OUR_WORD: Mapping[str, object] = {
    "acknowledged": _("we have this person"),
    "denied": _("we do not have this person"),
    "withheld": _("we do not say"),
}
WHEREABOUTS: Mapping[str, object] = {
    "acknowledged": _("has this person"),
    "denied": _("does not have this person"),
    "withheld": _("does not say"),
}
RESULTS: Mapping[str, object] = {
    "is": _("is this person"),
    "is_not": _("is not this person"),
    "open": _("cannot be told"),
}
REMAINS_STATES: Mapping[str, object] = {
    "not_received": _("not received yet"),
    "not_identified": _("nobody identified"),
    "identified": _("somebody identified"),
    "to_look_at": _("something to look at"),
}
METHODS: Mapping[str, object] = {
    "dna_direct": _("DNA, compared with the person's own"),
    "dna_kinship": _("DNA, compared with relatives"),
    "teeth": _("teeth"),
    "fingerprints": _("fingerprints"),
    "other": _("another method"),
}
# Long work: how it stands, and what is being done.
JOB_STATES: Mapping[str, object] = {
    "waiting": _("waits to be begun"),
    "running": _("goes on"),
    "done": pgettext_lazy("work", "done"),
    "refused": pgettext_lazy("work", "refused"),
    "failed": _("broke off"),
    "stopped": _("stopped"),
}
JOB_STAGES: Mapping[str, object] = {
    "reading": _("reading"),
    "comparing": _("comparing"),
    "answering": _("answering"),
    "computing": _("computing"),
    "writing": _("writing"),
}
# What is said in the dialogue, the register, to families and of remains.
REGISTER_KINDS: Mapping[str, object] = {
    "line.observed": _("made an observation on an answer"),
    "line.upheld": _("kept the answer in reply"),
    "list.checked": _("looked through a list"),
    "list.signed": _("signed the final list"),
    "calendar.opened": _("opened a calendar"),
    "step.delivered": _("delivered what a calendar asks for"),
    "name.locked": _("locked a name for a channel"),
    "whereabouts.stated": _("said whether it has the person"),
    "visit.made": _("visited the person"),
    "packet.sealed": _("sealed a packet"),
    "packet.passed": _("passed a packet on"),
    "block.issued": _("issued numbers"),
    "tag.given": _("gave a tag"),
    "number.joined": _("joined two numbers"),
    "duty.done": _("did a duty"),
    "commission.decided": _("gave the decision of a commission"),
    "tracing.linked": _("linked a request"),
    "tracing.answered": _("answered a family"),
    "remains.recorded": _("recorded remains"),
    "remains.passed": _("received remains"),
    "remains.examined": _("gave the result of a laboratory"),
}
TABLES: Mapping[str, Mapping[str, object]] = {
    "observation": OBSERVATIONS,
    "talk": TALKS,
    "found": FOUND,
    "criterion": CRITERIA,
    "step": STEPS,
    "owed": OWED,
    "tracing": TRACING,
    "link": LINKS,
    "duty": DUTIES,
    "particular": PARTICULARS,
    "identity": IDENTITIES,
    "whereabouts": WHEREABOUTS,
    "laboratory_result": RESULTS,
    "method": METHODS,
    "job_state": JOB_STATES,
    "job_stage": JOB_STAGES,
    **KEEPING_TABLES,
}
