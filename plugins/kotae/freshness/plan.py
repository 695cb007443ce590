"""A levelled plan: which page to review on which working day, so that no day is a mountain. Deterministic."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from kotae.content.documents import Document
from kotae.content.library import Library
from kotae.desk.model import Team
from kotae.desk.workdays import workdays
from kotae.freshness.owners import Held, held
from kotae.freshness.review import Review, State

_SEVERITY = {"critical": 8, "high": 6, "normal": 3, "low": 2}


@dataclass(frozen=True, slots=True)
class Planned:
    """One review: on which day, of what, by which team (None: nobody known)."""

    day: date
    document: Document
    team: Team | None
    review: Review


def plan(
    library: Library,
    today: date,
    weeks: int = 13,
    views: Mapping[str, int] | None = None,
    pages: Sequence[Held] | None = None,
) -> list[Planned]:
    """Spread the reviews of the coming weeks over the working days of each team.

    No day holds more than the pages of the team divided by its days. Each page comes as late as its due day allows;
    what is overdue, changed or was never confirmed fills the free days from the front, the weightiest first.
    ``views`` (by path or id) lets often-read pages come earlier.
    """
    last = today + timedelta(weeks=weeks) - timedelta(days=1)
    by_team: dict[str, list[Held]] = {}
    for each in held(library, today) if pages is None else pages:
        if _wanted(each.review, last):
            by_team.setdefault(each.team.id if each.team else "", []).append(each)
    made: list[Planned] = []
    for found in by_team.values():
        team = found[0].team
        calendar = library.desk.calendars.get(team.calendar) if team else None
        days = list(workdays(calendar, today, last)) or [today]
        weights = {h.document.path: weight(library, h, today, views or {}) for h in found}
        made += [Planned(day, h.document, team, h.review) for day, h in _level(found, days, weights, today)]
    return sorted(made, key=lambda p: (p.day, p.team.id if p.team else "", p.document.path))


def _wanted(review: Review, last: date) -> bool:
    if review.state is State.ENDED:
        return False
    return review.state in (State.UNDATED, State.CHANGED) or (review.due is not None and review.due <= last)


def weight(library: Library, page: Held, today: date, views: Mapping[str, int]) -> float:
    """Return how much a late review of this page would hurt: severity, what changed, age in years, views."""
    severity = str(library.value(page.document, "severity") or "normal")
    age = (today - page.review.reviewed).days / 365 if page.review.reviewed else 1.0
    seen = views.get(page.document.path, views.get(page.document.id, 0))
    return (
        _SEVERITY.get(severity, 3)
        + (6 if page.review.reasons else 0)
        + min(4.0, max(0.0, age))
        + min(4.0, len(str(seen)) if seen > 0 else 0)  # 10, 100, 1000 views: one point each
    )


def _level(
    found: Sequence[Held], days: Sequence[date], weights: Mapping[str, float], today: date
) -> list[tuple[date, Held]]:
    room = dict.fromkeys(days, -(-len(found) // len(days)))
    waiting = [h for h in found if h.review.due and h.review.due >= days[0] and not h.review.reasons]
    behind = [h for h in found if h not in waiting]
    placed: list[tuple[date, Held]] = []
    # From the last day back, each day takes what is due latest; of two, the lighter one may wait.
    waiting.sort(key=lambda h: (h.review.due or today, -weights[h.document.path], h.document.path))
    for day in reversed(days):
        while room[day] and waiting and (waiting[-1].review.due or today) >= day:
            placed.append((day, waiting.pop()))
            room[day] -= 1
    behind += waiting  # Too many for the days before they are due: they come as soon as there is room.
    behind.sort(key=lambda h: (h.review.state is State.UNDATED, -weights[h.document.path], h.document.path))
    for day in days:
        while room[day] and behind:
            placed.append((day, behind.pop(0)))
            room[day] -= 1
    return placed
