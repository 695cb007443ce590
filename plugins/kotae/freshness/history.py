"""The full history of the repository, asked through a small adapter. A shallow or partial clone answers nothing."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import islice, pairwise
from pathlib import Path
from typing import Protocol

from kotae.content.documents import Document
from kotae.content.library import Library
from kotae.content.past import Past
from kotae.content.schema import AUDIENCES
from kotae.durations import read_day
from kotae.freshness.meaning import Section, differences, encode, sections

_MOST = 30  # versions of one page that are looked at
_FIELDS = re.compile(r"\A\ufeff?---[ \t]*\n(.*?)\n---[ \t]*(?:\n|\Z)", re.DOTALL)
_REVIEWED = re.compile(r"^(?:確認日|reviewed)\s*:\s*(.+?)\s*$", re.MULTILINE)
_AUDIENCE = re.compile(r"^(?:公開範囲|audience)\s*:\s*(.+?)\s*$", re.MULTILINE)
_RECENT = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Version:
    """One version of one file: the day it was merged, who wrote it, and where its text lies."""

    path: str
    day: date
    mail: str
    blob: str


class Repository(Protocol):
    """What a history must answer. Tests give one of their own."""

    def full(self) -> bool:
        """Tell whether the whole history is here."""

    def versions(self) -> Iterator[Version]:
        """Yield every version of every file, newest first, under the name the file has today."""

    def read(self, blob: str) -> str:
        """Return the text of a version."""

    def close(self) -> None:
        """Nothing more is asked."""


class Git:
    """The git repository around ``root``. Every command is bounded in time, reads only and asks no network."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._reader: subprocess.Popen[bytes] | None = None

    def full(self) -> bool:
        """Tell whether the whole history is here."""
        shallow = self._run("rev-parse", "--is-shallow-repository").strip()
        return shallow == "false" and not self._run("config", "--get-regexp", r"remote\..*\.promisor").strip()

    def mail(self) -> str:
        """Return the mail git would sign a commit with, or nothing."""
        return self._run("config", "--get", "user.email").strip()

    def versions(self) -> Iterator[Version]:
        """Yield every version of every file, newest first, under the name the file has today."""
        told = self._run(
            "log", "--format=%x01%cs%x09%ae", "--raw", "--no-abbrev", "--relative", "-M", "--",
            "faq", "playbooks", "docs/help", "docs/handbook",
        )  # fmt: skip
        now: dict[str, str] = {}
        day, mail = date.min, ""
        for line in told.splitlines():
            if line.startswith("\x01"):
                written, _, mail = line[1:].partition("\t")
                day = date.fromisoformat(written)
            elif line.startswith(":"):
                facts, *names = line.split("\t")
                _, _, _, blob, status = facts.split(" ")
                path = now.get(names[-1], names[-1])
                if status.startswith("R"):
                    now[names[0]] = path
                if not status.startswith("D") and path.endswith(".md"):
                    yield Version(path, day, mail, blob)

    def read(self, blob: str) -> str:
        """Return the text of a version; empty when it is not there."""
        if self._reader is None:
            self._reader = subprocess.Popen(
                self._command("cat-file", "--batch"), stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL, env=_environment(),
            )  # fmt: skip
        assert self._reader.stdin is not None
        assert self._reader.stdout is not None
        self._reader.stdin.write(f"{blob}\n".encode())
        self._reader.stdin.flush()
        header = self._reader.stdout.readline().split()
        if len(header) != 3:
            return ""
        data = self._reader.stdout.read(int(header[2]) + 1)[:-1]
        return data.decode("utf-8", "replace").replace("\r\n", "\n")

    def close(self) -> None:
        """End the reader."""
        if self._reader is not None:
            self._reader.communicate()
            self._reader = None

    def _command(self, *words: str) -> list[str]:
        return ["git", "-C", str(self._root), "-c", "core.quotepath=off", *words]

    def _run(self, *words: str) -> str:
        try:
            done = subprocess.run(
                self._command(*words), capture_output=True, timeout=60, check=False, env=_environment()
            )
        except (OSError, subprocess.SubprocessError):
            return ""
        return done.stdout.decode("utf-8", "replace") if done.returncode == 0 else ""


def _environment() -> dict[str, str]:
    return {**os.environ, "GIT_OPTIONAL_LOCKS": "0", "GIT_NO_LAZY_FETCH": "1", "LC_ALL": "C"}


def pasts(library: Library, repository: Repository, today: date) -> dict[str, Past] | None:
    """Return what the history says of each document up to ``today``; None when it is not all here."""
    if not repository.full():
        return None
    versions: dict[str, list[Version]] = {}
    for each in repository.versions():
        if each.day <= today:
            versions.setdefault(each.path, []).append(each)
    reader = _Reader(repository.read)
    found = {
        d.path: _past(library, d, versions[d.path], reader, today) for d in library if d.path in versions
    }
    for d in library:
        source = library.source(d)
        if source is not d and d.path in found and source.path in versions:
            basis = _basis(d, found[d.path])
            then = next((v for v in versions[source.path] if v.day <= basis), None)
            if then is not None and then is not versions[source.path][0]:
                marks = tuple(map(encode, reader.sections(then.blob)))
                found[d.path] = replace(found[d.path], source=marks)
    return found


def with_history(library: Library, repository: Repository, today: date) -> Library:
    """Return ``library`` knowing its past, where the full history is at hand."""
    try:
        return replace(library, past=pasts(library, repository, today))
    finally:
        repository.close()


def _basis(document: Document, past: Past) -> date:
    written = document.fields.get("reviewed")
    day = written.value if written else None
    return max(past.changed or past.written, day if isinstance(day, date) else date.min)


class _Reader:
    """Texts of versions, each read once; only the last few are kept."""

    def __init__(self, read: Callable[[str], str]) -> None:
        self._read = read
        self._kept: dict[str, tuple[str, str]] = {}

    def parts(self, blob: str) -> tuple[str, str]:
        """Return front matter and text."""
        if blob not in self._kept:
            if len(self._kept) > 64:
                self._kept.clear()
            text = self._read(blob)
            match = _FIELDS.match(text)
            self._kept[blob] = (match[1], text[match.end() :]) if match else ("", text)
        return self._kept[blob]

    def sections(self, blob: str) -> tuple[Section, ...]:
        """Return the sections of a version."""
        return sections(self.parts(blob)[1])

    def field(self, blob: str, pattern: re.Pattern[str]) -> str:
        """Return a field of a version as written."""
        match = pattern.search(self.parts(blob)[0])
        return match[1].strip("\"'") if match else ""


def _past(
    library: Library, document: Document, versions: list[Version], reader: _Reader, today: date
) -> Past:
    people = frozenset(v.mail.lower() for v in versions)
    past = Past(versions[-1].day, people=people)
    if len(versions) < 2:
        return past
    known = document.fields.get("reviewed")
    since = known.value if known and isinstance(known.value, date) else date.min
    changed = answer = moved = None
    audience = None
    for newer, older in islice(pairwise(versions), _MOST):
        if audience is None and newer.day > today - _RECENT:
            before, after = (_audience(reader.field(v.blob, _AUDIENCE)) for v in (older, newer))
            audience = (newer.day, before, after) if before != after else None
        moving = known is not None and moved is None and _moved(reader, newer, older, since)
        done = (changed is not None or newer.day <= since) and not moving
        if done:
            continue
        found = differences(reader.sections(older.blob), reader.sections(newer.blob))
        if found and changed is None and newer.day > since:
            changed = newer.day
            answer = newer.day if any(d.section == 0 for d in found) else None
        if moving and not found:
            moved = newer.day
    return Past(versions[-1].day, changed, answer, moved, people, (), audience)


def _moved(reader: _Reader, newer: Version, older: Version, day: date) -> bool:
    """Tell whether this version is the one in which the present 確認日 replaced another."""
    now, before = (reader.field(v.blob, _REVIEWED) for v in (newer, older))
    return bool(before) and read_day(now) == day and read_day(before) not in (None, day)


def _audience(written: str) -> str:
    return AUDIENCES.get(written, AUDIENCES.get(written.lower(), "internal")) or "internal"
