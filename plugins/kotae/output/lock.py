"""One build at a time: a second one waits for a while, then says so."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from kotae.findings import Said

_POLL = 0.05  # seconds between two looks
_held: set[int] = set()


class BusyError(Exception):
    """Another build holds the lock and did not finish in time. ``said`` is the line for the reader."""

    def __init__(self, target: Path, holder: str) -> None:
        self.said = Said(
            f"{target.name} を別のビルド{f'(プロセス{holder})' if holder else ''}が書いています。終わってから、もう一度お試しください。",
            f"Another build{f' (process {holder})' if holder else ''} is writing {target.name}. Try again when it has finished.",
        )
        super().__init__(self.said.en)


@contextmanager
def locked(target: Path, wait: float = 60.0, on_wait: Callable[[str], None] | None = None) -> Iterator[None]:
    """Hold the lock of ``target`` (the file ``.<name>.lock`` beside it), gone again at the end.

    ``wait`` is how many seconds to stand in line; then BusyError. ``on_wait`` is called once, with the process
    number of the holder, when there is a line. Raises OSError where the lock file cannot be written.
    """
    path = target.parent / f".{target.name}.lock"
    path.parent.mkdir(parents=True, exist_ok=True)
    handle = _wait(path, target, wait, on_wait)
    _held.add(handle)
    try:
        os.ftruncate(handle, 0)
        os.write(handle, str(os.getpid()).encode())
        yield
    finally:
        # Removed while still held: whoever waits sees that the path is another file now and opens it anew.
        path.unlink(missing_ok=True)
        _held.discard(handle)
        os.close(handle)


def _wait(path: Path, target: Path, wait: float, on_wait: Callable[[str], None] | None) -> int:
    deadline = time.monotonic() + wait
    told = False
    while True:
        handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
        if try_lock(handle):
            if _still(path, handle):
                return handle
            os.close(handle)
            continue
        holder = os.read(handle, 32).decode("ascii", "ignore").strip()
        os.close(handle)
        if time.monotonic() >= deadline:
            raise BusyError(target, holder)
        if on_wait is not None and not told:
            on_wait(holder)
            told = True
        time.sleep(min(_POLL, max(0.0, deadline - time.monotonic())))


def _still(path: Path, handle: int) -> bool:
    try:
        return os.path.samestat(os.stat(path), os.fstat(handle))
    except FileNotFoundError:
        return False


def try_lock(handle: int) -> bool:
    """Take the lock of an open file without waiting; False when another process holds it."""
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _let_go() -> None:
    # A worker that outlives a killed build must not keep the next build waiting.
    for handle in _held:
        os.close(handle)
    _held.clear()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_let_go)
