"""Text with its code blanked out: what stands in a code block or between backticks is shown, not obeyed."""

from __future__ import annotations

import re

_FENCE = re.compile(r"^\s*(`{3,}|~{3,})")
_SPAN = re.compile(r"(`+)(?!`)(.+?)(?<!`)\1(?!`)")


def without_code(text: str) -> str:
    """Return ``text`` with code blanked; every line keeps its number."""
    if "`" not in text and "~~~" not in text:
        return text
    lines: list[str] = []
    fence = ""
    for line in text.split("\n"):
        match = _FENCE.match(line)
        if fence:
            if match and match[1].startswith(fence) and not line.strip().strip(fence[0]):
                fence = ""
            lines.append("")
        elif match:
            fence = match[1]
            lines.append("")
        else:
            lines.append(_SPAN.sub(lambda m: " " * len(m[0]), line))
    return "\n".join(lines)
