"""What is the shape of an answer to a program?

The words are those of the field; dates are text as they were said (`1990`,
`1990~`, `1990/1994`); a fact that nobody gave is an empty text.
"""

from datetime import datetime
from typing import Any, Generic, TypeVar

from ninja import Schema

Row = TypeVar("Row")


class PageOf(Schema, Generic[Row]):
    """One page of rows."""

    rows: list[Row]
    page: int
    pages: int
    total: int


class ListShape(Schema):
    """A submitted list with how far it is answered."""

    id: str
    title: str
    author: str
    addressee: str
    population: str
    lines: int
    answered: int
    by_status: dict[str, int]
    recorded_at: datetime


class LineShape(Schema):
    """A line of a list with its present answer."""

    id: str
    number: int
    name: str
    script: str
    birth: str
    category: str
    captured_on: str
    reference: str
    status: str
    person: str
    answered_by: str
    ref: str


class PersonShape(Schema):
    """A person as the statements the viewer may read present him."""

    id: str
    name: str
    script: str
    birth: str
    category: str
    holder: str
    custody: str
    captured_on: str
    statements: int
    findings: int


class PlanShape(Schema):
    """A plan with the reason for everybody left out."""

    id: str
    terms: str
    author: str
    status: str
    selected: list[str]
    left_out: list[str]
    levels: list[dict[str, Any]]
    reasons: dict[str, dict[str, Any]]
    digest: str
    accepted_by: list[str]
    recorded_at: datetime


class ClaimShape(Schema):
    """A public claim; the document is the claim in full."""

    id: str
    author: str
    speaker: str
    via: str
    said_on: str
    document: dict[str, Any]
    ref: str


class BulletinShape(Schema):
    """A published bulletin in one language."""

    id: str
    version: int
    language: str
    author: str
    digest: str
    document: dict[str, Any]
    recorded_at: datetime


class PeerShape(Schema):
    """A peer, how far it has receipted our log, and when its last word was taken in."""

    party: str
    title: str
    fingerprint: str
    size: int
    receipted: int
    behind: int
    heard_size: int
    heard_at: datetime | None
    packages_made: int
    frozen: bool


class PackageShape(Schema):
    """A package that was made, taken in or refused."""

    digest: str
    direction: str
    peer: str
    others: list[str]
    size: int
    readable: int
    until: datetime | None
    revoked: bool
    refused: bool
    recorded_at: datetime


class PairShape(Schema):
    """Two records that may speak of one person: an opinion, not a fact."""

    id_a: str
    id_b: str
    score: float
    decision: str
    reasons: list[str]


class MatchShape(Schema):
    """The candidate pairs, likeliest first, with how many there are of each decision."""

    total: int
    by_decision: dict[str, int]
    pairs: list[PairShape]


class RowProblem(Schema):
    """A cell that cannot be read."""

    file: str
    row: int
    column: str
    code: str
    message: str


class MatchProblem(Schema):
    """Why nothing was compared; the rows at fault are the first of them."""

    code: str
    message: str
    where: list[str]
    rows: list[RowProblem]
    rows_unreadable: int


class Problem(Schema):
    """Why there is no answer."""

    code: str
    message: str
