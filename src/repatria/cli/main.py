"""The commands of `repatria`.

Each says what it is for, with an example. Exit codes: 0 done, 1 refused or not
as signed, 2 the call itself is wrong.
"""

import sys
from pathlib import Path
from typing import Annotated, Literal

from cyclopts import App, Parameter

from repatria.cli import bureau, keeping, keys, loss
from repatria.cli.documents import app as document_app
from repatria.cli.figures import app as figures_app
from repatria.cli.home import HERE, Home
from repatria.cli.package_commands import package
from repatria.cli.printing import app as print_app
from repatria.cli.private import app as private_app
from repatria.cli.promise import app as promise_app
from repatria.cli.register import app as register_app
from repatria.cli.round import app as round_app

app = App(
    name="repatria",
    help="Run a prisoner exchange between parties that do not trust each other.",
    help_format="plaintext",
)
for group in (package, keys.keyring, keys.root, keys.peers):
    app.command(group)
for each in (loss.backup, loss.restore, loss.heal, loss.passphrase):
    app.command(each)
app.command(round_app)
app.command(private_app)
app.command(document_app)
app.command(promise_app)
app.command(figures_app)
app.command(print_app)
app.command(register_app)
for group in (bureau.remains, bureau.family, bureau.calendar, bureau.names):
    app.command(group)
for group in (keeping.packet, keeping.health):
    app.command(group)


@app.command
def demo(
    *,
    workspace: Path = Path("repatria-demo"),
    serve: bool = True,
    json: bool = False,
    port: int = 8000,
) -> int:
    """Tell a whole exchange with made-up persons, from list files to the bulletin, then serve it.

    Example: repatria demo --workspace /tmp/exchange --no-serve --json

    Args:
        workspace: an empty or missing folder for the three installations.
        serve: afterwards serve the pages (north, south and the intermediary).
        json: print one JSON object on standard output, everything else on standard error.
        port: of the intermediary's pages; north and south take the next two.
    """
    from repatria.cli import commands  # noqa: PLC0415 -- a second of imports that help does not need

    return commands.demo(workspace, serve_pages=serve, as_json=json, port=port)


@app.command
def init(
    folder: Path,
    *,
    party: str,
    title: str,
    postgresql: str = "",
    roots: Path | None = None,
    root_count: int = 3,
    threshold: int = 2,
) -> int:
    """Make a new installation: a folder with a database, keys and a name; and its root keys.

    The passphrase is asked for, or read from REPATRIA_PASSPHRASE.

    Example: repatria init /srv/repatria --party north --title "State Commission of North"

    Args:
        folder: a new folder.
        party: code of the party, such as north.
        title: the party as people call it.
        postgresql: address of a PostgreSQL database, such as
            host=/run/postgresql dbname=repatria user=repatria; an embedded database without it.
        roots: folder for the root keys; without it one beside the installation's.
        root_count: how many root keys there are.
        threshold: how many of them have to sign.
    """
    from repatria.cli import commands  # noqa: PLC0415 -- as above

    return commands.init(
        folder,
        party=party,
        title=title,
        postgresql=postgresql,
        roots=roots,
        root_count=root_count,
        threshold=threshold,
    )


@app.command
def exposed(out: Path, *, home: Home = HERE) -> int:
    """Write the list of everybody who must be told when an installation was stolen.

    Persons whose names lay there, and families that asked there. Run it on a restored copy.

    Example: repatria exposed who-must-be-told.csv --home /srv/repatria

    Args:
        out: a new file.
        home: folder of the installation, or of a restored copy.
    """
    from repatria.cli import commands  # noqa: PLC0415 -- as above

    return commands.exposed(home, out)


@app.command
def account(
    name: str,
    *,
    role: str,
    party: str = "",
    title: str = "",
    home: Home = HERE,
) -> int:
    """Open an account; the password is asked for, or read from REPATRIA_PASSWORD.

    Example: repatria account nadia --role registrar --party north --home /srv/repatria

    Args:
        name: to log in with.
        role: registrar, negotiator, intermediary, medical, handover_officer, press,
            monitor, family or outsider.
        party: whose desk; leave out for monitor, family and outsider.
        title: how the person is called on pages.
        home: folder of the installation.
    """
    from repatria.cli import commands  # noqa: PLC0415 -- as above

    return commands.account(home, name=name, role=role, party=party, title=title)


@app.command
def peer(party: str, *, title: str, keyring: Path, fingerprint: str = "", home: Home = HERE) -> int:
    """Note whose keys are whose, once the fingerprint was read aloud and compared.

    Example: repatria peer south --title "Information Bureau of South" --keyring south.keyring

    Args:
        party: code of the peer.
        title: the peer as people call it.
        keyring: its keyring file, PARTY.keyring in its installation's folder.
        fingerprint: what they read aloud, digits or words; asked for without it.
        home: folder of the installation.
    """
    from repatria.cli import commands  # noqa: PLC0415 -- as above

    return commands.peer(home, party=party, title=title, keyring=keyring, fingerprint=fingerprint)


@app.command
def token(name: str, *, home: Home = HERE) -> int:
    """Make a token with which a program reads as an account, and print it once.

    Example: repatria token nadia --home /srv/repatria

    Args:
        name: of the account.
        home: folder of the installation.
    """
    from repatria.cli import commands  # noqa: PLC0415 -- as above

    return commands.token(home, name=name)


@app.command
def serve(*, home: Home = HERE, port: int = 8000) -> int:
    """Serve the pages of an installation on this machine.

    Example: repatria serve --home /srv/repatria --port 8000

    Args:
        home: folder of the installation.
        port: on 127.0.0.1.
    """
    from repatria.cli import commands  # noqa: PLC0415 -- as above

    return commands.serve([(home, port)])


@app.command(name="import")
def import_list(
    file: Path,
    *,
    title: str = "",
    held: bool = False,
    to: str = "",
    dry_run: bool = False,
    unreadable: Path | None = None,
    home: Home = HERE,
) -> int:
    """Read a list (CSV or XLSX) and hand it in; rows that cannot be read come back in a file.

    Example: repatria import list.xlsx --title "Held by South" --to south --dry-run

    Args:
        file: the list; encoding, delimiter and heading language are detected and shown.
        title: name of the list; the same title again brings a newer version of it.
        held: the list of persons we hold; otherwise persons we say the other party holds.
        to: the party the list is put to; for a held list the intermediary.
        dry_run: show what would change and write nothing.
        unreadable: where to write rows that cannot be read; default beside the list.
        home: folder of the installation.
    """
    from repatria.cli import commands  # noqa: PLC0415 -- as above

    return commands.import_list(
        home, file, title=title, held=held, to=to, dry_run=dry_run, unreadable=unreadable
    )


@app.command
def match(
    left: Path,
    right: Path | None = None,
    *,
    out: Path = Path("-"),
    format: str = "",  # noqa: A002 -- the option's name
    names_only: bool = False,
    explain: bool = False,
    map: list[str] | None = None,  # noqa: A002 -- the option's name
    skip_bad_rows: bool = False,
    link_at: float = 0.8,
    possible_at: float | None = None,
    show_at: float = 0.01,
    sheet_a: str = "",
    sheet_b: str = "",
    engine: str = "embedded",
    spark: str = "local[*]",
) -> int:
    """Compare the persons of two list files, in whatever scripts, and write candidate pairs.

    Needs no installation and no network. Columns: id and name, and if there are any dob, sex,
    father, place of birth, capture date, under the headings of five languages.
    With one file, or the same twice, looks for persons who stand in it more than once.

    Example: repatria match ours.csv theirs.xlsx --out pairs.csv

    Args:
        left: a list file, CSV or XLSX.
        right: another; without it the first is compared with itself.
        out: where id_a, id_b, score and decision go, likeliest first; - is standard output.
        format: csv, xlsx or json; by the ending of --out without it.
        names_only: leave everything but names out of account.
        explain: add names, dates, weights and reasons in words; the file is personal then.
        map: FIELD=COLUMN, once for each, where headings are not known: id, name,
            name_family_first, family_name, given_name, father, dob, sex, place_of_birth,
            captured_on.
        skip_bad_rows: go on without rows that cannot be read, and write them to a file
            beside the result, with what is wrong; without it nothing is written.
        link_at: a pair assigned one to one is a link from this score on.
        possible_at: below it a pair is a non-link; 0.1, or what the other two leave.
        show_at: pairs below it are not written.
        sheet_a: which sheet of the first workbook, when several hold a list.
        sheet_b: which sheet of the second.
        engine: embedded, in this process; or spark, for lists of millions, with the same
            pairs and scores: needs Java and the extra `spark`.
        spark: address of the cluster, such as spark://host:7077 or yarn.
    """
    # Not among the other commands, which take a second to load.
    from repatria.cli import matching, progress  # noqa: PLC0415 -- as above

    try:
        asked = matching.Asked(
            left=left,
            right=right,
            out=out,
            form=matching.form_of(out, format),
            wanted=matching.wanted_columns(map or []),
            sheets=(sheet_a or None, sheet_b or None),
            settings=matching.settings_of(link_at, possible_at, show_at),
            names_only=names_only,
            explain=explain,
            skip_bad_rows=skip_bad_rows,
            spark=matching.spark_of(engine, spark),
        )
    except matching.WrongCallError as wrong:
        progress.say(str(wrong))
        return progress.WRONG_CALL
    return matching.run_match(asked)


@app.command
def repeats(file: Path, *, out: Path | None = None) -> int:
    """Find the lines of one list file that name the same person, and write them in groups.

    Needs no installation. Example: repatria repeats theirs.xlsx --out repeats.csv

    Args:
        file: a list file.
        out: CSV with person, row, line, weakest_link; standard output without it.
    """
    from repatria.cli import commands  # noqa: PLC0415 -- as above

    return commands.repeats(file, out=out)


@app.command
def terms(document: Path, *, party: list[str], home: Home = HERE) -> int:
    """Propose terms from a JSON file; each party then accepts them on its own pages.

    Example: repatria terms terms.json --party north --party south

    Args:
        document: the terms; the format is in docs/formats/terms.md.
        party: a party of the exchange; once for each.
        home: folder of the installation.
    """
    from repatria.cli import commands  # noqa: PLC0415 -- as above

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
app.command(plan)


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
        from repatria.cli import commands  # noqa: PLC0415 -- as above

        return commands.plan(home, terms=question, parties=party, time_limit=time_limit)
    from repatria.cli import planning  # noqa: PLC0415 -- as above

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
    from repatria.cli import commands  # noqa: PLC0415 -- as above

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
    from repatria.cli import planning  # noqa: PLC0415 -- as above

    return planning.check(plan, instance=instance)


@app.command
def freeze(plan_id: str, *, at: str, home: Home = HERE) -> int:
    """Freeze the manifest of a plan that every party accepted.

    Example: repatria freeze plan:7k2m9x4q8r3t5v6w --at "Border post on the river road"

    Args:
        plan_id: id of the plan.
        at: the crossing point.
        home: folder of the installation.
    """
    from repatria.cli import commands  # noqa: PLC0415 -- as above

    return commands.freeze(home, plan_id=plan_id, crossing_point=at)


@app.command
def substitute(manifest: str, person: str, *, reason: str, home: Home = HERE) -> int:
    """Propose whoever comes next under the terms in place of somebody on a manifest.

    Example: repatria substitute manifest:7k2m... person:9x4q... --reason no_medical_clearance

    Args:
        manifest: id of the manifest.
        person: who does not go.
        reason: no_medical_clearance, refused, died or withdrawn_by_holder.
        home: folder of the installation.
    """
    from repatria.cli import commands  # noqa: PLC0415 -- as above

    return commands.substitute(home, manifest=manifest, person=person, reason=reason)


@app.command
def claims(file: Path, *, home: Home = HERE) -> int:
    """Record public claims from a CSV or XLSX table with their speakers, and compare them.

    Example: repatria claims claims.csv

    Args:
        file: columns id, speaker, via, said_on, measure, value and more: see docs/figures.md.
        home: folder of the installation.
    """
    from repatria.cli import commands  # noqa: PLC0415 -- as above

    return commands.claims(home, file=file)


@app.command
def bulletin(
    manifest: str,
    *,
    event: str,
    held: list[str],
    language: tuple[str, ...] = ("en", "ar"),
    released: bool = False,
    name: tuple[str, ...] = (),
    corrects: str = "",
    reason: str = "",
    home: Home = HERE,
) -> int:
    """Compose and sign a bulletin that says what both receipts support: HTML, PDF, JSON and CSV.

    Example: repatria bulletin manifest:7k2m... --event exchange-1 --held north=south

    Args:
        manifest: id of the manifest.
        event: key under which claims count this handover.
        held: whose persons each side held, as in claims; once for each giver.
        language: en or ar; once for each.
        released: it is put out to say that persons were released; refused without both receipts.
        name: id of a person to be named; once for each. Refused unless the family was told that he
            crossed, he agreed in private, and both receipts confirm him.
        corrects: id of the bulletin of which this is the next version.
        reason: why it is corrected, for everybody to read.
        home: folder of the installation.
    """
    from repatria.cli import commands  # noqa: PLC0415 -- as above

    return commands.bulletin(
        home,
        manifest=manifest,
        event=event,
        held=held,
        languages=language,
        released=released,
        names=name,
        corrects=corrects,
        reason=reason,
    )


@app.command
def hold_back(
    manifest: str, *, until: str, person: tuple[str, ...] = (), reason: str = "", home: Home = HERE
) -> int:
    """Say until when nothing is published about a handover; an earlier time lifts the embargo.

    Example: repatria hold-back manifest:7k2m... --until 2030-03-20T12:00:00+00:00

    Args:
        manifest: id of the manifest.
        until: the time, with its zone; at most fourteen days ahead.
        person: only about these persons; once for each.
        reason: why, for the other desks.
        home: folder of the installation.
    """
    from repatria.cli import commands  # noqa: PLC0415 -- as above

    return commands.hold_back(home, manifest=manifest, until=until, persons=person, reason=reason)


@app.command
def check_bulletin(file: Path, *, keyring: list[Path], signed: Path | None = None) -> int:
    """Check that a copy of a bulletin is exactly what was signed, trusting nobody.

    Example: repatria check-bulletin copy.json --keyring intermediary.keyring

    Args:
        file: the copy. A JSON copy proves itself; for HTML, PDF and CSV give its JSON too.
        keyring: keyring file of who issued it; once for each.
        signed: the JSON file of the bulletin, for a copy in another form.
    """
    from repatria.cli import commands  # noqa: PLC0415 -- as above

    return commands.check_bulletin(file, keyrings=keyring, signed=signed)


@app.command
def place(title: str, *, latitude: float, longitude: float, source: str, home: Home = HERE) -> int:
    """Put a handover point on the public map; it is there for everybody from then on.

    Example: repatria place "The bridge" --latitude 41.23 --longitude 45.03 --source "Agency A"

    Args:
        title: how the place is called.
        latitude: degrees north, four places at most are kept.
        longitude: degrees east.
        source: where it was said in public.
        home: folder of the installation.
    """
    from repatria.cli.commands import promises  # noqa: PLC0415 -- as above

    return promises.place(home, title=title, latitude=latitude, longitude=longitude, source=source)


@app.command
def verify(path: Path, *, key: str = "", home: Path | None = None, json: bool = False) -> int:
    """Check a workspace, an installation, a package or an export from its files, trusting nobody.

    Example: repatria verify /srv/repatria

    Args:
        path: folder, package file, or file that `ledger export` wrote.
        key: for a file: its party's public key in base64.
        home: for a package: the installation it is sealed for.
        json: print one JSON object instead of lines.
    """
    from repatria.cli import commands  # noqa: PLC0415 -- as above

    return commands.verify(path, key=key, home=home, as_json=json)


@app.command
def rebuild(*, home: Home = HERE) -> int:
    """Drop everything that is derived from the log and fold it anew.

    Example: repatria rebuild --home /srv/repatria

    Args:
        home: folder of the installation.
    """
    from repatria.cli import commands  # noqa: PLC0415 -- as above

    return commands.rebuild(home)


@app.command
def erase(
    *,
    reason: str,
    about: tuple[str, ...] = (),
    place: tuple[str, ...] = (),
    although: tuple[str, ...] = (),
    dry_run: bool = False,
    yes: bool = False,
    home: Home = HERE,
) -> int:
    """Destroy statements about somebody, here and at whoever was given them; cannot be undone.

    Example: repatria erase --about person:north-7k2m... --reason data-subject-request --dry-run

    Args:
        reason: purpose-fulfilled, retention-ended, data-subject-request, court-order or
            mistaken-record.
        about: id of a person, a line or a tracing request; once for each.
        place: a single statement, such as north/17; once for each.
        although: code of an objection that is overridden; person-on-open-manifest.
        dry_run: show what would go and write nothing.
        yes: do not ask for the number to be typed.
        home: folder of the installation.
    """
    from repatria.cli import commands  # noqa: PLC0415 -- as above

    return commands.erase(
        home,
        about=about,
        place=place,
        reason=reason,
        although=although,
        dry_run=dry_run,
        yes=yes,
    )


@app.command
def erasures(*, json: bool = False, clean: bool = False, home: Home = HERE) -> int:
    """Show what was erased, for what reason, and which parties have acknowledged it.

    Example: repatria erasures --home /srv/repatria

    Args:
        json: print one JSON object a line.
        clean: remove once more what erasures left on the disk.
        home: folder of the installation.
    """
    from repatria.cli import commands  # noqa: PLC0415 -- as above

    return commands.erasures(home, as_json=json, clean_again=clean)


@app.command
def export(out: Path, *, redacted: bool = False, home: Home = HERE) -> int:
    """Write the statements of the installation's own log as lines of JSON.

    Example: repatria export log.jsonl --redacted

    Args:
        out: a new file.
        redacted: strike out what is personal, for somebody who checks the log only.
        home: folder of the installation.
    """
    from repatria.cli import commands  # noqa: PLC0415 -- as above

    return commands.export(home, out, redacted=redacted)


ledger = App(
    name="ledger",
    help="The log as a whole, for somebody who checks it without this program.\n\n"
    "Example: repatria ledger export north.ledger",
    help_format="plaintext",
)
app.command(ledger)


@ledger.command(name="export")
def export_ledger(
    out: Path, *, mirror: str = "", without_bodies: bool = False, home: Home = HERE
) -> int:
    """Write a whole log so that anybody can verify it: with this program, or with one file.

    Example: repatria ledger export north.ledger --home /srv/repatria

    Args:
        out: a new file; the format is in docs/formats/ledger-export.md.
        mirror: a peer, whose log as we hold it is written instead of our own.
        without_bodies: leave out what was said, and keep what proves that it was.
        home: folder of the installation.
    """
    from repatria.cli import commands  # noqa: PLC0415 -- as above

    return commands.export_ledger(home, out, mirror=mirror, bodies=not without_bodies)


@ledger.command(name="receipt")
def write_receipt(party: str, out: Path, *, home: Home = HERE) -> int:
    """Write a peer's newest receipt for our log as a file that anybody can check.

    Example: repatria ledger receipt south south.receipt --home /srv/repatria

    Args:
        party: who gave the receipt.
        out: a new file; the format is in docs/formats/receipt.md.
        home: folder of the installation.
    """
    from repatria.cli import commands  # noqa: PLC0415 -- as above

    return commands.write_receipt(home, out, party=party)


def main() -> None:
    """Run the command line; nothing personal is in a message that escapes."""
    sys.exit(app(result_action="return_value"))
