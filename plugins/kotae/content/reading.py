"""One file -> one typed document. Never raises: what is wrong with a file is said in the document's problems."""

from __future__ import annotations

import hashlib
import os
import re
import unicodedata
from dataclasses import replace
from difflib import get_close_matches
from pathlib import Path

from kotae.content.documents import Document, Faq, Page, Playbook
from kotae.content.front_matter import FrontMatter, split
from kotae.content.markdown import Outline, outline
from kotae.content.schema import Field, Key, read_field
from kotae.content.shape import HOME, Shape
from kotae.content.weight import Limits, too_heavy, too_large
from kotae.findings import Problem, Said
from kotae.strict_yaml import Node, Text

_INTERNAL = re.compile(r"## (?:社内メモ|Internal notes)")
_ALMOST = re.compile(
    r"社内\s*(?:用|向け)?の?\s*(?:メモ|めも|ノート)|(?:内部|社外秘)\s*(?:メモ|めも|ノート)|internal[\s_-]*(?:notes?|memo)",
    re.IGNORECASE,
)
# Every near miss holds one of these; looking for them first spares all other lines the closer look.
_HINT = re.compile(r"社内|内部|社外秘|internal", re.IGNORECASE)
_DECORATION = re.compile(r"\{[^}]*\}|[#*_>\s:【】\[\]()「」!-]+")
_COMMENT = re.compile(r"<!--.*?(?:--!?>|\Z)", re.DOTALL)
_DEFAULT = Limits()
_KINDS: dict[str, type[Document]] = {"faq": Faq, "playbook": Playbook, "page": Page}


def read_document(root: Path, path: str, most: Limits = _DEFAULT, shape: Shape = HOME) -> Document:
    """Read the file ``path`` (POSIX, relative to ``root``); one that is larger than ``most`` stays unread."""
    try:
        with open(root / path, "rb") as file:
            large = too_large(os.fstat(file.fileno()).st_size, most)
            if large:
                return _refused(path, large, shape)
            data = file.read()
    except OSError as error:
        return _empty(
            path,
            Said(
                f"開けません({error.strerror or error})。",
                f"It cannot be opened ({error.strerror or error}).",
            ),
            shape,
        )
    return parse_document(path, data, most, shape)


def parse_document(path: str, data: bytes, most: Limits = _DEFAULT, shape: Shape = HOME) -> Document:
    """Turn the bytes of a file into a document."""
    large = too_large(len(data), most)
    if large:
        return _refused(path, large, shape)
    if b"\0" in data:
        return _empty(path, _not_text(data), shape)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return _empty(path, _not_text(data), shape)
    problems: list[Problem] = []
    if text.startswith("\ufeff"):
        problems.append(
            Problem(
                "KT809",
                1,
                Said(
                    "ファイルの先頭に見えない印(BOM)があります。「UTF-8(BOMなし)」で保存してください。",
                    "The file begins with a BOM. Save it as UTF-8 without BOM.",
                ),
            )
        )
        text = text[1:]
    if "\r" in text:
        if "\n" in text.replace("\r\n", "") or "\r" in text.replace("\r\n", ""):
            problems.append(
                Problem(
                    "KT809",
                    1,
                    Said(
                        "改行の種類がまざっています。どちらか一方で保存してください。",
                        "Line ends are mixed. Save the file with one kind.",
                    ),
                )
            )
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    heavy = too_heavy(text, most)
    if heavy:
        return _refused(path, heavy, shape)
    return _document(path, text, hashlib.sha256(data).hexdigest(), problems, shape)


def place(path: str) -> tuple[str, str, str, str]:
    """Return kind, language, topic and stem of a path of Kotae's own shape."""
    parts = path.split("/")
    name = parts[-1].removesuffix(".md")
    lang = "en" if name.endswith(".en") else "ja"
    stem = name.removesuffix(".en")
    kind = {"faq": "faq", "playbooks": "playbook"}.get(parts[0], "page")
    topic = "/".join(parts[1:-1]) if kind != "page" else "/".join(parts[:2])
    return kind, lang, topic, stem


def _document(path: str, text: str, sha256: str, problems: list[Problem], shape: Shape) -> Document:
    kind, lang, topic, stem = shape.place(path) if shape.foreign else place(path)
    matter, body, body_line = split(text)
    fields, more = _fields(matter, shape)
    if shape.foreign:
        fields = shape.filled(path, fields)
    problems += [*matter.problems, *more]
    body, comments = _without_comments(body, body_line)
    common, tail, tail_line, near = _cut(body, body_line)
    problems += comments + near
    read = _outline(common, body_line, problems)
    return _KINDS[kind](
        path, kind, lang, topic, stem, common, tail, body_line, tail_line, fields, read,
        _outline(tail, tail_line, problems) if tail else Outline(), tuple(problems),
        clean=not matter.problems and not near, sha256=sha256,
    )  # fmt: skip


def _outline(text: str, line: int, problems: list[Problem]) -> Outline:
    try:
        return outline(text, line)
    except RecursionError:
        problems.append(
            Problem(
                "KT111",
                line,
                Said(
                    "入れ子が深すぎて読み取れません。字下げを減らしてください。",
                    "It is nested too deep to read. Indent less.",
                ),
            )
        )
        return Outline()


def _fields(matter: FrontMatter, shape: Shape) -> tuple[dict[str, Field], list[Problem]]:
    fields: dict[str, Field] = {}
    problems: list[Problem] = []
    for written, node in matter.pairs:
        key = shape.names.get(unicodedata.normalize("NFKC", written.text).strip())
        if key is None and shape.foreign:
            continue  # Another tool's field is none of ours.
        if key is None:
            close = get_close_matches(written.text, list(shape.names), n=1)
            hint = (
                Said(f"「{close[0]}」のことでしょうか。", f"Did you mean '{close[0]}'?")
                if close
                else Said("不要なら消してください。", "Remove it if it is not needed.")
            )
            problems.append(
                Problem(
                    "KT104",
                    written.line,
                    Said(
                        f"「{written.text}」という項目はありません。{hint.ja}",
                        f"There is no field '{written.text}'. {hint.en}",
                    ),
                    written.column,
                )
            )
            continue
        value, more = read_field(key, written.text, _meant(key, node, shape) if shape.foreign else node)
        problems += more
        if key.en in fields:
            # Both languages of one key: the closed one wins until somebody decides.
            first = fields[key.en]
            if first.value != value.value:
                problems.append(
                    Problem(
                        "KT106",
                        written.line,
                        Said(
                            f"「{first.written}」と「{written.text}」が違うことを言っています。どちらかを消してください。",
                            f"'{first.written}' and '{written.text}' differ. Remove one.",
                        ),
                        written.column,
                    )
                )
                fields[key.en] = Field(None, first.line, first.written)
            continue
        fields[key.en] = value
    return fields, problems


def _meant(key: Key, node: Node, shape: Shape) -> Node:
    """Return a foreign value in our words: a day in a declared form, a value that stands for one of ours."""
    if not isinstance(node, Text):
        return node
    text = shape.values.get(key.en, {}).get(node.text, node.text)
    if key.kind == "day" and (day := shape.day(text)):
        text = day.isoformat()
    return replace(node, text=text)


def _without_comments(body: str, line: int) -> tuple[str, list[Problem]]:
    problems: list[Problem] = []

    def drop(match: re.Match[str]) -> str:
        at = line + body.count("\n", 0, match.start())
        problems.append(
            Problem(
                "KT702",
                at,
                Said(
                    "HTMLのコメント(<!-- … -->)があります。社内の覚え書きは、最後の「## 社内メモ」に書いてください。",
                    "There is an HTML comment. Write notes under '## Internal notes' at the end.",
                ),
            )
        )
        return "\n" * match.group().count("\n")

    return (_COMMENT.sub(drop, body), problems) if "<!--" in body else (body, problems)


def _cut(body: str, line: int) -> tuple[str, str, int, list[Problem]]:
    """Split off the internal section. A near miss of its heading cuts as well: in doubt, closed."""
    problems: list[Problem] = []
    whole = unicodedata.normalize("NFKC", body)
    if not _ALMOST.search(whole):
        return body, "", 0, problems
    lines = body.split("\n")
    # Folding neither makes nor takes a line end, so that the lines still stand side by side.
    folded = whole.split("\n")
    for at, written in enumerate(lines):
        if _INTERNAL.fullmatch(written.rstrip()):
            return (
                "\n".join(lines[:at]).rstrip("\n") + "\n",
                "\n".join(lines[at + 1 :]),
                line + at + 1,
                problems,
            )
        if _HINT.search(folded[at]) and _near_miss(folded[at]):
            near = Problem(
                "KT706",
                line + at,
                Said(
                    f"「{written.strip()}」は社内メモの見出しに見えますが、書き方が違います。「## 社内メモ」に直してください。",
                    f"'{written.strip()}' looks like the internal heading but is not. Write '## Internal notes'.",
                ),
            )
            return (
                "\n".join(lines[:at]).rstrip("\n") + "\n",
                "\n".join(lines[at + 1 :]),
                line + at + 1,
                [near],
            )
    return body, "", 0, problems


def _near_miss(line: str) -> bool:
    # A heading that holds the words, or a line that is nothing but them: 「**社内メモ**」, 「## 社内メモ(担当者へ)」.
    words = _DECORATION.sub("", line)
    return bool(_ALMOST.search(words) if line.lstrip().startswith("#") else _ALMOST.fullmatch(words))


def _not_text(data: bytes) -> Said:
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        guess = "UTF-16"
    elif b"\0" in data:
        return Said(
            "文字ではないデータ(NUL)が入っています。文章だけのファイルにしてください。",
            "It holds a NUL byte, so it is not text.",
        )
    else:
        try:
            data.decode("cp932")
            guess = "Shift_JIS(cp932)"
        except UnicodeDecodeError:
            guess = ""
    seen = Said(f"{guess}のようです。", f"It looks like {guess}. ") if guess else Said("", "")
    return Said(
        f"文字コードがUTF-8ではありません。{seen.ja}UTF-8で保存し直してください。",
        f"It is not UTF-8. {seen.en}Save it as UTF-8.",
    )


def _empty(path: str, said: Said, shape: Shape) -> Document:
    return _refused(path, Problem("KT111", 1, said), shape)


def _refused(path: str, problem: Problem, shape: Shape) -> Document:
    kind, lang, topic, stem = shape.place(path) if shape.foreign else place(path)
    return _KINDS[kind](path, kind, lang, topic, stem, problems=(problem,), clean=False)
