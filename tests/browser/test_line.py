"""At the line the program may stop and start again, and a code may be read by the camera."""

import re

import pytest
import segno
from playwright.sync_api import expect

from repatria.cli.demo import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.slow]
WIDTH, HEIGHT = 640, 480


def go_to_the_line(page, address):
    page.goto(f"{address}/login/")
    page.locator("input[name=username]").fill("ines")
    page.locator("input[name=password]").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    page.goto(f"{address}/manifests/")
    page.locator("main a[href*='/manifests/']").first.click()
    codes = page.locator("main code").filter(has_text=re.compile(r"^\w{4}-\w{4}$"))
    found = [codes.nth(number).inner_text() for number in range(3)]
    page.goto(f"{page.url}crossing/")
    return found


def test_an_act_is_not_lost_when_the_program_stops_and_starts_again(
    page, serving, folder_at_the_line, free
):
    port = free()
    with serving(folder_at_the_line, port) as address:
        [code, *_] = go_to_the_line(page, address)
        page.evaluate("navigator.serviceWorker.ready.then(() => true)")
        page.locator("input[name=code]").fill(code)
        page.get_by_role("button", name="Find").click()
        expect(page.get_by_role("button", name="Has departed")).to_be_visible()
    # Nobody answers: the act is kept, and says so; a reload brings the page that waits.
    page.get_by_role("button", name="Has departed").click()
    expect(page.locator("#line-waiting")).to_be_visible()
    page.reload()
    expect(page.get_by_role("heading", name="The program does not answer")).to_be_visible()
    kept = page.evaluate("JSON.stringify(Object.values(localStorage))")
    assert "departed" in kept
    assert not re.search("[А-яա-ֆ]|yan|ian", kept), "what is kept names nobody"
    with serving(folder_at_the_line, port):
        expect(page.locator("main")).to_contain_text("1 on the way", timeout=30_000)
        expect(page.get_by_role("button", name="Has crossed")).to_be_visible()
        assert page.evaluate("localStorage.length") == 0


def test_a_code_is_read_by_the_camera(playwright_with, serving, folder_at_the_line, tmp_path):
    with serving(folder_at_the_line) as address, playwright_with() as browser:
        codes = go_to_the_line(browser.new_page(), address)
    video = tmp_path / "card.y4m"
    video.write_bytes(_film_of(codes[2]))
    with (
        serving(folder_at_the_line) as address,
        playwright_with(
            "--use-fake-ui-for-media-stream",
            "--use-fake-device-for-media-capture",
            f"--use-file-for-fake-video-capture={video}",
        ) as browser,
    ):
        page = browser.new_page()
        go_to_the_line(page, address)
        page.get_by_role("button", name="Read with the camera").click()
        expect(page.locator("main dl code")).to_have_text(codes[2], timeout=30_000)


def _film_of(code):
    """A film of one picture: the code as a camera sees it, grey on grey."""
    modules = segno.make(code, error="m", micro=False).matrix
    size = 12
    left, top = (WIDTH - size * len(modules)) // 2, (HEIGHT - size * len(modules)) // 2
    light = bytearray([200] * WIDTH * HEIGHT)
    for y, row in enumerate(modules):
        for x, dark in enumerate(row):
            for line in range(size if dark else 0):
                start = (top + y * size + line) * WIDTH + left + x * size
                light[start : start + size] = bytes([40] * size)
    frame = b"FRAME\n" + bytes(light) + bytes([128]) * (WIDTH * HEIGHT // 2)
    return f"YUV4MPEG2 W{WIDTH} H{HEIGHT} F10:1 Ip A1:1 C420jpeg\n".encode() + frame * 10
