"""Findings for a log that anybody can read: the place and the rule, no word of a page, no title."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kotae.findings import NOTHING, Finding, Said
from kotae.rules.registry import RULES


def redact(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """Return the findings with the rule's own sentence instead of what was found; columns go as well."""
    return tuple(sorted({replace(f, message=_general(f.rule), hint=NOTHING, column=1) for f in findings}))


def _general(rule: str) -> Said:
    known = RULES.get(rule)
    return Said(known.sentence("ja"), known.sentence("en")) if known else Said(rule, rule)
