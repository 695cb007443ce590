"""One file is one case: a small repository written as text, with what is expected at the end of the line it concerns.

    as-of: 2026-11-22                                    the day (this one when the line is absent)
    === faq/billing/refund.md (cp932) <!-- error: KT111 -->   begins a file; the rest of the line is optional
    ---
    公開範囲: everyone <!-- error: KT704 -->             expected here: stripped before anything reads the file

A case without ``===`` is the one file faq/billing/refund.md. Expectations behind ``===`` are for line 1. Every
case has the desk lists below unless it brings its own. Options after a path: a charset (cp932, utf-16, latin-1),
``bom``, ``crlf``, ``mixed`` (line ends), ``escapes`` (\\u200b and the like are read), ``times N`` (its text N
times), ``symlink`` (its text is the target), ``absent`` (the file is not written), ``folder`` (a folder of that name).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

TODAY = date(2026, 11, 22)
DESK = {
    "desk/teams.yml": "- id: first-line\n  名前: 一次対応\n  メンバー: [{名前: 佐藤}, {名前: 田中}]\n- id: billing-support\n  名前: 請求サポート\n  メンバー: [{名前: 鈴木}, {名前: 高橋}]\n",
    "desk/topics.yml": "- id: billing\n  名前: お支払い\n  担当チーム: 請求サポート\n- id: login\n  名前: ログイン\n  担当チーム: 一次対応\n",
    "desk/products.yml": "- id: free\n  名前: フリー\n- id: standard\n  名前: スタンダード\n- id: business\n  名前: ビジネス\n",
    "desk/reasons.yml": "- id: pricing\n  名前: 料金\n",
}
_EXPECT = re.compile(r"[ \t]*<!-- (error|warning|info): (KT\d{3}) -->")
_FILE = re.compile(r"=== (\S+)(?: \(([^)]*)\))?\s*")

Expected = tuple[str, str, int, str]  # severity, path, line, rule


@dataclass
class Source:
    """One file of a case."""

    path: str
    options: tuple[str, ...] = ()
    lines: list[str] = field(default_factory=list)

    def text(self) -> str:
        """Return the text as the case means it."""
        while self.lines and not self.lines[-1].strip():
            self.lines.pop()
        text = "".join(f"{line}\n" for line in self.lines)
        if "escapes" in self.options:
            text = _unescaped(text)
        times = next((int(o.split()[1]) for o in self.options if o.startswith("times ")), 1)
        return text * times

    def bytes(self) -> bytes:
        """Return the bytes on the disk."""
        text = self.text()
        if "crlf" in self.options:
            text = text.replace("\n", "\r\n")
        if "mixed" in self.options:
            text = text.replace("\n", "\r\n", 1)
        charset = next((o for o in self.options if o in ("cp932", "utf-16", "latin-1", "euc-jp")), "utf-8")
        return (b"\xef\xbb\xbf" if "bom" in self.options else b"") + text.encode(charset)


@dataclass
class Case:
    """A small repository, the day, and what is expected of it."""

    sources: list[Source]
    today: date
    expected: set[Expected]

    def write(self, root: Path) -> Path:
        """Write the repository below ``root``."""
        listed = {s.path for s in self.sources}
        for path, text in DESK.items():
            if path not in listed:
                _place(root, path).write_text(text, encoding="utf-8")
        for source in self.sources:
            if "absent" in source.options:
                continue
            target = _place(root, source.path)
            if "symlink" in source.options:
                target.symlink_to(source.text().strip())
            elif "folder" in source.options:
                target.mkdir()
            else:
                target.write_bytes(source.bytes())
        return root


def read(text: str) -> Case:
    """Read a case."""
    today, expected, sources = TODAY, set[Expected](), list[Source]()
    lines = text.rstrip("\n").split("\n")
    if lines[0].startswith("as-of: "):
        today = date.fromisoformat(lines.pop(0).removeprefix("as-of: ").strip())
    if not any(_FILE.match(line) for line in lines):
        sources.append(Source("faq/billing/refund.md"))
    for line in lines:
        bare = _EXPECT.sub("", line)
        begins = _FILE.fullmatch(bare)
        if begins:
            options = tuple(o.strip() for o in (begins[2] or "").split(",") if o.strip())
            sources.append(Source(_unescaped(begins[1]), options))
        else:
            sources[-1].lines.append(bare)
        for severity, rule in _EXPECT.findall(line):
            at = max(1, len(sources[-1].lines))
            expected.add((severity, sources[-1].path, at, rule))
    return Case(sources, today, expected)


def _unescaped(text: str) -> str:
    return re.sub(r"\\u([0-9a-f]{4})", lambda m: chr(int(m[1], 16)), text)


def _place(root: Path, path: str) -> Path:
    target = root / path
    target.parent.mkdir(parents=True, exist_ok=True)
    return target
