"""Findings as one page that opens anywhere: no script, nothing loaded, both languages."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from itertools import groupby

from kotae.checking import summary
from kotae.findings import Finding, Said, Severity
from kotae.reports.text import words

_GROUPS = (
    (Severity.ERROR, Said("公開前に直すところ", "To mend before publishing")),
    (Severity.WARNING, Said("もっと良くなるところ", "Could be better")),
    (Severity.INFO, Said("参考", "For information")),
)
_STYLE = """:root{color-scheme:light dark}body{font:16px/1.8 system-ui,sans-serif;max-width:52rem;margin:2rem auto;padding:0 1rem}
h1{font-size:1.4rem}h2{font-size:1.15rem;margin-top:2.5rem}h3{font-size:1rem;margin:1.5rem 0 .25rem;overflow-wrap:anywhere}
ul{margin:0;padding-left:1.2rem}li{margin:.5rem 0}.en{display:block;opacity:.8;font-size:.9rem;line-height:1.5}
code{font-size:.85em;opacity:.7}@media print{body{margin:0;max-width:none}details{break-inside:avoid}}"""


def render(findings: Sequence[Finding], lang: str, *, documents: int = 0) -> str:
    """Return the page. Japanese stands first, or English where ``lang`` says so."""
    other = "ja" if lang == "en" else "en"
    counts = summary(findings)
    head = {
        "ja": f"{documents:,}ページを確かめました。直すところ{counts['errors']}件、良くなるところ{counts['warnings']}件。",
        "en": f"Checked {documents:,} pages: {counts['errors']} to mend, {counts['warnings']} could be better.",
    }
    parts = [_group(severity, title, findings, lang, other) for severity, title in _GROUPS]
    return f"""<!doctype html>
<html lang="{lang}">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="robots" content="noindex">
<title>Kotae</title>
<style>{_STYLE}</style>
<h1>{escape(head[lang])}</h1>
<p class="en" lang="{other}">{escape(head[other])}</p>
{"".join(parts)}</html>
"""


def _group(severity: Severity, title: Said, findings: Sequence[Finding], lang: str, other: str) -> str:
    wanted = [f for f in findings if f.severity is severity]
    if not wanted:
        return ""
    name = f'{title.in_(lang)} ({len(wanted)}) <span class="en" lang="{other}">{title.in_(other)}</span>'
    pages = "".join(
        _page(path, list(group), lang, other) for path, group in groupby(wanted, key=lambda f: f.path)
    )
    return f"<h2>{name}</h2>\n{pages}"


def _page(path: str, findings: list[Finding], lang: str, other: str) -> str:
    rows = "".join(_row(f, lang, other) for f in findings)
    return f"<h3>{escape(path)}</h3>\n<ul>\n{rows}</ul>\n"


def _row(finding: Finding, lang: str, other: str) -> str:
    line = f"line {finding.line}" if lang == "en" else f"{finding.line}行目"
    said, also = escape(words(finding, lang)), escape(words(finding, other))
    return (
        f'<li>{line} {said} <code>{finding.rule}</code><span class="en" lang="{other}">{also}</span></li>\n'
    )
