"""The project itself: small files, true words in the README, nothing of one machine, scripts that run."""

from __future__ import annotations

import os
import re
import statistics
import subprocess
from pathlib import Path

import pytest

from kotae.cli.main import COMMANDS
from kotae.site.edition import load_words
from workshop import REPOSITORY, kotae

SOURCES = sorted((REPOSITORY / "plugins/kotae").rglob("*.py"))


def tracked() -> list[Path]:
    """Return the files of the project: what git knows, else (a clone without history) everything but what is made."""
    made = {
        ".git",
        ".venv",
        "site",
        ".mypy_cache",
        ".ruff_cache",
        ".pytest_cache",
        "__pycache__",
        ".hypothesis",
    }
    if (REPOSITORY / ".git").exists():
        done = subprocess.run(
            ["git", "ls-files", "-z"], cwd=REPOSITORY, capture_output=True, text=True, check=True
        )
        return [
            REPOSITORY / name for name in done.stdout.split("\0") if name and (REPOSITORY / name).is_file()
        ]
    return [
        p for p in REPOSITORY.rglob("*") if p.is_file() and not made & set(p.relative_to(REPOSITORY).parts)
    ]


def test_source_files_are_small() -> None:
    kinds = {".py", ".js", ".css", ".html"}
    texts = {
        p.relative_to(REPOSITORY).as_posix(): p.read_text(encoding="utf-8").splitlines()
        for p in tracked()
        if p.suffix in kinds and "plugins" in p.parts
    }
    assert {path: len(lines) for path, lines in texts.items() if len(lines) > 400} == {}
    filled = [sum(1 for line in lines if line.strip()) for lines in texts.values()]
    assert statistics.median(count for count in filled if count) <= 90


def test_every_module_says_what_it_is() -> None:
    silent = [p for p in SOURCES if (text := p.read_text(encoding="utf-8")) and not text.startswith('"""')]
    assert [p.relative_to(REPOSITORY).as_posix() for p in silent] == []


def test_no_file_knows_the_machine_it_was_written_on() -> None:
    # Put together here, so that this file does not hold what it looks for.
    places = [b"/" + name for name in (b"work/", b"root/", b"home/", b"tmp/k/", b"Users/")]
    found = []
    for path in tracked():
        data = path.read_bytes()
        if b"\0" in data or path.name == "test_project.py":
            continue
        for place in places:
            if re.search(rb"(?<![\w.~}*/-])" + re.escape(place), data):
                found.append(f"{path.relative_to(REPOSITORY)}: {place.decode()}")
    assert found == []


def test_nothing_is_left_to_be_written() -> None:
    marks = re.compile("|".join(["TO" + "DO", "FIX" + "ME", "X" * 3 + r"\b", "lorem " + "ipsum"]))
    texts = [p for p in tracked() if p.suffix in (".py", ".md", ".yml", ".html", ".css", ".toml", ".js")]
    # Tests hold on purpose what rules look for, and the families of rules say it.
    own = [p for p in texts if not {"tests", "rules", "reference"} & set(p.relative_to(REPOSITORY).parts)]
    assert [
        p.relative_to(REPOSITORY).as_posix() for p in own if marks.search(p.read_text(encoding="utf-8"))
    ] == []


def test_every_script_can_be_run_and_forgives_no_unset_name() -> None:
    scripts = [p for p in (REPOSITORY / "scripts").iterdir() if p.is_file() and p.suffix == ""]
    assert {"setup", "build", "serve", "check", "fix", "test", "bench"} <= {p.name for p in scripts}
    for path in [*scripts, REPOSITORY / ".ci/run"]:
        assert os.access(path, os.X_OK), path
        text = path.read_text(encoding="utf-8")
        assert text.startswith("#!"), path
        if text.splitlines()[0].endswith("bash"):
            assert re.search("^set -e?uo pipefail$", text, re.MULTILINE), path
            subprocess.run(["bash", "-n", str(path)], check=True)


def test_every_step_of_the_check_exists() -> None:
    text = (REPOSITORY / "scripts/check").read_text(encoding="utf-8")
    steps = re.findall(r'^step "[^"]+" (.+)$', text, re.MULTILINE)
    assert len(steps) >= 8
    for step in steps:
        for word in step.split():
            if word.startswith("scripts/"):
                assert os.access(REPOSITORY / word, os.X_OK), word
    for command in re.findall(r"\$bin/kotae (\w+)", text):
        assert command in COMMANDS
    assert re.search(
        "scripts/(check|test)$", (REPOSITORY / ".ci/run").read_text(encoding="utf-8"), re.MULTILINE
    )


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md"])
def test_commands_and_files_named_in_the_documents_exist(name: str) -> None:
    text = (REPOSITORY / name).read_text(encoding="utf-8")
    code = [a or b for a, b in re.findall(r"`([^`\n]+)`|^ {4}(.+)$", text, re.MULTILINE)]
    code += re.findall(r"^```\w*\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    commands = set(re.findall(r"\bkotae ([a-z]+)\b", "\n".join(code)))
    assert commands <= set(COMMANDS), commands
    for script in re.findall(r"\bscripts/[a-z-]+\b", text):
        assert os.access(REPOSITORY / script, os.X_OK), script
    for link in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", text):
        assert (REPOSITORY / link).exists(), link
    for path in re.findall(r"`((?:faq|playbooks|docs|desk|plugins|scripts|tests)/[\w./-]*)`", text):
        assert (REPOSITORY / path).exists(), path


def test_the_readme_says_what_it_must() -> None:
    text = (REPOSITORY / "README.md").read_text(encoding="utf-8")
    assert len(text) > 1000
    for needed in ("Material", "2027", "scripts/build", "scripts/serve"):
        assert needed in text, needed
    for picture in re.findall(r"!\[[^\]]+\]\(([^)]+)\)", text):
        assert (REPOSITORY / picture).stat().st_size > 10_000
    assert len(re.findall(r"!\[[^\]]+\]\(", text)) >= 2


def test_every_command_explains_itself() -> None:
    for command in COMMANDS:
        done = kotae(command, "--help")
        assert done.returncode == 0, command
        assert "--" in done.stdout


def test_the_words_of_the_theme_have_the_same_keys_and_places() -> None:
    words = load_words()
    # English says some counts in another way when there is only one.
    assert {k for k in words["ja"] if not k.endswith("_one")} == {
        k for k in words["en"] if not k.endswith("_one")
    }
    for key, text in words["ja"].items():
        if key.endswith("_one"):
            continue
        english = words["en"][key]
        # Japanese needs no space between sentences and no names for months.
        assert text or key.endswith(("_months", "_between", "_sentences")), key
        assert english, key
        for mark in ("#", "{day}", "{time}"):
            assert (mark in text) == (mark in english), key
    unknown = [key for key, text in words["en"].items() if re.search("[ぁ-んァ-ヶ一-龠]", text)]
    assert unknown == []


def test_the_theme_uses_every_word_it_has_and_has_every_word_it_uses() -> None:
    theme = REPOSITORY / "plugins/kotae/theme"
    templates = "".join(p.read_text(encoding="utf-8") for p in theme.rglob("*.html"))
    code = "".join(p.read_text(encoding="utf-8") for p in (REPOSITORY / "plugins/kotae").rglob("*.py"))
    words = load_words()["ja"]
    assert set(re.findall(r"\bwords\.([a-z_0-9]+)", templates)) - words.keys() - {"get"} == set()
    assert set(re.findall(r'\bwords\["([a-z_0-9]+)"\]', code)) - words.keys() == set()


def test_vendored_files_say_where_they_come_from() -> None:
    folder = REPOSITORY / "tests/vendor"
    told = (folder / "README.md").read_text(encoding="utf-8")
    version = re.search(r"axe v([0-9.]+)", (folder / "axe.min.js").read_text(encoding="utf-8")[:200])
    assert version
    assert version[1] in told
    for path in folder.iterdir():
        assert path.name == "README.md" or path.name in told
