"""What was said in public about the exchange of the demonstration, and by whom?

The shape follows figures that were once given in public; the speakers are roles of the
synthetic parties. Two figures of 55 and three of 32 count different things on
purpose.
"""

COLUMNS = (
    "id", "speaker", "via", "said_on", "measure", "population", "holder", "to_party", "category",
    "bound", "value", "as_of", "event", "parts", "note", "categories",
)  # fmt: skip

_GOVERNMENT = ("Government of South", "News agency A")
_JOINT = ("North and South", "Joint statement of both offices")
_COMMISSION = ("State Commission of North", "Communiqué of the State Commission")
_HEAD = ("Prime Minister of South", "Address of the Prime Minister")
_ACTIVISTS = ("Activists in South's capital", "News agency B")
_LAWYER = ("Lawyer in South", "News agency C")
_MONITOR = ("Investigative monitor in South", "Report of the monitor")
_EVENT = "exchange-2023-12-13"

_SOLDIER, _CIVILIAN, _LEADER = "soldier", "civilian", "political_leader"
_NO_LEADER = f"{_SOLDIER} {_CIVILIAN}"


def _claim(
    claim_id: str,
    speaker: tuple[str, str],
    said_on: str,
    measure: str,
    value: int,
    *,
    population: str = "south",
    holder: str = "north",
    to_party: str = "",
    category: str = "",
    categories: str = "",
    bound: str = "exactly",
    as_of: str = "",
    event: str = "",
    parts: str = "",
    note: str = "",
) -> tuple[str, ...]:
    return (
        claim_id, *speaker, said_on, measure, population, holder, to_party, category, bound,
        str(value), as_of, event, parts, note, categories,
    )  # fmt: skip


CLAIMS = (
    _claim("c01", _GOVERNMENT, "2023-11", "held", 55, as_of="2023-11", parts="c02 c03 c04"),
    _claim("c02", _GOVERNMENT, "2023-11", "held", 41, as_of="2023-11", category="soldiers",
           categories=_SOLDIER),
    _claim("c03", _GOVERNMENT, "2023-11", "held", 6, as_of="2023-11", category="civilians",
           categories=_CIVILIAN),
    _claim("c04", _GOVERNMENT, "2023-11", "held", 8, as_of="2023-11", category="political leaders",
           categories=_LEADER),
    _claim("c05", _JOINT, "2023-12-07", "announced", 32, to_party="south", event=_EVENT,
           category="persons"),
    _claim("c06", _JOINT, "2023-12-07", "announced", 2, population="north", holder="south",
           to_party="north", event=_EVENT, category="servicemen", categories=_SOLDIER),
    _claim("c07", _COMMISSION, "2023-12-13", "released", 32, to_party="south", event=_EVENT,
           category="servicemen", categories=_SOLDIER),
    _claim("c08", _COMMISSION, "2023-12-13", "returned", 2, population="north", holder="south",
           to_party="north", event=_EVENT, category="servicemen", categories=_SOLDIER),
    _claim("c09", _HEAD, "2023-12-13", "returned", 32, to_party="south", event=_EVENT,
           parts="c10 c11", note="the sum is read out of the two parts he gave"),
    _claim("c10", _HEAD, "2023-12-13", "returned", 31, to_party="south", event=_EVENT,
           category="captured from 2020 to 2023"),
    _claim("c11", _HEAD, "2023-12-13", "returned", 1, to_party="south", event=_EVENT,
           category="captured in September 2023"),
    _claim("c12", ("News agency B", "News agency B"), "2023-12-13", "released", 32,
           to_party="south", event=_EVENT, category="soldiers and civilians",
           categories=_NO_LEADER),
    _claim("c13", _ACTIVISTS, "2023-12-13", "remaining", 23, as_of="2023-12-13",
           note="with all political leaders among them"),
    _claim("c14", _LAWYER, "2022-09-27", "unacknowledged", 80, bound="about",
           note="said to be held; the holder does not acknowledge them"),
    _claim("c15", _MONITOR, "2024-01", "held", 55, as_of="2024-01", parts="c16 c17",
           category="acknowledged and disappeared",
           note="the figure of November 2023 again, of other persons"),
    _claim("c16", _MONITOR, "2024-01", "held", 23, as_of="2024-01",
           category="acknowledged by the holder"),
    _claim("c17", _MONITOR, "2024-01", "missing", 32, as_of="2024-01",
           category="disappeared since 2020",
           note="the figure of the exchange again, of other persons"),
)  # fmt: skip
