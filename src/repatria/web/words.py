"""How are the program's own words called in the reader's language?

Codes stay stable in the log; here each gets the words of a page. A code from a
newer version that nobody here knows is shown as it is, never hidden.
"""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

ANSWERS: Mapping[str, object] = {
    "listed": _("no answer yet"),
    "held": _("held by us"),
    "held_by_ally": _("held by an ally"),
    "not_held": _("not held"),
    "duplicate": _("repeats another line"),
    "already_released": _("already released"),
    "dead": _("dead"),
    "escaped": _("escaped"),
    "criminal_charge": _("held on a criminal charge"),
    "excluded": _("excluded from the exchange"),
    "data_insufficient": _("not enough data"),
    "searching": _("search goes on"),
    "agreed": _("agreed for exchange"),
    "frozen": _("on a signed list"),
    "received": _("received"),
}
STATUSES: Mapping[str, object] = {**ANSWERS, "held": _("held")}
CATEGORIES: Mapping[str, object] = {
    "soldier": _("soldier"),
    "civilian": _("civilian"),
    "political_leader": _("political leader"),
    "medical_or_religious": _("medical or religious personnel"),
    "other": _("other"),
}
CUSTODY: Mapping[str, object] = {
    "captured": _("captured"),
    "held": pgettext_lazy("custody", "held"),
    "transferred": _("moved"),
    "released": _("released"),
    "escaped": _("escaped"),
    "died": _("died"),
}
CROSSINGS: Mapping[str, object] = {
    "waiting": _("waiting"),
    "departed": _("departed"),
    "crossed": _("crossed"),
    "refused": _("did not cross: refused"),
    "returned_to_custody": _("returned to custody"),
    "died": _("died"),
    "received": _("received"),
}
DECISIONS: Mapping[str, object] = {
    "same": _("the same person"),
    "not_same": _("not the same person"),
    "cannot_tell": _("cannot be told"),
    "undecided": _("not decided yet"),
    "link": _("likely the same"),
    "possible": _("a person must look"),
    "non_link": _("likely different"),
}
POPULATIONS: Mapping[str, object] = {
    "claimed": _("persons we ask about"),
    "held": _("persons held"),
}
HEALTH: Mapping[str, object] = {
    "fit": _("fit"),
    "sick": _("sick"),
    "serious": _("seriously ill or wounded"),
}
ROLES: Mapping[str, object] = {
    "registrar": _("registrar"),
    "negotiator": _("negotiator"),
    "intermediary": _("intermediary"),
    "medical": _("medical"),
    "handover_officer": _("handover officer"),
    "press": _("press"),
    "monitor": _("monitor"),
    "family": _("family"),
    "outsider": _("no role here"),
}
SEXES: Mapping[str, object] = {"male": _("male"), "female": _("female")}
LIVES: Mapping[str, object] = {
    "alive": _("alive"),
    "dead": _("dead"),
    "unknown": _("not known"),
}
PAIR_FIELDS: Mapping[str, object] = {
    "name": _("name"),
    "names": _("name"),
    "given": _("given name"),
    "family": _("family name"),
    "patronymic": _("father's name"),
    "father": _("father's name"),
    "birth": _("date of birth"),
    "sex": _("sex"),
    "captured_on": _("day of capture"),
    "place_of_birth": _("place of birth"),
}
KINDS: Mapping[str, object] = {
    "person.registered": _("opened the record"),
    "person.named": _("gave a name"),
    "person.described": _("described the person"),
    "person.categorised": _("gave a category"),
    "custody.noted": _("noted custody"),
    "custody.placed": _("noted the place"),
    "health.classed": _("classed the health"),
    "health.examined": _("examined the person"),
    "clearance.given": _("concluded on fitness to travel"),
    "consent.stated": _("wrote down what the person wants"),
    "life.stated": _("said alive or dead"),
    "line.answered": _("answered about a list line"),
    "list.line": _("named the person on a list"),
    "plan.proposed": _("proposed a plan"),
    "substitution.proposed": _("proposed a substitution"),
    "crossing.recorded": _("recorded the crossing"),
    "receipt.given": _("gave a receipt"),
    "family.notified": _("told the family"),
    "tracing.requested": _("asked to trace"),
    "match.proposed": _("compared two records"),
    "match.decided": _("decided about two records"),
    "line.detained": _("gave details of detention"),
}
TABLES: Mapping[str, Mapping[str, object]] = {
    "answer": ANSWERS,
    "status": STATUSES,
    "category": CATEGORIES,
    "custody": CUSTODY,
    "crossing": CROSSINGS,
    "decision": DECISIONS,
    "population": POPULATIONS,
    "health": HEALTH,
    "role": ROLES,
    "sex": SEXES,
    "life": LIVES,
    "kind": KINDS,
    "pair_field": PAIR_FIELDS,
}


def word(table: str, code: object) -> str:
    """The words for a code of a table; the code itself where there are none."""
    text = str(code)
    return str(TABLES[table].get(text, text.replace("_", " ")))
