"""Build sites for tests: run `kotae` as a user does, copy small repositories, make a folder once for all workers."""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parent.parent
SITES = Path(__file__).parent / "sites"
# The small repository was written for this day, a Tuesday; nothing in it moves with the calendar.
DAY = "2026-11-24"


def run(
    words: list[str], cwd: Path | None = None, env: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run a command in Japanese and return what it said."""
    environment = {
        **os.environ,
        "LANG": "ja_JP.UTF-8",
        "LC_ALL": "",
        "NO_MKDOCS_2_WARNING": "1",
        **(env or {}),
    }
    return subprocess.run(
        words, capture_output=True, text=True, encoding="utf-8", env=environment, timeout=300, cwd=cwd
    )


def kotae(*words: str | Path, env: Mapping[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    """Run `kotae`."""
    return run([sys.executable, "-m", "kotae.cli.main", *map(str, words)], env=env)


def mkdocs(root: Path, *words: str | Path) -> subprocess.CompletedProcess[str]:
    """Run `mkdocs` in ``root``."""
    return run([sys.executable, "-m", "mkdocs", *map(str, words)], cwd=root)


def build(root: Path, out: Path, *words: str, day: str = DAY) -> Path:
    """Build ``root`` into ``out``; the build must succeed."""
    done = kotae("build", "--root", root, "--out", out, "--as-of", day, *words)
    assert done.returncode == 0, done.stdout + done.stderr
    return out


def copy_site(name: str, target: Path) -> Path:
    """Copy one of the repositories of tests/sites."""
    return Path(shutil.copytree(SITES / name, target))


def copy_sample(target: Path) -> Path:
    """Copy the content of つむぎ請求, without the queries that every check tries: they change no page and take seconds."""
    for name in ("faq", "playbooks", "docs", "desk"):
        shutil.copytree(REPOSITORY / name, target / name)
    for name in ("mkdocs.yml", "handbook.yml"):
        shutil.copyfile(REPOSITORY / name, target / name)
    (target / "desk/queries.yml").unlink()
    # A merged change counts as a reading, so a copy prints the same only with the same past.
    if (REPOSITORY / ".git").exists():
        subprocess.run(["git", "clone", "--quiet", "--no-checkout", REPOSITORY, target / "past"], check=True)
        (target / "past/.git").rename(target / ".git")
        (target / "past").rmdir()
    return target


def once(factory: pytest.TempPathFactory, worker: str, name: str, make: Callable[[Path], object]) -> Path:
    """Make a folder once in a session, however many workers ask for it; the others wait at a lock."""
    base = factory.getbasetemp() if worker == "master" else factory.getbasetemp().parent
    target = base / name
    with open(base / f"{name}.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (base / f"{name}.done").exists():
            shutil.rmtree(target, ignore_errors=True)  # what a worker left that did not finish
            make(target)
            (base / f"{name}.done").touch()
    return target


def tree(folder: Path) -> dict[str, str]:
    """Return every file below ``folder`` with its hash."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def holding(folder: Path, words: str) -> list[str]:
    """Return the files below ``folder`` that hold ``words`` in any byte."""
    wanted = words.encode()
    return [
        p.relative_to(folder).as_posix()
        for p in sorted(folder.rglob("*"))
        if p.is_file() and wanted in p.read_bytes()
    ]
