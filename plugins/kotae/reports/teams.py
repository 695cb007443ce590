"""Owners as text: the load of each team, pages only one person knows, and a hand-over."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from kotae.freshness.owners import HandOver, Held, Load

_COLUMNS = {
    "ja": ("チーム", "ページ", "確認待ち", "うち期限切れ", "確認後に変更", "4週間以内", "いまの人数"),
    "en": ("team", "pages", "to review", "overdue", "changed", "in 4 weeks", "members"),
}


def loads(found: Sequence[Load], alone: Sequence[Held], history: bool, lang: str) -> str:
    """Return a table of teams and, beneath it, pages only one person knows, by team."""
    rows = [_COLUMNS[lang]]
    for load in found:
        name = load.team.label(lang) if load.team else ("担当なし" if lang == "ja" else "no owner")
        numbers = (load.pages, load.due, load.overdue, load.changed, load.soon, load.members)
        rows.append((name, *map(str, numbers)))  # type: ignore[arg-type]  # as many as the heading has
    widths = [max(_width(row[n]) for row in rows) for n in range(len(rows[0]))]
    lines = [
        "  ".join(
            _padded(cell, width, n > 0) for n, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        for row in rows
    ]
    if alone:
        lines += [
            "",
            _say(
                lang,
                "ひとりしか知らないページ(一緒に確認する人を決める)",
                "Pages only one person knows (name somebody who reads along)",
            ),
        ]
        lines += [
            f"  {_label(held, lang)}: {held.document.title}  {held.document.path}" for held in _by_team(alone)
        ]
    if not history:
        lines += [
            "",
            _say(
                lang,
                "履歴が全部そろっていないので、見直しの記録だけで数えました。",
                "The history is not complete; counted from review records alone.",
            ),
        ]
    return "\n".join(line.rstrip() for line in lines) + "\n"


def hand_over(found: HandOver, lang: str) -> str:
    """Return what a member who leaves hands over, ready to paste."""
    teams = (
        "・".join(t.label(lang) for t in found.teams)
        if lang == "ja"
        else ", ".join(t.label(lang) for t in found.teams)
    )
    lines = [
        _say(lang, f"# 引き継ぎ: {found.member.name}({teams})", f"# Hand-over: {found.member.name} ({teams})")
    ]
    if found.member.leaves:
        lines.append(_say(lang, f"退職日: {found.member.leaves}", f"Last day: {found.member.leaves}"))
    parts = (
        ("ほかに知っている人がいないページ", "Pages nobody else knows", found.alone),
        ("4週間以内に確認するチームのページ", "Pages of the team due within four weeks", found.upcoming),
        ("最後に確認したページ", "Pages this member confirmed last", found.read),
    )
    for ja, en, pages in parts:
        lines += ["", f"## {_say(lang, ja, en)}: {len(pages)}"]
        lines += [
            f"- [ ] {h.document.title}  {h.document.path}{f'  {h.review.due}' if h.review.due else ''}"
            for h in pages
        ]
    lines += ["", f"## {_say(lang, 'チームの役割', 'Roles of the team')}: {len(found.roles)}"]
    for role, left in found.roles:
        rest = _say(lang, f"残る人 {left}人", f"{left} left")
        lines.append(f"- [ ] {role.label(lang)}  {role.contact}  {rest}")
    if found.member.leaves is None:
        lines += [
            "",
            _say(
                lang,
                "desk/teams.yml のこの人の行に「退職日: YYYY-MM-DD」を書いてください。",
                "Write 'leaves: YYYY-MM-DD' in this member's line of desk/teams.yml.",
            ),
        ]
    return "\n".join(lines) + "\n"


def _by_team(pages: Sequence[Held]) -> list[Held]:
    return sorted(pages, key=lambda h: (h.team.id if h.team else "", h.document.path))


def _label(held: Held, lang: str) -> str:
    return held.team.label(lang) if held.team else _say(lang, "担当なし", "no owner")


def _say(lang: str, ja: str, en: str) -> str:
    return en if lang == "en" else ja


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def _padded(text: str, width: int, right: bool) -> str:
    space = " " * (width - _width(text))
    return space + text if right else text + space
