"""How are the program's own words called in the reader's language?

Codes stay stable in the log; here each gets the words of a page. A code from a
newer version that nobody here knows is shown as it is, never hidden.
"""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from repatria.web import owed_words, plan_words, promise_words
from repatria.web.dialogue_words import REGISTER_KINDS
from repatria.web.dialogue_words import TABLES as DIALOGUE_TABLES
from repatria.web.line_words import CROSSINGS, GATES, TRAVEL
from repatria.web.package_words import DIRECTIONS, PACKAGE_STATES, SENT_STATES

ANSWERS: Mapping[str, object] = {
    "held": pgettext_lazy("answer", "held"),
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
}
STATUSES: Mapping[str, object] = {
    "listed": _("no answer yet"),
    **{f"answered_{code}": words for code, words in ANSWERS.items()},
}
CATEGORIES: Mapping[str, object] = {
    "soldier": _("soldier"),
    "civilian": _("civilian"),
    "political_leader": _("political leader"),
    "medical_or_religious": _("medical or religious personnel"),
    "other": _("other"),
}
STANDING: Mapping[str, object] = {
    "held": pgettext_lazy("custody", "held"),
    "released": _("released"),
    "transferred": _("moved"),
    "escaped": _("escaped"),
    "died": _("died"),
}
CUSTODY: Mapping[str, object] = {
    "captured": _("captured"),
    "held": pgettext_lazy("custody", "held"),
    "transferred": _("moved"),
    "released": _("released"),
    "escaped": _("escaped"),
    "died": _("died"),
}
# Why somebody else goes instead.
REASONS: Mapping[str, object] = {
    "not_available": _("not available"),
    "no_medical_clearance": _("not fit to travel"),
    "refused": _("does not want to go"),
    "died": _("died"),
    "withdrawn_by_holder": _("withdrawn by the holder"),
}
# What a family is told.
NOTICES: Mapping[str, object] = {
    "acknowledged": _("The holder has said that this person is held."),
    "cleared": _("This person is fit to travel."),
    "crossed": _("This person has crossed the line."),
    "died": _("This person has died."),
}
DECISIONS: Mapping[str, object] = {
    "same": _("the same person"),
    "not_same": _("not the same person"),
    "cannot_tell": _("cannot be told"),
    "undecided": _("not decided yet"),
    "link": _("likely the same"),
    "possible": _("a person must look"),
    "non_link": _("likely different"),
    "contradicted": _("contradicts another decision"),
    "again": _("lines changed since"),
}
POPULATIONS: Mapping[str, object] = {
    "claimed": _("persons asked about"),
    "held": _("persons held"),
}
# What of two committed lists is shown to the other side.
REVEALS: Mapping[str, object] = {
    "whole": _("both lists whole"),
    "matched": _("only persons that both lists name"),
    "private": _("nothing: the two compare hidden lists"),
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
    "patronymic": _("father's name"),
    "birth": _("date of birth"),
    "sex": _("sex"),
    "captured_on": _("time of capture"),
    "place_of_birth": _("place of birth"),
    # Not a part of the records: what the comparison knows before and beside them.
    "prior": _("beforehand"),
    "rivals": _("rivals"),
    "rest": _("beforehand and rivals"),
}
# What the comparison saw; the two values stand beside the words on the page.
GROUNDS: Mapping[str, object] = {
    "name-same-sound": _("the names sound the same"),
    "name-close-sound": _("the names sound alike"),
    "name-some-likeness": _("the names have some likeness"),
    "name-initial": _("the names begin alike"),
    "name-form": _("the names are forms of one name"),
    "name-differs": _("the names differ"),
    "name-part-left-out": _("only one side has this part of the name"),
    "names-together": _(
        "the names as a whole: what their parts say is not independent, and is set right"
    ),
    "father-as-self": _("the father's name on one side is the own name on the other"),
    "father-differs": _("the father's names differ"),
    "father-left-out": _("only one side names the father"),
    "birth-same-day": _("born on the same day"),
    "birth-day-and-month-exchanged": _("day and month of birth are exchanged"),
    "birth-one-day-off": _("born one day apart"),
    "birth-one-year-off": _("born one year apart"),
    "birth-one-figure-off": _("one figure of the dates of birth differs"),
    "birth-first-of-january": _("same year; 1 January may stand for an unknown day"),
    "birth-year-guessed": _("near in year; 1 January may stand for a guess"),
    "birth-same-year": _("same year of birth, as far as it is known"),
    "birth-same-month": _("same month of birth, as far as it is known"),
    "birth-same-year-only": _("same year of birth, but another day"),
    "birth-differs": _("born at different times"),
    "birth-within-span": _("the times of birth can be one"),
    "birth-outside-span": _("the times of birth cannot be one"),
    "birth-missing": _("one side or both give no date of birth"),
    "sex-same": _("the same sex"),
    "sex-differs": _("different sexes"),
    "sex-missing": _("one side gives no sex"),
    "capture-same-day": _("captured on the same day or the next"),
    "capture-same-week": _("captured within a week"),
    "capture-same-month": _("captured within a month"),
    "capture-same-year": _("captured within a year"),
    "capture-compatible": _("the times of capture can be one"),
    "capture-differs": _("captured at different times"),
    "capture-missing": _("one side gives no time of capture"),
    "place-same": _("the places of birth sound the same"),
    "place-differs": _("the places of birth differ"),
    "place-missing": _("one side gives no place of birth"),
    "beforehand": _("how likely two records of these lists are one person, before any comparison"),
    "rivals": _("other pairs of these two records may be the right ones"),
    "linked-elsewhere": _("one of the two is linked elsewhere, and nobody is linked twice"),
    "no-part-agrees": _("no part of the names agrees: somebody must look"),
    "another-given-name": _("another given name, perhaps a brother or sister: somebody must look"),
    "another-sex": _("a man on one side, a woman on the other: somebody must look"),
    "another-father": _("the fathers have two names, perhaps cousins: somebody must look"),
    "born-apart": _("the dates of birth contradict each other: somebody must look"),
}
# The columns of a list file.
COLUMNS: Mapping[str, object] = {
    "line_number": _("line number"),
    "full_name": _("name"),
    "full_name_family_first": _("name, family name first"),
    "names": _("name"),
    "surname": _("family name"),
    "given_name": _("given name"),
    "father": _("father's name"),
    "birth": _("date of birth"),
    "born_at": _("place of birth"),
    "sex": _("sex"),
    "category": _("category"),
    "category_as_written": _("category as written"),
    "rank": _("rank"),
    "captured_on": _("day of capture"),
    "captured_at": _("place of capture"),
    "held_at": _("place of detention"),
    "health": _("health"),
    "reference": _("reference"),
    "status": _("status"),
    "note": _("note"),
    "region": _("region"),
    "unit": _("unit"),
    "extra": _("other columns"),
}
ERASURE_REASONS: Mapping[str, object] = {
    "purpose-fulfilled": _("the purpose is fulfilled"),
    "retention-ended": _("the time for keeping it is over"),
    "data-subject-request": _("the person asked for it"),
    "court-order": _("a court ordered it"),
    "mistaken-record": _("the record was a mistake"),
}
BASES: Mapping[str, object] = {
    "list-file": _("a list file"),
    "interview": _("an interview"),
    "examination": _("an examination"),
    "register": _("the register"),
    "witness": _("a witness"),
    "publication": _("a publication"),
    "agreement": _("an agreement"),
    "comparison": _("a comparison"),
    "clerical review": _("a look by a person"),
    "earlier decision": _("an earlier decision on the same words"),
    "computation": _("a computation"),
    "scan": _("a scanned card"),
    "decision": _("a decision"),
    "meeting": _("a meeting"),
    "dispatch": _("a dispatch"),
    "handover": _("the handover"),
    "both receipts": _("both receipts"),
    "family": _("the family"),
    "appointment": _("an appointment"),
    "erasure": _("an erasure"),
    "foundation": _("the founding of an installation"),
    "keyring": _("a keyring signed by its root keys"),
    "package": _("a package"),
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
    "availability.stated": _("said whether somebody can be counted on"),
    "consent.stated": _("wrote down what the person wants"),
    "life.stated": _("said alive or dead"),
    "line.answered": _("answered about a list line"),
    **REGISTER_KINDS,
    "list.line": _("named the person on a list"),
    "plan.proposed": _("proposed a plan"),
    "schedule.proposed": _("proposed a schedule"),
    "schedule.accepted": _("accepted a schedule"),
    "substitution.proposed": _("proposed a substitution"),
    "crossing.recorded": _("recorded the crossing"),
    "crossing.withdrawn": _("took an event back"),
    "gate.checked": _("checked who stood at the gate"),
    "refusal.overridden": _("overrode a refusal"),
    "line.closed": _("ended a line of the manifest"),
    "receipt.given": _("gave a receipt"),
    "family.notified": _("told the family"),
    "tracing.requested": _("asked to trace"),
    "match.proposed": _("compared two records"),
    "match.decided": _("decided about two records"),
    "plan.accepted": _("accepted a plan"),
    "manifest.frozen": _("froze the manifest"),
    "manifest.accepted": _("signed the manifest"),
    "substitution.accepted": _("signed a substitution"),
    "list.submitted": _("handed in a list"),
    "bulletin.published": _("published a bulletin"),
    "commitment.made": _("recorded a promise"),
    "commitment.receipted": _("signed for what was promised"),
    "commitment.told": _("recorded what was said about a promise"),
    "place.located": _("put a place on the public map"),
    "publication.held": _("asked that nothing be published yet"),
    "reply.given": _("took in a reader's reply"),
    "reply.published": _("published a reader's reply"),
    "reply.reviewed": _("decided about a reader's reply"),
    "tip.recorded": _("recorded what a reader told"),
    "line.detained": _("gave details of detention"),
    "access.granted": _("gave an account its role"),
    "checkpoint.cosigned": _("gave a receipt for a package"),
    "claim.made": _("recorded a public claim"),
    "file.attached": _("attached a file"),
    "file.imported": _("read a list file"),
    "finding.set_aside": _("set a finding aside"),
    "log.forked": _("showed that a log was told in two ways"),
    "package.received": _("took a package in"),
    "package.refused": _("refused a package"),
    "package.revoked": _("took a package back"),
    "package.sent": _("made a package"),
    "peer.introduced": _("noted whose keys are whose"),
    "terms.accepted": _("accepted terms"),
    "terms.proposed": _("proposed terms"),
    "statement.erased": _("erased statements"),
    "statement.lost": _("said which statements were lost"),
    "approval.given": _("approved a document"),
    "erasure.acknowledged": _("acknowledged an erasure"),
    "list.amended": _("amended a committed list"),
    "list.committed": _("committed to a list"),
    "list.escrowed": _("put a list in escrow"),
    "list.revealed": _("revealed a list"),
    "round.both_committed": _("confirmed that both have committed"),
    "round.opened": _("opened a round"),
}
DOCUMENTS: Mapping[str, object] = {
    "terms": _("Terms"),
    "plan": _("Final list"),
    "schedule": _("Schedule of a plan"),
    "manifest": _("Handover list"),
    "substitution": _("Change of a handover list"),
    "receipt": pgettext_lazy("document", "Receipt"),
}
# What a signature commits to.
COMMITMENTS: Mapping[str, object] = {
    "terms": _("Your party accepts exactly these terms: plans are computed from them alone."),
    "plan": _("Your party accepts that exactly these persons go home under these terms."),
    "schedule": _("Your party accepts that exactly these persons cross on these days."),
    "manifest": _(
        "Your party says that exactly these persons cross here; only a signed change alters it."
    ),
    "substitution": _("Your party accepts exactly this change of the list."),
    "receipt": _("Your party confirms exactly these persons, and no others."),
}
DOCUMENT_STATES: Mapping[str, object] = {
    "signed": _("signed by all"),
    "open": _("not signed by all"),
    "ours": _("waits for us"),
}
# A party's part in a document.
HANDS: Mapping[str, object] = {
    "signed": _("signed"),
    "said": _("said, not signed"),
    "broken": _("signature does not hold"),
    "missing": _("not signed yet"),
}
# Why somebody cannot sign where two people are asked.
CANNOT_SIGN: Mapping[str, object] = {
    "nobody": _("Nobody has approved it yet. First one person of your party approves it."),
    "stale": _("The document has changed since it was approved. It has to be approved again."),
    "same": _("You approved it yourself. Somebody else of your party signs it."),
    "role": _("Your role approves this document and does not sign it."),
}
TABLES: Mapping[str, Mapping[str, object]] = {
    **promise_words.TABLES,
    **plan_words.TABLES,
    **owed_words.TABLES,
    "answer": ANSWERS,
    "status": STATUSES,
    "category": CATEGORIES,
    "custody": CUSTODY,
    "standing": STANDING,
    "crossing": CROSSINGS,
    "gate": GATES,
    "travel": TRAVEL,
    "reason": REASONS,
    "notice": NOTICES,
    "decision": DECISIONS,
    "population": POPULATIONS,
    "reveals": REVEALS,
    "health": HEALTH,
    "role": ROLES,
    "sex": SEXES,
    "life": LIVES,
    "kind": KINDS,
    "pair_field": PAIR_FIELDS,
    "ground": GROUNDS,
    "column": COLUMNS,
    "basis": BASES,
    "erasure_reason": ERASURE_REASONS,
    "cannot_sign": CANNOT_SIGN,
    "commits": COMMITMENTS,
    "document": DOCUMENTS,
    "document_state": DOCUMENT_STATES,
    "hand": HANDS,
    "package_state": PACKAGE_STATES,
    "sent_state": SENT_STATES,
    "direction": DIRECTIONS,
    **DIALOGUE_TABLES,
}


def word(table: str, code: object) -> str:
    """The words for a code of a table; the code itself where there are none."""
    text = str(code)
    return str(TABLES[table].get(text, text.replace("_", " ")))
