"""desk/queries.yml: what customers really type, and the page that must answer it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from kotae.findings import Problem, Said
from kotae.strict_yaml import Items, Node, Pairs, Text, read

PATH = "desk/queries.yml"
_KEYS = {
    "聞き方": "query", "query": "query", "ページ": "pages", "pages": "pages", "言語": "lang", "lang": "lang",
    "公開範囲": "audience", "audience": "audience",
}  # fmt: skip
_AUDIENCES = {"お客様に公開": "public", "public": "public", "社内だけ": "internal", "internal": "internal"}
_SHAPE = Said(
    "「- 聞き方: …」「ページ: …」「言語: ja」の形で書いてください。",
    "Write it as '- query: …', 'pages: …', 'lang: en'.",
)


@dataclass(frozen=True, slots=True)
class Query:
    """One wording. The first of ``pages`` must be among the first results, the others may be.

    ``audience`` names the site it is tried on: the help center, or the handbook.
    """

    query: str
    pages: tuple[str, ...]
    lang: str
    line: int
    audience: str = "public"


def load_queries(root: Path) -> tuple[tuple[Query, ...], tuple[Problem, ...]]:
    """Read the list; never raises. A missing file is an empty list."""
    try:
        text = (root / PATH).read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        return (), ()
    except (OSError, UnicodeDecodeError):
        said = Said("開けないか、UTF-8ではありません。", "It cannot be opened or is not UTF-8.")
        return (), (Problem("KT113", 1, said),)
    node, faults = read(text)
    problems = [Problem("KT113", f.line, f.said, f.column) for f in faults]
    if node is None:
        return (), tuple(problems)
    found: list[Query] = []
    for item in node.items if isinstance(node, Items) else (node,):
        query = _query(item)
        if query is None:
            problems.append(Problem("KT113", item.line, _SHAPE))
        else:
            found.append(query)
    return tuple(found), tuple(problems)


def _query(node: Node) -> Query | None:
    if not isinstance(node, Pairs):
        return None
    values: dict[str, tuple[str, ...]] = {}
    for key, value in node.pairs:
        name = _KEYS.get(key.text)
        texts = value.items if isinstance(value, Items) else (value,)
        if name is None or not all(isinstance(text, Text) for text in texts):
            return None
        values[name] = tuple(
            text.text.strip() for text in texts if isinstance(text, Text) and text.text.strip()
        )
    query, pages, lang = values.get("query", ()), values.get("pages", ()), values.get("lang", ("ja",))
    audience = _AUDIENCES.get(values.get("audience", ("public",))[0])
    if len(query) != 1 or not pages or len(lang) != 1 or audience is None:
        return None
    return Query(query[0], pages, lang[0], node.line, audience)
