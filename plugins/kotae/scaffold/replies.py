"""Reply texts for the macros of a ticket system: every message of every playbook, quotations filled in, gaps left open.

A text is known by its key, ``language/playbook/step/channel/number``, so that a later export can be laid beside an
earlier one: what a macro holds and what the playbook says today.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, fields
from datetime import date

from kotae.audience import INTERNAL, visible
from kotae.content.library import Library
from kotae.findings import Said
from kotae.flow.parse import flows
from kotae.links.quotes import fill

FORMATS = ("csv", "json")
# A spreadsheet would run a cell that begins so; the mark before it is taken off again when a file is read.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_MARK = "'"


@dataclass(frozen=True, slots=True)
class Reply:
    """One text. ``sha256`` is of subject and body, so that a macro edited by hand is seen too."""

    key: str
    lang: str
    playbook: str
    step: str
    channel: str
    title: str
    subject: str
    body: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Drift:
    """One difference between an earlier export and today. ``kind``: new, gone, changed or edited."""

    kind: str
    key: str
    said: Said


class UnreadableError(Exception):
    """A file that is no export of replies."""


def replies(library: Library, today: date) -> Iterator[Reply]:
    """Yield the texts that agents may use on ``today``, in the order of the playbooks and their steps."""
    every = flows(library)
    for path in every:
        flow = every[path]
        document = flow.document
        if not visible(library, document, INTERNAL, today):
            continue
        counted: dict[tuple[str, str], int] = {}
        for node, message in flow.messages:
            if message.channel == "note":
                continue
            number = counted[node.id, message.channel] = counted.get((node.id, message.channel), 0) + 1
            subject = fill(message.subject, library, document.lang, today)
            body = fill(message.body, library, document.lang, today).strip("\n")
            key = f"{document.lang}/{document.topic}/{document.id}/{node.id}/{message.channel}/{number}"
            yield Reply(
                key, document.lang, document.title, node.title, message.channel, message.title, subject, body,
                _hash(subject, body),
            )  # fmt: skip


def _hash(subject: str, body: str) -> str:
    # Line ends are what editors and spreadsheets change without anybody's wish.
    text = f"{subject}\n\n{body}".replace("\r\n", "\n").replace("\r", "\n")
    return hashlib.sha256(text.encode()).hexdigest()


def written(found: Iterable[Reply], form: str) -> str:
    """Return the texts as ``csv`` (for a spreadsheet or an import) or ``json``."""
    if form == "json":
        return json.dumps({"replies": [asdict(r) for r in found]}, ensure_ascii=False, indent=1) + "\n"
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([f.name for f in fields(Reply)])
    for each in found:
        cells = [str(value) for value in asdict(each).values()]
        writer.writerow([_MARK + c if c.startswith((*_FORMULA, _MARK)) else c for c in cells])
    return out.getvalue()


def read(text: str) -> dict[str, Reply]:
    """Return the texts of an earlier export by key, whichever form it has. Raises UnreadableError."""
    text = text.removeprefix("\ufeff")
    try:
        if text.lstrip().startswith("{"):
            rows = json.loads(text)["replies"]
        else:
            rows = [
                {name: (cell or "").removeprefix(_MARK) for name, cell in row.items()}
                for row in csv.DictReader(io.StringIO(text, newline=""))
            ]
        names = [f.name for f in fields(Reply)]
        found = [Reply(*(_text(row, name) for name in names)) for row in rows]
    except (ValueError, KeyError, TypeError, AttributeError, csv.Error) as error:
        raise UnreadableError(str(error)) from error
    if not found and not text.startswith("key,"):
        raise UnreadableError("no replies")
    return {each.key: each for each in found}


def _text(row: Mapping[str, object], name: str) -> str:
    value = row[name]
    if not isinstance(value, str):
        raise UnreadableError(name)
    return value


def drift(before: Mapping[str, Reply], today: Iterable[Reply]) -> list[Drift]:
    """Return what is no longer as it was exported: texts changed in the playbook, edited in the file, new and gone."""
    found: list[Drift] = []
    now = {each.key: each for each in today}
    for key, each in now.items():
        old = before.get(key)
        name = f"{each.playbook} > {each.step} > {each.title or each.channel}"
        if old is None:
            found.append(Drift("new", key, Said(f"{name}: 新しい文面です。", f"{name}: this text is new.")))
        elif old.sha256 != each.sha256:
            found.append(Drift("changed", key, Said(f"{name}: 手順書の文面が変わりました。マクロを入れ替えてください。", f"{name}: the playbook says something else now. Replace the macro.")))  # fmt: skip
        elif _hash(old.subject, old.body) != each.sha256:
            found.append(Drift("edited", key, Said(f"{name}: 書き出したあとに、文面が直されています。手順書を直すか、元に戻してください。", f"{name}: the text was edited after the export. Mend the playbook, or undo the edit.")))  # fmt: skip
    for key, each in before.items():
        if key not in now:
            name = f"{each.playbook} > {each.step} > {each.title or each.channel}"
            found.append(Drift("gone", key, Said(f"{name}: この文面はなくなりました。マクロを外してください。", f"{name}: this text is gone. Remove the macro.")))  # fmt: skip
    return found
