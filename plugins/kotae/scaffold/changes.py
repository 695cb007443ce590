"""Change several files of a repository as a whole or not at all, even when the machine stops in between.

What stood before is kept in ``.kotae/undo`` until the last file is in place; the next command that changes
files finds it there and puts everything back first.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

UNDO = ".kotae/undo"
_LIST = "files.json"


def apply(
    root: Path, files: Mapping[str, bytes | None], replace: Callable[[Path, Path], object] = os.replace
) -> None:
    """Write every file of ``files`` below ``root``; None removes one. Raises OSError, and then nothing has changed."""
    recover(root)
    wanted = {p: d for p, d in files.items() if _before(root / p) != d}
    if not wanted:
        return
    undo = root / UNDO
    try:
        _remember(root, undo, list(wanted))
        for number, (path, data) in enumerate(wanted.items()):
            target = root / path
            if data is None:
                target.unlink()
                continue
            target.parent.mkdir(parents=True, exist_ok=True)
            fresh = undo / f"new-{number}"
            _write(fresh, data)
            if target.exists():
                fresh.chmod(target.stat().st_mode & 0o777)
            replace(fresh, target)
    except BaseException:
        recover(root)
        raise
    shutil.rmtree(undo)
    for path, data in wanted.items():
        if data is None:
            _prune(root, (root / path).parent)


def recover(root: Path) -> bool:
    """Put back what a change that never finished had begun; tell whether there was one."""
    undo = root / UNDO
    if not undo.is_dir():
        return False
    listed = undo / _LIST
    if listed.is_file():  # Without the list nothing was touched yet.
        for number, path in enumerate(json.loads(listed.read_text(encoding="utf-8"))):
            before, target = undo / f"old-{number}", root / path
            if before.is_file():
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(before, undo / "back")
                os.replace(undo / "back", target)
            elif target.is_file():
                target.unlink()
                _prune(root, target.parent)
    shutil.rmtree(undo)
    return True


def _remember(root: Path, undo: Path, paths: list[str]) -> None:
    undo.mkdir(parents=True)
    for number, path in enumerate(paths):
        if (root / path).is_file():
            shutil.copy2(root / path, undo / f"old-{number}")
    # The list comes last and in one step: it says that all of the above is complete.
    _write(undo / "list.tmp", json.dumps(paths, ensure_ascii=False).encode())
    os.replace(undo / "list.tmp", undo / _LIST)


def _write(path: Path, data: bytes) -> None:
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _before(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None


def _prune(root: Path, folder: Path) -> None:
    while folder != root and folder.is_dir() and not any(folder.iterdir()):
        folder.rmdir()
        folder = folder.parent
