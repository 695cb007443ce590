"""Seal what was read: make the record of a review, and tell whether the text still says what the record sealed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from kotae.content.documents import Document
from kotae.content.library import Library
from kotae.desk.model import Member
from kotae.desk.reviews import Record, file_of
from kotae.findings import Said
from kotae.freshness.meaning import Difference, Kind, decode, differences, encode, seal, sections
from kotae.freshness.quoted import Reason, values

INTERNAL = ("社内メモ", "Internal notes")


def whole(document: Document) -> str:
    """Return the text of a document with its internal section, as somebody who reviews it reads it."""
    return f"{document.common}\n## {INTERNAL[0]}\n{document.tail}" if document.tail else document.common


def sealed(library: Library, document: Document, by: str, tried: Sequence[str], today: date) -> Record:
    """Return the record of a review of ``document`` on ``today``."""
    source = library.source(document)
    made = Record(
        file="",
        page=document.path,
        id=document.id,
        lang=document.lang,
        day=today,
        by=by,
        tried=tuple(tried),
        text=seal(whole(document)),
        quotes=values(library, document, today),
        sections=tuple(map(encode, sections(whole(document)))),
        source=tuple(map(encode, sections(source.common))) if source is not document else (),
    )
    return replace(made, file=file_of(made))


def broken(record: Record, document: Document) -> tuple[Reason, ...]:
    """Return what changed in meaning since the record sealed this text; a typo keeps the seal."""
    if not record.sections or record.text == seal(whole(document)):
        return ()
    found = differences([decode(line) for line in record.sections], sections(whole(document)))
    return tuple(dict.fromkeys(Reason(said(each)) for each in found))[:3]


_NAMES = {
    Kind.FACT: ("引いている値", "the facts quoted"),
    Kind.NUMBER: ("数字や日付", "numbers or dates"),
    Kind.LINK: ("リンク", "links"),
    Kind.STEP: ("手順の数", "the number of steps"),
    Kind.MESSAGE: ("送る文面", "a message"),
    Kind.DENIAL: ("できる・できないの書き方", "what is possible and what is not"),
    Kind.WORDS: ("文章", "wording"),
}


def said(change: Difference) -> Said:
    """Say one change: what, from what, to what."""
    ja, en = _NAMES[change.kind]
    hidden = change.kind in (Kind.MESSAGE, Kind.DENIAL)  # Hashes and counts tell a reader nothing.
    shown = (
        ""
        if hidden or not (change.before or change.after)
        else f"{change.before or '-'} → {change.after or '-'}"
    )
    return Said(
        f"{ja}が変わりました({shown})" if shown else f"{ja}が変わりました",
        f"{en} changed ({shown})" if shown else f"{en} changed",
    )


def person(library: Library, written: str) -> tuple[Member, str] | None:
    """Return the member called ``written`` (mail, or name as in teams.yml) and the id of the first team."""
    wanted = "".join(written.split()).lower()
    for team in library.desk.teams.values():
        for member in team.members:
            if wanted and wanted in (member.mail.lower(), "".join(member.name.split()).lower()):
                return member, team.id
    return None
