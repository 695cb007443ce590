"""A canary in every surface of every kind of page: absent from the public site, or caught by the scan alone."""

from __future__ import annotations

import gzip
import re
import shutil
import unicodedata
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest

import kotae.site.articles
import kotae.site.build
import kotae.site.edition
import kotae.site.press
from kotae.audience import Cut
from kotae.site.build import LeakError, Order, build
from kotae.site.scan import Hit
from workshop import DAY, copy_site

TODAY = date.fromisoformat(DAY)
# What one internal text may hold; each gets a sentence of its own.
BODY = """

{paragraph}

## {heading}

- [{link}](../../docs/help/contact.md "{hint}")
- ![{alt}](https://help.tsumugi.example.jp/files/x.png)
- **{strong}**、`{code}`

| {head} | {cell} |
|---|---|
| a | b |

```text
{block}
```

!!! note "{note}"
    {inside}
"""
PLACES = sorted(set(re.findall(r"\{(\w+)\}", BODY)))
KINDS = {
    "faq/billing/discount.md": "ja", "faq/billing/campaign.md": "ja", "faq/billing/bird.en.md": "en",
    "docs/handbook/phrases.md": "ja", "docs/handbook/bird.en.md": "en", "playbooks/billing/refund.md": "ja",
}  # fmt: skip
TAILS = {"faq/billing/refund.md": "ja", "faq/billing/refund.en.md": "en", "docs/help/support.md": "ja", "docs/help/support.en.md": "en"}  # fmt: skip
HEADINGS = {"ja": "社内メモ", "en": "Internal notes"}


def sentence(number: int, lang: str) -> str:
    """A sentence that stands nowhere else; its number is the canary."""
    ja = f"金糸雀{number:04}号の籠には誰も近づいてはならない"
    return f"Nobody may come near the cage of canary {number:04} today" if lang == "en" else ja


def canaries(text: str) -> set[str]:
    return set(re.findall(r"(?:金糸雀|canary[ -]?)(\d{4})", unicodedata.normalize("NFKC", text).casefold()))


def plant(root: Path) -> dict[str, str]:
    """Put canaries into every internal text below ``root``; return them with the place each stands in."""
    planted: dict[str, str] = {}

    def body(path: str, lang: str) -> str:
        said = {}
        for place in PLACES:
            planted[f"{len(planted):04}"] = f"{path} {place}"
            said[place] = sentence(len(planted) - 1, lang)
        return BODY.format(**said)

    for path, lang in KINDS.items():
        file = root / path
        planted[f"{len(planted):04}"] = f"{path} title"
        title = sentence(len(planted) - 1, lang)
        front = (
            "audience: internal\nreviewed: 2026-11-02\n"
            if path.startswith("faq")
            else "reviewed: 2026-11-02\n"
        )
        text = file.read_text() if file.exists() else f"---\n{front}---\n# x\n"
        planted[f"{len(planted):04}"] = f"{path} wording"
        if path.startswith("faq"):
            text = text.replace("---\n", f"---\nparaphrases: [{sentence(len(planted) - 1, lang)}]\n", 1)
        text = re.sub(r"^# .*$", f"# {title}", text, count=1, flags=re.MULTILINE)
        file.write_text(text.replace(f"# {title}\n", f"# {title}\n{body(path, lang)}", 1))
    for path, lang in TAILS.items():
        file = root / path
        text = file.read_text().rstrip("\n") if file.exists() else "# Support\n\nWe answer."
        if HEADINGS[lang] not in text:
            text += f"\n\n## {HEADINGS[lang]}\n"
        file.write_text(f"{text}\n{body(path, lang).replace('## ', '### ')}")
    return planted


def hidden(folder: Path) -> dict[str, set[str]]:
    """Return the canaries every file of a site holds, its name included."""
    found = {}
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        data = path.read_bytes()
        data = gzip.decompress(data) if data[:2] == b"\x1f\x8b" else data
        name = path.relative_to(folder).as_posix()
        text = re.sub(r"<[^>]*>", "", unquote(data.decode("utf-8", "replace"))) + unquote(
            data.decode("utf-8", "replace")
        )
        held = canaries(f"{text} {name}")
        if held:
            found[name] = held
    return found


class Caught:
    """What stood in the public site, and what the scan said of it."""

    def __init__(self) -> None:
        self.held: dict[str, set[str]] = {}
        self.hits: list[Hit] = []
        self.names: list[str] = []


def printed(root: Path, monkeypatch: pytest.MonkeyPatch) -> Caught:
    """Build ``root`` with the rules off and return what the scan found."""
    caught, real = Caught(), kotae.site.build.find_leaks

    def looked(edition: Any, folders: dict[str, Path], *rest: Any) -> list[Hit]:
        caught.hits = real(edition, folders, *rest)
        caught.held = hidden(folders["public"])
        caught.names = [p.relative_to(folders["public"]).as_posix() for p in folders["public"].rglob("*")]
        return caught.hits

    monkeypatch.setattr(kotae.site.build, "find_leaks", looked)
    monkeypatch.setattr(kotae.site.build, "check", lambda *args, **kwargs: ())
    try:
        build(Order(root, root / "out", TODAY, processes=1))
    except LeakError:
        assert not (root / "out/help").exists()
    return caught


@pytest.fixture
def sown(tmp_path: Path) -> tuple[Path, dict[str, str]]:
    root = copy_site("small", tmp_path / "repository")
    return root, plant(root)


def test_with_all_layers_no_canary_of_any_surface_page_or_language_is_public(
    sown: tuple[Path, dict[str, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    root, planted = sown
    caught = printed(root, monkeypatch)
    assert caught.held == {}
    assert caught.hits == []
    # They were alive: the handbook holds them, but for wordings, and notes of the help center's own pages.
    text = "".join(p.read_text(errors="replace") for p in (root / "out/handbook").rglob("*") if p.is_file())
    seen = canaries(re.sub(r"<[^>]*>", "", text) + text)
    missing = [where for number, where in planted.items() if number not in seen]
    assert len(planted) > 100
    assert [w for w in missing if "wording" not in w and not w.startswith("docs/help")] == []


def test_if_internal_notes_were_not_cut_the_scan_alone_would_catch_every_file(
    sown: tuple[Path, dict[str, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    root, planted = sown
    whole = lambda document, audience: Cut(document.common, document.tail)  # noqa: E731
    for module in (kotae.site.articles, kotae.site.press, kotae.site.build):
        if hasattr(module, "cut"):
            monkeypatch.setattr(module, "cut", whole)
    real = kotae.site.articles.print_document
    monkeypatch.setattr(
        "kotae.site.workers.print_document",
        lambda press, document, parts, audience: real(press, document, parts, "internal"),
    )
    caught = printed(root, monkeypatch)
    assert len(caught.held) >= 2
    assert set(caught.held) <= {hit.file for hit in caught.hits}
    assert {where.split()[0] for n in caught.held.values() for where in (planted[x] for x in n)} <= {
        hit.source for hit in caught.hits
    }


def test_if_every_page_counted_as_public_the_scan_alone_would_catch_every_file(
    sown: tuple[Path, dict[str, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    root, planted = sown
    shutil.rmtree(root / "playbooks")  # the help center has no way of printing one
    real = kotae.site.edition.visible
    monkeypatch.setattr(
        kotae.site.edition, "visible", lambda library, d, audience, today: real(library, d, "internal", today)
    )
    caught = printed(root, monkeypatch)
    assert set(caught.held) <= {hit.file for hit in caught.hits}
    seen = {planted[number] for held in caught.held.values() for number in held}
    kinds = {where.split()[0] for where in seen}
    assert {p for p in KINDS if not p.startswith("playbooks")} <= kinds
    # Pages, topic lists, the home page, the sitemap, permanent addresses, the search index: all of them held some.
    files = {hit.file for hit in caught.hits}
    for surface in (
        "billing/discount/index.html",
        "a/discount/index.html",
        "billing/index.html",
        "sitemap.xml",
    ):
        assert surface in files
    assert any(name.startswith("search-ja/") for name in files)
    assert any(name.startswith("search-en/") for name in files)


REFERENCES = {
    "link": "[値引き](discount.md)",
    "link to a playbook": "[手順](../../playbooks/billing/refund.md)",
    "link to the handbook": "[言い回し](../../docs/handbook/phrases.md)",
    "reference": "[値引き][x]\n\n[x]: discount.md",
    "html": '<a href="discount.md">値引き</a>',
    "address": "<https://help.tsumugi.example.jp/billing/discount/>",
    "permanent address": "https://help.tsumugi.example.jp/a/discount/",
    "handbook's address": "[x](https://handbook.tsumugi.example.jp/playbooks/billing/refund/)",
    "image": "![図](../../docs/handbook/images/org-chart.png)",
}  # fmt: skip


@pytest.mark.parametrize(
    "page", ["faq/billing/refund.md", "faq/billing/refund.en.md", "docs/help/support.md"]
)
@pytest.mark.parametrize("what", REFERENCES)
def test_with_the_reference_check_off_the_scan_alone_catches_a_reference_to_something_internal(
    what: str, page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = copy_site("small", tmp_path / "repository")
    (root / "docs/handbook/images").mkdir()
    (root / "docs/handbook/images/org-chart.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    text = REFERENCES[what]
    if page.startswith("docs"):
        text = text.replace("(discount", "(../../faq/billing/discount").replace(": discount", ": ../../faq/billing/discount").replace('"discount', '"../../faq/billing/discount').replace("../../docs/handbook", "../handbook")  # fmt: skip
    file = root / page
    lines = file.read_text().split("\n")
    at = next(n for n, line in enumerate(lines) if line.startswith("# ")) + 2
    file.write_text("\n".join([*lines[: at + 1], "", text, "", *lines[at + 1 :]]))
    caught = printed(root, monkeypatch)
    assert any(hit.source for hit in caught.hits), text


def test_surfaces_that_only_other_tools_have_do_not_exist(small_built: Path) -> None:
    names = [
        p.relative_to(small_built / "help").as_posix()
        for p in (small_built / "help").rglob("*")
        if p.is_file()
    ]
    for ending in (".md", ".map", ".bak", "~", ".orig", ".inv", ".rss", "feed.xml", "feed.json", "tags.json", "llms.txt", "llms-full.txt", "sw.js", ".pdf", ".DS_Store"):  # fmt: skip
        assert [name for name in names if name.endswith(ending)] == [], ending
    pages = "".join((small_built / "help" / name).read_text() for name in names if name.endswith(".html"))
    for sign in ("/edit/", "git.tsumugi", "googletagmanager", "og:image", "serviceWorker", "<!--"):
        assert sign not in pages
