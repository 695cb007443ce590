"""The same content gives the same bytes, wherever, whenever and by whomever it is built."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from kotae.output.manifest import NAME, PREVIOUS, list_folder, read_manifest
from workshop import DAY, build, kotae, tree

SITES = ("help", "handbook")
CHANGED = {
    "time zone": {"TZ": "Pacific/Kiritimati"},
    "another time zone": {"TZ": "America/Adak"},
    "language": {"LANG": "de_DE.UTF-8", "LC_ALL": "C"},
    "hash seed": {"PYTHONHASHSEED": "4242"},
    "home": {"HOME": "/nonexistent", "USER": "somebody"},
}


def built(root: Path, out: Path, env: dict[str, str] | None = None) -> dict[str, dict[str, str]]:
    done = kotae("build", "--root", root, "--out", out, "--as-of", DAY, env=env)
    assert done.returncode == 0, done.stdout + done.stderr
    return {site: tree(out / site) for site in SITES} | {NAME: tree(out).get(NAME, "")}  # type: ignore[dict-item]  # one hash


@pytest.fixture
def whole(small_built: Path) -> dict[str, dict[str, str]]:
    return {site: tree(small_built / site) for site in SITES} | {NAME: tree(small_built)[NAME]}  # type: ignore[dict-item]  # one hash


@pytest.mark.parametrize("what", CHANGED)
def test_other_surroundings_change_no_byte(
    what: str, whole: dict[str, dict[str, str]], small_site: Path, tmp_path: Path
) -> None:
    assert built(small_site, tmp_path / "out", CHANGED[what]) == whole


def test_another_path_other_file_times_and_another_umask_change_no_byte(
    whole: dict[str, dict[str, str]], small_site: Path, tmp_path: Path
) -> None:
    elsewhere = tmp_path / "とても 長い/場所"
    shutil.copytree(small_site, elsewhere)
    for number, path in enumerate(sorted(elsewhere.rglob("*"), reverse=True)):
        os.utime(path, (number, 10**9 + number))
    before = os.umask(0o077)
    try:
        assert built(elsewhere, tmp_path / "out") == whole
    finally:
        os.umask(before)


def test_the_manifest_names_every_public_file_and_its_source(small_site: Path, tmp_path: Path) -> None:
    out = build(small_site, tmp_path / "out")
    rows = read_manifest(out / NAME)
    marker = frozenset({".kotae-site"})
    assert {(r.path, r.sha256) for r in rows} == {
        (r.path, r.sha256) for r in list_folder(out / "help", marker)
    }
    sources = {r.path: r.source for r in rows}
    assert sources["billing/refund/index.html"] == "faq/billing/refund.md"
    assert sources["index.html"] == "docs/help/index.md"
    assert not (out / PREVIOUS).exists()
    page = small_site / "faq/login/password.md"
    page.write_text(page.read_text().replace("新しく決め直して", "もう一度決めて"))
    build(small_site, out)
    assert read_manifest(out / PREVIOUS) == rows
    for words in (("--lang", "ja"), ("--audience", "internal")):
        now = (out / NAME).read_bytes()
        build(small_site, out, *words)
        assert (out / NAME).read_bytes() == now


def test_a_build_for_a_public_log_names_no_word_of_a_page(small_site: Path, tmp_path: Path) -> None:
    page = small_site / "faq/billing/refund.md"
    page.write_text(page.read_text().replace("公開範囲: お客様に公開", "公開範囲: 籠の鳥だけ"))
    done = kotae("build", "--root", small_site, "--out", tmp_path / "out", "--as-of", DAY, "--redact")
    assert done.returncode == 1
    assert "faq/billing/refund.md" in done.stdout
    assert "籠の鳥" not in done.stdout
