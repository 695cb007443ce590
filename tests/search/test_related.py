"""Related answers are the same whatever the order, and never name what a customer cannot open."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from kotae.content.library import Library, load
from kotae.search.related import Neighbours

DAY = date(2026, 11, 22)


def library(root: Path) -> Library:
    for stem, audience, title in (
        ("refund", "お客様に公開", "返金はできますか？"),
        ("refund-when", "お客様に公開", "返金はいつ反映されますか？"),
        ("refund-limit", "社内だけ", "返金の上限はいくらですか？"),
        *(
            (f"page-{n}", "お客様に公開", f"{word}の手順を教えてください")
            for n, word in enumerate(["郵送", "連番", "源泉", "承認", "税率"])
        ),
    ):
        path = root / "faq/billing" / f"{stem}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"---\n公開範囲: {audience}\n---\n# {title}\n\nはい。\n", encoding="utf-8")
    return load(root)


def test_the_nearest_page_is_named_and_nothing_internal(tmp_path: Path) -> None:
    found = library(tmp_path)
    asked = found.by_id["faq", "refund", "ja"]
    assert [d.stem for d in Neighbours(found, "public", "ja", DAY).of(asked)] == ["refund-when"]
    inside = [d.stem for d in Neighbours(found, "internal", "ja", DAY).of(asked)]
    assert sorted(inside) == ["refund-limit", "refund-when"]


def test_the_order_of_files_changes_nothing(tmp_path: Path) -> None:
    found = library(tmp_path)
    turned = Library(found.root, found.desk, tuple(reversed(found.documents)))
    for document in found:
        paths = [d.path for d in Neighbours(found, "internal", "ja", DAY).of(document)]
        assert paths == [d.path for d in Neighbours(turned, "internal", "ja", DAY).of(document)]
