"""Which files a change touched: against a base, in the working tree, and those git does not know yet."""

from __future__ import annotations

import subprocess
from pathlib import Path


class NoBaseError(Exception):
    """There is no such commit, or no repository."""


def touched(root: Path, base: str = "") -> frozenset[str]:
    """Return the paths below ``root`` that differ from ``base``, as findings name them.

    Without a base the branch is compared with the one it came from (origin's default, else main or master), and
    where there is none with its own last commit. A file under its old name counts as touched, too.
    Raises NoBaseError.
    """
    if base.startswith("-"):
        raise NoBaseError(base)
    start = _first(
        root, [base] if base else ["origin/HEAD", "origin/main", "origin/master", "main", "master", "HEAD"]
    )
    if start is None:
        raise NoBaseError(base or "git")
    fork = _git(root, "merge-base", start, "HEAD")
    changed = _git(
        root, "diff", "-z", "--name-only", "--no-renames", "--relative", (fork or start).strip(), "--"
    )
    fresh = _git(root, "ls-files", "-z", "--others", "--exclude-standard")
    if changed is None or fresh is None:
        raise NoBaseError(base or start)
    return frozenset(filter(None, (changed + fresh).split("\0")))


def _first(root: Path, names: list[str]) -> str | None:
    return next((n for n in names if _git(root, "rev-parse", "--verify", "--quiet", f"{n}^{{commit}}")), None)


def _git(root: Path, *words: str) -> str | None:
    try:
        done = subprocess.run(
            ["git", "-C", str(root), "-c", "core.quotepath=off", "-c", "core.fsmonitor=false", *words],
            capture_output=True, timeout=60, check=False,
        )  # fmt: skip
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout.decode("utf-8", "surrogateescape") if done.returncode == 0 else None
