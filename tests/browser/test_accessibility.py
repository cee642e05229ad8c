"""No page has a violation that axe can find, at a desk and on a phone, in both directions."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe

import patience
from counts import FULL
from repatria.cli.demo import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.slow]
DESK = (
    "/",
    "/lists/",
    "/lists/import/",
    "/lists/match/",
    "/persons/",
    "/review/",
    "/review/contradictions/",
    "/review/?decision=all",
    "/terms/",
    "/terms/edit/",
    "/plans/",
    "/plans/compare/",
    "/manifests/",
    "/claims/",
    "/rounds/",
    "/due/",
    "/remains/",
    "/tracing/new/",
    "/contradictions/",
    "/bulletins/",
    "/packages/",
    "/keys/",
)
OF_A_PLAN = ("check/", "disputed/", "schedule/")
FIRST_OF = ("/lists/", "/persons/", "/plans/", "/manifests/", "/claims/", "/bulletins/")


def opened(chromium, address, *, name=None, width=1280, language="en"):
    context = chromium.new_context(
        viewport={"width": width, "height": 900}, locale=language, bypass_csp=True
    )
    page = context.new_page()
    page.set_default_timeout(patience.MILLISECONDS)
    if name:
        page.goto(f"{address}/login/")
        page.locator("input[name=username]").fill(name)
        page.locator("input[name=password]").fill(PASSWORD)
        page.locator("main form button").first.click()
        page.wait_for_load_state()
    return page


def violations(page):
    found = Axe().run(page).response["violations"]
    return [(v["id"], [n["html"][:120] for n in v["nodes"]][:3]) for v in found]


def addresses(page, base, paths):
    """The pages themselves, and the first thing listed on each that lists something."""
    found = list(paths)
    for path in paths:
        if path in FIRST_OF:
            page.goto(base + path)
            links = page.locator("main a").evaluate_all("all => all.map(a => a.pathname)")
            details = [a for a in links if re.fullmatch(rf"{path}[\w:-]+/", a)]
            found += [a for a in details if a not in DESK][:1]
            if path == "/plans/":
                plan = found[-1]
                page.goto(base + plan)
                why = page.locator("main a[href*='/why/']").first.get_attribute("href")
                found += [why, *(plan + part for part in OF_A_PLAN)]
    return list(dict.fromkeys(found))


@pytest.mark.often
@pytest.mark.parametrize(
    ("widths", "language"), [((1280, 390), "en"), ((390,), "ar")], ids=["english", "arabic"]
)
def test_no_page_of_a_desk_has_a_violation_or_is_wider_than_a_phone(
    chromium, finished_at_the_intermediary, widths, language
):
    base = finished_at_the_intermediary
    page = opened(chromium, base, name="ines", language=language)
    wrong = {}
    for path in addresses(page, base, DESK):
        page.goto(base + path)
        for width in widths:
            page.set_viewport_size({"width": width, "height": 900})
            # Wide or narrow, English or Arabic, a page has the same parts.
            if (FULL or (width, language) == (1280, "en")) and (found := violations(page)):
                wrong[path, width] = found
            over = page.evaluate("document.documentElement.scrollWidth") - width
            if width == 390 and over > 0:
                wrong[path, "too wide"] = over
    assert wrong == {}


@pytest.mark.parametrize(
    ("width", "language"), [(1280, "en"), (390, "en"), (390, "ar")], ids=["desk", "phone", "arabic"]
)
def test_a_pair_has_no_violation_and_fits(chromium, north_with_pairs, width, language):
    base = north_with_pairs
    page = opened(chromium, base, name="nadia", width=width, language=language)
    page.goto(f"{base}/review/")
    page.goto(base + page.locator("main td a[href*='/review/']").first.get_attribute("href"))

    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.locator("svg.waterfall[role=img] desc").text_content()


def test_no_public_page_and_no_family_page_has_a_violation(chromium, finished_at_the_intermediary):
    base = finished_at_the_intermediary
    page = opened(chromium, base)
    wrong = {}
    for path in addresses(page, base, ("/login/", "/bulletins/")):
        page.goto(base + path)
        if found := violations(page):
            wrong[path] = found
    page = opened(chromium, base, name="leyla")
    page.goto(f"{base}/family/")
    if found := violations(page):
        wrong["/family/"] = found
    assert wrong == {}
