"""Time check and build on generated pages, beside plain MkDocs + Material with navigation.prune on the same pages.

    scripts/bench [--sizes 100 500 2000] [--runs 3] [--one-folder] [--peers material]

Every run takes its turn (check, build, each peer), so that a busy moment hits all of them; printed are medians.
Kotae builds two audiences in two languages, checks and scan included, into an empty folder and without its cache;
a peer builds one site without checks. ``ratio`` is the wall time beside the first peer in the same run,
``growth`` the time of one page beside that at the smallest size.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from statistics import median

BIN = Path(sys.executable).parent
HERE = Path(__file__).parent
Command = Callable[[Path, Path], list[str]]
# A further peer is one line here; it finds the same pages as plain Markdown in FOLDER/material.
PEERS: dict[str, Command] = {
    "material": lambda work, out: [
        str(BIN / "mkdocs"),
        "build",
        "-q",
        "-f",
        str(work / "material/mkdocs.yml"),
        "-d",
        str(out),
    ],
}
OURS: dict[str, Command] = {
    "kotae check": lambda work, out: [str(BIN / "kotae"), "check", "--root", str(work / "kotae")],
    "kotae build": lambda work, out: [
        str(BIN / "kotae"),
        "build",
        "--root",
        str(work / "kotae"),
        "--out",
        str(out),
    ],
}


@dataclass(frozen=True)
class Taken:
    """What one run took: seconds by the clock and of processor time, and the largest process in MB."""

    wall: float
    cpu: float
    peak: float


def measure(command: list[str]) -> Taken:
    """Run ``command`` and return what it took. Raises SystemExit when it fails."""
    began = time.monotonic()
    with tempfile.TemporaryFile() as said:
        environment = os.environ | {"NO_MKDOCS_2_WARNING": "1"}
        process = subprocess.Popen(command, stdout=said, stderr=subprocess.STDOUT, env=environment)
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            said.seek(0)
            raise SystemExit(
                f"{' '.join(command)} ended with {process.returncode}:\n{said.read().decode(errors='replace')[-2000:]}"
            )
    scale = 1 if sys.platform == "darwin" else 1024
    return Taken(time.monotonic() - began, used.ru_utime + used.ru_stime, used.ru_maxrss * scale / 1e6)


def take_turns(work: Path, commands: dict[str, Command], runs: int) -> dict[str, list[Taken]]:
    """Run all commands ``runs`` times, each time from nothing."""
    taken: dict[str, list[Taken]] = {name: [] for name in commands}
    for _ in range(runs):
        for name, command in commands.items():
            out = work / "out"
            for old in (out, work / "kotae" / ".kotae", work / "material" / ".cache"):
                shutil.rmtree(old, ignore_errors=True)
            taken[name].append(measure(command(work, out)))
    return taken


def lines(size: int, taken: dict[str, list[Taken]], peer: str | None, first: dict[str, float]) -> list[str]:
    """Return the table's lines for one size; ``first`` keeps the time of a page at the smallest size."""
    made = []
    for name, runs in taken.items():
        wall, cpu, peak = (median(getattr(run, key) for run in runs) for key in ("wall", "cpu", "peak"))
        each = wall / size * 1000
        ratio = (
            median(one.wall / other.wall for one, other in zip(runs, taken[peer], strict=True))
            if peer
            else 0.0
        )
        growth = each / first.setdefault(name, each)
        spread = f"{min(run.wall for run in runs):.2f}-{max(run.wall for run in runs):.2f}"
        made.append(
            f"{size:>6}  {name:<14}{wall:>8.2f}  {spread:>13}{cpu:>8.2f}{peak:>7.0f}{each:>9.2f}{ratio:>7.2f}{growth:>8.2f}"
        )
    return made


def main() -> None:
    """Read the command line, write the pages, measure, print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--sizes", type=int, nargs="+", default=[100, 500, 2000])
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--one-folder", action="store_true", help="all pages in one topic instead of twenty")
    parser.add_argument("--peers", nargs="*", default=["material"], choices=sorted(PEERS))
    wanted = parser.parse_args()
    commands = OURS | {name: PEERS[name] for name in wanted.peers}
    print(
        f"{'pages':>6}  {'what':<14}{'wall s':>8}  {'range':>13}{'CPU s':>8}{'MB':>7}{'ms/page':>9}{'ratio':>7}{'growth':>8}"
    )
    first: dict[str, float] = {}
    for size in wanted.sizes:
        with tempfile.TemporaryDirectory(prefix="kotae-bench-") as folder:
            work = Path(folder)
            arguments = [
                str(work),
                "--documents",
                str(size),
                *(["--one-folder"] if wanted.one_folder else []),
            ]
            subprocess.run([sys.executable, str(HERE / "corpus.py"), *arguments], check=True)
            taken = take_turns(work, commands, wanted.runs)
            print("\n".join(lines(size, taken, wanted.peers[0] if wanted.peers else None, first)), flush=True)


if __name__ == "__main__":
    main()
