"""例外: a page asks that one rule be silent for a while, with a reason and a person who answers for it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from kotae.durations import read_day
from kotae.strict_yaml import Items, Node, Pairs, Text

KEYS = {
    "規則": "rule", "rule": "rule", "理由": "reason", "reason": "reason", "担当": "owner", "owner": "owner",
    "期限": "until", "until": "until",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Waiver:
    """One exception. Empty parts were not written, or could not be read; KT510 says so."""

    line: int
    rule: str = ""
    reason: str = ""
    owner: str = ""
    until: date | None = None

    def whole(self) -> bool:
        """Tell whether every part is there."""
        return bool(self.rule and self.reason and self.owner and self.until)


def read_waivers(node: Node) -> tuple[Waiver, ...]:
    """Read the list under 例外; a row that is no mapping becomes an empty waiver on its line."""
    rows = node.items if isinstance(node, Items) else (node,)
    return tuple(_waiver(row) for row in rows)


def _waiver(row: Node) -> Waiver:
    if not isinstance(row, Pairs):
        return Waiver(row.line)
    parts = {
        KEYS[key.text]: value.text.strip()
        for key, value in row.pairs
        if key.text in KEYS and isinstance(value, Text)
    }
    return Waiver(
        row.line, parts.get("rule", "").upper(), parts.get("reason", ""), parts.get("owner", ""),
        read_day(parts.get("until", "")),
    )  # fmt: skip
