"""Findings as SARIF 2.1.0, which code hosts show beside the lines of a change."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from kotae.findings import Finding, Severity
from kotae.reports.text import words
from kotae.rules.registry import RULES, Rule

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}


def render(findings: Sequence[Finding], lang: str, *, version: str = "0") -> str:
    """Return findings as one SARIF log, messages in ``lang``. Paths are relative to SRCROOT."""
    rules = sorted({f.rule for f in findings})
    driver: dict[str, Any] = {
        "name": "kotae",
        "version": version,
        "rules": [_rule(RULES[each], lang) if each in RULES else {"id": each} for each in rules],
    }
    seen: Counter[str] = Counter()
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {"SRCROOT": {"description": {"text": "The repository"}}},
        "results": [_result(f, lang, rules.index(f.rule), seen) for f in findings],
    }
    return (
        json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=1)
        + "\n"
    )


def _rule(rule: Rule, lang: str) -> dict[str, Any]:
    why = dict(line.split(": ", 1) for line in rule.doc.split("\n") if line.startswith(("なぜ: ", "Why: ")))
    return {
        "id": rule.id,
        "name": "".join(part.capitalize() for part in rule.name.split("-")),
        "shortDescription": {"text": rule.sentence(lang)},
        "fullDescription": {"text": why["Why" if lang == "en" else "なぜ"]},
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
        "properties": {"family": rule.family, "tags": ["time"] if rule.time else []},
    }


def _result(finding: Finding, lang: str, index: int, seen: Counter[str]) -> dict[str, Any]:
    # A mark of its own that an edit above does not move: the host tells new findings from known ones by it.
    mark = f"{finding.path}\0{finding.rule}\0{finding.message.en}"
    seen[mark] += 1
    mark = hashlib.sha256(f"{mark}\0{seen[mark]}".encode("utf-8", "backslashreplace")).hexdigest()[:32]
    return {
        "ruleId": finding.rule,
        "ruleIndex": index,
        "level": _LEVELS[finding.severity],
        "message": {"text": words(finding, lang)},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": {
                        "uri": quote(finding.path, errors="backslashreplace"),
                        "uriBaseId": "SRCROOT",
                    },
                    "region": {"startLine": finding.line, "startColumn": finding.column},
                }
            }
        ],
        "partialFingerprints": {"kotae/v1": mark},
        "properties": {"onlyTime": finding.only_time},
    }
