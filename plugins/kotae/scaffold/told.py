"""The report of an import: what came of every row, and what a person should look at."""

from __future__ import annotations

from collections.abc import Iterable

from kotae.findings import Finding
from kotae.scaffold.moving import Plan, Told

PATH = "desk/import-report.md"


def report(made: Plan, source: str, others: tuple[str, ...], elsewhere: Iterable[Finding], lang: str) -> str:
    """Return the report as Markdown: every odd row by its number, in the order of the file."""
    ja = lang == "ja"
    new, again = _counts(made)
    held = [t for t in made.told if t.held]
    odd = [t for t in made.told if t.notes and not t.held]
    lines = [f"# {'取り込みの記録' if ja else 'What was taken in'}: {source}", ""]
    lines.append(
        f"{len(made.told)}行を読み、{new}ページを書きました。前と同じ行は{again}行、ページにしていない行は{len(held)}行です。"
        if ja
        else f"{len(made.told)} rows were read and {new} pages written. {again} rows are the same as before; {len(held)} rows made no page."
    )
    if others:
        names = "、".join(others) if ja else ", ".join(others)
        lines += ["", f"取り込まなかった列: {names}" if ja else f"Columns that were not taken in: {names}"]
    lines += _section("ページにしていない行" if ja else "Rows without a page", held, lang)
    lines += _section("見てほしい行" if ja else "Rows to look at", odd, lang)
    left = [f.message.in_(lang) for f in elsewhere]
    if left:
        lines += ["", f"## {'ほかのページで直すところ' if ja else 'To mend elsewhere'}", ""]
        lines += [f"- {_cell(words)}" for words in left]
    return "\n".join(lines) + "\n"


def summary(made: Plan, lang: str) -> str:
    """Return the report in one line, for the terminal."""
    new, again = _counts(made)
    held = sum(t.held is not None for t in made.told)
    odd = sum(bool(t.notes) and t.held is None for t in made.told)
    if lang == "ja":
        return f"{len(made.told)}行: 書いたページ {new}、前と同じ {again}、ページにしていない行 {held}、見てほしい行 {odd}"
    return f"{len(made.told)} rows: {new} pages written, {again} the same as before, {held} without a page, {odd} to look at"


def _counts(made: Plan) -> tuple[int, int]:
    return len(made.pages), sum(t.again for t in made.told)


def _section(name: str, told: list[Told], lang: str) -> list[str]:
    if not told:
        return []
    ja = lang == "ja"
    lines = ["", f"## {name} ({len(told)})", ""]
    lines += [
        "| 行 | 質問 | 内容 | ページ |" if ja else "| row | question | what | page |",
        "|---|---|---|---|",
    ]
    for each in told:
        said = [each.held] if each.held else []
        words = "<br>".join(_cell(s.in_(lang)) for s in (*said, *each.notes))
        where = f"{each.item.number} {_cell(each.item.source)}".strip()
        lines.append(f"| {where} | {_cell(each.item.question[:60])} | {words} | {each.path} |")
    return lines


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("\\", "\\\\").replace("|", "\\|").replace("<", "&lt;")
