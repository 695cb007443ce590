"""A second repository beside the public one: its pages join the handbook and never the help center."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

import workshop
from kotae.audience import PUBLIC, visible
from kotae.checking import check
from kotae.content.library import Library, content_folders, load

DAY = date.fromisoformat(workshop.DAY)
MOVED = (
    "playbooks/billing/refund.md",
    "faq/billing/discount.md",
    "docs/handbook/phrases.md",
)


@pytest.fixture
def pair(tmp_path: Path) -> tuple[Path, Path]:
    """A public repository whose internal pages lie in a second one beside it."""
    first, second = workshop.copy_site("small", tmp_path / "help"), tmp_path / "inside"
    for path in MOVED:
        (second / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.move(first / path, second / path)
    (second / "desk").mkdir()
    shutil.move(first / "desk/roles.yml", second / "desk/roles.yml")
    settings = first / "desk/settings.yml"
    settings.write_text(settings.read_text(encoding="utf-8") + "もう1つの原稿: ../inside\n", encoding="utf-8")
    page = first / "faq/billing/refund.md"
    text = page.read_text(encoding="utf-8").split("## 社内メモ")[0].replace("手順書: refund\n", "")
    page.write_text(text, encoding="utf-8")
    return first, second


def errors(library: Library) -> set[tuple[str, str]]:
    return {(f.path, f.rule) for f in check(library, DAY) if f.severity == "error"}


def test_pages_of_both_repositories_stand_in_one_library(pair: tuple[Path, Path]) -> None:
    first, second = pair
    library = load(first)
    assert set(MOVED) <= set(library.by_path)
    assert library.private == set(MOVED)
    assert library.file(MOVED[0]) == second / MOVED[0]
    assert library.file("faq/billing/refund.md") == first / "faq/billing/refund.md"
    assert errors(library) == set()


def test_nothing_of_the_second_repository_is_public_whatever_it_says(pair: tuple[Path, Path]) -> None:
    first, second = pair
    page = second / "faq/billing/discount.md"
    page.write_text(
        page.read_text(encoding="utf-8").replace("公開範囲: 社内だけ", "公開範囲: お客様に公開"),
        encoding="utf-8",
    )
    (second / "docs/help").mkdir(parents=True)
    (second / "docs/help/plan.md").write_text("# 来年の計画\n\n鳥籠札-計画\n", encoding="utf-8")
    library = load(first)
    assert not [d.path for d in library if d.path in library.private and visible(library, d, PUBLIC, DAY)]
    assert ("faq/billing/discount.md", "KT704") in errors(library)


def test_a_translation_of_an_internal_page_is_internal(pair: tuple[Path, Path]) -> None:
    first, _second = pair
    (first / "faq/billing/discount.en.md").write_text(
        "---\naudience: public\n---\n# What about discounts?\n\nAsk us.\n", encoding="utf-8"
    )
    library = load(first)
    assert not visible(library, library.by_path["faq/billing/discount.en.md"], PUBLIC, DAY)


def test_a_page_in_both_is_an_error(pair: tuple[Path, Path]) -> None:
    first, second = pair
    shutil.copy(first / "faq/billing/refund.md", second / "faq/billing/refund.md")
    assert ("faq/billing/refund.md", "KT111") in errors(load(first))


def test_a_public_page_may_not_link_into_it(pair: tuple[Path, Path]) -> None:
    first, second = pair
    (second / "faq/billing/table.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    (first / "faq/billing/see.md").write_text(
        "---\n公開範囲: お客様に公開\n---\n# 値引きはありますか？\n\n[値引き](discount.md)をご覧ください。\n\n![表](table.png)\n",
        encoding="utf-8",
    )
    found = [f for f in check(load(first), DAY) if (f.path, f.rule) == ("faq/billing/see.md", "KT611")]
    assert len(found) == 2


def test_rows_of_its_lists_join_the_desk_closed(pair: tuple[Path, Path]) -> None:
    first, second = pair
    (second / "desk/contacts.yml").write_text(
        "- {id: vip, 種類: 電話, 名前: 特別窓口, 値: 内線 77, 公開: はい}\n", encoding="utf-8"
    )
    desk = load(first).desk
    assert "sv" in desk.roles
    assert desk.contacts["vip"].public is False
    assert desk.contacts["phone"].public is True


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("synonyms", "- [鳥籠札, 秘密]\n"),
        ("settings", "サイト名: 別の名前\n"),
        ("products", "- {id: secret, 名前: 鳥籠札}\n"),
        ("contacts", "- {id: phone, 種類: 電話, 名前: 別, 値: x}\n"),
    ],
)
def test_lists_that_feed_the_public_site_and_doubled_rows_are_errors(
    pair: tuple[Path, Path], name: str, text: str
) -> None:
    first, second = pair
    before = load(first).desk
    (second / f"desk/{name}.yml").write_text(text, encoding="utf-8")
    library = load(first)
    assert (f"desk/{name}.yml", "KT113") in errors(library)
    assert (library.desk.settings, library.desk.synonyms, library.desk.products) == (
        before.settings,
        before.synonyms,
        before.products,
    )


def test_both_sites_are_built_and_the_public_one_holds_no_word_of_it(
    pair: tuple[Path, Path], tmp_path: Path
) -> None:
    out = workshop.build(pair[0], tmp_path / "out")
    assert (out / "handbook/playbooks/billing/refund/index.html").is_file()
    edit = (out / "handbook/billing/discount/index.html").read_text(encoding="utf-8")
    assert "/edit/main/faq/billing/discount.md" not in edit  # that file is in another repository
    for path in (out / "help").rglob("*"):
        if path.is_file():
            assert "鳥籠札" not in path.read_text(encoding="utf-8", errors="ignore")


def test_without_its_folder_the_help_center_is_built_and_the_handbook_refused(
    pair: tuple[Path, Path], tmp_path: Path
) -> None:
    first, second = pair
    shutil.rmtree(second)
    assert load(first).absent == "../inside"
    refused = workshop.kotae("build", "--root", first, "--out", tmp_path / "out", "--as-of", workshop.DAY)
    assert refused.returncode == 2
    assert "../inside" in refused.stderr
    workshop.build(first, tmp_path / "out", "--audience", "public")


def test_the_preview_watches_both(pair: tuple[Path, Path]) -> None:
    first, second = pair
    assert {first / "faq", second / "faq", second / "desk"} <= set(content_folders(first))
