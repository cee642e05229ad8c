"""How do the lists of the story come to be answered, line by line?"""

from collections.abc import Callable
from shutil import copyfile

from repatria.cli.cast import INTERMEDIARY, LIST_FILES, NORTH, SOUTH, TITLES, directions
from repatria.cli.scripted import review_pairs
from repatria.cli.story.stage import Stage
from repatria.ledger.kinds.line_answered import AnswerCode
from repatria.ledger.kinds.match_decided import MatchDecision
from repatria.lists.reading import open_list_file
from repatria.operations.access import introduce_peer
from repatria.operations.answers import answer_lines
from repatria.operations.comparison import compare_lists
from repatria.operations.families import request_tracing
from repatria.operations.submission import submit_list
from repatria.operations.suggestions import suggest_answers
from repatria.terms import ActorId, PersonName
from repatria.wiring.django_ready import write_empty_database
from repatria.wiring.installation import Installation
from repatria.wiring.root_keys import Roots


class Lists(Stage):
    """From three installations to answered lists."""

    __slots__ = ()

    def create_installations(self) -> None:
        """Three installations, each with its own database and key; peers are introduced."""
        empty = write_empty_database(self.workspace / "empty.sqlite3")
        for party in (NORTH, SOUTH, INTERMEDIARY):
            roots = Roots.generate(count=3, threshold=2)
            folder = self.workspace / party
            folder.mkdir(parents=True, exist_ok=True)
            copyfile(empty, folder / "ledger.sqlite3")
            self.installations[party] = Installation.create(
                folder,
                party=party,
                title=TITLES[party],
                passphrase=self.passphrase,
                roots=roots,
                tables_ready=True,
                clock=self.clock,
                cost=self.cost,
            )
            roots.write(
                self.workspace / "roots" / party,
                party=party,
                passphrase=self.passphrase,
                cost=self.cost,
            )
            self.tell(
                f"{TITLES[party]}: database, node key, and a keyring that 2 of 3 root keys signed",
                "Installation.create",
            )
        empty.unlink()
        for party, peer in directions():
            with self.at(party) as desk:
                introduce_peer(
                    desk,
                    party=peer,
                    title=TITLES[peer],
                    keyring=self.installations[peer].keyring,
                )
        self.tell("each read the others' key fingerprints aloud and noted them", "introduce_peer")
        with self.at(INTERMEDIARY) as desk:
            request_tracing(
                desk,
                family=ActorId("leyla"),
                sought=PersonName(text="Tural Göyçəbəyov"),
                relation="sister",
            )
        self.tell("a family asks the intermediary for a missing brother", "request_tracing")

    def import_lists(self, progress: Callable[[int, int], None] | None = None) -> None:
        """Four list files, in the scripts and encodings their authors use."""
        for key, party, file, population, to, title in LIST_FILES:
            read = open_list_file(self.examples / file)
            with self.at(party) as desk:
                done = submit_list(
                    desk,
                    tuple(read.rows()),
                    read.description,
                    title=title,
                    population=population,
                    to=to,
                    progress=progress,
                )
            self.lists[key] = done.list_id
            shape = read.description
            how = shape.encoding or "workbook"
            self.tell(
                f"{party} reads {file} ({shape.format}, {how}, headings in "
                f"{shape.header_language}): {len(done.changes.new)} lines, "
                f"{len(done.changes.unreadable)} unreadable",
                "submit_list",
            )

    def match_names(self) -> None:
        """Each holder compares the other's list with its own, and a person decides."""
        for holder, claims, held in (
            (NORTH, "s-claims", "n-holds"),
            (SOUTH, "n-claims", "s-holds"),
        ):
            with self.at(holder) as desk:
                compare_lists(desk, left=self.lists[claims], right=self.lists[held])
                compare_lists(desk, left=self.lists[claims], right=self.lists[claims])
                decided = review_pairs(desk)
            self.tell(
                f"{holder}: {sum(decided.values())} candidate pairs reviewed, "
                f"{decided[MatchDecision.SAME]} are the same person",
                "compare_lists, decide_match",
            )

    def answer_lists(self) -> None:
        """Every line gets an answer."""
        for holder, claims in ((NORTH, "s-claims"), (SOUTH, "n-claims")):
            with self.at(holder) as desk:
                answers = suggest_answers(desk, self.lists[claims])
                answer_lines(desk, answers)
            counts = {
                code: n
                for code in AnswerCode
                if (n := sum(answer.code is code for answer in answers))
            }
            said = ", ".join(f"{n} {code.replace('_', ' ')}" for code, n in counts.items())
            self.tell(f"{holder} answers all {len(answers)} lines: {said}", "answer_lines")
