"""Clean HTML from Markdown -> what the theme and screen readers expect: labelled boxes, tables that scroll, own words."""

from __future__ import annotations

import re
from collections.abc import Mapping

_TICK = re.compile(
    r'(<li class="task-list-item">\s*(?:<p>)?)<input (?:type="checkbox" )?disabled=""(?: type="checkbox")?( checked="")?>\s*(.*?)(?=</p>|</li>|\n<(?:ul|ol|p|div|pre)\b)',
    re.DOTALL,
)
_ALIGNED = re.compile(r'(<t[dh]\b[^<>]*?) class="(left|center|right)"')
_TITLE = re.compile(r'(<p class="admonition-title">|<summary>)([A-Z][a-z]+)(</p>|</summary>)')
_BACK = re.compile(r'(<a class="footnote-backref"[^<>]*?) title="[^"]*"')


def dress(html: str, words: Mapping[str, str]) -> str:
    """Return ``html`` with labels on its boxes, tables in a region that scrolls, and no English title on a Japanese page."""
    if "task-list-item" in html:
        html = _TICK.sub(r'\1<label class="tick"><input type="checkbox"\2><span>\3</span></label>', html)
    if "<table>" in html:
        region = f'<div class="scroll" tabindex="0" role="region" aria-label="{words["table"]}"><table>'
        html = (
            _ALIGNED.sub(r'\1 data-align="\2"', html)
            .replace("<table>", region)
            .replace("</table>", "</table></div>")
        )
    if "admonition" in html or "<summary>" in html:
        html = _TITLE.sub(lambda m: m[1] + words.get(f"note_{m[2].lower()}", m[2]) + m[3], html)
    if "footnote-backref" in html:
        html = _BACK.sub(rf'\1 aria-label="{words["footnote_back"]}"', html)
    return html
