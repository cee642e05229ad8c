"""Somebody logs in, confirms a match, records a crossing, reads the bulletin."""

import re

import pytest
from playwright.sync_api import expect

import patience
from repatria.cli.demo import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def log_in(page, address, name):
    page.goto(f"{address}/login/")
    page.locator("input[name=username]").fill(name)
    page.locator("input[name=password]").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()


def test_a_registrar_confirms_a_match_with_a_reason(page, north_with_pairs):
    log_in(page, north_with_pairs, "nadia")

    page.goto(f"{north_with_pairs}/review/")
    page.locator("main a[href*='/review/']").first.click()
    page.get_by_label("Reason").fill("name, father's name and day of birth agree")
    page.get_by_role("button", name="the same person", exact=True).click()

    page.goto(f"{north_with_pairs}/review/?decision=same")
    expect(page.locator("main")).to_contain_text("the same person")
    assert page.complaints == []


def test_a_pair_is_decided_from_the_keyboard(page, north_with_pairs):
    log_in(page, north_with_pairs, "nadia")
    page.goto(f"{north_with_pairs}/review/")
    left = page.locator("main td a[href*='/review/']").first.get_attribute("href")
    page.goto(f"{north_with_pairs}{left}")
    expect(page.locator("[aria-keyshortcuts='Alt+4']")).to_be_visible()
    page.keyboard.press("Alt+4")
    expect(page).not_to_have_url(re.compile(re.escape(left)))
    decided = page.url

    # A key pressed while the next page is being read is lost: nobody sees a button to press yet.
    page.wait_for_load_state()
    expect(page.locator("[aria-keyshortcuts='Alt+3']")).to_be_visible()
    page.keyboard.press("Alt+3")
    expect(page.get_by_label("Reason")).to_be_focused()
    page.keyboard.type("too little to tell")
    page.keyboard.press("Alt+3")
    expect(page).not_to_have_url(decided)

    page.goto(decided)
    expect(page.locator("main .status-cannot_tell").first).to_be_visible()
    assert page.complaints == []


def test_a_decision_without_a_reason_is_refused_and_nothing_is_written(page, north_with_pairs):
    log_in(page, north_with_pairs, "nadia")

    page.goto(f"{north_with_pairs}/review/")
    pair = page.locator("main a[href*='/review/']").first
    address = pair.get_attribute("href")
    pair.click()
    page.get_by_label("Reason").fill("   ")
    page.get_by_role("button", name="not the same person", exact=True).click()

    page.goto(f"{north_with_pairs}{address}")
    expect(page.locator("main .status-undecided")).to_be_visible()


def test_an_officer_records_a_crossing_on_a_phone(page, intermediary_at_the_line):
    page.set_viewport_size({"width": 390, "height": 844})
    log_in(page, intermediary_at_the_line, "ines")
    page.goto(f"{intermediary_at_the_line}/manifests/")
    page.locator("main a[href*='/manifests/']").first.click()
    code = page.locator("main code").filter(has_text=re.compile(r"^\w{4}-\w{4}$")).first
    code = code.inner_text()
    page.goto(f"{page.url}crossing/")

    page.locator("input[name=code]").fill(code.lower().replace("-", " "))
    page.get_by_role("button", name="Find").click()
    page.get_by_role("button", name="Has departed").click()
    expect(page.locator("main")).to_contain_text("1 on the way")
    page.get_by_role("link", name="Ask now").click()
    page.get_by_role("radio", name=re.compile("^yes", re.IGNORECASE)).first.check()
    page.get_by_label("I asked the person alone").check()
    page.get_by_role("button", name="Sign the answer").click()
    page.get_by_role("button", name="Has crossed").click()

    expect(page.locator("main")).to_contain_text("1 of 34 have crossed")
    assert page.complaints == []


def test_a_code_with_a_slip_of_the_finger_is_noticed(page, intermediary_at_the_line):
    log_in(page, intermediary_at_the_line, "ines")
    page.goto(f"{intermediary_at_the_line}/manifests/")
    page.locator("main a[href*='/manifests/']").first.click()
    page.goto(f"{page.url}crossing/")

    page.locator("input[name=code]").fill("2345-6789")
    page.get_by_role("button", name="Find").click()

    expect(page.get_by_role("button", name="Has departed")).to_have_count(0)


@pytest.mark.parametrize(("language", "direction"), [("en", "ltr"), ("ar", "rtl")])
def test_anybody_reads_the_bulletin_in_his_language(
    chromium, finished_at_the_intermediary, language, direction
):
    context = chromium.new_context(locale=language)
    page = context.new_page()
    page.set_default_timeout(patience.MILLISECONDS)
    page.goto(f"{finished_at_the_intermediary}/bulletins/")
    page.locator("main a[href*='/bulletins/']").first.click()

    assert page.locator("html").get_attribute("dir") == direction
    text = page.locator("main").inner_text()
    for figure in ("32", "2", "55", "23"):
        assert figure in text
    context.close()
