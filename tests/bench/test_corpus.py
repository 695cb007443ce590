"""The generated pages are a valid repository, the same ones every time."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from kotae.checking import check
from kotae.content.library import load

CORPUS = Path(__file__).parents[2] / "bench" / "corpus.py"


def write(folder: Path, *options: str) -> Path:
    subprocess.run([sys.executable, str(CORPUS), str(folder), *options], check=True)
    return folder


def digest(folder: Path) -> str:
    parts = (f"{p.relative_to(folder)}\0{p.read_text()}" for p in sorted(folder.rglob("*")) if p.is_file())
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


@pytest.mark.parametrize("options", [(), ("--one-folder",)], ids=["twenty topics", "one folder"])
def test_the_generated_repository_has_no_findings_and_the_shape_that_is_promised(
    options: tuple[str, ...], tmp_path: Path
) -> None:
    library = load(write(tmp_path, "--documents", "100", *options) / "kotae")
    assert check(library, date(2026, 11, 22)) == ()
    faqs = [d for d in library if d.kind == "faq"]
    assert len(faqs) == 100
    assert sum(d.lang == "ja" for d in faqs) == 60
    assert sum(bool(d.tail) for d in faqs) == 60
    assert len({d.topic for d in faqs}) == (1 if options else 20)
    assert 2500 < sum(len(d.common.encode()) for d in faqs) / 100 < 3800
    lines = [line for d in faqs for line in d.common.split("\n") if len(line) > 30 and line[0] not in "#|{あ"]
    assert len(set(lines)) > 0.99 * len(lines)


def test_the_same_arguments_give_the_same_bytes_and_another_seed_does_not(tmp_path: Path) -> None:
    one, two, other = (
        digest(write(tmp_path / str(at), "--documents", "10", "--seed", seed))
        for at, seed in enumerate("112")
    )
    assert one == two != other
