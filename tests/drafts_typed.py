"""What a browser would send of the form on which terms are typed."""

import re
from html import unescape

FIELD = re.compile(
    r"<(input|select|textarea)\b([^>]*)>(.*?)(?=<(?:input|select|textarea|label|/form))", re.DOTALL
)


def fields_of(text):
    """What a browser would send of the form on the page, as lists by name."""
    form = text.partition('id="draft"')[2].partition("</form>")[0]
    sent = {}
    for tag, attributes, inner in FIELD.findall(form + "<label"):
        name = re.search(r'name="([^"]+)"', attributes)
        if name is None or (
            re.search(r'type="checkbox"', attributes) and "checked" not in attributes
        ):
            continue
        if tag == "select":
            chosen = re.search(r'<option value="([^"]*)" selected', inner) or re.search(
                r'<option value="([^"]*)"', inner
            )
            value = chosen[1]
        elif tag == "textarea":
            value = inner.partition("</textarea>")[0].removeprefix("\n")
        else:
            found = re.search(r'value="([^"]*)"', attributes)
            value = found[1] if found else ""
        sent.setdefault(unescape(name[1]), []).append(unescape(value))
    return sent
