"""What `kotae compose` writes needs nothing of Kotae, and holds nothing internal."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

from printed import read
from workshop import DAY, SITES, holding, kotae, run, tree

CANARIES = ["鳥籠札", "下書籠札", "旧合言葉", "CAGETAG", "値引き", "半額", "git.tsumugi", "高橋"]


def compose(root: Path, out: Path, audience: str, lang: str) -> Path:
    done = kotae(
        "compose", "--root", root, "--audience", audience, "--lang", lang, "--out", out, "--as-of", DAY
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return out


def with_an_image(root: Path) -> Path:
    for name in ("used", "unused"):
        path = root / f"faq/billing/images/{name}.svg"
        path.parent.mkdir(exist_ok=True)
        path.write_text(
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><title>{name}</title></svg>'
        )
    page = root / "faq/billing/refund.md"
    page.write_text(page.read_text().replace("## 詳しく", "![お支払いの画面](images/used.svg)\n\n## 詳しく"))
    return root


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_properdocs_builds_the_public_tree_and_no_canary_is_in_it(
    small_site: Path, tmp_path: Path, lang: str
) -> None:
    composed = compose(with_an_image(small_site), tmp_path / "composed", "public", lang)
    for word in CANARIES:
        assert holding(composed, word) == []
    for path in composed.rglob("*.md"):
        matter = path.read_text().split("---\n")[1]
        assert set(re.findall(r"^(\w+):", matter, re.MULTILINE)) <= {"title", "description"}
    printed = tmp_path / "printed"
    done = run(
        [
            sys.executable,
            "-m",
            "properdocs",
            "build",
            "--strict",
            "-f",
            str(composed / "mkdocs.yml"),
            "-d",
            str(printed),
        ]
    )
    assert done.returncode == 0, done.stderr
    page = read((printed / "billing/refund/index.html").read_text())
    assert any(("返金" if lang == "ja" else "refund") in heading for heading in page.headings)
    for site in (composed, printed):
        said = kotae("verify", "--site", site, "--root", small_site, "--as-of", DAY)
        assert said.returncode == 0, said.stdout


def test_links_lead_into_the_tree_and_only_used_files_are_in_it(small_site: Path, tmp_path: Path) -> None:
    composed = compose(with_an_image(small_site), tmp_path / "composed", "public", "ja")
    text = (composed / "docs/billing/refund.md").read_text()
    assert "(change-card.md#手順)" in text
    assert "(../contact.md)" in text
    assert "(../files/faq/billing/images/used.svg)" in text
    assert [p.name for p in (composed / "docs/files").rglob("*.svg")] == ["used.svg"]
    for path in (composed / "docs").rglob("*.md"):
        for target in re.findall(r"\]\(([^)#\s]+)", path.read_text()):
            assert "://" in target or (path.parent / target).is_file(), f"{path}: {target}"


def test_the_handbook_holds_both_texts(small_site: Path, tmp_path: Path) -> None:
    composed = compose(small_site, tmp_path / "composed", "internal", "ja")
    assert "鳥籠札-返金メモ" in (composed / "docs/billing/refund.md").read_text()
    assert "鳥籠札-手引き一面" in (composed / "docs/index.md").read_text()
    assert (composed / "docs/playbooks/billing/refund.md").is_file()
    assert holding(composed, "下書籠札") == []


def test_the_same_sources_give_the_same_bytes_and_a_foreign_folder_is_left_alone(
    small_site: Path, tmp_path: Path
) -> None:
    one, two = (compose(small_site, tmp_path / name, "public", "ja") for name in ("one", "two"))
    assert tree(one) == tree(two)
    (tmp_path / "theirs").mkdir()
    (tmp_path / "theirs/note.txt").write_text("mine")
    done = kotae(
        "compose",
        "--root",
        small_site,
        "--audience",
        "public",
        "--lang",
        "ja",
        "--out",
        tmp_path / "theirs",
        "--as-of",
        DAY,
    )
    assert done.returncode == 2
    assert (tmp_path / "theirs/note.txt").read_text() == "mine"


def test_an_error_in_the_content_writes_nothing(small_site: Path, tmp_path: Path) -> None:
    page = small_site / "faq/billing/refund.md"
    page.write_text(page.read_text().replace("## 詳しく", "[値引き](discount.md)\n\n## 詳しく"))
    done = kotae(
        "compose",
        "--root",
        small_site,
        "--audience",
        "public",
        "--lang",
        "ja",
        "--out",
        tmp_path / "out",
        "--as-of",
        DAY,
    )
    assert done.returncode == 1
    assert "discount.md" in done.stdout
    assert not (tmp_path / "out").exists()


def test_a_language_the_site_does_not_have_is_2(tmp_path: Path) -> None:
    done = kotae(
        "compose",
        "--root",
        SITES / "small",
        "--audience",
        "public",
        "--lang",
        "fr",
        "--out",
        tmp_path / "out",
    )
    assert done.returncode == 2
