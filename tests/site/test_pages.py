"""Every page of both sample sites, read as strictly as a page can be read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from kotae.site.edition import load_words
from printed import Page, read, read_site, target

BOTH = pytest.mark.parametrize("site", ["help", "handbook"])


@cache
def pages(folder: Path) -> dict[str, Page]:
    return read_site(folder)


def framed(found: dict[str, Page]) -> Iterator[tuple[str, Page]]:
    """Yield the pages that are more than a sign to another address."""
    return ((path, page) for path, page in found.items() if not re.match(r"(en/)?a/", path))


def test_the_reader_sees_what_is_wrong() -> None:
    page = read(
        '<html lang="ja"><p onclick="x" id="a" id="b"><b>x</p><script>1</script><a href="javascript:x">y</a>'
    )
    assert len(page.faults) == 3
    assert len(page.runs) == 3


@BOTH
def test_every_page_is_well_formed_and_names_itself(sample_built: Path, site: str) -> None:
    found = pages(sample_built / site)
    assert len(found) > 200
    for path, page in found.items():
        assert page.faults == [], path
        assert page.lang == ("en" if path.startswith("en/") else "ja"), path
        assert page.title.strip(), path
        assert len(page.headings) == 1, (path, page.headings)
        assert page.headings[0].strip(), path
        assert sorted(page.ids) == sorted(set(page.ids)), path


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_titles_tell_public_pages_apart(sample_built: Path, lang: str) -> None:
    titles = [page.title for _, page in framed(pages(sample_built / "help")) if page.lang == lang]
    assert sorted(titles) == sorted(set(titles))


@BOTH
def test_nothing_runs_inside_a_page_and_nothing_loads_from_elsewhere(sample_built: Path, site: str) -> None:
    for path, page in pages(sample_built / site).items():
        assert page.runs == [], path
        assert [load for load in page.loads if urlsplit(load).scheme or urlsplit(load).netloc] == [], path


@BOTH
def test_every_link_anchor_and_file_is_there(sample_built: Path, site: str) -> None:
    folder = sample_built / site
    found = pages(folder)
    missing = []
    for path, page in found.items():
        for href in (*page.links, *page.loads):
            led = target(path, href)
            if led is None:
                continue
            file, anchor = led
            if not (folder / file).is_file() or (anchor and anchor not in found[file].ids):
                missing.append(f"{path}: {href}")
    assert missing == []


@BOTH
def test_the_scripts_find_their_index_and_engine(sample_built: Path, site: str) -> None:
    folder = sample_built / site
    for path in ("index.html", "en/index.html", "search/index.html", "billing/refund/index.html", "404.html"):
        text = (folder / path).read_text(encoding="utf-8")
        for name, value in re.findall(r'data-(index|engine)="([^"]*)"', text):
            led = target(path, value.replace("*", "engine"))
            assert led is not None
            at = folder / led[0].removesuffix("index.html")
            assert at.is_dir() if name == "index" else at.is_file(), (path, value)


@BOTH
def test_no_english_words_of_the_theme_on_japanese_pages(sample_built: Path, site: str) -> None:
    words = load_words()
    english = {
        text
        for key, text in words["en"].items()
        if text != words["ja"].get(key) and re.search("[A-Za-z]{2}", text)
    }
    patterns = [
        re.compile(re.escape(text.strip()).replace("\\#", ".{1,40}")) for text in english - {"English"}
    ]
    seen = {
        (said, path)
        for path, page in framed(pages(sample_built / site))
        if page.lang == "ja"
        for said in page.words
        if any(p.fullmatch(said) for p in patterns)
    }
    assert seen == set()


@BOTH
def test_labels_on_japanese_pages_are_japanese(sample_built: Path, site: str) -> None:
    latin = {
        said
        for _, page in framed(pages(sample_built / site))
        if page.lang == "ja"
        for said in page.words
        if re.fullmatch(r"[A-Za-z][A-Za-z ,.'’!?-]{2,}", said)
    }
    # Names that Japanese desks write in Latin letters.
    assert latin <= {"API", "SNS", "SV", "Webhook"}, latin


def test_the_sitemap_names_public_pages_that_exist_and_no_others(sample_built: Path) -> None:
    folder = sample_built / "help"
    found = pages(folder)
    named = re.findall(
        "<loc>https://help\\.tsumugi\\.example\\.jp/([^<]*)</loc>", (folder / "sitemap.xml").read_text()
    )
    listed = {target("", f"/{at}")[0] for at in named}  # type: ignore[index]  # an address of this site
    assert len(named) == len(listed)
    wanted = {path for path, page in found.items() if not page.noindex and path.endswith("index.html")}
    articles = {path for path in wanted if re.fullmatch(r"(en/)?(?!en/)[a-z-]+/[a-z-]+/index.html", path)}
    assert len(articles) > 60
    assert listed <= wanted
    assert articles <= listed
    assert not (sample_built / "handbook/sitemap.xml").exists()


def test_the_handbook_asks_not_to_be_found(sample_built: Path) -> None:
    for path, page in pages(sample_built / "handbook").items():
        assert page.noindex, path
    assert "Disallow: /" in (sample_built / "handbook/robots.txt").read_text()
