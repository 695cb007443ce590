"""What the elements of the theme compute, asked of each script by itself in Chromium: no page, no clock, no network."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from workshop import REPOSITORY

ASSETS = REPOSITORY / "plugins/kotae/theme/assets/kotae"
Ask = Callable[..., Any]


@pytest.fixture(scope="module")
def ask(chromium: Any) -> Any:
    """``ask("kotae-theme", "m.after(x)", x="light")``: evaluate an expression over what a script exports as ``m``."""
    page = chromium.new_page()

    def evaluate(script: str, expression: str, **given: Any) -> Any:
        text = (ASSETS / f"{script}.js").read_text(encoding="utf-8")
        body = f"({{text, given}}) => {{ const module = {{}}, customElements = undefined; return (new Function('module', 'customElements', 'globalThis', 'given', text + '; const m = module.exports; with (given) return ' + {expression!r}))(module, undefined, {{}}, given); }}"
        return page.evaluate(body, {"text": text, "given": given})

    yield evaluate
    page.close()


# Open Monday to Friday 9:30-18:00, shut on Monday 11 January 2027.
DESK = {
    "hours": {str(day): [[570, 1080]] for day in range(1, 6)},
    "closed": ["2027-01-11"],
    "until": "2027-12-31",
}
NIGHTS = {"hours": {"1": [[0, 360], [1320, 1440]]}, "until": "2027-12-31"}
ALWAYS = {"hours": {str(day): [[0, 1440]] for day in range(1, 8)}, "until": "2027-12-31"}


@pytest.mark.parametrize(
    ("calendar", "now", "wanted"),
    [
        (DESK, "2027-01-08T09:29:59+09:00", {"open": False, "next": ("2027-01-08", 570)}),
        (DESK, "2027-01-08T09:30:00+09:00", {"open": True, "until": ("2027-01-08", 1080)}),
        (DESK, "2027-01-08T17:59:59+09:00", {"open": True, "until": ("2027-01-08", 1080)}),
        (DESK, "2027-01-08T18:00:00+09:00", {"open": False, "next": ("2027-01-12", 570)}),
        (DESK, "2027-01-11T12:00:00+09:00", {"open": False, "next": ("2027-01-12", 570)}),
        (DESK, "2027-01-07T22:00:00-05:00", {"open": True, "until": ("2027-01-08", 1080)}),
        (NIGHTS, "2027-01-11T23:00:00+09:00", {"open": True, "until": ("2027-01-11", 1440)}),
        (NIGHTS, "2027-01-11T12:00:00+09:00", {"open": False, "next": ("2027-01-11", 1320)}),
        (DESK, "2028-01-04T12:00:00+09:00", None),
    ],
)
def test_the_calendar_says_whether_somebody_is_there(ask: Ask, calendar: Any, now: str, wanted: Any) -> None:
    found = ask("kotae-presence", "m.state(calendar, new Date(now))", calendar=calendar, now=now)
    if wanted is None:
        assert found is None
        return
    assert found["open"] == wanted["open"]
    point = found["until"] if found["open"] else found["next"]
    expected = wanted["until"] if found["open"] else wanted["next"]
    assert (
        ask("kotae-presence", "new Date(d * 86400000).toISOString().slice(0, 10)", d=point["day"]),
        point["minute"],
    ) == expected


def test_a_desk_that_is_always_open_says_so(ask: Ask) -> None:
    found = ask(
        "kotae-presence", "m.state(calendar, new Date(now))", calendar=ALWAYS, now="2027-01-10T03:00:00+09:00"
    )
    assert found["open"]
    assert found["always"]


@pytest.mark.parametrize(
    ("now", "minutes", "wanted"),
    [
        ("2027-01-07T10:00:00+09:00", 120, "今日12:00"),
        ("2027-01-07T10:10:00+09:00", 120, "今日12:30"),
        ("2027-01-07T17:00:00+09:00", 120, "明日10:30"),
        ("2027-01-07T20:00:00+09:00", 240, "明日13:30"),
        ("2027-01-08T17:30:00+09:00", 60, "1月12日（火）10:00"),
        ("2027-01-07T09:30:00+09:00", 510, "今日18:00"),
    ],
)
def test_a_reply_comes_within_opening_time(ask: Ask, now: str, minutes: int, wanted: str) -> None:
    words = {"dayAndTime": "{day}{time}", "today": "今日", "tomorrow": "明日"}
    said = ask(
        "kotae-presence",
        'm.when(m.replyAt(calendar, new Date(now), minutes), new Date(now), words, "ja")',
        calendar=DESK, now=now, minutes=minutes, words=words,
    )  # fmt: skip
    assert said == wanted


def test_the_colours_go_round(ask: Ask) -> None:
    assert [ask("kotae-theme", "m.after(x)", x=x) for x in ("device", "light", "dark")] == [
        "light",
        "dark",
        "device",
    ]


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/billing/refund-when/", "billing refund when"),
        ("/en/a/refund/index.html", "refund"),
        ("/%E8%A7%A3%E7%B4%84/", "解約"),
        ("/%E8%A7/", "%E8%A7"),
        ("/a/b/c/d/e/f/", "c d e f"),
        ("/", ""),
    ],
)
def test_the_words_of_an_address_that_failed(ask: Ask, path: str, words: str) -> None:
    assert ask("kotae-search", "m.words(path)", path=path) == words


def test_the_way_to_act_comes_first_only_where_it_fits_about_as_well(ask: Ask) -> None:
    def order(*found: tuple[str, float, bool]) -> list[int]:
        results = [
            {"type": kind, "score": score, "sure": sure, "at": at}
            for at, (kind, score, sure) in enumerate(found)
        ]
        return [each["at"] for each in ask("kotae-search", "m.actFirst(results)", results=results)]

    assert order(("faq", 0.9, True), ("playbook", 0.8, True), ("faq", 0.7, True)) == [1, 0, 2]
    assert order(("faq", 0.9, True), ("playbook", 0.4, True)) == [0, 1]
    assert order(("faq", 0.9, True), ("playbook", 0.9, False)) == [0, 1]


def test_what_was_tried_is_remembered_shortly(ask: Ask) -> None:
    def after(*steps: tuple[str, str]) -> list[str]:
        kept: list[Any] = []
        for kind, text in steps:
            kept = ask("kotae-tried", "m.add(list, kind, text)", list=kept, kind=kind, text=text)
        return [each["text"] for each in kept]

    assert after(("search", "返"), ("search", "返金"), ("read", "返金はできますか？")) == [
        "返金",
        "返金はできますか？",
    ]
    assert after(("read", "a"), ("read", "b"), ("read", "a")) == ["b", "a"]
    assert len(after(*[("read", str(n)) for n in range(9)])) == 6


def test_a_letter_carries_what_was_tried(ask: Ask) -> None:
    link = ask(
        "kotae-contact", 'm.letter("a@example.jp", "質問", "困った & <b>", "試したこと", "・「返金」で検索")'
    )
    assert link.startswith("mailto:a@example.jp?subject=%E8%B3%AA%E5%95%8F&body=")
    from urllib.parse import unquote

    assert unquote(link.partition("body=")[2]) == "困った & <b>\r\n\r\n試したこと\r\n・「返金」で検索\r\n"


@pytest.mark.skipif(
    shutil.which("node") is None, reason="the same engine is tested in Chromium by tests/browser"
)
def test_the_scripts_written_for_node_pass() -> None:
    files = sorted(Path(__file__).parent.glob("*.test.mjs"))
    done = subprocess.run(
        ["node", "--test", *map(str, files)], capture_output=True, text=True, cwd=REPOSITORY
    )
    assert done.returncode == 0, done.stdout[-3000:]
