"""A reader always finds a complete site: the old one or the new one."""

from __future__ import annotations

import errno
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from kotae.output import swap
from kotae.output.exchange import exchange
from kotae.output.swap import MARKER, NotOursError, staged

PAGES = 120
BUILD = f"""
import sys, time
from pathlib import Path
from kotae.output.lock import locked
from kotae.output.swap import staged
target, version = Path(sys.argv[1]), sys.argv[2]
print("ready", flush=True)
with locked(target, 20), staged(target) as folder:
    for number in range({PAGES}):
        (folder / f"{{number}}.html").write_text(version)
    time.sleep(float(sys.argv[3]))
"""


def build(target: Path, version: str) -> None:
    with staged(target) as folder:
        for number in range(PAGES):
            (folder / f"{number}.html").write_text(version)


def versions(target: Path) -> set[str]:
    pages = [p for p in target.iterdir() if p.name != MARKER]
    assert len(pages) == PAGES
    return {p.read_text() for p in pages}


def start(target: Path, version: str, pause: float = 0) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-c", BUILD, str(target), version, str(pause)], stdout=subprocess.PIPE
    )


def stumble(folder: Path, error: type[BaseException]) -> None:
    (folder / "0.html").write_text("new")
    raise error


def put_something_there(target: Path) -> None:
    target.mkdir()
    (target / "chapter1.txt").write_text("precious")


def beside(target: Path) -> list[str]:
    return sorted(p.name for p in target.parent.iterdir() if p != target)


def test_a_finished_folder_replaces_the_old_one_and_nothing_is_left(tmp_path: Path) -> None:
    target = tmp_path / "site"
    build(target, "old")
    build(target, "new")
    assert versions(target) == {"new"}
    assert beside(target) == []


def test_two_renames_do_where_the_system_has_no_exchange(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(swap, "exchange", lambda one, other: False)
    build(tmp_path / "site", "old")
    build(tmp_path / "site", "new")
    assert versions(tmp_path / "site") == {"new"}
    assert beside(tmp_path / "site") == []


def test_a_build_killed_between_the_two_renames_is_put_right_by_the_next(tmp_path: Path) -> None:
    target = tmp_path / "site"
    build(target, "old")
    target.rename(tmp_path / ".site.old-99999999-0123abcd")
    swap.clear_leftovers(target)
    assert versions(target) == {"old"}
    assert beside(target) == []


@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt, SystemExit])
def test_an_exception_leaves_the_old_site_and_no_leftovers(
    tmp_path: Path, error: type[BaseException]
) -> None:
    target = tmp_path / "site"
    build(target, "old")
    with pytest.raises(error), staged(target) as folder:
        stumble(folder, error)
    assert versions(target) == {"old"}
    assert beside(target) == []


def test_a_full_disk_leaves_the_old_site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "site"
    build(target, "old")

    def full(folder: Path) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(swap, "flush", full)
    with pytest.raises(OSError, match="No space left"):
        build(target, "new")
    assert versions(target) == {"old"}
    assert beside(target) == []


def test_sigkill_at_50_random_moments_leaves_old_or_new_complete(tmp_path: Path) -> None:
    target = tmp_path / "site"
    build(target, "0")
    moments = random.Random(20261122)
    seen = {"0"}
    for number in range(1, 51):
        process = start(target, str(number))
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(moments.uniform(0, 0.045))
        process.send_signal(signal.SIGKILL)
        process.wait()
        process.stdout.close()
        found = versions(target)
        assert len(found) == 1
        assert int(next(iter(found))) <= number
        seen |= found
    assert len(seen) > 1, "no build finished: the moments prove nothing"
    with start(target, "last") as process:
        process.communicate()
    assert versions(target) == {"last"}
    assert beside(target) == []


def test_a_reader_never_meets_a_gap_while_builds_follow_each_other(tmp_path: Path) -> None:
    target = tmp_path / "site"
    build(target, "0")
    if not exchange(tmp_path, tmp_path):
        pytest.skip("this file system has no exchange")
    with start(target, "1") as one, start(target, "2") as two, start(target, "3", 0.1) as three:
        while any(p.poll() is None for p in (one, two, three)):
            assert (target / "7.html").read_text() in {"0", "1", "2", "3"}
        assert [p.returncode for p in (one, two, three)] == [0, 0, 0]
    assert len(versions(target)) == 1
    assert beside(target) == []


def test_the_folder_of_a_build_that_still_runs_is_not_removed(tmp_path: Path) -> None:
    target = tmp_path / "site"
    with staged(target) as folder:
        swap.clear_leftovers(target)
        assert folder.is_dir()


def test_a_folder_with_somebody_elses_files_is_refused_and_untouched(tmp_path: Path) -> None:
    target = tmp_path / "thesis"
    target.mkdir()
    (target / "chapter1.txt").write_text("precious")
    with pytest.raises(NotOursError) as caught, staged(target):
        pass
    assert "--out" in caught.value.said.ja
    assert caught.value.rule == "KT708"
    assert (target / "chapter1.txt").read_text() == "precious"
    assert beside(target) == []


def test_files_that_appear_while_the_pages_are_printed_are_not_replaced(tmp_path: Path) -> None:
    target = tmp_path / "site"
    with pytest.raises(NotOursError), staged(target):
        put_something_there(target)
    assert (target / "chapter1.txt").read_text() == "precious"


def test_an_empty_folder_and_a_new_path_are_accepted(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    build(tmp_path / "empty", "new")
    build(tmp_path / "deep" / "er" / "site", "new")
    assert versions(tmp_path / "empty") == versions(tmp_path / "deep" / "er" / "site") == {"new"}


def test_a_file_in_the_place_of_the_site_is_refused(tmp_path: Path) -> None:
    (tmp_path / "site").write_text("a file")
    with pytest.raises(NotOursError), staged(tmp_path / "site"):
        pass


def test_a_target_that_is_a_link_keeps_being_one(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "site").symlink_to("real")
    build(tmp_path / "site", "new")
    assert (tmp_path / "site").is_symlink()
    assert versions(tmp_path / "real") == {"new"}


def test_a_place_that_cannot_be_written_is_an_os_error() -> None:
    with pytest.raises(OSError, match="proc"), staged(Path("/proc/kotae/site")):
        pass


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_read_only_folder_is_an_os_error_and_the_old_site_stays(tmp_path: Path) -> None:
    target = tmp_path / "home" / "site"
    build(target, "old")
    target.parent.chmod(0o555)
    try:
        with pytest.raises(PermissionError), staged(target):
            pass
        assert versions(target) == {"old"}
    finally:
        target.parent.chmod(0o755)


def test_the_new_folder_keeps_the_permissions_of_the_old(tmp_path: Path) -> None:
    target = tmp_path / "site"
    build(target, "old")
    target.chmod(0o750)
    build(target, "new")
    assert target.stat().st_mode & 0o777 == 0o750
