"""The ``- key: value`` lines right after a heading."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from kotae.content.markdown import plain
from kotae.findings import Problem, Said
from kotae.flow.blocks import Block
from kotae.flow.limits import read_limit, read_repeat
from kotae.flow.model import ESCALATION, Fact, Word
from kotae.flow.vocabulary import FACT_OF, FACTS, NO, YES, fold, near_fact

_LINE = re.compile(r"([^:：「」\"\n]{1,40}?)\s*[:：]\s*(.*)", re.DOTALL)
_LISTS = {"role": "roles", "to": "roles", "permission": "permissions", "hand_over": "hand_over"}
_LISTED = re.compile(r"[,、，]")


def split(text: str) -> tuple[str, str] | None:
    """Return key and value of a line, or None when it is not written so."""
    match = _LINE.fullmatch(text)
    return (match[1].strip(), " ".join(match[2].split())) if match else None


def known(block: Block) -> bool:
    """Tell whether a list holds at least one line whose key a step may have."""
    pairs = (split(item.text) for item in block.items)
    return any(pair and fold(pair[0]) in FACT_OF for pair in pairs)


def almost(block: Block) -> bool:
    """Tell whether every line looks like a fact, one of them with a key that is nearly known."""
    # Facts are few: a long list is something else, and is not searched for slips.
    pairs = [split(item.text) for item in block.items[:12]]
    return bool(pairs) and all(pairs) and any(pair and near_fact(pair[0]) for pair in pairs)


def key(text: str) -> str:
    """Return the kind of fact a line is, or an empty string."""
    pair = split(text)
    return FACT_OF.get(fold(pair[0]), "") if pair else ""


def read(items: tuple[Word, ...], problems: list[Problem]) -> Iterator[Fact]:
    """Yield the facts of a list; a line whose key nobody knows is a problem with もしかして."""
    seen: set[str] = set()
    for item in items:
        pair = split(item.text)
        kind = FACT_OF.get(fold(pair[0])) if pair else None
        if pair and kind in seen and kind != "next" and kind not in _LISTS:
            said = Said(
                f"「{pair[0]}」が2回あります。1つにしてください。", f"'{pair[0]}' stands twice. Keep one."
            )
            problems.append(Problem("KT808", item.line, said))
        elif pair and kind:
            seen.add(kind)
            yield Fact(kind, plain(pair[1]) if "[" not in pair[1] else pair[1], item.line)
        else:
            problems.append(_unknown(item, pair))


def _unknown(item: Word, pair: tuple[str, str] | None) -> Problem:
    written = pair[0] if pair else item.text.split("\n")[0][:40]
    close = near_fact(written)
    hint = Said(f"もしかして「{close}」でしょうか。", f"Did you mean '{close}'?") if close else Said(
        f"書けるのは {'、'.join(ja[0] for ja, _ in FACTS.values())} です。",
        f"These can stand here: {', '.join(en[0] for _, en in FACTS.values())}.",
    )  # fmt: skip
    ja = f"見出しの下の「{written}」は読み取れません。{hint.ja}"
    return Problem(
        "KT808", item.line, Said(ja, f"'{written}' below the heading is not understood. {hint.en}")
    )


def meaning(facts: tuple[Fact, ...], kind: str, problems: list[Problem]) -> dict[str, Any]:
    """Return the fields of a node that its facts fill; the last one wins where a key stands twice."""
    values: dict[str, Any] = {}
    for fact in facts:
        if fact.key in _LISTS:
            values[_LISTS[fact.key]] = (*values.get(_LISTS[fact.key], ()), *listed(fact))
        elif fact.key == "by":
            values["by"] = fact.value
        elif fact.key in ("first_reply", "irreversible"):
            values[fact.key] = _yes(fact, problems)
        elif fact.key in ("within", "repeat"):
            origin = "step" if kind == ESCALATION else "intake"
            limit = read_repeat(fact.value, fact.line)
            values[fact.key] = limit if fact.key == "repeat" else read_limit(fact.value, fact.line, origin)
            if values[fact.key] is None:
                problems.append(_unread(fact))
    return values


def listed(fact: Fact) -> tuple[Word, ...]:
    """Return the parts of a value written with commas."""
    names = (part.strip().removeprefix("{{").removesuffix("}}").strip() for part in _LISTED.split(fact.value))
    return tuple(Word(name, fact.line) for name in names if name)


def _yes(fact: Fact, problems: list[Problem]) -> bool:
    said = fold(fact.value)
    if said not in YES | NO:
        problems.append(Problem("KT808", fact.line, Said(
            f"「{fact.value}」は「はい」か「いいえ」に直してください。", f"Write 'yes' or 'no' instead of '{fact.value}'.",
        )))  # fmt: skip
    return said in YES


def _unread(fact: Fact) -> Problem:
    if fact.key == "repeat":
        ja, en = (
            "「2営業日ごと、最大2回」のように書いてください。",
            "Write it like 'every 2 business days, at most 2 times'.",
        )
    else:
        ja, en = (
            "「30分以内」「4営業時間以内」「当日中」のように書いてください。",
            "Write it like '30 minutes', '4 business hours' or 'within the day'.",
        )
    shown = fact.value[:60]
    return Problem(
        "KT305",
        fact.line,
        Said(
            f"「{shown}」を期限として読み取れません。{ja}",
            f"'{shown}' is not understood as a time limit. {en}",
        ),
    )
