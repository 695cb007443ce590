"""What a reader does without thinking: switch the language, the colours, copy a text, see whether anybody is there."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from kotae.site.edition import load_words

WORDS = load_words()["ja"]


@pytest.mark.parametrize(
    "path", ["/", "/billing/", "/billing/refund/", "/contact/", "/search/", "/topics/", "/support/"]
)
def test_the_language_switch_leads_to_the_same_page_and_back(
    sample_built: Path, reader: Any, path: str
) -> None:
    window = reader(sample_built / "help")
    page = window.open(path)
    page.locator("footer a[hreflang=en]").click()
    page.wait_for_url(f"{window.base}/en{path}")
    assert page.locator("html").get_attribute("lang") == "en"
    page.locator("footer a[hreflang=ja]").click()
    page.wait_for_url(window.base + path)


def test_a_page_without_a_translation_leads_to_the_first_page(small_built: Path, reader: Any) -> None:
    window = reader(small_built / "help")
    window.open("/login/password/").locator("footer a[hreflang=en]").click()
    window.page.wait_for_url(f"{window.base}/en/")


WATCH = """new MutationObserver((_, watch) => {
  if (document.body) { window.first = document.documentElement.dataset.theme ?? "none"; watch.disconnect(); }
}).observe(document, {childList: true, subtree: true})"""


@pytest.mark.parametrize("site", ["help", "handbook"])
def test_the_colours_chosen_stay_and_nothing_flashes(sample_built: Path, reader: Any, site: str) -> None:
    window = reader(sample_built / site)
    page = window.open("/")
    button = page.locator("kotae-theme button")
    pale = page.evaluate("getComputedStyle(document.body).backgroundColor")
    button.click()
    button.click()
    assert button.inner_text() == WORDS["theme_dark"]
    page.add_init_script(WATCH)
    window.open("/billing/refund/")
    assert page.evaluate("window.first") == "dark"
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") != pale
    assert page.locator("kotae-theme button").inner_text() == WORDS["theme_dark"]
    page.locator("kotae-theme button").click()
    window.open("/")
    assert page.evaluate("window.first") == "none"


def at(day_and_time: str) -> str:
    return f"{day_and_time}:00+09:00"


# The small repository is open 9:30-18:00 on working days and shut at the turn of the year; its telephone, 10:00-17:00, is not.
@pytest.mark.parametrize(
    ("now", "box", "lamp", "phone"),
    [
        ("2026-11-24T10:00", "いま受付中です（18:00まで）", "open", "17:00まで"),
        ("2026-11-24T17:30", "いま受付中です（18:00まで）", "open", "明日10:00"),
        ("2026-11-24T20:00", "受付は明日9:30からです", "closed", "明日10:00"),
        ("2026-11-24T08:00", "受付は今日9:30からです", "closed", "今日10:00"),
        ("2027-01-11T10:00", "受付は明日9:30からです", "closed", "明日10:00"),
        ("2026-12-29T10:00", "受付は1月4日（月）9:30からです", "closed", "17:00まで"),
    ],
    ids=["open", "phone-shut", "evening", "morning", "holiday", "new-year"],
)
def test_the_contact_page_says_whether_anybody_is_there(
    small_built: Path, reader: Any, now: str, box: str, lamp: str, phone: str
) -> None:
    window = reader(small_built / "help", timezone_id="America/New_York")
    window.page.clock.set_fixed_time(at(now))
    page = window.open("/contact/")
    assert page.locator(".presence strong").inner_text() == box
    assert page.locator("kotae-presence.presence").get_attribute("data-state") == lamp
    assert phone in page.locator("aside kotae-presence span").inner_text()


def test_hours_stand_in_words_where_the_calendar_no_longer_knows(small_built: Path, reader: Any) -> None:
    window = reader(small_built / "help")
    window.page.clock.set_fixed_time(at("2029-01-09T10:00"))
    page = window.open("/contact/")
    assert page.locator(".presence strong").inner_text() == f"{WORDS['hours']} 平日 9:30〜18:00"


def test_a_promise_of_reply_counts_opening_hours(small_built: Path, reader: Any) -> None:
    window = reader(small_built / "help")
    window.page.clock.set_fixed_time(at("2026-11-24T17:00"))
    page = window.open("/contact/")
    assert "明日12:30" in page.locator("p[data-reply]").inner_text()


def test_an_answer_is_copied_with_its_address_and_the_button_says_when(
    sample_built: Path, reader: Any
) -> None:
    window = reader(sample_built / "handbook", permissions=["clipboard-read", "clipboard-write"])
    page = window.open("/billing/refund/")
    answer = page.locator(".answer").inner_text().strip()
    button = page.locator('kotae-copy[data-from="reply"] button')
    button.click()
    page.locator('kotae-copy[data-from="reply"] button[data-done]').wait_for()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == f"{answer} https://help.tsumugi.example.jp/a/refund/"
    assert re.search(rf"{WORDS['copied']} \d+:\d\d", button.inner_text())
    page.locator('kotae-copy[data-from="short"] button').click()
    page.locator('kotae-copy[data-from="short"] button[data-done]').wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == answer


def test_the_key_c_copies_and_not_while_one_writes(sample_built: Path, reader: Any) -> None:
    window = reader(sample_built / "handbook", permissions=["clipboard-read", "clipboard-write"])
    page = window.open("/billing/refund/")
    page.keyboard.press("c")
    page.locator("button[data-done]").first.wait_for()
    assert "/a/refund/" in page.evaluate("navigator.clipboard.readText()")


def test_the_first_tab_leads_past_the_header(sample_built: Path, reader: Any) -> None:
    page = reader(sample_built / "help").open("/billing/refund/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("location.hash") == "#main"
