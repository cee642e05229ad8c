"""At the line the program may stop and start again, and a code may be read by the camera."""

import json
import re

import pytest
import segno
from playwright.sync_api import expect

from repatria.cli.demo import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.slow]


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
        expect(page.locator("main")).to_contain_text("1 on the way")
        expect(page.get_by_role("button", name="Has crossed")).to_be_visible()
        assert page.evaluate("localStorage.length") == 0


def test_a_code_is_read_by_the_camera(page, serving, folder_at_the_line):
    with serving(folder_at_the_line) as address:
        codes = go_to_the_line(page, address)
        page.add_init_script(camera_that_sees(codes[2]))
        page.reload()
        page.get_by_role("button", name="Read with the camera").click()
        expect(page.locator("main dl code")).to_have_text(codes[2])
        assert page.complaints == []


def camera_that_sees(code):
    """A script that gives the page a camera before which a card is held, grey on grey."""
    modules = segno.make(code, error="m", micro=False).matrix
    rows = json.dumps([list(row) for row in modules])
    return """
    navigator.mediaDevices.getUserMedia = async () => {
      const rows = ROWS, size = 12, canvas = document.createElement("canvas");
      canvas.width = 640;
      canvas.height = 480;
      const brush = canvas.getContext("2d");
      const draw = () => {
        brush.fillStyle = "#c8c8c8";
        brush.fillRect(0, 0, 640, 480);
        brush.fillStyle = "#282828";
        rows.forEach((row, y) => row.forEach((dark, x) => {
          if (dark) brush.fillRect(150 + x * size, 100 + y * size, size, size);
        }));
      };
      draw();
      setInterval(draw, 100);
      return canvas.captureStream(10);
    };
    """.replace("ROWS", rows)
