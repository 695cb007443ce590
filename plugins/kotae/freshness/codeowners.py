"""CODEOWNERS: which team the code host asks for a file. Written between two marks; the rest of the file is yours."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from kotae.content.documents import Document
from kotae.content.library import Library
from kotae.content.patterns import PLACES, Patterns
from kotae.desk.model import Team

BEGIN = "# kotae owners --write: ここから (begin)"
END = "# kotae owners --write: ここまで (end)"
_ROOTS = {"faq": "faq", "playbook": "playbooks"}


def place(root: Path) -> tuple[str, str]:
    """Return where the file stands, or would be written, and its text (empty: there is none)."""
    for path in PLACES:
        try:
            return path, (root / path).read_text(encoding="utf-8-sig")
        except (OSError, UnicodeDecodeError):
            continue
    return "CODEOWNERS", ""


def handles(team: Team, today: date) -> tuple[str, ...]:
    """Return how CODEOWNERS names a team: its handle on the code host, else the mails of those who work here."""
    return (team.handle,) if team.handle else tuple(m.mail for m in team.active(today) if m.mail)


def lines(library: Library, today: date) -> list[str]:
    """Return the lines for all pages: one for each folder of a topic, and one for each page of another team."""
    folders: dict[str, Team] = {}
    for topic in library.desk.topics.values():
        team = library.desk.find("teams", topic.owner) if topic.owner else None
        if isinstance(team, Team) and handles(team, today):
            for kind in _ROOTS.values():
                if any(d.path.startswith(f"{kind}/{topic.id}/") for d in library):
                    folders[f"/{kind}/{topic.id}/"] = team
    found = dict(sorted(folders.items()))
    for d in library:
        team = library.desk.find("teams", library.owner(d)) if library.owner(d) else None
        folder = next((t for p, t in folders.items() if f"/{d.path}".startswith(p)), None)
        if isinstance(team, Team) and team is not folder and handles(team, today):
            found[f"/{d.path}"] = team
    width = max(map(len, found), default=0)
    return [
        f"{path.replace(' ', chr(92) + ' '):<{width}} {' '.join(handles(team, today))}"
        for path, team in found.items()
    ]


def renewed(text: str, block: Sequence[str]) -> str:
    """Return the file's text with the lines between the marks replaced; without marks they are put at the end."""
    ours = "\n".join((BEGIN, *block, END))
    if BEGIN in text and END in text:
        before, _, rest = text.partition(BEGIN)
        return before + ours + rest.partition(END)[2]
    return (text.rstrip("\n") + "\n\n" if text.strip() else "") + ours + "\n"


def strays(library: Library, text: str, today: date) -> Iterator[tuple[Document, Team, tuple[str, ...]]]:
    """Yield the pages that CODEOWNERS does not send to their team: the page, the team, who is asked instead."""
    patterns = Patterns(text)
    for d in library:
        label = library.owner(d)
        team = library.desk.find("teams", label) if label else None
        if not isinstance(team, Team) or not (wanted := handles(team, today)):
            continue
        asked = patterns.owners(d.path) or ()
        if not {a.lower() for a in asked} & {w.lower() for w in wanted}:
            yield d, team, asked
