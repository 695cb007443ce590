"""The handbook's scripts as the site ships them: parts joined in the order they build on each other, without comments.

Only comments and blank space go; names stay, so that a message of the browser still means something.
"""

from __future__ import annotations

import re
from functools import cache

from kotae.site.engine import THEME

_PARTS = THEME / "assets" / "kotae" / "runner"
# Every page of the handbook has the tray; pages with messages add their fields, playbooks the runner.
BUNDLES = {
    "tray.js": ("clock", "runs", "tray"),
    "messages.js": ("fields", "message"),
    "runner.js": ("fields", "message", "flow", "record", "checks", "runner"),
}
_TOKEN = re.compile(
    r"""(?P<note>/\*.*?\*/|//[^\n]*)|(?P<text>"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|`(?:\\.|[^`\\])*`)
    |(?P<pattern>(?<=[(,=:\[!&|?{};\n])\s*/(?![*/])(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n\[])+/[a-z]*)
    |(?P<space>\s+)|(?P<word>[\w$]+)|(?P<sign>.)""",
    re.DOTALL | re.VERBOSE,
)
_NAME = re.compile(r"[\w$]")


def tight(source: str) -> str:
    """Return a script without comments and needless space. A line end stays where a statement may end there."""
    made: list[str] = []
    space = ""
    for match in _TOKEN.finditer(source):
        kind, token = match.lastgroup, match[0]
        if kind == "note":
            space = space or " "
        elif kind == "space":
            space = "\n" if "\n" in token or space == "\n" else " "
        else:
            token = token.strip() if kind == "pattern" else token
            made.append((_between(made[-1][-1], token[0], space) if made and space else "") + token)
            space = ""
    return "".join(made) + "\n"


def _between(before: str, after: str, space: str) -> str:
    if _NAME.match(before) and _NAME.match(after):
        return space
    if before in "+-" and before == after:
        return " "
    ends = bool(_NAME.match(before)) or before in "})]'\"`"
    begins = bool(_NAME.match(after)) or after in "'\"`([/+-{"
    return "\n" if space == "\n" and ends and begins else ""


@cache
def bundles() -> dict[str, bytes]:
    """Return name -> script, as they stand in assets/kotae/."""
    return {
        name: "".join(tight((_PARTS / f"{part}.js").read_text(encoding="utf-8")) for part in parts).encode()
        for name, parts in BUNDLES.items()
    }
