"""Two registrars look at two namesakes once, and no machine asks them again.

South claims four persons, north holds four. Two Arams Modelyan are cousins: somebody
finds out, writes it down, and lists go on being corrected, compared and handed in anew.
"""

import pytest

from conftest import BOTH_DATABASES
from repatria.ledger.kinds.list_submitted import Population
from repatria.ledger.kinds.match_decided import MatchDecision
from repatria.lists.reading import open_list_file
from repatria.operations.comparison import compare_lists
from repatria.operations.decisions import decide_match, pairs_to_look_at_again
from repatria.operations.packages import send_package
from repatria.operations.receiving import take_in_package
from repatria.operations.records import current_lines, pair_id
from repatria.operations.submission import submit_list
from repatria.store.queries.one_pair import decisions_of
from repatria.store.queries.pairs import Filter, pair, pairs
from repatria.terms import ActorId, PartyCode, Role, Viewer
from simulators.party import CLAIMED_BY_SOUTH, HELD_BY_NORTH, INTERMEDIARY, NORTH

LOOKS = Viewer(actor=ActorId("looks"), role=Role.REGISTRAR, party=NORTH)


class Story:
    """North's database of either kind, south's beside it, and the lists between them."""

    def __init__(self, folder, north, south, desk):
        self.folder, self.north, self.south, self.desk = folder, north, south, desk
        self.files = 0

    def hand_in(self, installation, text, title, population, to):
        """Hand a list in, on paper so to speak; its id."""
        self.files += 1
        path = self.folder / f"{self.files}.csv"
        path.write_text(text, "utf-8")
        file = open_list_file(path)
        with installation.open():
            return submit_list(
                self.desk(installation),
                tuple(file.rows()),
                file.description,
                title=title,
                population=population,
                to=PartyCode(to),
            ).list_id

    def claim(self, text, title="claims"):
        """South claims persons and sends the list to north; its id."""
        list_id = self.hand_in(self.south, text, title, Population.CLAIMED, NORTH)
        with self.south.open():
            made = send_package(self.desk(self.south), to=NORTH)
        with self.north.open():
            take_in_package(self.desk(self.north), made.raw)
        return list_id

    def hold(self, text, title="holds"):
        """North writes down whom it holds; the id of the list."""
        return self.hand_in(self.north, text, title, Population.HELD, INTERMEDIARY)

    def compare(self, left, right):
        """North compares two lists; how many statements that made."""
        with self.north.open():
            receipt = compare_lists(self.desk(self.north), left=left, right=right)
        return receipt.size - receipt.first

    def line(self, list_id, number):
        """The id of a line."""
        with self.north.open():
            lines = current_lines(self.north.log().about(list_id)).values()
        return next(line.line_id for line in lines if line.number == number)

    def decide(self, left, right, decision, reason, evidence=()):
        """North's registrar decides."""
        with self.north.open():
            decide_match(
                self.desk(self.north),
                left=left,
                right=right,
                decision=decision,
                reason=reason,
                evidence=evidence,
            )

    def shown(self, left, right):
        """The pair as the review page shows it."""
        with self.north.open():
            return pair(LOOKS, pair_id(left, right))

    def waiting(self):
        """The pairs that wait for somebody."""
        with self.north.open():
            return {frozenset((row.left, row.right)) for row in pairs(LOOKS).rows}


@pytest.fixture(params=BOTH_DATABASES)
def database_kind(request):
    """First SQLite, then PostgreSQL."""
    return request.param


@pytest.fixture
def story(tmp_path, north, make_installation, desk, acquaint):
    """North and south, who know each other's keys."""
    south = make_installation("south", name="of-south")
    acquaint(north, south)
    return Story(tmp_path, north, south, desk)


@pytest.fixture
def cousins(story):
    """The story up to the evening on which somebody decided: not the same."""
    claims, holds = story.claim(CLAIMED_BY_SOUTH), story.hold(HELD_BY_NORTH)
    assert story.compare(claims, holds) >= 4
    ours, theirs = story.line(claims, 1), story.line(holds, 1)
    assert {ours, theirs} in story.waiting()
    story.decide(ours, theirs, MatchDecision.NOT_SAME, "cousins", ["his aunt, by telephone"])
    return claims, holds, ours, theirs


def test_it_survives_a_new_run_and_the_same_file_and_a_corrected_one(story, cousins):
    claims, holds, ours, theirs = cousins

    assert story.compare(claims, holds) == 0
    assert story.claim(CLAIMED_BY_SOUTH) == claims
    assert story.compare(claims, holds) == 0
    story.claim(CLAIMED_BY_SOUTH.replace("Gagik", "Gagig"))
    story.compare(claims, holds)

    assert {ours, theirs} not in story.waiting()
    seen = story.shown(ours, theirs)
    assert (seen.row.decision, seen.row.reason) == ("not_same", "cousins")
    assert seen.row.evidence == ["his aunt, by telephone"]
    assert not seen.on_other_words


def test_it_survives_lists_that_are_handed_in_anew_under_other_ids(story, cousins):
    claims, _, ours, theirs = cousins
    again = story.claim(CLAIMED_BY_SOUTH.replace("Gagik", "Gagig"), "claims of March")
    held_again = story.hold(HELD_BY_NORTH, "holds of March")
    assert again != claims

    story.compare(again, held_again)
    new_ours, new_theirs = story.line(again, 1), story.line(held_again, 1)

    assert (new_ours, new_theirs) != (ours, theirs)
    assert {new_ours, new_theirs} not in story.waiting()
    seen = story.shown(new_ours, new_theirs)
    assert (seen.row.decision, seen.row.reason) == ("not_same", "cousins")
    assert seen.row.remembered
    assert story.compare(again, held_again) == 0


def test_it_can_be_taken_back_and_everybody_sees_that_it_was(story, cousins):
    _, _, ours, theirs = cousins
    again = story.claim(CLAIMED_BY_SOUTH, "claims of March")
    story.compare(again, story.hold(HELD_BY_NORTH, "holds of March"))

    story.decide(ours, theirs, MatchDecision.SAME, "one man: the aunt was mistaken")

    with story.north.open():
        rows = pairs(LOOKS, Filter(decision="same")).rows
        history = decisions_of(LOOKS, pair_id(ours, theirs))
    assert len(rows) == 2  # the pair, and the pair to which the decision had been carried
    assert [made.said.decision for made in history] == ["same", "not_same"]
    assert [made.stands for made in history] == [True, False]


def test_a_line_on_which_another_person_comes_to_stand_is_looked_at_again(story, cousins):
    claims, holds, ours, theirs = cousins
    header, first, *rest = CLAIMED_BY_SOUTH.splitlines()
    moved = [
        header,
        "1;Neviyan;Ara;Ashot;11.11.1991;02.02.2029",
        *rest,
        first.replace("1;", "5;", 1),
    ]

    story.claim("\n".join(moved) + "\n")
    story.compare(claims, holds)

    with story.north.open():
        again = pairs(LOOKS, Filter(decision="again")).rows
        assert pairs_to_look_at_again(story.desk(story.north)) == {tuple(sorted((ours, theirs)))}
    assert [{row.left, row.right} for row in again] == [{ours, theirs}]
    followed = story.shown(story.line(claims, 5), theirs)
    assert followed.row.decision == "not_same"
    assert followed.row.remembered


def test_nothing_is_carried_to_a_second_line_with_the_same_words(story):
    header, first, *rest = CLAIMED_BY_SOUTH.splitlines()
    twice = "\n".join([header, first, *rest, first.replace("1;", "5;", 1)]) + "\n"
    claims, holds = story.claim(twice), story.hold(HELD_BY_NORTH)
    story.compare(claims, holds)
    theirs = story.line(holds, 1)
    story.decide(story.line(claims, 1), theirs, MatchDecision.SAME, "looked at")

    story.compare(claims, holds)

    with story.north.open():
        decided = pairs(LOOKS, Filter(decision="same")).rows
    assert [{row.left, row.right} for row in decided] == [{story.line(claims, 1), theirs}]
