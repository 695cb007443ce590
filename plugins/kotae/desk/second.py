"""The lists of a second, internal repository: their rows join the desk's own and are never public."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from kotae.desk.lists import Desk, load_desk
from kotae.findings import Problem, Said

# Lists whose rows are shown to agents only, or only where a row says so. The others feed the public site.
MAY_BE_INTERNAL = ("teams", "roles", "topics", "inputs", "contacts", "facts", "promises")
_ELSEWHERE = Said(
    "この一覧はお客様のサイトでも使います。公開する側のリポジトリの desk/ に置いてください。",
    "Public pages use this list, too. Put it into desk/ of the public repository.",
)


def add_second(desk: Desk, folder: Path) -> Desk:
    """Return ``desk`` with the rows of ``folder/desk`` added, every one of them closed. Never raises."""
    other = load_desk(folder)
    lists: dict[str, Any] = {name: dict(rows) for name, rows in desk.lists.items()}
    problems = {path: found for path, found in desk.problems.items() if not _now_there(path, found, other)}
    for name, rows in other.lists.items():
        path = f"desk/{name}.yml"
        here = (folder / path).is_file()
        found = [*other.problems.get(path, ())] if here else []
        if rows and name not in MAY_BE_INTERNAL:
            found.append(Problem("KT113", 1, _ELSEWHERE))
            rows = {}
        for row_id, row in rows.items():
            if row_id in lists[name]:
                found.append(_twice(row.line, row_id))
            else:
                lists[name][row_id] = _closed(row)
        if found:
            problems[path] = (*problems.get(path, ()), *found)
    for name in ("settings", "synonyms"):
        if (folder / f"desk/{name}.yml").is_file():
            path = f"desk/{name}.yml"
            problems[path] = (*problems.get(path, ()), Problem("KT113", 1, _ELSEWHERE))
    forbidden = tuple(dict.fromkeys((*desk.forbidden, *other.forbidden)))
    return replace(desk, lists=lists, forbidden=forbidden, problems=problems)


def _now_there(path: str, found: tuple[Problem, ...], other: Desk) -> bool:
    # A required list that is missing in the first repository may stand in the second.
    name = path.removeprefix("desk/").removesuffix(".yml")
    missing = f"{name}.yml がありません。"
    return bool(other.lists.get(name)) and [p.said.ja for p in found] == [missing]


def _closed(row: Any) -> Any:
    if hasattr(row, "public"):
        return replace(row, public=False)
    return replace(row, internal_only=True) if hasattr(row, "internal_only") else row


def _twice(line: int, row_id: str) -> Problem:
    return Problem(
        "KT113",
        line,
        Said(
            f"id「{row_id}」は公開する側の一覧にもあります。どちらか一方に書いてください。",
            f"The id '{row_id}' stands in the public repository's list as well. Keep one of the two.",
        ),
    )
