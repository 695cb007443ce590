"""Between what customers read and what stays inside. None of these can be waived."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kotae.audience import INTERNAL, PUBLIC, public_place
from kotae.content.documents import Document
from kotae.findings import Said
from kotae.links.addresses import Led
from kotae.rules.code import without_code
from kotae.rules.registry import ERROR, Context, Found, rule, told

_HIDDEN = re.compile(
    r"^\s*(?:!!!|\?\?\?\+?)\s+\"?(?:internal|社内|内部)|\bdisplay\s*:\s*none|\bvisibility\s*:\s*hidden|<\w[^<>]*\shidden(?=[\s=>/])|\{:?[^{}\n]*[\s.]hidden[\s}]",
    re.IGNORECASE | re.MULTILINE,
)
_MAY_HIDE = ("!!!", "???", "hidden", "display")
_INCLUDE = re.compile(r"^.*-{1,}8<-{1,}|\{%-?\s*(?:include|import|extends|macro)\b|\{!.*?!\}", re.MULTILINE)
_MAY_INCLUDE = ("8<", "{%", "{!")


@rule(
    "KT611", "link-to-internal", ERROR,
    "公開ページから{what}へリンクしています({target})。リンクを消すか、社内メモに移してください。",
    "A public page links to {what} ({target}). Remove the link or move it into the internal notes.",
    waivable=False,
)  # fmt: skip
def link_to_internal(document: Document, context: Context) -> Iterator[Found]:
    """なぜ: お客様には「見つかりません」と出て、社内のページの名前がアドレスから知られます。

    Why: customers get a 404, and the address gives away the name of an internal page.

    Bad:
    ````markdown
    === faq/billing/refund.md
    ---
    公開範囲: お客様に公開
    ---
    # 返金はできますか？

    はい。30日以内なら、全額を返金いたします。

    [返金の手順書](../../playbooks/billing/refund.md)をご覧ください。 <!-- error: KT611 -->

    === playbooks/billing/refund.md
    ---
    重要度: 通常
    連絡手段: [メール]
    ---
    # 返金のご依頼への対応
    ````

    Good:
    ````markdown
    === faq/billing/refund.md
    ---
    公開範囲: お客様に公開
    ---
    # 返金はできますか？

    はい。30日以内なら、全額を返金いたします。

    ## 社内メモ

    - [返金の手順書](../../playbooks/billing/refund.md)のとおりに進める。

    === playbooks/billing/refund.md
    ---
    重要度: 通常
    連絡手段: [メール]
    ---
    # 返金のご依頼への対応
    ````
    """
    if document.path not in context.public:
        return
    for led in context.leads(document)[0]:
        what = _hidden(led, context)
        if what:
            yield Found(led.link.line, {"what": what, "target": led.path})


def _hidden(led: Led, context: Context) -> Said | None:
    target = led.document
    if target is not None and target.path not in context.public:
        return {
            "draft": Said("下書き", "a draft"),
            "deprecated": Said("廃止したページ", "a deprecated page"),
        }.get(target.status, Said("社内のページ", "an internal page"))
    if target is None and led.path in context.library.files and not public_place(context.library, led.path):
        return Said("社内のファイル", "an internal file")
    return None


@rule(
    "KT701", "internal-not-last", ERROR,
    "社内メモのあとに見出し「{heading}」があります。ここから下はすべて社内だけになります。社内メモより前に移すか、見出しをやめてください。",
    "The heading '{heading}' stands below the internal notes, so everything from there on stays inside. Move it above them or write it without a heading.",
    waivable=False,
)  # fmt: skip
def internal_not_last(document: Document, context: Context) -> Iterator[Found]:
    """なぜ: 社内メモはファイルの終わりまで切り取ります。途中に置くと、公開したい続きまで消えるか、閉じ忘れて漏れます。

    Why: the internal notes are cut to the end of the file; anything meant for customers below them would be lost.

    Bad:
    ````markdown
    ---
    公開範囲: お客様に公開
    ---
    # 返金はできますか？

    はい。30日以内なら、全額を返金いたします。

    ## 社内メモ

    - 高額の返金は承認が要る。

    ## 詳しく <!-- error: KT701 -->

    二重払いはいつでも返金いたします。
    ````

    Good:
    ````markdown
    ---
    公開範囲: お客様に公開
    ---
    # 返金はできますか？

    はい。30日以内なら、全額を返金いたします。

    ## 詳しく

    二重払いはいつでも返金いたします。

    ## 社内メモ

    - 高額の返金は承認が要る。
    ````
    """
    for heading in document.tail_outline.headings:
        yield Found(heading.line, {"heading": heading.text})


@rule(
    "KT702", "hidden-text", ERROR,
    "「{seen}」で隠した文章は、公開されたファイルの中に残ります。消すか、最後の「## 社内メモ」に移してください。",
    "Text hidden with '{seen}' stays in the published file. Delete it or move it under '## Internal notes' at the end.",
    waivable=False, broken=True,
)  # fmt: skip
def hidden_text(document: Document, context: Context) -> Iterator[Found]:
    """なぜ: 画面で見えないだけの文章は、ページのソースでだれでも読めます。コメントや囲みで隠した社内の話が実際に漏れました。

    Why: text that is only out of sight can be read in the page's source; comments and hidden boxes have leaked.

    Bad:
    ````markdown
    ---
    公開範囲: お客様に公開
    ---
    # 返金はできますか？

    はい。30日以内なら、全額を返金いたします。

    !!! internal <!-- error: KT702 -->
        高額の返金は承認が要る。
    ````

    Good:
    ````markdown
    ---
    公開範囲: お客様に公開
    ---
    # 返金はできますか？

    はい。30日以内なら、全額を返金いたします。

    ## 社内メモ

    - 高額の返金は承認が要る。
    ````
    """
    yield from told(document, "KT702")
    lowered = document.common.lower() if document.path in context.public else ""
    if any(sign in lowered for sign in _MAY_HIDE):
        text = without_code(document.common)
        for match in _HIDDEN.finditer(text):
            at = match.start() + len(match[0]) - len(match[0].lstrip())
            yield Found(document.common_line + text.count("\n", 0, at), {"seen": match[0].strip()})


@rule(
    "KT703", "included-text", ERROR,
    "「{seen}」でほかのファイルを取り込んでいます。公開ページでは使えません。文章をここに書くか、{{{{値:…}}}} で引用してください。",
    "'{seen}' includes another file, which a public page cannot do. Write the text here, or quote it with {{{{fact:…}}}}.",
    waivable=False,
)  # fmt: skip
def included_text(document: Document, context: Context) -> Iterator[Found]:
    """なぜ: 取り込みは印刷のときにディスクから読まれるので、社内メモを切り取ったあとの壁をすり抜けます。

    Why: an include is read from the disk while printing, after the internal text was cut, and so passes the wall.

    Bad:
    ````markdown
    ---
    公開範囲: お客様に公開
    ---
    # 返金はできますか？

    はい。30日以内なら、全額を返金いたします。

    --8<-- "playbooks/billing/refund.md" <!-- error: KT703 -->
    ````

    Good:
    ````markdown
    ---
    公開範囲: お客様に公開
    ---
    # 返金はできますか？

    はい。30日以内なら、全額を返金いたします。
    ````
    """
    if document.path in context.public and any(sign in document.common for sign in _MAY_INCLUDE):
        text = without_code(document.common)
        for match in _INCLUDE.finditer(text):
            yield Found(document.common_line + text.count("\n", 0, match.start()), {"seen": match[0].strip()})


@rule(
    "KT704", "audience-unclear", ERROR,
    "公開範囲がありません。「公開範囲: お客様に公開」か「公開範囲: 社内だけ」を足してください。書くまでは社内だけのページです。",
    "The audience is missing. Add 'audience: public' or 'audience: internal'. Until then the page is internal.",
    waivable=False,
)  # fmt: skip
def audience_unclear(document: Document, context: Context) -> Iterator[Found]:
    """なぜ: 迷ったら社内だけにします。公開するつもりのページが出ないままにならないよう、必ず書きます。

    Why: in doubt a page stays inside; so that nothing meant for customers waits there unnoticed, every question says which.

    Bad:
    ````markdown
    === faq/billing/refund.md <!-- error: KT704 -->
    # 返金はできますか？

    はい。30日以内なら、全額を返金いたします。
    ````

    Good:
    ````markdown
    ---
    公開範囲: お客様に公開
    ---
    # 返金はできますか？

    はい。30日以内なら、全額を返金いたします。
    ````
    """
    yield from told(document, "KT704")
    source = context.library.source(document)
    written = document.fields.get("audience")
    if written is None:
        if document.kind == "faq" and "audience" not in source.fields:
            yield Found()
        return
    if written.value == PUBLIC and (
        document.kind == "playbook" or document.path.startswith("docs/handbook/")
    ):
        yield Found(written.line, said=Said(
            "手順書と手引きはいつも社内だけです。この行を消すか、お客様向けの文章を faq/ か docs/help/ に移してください。",
            "Playbooks and handbook pages are always internal. Remove this line, or move public text to faq/ or docs/help/.",
        ))  # fmt: skip
    elif written.value == INTERNAL and document.path.startswith("docs/help/"):
        yield Found(written.line, said=Said(
            "docs/help/ は公開ページの場所です。社内だけのページは docs/handbook/ に移してください。",
            "docs/help/ holds public pages. Move an internal page to docs/handbook/.",
        ))  # fmt: skip
    elif source is not document and written.value == PUBLIC and not _public(source):
        yield Found(written.line, said=Said(
            f"もとの {source.path} が公開ではないので、翻訳も公開できません。もとのページを先に公開してください。",
            f"Its source {source.path} is not public, so the translation cannot be. Publish the source first.",
        ))  # fmt: skip


def _public(document: Document) -> bool:
    written = document.fields.get("audience")
    return (written is not None and written.value == PUBLIC) or document.path.startswith("docs/help/")


@rule(
    "KT706", "almost-internal-heading", ERROR,
    "社内メモの見出しに見えますが、書き方が違います。「## 社内メモ」に直してください。",
    "This looks like the internal heading but is not. Write '## Internal notes'.",
    waivable=False, broken=True,
)  # fmt: skip
def almost_internal_heading(document: Document, context: Context) -> Iterator[Found]:
    """なぜ: 1文字違う見出しは、ふつうの見出しとして公開されてしまいます。直るまで、このページは社内だけになります。

    Why: a heading one letter off would be published as any other; until it is mended the page stays inside.

    Bad:
    ````markdown
    ---
    公開範囲: お客様に公開
    ---
    # 返金はできますか？

    はい。30日以内なら、全額を返金いたします。

    ### 社内用メモ <!-- error: KT706 -->

    - 高額の返金は承認が要る。
    ````

    Good:
    ````markdown
    ---
    公開範囲: お客様に公開
    ---
    # 返金はできますか？

    はい。30日以内なら、全額を返金いたします。

    ## 社内メモ

    - 高額の返金は承認が要る。
    ````
    """
    yield from told(document, "KT706")
