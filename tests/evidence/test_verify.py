"""`kotae verify` searches any folder, whoever made it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from workshop import DAY, SITES, kotae

SMALL = SITES / "small"
NOTE = "経理の承認は三万円から"


def verify(site: Path, *words: str | Path) -> tuple[int, str]:
    done = kotae("verify", "--site", site, "--root", SMALL, "--as-of", DAY, *words)
    return done.returncode, done.stdout + done.stderr


@pytest.fixture
def site(small_built: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(small_built / "help", tmp_path / "site"))


def test_a_clean_site_of_any_origin_is_0(site: Path) -> None:
    code, said = verify(site)
    assert code == 0, said
    assert "ありません" in said


def test_a_leak_is_1_and_names_file_source_and_words(site: Path) -> None:
    (site / "extra").mkdir()
    (site / "extra/index.html").write_text(f"<p>鳥籠札-返金メモ: {NOTE}。</p>")
    code, said = verify(site)
    assert code == 1
    assert "extra/index.html" in said
    assert "faq/billing/refund.md" in said
    assert "34行目" in said or "行目" in said


def test_redacted_names_no_internal_word(site: Path) -> None:
    (site / "extra.txt").write_text(f"鳥籠札-返金メモ: {NOTE}。 高橋")
    (site / "discount.html").write_text("<p>値引きは上長の決裁なしに約束しない</p>")
    code, said = verify(site, "--redact")
    assert code == 1
    assert "extra.txt" in said
    for word in ("経理", "三万円", "返金メモ", "discount", "決裁", "faq/", "高橋"):
        assert word not in said


def test_the_handbook_is_full_of_leaks(small_built: Path) -> None:
    assert verify(small_built / "handbook")[0] == 1


def test_what_cannot_prove_anything_is_2(tmp_path: Path, site: Path) -> None:
    assert verify(tmp_path / "missing")[0] == 2
    (tmp_path / "empty").mkdir()
    assert verify(tmp_path / "empty")[0] == 2
    nothing = kotae("verify", "--site", site, "--root", tmp_path / "empty", "--as-of", DAY)
    assert nothing.returncode == 2
