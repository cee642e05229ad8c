"""What changed between two versions is shown whole, word by word."""

from repatria.record.bulletin_difference import Change, difference


def document(*sentences, title="Bulletin"):
    """A document with one section of these sentences."""
    said = [{"text": text, "sources": []} for text in sentences]
    return {
        "title": title,
        "sections": [{"heading": "Said", "sentences": said}],
        "tables": [{"caption": "Table", "header": ["a"], "rows": [["1", "2"]]}],
        "closing": "End.",
    }


def text_of(lines, *changes):
    """All pieces of these changes."""
    return [text for line in lines for change, text in line.pieces if change in changes]


def test_nothing_changed_where_nothing_changed():
    same = document("Held: 3.")

    assert not any(line.changed for line in difference(same, same))


def test_one_changed_word_is_shown_within_its_sentence():
    lines = difference(document("Held by north: 3 persons."), document("Held by north: 4 persons."))

    [changed] = [line for line in lines if line.changed]
    assert changed.pieces == (
        (Change.KEPT, "Held by north:"),
        (Change.REMOVED, "3"),
        (Change.ADDED, "4"),
        (Change.KEPT, "persons."),
    )


def test_both_versions_can_be_read_from_the_difference():
    before = document("Alpha beta gamma.", "One two three.", title="First")
    after = document("One two four.", "Something else entirely.", title="Second")

    lines = difference(before, after)

    old = " ".join(text_of(lines, Change.KEPT, Change.REMOVED))
    new = " ".join(text_of(lines, Change.KEPT, Change.ADDED))
    assert old == "First Said Alpha beta gamma. One two three. Table 1 | 2 End."
    assert new == "Second Said One two four. Something else entirely. Table 1 | 2 End."
