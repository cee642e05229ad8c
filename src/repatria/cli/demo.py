"""`repatria demo`: a whole exchange, from list files to the bulletin, then its pages.

The account goes to standard error; with `--json` one object goes to standard
output and nothing else.
"""

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from repatria.cli.cast import INTERMEDIARY, NORTH, SOUTH
from repatria.cli.story import Story
from repatria.terms import PartyCode, Role
from repatria.wiring.accounts import open_account
from repatria.wiring.demonstrations import COST, kept_once, mark
from repatria.wiring.verification import PlaceReport, verify_path

PASSWORD = "repatria-demo"  # noqa: S105 -- of made-up persons in a demonstration
ACCOUNTS: tuple[tuple[PartyCode, str, Role, PartyCode | None, str], ...] = (
    (NORTH, "nadia", Role.REGISTRAR, NORTH, "Nadia, registrar"),
    (NORTH, "nikolai", Role.NEGOTIATOR, NORTH, "Nikolai, negotiator"),
    (NORTH, "noor", Role.HANDOVER_OFFICER, NORTH, "Noor, handover officer"),
    (SOUTH, "samir", Role.REGISTRAR, SOUTH, "Samir, registrar"),
    (SOUTH, "sona", Role.NEGOTIATOR, SOUTH, "Sona, negotiator"),
    (SOUTH, "suren", Role.HANDOVER_OFFICER, SOUTH, "Suren, handover officer"),
    (INTERMEDIARY, "ines", Role.INTERMEDIARY, INTERMEDIARY, "Ines, intermediary"),
    (INTERMEDIARY, "imran", Role.MEDICAL, INTERMEDIARY, "Imran, medical assessor"),
    (INTERMEDIARY, "nadia", Role.REGISTRAR, NORTH, "Nadia, guest of North"),
    (INTERMEDIARY, "samir", Role.REGISTRAR, SOUTH, "Samir, guest of South"),
    (INTERMEDIARY, "tomas", Role.MONITOR, None, "Tomas, monitor"),
    (INTERMEDIARY, "leyla", Role.FAMILY, None, "Leyla, family"),
    (INTERMEDIARY, "mallory", Role.OUTSIDER, None, "Mallory, no business here"),
)


def find_examples() -> Path:
    """The folder of the example list files: of the checkout, else of the installed package."""
    package = Path(__file__).resolve().parents[1]
    for folder in (package / "examples", package.parents[1] / "examples"):
        if (folder / "south-claims.xlsx").exists():
            return folder
    msg = "the example list files are not installed"
    raise FileNotFoundError(msg)


def run_demo(workspace: Path, console: Console) -> dict[str, Any]:
    """Tell the whole story in an empty workspace; give back the summary.

    Raises:
        FileExistsError: the workspace is not empty; nothing was touched.
    """
    if workspace.exists() and any(workspace.iterdir()):
        raise FileExistsError(workspace)
    for folder in (workspace, *(workspace / party for party in SERVED)):
        mark(folder)
    with Progress(
        TextColumn("[bold]{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        console=console,
        transient=True,
    ) as bar:
        told = _Teller(bar, console)
        story = Story(
            workspace=workspace,
            examples=find_examples(),
            passphrase=PASSWORD,
            tell=told.tell,
            cost=COST,
        )
        seconds = {}
        for name, title, step in _steps(story, told):
            started = time.perf_counter()
            told.begin(title)
            step()
            seconds[name] = round(time.perf_counter() - started, 3)
        started = time.perf_counter()
        told.begin("7. Everything is verified from the files alone")
        reports = verify_workspace(story, told)
        seconds["verify"] = round(time.perf_counter() - started, 3)
    parties = {r.party: r for r in reports if r.place in (NORTH, SOUTH, INTERMEDIARY)}
    story.result["verified"] = {party: parties[party].holds for party in sorted(parties)}
    story.result["verified"] = {
        party: ok and all(r.holds for r in reports)
        for party, ok in story.result["verified"].items()
    }
    story.result["roots"] = {party: parties[party].root for party in sorted(parties)}
    story.result["seconds"] = {**seconds, "total": round(sum(seconds.values()), 3)}
    return story.result


def _steps(story: Story, told: "_Teller") -> list[tuple[str, str, Callable[[], None]]]:
    return [
        ("installations", "1. Three installations are made", lambda: _founded(story)),
        ("lists", "2. The lists are read", lambda: story.import_lists(told.progress)),
        ("packages", "3. The lists are exchanged", story.carry_packages),
        ("matching", "   Names are matched across scripts", story.match_names),
        ("answers", "   Every line is answered", lambda: _answered(story)),
        ("terms", "4. Terms are agreed", story.agree_on_terms),
        ("plan", "   The exchange is planned", story.plan),
        ("manifest", "5. The manifest is frozen", story.freeze),
        ("examination", "   Everybody is examined", story.examine),
        ("consent", "   Everybody is asked in private", story.interview),
        ("crossing", "   The crossing", lambda: story.cross(told.progress)),
        ("receipts", "   Two receipts", story.give_receipts),
        ("families", "   Families are told", story.tell_families),
        ("bulletin", "6. What may be said in public", lambda: _published(story)),
        ("documents", "   What the parties signed together", story.hand_out_documents),
    ]


def _founded(story: Story) -> None:
    story.create_installations()
    for place, name, role, party, title in ACCOUNTS:
        open_account(
            story.installations[place],
            name=name,
            password=PASSWORD,
            role=role,
            party=party,
            title=title,
            clock=story.clock,
            keep=kept_once,
        )
    story.tell(f"{len(ACCOUNTS)} accounts opened for the pages", "open_account")


def _answered(story: Story) -> None:
    story.answer_lists()
    story.carry_packages()


def _published(story: Story) -> None:
    story.publish()
    story.count()


def verify_workspace(story: Story, told: "_Teller") -> tuple[PlaceReport, ...]:
    """Close the databases and verify the workspace from its files."""
    for installation in story.installations.values():
        installation.close()
    reports = verify_path(story.workspace)
    for report in reports:
        if report.party in story.installations and report.place == report.party:
            mark = "as signed" if report.holds else "NOT AS SIGNED"
            told.tell(
                f"{report.party}: {report.size} statements, root {report.root[:16]}…: {mark}",
                "verify_path",
            )
        for fault in report.faults:
            told.tell(f"{fault.place}: {fault.code}", "verify_path")
    packages = [r for r in reports if r.place.endswith(".repatria")]
    whole = "whole and signed" if all(r.holds for r in packages) else "NOT AS SIGNED"
    told.tell(f"{len(packages)} package files on the stick: {whole}", "verify_path")
    return reports


class _Teller:
    """Writes the account, with a bar while something long is going on."""

    def __init__(self, bar: Progress, console: Console) -> None:
        self._bar = bar
        self._console = console
        self._task = bar.add_task("", total=None, visible=False)

    def begin(self, title: str) -> None:
        """A new step."""
        self._bar.update(self._task, description=title, completed=0, total=None, visible=False)
        self._console.print(f"[bold]{title}[/bold]", highlight=False)

    def tell(self, sentence: str, operation: str) -> None:
        """One line of the account, ending with the operation that did it."""
        self._console.print(
            f"   {sentence}  [dim]{operation}[/dim]", highlight=False, soft_wrap=True
        )

    def progress(self, done: int, total: int) -> None:
        """How far a long step has come."""
        self._bar.update(self._task, completed=done, total=total, visible=True)


def print_summary(result: dict[str, Any], console: Console) -> None:
    """The figures at the end, in words."""
    held_north, held_south = result["held_before"]
    told = (
        f"Held before: {held_north} by North and {held_south} by South. "
        f"Crossed, by both of {result['receipts']} receipts: {result['crossed']}. "
        f"Remaining, derived from South's own count: {result['remaining_derived']}. "
        f"Figures that differ or need care: {len(result['contradictions'])}. "
        f"Time: {result['seconds']['total']} s."
    )
    console.print(f"[bold]{told}[/bold]", highlight=False, soft_wrap=True)


def print_json(result: dict[str, Any]) -> None:
    """One JSON object on standard output."""
    sys.stdout.write(json.dumps(result, ensure_ascii=False) + "\n")


SERVED: tuple[PartyCode, ...] = (INTERMEDIARY, NORTH, SOUTH)


def print_accounts(console: Console, port: int) -> None:
    """Who can log in where."""
    console.print(f"[bold]Pages: log in with the password {PASSWORD}[/bold]", highlight=False)
    for place, name, _, _, title in ACCOUNTS:
        address = f"http://localhost:{port + SERVED.index(place)}"
        console.print(f"   {address}  {name:8} {title}", highlight=False)
