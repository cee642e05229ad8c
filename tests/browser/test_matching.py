"""Two files are compared in a real browser, and the pairs narrowed down."""

import pytest
from axe_playwright_python.sync_playwright import Axe

import patience
from repatria.cli.demo import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.slow]
ROWS = (
    ("Hayk Horinvats", "Гайк Горинвац", "1991"),
    ("Sona Stvats", "Sona Stvats", "1993-05-17"),
    ("Vardan Hnarovi", "Վարդան Հնարովի", "1985-03"),
)


def list_of(column):
    lines = [f"{'AB'[column]}-{n},{row[column]},{row[2]}" for n, row in enumerate(ROWS)]
    text = "\n".join(("id,name,dob", *lines)) + "\n"
    return {"name": f"list-{column}.csv", "mimeType": "text/csv", "buffer": text.encode()}


@pytest.mark.parametrize(("width", "language"), [(1280, "en"), (390, "en"), (390, "ar")])
def test_pairs_of_two_files_are_shown_narrowed_down_and_explained(
    chromium, north_with_pairs, width, language
):
    context = chromium.new_context(
        viewport={"width": width, "height": 900}, locale=language, bypass_csp=True
    )
    page = context.new_page()
    page.set_default_timeout(patience.MILLISECONDS)
    page.goto(f"{north_with_pairs}/login/")
    page.locator("input[name=username]").fill("nadia")
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("main form button").first.click()
    page.wait_for_load_state()
    page.goto(f"{north_with_pairs}/lists/match/")
    page.locator("input[name=left]").set_input_files(list_of(0))
    page.locator("input[name=right]").set_input_files(list_of(1))
    page.locator("main form button").first.click()
    page.locator("#pairs").wait_for()

    rows = page.locator("#pairs tbody tr")
    assert rows.count() >= len(ROWS)
    page.locator("[data-filter=text]").fill("sona stv")
    assert [row.is_visible() for row in rows.all()].count(True) == 1
    page.locator("[data-filter=text]").fill("")
    page.locator("[data-filter=decision]").select_option("non_link")
    shown = [row for row in rows.all() if row.is_visible()]
    assert all(row.get_attribute("data-decision") == "non_link" for row in shown)
    page.locator("[data-filter=decision]").select_option("")
    page.locator("#pairs summary").first.click()
    assert page.locator("#pairs details li").first.is_visible()
    overflow = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert page.evaluate(overflow) <= 0
    assert Axe().run(page).response["violations"] == []
    context.close()
