"""Findings as JSON, for other programs: POSIX paths relative to the root, line and column from 1."""

from __future__ import annotations

import json
from collections.abc import Sequence

from kotae.checking import summary
from kotae.findings import Finding


def render(findings: Sequence[Finding], lang: str, *, documents: int = 0) -> str:
    """Return findings as one JSON object, messages in ``lang``."""
    rows = [
        {
            "rule": f.rule,
            "name": f.name,
            "severity": f.severity.value,
            "path": f.path,
            "line": f.line,
            "column": f.column,
            "message": f.message.in_(lang),
            "hint": f.hint.in_(lang),
        }
        for f in findings
    ]
    whole = {"findings": rows, "summary": {**summary(findings), "documents": documents}}
    return json.dumps(whole, ensure_ascii=False, indent=2) + "\n"
