"""Findings as GitHub's workflow commands, and what --fix would write as suggestions that one click commits."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence

from kotae.findings import Finding, Said, Severity
from kotae.reports.text import words

_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}
_SAID = Said("かたちだけの直しです。言葉は変わりません。", "Only the form is mended; no word changes.")


def render(findings: Sequence[Finding], lang: str) -> str:
    """Return one annotation a line; errors first, because the host shows only so many."""
    order = sorted(findings, key=lambda f: (list(_LEVELS).index(f.severity), f))
    return "".join(f"{_line(f, lang)}\n" for f in order)


def suggestions(hunks: Mapping[str, Sequence[tuple[int, int, str]]], lang: str) -> str:
    """Return the body of one pull request review: a suggestion for every (first line, last line, new text)."""
    comments = [
        _comment(path, first, last, text, lang) for path in sorted(hunks) for first, last, text in hunks[path]
    ]
    return (
        json.dumps(
            {"event": "COMMENT", "body": _SAID.in_(lang), "comments": comments}, ensure_ascii=False, indent=1
        )
        + "\n"
    )


def _comment(path: str, first: int, last: int, text: str, lang: str) -> dict[str, object]:
    fence = "`" * max(3, *(len(run) + 1 for run in re.findall("`+", text)), 3)
    body = f"{_SAID.in_(lang)}\n\n{fence}suggestion\n{text}\n{fence}"
    place: dict[str, object] = {"path": path, "line": last, "side": "RIGHT", "body": body}
    return place | ({"start_line": first, "start_side": "RIGHT"} if first < last else {})


def _line(finding: Finding, lang: str) -> str:
    place = f"file={_value(finding.path)},line={finding.line},col={finding.column},title={finding.rule} {finding.name}"
    return f"::{_LEVELS[finding.severity]} {place}::{_data(words(finding, lang))}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _value(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
