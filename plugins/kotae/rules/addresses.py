"""No two sources for one address."""

from __future__ import annotations

import posixpath
import unicodedata
from collections.abc import Iterator

from kotae.content.library import ROOTS
from kotae.links.addresses import address, file_address
from kotae.rules.registry import ERROR, Context, Found, library_rule


@library_rule(
    "KT904", "address-twice", ERROR,
    "{other} と同じアドレス(/{address})になり、どちらか一方が消えます。ファイル名を変えてください。",
    "It would get the same address (/{address}) as {other}, and one of them would vanish. Rename it.",
)  # fmt: skip
def address_twice(context: Context) -> Iterator[Found]:
    """なぜ: 大文字と小文字、全角と半角、a.md と a/index.md の違いだけのファイルは、公開すると片方が黙って消えます。

    Why: files that differ only by case, by width, or as a.md and a/index.md overwrite each other silently when published.

    Bad:
    ````markdown
    === faq/billing/refund.md
    ---
    公開範囲: お客様に公開
    ---
    # 返金はできますか？

    はい。30日以内なら、全額を返金いたします。

    === faq/billing/refund/index.md <!-- error: KT904 -->
    ---
    公開範囲: お客様に公開
    ---
    # お金は戻りますか？

    はい。30日以内なら、全額をお返しします。
    ````

    Good:
    ````markdown
    === faq/billing/refund.md
    ---
    公開範囲: お客様に公開
    ---
    # 返金はできますか？

    はい。30日以内なら、全額を返金いたします。

    === faq/billing/refund-when.md
    ---
    公開範囲: お客様に公開
    ---
    # 返金はいつ届きますか？

    5営業日ほどで届きます。
    ````
    """
    library = context.library
    first_lang = library.desk.settings.languages[0]
    taken: dict[str, str] = {}
    pages = [(d.path, _address(d.path, first_lang)) for d in library]
    topics = {d.topic.split("/")[0] for d in library if d.kind == "faq"} & set(library.desk.topics)
    for topic in sorted(topics):
        for prefix in ("", *(f"{lang}/" for lang in library.desk.settings.languages[1:])):
            taken[f"{prefix}{topic}/"] = f"desk/topics.yml({topic})"
    for path, where in sorted([*pages, *((f, file_address(f)) for f in library.files)]):
        key = unicodedata.normalize("NFKC", where).casefold()
        if key in taken:
            yield Found(values={"other": taken[key], "address": where.lstrip("@")}, path=path)
        taken.setdefault(key, path)


def _address(path: str, first_lang: str) -> str:
    folder, name = posixpath.split(path)
    suffix = next((s for s in (".en.md", ".md") if name.endswith(s)), "")
    if name.removesuffix(suffix).casefold() == "readme":
        path = f"{folder}/index{suffix}"  # MkDocs and the code hosts take both for the folder's page.
    where = address(path, first_lang)
    # The front page of the handbook stands at the root of a site of its own.
    return (
        f"@{where}"
        if posixpath.dirname(path) == "docs/handbook" and path.startswith((f"{ROOTS[3]}/index.",))
        else where
    )
