"""Has every state of a package its words, on pages as in commands, in both languages?"""

import pytest
from django.utils.translation import gettext, override

from repatria.ledger.kinds import KINDS
from repatria.operations.package_states import STATE_WORDS, PackageState
from repatria.store.queries.peers import SentState
from repatria.web.messages import FAULTS
from repatria.web.package_words import DIRECTIONS, SENT_STATES
from repatria.web.words import word


def test_pages_and_commands_use_the_same_words_for_a_state():
    in_english = {state: word("package_state", state) for state in (s.value for s in PackageState)}

    assert in_english == {state.value: words.word for state, words in STATE_WORDS.items()}
    assert set(SENT_STATES) == set(SentState)
    assert set(DIRECTIONS) == {"sent", "received", "refused"}


@pytest.mark.parametrize("state", list(PackageState))
def test_every_state_says_in_arabic_what_is_the_matter_and_what_to_do(state):
    words = STATE_WORDS[state]
    with override("ar"):
        said = (gettext(words.sentence), gettext(words.next), word("package_state", state))

    assert not {words.sentence, words.next, words.word} & set(said)
    for english, arabic in zip((words.sentence, words.next), said, strict=False):
        assert ("%(party)s" in english) == ("%(party)s" in arabic)


def test_every_kind_has_words_a_person_reads():
    assert sorted(kind for kind in KINDS if word("kind", kind) == kind) == []


def test_every_fault_has_words_in_arabic():
    with override("ar"):
        arabic = {code: str(text) for code, text in FAULTS.items()}

    assert [c for c, text in FAULTS.items() if str(text) == arabic[c]] == []


def test_what_is_evidence_or_waits_is_never_removed():
    kept = {state for state in PackageState if not state.may_be_removed}

    assert kept == {
        PackageState.WAITING,
        PackageState.GAP,
        PackageState.FORK,
        PackageState.FROZEN,
        PackageState.SET_BACK,
        PackageState.STRANGER,
        PackageState.DAMAGED,
    }
