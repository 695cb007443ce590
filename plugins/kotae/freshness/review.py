"""When a document was confirmed, when it is due, and what that means today. Pure dates, no clock."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from kotae.audience import expired
from kotae.content.documents import Document
from kotae.content.library import Library
from kotae.desk.reviews import Record
from kotae.durations import Span, read_span
from kotae.freshness.quoted import Reason, changes
from kotae.freshness.sealing import broken

SOON = Span(days=14)


class State(StrEnum):
    """How a document stands: confirmed, changed since, due within two weeks, due, overdue past the grace,
    never dated, or no longer published."""

    FRESH = "fresh"
    CHANGED = "changed"
    SOON = "soon"
    DUE = "due"
    OVERDUE = "overdue"
    UNDATED = "undated"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Review:
    """The day of confirmation, the day the next one is due, and the state on the day asked about.

    ``reasons`` say what changed since the day of confirmation, whatever the state. ``path`` is the document that
    was confirmed: for a translation without a confirmation of its own, its source. ``record`` is the evidence, if any.
    """

    reviewed: date | None
    due: date | None
    state: State
    reasons: tuple[Reason, ...] = ()
    path: str = ""
    record: Record | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """Somebody read ``path`` on ``day``; with a record we know what exactly."""

    day: date
    path: str
    record: Record | None = None


def interval(library: Library, document: Document) -> Span:
    """Return the review interval: written, else by severity, else by kind."""
    written = library.value(document, "review_every")
    if isinstance(written, Span):
        return written
    table = library.desk.settings.review_every
    severity = library.value(document, "severity")
    named = table.get(str(severity)) or table.get(document.kind) or "180d"
    return read_span(named) or Span(days=180)


def grace(library: Library, document: Document) -> Span:
    """Return how long a review may wait until it counts as overdue. High and critical playbooks have no grace."""
    if library.value(document, "severity") in ("high", "critical"):
        return Span()
    return read_span(library.desk.settings.review_grace) or Span(days=30)


def review(library: Library, document: Document, today: date) -> Review:
    """Return how ``document`` stands on ``today``."""
    ended = document.status == "deprecated" or expired(document, today)
    found = reading(library, document, today) or reading(library, library.source(document), today)
    if found is None:
        return Review(None, None, State.ENDED if ended else State.UNDATED)
    due = interval(library, document).after(found.day)
    reasons = changes(library, document, found.day, found.record, today)
    if found.record is not None and library.past is None and found.path == document.path:
        reasons += broken(found.record, document)
    state = State.ENDED if ended else _state(library, document, due, bool(reasons), today)
    return Review(found.day, due, state, reasons, found.path, found.record)


def _state(library: Library, document: Document, due: date, changed: bool, today: date) -> State:
    if today >= due and today >= grace(library, document).after(due):
        return State.OVERDUE
    if changed:
        return State.CHANGED
    if today >= due:
        return State.DUE
    return State.SOON if SOON.after(today) >= due else State.FRESH


def reading(library: Library, document: Document, today: date) -> Reading | None:
    """Return the newest reading of this very document: a record, the day written, or a merged change of meaning.

    Only the full history tells the last of these, and a document without any other reading was read when it was
    first merged. In a shallow clone nothing is guessed.
    """
    found: list[Reading] = []
    written = document.fields.get("reviewed")
    if written and isinstance(written.value, date):
        found.append(Reading(written.value, document.path))
    kept = [r for r in records(library, document) if r.day <= today]
    if kept:
        found.append(Reading(kept[-1].day, document.path, kept[-1]))
    past = (library.past or {}).get(document.path)
    if past is not None:
        merged = past.changed or (None if found else past.written)
        if merged is not None and merged <= today:
            found.append(Reading(merged, document.path))
    # On one day a record says more than a date.
    return max(found, key=lambda r: (r.day, r.record is not None), default=None)


def records(library: Library, document: Document) -> tuple[Record, ...]:
    """Return the review records of a document, oldest first."""
    if not library.desk.reviews:
        return ()
    return library.desk.reviews_of.get((document.kind, document.id, document.lang), ())
