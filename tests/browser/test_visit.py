"""Every kind of page, in both languages, on a phone and on a desk, light and dark."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

HELP = [
    "/",
    "/billing/",
    "/billing/refund/",
    "/contact/",
    "/billing/not-there/",
    "/support/",
    "/topics/",
    "/search/?q=領収書",
]
HELP_EN = [
    "/en/",
    "/en/billing/",
    "/en/billing/refund/",
    "/en/contact/",
    "/en/404.html",
    "/en/search/?q=refund",
]
HANDBOOK = [
    "/",
    "/billing/",
    "/billing/refund/",
    "/playbooks/",
    "/playbooks/billing/refund/",
    "/handbook/glossary/",
    "/not-there/",
    "/search/?q=返金",
]
HANDBOOK_EN = [
    "/en/",
    "/en/billing/refund/",
    "/en/playbooks/",
    "/en/playbooks/billing/refund/",
    "/en/search/?q=refund",
]
PAGES = {"help": HELP + HELP_EN, "handbook": HANDBOOK + HANDBOOK_EN}
CHECKED_EN = ["/en/", "/en/billing/refund/"]
BOTH = pytest.mark.parametrize("site", ["help", "handbook"])
AXE = Path(__file__).parent.parent / "vendor/axe.min.js"


@BOTH
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1440])
def test_pages_open_without_trouble(
    sample_built: Path, reader: Any, site: str, width: int, scheme: str
) -> None:
    window = reader(sample_built / site, width, scheme)
    for path in PAGES[site]:
        page = window.open(path)
        assert page.locator("h1").is_visible(), path


def violations(page: Any) -> list[str]:
    page.add_script_tag(path=AXE)
    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
    options = {"runOnly": {"type": "tag", "values": tags}, "resultTypes": ["violations"]}
    return [
        f"{page.url} {each['id']}: {node['target']} {node['failureSummary'][:200]}"
        for each in page.evaluate("options => axe.run(options)", options)["violations"]
        for node in each["nodes"]
    ]


def test_the_accessibility_checker_sees_trouble(chromium: Any) -> None:
    page = chromium.new_page()
    page.set_content("<p style='color:#bbb;background:#fff'>pale</p><img src='x.png'>")
    assert len(violations(page)) == 4
    page.close()


@BOTH
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page_meets_wcag_22_aa(sample_built: Path, reader: Any, site: str, scheme: str) -> None:
    window = reader(sample_built / site, 1440 if scheme == "light" else 390, scheme)
    found = []
    for path in [path for path in PAGES[site] if not path.startswith("/en/") or path in CHECKED_EN]:
        page = window.open(path)
        if "?q=" in path:
            page.locator(".results a").first.wait_for()
        found += violations(page)
    assert found == []


@BOTH
def test_nothing_scrolls_sideways_on_the_narrowest_screen(sample_built: Path, reader: Any, site: str) -> None:
    window = reader(sample_built / site, 320)
    wide = []
    for path in PAGES[site]:
        page = window.open(path)
        if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
            wide.append(path)
    assert wide == []


def test_a_page_without_scripts_can_still_be_read(sample_built: Path, reader: Any) -> None:
    window = reader(sample_built / "help", java_script_enabled=False)
    page = window.open("/billing/refund/")
    assert page.locator(".answer").is_visible()
    page = window.open("/contact/")
    assert "9:30" in page.locator("main").inner_text()
    page = window.open("/search/")
    assert page.locator("noscript").count() == 1
    assert page.locator(".chips a").count() > 5


def test_a_page_that_is_lost_offers_what_its_address_says(sample_built: Path, reader: Any) -> None:
    page = reader(sample_built / "help").open("/old/refund/")
    page.locator(".results a").first.wait_for()
    assert page.locator("h1").inner_text() == "お探しのページが見つかりません"
    assert page.locator('.results a[href$="/billing/refund/"]').count() == 1


def test_the_telephone_number_can_be_called(sample_built: Path, reader: Any) -> None:
    page = reader(sample_built / "help", 390).open("/contact/")
    number = page.locator('a.phone-number[href="tel:0300000000"]').first
    assert number.is_visible()
    assert "03-0000-0000" in number.inner_text()


def test_the_permanent_address_leads_to_the_page(sample_built: Path, reader: Any) -> None:
    page = reader(sample_built / "help").open("/a/refund/")
    page.wait_for_url("**/billing/refund/")
    assert "返金" in page.locator("h1").inner_text()


@pytest.mark.parametrize("path", ["/billing/refund/", "/contact/"])
def test_paper_holds_the_text_and_no_controls(sample_built: Path, reader: Any, path: str) -> None:
    page = reader(sample_built / "help").open(path)
    page.emulate_media(media="print")
    assert page.locator("h1").is_visible()
    for gone in (".site-header nav", ".site-footer", ".to-search", ".skip", "kotae-theme"):
        assert not page.locator(gone).first.is_visible(), gone
    assert page.locator("article .button:visible").count() == 0


def test_paper_of_a_playbook_holds_every_step(sample_built: Path, reader: Any) -> None:
    page = reader(sample_built / "handbook", scheme="dark").open("/playbooks/billing/refund/")
    page.emulate_media(media="print", color_scheme="light")
    assert page.locator("h3:visible", has_text="返金を実行する").count() >= 1
    assert not page.locator(".site-header nav").is_visible()
