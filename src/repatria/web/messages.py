"""What is wrong, in words a tired person can act on?

Each stable code of an objection or a finding has its sentence here, in the
reader's language: what is wrong, and where it helps, what to do. A code nobody
knows is shown as it is: a reason is never hidden.
"""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from repatria.lists.reading import FILE_FAULTS, ROW_FAULTS
from repatria.web import public_messages
from repatria.web.dialogue_messages import DIALOGUE, REGISTER_FINDINGS
from repatria.web.line_messages import LINE_FINDINGS, LINE_OBJECTIONS

# What is wrong with a committed or revealed list: an objection before it is shown, a finding after.
_LIST_FAULTS: Mapping[str, object] = {
    "amended-after-reveal": _("The list was changed after the other side had revealed its own."),
    "amended-since-confirmed": _("A list was changed after both were confirmed; confirm again."),
    "commitment-copied": _("Both parties committed to the same root: one copied the other's."),
    "commitment-not-held": _("The party's own commitment is not here yet; take in its package."),
    "committed-twice": _("The party committed a second time; only the first counts."),
    "entry-moved": _("The entry was committed to in another slot than it is shown in."),
    "entry-not-as-committed": _("This entry is not the one that was committed to."),
    "entry-not-readable": _("An entry of the list cannot be read."),
    "entry-outside-list": _("There is no such slot in the list that was committed to."),
    "entry-too-long": _("An entry of the list is longer than a list can hold."),
    "entry-twice": _("The same entry stands on the list twice."),
    "list-too-long": _("The list is longer than the terms of the round admit."),
    "not-committed": _("The party has not committed to a list in this round."),
    "opening-malformed": _("What should open the list cannot be read as a list."),
    "opening-missing": _("The list in escrow is missing; ask the party for its package."),
    "opening-not-as-committed": _("The list is not the one that was committed to."),
    "opening-other-party": _("The list was made in the name of another party."),
    "opening-other-round": _("The list was made for another round."),
    "round-terms-differ": _("The party committed under other terms than those of this round."),
}
OBJECTIONS: Mapping[str, object] = {
    **_LIST_FAULTS,
    **public_messages.OBJECTIONS,
    # rounds of release lists
    "already-committed": _("Your party has committed to another list; change it for all to see."),
    "entry-not-as-listed": _("An entry says another thing than the list line it names."),
    "entry-of-another": _("An entry names a line that another party wrote."),
    "list-already-shown": _("The other party was given this list; committing would hide nothing."),
    "list-size-out-of-range": _("The longest list must have between 1 and 65,536 persons."),
    "match-not-one-to-one": _("A person is matched with two; decide which of them it is."),
    "matched-needs-intermediary": _("Only the intermediary can tell which persons both name."),
    "not-both-committed": _("Confirm first that both have committed."),
    "not-the-intermediary": _("Only the intermediary of this round does this."),
    "not-your-turn": _("It is the other party's turn to open its next slots."),
    "other-not-committed": _("A party has not committed to a list yet."),
    "pair-names-no-entry": _("Nobody stands in a slot that a pair names."),
    "round-needs-two-parties": _("A round is between two different parties."),
    "round-revealed": _("Something was revealed already; a list can no longer be changed."),
    "private-already-answered": _(
        "The other party was answered for these two lists already; another message is not."
    ),
    "private-is-between-two": _(
        "A private round has nobody between the two parties, and no turns."
    ),
    "private-no-run": _("The step before this one was not taken here."),
    "private-run-begun": _(
        "The comparison was begun already, by the other side's message or ours."
    ),
    "private-sample-not-agreed": _("The offer opens another number of records than you agreed to."),
    "private-sample-out-of-range": _("At most 1,000 matched records and 200 others are opened."),
    "private-too-many-lists": _(
        "A party brought more than three lists into this round; open another round."
    ),
    "round-is-private": _("In a private round nothing is revealed; the lists are compared hidden."),
    "round-not-private": _("This round was not opened as a private one."),
    "round-unknown": _("There is no such round here."),
    "round-without-title": _("Give the round a title."),
    "row-not-readable": _(
        "A row of the file cannot be read; mend it first, so that nobody is left out."
    ),
    "step-out-of-range": _(
        "Turns are for rounds with nobody between; 0 to 65,536 slots at a time."
    ),
    # lists and answers
    "answer-unchanged": _("This answer says the same as the one already given."),
    "duplicate-needs-line": _("Say which line this one repeats."),
    "duplicate-of-duplicate": _(
        "The line it repeats is itself a repeat; point to the first of them."
    ),
    "duplicate-of-itself": _("A line cannot repeat itself."),
    "duplicate-of-other-list": _("A repeat points to a line of the same list."),
    "retained-not-held": _("Only somebody who is held can be kept for proceedings or a sentence."),
    "retained-without-ground": _(
        "Say for which proceedings or which sentence, and since when: it is owed to the other side."
    ),
    "held-needs-person": _("To answer that somebody is held, name the record in your register."),
    "line-not-addressed-to-you": _("This list was put to another party; only that party answers."),
    "line-unknown": _("There is no such line."),
    "list-number-twice": _("Two rows of the file have the same line number."),
    "list-unknown": _("There is no such list here."),
    "list-without-lines": _(
        "The list has no lines: below its headings there is none that can be read."
    ),
    "person-answers-another-line": _(
        "This person already answers another line. One of the two answers is wrong."
    ),
    "person-unknown": _("There is no such record in your register."),
    "released-needs-exchange": _("Say in which exchange the person was released."),
    **DIALOGUE,
    # comparison
    "evidence-unknown": _(
        "A statement or file that is named as evidence is not here; check its number."
    ),
    "decision-unchanged": _("This pair was already decided in the same words."),
    "reason-missing": _("Write down the reason; a decision without a reason helps nobody later."),
    "record-unknown": _("One of the two records is not here."),
    # access and packages
    "peer-is-ourselves": _("This is your own installation."),
    "peer-key-differs": _("Another key is known for this party. Stop, and ask the party itself."),
    "peer-unknown": _("This party was never introduced here."),
    "mark-not-reached": _(
        "More was signed than these packages hold. Ask the other peers for theirs too."
    ),
    "package-returns-nothing": _("In this package nobody gives our log back."),
    "peer-not-asked": _("Every peer must give our log back first; one may hold the newest part."),
    "keyring-changes-nothing": _("The coming keyring says the same as the one in force."),
    "keyring-ends-before-log": _(
        "The key would end below what it has signed already. Propose again, with slack."
    ),
    "keyring-key-not-at-hand": _("The private keys that are to sign next are not here."),
    "keyring-no-such-node": _("There is no node key of that name."),
    "keyring-no-such-root": _("No one root key has that fingerprint."),
    "keyring-node-ended-already": _("This node key has ended already."),
    "keyring-root-known-already": _("This root key is in the keyring already."),
    "keyring-threshold-impossible": _(
        "There would be fewer root keys than have to sign, or more keys than a keyring holds."
    ),
    "keyring-of-another-party": _("This keyring file is of another party."),
    "peers-not-signed": _("Not every party at the meeting has signed this document."),
    "peers-without-us": _("Our own keyring is not in this document as we know it."),
    "peer-has-no-key": _(
        "This party has ended all its keys, so nothing can be sealed for it. Ask the party itself."
    ),
    "role-may-not": _("Your role does not do this. Ask somebody whose role does."),
    # erasure
    "already-erased": _("This was erased before."),
    "kind-not-erasable": _("Others rest on this statement; it names no name and stays."),
    "nothing-held-there": _("Nothing of that place was ever held here."),
    "nothing-to-erase": _("There is nothing to erase."),
    "override-unknown": _("This objection cannot be overridden."),
    "person-on-open-manifest": _(
        "The person is on a manifest that is not closed. Close it first, or erase by naming this."
    ),
    "place-beyond-log": _("The log does not reach that far."),
    "place-malformed": _("A place is written as a party, a stroke and a number: north/17."),
    "subject-unknown": _("Nothing is said here about this id."),
    "nobody-to-send-to": _("Choose at least one party for whom the package is."),
    "nothing-to-return": _("Nothing of that party's log is held here."),
    "package-expired": _("The package came too late. Ask its sender for a new one."),
    "package-revoked": _("Its sender has taken the package back. Ask for a new one."),
    "package-sender-unknown": _("Nothing in the file says who made it. Keep it as it is."),
    "package-still-needed": _("This file waits to be taken in, or is evidence. It stays."),
    "package-unknown": _("No such package was made here."),
    # agreement
    "plan-digest-differs": _("The plan is not the one that was proposed."),
    "plan-infeasible": _("No exchange keeps all rules; the rules named here cannot hold together."),
    "plan-not-accepted": _("Not every party has accepted the plan."),
    "plan-overtaken": _(
        "Terms or answers have changed since this plan was computed; compute it again."
    ),
    "plan-not-proven": _("The time did not suffice to prove the plan best; try again."),
    "plan-unknown": _("There is no such plan here."),
    "capacity-without-days": _(
        "A rule speaks of one day, and no rule of the terms says that people cross on it."
    ),
    "schedule-digest-differs": _("The schedule is not the one that was proposed."),
    "schedule-miscounted": _("The schedule does not keep what it says of itself."),
    "schedule-other-persons": _("The days are not those of the persons in the plan."),
    "schedule-other-question": _(
        "The schedule was made for other persons, sites or days than the plan and the terms have."
    ),
    "schedule-unknown": _("There is no such schedule here."),
    "schedule-without-days": _("There is no schedule to write down."),
    "terms-digest-differs": _("The terms are not those that were proposed."),
    "terms-not-accepted": _("Not every party has accepted the terms."),
    "terms-unknown": _("There are no such terms here."),
    "terms-version-twice": _("This version of the terms was proposed before."),
    # documents
    "approval-of-own": _("You proposed this yourself. Somebody else of your party approves it."),
    "approval-stale": _("The document has changed since it was approved. Approve it again."),
    "document-changed": _("The document is not the one that was shown. Look at it again."),
    "document-unknown": _("There is no such document here."),
    "four-eyes-missing": _("The terms ask for two people: nobody has approved this yet."),
    "four-eyes-same-person": _("You approved this yourself. Somebody else of your party signs it."),
    "manifest-not-signed": _("A party accepted the manifest without a signature; it signs again."),
    "plan-not-signed": _("A party accepted the plan without a signature; it signs again."),
    "substitution-not-signed": _("A change of the manifest is not signed by every party."),
    **LINE_OBJECTIONS,
    # record
    "finding-unknown": _("The recorded claims give no such finding."),
    "claim-id-used-twice": _("Two different claims have one id."),
    "composition-in-a-circle": _("A figure would be, through others, a part of itself."),
    "claim-repeats-itself": _("A claim would be, through others, a copy of itself."),
    "claim-replaces-itself": _("A claim would be, through others, replaced by itself."),
    "finding-not-set-aside": _("The finding is not set aside."),
    "claim-not-ours": _("Only who recorded a claim puts its record right."),
    "claim-unchanged": _("This says the same as the record of the claim."),
    "text-unreadable": _("The text of the file cannot be read."),
    "text-empty": _("The file holds no text; a scanned page is a picture, and is not read."),
    "text-too-large": _("The text is larger than the limit."),
    "claim-differs": _("A claim with this id is recorded with another content."),
    "claims-id-twice": _("Two rows of the file have the same id."),
    "claims-cell-unreadable": _("A cell of the file cannot be read."),
    "claims-column-missing": _("The file lacks a column."),
    "line-not-in-both-receipts": _("Not both receipts confirm this line."),
    "embargo-too-long": _("An embargo ends within fourteen days; it can be renewed."),
    "name-not-known": _("Nobody here calls the person by this name."),
    "line-under-embargo": _("The name is under embargo for now."),
    "under-embargo": _("The name is under embargo for now."),
    "family-not-told": _("The family was not told yet; the family learns first."),
    "no-consent-to-be-named": _("The person did not agree to be named."),
    "no-receipt-for-handing-over": _("The giving party's receipt is missing."),
    "no-receipt-for-receiving": _("The receiving party's receipt is missing."),
    "nobody-to-publish": _("There is nobody to publish about."),
    "not-settled": _("The receipts do not agree yet."),
    "after-the-bulletin": _("A bulletin was published before this."),
}
FINDINGS: Mapping[str, object] = {
    **_LIST_FAULTS,
    **LINE_FINDINGS,
    **REGISTER_FINDINGS,
    "birth-differs": _("The dates of birth given cannot be one day."),
    "category-differs": _("The speakers put the person in different categories."),
    "denied-then-admitted": _("A party first denied holding the person, then admitted it."),
    "admitted-then-denied": _("A party first said it holds the person, then denied it."),
    "alive-after-death": _("Somebody saw the person alive after the day given for the death."),
    "held-by-two": _("Two parties are said to hold the person at once."),
    "held-again": _("The person was released, and is said to be held after that."),
    "too-little-to-identify": _("The line has a name only: neither date of birth nor father."),
    "reference-repeated": _("The reference stands on another line too."),
    "line-repeated": _("The line repeats another word for word."),
}
# What keeps an installation from signing, and what to do about it.
OBSTACLES: Mapping[str, object] = {
    "log-not-healed": _(
        "This installation was put back from a backup. What was signed since then may be in "
        "others' hands, so nothing can be signed yet. Everything can be read. Ask every peer to "
        "give our log back, then run: repatria heal"
    ),
    "database-set-back": _(
        "The database is older than what was signed with its key. Nothing can be signed, so that "
        "nothing is said twice in two ways. Everything can be read. Do not restore anything by "
        "hand: ask a peer to give our log back, then run: repatria heal"
    ),
    "database-differs-from-mark": _(
        "The database holds another log than the one that was signed. Nothing can be signed. Keep "
        "the folder as it is, and find out which copy is the right one."
    ),
    "mark-missing": _(
        "The file that says how far was signed is gone. Nothing can be signed. Everything can be "
        "read. Ask every peer to give our log back, then run: repatria heal"
    ),
    "mark-damaged": _(
        "The file that says how far was signed cannot be read. Nothing can be signed. Everything "
        "can be read. Ask every peer to give our log back, then run: repatria heal"
    ),
    "our-log-shorter-than-theirs": _(
        "A peer holds more of our own log than we do: it was set back. Sign nothing more. Ask "
        "every peer to give our log back, then run: repatria heal"
    ),
    "our-log-differs": _(
        "A peer holds statements signed with our key that are not in this installation. Sign "
        "nothing more, and tell whoever keeps it."
    ),
}
# Bytes that are not what was signed, as far as somebody at a desk can act on it.
FAULTS: Mapping[str, object] = {
    **public_messages.FAULTS,
    "body-by-another-party": _("It makes a party say what another one said."),
    "body-not-as-committed": _("A statement in it is not the one its sender committed to."),
    "body-out-of-place": _("A statement in it stands in a wrong place."),
    "checkpoint-bad-signature": _("The state of the log in it was not signed by its sender."),
    "checkpoint-wrong-key": _("The state of the log in it was signed with an unknown key."),
    "cosignature-bad-signature": _("A receipt in it was not given with a key of its party."),
    "cosignature-malformed": _("A receipt in it cannot be read."),
    "database-differs-from-mark": _(
        "The database holds another log than the one this installation signed. Write nothing more."
    ),
    "database-set-back": _(
        "The database was set back: it holds less than was signed. "
        "Get the log from a peer, and heal it."
    ),
    "envelope-malformed": _("The file is not a signed document."),
    "evidence-not-valid": _("An accusation in it shows nothing. Nobody is accused by words alone."),
    "id-malformed": _("It names something in a way that nothing is named."),
    "key-not-opened": _("The passphrase does not open the keys of this installation."),
    "keyring-malformed": _("The keyring in it cannot be read."),
    "keyring-not-signed": _("Too few root keys have signed the new keyring."),
    "keyring-other-party": _("The keyring in it is of another party."),
    "keyring-rewrites-history": _("The new keyring changes keys that have signed before."),
    "keyring-rolled-back": _("The keyring in it is older than the one known here."),
    "keyring-version-skipped": _("A version of the keyring before this one is missing."),
    "log-forked": _("Two signed states of this log cannot both be true."),
    "log-frozen": _("Nothing of this log is taken in any more."),
    "made-by-another": _("It makes something under the name of another party."),
    "mark-damaged": _("The file that says how far was signed cannot be read."),
    "mark-missing": _("The file that says how far was signed is gone."),
    "not-a-package": _("The file is no package."),
    "not-sealed-for-us": _("No key of this installation opens it."),
    "our-log-differs": _("It shows another state of our own log than the one held here."),
    "our-log-shorter-than-theirs": _("Its sender holds more of our own log than is here."),
    "package-bad-signature": _("It was not signed with a key of its sender."),
    "package-for-another-party": _("It is meant for another party."),
    "package-gap": _("It goes on from a place that has not been reached here."),
    "package-malformed": _("It was signed, but is not built as a package is."),
    "package-not-readable": _("It cannot be unpacked."),
    "package-too-large": _("It is larger than any package."),
    "private-element-invalid": _(
        "What should be an element of the group is none, or the identity."
    ),
    "private-element-twice": _("An element stands in the message twice."),
    "private-malformed": _("The file is no message of private matching, or of another version."),
    "private-not-as-committed": _("The list in the message is not the one its maker committed to."),
    "private-other-run": _(
        "The message is of another round, for another party, or follows another message."
    ),
    "private-proof-false": _(
        "The proof does not hold: something was not masked with the one secret."
    ),
    "private-sample-not-as-committed": _("An opened record is not the one that was committed to."),
    "private-sample-not-as-drawn": _("Other slots were opened than those that were drawn."),
    "private-sample-not-of-entry": _(
        "What was hidden in an opened slot are not keys of its record."
    ),
    "private-share-false": _("The share of the draw is not the one that was pledged."),
    "private-signature-false": _("The message was not signed with the node key of its maker."),
    "peers-malformed": _("The document of a meeting cannot be read."),
    "root-differs": _("Its entries do not make the state that its sender signed."),
    "seal-broken": _("It was sealed for us, and changed or cut off on the way."),
    "statement-for-too-many": _("It tells somebody what may not be told to them."),
    "statement-not-for-us": _("It holds a statement that is not meant for us."),
}
_FILE_FAULTS: Mapping[str, object] = {
    "cell-too-large": _("A cell holds too much text, or a quotation mark is not closed."),
    "encoding-unknown": _("The letters cannot be decoded with certainty; save it as UTF-8."),
    "file-empty": _("The file holds nothing."),
    "file-encrypted": _("The workbook has a password; save it without one."),
    "file-too-large": _("The file is larger than the limit."),
    "header-ambiguous": _("Two columns have headings that mean the same."),
    "id-column-missing": _("No column is headed as the number by which a row is named."),
    "header-missing": _("No row among the first has headings with a column of names."),
    "not-a-list-file": _("The file is neither a delimited text nor an XLSX workbook."),
    "null-byte": _("A null byte stands in the text; save the list anew as UTF-8."),
    "sheet-ambiguous": _("Several sheets hold a list; keep only one in the file."),
    "workbook-damaged": _("The workbook is damaged."),
}
_ROW_FAULTS: Mapping[str, object] = {
    "date-is-a-number": _("the date is only a number; format the cell as a date"),
    "date-not-in-calendar": _("there is no such day in the calendar"),
    "date-not-readable": _("the date is in no known form, such as 17.05.1990 or 1990-05-17"),
    "date-two-digit-year": _("the year has two digits, so the century is open"),
    "date-year-before-registers": _("the year is before 1500 or after 2199"),
    "date-year-out-of-range": _("the year is before 1880 or after 2199"),
    "line-number-missing": _("the line has no number although the list numbers its lines"),
    "id-missing": _("the row has no id"),
    "id-repeated": _("an earlier row has the same id"),
    "line-number-repeated": _("an earlier row has the same line number"),
    "line-number-unreadable": _("the line number is not a whole number"),
    "name-missing": _("the row has no name"),
}


def objection_sentence(code: str) -> str:
    """The sentence for an objection."""
    known = OBJECTIONS.get(code) or _FILE_FAULTS.get(code) or FILE_FAULTS.get(code)
    return str(known or code)


def obstacle_sentence(code: str) -> str:
    """What to do about a code that keeps the installation from signing; empty for others."""
    return str(OBSTACLES.get(code, ""))


def fault_sentence(code: str) -> str:
    """The sentence for bytes that are not what was signed, or for an objection."""
    return str(FAULTS.get(code) or objection_sentence(code))


def finding_sentence(code: str) -> str:
    """The sentence for a finding."""
    return str(FINDINGS.get(code, code))


def row_fault_sentence(code: str) -> str:
    """The words for why a row of a file could not be read."""
    return str(_ROW_FAULTS.get(code) or ROW_FAULTS.get(code, code))
