"""今週の確認: the page of whoever leads the team. Every number opens its list, every list ends in something to do.

Pages are counted by team, never by person, and nothing is a score.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from kotae.audience import INTERNAL, PUBLIC
from kotae.content.documents import Document
from kotae.freshness.owners import Held, alone, held, knowing
from kotae.freshness.plan import plan
from kotae.freshness.review import State, review
from kotae.freshness.sealing import said
from kotae.freshness.translations import behind
from kotae.links.addresses import relative
from kotae.site.articles import edit_href
from kotae.site.marks import due_mark
from kotae.site.press import Head, Press
from kotae.site.words import count, day

AT = "week/"
_WEEKS = 4
_MOST_ASKED = 30  # pages named in a prepared request; a longer address is refused by some hosts

Row = dict[str, Any]


def leads_page(press: Press, lang: str) -> bytes:
    """Return the page as of the day of the edition."""
    edition = press.edition
    at, words = f"{edition.home(lang)}{AT}", edition.words[lang]
    pages = held(edition.library, edition.today)
    monday, sunday = week(edition.today)
    lists = [
        _this_week(press, lang, at, pages, sunday),
        _stale(press, lang, at, pages),
        _alone(press, lang, at, pages),
        _switched(press, lang, at),
    ]
    page = {
        "title": words["week"],
        "as_of": words["as_of_moment"].replace("#", day(edition.today, lang)),
        "lists": lists,
        "weeks": _plan(press, lang, at, pages, monday),
        "history": edition.library.past is not None,
    }
    head = Head("leads", words["week"])
    other = edition.languages[(edition.languages.index(lang) + 1) % len(edition.languages)]
    twin = press.twin(INTERNAL, lang, at, f"{edition.home(other)}{AT}") if other != lang else None
    return press.page(INTERNAL, lang, at, "leads", page, head, current="week", twin=twin)


def week(today: date) -> tuple[date, date]:
    """Return Monday and Sunday of the week to work on: on a weekend, the week that comes."""
    monday = today - timedelta(days=today.weekday()) + timedelta(days=7 if today.weekday() > 4 else 0)
    return monday, monday + timedelta(days=6)


def _row(press: Press, document: Document, team: str, lang: str, at: str, why: Iterable[str] = ()) -> Row:
    found = review(press.edition.library, document, press.edition.today)
    return {
        "href": relative(at, press.edition.address(document)),
        "title": document.title,
        "path": document.path,
        "team": team,
        "day": day(found.due, lang) if found.due else "",
        "mark": due_mark(press, document, found.due, lang),
        "why": list(why),
        "edit_href": edit_href(press, document),
    }


def _team(each: Held, lang: str, words: dict[str, str]) -> str:
    return each.team.label(lang) if each.team else words["no_owner"]


def _list(
    press: Press,
    name: str,
    lang: str,
    rows: Sequence[Row],
    text: str,
    action: str,
    href: str = "",
    shown: str = "why",
) -> dict[str, Any]:
    words = press.edition.words[lang]
    return {
        "id": name,
        "title": words[f"week_{name}"],
        "figure": len(rows),
        "text": text,
        "rows": rows,
        "shown": shown,
        "open": words["see_pages"].replace("#", str(len(rows))),
        "action": words[action] if rows else "",
        "action_href": (href or _ask(press, words[f"week_{name}"], rows)) if rows else "",
    }


def _ask(press: Press, title: str, rows: Sequence[Row]) -> str:
    """Return a prepared request on the code host that names the pages by team, or nothing without a repository."""
    repository = press.edition.library.desk.settings.repository.rstrip("/")
    if not repository:
        return ""
    body = "\n".join(f"- [ ] {r['team']}: {r['title']} ({r['path']})" for r in rows[:_MOST_ASKED])
    if "gitlab" in repository:
        return f"{repository}/-/issues/new?{urlencode({'issue[title]': title, 'issue[description]': body})}"
    return f"{repository}/issues/new?{urlencode({'title': title, 'body': body})}"


def _this_week(press: Press, lang: str, at: str, pages: Sequence[Held], sunday: date) -> dict[str, Any]:
    words = dict(press.edition.words[lang])
    found = [
        h for h in pages if h.review.state is not State.ENDED and h.review.due and h.review.due <= sunday
    ]
    found.sort(key=lambda h: (h.review.due or sunday, h.document.path))
    teams = Counter(_team(h, lang, words) for h in found)
    if not found:
        text = words["week_due_none"]
    else:
        (most, number), *rest = teams.most_common()
        text = count(words, "week_due_most" if rest else "week_due_only", number).replace("@", most)
        if rest:
            listed = [count(words, "week_due_rest", n).replace("@", team) for team, n in rest]
            text += words["between_sentences"] + words["list_comma"].join(listed) + words["week_due_end"]
    rows = [_row(press, h.document, _team(h, lang, words), lang, at) for h in found]
    return _list(press, "due", lang, rows, text, "level", "#plan", "day")


def _stale(press: Press, lang: str, at: str, pages: Sequence[Held]) -> dict[str, Any]:
    """List public pages that are overdue or changed since they were read, and sections of translations left behind."""
    edition, words = press.edition, dict(press.edition.words[lang])
    teams = {h.document.path: _team(h, lang, words) for h in pages}
    rows: list[Row] = []
    for d in edition.library:
        if d.path not in edition.seen[PUBLIC]:
            continue
        found = review(edition.library, d, edition.today)
        why = [r.said.in_(lang) for r in found.reasons] if found.path == d.path or found.reasons else []
        if found.state is State.OVERDUE and found.path == d.path and found.due:
            why.append(count(words, "days_over", (edition.today - found.due).days))
        for each in behind(edition.library, d, edition.today):
            what = words["list_comma"].join(dict.fromkeys(said(c).in_(lang) for c in each.changes[:2]))
            why.append(words["behind_source"].replace("@", each.title).replace("#", what))
        if why:
            team = teams.get(edition.library.source(d).path, words["no_owner"])
            rows.append(_row(press, d, team, lang, at, why))
    text = words["week_stale_text"] if rows else words["week_stale_none"]
    return _list(press, "stale", lang, rows, text, "ask_teams")


def _alone(press: Press, lang: str, at: str, pages: Sequence[Held]) -> dict[str, Any]:
    edition, words = press.edition, dict(press.edition.words[lang])
    found = sorted(
        alone(edition.library, edition.today, list(pages)),
        key=lambda h: (_team(h, lang, words), h.document.path),
    )
    rows = [_row(press, h.document, _team(h, lang, words), lang, at) for h in found]
    known = bool(rows) or any(knowing(edition.library, h.document, edition.today) for h in pages)
    text = words["week_alone_text" if rows else "week_alone_none" if known else "week_alone_unknown"]
    return _list(press, "alone", lang, rows, text, "read_along", shown="")


def _switched(press: Press, lang: str, at: str) -> dict[str, Any]:
    """List pages that went public or internal within a week, as the history tells."""
    edition, words = press.edition, dict(press.edition.words[lang])
    rows: list[Row] = []
    for d in edition.library:
        past = (edition.library.past or {}).get(d.path)
        if past is None or past.audience is None or d.path not in edition.seen[INTERNAL]:
            continue
        when, before, after = past.audience
        names = {PUBLIC: words["is_public"], INTERNAL: words["internal_only"]}
        why = f"{names.get(before, before)} → {names.get(after, after)} ({day(when, lang)})"
        team = edition.library.desk.find("teams", edition.library.owner(d))
        rows.append(_row(press, d, team.label(lang) if team else words["no_owner"], lang, at, [why]))
    told = "week_switched_text" if rows else "week_switched_none"
    text = words[told if edition.library.past is not None else "week_switched_unknown"]
    return _list(press, "switched", lang, rows, text, "ask_teams")


def _plan(press: Press, lang: str, at: str, pages: Sequence[Held], monday: date) -> list[dict[str, Any]]:
    """Return the levelled plan of the coming weeks, week by week."""
    edition, words = press.edition, dict(press.edition.words[lang])
    start = max(edition.today, monday)
    made = plan(edition.library, start, _WEEKS, pages=pages)
    weeks: dict[date, list[Row]] = {}
    for each in made:
        first = each.day - timedelta(days=each.day.weekday())
        team = each.team.label(lang) if each.team else words["no_owner"]
        row = _row(press, each.document, team, lang, at)
        weeks.setdefault(first, []).append(row | {"planned": day(each.day, lang)})
    return [
        {
            "title": words["week_of"].replace("#", day(first, lang)),
            "count": count(words, "pages_count", len(rows)),
            "teams": [
                count(words, "week_due_rest", n).replace("@", team)
                for team, n in Counter(r["team"] for r in rows).most_common()
            ],
            "rows": rows,
        }
        for first, rows in sorted(weeks.items())
    ]
