"""The commands from terms to a manifest: `terms`, `plan`, `freeze` and `substitute`."""

from pathlib import Path
from typing import Annotated, Literal

from cyclopts import App, Parameter

from repatria.cli.home import HERE, Home


def terms(document: Path, *, party: list[str], home: Home = HERE) -> int:
    """Propose terms from a JSON file; each party then accepts them on its own pages.

    Example: repatria terms terms.json --party north --party south

    Args:
        document: the terms; the format is in docs/formats/terms.md.
        party: a party of the exchange; once for each.
        home: folder of the installation.
    """
    from repatria.cli import commands  # noqa: PLC0415 -- not for help

    return commands.propose(home, document=document, parties=party)


plan = App(
    name="plan",
    help="Solve a plan, and say why somebody is not in it.\n\n"
    "With --party under terms of an installation that every party accepted; else of a file in "
    "the format px/0 or px-stage/0 (docs/formats/plan.md), which needs no installation. Exit "
    "codes: 0 an answer was written, which may be that there is no plan; 1 the file cannot be "
    "answered; 2 the call itself is wrong; 130 stopped with Ctrl-C: the best that was found by "
    "then is written, with what no plan exceeds, if anything was found.\n\n"
    "Example: repatria plan question.json --out plan.json --explain P000017 --time-limit 30\n\n"
    "Example: repatria plan december-2023 --party north --party south",
    help_format="plaintext",
)


@plan.default
def solve_plan(
    question: str,
    *,
    out: Path | None = None,
    explain: Annotated[list[str] | None, Parameter(negative=())] = None,
    time_limit: float = 60.0,
    solver: Literal["highs", "cp-sat"] = "highs",
    cycle_cap: int = 3,
    chain_cap: int = 0,
    party: Annotated[list[str] | None, Parameter(negative=())] = None,
    home: Home = HERE,
) -> int:
    """Solve a plan, and say why somebody is not in it.

    Args:
        question: a file, or id of the terms.
        out: the plan, as JSON; standard output without it.
        explain: id of a person: why he is not in the plan; or of a priority: which rules
            hold it down; once for each.
        time_limit: seconds; afterwards the best found is written, with what none exceeds.
        solver: who is asked first for whole numbers; the plan is the same.
        cycle_cap: in a file of cycles and chains (.wmd): the most in one cycle.
        chain_cap: in such a file: the most receivers in one chain.
        party: a party of the exchange; once for each.
        home: folder of the installation.
    """
    if party:
        from repatria.cli import commands  # noqa: PLC0415 -- not for help

        return commands.plan(home, terms=question, parties=party, time_limit=time_limit)
    from repatria.cli import planning  # noqa: PLC0415 -- not for help

    return planning.solve(
        Path(question),
        out=out,
        explain=explain or [],
        time_limit=time_limit,
        solver=solver,
        cycle_cap=cycle_cap,
        chain_cap=chain_cap,
    )


@plan.command(name="schedule")
def schedule_plan(
    plan_id: str,
    *,
    per_day: int = 50,
    days: int | None = None,
    most_ahead: int | None = None,
    alternating: bool = False,
    time_limit: float = 60.0,
    propose: bool = False,
    home: Home = HERE,
) -> int:
    """Say on which day how many of a plan cross, and what each has if it stops there.

    What the terms say of sites, days and limits holds; the options speak where they say
    nothing. Exit codes: 0 done; 1 refused; 130 stopped with Ctrl-C: the best that was found is
    shown, and nothing is written down.

    Example: repatria plan schedule plan:7k2m9x4q8r3t5v6w --per-day 50 --propose

    Args:
        plan_id: id of the plan.
        per_day: persons who can cross in a day, both directions together.
        days: how many days; without it as few as possible.
        most_ahead: nobody may be ahead by more; without it the least that is possible.
        alternating: both sides hand over one after the other, in turns.
        time_limit: seconds.
        propose: write it down for the parties to sign.
        home: folder of the installation.
    """
    from repatria.cli import commands  # noqa: PLC0415 -- not for help

    return commands.schedule(
        home,
        plan_id=plan_id,
        per_day=per_day,
        days=days,
        most_ahead=most_ahead,
        alternating=alternating,
        time_limit=time_limit,
        propose=propose,
    )


@plan.command(name="check")
def check_plan(plan: Path, *, instance: Path | None = None) -> int:
    """Check a plan without a solver: rules, levels, turns, and the proof of each level.

    Exit codes: 0 all is true, and what rests on the solver's word is named; 1 something is not.

    Example: repatria plan check plan.json --instance question.json

    Args:
        plan: the plan.
        instance: its question; without it, where the plan says.
    """
    from repatria.cli import planning  # noqa: PLC0415 -- not for help

    return planning.check(plan, instance=instance)


def freeze(plan_id: str, *, at: str, home: Home = HERE) -> int:
    """Freeze the manifest of a plan that every party accepted.

    Example: repatria freeze plan:7k2m9x4q8r3t5v6w --at "Border post on the river road"

    Args:
        plan_id: id of the plan.
        at: the crossing point.
        home: folder of the installation.
    """
    from repatria.cli import commands  # noqa: PLC0415 -- not for help

    return commands.freeze(home, plan_id=plan_id, crossing_point=at)


def substitute(manifest: str, person: str, *, reason: str, home: Home = HERE) -> int:
    """Propose whoever comes next under the terms in place of somebody on a manifest.

    Example: repatria substitute manifest:7k2m... person:9x4q... --reason no_medical_clearance

    Args:
        manifest: id of the manifest.
        person: who does not go.
        reason: no_medical_clearance, refused, died or withdrawn_by_holder.
        home: folder of the installation.
    """
    from repatria.cli import commands  # noqa: PLC0415 -- not for help

    return commands.substitute(home, manifest=manifest, person=person, reason=reason)
