"""The last net under the counted limits: a page that holds up its worker is stopped and named, a worker that dies is noticed."""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from multiprocessing import Pipe
from multiprocessing.connection import Connection, wait
from typing import Any, Generic, TypeVar

from kotae.findings import Said
from kotae.forking import die_with_parent

T = TypeVar("T")
_LOOK = 0.5  # seconds between two looks at the workers
_GRACE = 10  # seconds a worker has to stop by itself


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


@dataclass
class _Worker:
    """One process of the crew as its parent sees it: the task it has, the page it is at, and since when."""

    pid: int
    pipe: Connection
    task: int = -1
    page: str = ""
    since: float = 0.0


@dataclass
class Crew(Generic[T]):
    """Processes that print, each with a pipe of its own.

    The pools of the standard library share locks between workers: one that is ended while it hands in its work
    leaves them locked, and the build waits for ever. Here nothing is shared, so any worker may end at any moment.
    """

    work: Callable[[int, Callable[[str], None]], T]
    seconds: int
    _workers: list[_Worker] = field(default_factory=list)

    def results(self, tasks: int, workers: int) -> Iterator[T]:
        """Yield ``work(0, tell)``, ``work(1, tell)`` … in order, made by ``workers`` processes.

        ``work`` tells each page it begins. What it raises is raised here; StuckError when a worker is gone or stays
        at one page for longer than its own clock allows. At the end, however it comes, no worker is left.
        """
        waiting, made, wanted = iter(range(tasks)), dict[int, T](), 0
        try:
            for _ in range(min(workers, tasks)):
                self._start()
                self._give(self._workers[-1], waiting)
            while wanted < tasks:
                for worker in self._ready():
                    said, value = self._hear(worker)
                    worker.since = time.monotonic()
                    if said == "page":
                        worker.page = value
                    elif said == "made":
                        made[worker.task] = value
                        self._give(worker, waiting)
                    else:
                        raise value
                while wanted in made:
                    yield made.pop(wanted)
                    wanted += 1
        finally:
            self._end()

    def _start(self) -> None:
        ours, theirs = Pipe()
        sys.stdout.flush()
        sys.stderr.flush()
        pid = os.fork()
        if pid:
            theirs.close()
            self._workers.append(_Worker(pid, ours))
            return
        try:
            signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to answer.
            die_with_parent()
            ours.close()
            for other in self._workers:
                other.pipe.close()
            self._serve(theirs)
        finally:
            os._exit(0)  # Nothing of the parent's may be flushed or closed twice.

    def _serve(self, pipe: Connection) -> None:
        while (task := pipe.recv()) is not None:
            try:
                pipe.send(("made", self.work(task, lambda page: pipe.send(("page", page)))))
            except Exception as error:
                pipe.send(("failed", error))

    def _give(self, worker: _Worker, waiting: Iterator[int]) -> None:
        task = next(waiting, None)
        worker.task, worker.page, worker.since = -1 if task is None else task, "", time.monotonic()
        with suppress(BrokenPipeError):  # It is gone; that is noticed where its pipe is read.
            worker.pipe.send(task)

    def _ready(self) -> list[_Worker]:
        busy = {worker.pipe: worker for worker in self._workers if worker.task >= 0}
        ready = [busy[pipe] for pipe in wait(list(busy), _LOOK) if isinstance(pipe, Connection)]
        late = time.monotonic() - self.seconds - _GRACE
        for worker in busy.values():
            if worker not in ready and worker.page and worker.since < late:
                raise StuckError(worker.page, self.seconds)
        return ready

    def _hear(self, worker: _Worker) -> tuple[str, Any]:
        try:
            said, value = worker.pipe.recv()
        except (EOFError, ConnectionError):
            raise StuckError(worker.page, 0) from None
        return said, value

    def _end(self) -> None:
        for worker in self._workers:
            worker.pipe.close()
            with suppress(ProcessLookupError):
                os.kill(worker.pid, signal.SIGKILL)
        for worker in self._workers:
            with suppress(ChildProcessError):
                os.waitpid(worker.pid, 0)
        self._workers.clear()
