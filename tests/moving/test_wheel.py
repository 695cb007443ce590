"""`pip install kotae && kotae init myhelp && cd myhelp && kotae serve`, from a wheel."""

from __future__ import annotations

import shutil
import subprocess
import sys
import sysconfig
import time
import venv
from collections.abc import Callable
from pathlib import Path
from typing import Any

from workshop import REPOSITORY


def test_a_company_starts_from_the_wheel_and_both_sites_open(
    tmp_path: Path, served: Callable[[Path], str], chromium: Any
) -> None:
    source = tmp_path / "source"
    shutil.copytree(
        REPOSITORY / "plugins/kotae", source / "plugins/kotae", ignore=shutil.ignore_patterns("__pycache__")
    )
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copyfile(REPOSITORY / name, source / name)
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check"]
    subprocess.run([*pip, "wheel", "--quiet", "--no-deps", "-w", str(tmp_path), str(source)], check=True)
    venv.create(tmp_path / "venv", with_pip=False)
    packages = Path(sysconfig.get_path("purelib", vars={"base": str(tmp_path / "venv")}))
    shutil.unpack_archive(next(tmp_path.glob("kotae-*.whl")), packages, "zip")
    # What Kotae needs is there already; only Kotae itself must come from the wheel.
    (packages / "others.pth").write_text(sysconfig.get_path("purelib") + "\n")
    python = tmp_path / "venv/bin/python"

    def run(*words: str) -> str:
        line = [str(python), "-m", "kotae.cli.main", *words]
        return subprocess.run(line, cwd=tmp_path, check=True, capture_output=True, text=True).stdout

    where = subprocess.run(
        [str(python), "-c", "import kotae; print(kotae.__file__)"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
    )
    assert str(packages) in where.stdout
    began = time.monotonic()
    run("init", "myhelp", "--yes")
    run("check", "--root", "myhelp", "--strict")
    run("build", "--root", "myhelp")
    assert time.monotonic() - began < 60
    for site, words in (("help", "どうされましたか"), ("handbook", "一次回答の基本")):
        page = chromium.new_page()
        page.goto(served(tmp_path / "myhelp/site" / site) + "/")
        assert words in page.content()
        page.close()
