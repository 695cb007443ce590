"""Run `kotae` in this process, and make companies to run it on."""

from __future__ import annotations

from pathlib import Path

from kotae.cli.main import main

DAY = "2026-11-24"


def company(folder: Path, *words: str) -> Path:
    """Start a company as `kotae init` does."""
    assert main(["init", str(folder), "--yes", "--as-of", DAY, *words]) == 0
    return folder


def checked(root: Path) -> int:
    """Check everything as the company's own `scripts/check` does, warnings included."""
    known = ["--baseline", str(root / "desk/baseline.json")] if (root / "desk/baseline.json").exists() else []
    return main(["check", "--root", str(root), "--strict", "--as-of", DAY, "--messages", "ja", *known])


def moved_in(root: Path, kind: str, *files: Path) -> int:
    """Run `kotae import`."""
    return main(["import", kind, *map(str, files), "--root", str(root), "--as-of", DAY, "--messages", "ja"])


def page(root: Path, path: str, text: str) -> None:
    """Write one page."""
    target = root / path
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(text, encoding="utf-8")
