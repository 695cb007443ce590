"""Never half a site: write beside it, then let the finished folder take its place in one step.

`staged` makes `.<name>.tmp-<pid>-<random>` next to the target, flushes it once and exchanges the two
(renameat2 with RENAME_EXCHANGE). Where the system has no exchange it renames twice: for the moment between,
the address has no site; a build killed in that moment is put right by the next one, which finds the old
folder and puts it back first. A folder without our marker file is never touched.
"""

from __future__ import annotations

import os
import re
import secrets
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from kotae.findings import Said
from kotae.output.exchange import exchange, flush
from kotae.output.lock import try_lock

MARKER = ".kotae-site"
_MARKER_TEXT = "Written by kotae build. The whole folder is replaced at every build.\n"


class NotOursError(Exception):
    """The target holds something Kotae did not write (KT708). ``said`` is the line for the reader."""

    rule = "KT708"

    def __init__(self, target: Path) -> None:
        self.said = Said(
            f"{target} には、Kotaeが書いたものではないファイルがあります。消さないために止めました。空のフォルダか新しい名前を --out に書いてください。",
            f"{target} holds files that Kotae did not write. Nothing was changed. Give --out an empty folder or a new name.",
        )
        super().__init__(self.said.en)


@contextmanager
def staged(target: Path) -> Iterator[Path]:
    """Yield an empty folder beside ``target``; on success it becomes ``target`` in one step.

    On any exception, Ctrl-C included, the new folder is removed and ``target`` stays as it was.
    Raises NotOursError for a folder that is not ours, OSError where the disk cannot be written. Call it under
    `lock.locked`; it removes what dead builds left behind.
    """
    refuse_foreign(target)
    target = target.resolve()
    target.parent.mkdir(parents=True, exist_ok=True)
    clear_leftovers(target)
    suffix = f"{os.getpid()}-{secrets.token_hex(4)}"
    fresh = target.parent / f".{target.name}.tmp-{suffix}"
    fresh.mkdir()
    alive = -1
    try:
        # Held by this process and its workers: as long as one of them may still write, nobody removes the folder.
        alive = os.open(fresh / MARKER, os.O_RDWR | os.O_CREAT, 0o666)
        os.write(alive, _MARKER_TEXT.encode())
        try_lock(alive)
        yield fresh
        _take_place(fresh, target, target.parent / f".{target.name}.old-{suffix}")
    except BaseException:
        _remove(fresh)
        raise
    finally:
        if alive >= 0:
            os.close(alive)


def refuse_foreign(target: Path) -> None:
    """Raise NotOursError when ``target`` is a file, or a folder that holds something but not our marker."""
    if not os.path.lexists(target):
        return
    if not target.is_dir() or (not (target / MARKER).is_file() and any(target.iterdir())):
        raise NotOursError(target)


def clear_leftovers(target: Path) -> None:
    """Remove the folders of dead builds beside ``target``; put the old site back if one of them died between two renames."""
    pattern = re.compile(re.escape(f".{target.name}.") + r"(tmp|old)-(\d+)-[0-9a-f]{8}")
    if not target.parent.is_dir():
        return
    for path in sorted(target.parent.iterdir()):
        match = pattern.fullmatch(path.name)
        if match is None or path.is_symlink() or not path.is_dir():
            continue
        if match[1] == "old" and not target.exists():
            path.rename(target)
        elif not _in_use(path, int(match[2])):
            _remove(path)


def _in_use(folder: Path, pid: int) -> bool:
    try:
        handle = os.open(folder / MARKER, os.O_RDWR)
    except OSError:
        return _runs(pid)
    try:
        return not try_lock(handle)
    finally:
        os.close(handle)


def _runs(pid: int) -> bool:
    if sys.platform == "win32":
        return False
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return pid != os.getpid()


def _take_place(fresh: Path, target: Path, old: Path) -> None:
    if target.is_dir():
        fresh.chmod(target.stat().st_mode & 0o7777)
    flush(fresh)
    refuse_foreign(target)  # somebody may have put something there while the pages were printed
    if not target.exists():
        fresh.rename(target)
    elif exchange(fresh, target):
        _remove(fresh)  # now the old tree
    else:
        target.rename(old)
        try:
            fresh.rename(target)
        except BaseException:
            old.rename(target)
            raise
        _remove(old)
    if sys.platform != "win32":
        handle = os.open(target.parent, os.O_RDONLY)
        with suppress(OSError):
            os.fsync(handle)
        os.close(handle)


def _remove(folder: Path) -> None:
    # What cannot be removed now (somebody reads it, the disk is read-only) the next build removes.
    shutil.rmtree(folder, ignore_errors=True)
