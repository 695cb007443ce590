"""The policy a web server sends: it allows what the pages do, and the pages do nothing it forbids."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

import workshop
from delivery.served import serving_with_headers
from kotae.desk.lists import Desk
from kotae.desk.model import Contact
from kotae.settings import Settings
from kotae.site.headers import header_files, headers, line, origin, policy

VIOLATIONS = """addEventListener("securitypolicyviolation", (e) => console.error(`CSP ${e.effectiveDirective} ${e.blockedURI} ${e.sample}`))"""


def desk(**settings: Any) -> Desk:
    contacts = {
        "form": Contact("form", 1, kind="フォーム", value="https://forms.example.jp/a?b=c", public=True),
        "own": Contact("own", 1, kind="フォーム", value="https://inside.example.jp/", public=False),
        "mail": Contact("mail", 1, kind="メール", value="support@example.jp", public=True),
    }
    return Desk(Settings(**settings), {"contacts": contacts})


def test_without_settings_nothing_outside_the_site_is_allowed() -> None:
    for sources in policy(Desk()).values():
        assert set(sources.split()) <= {"'none'", "'self'", "data:"}


def test_no_policy_ever_allows_inline_code() -> None:
    for audience in ("public", "internal"):
        said = headers(desk(event_endpoint="https://events.example.jp/vote"), audience)
        assert "unsafe" not in said["Content-Security-Policy"]


def test_endpoints_of_the_settings_are_allowed_by_their_origin_alone() -> None:
    said = policy(
        desk(event_endpoint="https://events.example.jp:8443/vote?x=1", iframe_hosts=("video.example.jp",))
    )
    assert said["connect-src"] == "'self' https://events.example.jp:8443"
    assert said["frame-src"] == "https://video.example.jp"
    assert said["form-action"] == "'self' https://forms.example.jp mailto:"


def test_an_endpoint_of_the_same_site_adds_nothing() -> None:
    assert policy(desk(event_endpoint="/events"))["connect-src"] == "'self'"


@pytest.mark.parametrize(
    "written",
    [
        "https://a.example.jp; script-src *",
        "https://*",
        "javascript:alert(1)",
        "https://a b/",
        'https://a"b/',
        "https://[::1",
        "//x",
    ],
)
def test_a_setting_cannot_add_a_directive(written: str) -> None:
    assert origin(written) in ("", "https://a.example.jp")
    assert "script-src *" not in line(policy(desk(event_endpoint=written)))


def test_both_sites_get_all_three_files() -> None:
    assert sorted(header_files(desk())) == [
        f"{site}.{kind}" for site in ("handbook", "help") for kind in ("_headers", "meta.html", "nginx.conf")
    ]


def test_the_handbook_tells_other_sites_and_crawlers_nothing() -> None:
    said = headers(desk(), "internal")
    assert said["Referrer-Policy"] == "same-origin"
    assert "noindex" in said["X-Robots-Tag"]
    assert "X-Robots-Tag" not in headers(desk(), "public")


def test_a_meta_element_leaves_out_what_it_cannot_carry() -> None:
    assert "frame-ancestors" not in header_files(desk())["help.meta.html"]


def test_a_build_writes_the_files_beside_the_sites_and_not_into_them(small_built: Path) -> None:
    assert (small_built / "headers/help._headers").read_text().count("Content-Security-Policy") == 1
    for site in ("help", "handbook"):
        assert not [p for p in (small_built / site).rglob("*") if "_headers" in p.name or p.suffix == ".conf"]


@contextmanager
def watched(chromium: Any, origin: str) -> Iterator[tuple[Any, list[str]]]:
    """A page that notes every console error, violation, exception and request to another site."""
    troubles: list[str] = []
    context = chromium.new_context(locale="ja-JP")
    context.add_init_script(VIOLATIONS)
    page = context.new_page()
    page.on("console", lambda m: troubles.append(f"{page.url} {m.text}") if m.type == "error" else None)
    page.on("pageerror", lambda e: troubles.append(f"{page.url} {e}"))
    page.on("request", lambda r: None if r.url.startswith((origin, "data:")) else troubles.append(r.url))
    yield page, troubles
    context.close()


def one_of_each(site: Path) -> list[str]:
    """Return the address of one page for every set of scripts, styles and elements a page can have."""
    import re

    kinds: dict[str, str] = {}
    for path in sorted(site.rglob("*.html"), key=lambda p: (len(p.parts), p)):
        text = path.read_text(encoding="utf-8")
        if 'http-equiv="refresh"' in text:
            continue  # it leads on at once, and holds neither script nor style
        parts = re.findall(
            r"kotae/([a-z-]+\.(?:js|css))|<(kotae-[a-z]+|svg|table|details|video|iframe)\b", text
        )
        kinds.setdefault(str(sorted(set(parts))), path.relative_to(site).as_posix())
    return [at.removesuffix("index.html") for at in kinds.values()]


@pytest.mark.parametrize("site", ["help", "handbook"])
def test_no_page_breaks_its_policy_or_asks_another_site(small_built: Path, chromium: Any, site: str) -> None:
    rules = (small_built / f"headers/{site}._headers").read_text(encoding="utf-8")
    pages = one_of_each(small_built / site)
    assert len(pages) > 5
    with (
        serving_with_headers(small_built / site, rules) as origin,
        watched(chromium, origin) as (page, troubles),
    ):
        for at in pages:
            page.goto(f"{origin}/{at}", wait_until="load")
        page.goto(f"{origin}/search/")
        page.fill("input[name=q]", "返金")
        page.wait_for_selector(".results a.result")
        page.click("kotae-theme button")
        assert troubles == []


def test_the_watch_itself_sees_a_violation(small_built: Path, chromium: Any, tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text('<p style="color:red">x</p><script>1</script>')
    rules = (small_built / "headers/help._headers").read_text(encoding="utf-8")
    with serving_with_headers(tmp_path, rules) as origin, watched(chromium, origin) as (page, troubles):
        page.goto(origin)
        page.wait_for_timeout(50)
        assert len([t for t in troubles if "CSP" in t]) >= 2


def test_a_host_without_headers_gets_the_policy_in_every_page(
    small_site: Path, tmp_path: Path, chromium: Any
) -> None:
    settings = small_site / "desk/settings.yml"
    settings.write_text(
        settings.read_text(encoding="utf-8") + "ヘッダーの置き場所: ページ\n", encoding="utf-8"
    )
    out = workshop.build(small_site, tmp_path / "out", "--audience", "public")
    meta = (out / "headers/help.meta.html").read_text(encoding="utf-8").strip()
    printed = [path.read_text(encoding="utf-8") for path in (out / "help").rglob("*.html")]
    # A page that only leads on holds no script.
    assert all(meta in text for text in printed if 'http-equiv="refresh"' not in text)
    with serving_with_headers(out / "help", "") as origin, watched(chromium, origin) as (page, troubles):
        page.goto(f"{origin}/search/?q=返金")
        page.wait_for_selector(".results a.result")
        assert troubles == []
        assert page.evaluate("fetch('https://example.com/').catch(() => 'kept in')") == "kept in"
