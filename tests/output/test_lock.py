"""Builds at once stand in line or say so."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from kotae.output.lock import BusyError, locked

HOLD = """
import os, sys, time
from pathlib import Path
from kotae.output.lock import locked
with locked(Path(sys.argv[1]), 5):
    if sys.argv[3] == "fork" and os.fork() == 0:
        time.sleep(3)
        os._exit(0)
    print("held", flush=True)
    time.sleep(float(sys.argv[2]))
"""


def hold(target: Path, seconds: float, how: str = "alone") -> subprocess.Popen[bytes]:
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(target), str(seconds), how], stdout=subprocess.PIPE
    )
    assert process.stdout is not None
    assert process.stdout.readline() == b"held\n"
    return process


def test_a_second_build_waits_for_the_first_and_is_told_whom_it_waits_for(tmp_path: Path) -> None:
    told: list[str] = []
    with hold(tmp_path / "site", 0.3) as first, locked(tmp_path / "site", 5, told.append):
        pass
    assert told == [str(first.pid)]
    assert list(tmp_path.iterdir()) == []


def test_a_second_build_that_waited_too_long_says_so_in_both_languages(tmp_path: Path) -> None:
    with hold(tmp_path / "site", 0.5) as first:
        with pytest.raises(BusyError) as caught, locked(tmp_path / "site", 0.1):
            pass
        assert str(first.pid) in caught.value.said.ja
        assert str(first.pid) in caught.value.said.en


def test_a_killed_build_holds_nothing_even_when_its_worker_lives_on(tmp_path: Path) -> None:
    with hold(tmp_path / "site", 30, "fork") as first:
        first.kill()
        first.wait()
        began = time.monotonic()
        with locked(tmp_path / "site", 5):
            assert time.monotonic() - began < 1


def test_two_folders_do_not_wait_for_each_other(tmp_path: Path) -> None:
    with locked(tmp_path / "one", 0), locked(tmp_path / "two", 0):
        assert sorted(p.name for p in tmp_path.iterdir()) == [".one.lock", ".two.lock"]


def test_eight_builds_at_once_are_never_inside_together(tmp_path: Path) -> None:
    program = (
        "import sys, os, time; from pathlib import Path; from kotae.output.lock import locked\n"
        "room = Path(sys.argv[1])\n"
        "with locked(room / 'site', 20):\n"
        "    os.mkdir(room / 'inside'); time.sleep(0.01); os.rmdir(room / 'inside')\n"
    )
    running = [subprocess.Popen([sys.executable, "-c", program, str(tmp_path)]) for _ in range(8)]
    assert [p.wait() for p in running] == [0] * 8
    assert os.listdir(tmp_path) == []
