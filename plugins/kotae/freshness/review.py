"""When a document was confirmed, when it is due, and what that means today. Pure dates, no clock."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from kotae.content.documents import Document
from kotae.content.library import Library
from kotae.durations import Span, read_span

_SOON = Span(days=14)


class State(StrEnum):
    """How a document stands: fresh, due within two weeks, due, overdue past the grace, or never dated."""

    FRESH = "fresh"
    SOON = "soon"
    DUE = "due"
    OVERDUE = "overdue"
    UNDATED = "undated"


@dataclass(frozen=True, slots=True)
class Review:
    """The day of confirmation, the day the next one is due, and the state on the day asked about."""

    reviewed: date | None
    due: date | None
    state: State


def interval(library: Library, document: Document) -> Span:
    """Return the review interval: written, else by severity, else by kind."""
    written = library.value(document, "review_every")
    if isinstance(written, Span):
        return written
    table = library.desk.settings.review_every
    severity = library.value(document, "severity")
    named = table.get(str(severity)) or table.get(document.kind) or "180d"
    return read_span(named) or Span(days=180)


def review(library: Library, document: Document, today: date) -> Review:
    """Return how ``document`` stands on ``today``. High and critical playbooks have no grace."""
    found = document.fields.get("reviewed") or library.source(document).fields.get("reviewed")
    if found is None or not isinstance(found.value, date):
        return Review(None, None, State.UNDATED)
    due = interval(library, document).after(found.value)
    strict = library.value(document, "severity") in ("high", "critical")
    grace = Span() if strict else read_span(library.desk.settings.review_grace) or Span(days=30)
    if today >= grace.after(due):
        state = State.OVERDUE
    elif today >= due:
        state = State.DUE
    else:
        state = State.SOON if _SOON.after(today) >= due else State.FRESH
    return Review(found.value, due, state)
