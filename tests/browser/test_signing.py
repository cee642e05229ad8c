"""The pages on which a party signs, at the moment it has something to sign."""

import pytest
from axe_playwright_python.sync_playwright import Axe

import patience
from counts import FULL
from repatria.cli.cast import TERMS_ID
from repatria.cli.demo import PASSWORD
from repatria.cli.story import Story

pytestmark = [pytest.mark.browser, pytest.mark.slow]


class WatchedStory(Story):
    """The demo's story, with somebody looking each time the intermediary's packages came."""

    look = None

    def carry_packages(self, *routes):
        """As told; then whoever watches looks."""
        super().carry_packages(*routes)
        if self.look is not None and len(routes) == 2:
            self.look()


def found_on(page, address):
    """What axe finds on a page at a desk and on a phone, and by how much it is too wide there."""
    found = {}
    page.goto(address)
    for width in (1280, 390):
        page.set_viewport_size({"width": width, "height": 900})
        language = page.evaluate("document.documentElement.lang")
        # Wide or narrow, English or Arabic, a page has the same parts.
        looks = FULL or (width, language) == (1280, "en")
        looked_at = Axe().run(page).response["violations"] if looks else ()
        for violation in looked_at:
            found[width, violation["id"]] = violation["nodes"][0]["html"][:100]
        over = page.evaluate("document.documentElement.scrollWidth") - width
        if over > 0:
            found[width, "too wide"] = over
    return found


def page_of(chromium, base, name, language):
    page = chromium.new_context(bypass_csp=True, locale=language).new_page()
    page.set_default_timeout(patience.MILLISECONDS)
    page.goto(f"{base}/login/")
    page.locator("input[name=username]").fill(name)
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("main form button").first.click()
    page.wait_for_load_state()
    return page


@pytest.mark.often
def test_every_page_that_signs_can_be_used_by_everybody(chromium, told, tmp_path):
    """Terms, plan, manifest, substitution and receipt: at a desk, on a phone, in Arabic."""
    wrong, seen = {}, []
    with told(WatchedStory, tmp_path / "story") as (story, base):
        pages = {
            (name, language): page_of(chromium, base, name, language)
            for name in ("nikolai", "noor")
            for language in ("en", "ar")
        }

        def address():
            """What is there to be signed now, and who signs it."""
            manifest = f"/manifests/{story.frozen.partition(':')[2]}/" if story.frozen else ""
            finder = pages["nikolai", "en"]
            match len(seen):
                case 0:
                    return "nikolai", f"/terms/{TERMS_ID}/accept/"
                case 1:
                    return "nikolai", f"/plans/{story.plan_id.partition(':')[2]}/accept/"
                case 2:
                    return "nikolai", f"{manifest}sign/"
                case 3:
                    finder.goto(base + manifest)
                    change = finder.locator("main a[href*='substitution']").first
                    return "nikolai", change.get_attribute("href")
                case _:
                    return "noor", f"{manifest}receipt/"

        def look():
            name, path = address()
            for language in ("en", "ar"):
                if found := found_on(pages[name, language], base + path):
                    wrong[path, language] = found
                assert pages[name, language].locator("main form").count(), "nothing to sign"
            seen.append(path)

        WatchedStory.look = staticmethod(look)
        try:
            for step in ("agree_on_terms", "plan", "freeze", "examine", "interview", "cross"):
                getattr(story, step)()
            for language in ("en", "ar"):
                page = pages["nikolai", language]
                page.goto(f"{base}/documents/")
                first = page.locator("tbody th a").first.get_attribute("href")
                for path in ("/documents/", first):
                    if found := found_on(page, base + path):
                        wrong[path, language] = found
        finally:
            WatchedStory.look = None
    assert len(seen) == 5
    assert wrong == {}
