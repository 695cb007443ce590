"""The patterns of a CODEOWNERS file, and the people of an OWNERS file: who is asked for which path."""

from __future__ import annotations

import posixpath
import re
from pathlib import Path

import yaml

# Where the code hosts look, in their order.
PLACES = (".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS", ".gitlab/CODEOWNERS")


class Patterns:
    """The lines of a CODEOWNERS file; the last one that matches a path decides."""

    def __init__(self, text: str) -> None:
        self._rows = [row for line in text.splitlines() if (row := _row(line))]

    def owners(self, path: str) -> tuple[str, ...] | None:
        """Return who is asked for ``path``; None when no line matches."""
        for pattern, owners in reversed(self._rows):
            if pattern(path):
                return owners
        return None


class _Pattern:
    def __init__(self, written: str) -> None:
        self._literal = "" if re.search(r"[*?\[]", written) else written.strip("/")
        anchored = "/" in written.rstrip("/")
        self._folder = written.endswith("/")
        if not anchored:
            self._literal = ""
        self._regex = re.compile(_regex(written.strip("/"), anchored, self._folder))

    def __call__(self, path: str) -> bool:
        if self._literal:
            return path.startswith(f"{self._literal}/") or (path == self._literal and not self._folder)
        return self._regex.fullmatch(path) is not None


def _regex(written: str, anchored: bool, folder: bool) -> str:
    made = ""
    for token in re.findall(r"\*\*/|/\*\*|\*\*|\*|\?|.", written):
        made += {"**/": "(?:.*/)?", "/**": "/.*", "**": ".*", "*": "[^/]*", "?": "[^/]"}.get(
            token, re.escape(token)
        )
    # `docs/*` names the files of one folder only; everything else names what lies below as well.
    one_folder = "/" in written and re.search(r"(?<!\*)\*$", written)
    below = "/.*" if folder else "" if one_folder else "(?:/.*)?"
    return ("" if anchored else "(?:.*/)?") + made + below


def _row(line: str) -> tuple[_Pattern, tuple[str, ...]] | None:
    # A space in a path is written with a backslash; GitLab's [sections] name no path.
    words = re.findall(r"(?:\\.|[^\s\\])+", re.sub(r"(?:^|\s)#.*", "", line))
    if not words or (words[0].startswith(("[", "^["))):
        return None
    return _Pattern(re.sub(r"\\(.)", r"\1", words[0])), tuple(words[1:])


class Owners:
    """Who answers for a path: the nearest OWNERS file above it, else the last matching line of CODEOWNERS."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._near: dict[str, str] = {}
        text = next((_read(root / place) for place in PLACES if (root / place).is_file()), "")
        self._patterns = Patterns(text)

    def of(self, path: str) -> str:
        """Return the first owner named, or an empty string."""
        near = self._nearest(posixpath.dirname(path))
        return near or next(iter(self._patterns.owners(path) or ()), "")

    def _nearest(self, folder: str) -> str:
        if folder not in self._near:
            found = _first(_read(self._root / folder / "OWNERS"))
            self._near[folder] = found or (self._nearest(posixpath.dirname(folder)) if folder else "")
        return self._near[folder]


def _first(text: str) -> str:
    """Return the first person of an OWNERS file: a YAML one with approvers, or one name a line."""
    try:
        listed = yaml.safe_load(text) if "approvers" in text else None
    except (yaml.YAMLError, RecursionError, ValueError):
        listed = None
    if isinstance(listed, dict) and isinstance(listed.get("approvers"), list):
        return str(next(iter(listed["approvers"]), ""))
    lines = (line.split("#")[0].strip() for line in text.splitlines())
    return next((line for line in lines if line and ":" not in line and " " not in line), "")


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8", errors="replace") if path.is_file() else ""
    except OSError:
        return ""
