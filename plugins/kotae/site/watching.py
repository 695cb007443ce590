"""The last net under the counted limits: a page that holds up its worker is stopped and named, a worker that dies is noticed."""

from __future__ import annotations

import multiprocessing
import signal
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, TypeVar

from kotae.findings import Said
from kotae.forking import die_with_parent

T = TypeVar("T")
_LOOK = 0.5  # seconds between two looks at the workers
_GRACE = 10  # seconds a worker has to stop by itself
NOBODY = -1  # the number of no page
_mine: Any = None


class StuckError(Exception):
    """A page could not be printed in time, or took its worker down; nothing is published. ``said`` names it."""

    def __init__(self, path: str, seconds: int) -> None:
        super().__init__(path, seconds)
        self.said = Said(
            f"{path or '印刷'}: {seconds}秒かけても印刷が終わりません。ページを分けるか、入り組んだところを書き直してください。"
            if seconds
            else f"{path or '印刷'}: 印刷しているあいだにプロセスが止められました(メモリー不足など)。ページを分けるか、もう一度お試しください。",
            f"{path or 'Printing'}: printing does not end within {seconds} seconds. Split the page or rewrite what is tangled."
            if seconds
            else f"{path or 'Printing'}: the process that printed it was ended (out of memory?). Split the page or try again.",
        )


class _TimeIsUp(BaseException):
    # Not an Exception: extensions of Markdown catch those and go on.
    pass


@contextmanager
def at_most(seconds: int, path: str) -> Iterator[None]:
    """Raise StuckError when the block takes longer than ``seconds``. Does nothing where a thread has no clock of its own."""
    if threading.current_thread() is not threading.main_thread() or not hasattr(signal, "setitimer"):
        yield
        return

    def ring(*_: object) -> None:
        raise _TimeIsUp

    before = signal.signal(signal.SIGALRM, ring)
    # It rings again each second, should something have caught it.
    signal.setitimer(signal.ITIMER_REAL, seconds, 1)
    try:
        yield
    except _TimeIsUp:
        raise StuckError(path, seconds) from None
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


class Watch:
    """What each worker is at: the number of its page, in memory the parent reads. Make it before the pool."""

    def __init__(self, paths: Sequence[str], workers: int, seconds: int) -> None:
        self.paths, self.seconds = paths, seconds
        context = multiprocessing.get_context("fork")
        self.at = context.RawArray("i", [NOBODY] * (workers * 4))
        self.next = context.Value("i", 0)

    def enter(self) -> None:
        """Begin a worker: take a place, and end when the parent does."""
        global _mine
        die_with_parent()
        with self.next.get_lock():
            _mine = self.next.value % len(self.at)
            self.next.value += 1

    def begin(self, number: int) -> None:
        """Note in a worker that it prints page ``number`` now."""
        if _mine is not None:
            self.at[_mine] = number

    def results(self, made: Any) -> Iterator[T]:
        """Yield what the pool's iterator gives; raise StuckError when a worker is gone or does not move."""
        workers = {process.pid for process in multiprocessing.active_children()}
        moved = {slot: (number, time.monotonic()) for slot, number in enumerate(self.at)}
        while True:
            try:
                yield made.next(timeout=_LOOK)
            except StopIteration:
                return
            except multiprocessing.TimeoutError:
                if workers - {process.pid for process in multiprocessing.active_children()}:
                    raise StuckError(self._suspect(), 0) from None
                self._look(moved)

    def _look(self, moved: dict[int, tuple[int, float]]) -> None:
        now = time.monotonic()
        for slot, number in enumerate(self.at):
            if number != moved[slot][0]:
                moved[slot] = (number, now)
            elif number != NOBODY and now - moved[slot][1] > self.seconds + _GRACE:
                raise StuckError(self.paths[number], self.seconds)

    def _suspect(self) -> str:
        busy = [self.paths[number] for number in self.at if number != NOBODY]
        return ", ".join(sorted(busy))
