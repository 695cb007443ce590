"""One piece of work in several processes. What a process made is pickled back; a process that dies has its part done here."""

from __future__ import annotations

import ctypes
import gc
import os
import pickle
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

T = TypeVar("T")
_PR_SET_PDEATHSIG = 1


def cores() -> int:
    """Return how many processors this process may use; 1 where processes cannot be forked."""
    if not hasattr(os, "fork") or sys.platform == "darwin":
        return 1  # macOS' own libraries do not survive a fork.
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@contextmanager
def no_collecting() -> Iterator[None]:
    """Stop looking for rings of garbage while tens of thousands of frozen documents are made: they make none."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def spread(work: Callable[[int], T], parts: int) -> list[T]:
    """Return ``[work(0), work(1), …]``; part 0 is done in this process, every other in a fork of it.

    The forks inherit all that is in memory, so ``work`` may ask anything; only its result must pickle.
    """
    children = [_fork(work, part) for part in range(1, parts)]
    try:
        made = [work(0)]
    except BaseException:
        for pid, pipe in children:
            os.close(pipe)
            os.waitpid(pid, 0)
        raise
    for part, (pid, pipe) in enumerate(children, 1):
        done, result = _reaped(pid, pipe)
        # Done here once more, a fault of the work shows itself as it would have without a fork.
        made.append(result if done else work(part))
    return made


def die_with_parent() -> None:
    """Ask the system to end this process when its parent ends, however that happens; Linux only."""
    if sys.platform != "linux":
        return
    parent = os.getppid()
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(1)  # It ended in between.


def _fork(work: Callable[[int], Any], part: int) -> tuple[int, int]:
    sys.stdout.flush()
    sys.stderr.flush()
    ours, theirs = os.pipe()
    pid = os.fork()
    if pid:
        os.close(theirs)
        return pid, ours
    code = 1
    try:
        os.close(ours)
        die_with_parent()
        data = pickle.dumps(work(part), pickle.HIGHEST_PROTOCOL)
        with os.fdopen(theirs, "wb") as pipe:
            pipe.write(data)
        code = 0
    finally:
        os._exit(code)  # Nothing of the parent's may be flushed or closed twice.


def _reaped(pid: int, pipe: int) -> tuple[bool, Any]:
    with os.fdopen(pipe, "rb") as stream:
        data = stream.read()
    _, status = os.waitpid(pid, 0)
    if status != 0:
        return False, None
    try:
        return True, pickle.loads(data)
    except (pickle.UnpicklingError, EOFError):
        return False, None
