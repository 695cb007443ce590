"""Findings as JUnit XML: a suite for each page, a case for each finding."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby
from xml.sax.saxutils import escape, quoteattr

from kotae.findings import Finding, Severity
from kotae.reports.text import words

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def render(findings: Sequence[Finding], lang: str, *, documents: int = 0) -> str:
    """Return the XML. Errors are failures; warnings and information pass and are told as output."""
    failures = sum(f.severity is Severity.ERROR for f in findings)
    count = max(len(findings), 1)
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<testsuites name="kotae" tests="{count}" failures="{failures}">',
    ]
    if not findings:
        name = f"{documents} pages" if lang == "en" else f"{documents}ページ"
        lines.append(
            f'  <testsuite name="kotae" tests="1" failures="0"><testcase classname="kotae" name={_attr(name)}/></testsuite>'
        )
    for path, group in groupby(findings, key=lambda f: f.path):
        lines += _suite(path, list(group), lang)
    return "\n".join([*lines, "</testsuites>"]) + "\n"


def _suite(path: str, findings: list[Finding], lang: str) -> list[str]:
    failures = sum(f.severity is Severity.ERROR for f in findings)
    lines = [f'  <testsuite name={_attr(path)} tests="{len(findings)}" failures="{failures}">']
    for f in findings:
        said = words(f, lang)
        lines.append(
            f'    <testcase classname={_attr(path)} name={_attr(f"{f.rule} {f.name}:{f.line}")} file={_attr(path)} line="{f.line}">'
        )
        if f.severity is Severity.ERROR:
            lines.append(f'      <failure type="{f.rule}" message={_attr(said)}/>')
        else:
            lines.append(f"      <system-out>{escape(_clean(f'{f.severity.value}: {said}'))}</system-out>")
        lines.append("    </testcase>")
    return [*lines, "  </testsuite>"]


def _attr(text: str) -> str:
    return quoteattr(_clean(text))


def _clean(text: str) -> str:
    return _NOT_XML.sub("\ufffd", text)
