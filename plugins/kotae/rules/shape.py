"""What a team, or the settings of another repository, ask of every page beyond its fields."""

from __future__ import annotations

from collections.abc import Iterator

from kotae.content.documents import Document
from kotae.rules.registry import ERROR, Context, Found, rule


@rule(
    "KT116", "missing-heading", ERROR,
    "見出し「{heading}」がありません。「## {heading}」を足してください。",
    "The heading '{heading}' is missing. Add '## {heading}'.",
)  # fmt: skip
def missing_heading(document: Document, context: Context) -> Iterator[Found]:
    """なぜ: どのページでも同じ見出しに同じことが書いてあると、急いでいるときに探さずにすみます。どの見出しが要るかは、設定の「原稿の形」で決めます。

    Why: with the same thing under the same heading on every page nobody has to search in a hurry. Which headings are asked for stands in the settings, under 'shape'.

    Bad:
    ````markdown
    === desk/settings.yml
    原稿の形:
      フォルダ:
        - {フォルダ: runbooks, 見出し: [元に戻す]}
    === runbooks/restart.md <!-- error: KT116 -->
    # 再起動する

    ## 手順

    1. 止めて、始める。
    ````

    Good:
    ````markdown
    === desk/settings.yml
    原稿の形:
      フォルダ:
        - {フォルダ: runbooks, 見出し: [元に戻す]}
    === runbooks/restart.md
    # 再起動する

    ## 元に戻す

    1. 前の版で始める。
    ````
    """
    root = context.library.shape.root_of(document.path) if context.library.shape.foreign else None
    if root is None or document.status == "draft":
        return
    there = {h.text.casefold() for h in document.outline.headings}
    for heading in root.headings:
        if heading.casefold() not in there:
            yield Found(document.title_line, {"heading": heading})
