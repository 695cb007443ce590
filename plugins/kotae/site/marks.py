"""Marks of time on a page: right on the day it is printed, and turned by the browser afterwards."""

from __future__ import annotations

from datetime import date
from typing import Any

from kotae.content.documents import Document
from kotae.freshness.review import SOON, State, grace, review
from kotae.freshness.translations import behind
from kotae.site.press import Press
from kotae.site.text import Parts
from kotae.site.words import count, month


def due_mark(press: Press, document: Document, due: date | None, lang: str) -> dict[str, Any]:
    """Return what the mark of a due day needs: right words today, and the days on which the browser changes them."""
    words, today = press.edition.words[lang], press.edition.today
    if due is None:
        return {"due": "", "stop": "", "made": "", "kind": "", "left": ""}
    stop = grace(press.edition.library, document).after(due)
    left = (due - today).days
    kind = "stop" if today >= due and today >= stop else "care" if due <= SOON.after(today) else ""
    told = count(words, "days_left", left) if left >= 0 else count(words, "days_over", -left)
    return {
        "due": due.isoformat(),
        "stop": stop.isoformat(),
        "made": today.isoformat(),
        "kind": kind,
        "left": told if kind else "",
    }


def confirmed(press: Press, document: Document) -> dict[str, str]:
    """Return what a customer reads of the last review: the month, and only while it is within its interval."""
    found = review(press.edition.library, document, press.edition.today)
    if found.reviewed is None or found.due is None or found.state not in (State.FRESH, State.SOON):
        return {"confirmed": "", "confirmed_until": ""}
    words = press.edition.words[document.lang]
    told = words["confirmed"].replace("#", month(found.reviewed, document.lang))
    return {"confirmed": told, "confirmed_until": found.due.isoformat()}


def older_parts(press: Press, document: Document, parts: Parts) -> dict[str, str]:
    """Return the note for each section (by anchor; empty: the top) that may be older than the page it was made from."""
    note = press.edition.words[document.lang]["older_part"]
    anchors = ["", *(s.anchor for s in parts.sections if s.title)]
    return {
        anchors[min(each.section, len(anchors) - 1)]: f'<p class="older">{note}</p>'
        for each in behind(press.edition.library, document, press.edition.today)
    }
