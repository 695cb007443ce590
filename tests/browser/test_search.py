"""The field that finds answers: rows while one writes, keys, Japanese conversion, and the way back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest


@pytest.mark.parametrize(
    ("said", "page"), [("解約したい", "/cancel/cancel/"), ("ログインできない", "/login/cannot-log-in/")]
)
def test_the_right_article_comes_first(sample_built: Path, reader: Any, said: str, page: str) -> None:
    window = reader(sample_built / "help", 390).open("/")
    field = window.get_by_role("searchbox")
    field.press_sequentially(said)
    first = window.locator(".results a").first
    first.wait_for()
    assert first.get_attribute("href").endswith(page)
    assert first.locator(".short").inner_text()
    assert window.locator(".results a").last.get_attribute("href").endswith("/contact/")
    first.click()
    window.wait_for_url(f"**{page}")


def test_enter_leads_to_the_results_and_back_leads_back(sample_built: Path, reader: Any) -> None:
    page = reader(sample_built / "help").open("/")
    field = page.get_by_role("searchbox")
    field.fill("解約したい")
    field.press("Enter")
    page.wait_for_url("**/search/?q=*")
    page.locator(".results a").first.wait_for()
    assert page.get_by_role("searchbox").input_value() == "解約したい"
    page.locator(".results a").first.click()
    page.wait_for_url("**/cancel/cancel/")
    page.go_back()
    page.wait_for_url("**/search/?q=*")
    page.locator(".results a").first.wait_for()
    assert page.get_by_role("searchbox").input_value() == "解約したい"
    page.go_back()
    page.wait_for_url(lambda url: url.endswith("/"))


def test_arrow_keys_walk_through_the_rows_and_escape_empties(sample_built: Path, reader: Any) -> None:
    page = reader(sample_built / "help").open("/")
    field = page.get_by_role("searchbox")
    field.press_sequentially("請求書")
    rows = page.locator(".results a:visible")
    rows.first.wait_for()
    for row in (0, 1):
        page.keyboard.press("ArrowDown")
        assert rows.nth(row).evaluate("row => row === document.activeElement")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    assert field.evaluate("field => field === document.activeElement")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Escape")
    assert field.input_value() == ""
    assert not page.locator(".results").is_visible()
    field.press_sequentially("請求書")
    rows.first.wait_for()
    page.keyboard.press("ArrowDown")
    wanted = rows.first.get_attribute("href")
    page.keyboard.press("Enter")
    page.wait_for_url(wanted)


COMPOSING = """field => ["ArrowDown", "Enter", "Escape"].forEach(key => {
  field.dispatchEvent(new KeyboardEvent("keydown", {key, isComposing: true, bubbles: true, cancelable: true}));
  field.dispatchEvent(new KeyboardEvent("keydown", {key, keyCode: 229, bubbles: true, cancelable: true}));
})"""


@pytest.mark.parametrize("site", ["help", "handbook"])
def test_keys_of_the_conversion_only_convert(sample_built: Path, reader: Any, stays: Any, site: str) -> None:
    page = reader(sample_built / site).open("/")
    field = page.get_by_role("searchbox")
    field.focus()
    keyboard = page.context.new_cdp_session(page)
    with stays(page):
        keyboard.send("Input.imeSetComposition", {"text": "へんきん", "selectionStart": 4, "selectionEnd": 4})
        rows = page.locator(".results a:visible")
        rows.first.wait_for()
        field.evaluate(COMPOSING)
        assert field.evaluate("field => field === document.activeElement")
        assert field.input_value() == "へんきん"
        keyboard.send("Input.insertText", {"text": "返金"})
        assert field.input_value() == "返金"
    page.locator('.results a[href*="refund"]').first.wait_for()


def test_enter_in_the_handbook_opens_the_first_row(sample_built: Path, reader: Any) -> None:
    page = reader(sample_built / "handbook", 390).open("/")
    field = page.get_by_role("searchbox")
    assert field.evaluate("field => field === document.activeElement")
    page.keyboard.type("二重請求")
    first = page.locator(".results a[data-active]")
    first.wait_for()
    wanted = first.get_attribute("href")
    assert "/playbooks/billing/double-charge/" in wanted
    page.keyboard.press("Enter")
    page.wait_for_url(wanted)


def test_words_that_find_nothing_lead_to_a_person(sample_built: Path, reader: Any) -> None:
    page = reader(sample_built / "help").open("/search/?q=zzqqxx")
    page.locator(".results .none").wait_for()
    assert "zzqqxx" in page.locator(".results .none").inner_text()
    assert page.locator(".results a.person").is_visible()


def test_what_is_typed_never_becomes_part_of_the_page(sample_built: Path, reader: Any) -> None:
    page = reader(sample_built / "help").open("/search/?q=%3Cimg%20src%3Dx%20onerror%3Dwindow.ran%3D1%3E")
    page.locator(".results li").first.wait_for()
    assert page.evaluate("window.ran") is None
    assert page.locator(".results img").count() == 0


def test_english_pages_find_english_answers(sample_built: Path, reader: Any) -> None:
    page = reader(sample_built / "help").open("/en/")
    page.get_by_role("searchbox").press_sequentially("refund")
    page.locator(".results a").first.wait_for()
    assert "/en/billing/refund" in page.locator(".results a").first.get_attribute("href")


def test_the_search_inside_a_topic_stays_inside(sample_built: Path, reader: Any) -> None:
    page = reader(sample_built / "help").open("/billing/")
    page.locator("aside").get_by_role("searchbox").press_sequentially("変更")
    rows = page.locator("aside .results a:not(.person)")
    rows.first.wait_for()
    assert all("/billing/" in row.get_attribute("href") for row in rows.all())


def test_the_contact_page_suggests_and_remembers_what_was_tried(sample_built: Path, reader: Any) -> None:
    page = reader(sample_built / "help").open("/search/?q=領収書がほしい")
    page.locator(".results a").first.click()
    page.wait_for_load_state()
    read = page.locator("h1").inner_text()
    page.goto(page.url.split("/billing/")[0] + "/contact/" if "/billing/" in page.url else page.url)
    page.locator('a[href$="contact/"]').first.click() if "/contact/" not in page.url else None
    page.wait_for_url("**/contact/")
    assert f"「{read}」" in page.locator("#tried").input_value()
    page.locator("#message").press_sequentially("請求書を送ったのに届かないと言われました")
    page.locator("#near a").first.wait_for()
    assert 1 <= page.locator("#near a").count() <= 2
