"""A real `kotae build` killed, starved of disk or started four times at once: a reader finds a complete site at every moment.

KOTAE_INTERRUPTIONS=full kills at 50 moments and fills the disk at 20 sizes (scripts/audit does); else 6 and 4.
"""

from __future__ import annotations

import os
import random
import re
import resource
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from workshop import DAY, REPOSITORY, once

FULL = os.environ.get("KOTAE_INTERRUPTIONS") == "full"
KILLS, SIZES = (50, 20) if FULL else (6, 4)
DOCUMENTS = 150 if FULL else 40
SITES = ("help", "handbook")
_VERSION = re.compile(rb"version-(\d+)-of-the-site")


def command(root: Path, out: Path) -> list[str]:
    return [
        sys.executable, "-m", "kotae.cli.main", "build", "--root", str(root), "--out", str(out), "--as-of", DAY,
        "--messages", "en", "--processes", "2",
    ]  # fmt: skip


def set_version(root: Path, number: int) -> None:
    """The site's name stands in the title of every page: it tells which build a page is from."""
    path = root / "desk/settings.yml"
    text = re.sub(
        r"(?m)^(サイト名|英語のサイト名): .*$", rf"\1: version-{number}-of-the-site", path.read_text()
    )
    path.write_text(text)


def version(site: Path) -> int:
    """Return the one version all pages of a site are of; fail when pages are missing or of different builds."""
    # Opened once: whatever takes its place meanwhile, the reader goes on in the folder found first.
    handle = os.open(site, os.O_RDONLY)
    try:
        pages, found = 0, set[bytes]()
        for folder, _, names, inside in os.fwalk(".", dir_fd=handle):
            for name in names:
                if name == "index.html" and not folder.startswith(("./a", "./en/a")):
                    with os.fdopen(os.open(name, os.O_RDONLY, dir_fd=inside), "rb") as file:
                        here = set(_VERSION.findall(file.read()))
                    assert len(here) == 1, (site, folder, here)
                    found |= here
                    pages += 1
    finally:
        os.close(handle)
    assert pages >= DOCUMENTS // 3, (site, pages)
    assert len(found) == 1, found
    return int(found.pop())


def read_while(out: Path, at_work: Callable[[], bool], seen: dict[str, set[int]]) -> None:
    """Poll the sites; a folder removed under a reader (the old one, just exchanged) is opened again."""
    while at_work():
        for site in SITES:
            for _ in range(5):
                try:
                    seen[site].add(version(out / site))
                    break
                except (FileNotFoundError, AssertionError) as error:
                    last = error
                    assert (out / site).is_dir(), f"{site} is gone"
            else:
                raise last


def leftovers(out: Path) -> list[str]:
    return [
        p.name for p in out.iterdir() if ".tmp-" in p.name or ".old-" in p.name or p.name.endswith(".lock")
    ]


@pytest.fixture(scope="session")
def first(tmp_path_factory: pytest.TempPathFactory, worker: str) -> Path:
    """A repository of generated pages with the sites of version 0 in ``out``."""

    def make(folder: Path) -> None:
        folder.mkdir()
        subprocess.run(
            [sys.executable, REPOSITORY / "bench/corpus.py", folder / "made", "--documents", str(DOCUMENTS)],
            check=True, capture_output=True,
        )  # fmt: skip
        root = folder / "made/kotae"
        set_version(root, 0)
        done = subprocess.run(command(root, folder / "out"), capture_output=True, text=True)
        assert done.returncode == 0, done.stdout + done.stderr

    return once(tmp_path_factory, worker, "interrupted", make)


@pytest.fixture
def root(first: Path, tmp_path: Path) -> Path:
    shutil.copytree(first / "out", tmp_path / "out", symlinks=True)
    return Path(shutil.copytree(first / "made/kotae", tmp_path / "root"))


def test_killed_at_random_moments_the_site_is_old_or_new_and_the_next_build_cleans_up(root: Path) -> None:
    out, moments, seen = root.parent / "out", random.Random(20261122), set[int]()
    set_version(root, 1)
    began = time.monotonic()
    assert subprocess.run(command(root, out), capture_output=True).returncode == 0
    whole = time.monotonic() - began
    for number in range(2, KILLS + 2):
        set_version(root, number)
        started = subprocess.Popen(command(root, out), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(moments.uniform(0.2, 1.0) * whole)
        started.send_signal(signal.SIGKILL)  # the parent alone: its workers must end by themselves
        started.wait()
        found = {version(out / site) for site in SITES}
        assert found <= set(range(number + 1))
        seen |= found
    assert subprocess.run(command(root, out), capture_output=True).returncode == 0
    assert {version(out / site) for site in SITES} == {KILLS + 1}
    assert leftovers(out) == []
    print(f"{KILLS} kills within {whole:.1f} s: versions seen {sorted(seen)}")


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux ends a child with its parent")
def test_no_worker_outlives_a_killed_build(root: Path) -> None:
    out = root.parent / "out"
    started = subprocess.Popen(command(root, out), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    children = Path(f"/proc/{started.pid}/task/{started.pid}/children")
    found: list[str] = []
    deadline = time.monotonic() + 60
    while not found and started.poll() is None and time.monotonic() < deadline:
        found = children.read_text().split()
    started.kill()
    started.wait()
    deadline = time.monotonic() + 10
    while any(Path(f"/proc/{pid}").exists() and "kotae" in _words(pid) for pid in found):
        assert time.monotonic() < deadline, "a worker lives on"
        time.sleep(0.05)
    assert found, "the build ended before it had a worker"


def _words(pid: str) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_text()
    except OSError:
        return ""


def _sizes(out: Path) -> list[int]:
    files = [p.stat().st_size for p in out.rglob("*") if p.is_file()]
    total = sum(-(-size // 4096) * 4096 for size in files)
    # From next to nothing to a third more than both sites need.
    return [int(total * 4 / 3 * part / SIZES) for part in range(1, SIZES + 1)]


def _disk(folder: Path, *options: str) -> bool:
    return (
        subprocess.run(["mount", "-t", "tmpfs", *options, "none", folder], capture_output=True).returncode
        == 0
    )


def _leave(disk: Path, free: int) -> None:
    """Make the disk so small that ``free`` bytes are left on it."""
    now = os.statvfs(disk)
    used = (now.f_blocks - now.f_bfree) * now.f_frsize
    subprocess.run(["mount", "-o", f"remount,size={used + free}", disk], check=True, capture_output=True)


def test_a_disk_that_fills_up_leaves_the_old_site_and_nothing_else(root: Path, tmp_path: Path) -> None:
    """A small disk of its own where that is allowed (root), else files that may not grow past a size."""
    set_version(root, 1)
    told = []
    for number, size in enumerate(_sizes(root.parent / "out")):
        disk = tmp_path / f"disk-{number}"
        disk.mkdir()
        mounted = _disk(disk)
        try:
            shutil.copytree(root.parent / "out", disk / "out")
            if mounted:
                _leave(disk, size)
            limit = None if mounted else _file_limit(number)
            done = subprocess.run(
                command(root, disk / "out"), capture_output=True, text=True, preexec_fn=limit
            )
            now = {version(disk / "out" / site) for site in SITES}
            # Each site takes its place by itself; one that found room may be new already.
            assert now <= {0, 1}, now
            assert "Traceback" not in done.stderr
            if done.returncode:
                assert 0 in now
                assert done.stderr.strip()
            else:
                assert now == {1}
            assert leftovers(disk / "out") == []
            told.append(done.returncode)
        finally:
            if mounted:
                subprocess.run(["umount", disk], check=True)
    assert any(told), "no disk was small enough: the sizes prove nothing"
    print(f"{SIZES} sizes: {sum(map(bool, told))} builds stopped, {told.count(0)} found room")


def _file_limit(number: int) -> Callable[[], None]:
    def limit() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (2000 * (number + 1), 2000 * (number + 1)))

    return limit


def test_four_builds_at_once_follow_each_other_and_a_reader_never_meets_a_gap(
    root: Path, tmp_path: Path
) -> None:
    out, roots = root.parent / "out", []
    for number in range(1, 5):
        roots.append(Path(shutil.copytree(root, tmp_path / f"root-{number}")))
        set_version(roots[-1], number)
    seen: dict[str, set[int]] = {site: set() for site in SITES}
    builds = [
        subprocess.Popen(command(r, out), stdout=subprocess.PIPE, stderr=subprocess.STDOUT) for r in roots
    ]
    trouble: list[BaseException] = []

    def read() -> None:
        try:
            read_while(out, lambda: any(b.poll() is None for b in builds), seen)
        except BaseException as error:
            trouble.append(error)

    reader = threading.Thread(target=read)
    reader.start()
    said = [b.communicate(timeout=300)[0] for b in builds]
    reader.join()
    assert trouble == []
    assert {b.returncode for b in builds} <= {0, 75}, said
    assert [b.returncode for b in builds].count(0) >= 1
    assert len({version(out / site) for site in SITES}) == 1
    assert leftovers(out) == []
    print(f"codes {[b.returncode for b in builds]}, versions read {seen}")
