"""The copy to carry away works from a folder: every link names a file, search answers, the day is in sight."""

from __future__ import annotations

import re
import shutil
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest

import workshop
from kotae.site.offline import link, page

DAY = date(2026, 11, 24)
_ADDRESS = re.compile(r'\s(?:href|src|action|content)="([^"]*)"')


@pytest.fixture(scope="session")
def carried(tmp_path_factory: pytest.TempPathFactory, worker: str) -> Path:
    """Both sites of the small repository with their offline copies. Read only."""

    def make(out: Path) -> None:
        workshop.build(workshop.copy_site("small", out / "source"), out / "site", "--offline")
        # Carried away: what the copy needs must be in it.
        shutil.move(out / "site/offline", out / "copy")
        shutil.rmtree(out / "site")

    return workshop.once(tmp_path_factory, worker, "carried", make) / "copy"


@pytest.mark.parametrize(
    ("written", "made"),
    [
        ("../billing/refund/", "../billing/refund/index.html"),
        ("./", "./index.html"),
        ("../", "../index.html"),
        ("..", "../index.html"),
        ("../search/?q=a/", "../search/index.html?q=a/"),
        ("../refund/#手順", "../refund/index.html#手順"),
        ("#手順", "#手順"),
        ("", ""),
        ("../files/faq/plan.png", "../files/faq/plan.png"),
        ("https://example.jp/", "https://example.jp/"),
        ("mailto:a@example.jp", "mailto:a@example.jp"),
        ("/billing/", "/billing/"),
    ],
)
def test_a_link_to_a_folder_names_its_file(written: str, made: str) -> None:
    assert link(written) == made


def test_text_that_only_looks_like_a_link_stays() -> None:
    text = '<main id="main"><p>href="a/" と書きます</p></main>'
    assert 'href="a/"' in page(text, DAY)


def test_a_page_says_of_which_day_it_is_in_its_language() -> None:
    assert "2026年11月24日" in page('<html lang="ja"><main id="main"></main>', DAY)
    assert "November 24, 2026" in page('<html lang="en"><main id="main"></main>', DAY)


def test_every_link_of_the_copy_leads_to_a_file_of_the_copy(carried: Path) -> None:
    seen = 0
    for site in ("help", "handbook"):
        for source in (carried / site).rglob("*.html"):
            for written in _ADDRESS.findall(source.read_text(encoding="utf-8")):
                target = written.removeprefix("0; url=")
                if urlsplit(target).scheme or target.startswith("#") or "/" not in target or " " in target:
                    continue
                assert not target.startswith("/"), f"{source}: {target}"
                assert (source.parent / unquote(urlsplit(target).path)).is_file(), f"{source}: {target}"
                seen += 1
    assert seen > 500


def test_nothing_in_the_copy_is_a_module(carried: Path) -> None:
    for path in carried.rglob("*.html"):
        assert 'type="module"' not in path.read_text(encoding="utf-8")


@pytest.mark.parametrize("site", ["help", "handbook"])
def test_search_answers_from_a_folder_and_leads_to_a_page(carried: Path, chromium: Any, site: str) -> None:
    troubles: list[str] = []
    context = chromium.new_context(locale="ja-JP")
    view = context.new_page()
    view.on("console", lambda m: troubles.append(m.text) if m.type == "error" else None)
    view.on("pageerror", lambda e: troubles.append(str(e)))
    view.on("request", lambda r: None if r.url.startswith(("file:", "data:")) else troubles.append(r.url))
    view.goto((carried / site / "index.html").as_uri())
    assert view.locator("[data-copy-of]").is_visible()
    view.fill("input[name=q]", "返金")
    view.wait_for_selector(".results a.result")
    view.click(".results a.result")
    view.wait_for_selector("h1")
    assert view.url.endswith("/index.html")
    assert view.locator("[data-copy-of]").is_visible()
    view.click(".to-search")
    view.fill("input[name=q]", "返金")
    view.keyboard.press("Enter")
    view.wait_for_selector(".results a.result")
    assert "search/index.html" in view.url
    assert troubles == []
    context.close()


def test_a_build_without_the_option_makes_no_copy(small_built: Path) -> None:
    assert not (small_built / "offline").exists()
