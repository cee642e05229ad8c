"""Does the table of requirements name tests that are there?"""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "requirements.md").read_text("utf-8")
ROWS = re.findall(r"^\| R(\d+) \| ([^|]+) \| ([^|]+) \|$", PAGE, re.MULTILINE)


def sentences(path):
    text = (ROOT / "tests" / path).read_text("utf-8")
    return {name.replace("_", " ") for name in re.findall(r"^def test_(\w+)", text, re.MULTILINE)}


def test_every_requirement_has_a_row():
    assert [int(number) for number, _, _ in ROWS] == list(range(1, 41))


def test_every_row_names_a_test_that_is_there_or_says_later():
    wrong = []
    for number, _, shown in ROWS:
        named = re.findall(r"`([\w/]+\.py)`(?:: ([^`]+?))?(?=; `|; later|, `|$)", shown.strip())
        if not named and not shown.strip().startswith("later"):
            wrong.append(number)
        for path, said in named:
            known = sentences(path)
            for part in filter(None, (said or "").split("; ")):
                wanted = re.sub(r"[^a-z0-9 ]", "", part.replace("'", "").lower())
                if not any(name.startswith(wanted) for name in known):
                    wrong.append((number, part))
    assert wrong == []
