"""Who sees what, and what a change would make public, word for word: what a reviewer reads before a merge."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from kotae.audience import INTERNAL, PUBLIC, cut, visible
from kotae.content.documents import Document
from kotae.content.library import ROOTS, Library
from kotae.links.quotes import fill

NOBODY, ABSENT = "nobody", "absent"


class RevisionError(Exception):
    """The revision cannot be read; the message says why."""


@dataclass(frozen=True, slots=True)
class Seen:
    """Who sees one document: ``public`` (customers and colleagues), ``internal`` (colleagues) or ``nobody``."""

    path: str
    title: str
    audience: str


@dataclass(frozen=True, slots=True)
class Change:
    """One document whose public text a change touches.

    ``before`` and ``after`` are as in Seen, or ``absent``. ``text`` is all that will go out of a page that becomes
    public; of a page that was public already, the lines that were internal and no longer are.
    """

    path: str
    title: str
    before: str
    after: str
    text: str = ""


def audience_of(library: Library, document: Document, today: date) -> str:
    """Return who sees ``document`` on ``today``."""
    for audience in (PUBLIC, INTERNAL):
        if visible(library, document, audience, today):
            return audience
    return NOBODY


def audiences(library: Library, today: date) -> list[Seen]:
    """Return every document with its audience, in the order of paths."""
    return [Seen(d.path, d.title, audience_of(library, d, today)) for d in library]


def outgoing(library: Library, document: Document, today: date) -> str:
    """Return the text customers will get of a public ``document``, quotations filled in, and the words it is found by."""
    text = fill(cut(document, PUBLIC).common, library, document.lang, today).strip("\n")
    words = [
        *map(str, library.texts(document, "paraphrases")),
        *map(str, library.texts(document, "ambiguous")),
    ]
    return text + ("\n\n" + "\n".join(f"[{word}]" for word in words) if words else "") + "\n"


def changes(old: Library, new: Library, today: date) -> list[Change]:
    """Return what ``new`` would publish that ``old`` did not, and what it would stop publishing."""
    found, met = [], set()
    hidden = _hidden(old, today)
    for d in new:
        earlier = old.by_path.get(d.path) or old.by_id.get((d.kind, d.id, d.lang))
        met.add(earlier.path if earlier else "")
        before = audience_of(old, earlier, today) if earlier else ABSENT
        after = audience_of(new, d, today)
        if after == PUBLIC:
            text = outgoing(new, d, today)
            if before == PUBLIC:
                text = "".join(f"{line}\n" for line in text.splitlines() if line.strip() in hidden)
            if before != PUBLIC or text:
                found.append(Change(d.path, d.title, before, after, text))
        elif before == PUBLIC:
            found.append(Change(d.path, d.title, before, after))
    for d in old:
        if d.path not in met and d.path not in new.by_path and audience_of(old, d, today) == PUBLIC:
            found.append(Change(d.path, d.title, PUBLIC, ABSENT))
    return sorted(found, key=lambda change: change.path)


def _hidden(library: Library, today: date) -> set[str]:
    # Lines only colleagues could read, wherever they stood.
    internal: set[str] = set()
    said: set[str] = set()
    for d in library:
        public = audience_of(library, d, today) == PUBLIC
        (said if public else internal).update(line.strip() for line in d.common.splitlines())
        internal.update(line.strip() for line in d.tail.splitlines())
    return {line for line in internal - said if any(c.isalnum() for c in line)}


def at_revision(root: Path, revision: str, folder: Path) -> None:
    """Write the content and the lists of ``root`` as they stood at a git ``revision`` into ``folder``.

    Raises RevisionError. Links are left out; nothing outside the content folders is read.
    """
    commit = _git(root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    name = commit.decode().strip()
    for path, blob in _entries(_git(root, "ls-tree", "-r", "-z", name, "--", *ROOTS, "desk")):
        target = folder / path
        if folder.resolve() not in target.resolve().parents:
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(_git(root, "cat-file", "blob", blob))


def _entries(listing: bytes) -> Iterator[tuple[str, str]]:
    for entry in listing.split(b"\0"):
        facts, _, path = entry.partition(b"\t")
        if facts.startswith(b"100"):  # an ordinary file
            yield path.decode("utf-8", "surrogateescape"), facts.split()[2].decode()


def _git(root: Path, *words: str) -> bytes:
    command = ["git", "-c", "core.fsmonitor=false", "-C", str(root), *words]
    try:
        done = subprocess.run(command, capture_output=True, timeout=120, check=False)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise RevisionError(str(error)) from error
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip().splitlines()
        raise RevisionError(said[0] if said else f"no such revision: {words[-1].removesuffix('^{commit}')}")
    return done.stdout
