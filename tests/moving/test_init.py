"""One's own company, green from the first minute."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import pytest
import yaml
from inside import checked, company

from kotae.cli.main import main
from kotae.scaffold.start import QUESTIONS, fault
from workshop import build, kotae, tree

HARD = {
    "company": 'A & B: "見本" #1 {{x}} *\'',
    "product": "- [ ] つむぎ: <b> | \\ `x` @ % !",
    "mail": "help+desk@example.jp",
    "phone": "+81 3 0000 0000",
    "hours": "0:00-24:00",
    "url": "https://help.example.jp/",
    "repository": "https://git.example.jp/a/b",
}


@pytest.mark.parametrize("lang", ["ja", "en"])
@pytest.mark.parametrize("phone", [[], ["--phone", "03-0000-0000"]])
def test_a_new_company_has_nothing_to_mend(tmp_path: Path, lang: str, phone: list[str]) -> None:
    root = company(tmp_path / "myhelp", "--lang", lang, *phone)
    assert checked(root) == 0
    pages = [p for base in ("faq", "playbooks", "docs") for p in (root / base).rglob("*.md")]
    assert len(pages) == 5
    assert all(p.name.endswith(".en.md") == (lang == "en") for p in pages)
    assert not [p for p in root.rglob("*") if p.is_file() and "@@" in p.read_text(encoding="utf-8")]


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_the_words_of_a_company_are_neither_yaml_nor_markdown(tmp_path: Path, lang: str) -> None:
    words = [w for key, value in HARD.items() for w in (f"--{key}={value}",)]
    root = company(tmp_path / "myhelp", "--lang", lang, *words)
    assert checked(root) == 0
    settings = yaml.safe_load((root / "desk/settings.yml").read_text(encoding="utf-8"))
    assert HARD["product"] in settings.values()
    assert HARD["company"] in settings.values()
    for path in (*root.rglob("*.yml"), *root.rglob("*.json")):
        assert yaml.safe_load(path.read_text(encoding="utf-8")), path


def test_both_sites_of_a_new_company_open(tmp_path: Path) -> None:
    root = company(tmp_path / "myhelp", "--lang", "en")
    out = build(root, tmp_path / "site")
    assert "How can we help?" in (out / "help/index.html").read_text(encoding="utf-8")
    assert "Giving the first reply" in (out / "handbook/playbooks/first-reply/basics/index.html").read_text(
        encoding="utf-8"
    )


def test_the_first_words_are_that_the_repository_is_private(tmp_path: Path) -> None:
    done = kotae("init", tmp_path / "a", "--yes")
    assert done.stdout.startswith("はじめに: このフォルダを置くリポジトリは、非公開にしてください。")
    assert kotae("init", tmp_path / "b", "--yes", "--lang", "en").stdout.startswith(
        "First: keep the repository"
    )


def test_a_folder_that_holds_something_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    before = tree(tmp_path)
    assert main(["init", str(tmp_path), "--yes"]) == 2
    assert tree(tmp_path) == before


def test_a_wrong_answer_is_told_and_nothing_is_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for key, value in {
        "mail": "nobody",
        "phone": "call me",
        "hours": "late",
        "url": "http://x",
        "company": "",
    }.items():
        assert main(["init", str(tmp_path / "x"), "--yes", f"--{key}={value}"]) == 2
        assert f"--{key}" in capsys.readouterr().err
    assert not (tmp_path / "x").exists()
    assert all(fault(key, HARD[key]) is None for key, _ in QUESTIONS)


def test_the_scripts_run_and_the_editor_finds_its_schemas(tmp_path: Path) -> None:
    root = company(tmp_path / "myhelp")
    scripts = sorted((root / "scripts").iterdir())
    assert [p.name for p in scripts] == ["build", "check", "serve", "setup"]
    for path in scripts:
        assert os.access(path, os.X_OK)
        subprocess.run(["bash", "-n", str(path)], check=True)
    told = json.loads((root / ".vscode/settings.json").read_text())["yaml.schemas"]
    for schema, of in told.items():
        json.loads((root / schema).read_text(encoding="utf-8"))
        assert (root / of.lstrip("/")).is_file(), of
    for workflow in (".github/workflows/kotae.yml", ".gitlab-ci.yml"):
        assert "scripts/check" in (root / workflow).read_text()
