"""Who answers for what: load of each team, pages only one person knows, what somebody who leaves hands over.

Everything is told by team. Nothing here counts or orders people.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from kotae.content.documents import Document
from kotae.content.library import Library
from kotae.desk.model import Member, Role, Team
from kotae.freshness.review import Review, State, records, review

NEEDS = (State.DUE, State.OVERDUE, State.CHANGED)


@dataclass(frozen=True, slots=True)
class Held:
    """One published page, its team (None: nobody known) and how it stands."""

    document: Document
    team: Team | None
    review: Review


@dataclass(frozen=True, slots=True)
class Load:
    """What one team has: its pages, those due or changed, those overdue, those due within four weeks."""

    team: Team | None
    pages: int
    due: int
    overdue: int
    changed: int
    soon: int
    members: int


@dataclass(frozen=True, slots=True)
class HandOver:
    """What to do before a member leaves: pages nobody else knows, reviews coming up, roles of a team left small."""

    member: Member
    teams: tuple[Team, ...]
    alone: tuple[Held, ...]
    upcoming: tuple[Held, ...]
    read: tuple[Held, ...]
    roles: tuple[tuple[Role, int], ...]


def held(library: Library, today: date) -> list[Held]:
    """Return every published document with its team and its state; translations count with their source."""
    found = []
    for d in library:
        if d.status == "published" and library.source(d) is d:
            label = library.owner(d)
            found.append(
                Held(d, library.desk.find("teams", label) if label else None, review(library, d, today))
            )
    return found


def loads(library: Library, today: date, pages: list[Held] | None = None) -> list[Load]:
    """Return the load of each team in the order of teams.yml; pages without a team come last."""
    by_team: dict[str, list[Held]] = {}
    for each in held(library, today) if pages is None else pages:
        by_team.setdefault(each.team.id if each.team else "", []).append(each)
    teams: list[Team | None] = [t for t in library.desk.teams.values() if t.id in by_team]
    return [_load(t, by_team[t.id if t else ""], today) for t in [*teams, *([None] if "" in by_team else [])]]


def _load(team: Team | None, pages: list[Held], today: date) -> Load:
    def count(*states: State) -> int:
        return sum(h.review.state in states for h in pages)

    month = today + timedelta(weeks=4)
    soon = sum(bool(h.review.due and today < h.review.due <= month) for h in pages)
    return Load(
        team, len(pages), count(State.DUE, State.OVERDUE), count(State.OVERDUE), count(State.CHANGED), soon,
        len(team.active(today)) if team else 0,
    )  # fmt: skip


def knowing(library: Library, document: Document, today: date) -> frozenset[str]:
    """Return the mails (or names) of the members who wrote or confirmed a document and still work here."""
    past = (library.past or {}).get(document.path)
    people = {p.lower() for p in (past.people if past else ())}
    people |= {r.by.lower() for r in records(library, document) if r.day <= today}
    return frozenset(people) & _present(library, today)


def _present(library: Library, today: date) -> frozenset[str]:
    members = (m for team in library.desk.teams.values() for m in team.active(today))
    return frozenset((m.mail or m.name).lower() for m in members)


def alone(library: Library, today: date, pages: list[Held] | None = None) -> Iterator[Held]:
    """Yield the pages that only one of today's members ever wrote or confirmed."""
    for each in held(library, today) if pages is None else pages:
        if len(knowing(library, each.document, today)) == 1:
            yield each


def hand_over(library: Library, member: Member, today: date) -> HandOver:
    """Return what ``member`` leaves behind."""
    name = (member.mail or member.name).lower()
    teams = tuple(t for t in library.desk.teams.values() if member in t.members)
    mine = {t.id for t in teams}
    pages = held(library, today)
    month = today + timedelta(weeks=4)
    rest = {t.id: sum(m is not member for m in t.active(today)) for t in teams}
    return HandOver(
        member,
        teams,
        tuple(h for h in pages if knowing(library, h.document, today) == frozenset({name})),
        tuple(h for h in pages if h.team and h.team.id in mine and h.review.due and h.review.due <= month),
        tuple(h for h in pages if h.review.record and h.review.record.by.lower() == name),
        tuple(
            (r, rest[t.id]) for r in library.desk.roles.values() if (t := _team(library, r)) and t.id in mine
        ),
    )


def _team(library: Library, role: Role) -> Team | None:
    found = library.desk.find("teams", role.team) if role.team else None
    return found if isinstance(found, Team) else None
