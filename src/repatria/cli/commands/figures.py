"""`figures set-aside`: of which finding does nothing follow, and why?"""

from pathlib import Path

from repatria.cli.console import OPERATOR, WRONG_CALL, err, plain_errors
from repatria.record.check import CheckKind
from repatria.terms import Role
from repatria.wiring.installation import Installation


def set_aside(home: Path, *, claims: list[str], kind: str, reason: str) -> int:
    """Record that nothing follows from a finding, and why."""
    from repatria.operations.findings import set_finding_aside  # noqa: PLC0415 -- the solver

    with plain_errors() as code:
        try:
            which = CheckKind(kind)
        except ValueError:
            err.print(f"the kind is one of {', '.join(CheckKind)}")
            return WRONG_CALL
        installation = Installation.at(home)
        with installation.open():
            desk = installation.desk(OPERATOR, Role.PRESS)
            set_finding_aside(desk, kind=which, claims=claims, reason=reason)
        installation.close()
        err.print("set aside; the finding is still shown, with the reason")
    return code[0]
