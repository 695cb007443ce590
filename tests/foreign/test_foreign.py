"""A repository that was never written for Kotae is judged by a settings file, and not a byte of it changes."""

from __future__ import annotations

import hashlib
import importlib.machinery
import importlib.util
import random
from datetime import date, timedelta
from pathlib import Path
from types import ModuleType

import pytest

from kotae.audience import is_public
from kotae.checking import check
from kotae.content.library import Library, load
from kotae.durations import read_span

REPOSITORY = Path(__file__).parent.parent.parent
TODAY = date(2026, 11, 22)
SETTINGS = """shape:
  roots:
    - {folder: source, endings: [.html.md.erb, .html.md], language: en}
    - {folder: handbook, kind: faq, owner: "#support", headings: [Contact]}
  fields: {reviewed: [last_reviewed_on, checked], review_every: review_in, owner: owner_slack, audience: domain}
  values: {audience: {everyone: public, staff: internal}}
  dates: ["%d/%m/%Y"]
required: {page: "reviewed, owner"}
rules: [KT101, KT116, KT501, KT502]
"""
FILES = {
    "source/a.html.md.erb": '---\ntitle: "A"\nlayout: core\nowner_slack: "#a"\nlast_reviewed_on: 2026-01-10\nreview_in: 6 months\n---\n# <%= title %>\n',
    "source/deep/b.html.md": "---\nlast_reviewed_on: 01/11/2026\nreview_in: 6 month\n---\nWords.\n",
    "source/c.html.md": "---\nlast_reviewed_on: 11.12.2026\n---\nWords.\n",
    "source/d.html.md": "---\ntitle: D\n---\nWords.\n",
    "source/other.txt": "Not a document.",
    "handbook/e.md": "---\ndomain: everyone\nchecked: 2026-11-01\n---\n# Where can I ask?\n\nHere.\n\n## Contact\n",
    "handbook/f.md": "---\ndomain: staff\nchecked: 2026-11-01\n---\n# Where can I ask?\n\nHere.\n",
    "source/deep/OWNERS": "approvers:\n- hanako\n",
    ".github/CODEOWNERS": "* @all\n/source/d* @dan @eve\n",
}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for name, text in {**FILES, "../kotae.yml": SETTINGS}.items():
        path = tmp_path / "repository" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path / "repository"


def read(root: Path) -> Library:
    return load(root, settings_file=root.parent / "kotae.yml")


def said(root: Path) -> set[tuple[str, int, str]]:
    return {(f.path, f.line, f.rule) for f in check(read(root), TODAY)}


def test_a_foreign_repository_is_judged_by_its_own_names(root: Path) -> None:
    assert said(root) == {
        ("source/a.html.md.erb", 5, "KT501"),  # six months are over
        ("source/c.html.md", 2, "KT502"),  # a day in no declared form
        ("source/d.html.md", 1, "KT101"),
        ("handbook/f.md", 5, "KT116"),
    }


def test_not_a_byte_changes(root: Path) -> None:
    def marks() -> dict[str, str]:
        return {str(p): hashlib.sha256(p.read_bytes()).hexdigest() for p in root.rglob("*") if p.is_file()}

    before = marks()
    said(root)
    assert marks() == before


def test_a_document_has_its_language_stem_and_kind_by_its_root(root: Path) -> None:
    library = read(root)
    assert {(d.path, d.kind, d.lang, d.stem) for d in library} == {
        ("source/a.html.md.erb", "page", "en", "a"), ("source/deep/b.html.md", "page", "en", "b"),
        ("source/c.html.md", "page", "en", "c"), ("source/d.html.md", "page", "en", "d"),
        ("handbook/e.md", "faq", "ja", "e"), ("handbook/f.md", "faq", "ja", "f"),
    }  # fmt: skip


def test_an_owner_is_written_or_the_folders_or_the_nearest_file_says(root: Path) -> None:
    library = read(root)
    assert {d.stem: library.owner(d) for d in library} == {
        "a": "#a", "b": "hanako", "c": "@all", "d": "@dan", "e": "#support", "f": "#support",
    }  # fmt: skip


def test_who_may_read_a_page_comes_from_its_own_field(root: Path) -> None:
    library = read(root)
    assert {d.stem for d in library if is_public(library, d)} == {"e"}


def test_what_the_settings_say_wrongly_is_told_by_line(root: Path) -> None:
    (root.parent / "kotae.yml").write_text(
        "shape:\n  folders: [a]\n  fields: {nothing: x}\n  roots:\n    - {folder: source, kind: book}\n",
        encoding="utf-8",
    )
    found = [(f.path, f.line) for f in check(read(root), TODAY) if f.rule == "KT113"]
    assert found == [("kotae.yml", 2), ("kotae.yml", 3), ("kotae.yml", 5)]


def test_a_settings_file_that_is_not_there_is_said(root: Path) -> None:
    (root.parent / "kotae.yml").unlink()
    assert [f.rule for f in check(read(root), TODAY)][:1] == ["KT113"]


def test_own_fields_have_types_and_may_be_required(tmp_path: Path) -> None:
    files = {
        "desk/teams.yml": "- {id: first-line, 名前: 一次対応, メンバー: [{名前: 佐藤}, {名前: 田中}]}\n",
        "desk/topics.yml": "- {id: billing, 名前: お支払い, 担当チーム: first-line}\n",
        "desk/settings.yml": "独自の項目:\n  - {名前: 優先度, 英語名: priority, 種類: 選択, 値: [高, 低]}\n  - {名前: 棚卸し日, 種類: 日付}\n"
        "  - {名前: 公開範囲, 種類: 文字}\n必須項目: {faq: priority}\n",
        "faq/billing/a.md": "---\n公開範囲: 社内だけ\n優先度: 中\n棚卸し日: きのう\n---\n# 返金できますか？\n\nはい。\n",
        "faq/billing/b.md": "---\n公開範囲: 社内だけ\npriority: 高\n棚卸し日: 2026-11-01\n---\n# 解約できますか？\n\nはい。\n",
        "faq/billing/c.md": "---\n公開範囲: 社内だけ\n---\n# 変更できますか？\n\nはい。\n",
    }
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    found = {(f.path, f.line, f.rule) for f in check(load(tmp_path), TODAY) if f.severity.value == "error"}
    assert found == {
        ("faq/billing/a.md", 3, "KT106"), ("faq/billing/a.md", 4, "KT106"), ("faq/billing/c.md", 1, "KT101"),
        ("desk/settings.yml", 4, "KT113"),
    }  # fmt: skip


def oracle() -> ModuleType:
    """The comparison script's own arithmetic, which shares nothing with Kotae's."""
    loader = importlib.machinery.SourceFileLoader(
        "compare_foreign", str(REPOSITORY / "scripts/compare-foreign")
    )
    spec = importlib.util.spec_from_loader("compare_foreign", loader)
    assert spec is not None
    module = importlib.util.module_from_spec(spec)
    loader.exec_module(module)
    return module


@pytest.mark.parametrize("zone", ["UTC", "Europe/London", "Asia/Tokyo"])
def test_an_independent_reckoning_agrees_on_a_thousand_days(
    zone: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TZ", zone)
    due, chance = oracle().due, random.Random(7)
    for _ in range(1_000):
        day = date(2019, 1, 1) + timedelta(days=chance.randrange(4_000))
        written = f"{chance.randint(1, 40)} {chance.choice(['day', 'weeks', 'month', 'months', 'year'])}"
        span = read_span(written)
        assert span is not None
        assert span.after(day) == due(day.isoformat(), written), (day, written)
