"""Inputs are declared so that a form can be made of them, and quotations stand for something public."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kotae.audience import PUBLIC, expired, is_public, visible
from kotae.content.documents import Document
from kotae.findings import Said
from kotae.flow.examples import fits, trusted
from kotae.flow.model import Blank, Item
from kotae.flow.tables import shared
from kotae.flow.vocabulary import PERSONAL, TYPES
from kotae.links.quotes import quoted_faq
from kotae.rules.playbooks import all_flows, by_path, flow_of, nearest
from kotae.rules.registry import ERROR, WARNING, Context, Found, library_rule, maybe, rule

_PERSON = re.compile(
    r"(?:氏名|お名前|名前|お客様名|担当者名|代表者名|差出人名|フリガナ|ふりがな|Eメール|メールアドレス|電話番号|携帯番号|ご?住所)$"
    r"|^(?:.*\b)?(?:full name|first name|last name|customer name|e-?mail|mail address|email address|phone(?: number)?|home address|postal address)$",
    re.IGNORECASE,
)
_LABELS = "、".join(words[0] for words in TYPES.values())


@library_rule(
    "KT405", "item-cannot-be-asked", ERROR,
    "入力項目「{name}」を使えません。{trouble}",
    "The input '{name}' cannot be used. {trouble}",
)  # fmt: skip
def item_cannot_be_asked(context: Context) -> Iterator[Found]:
    """なぜ: 種類と例から、画面の入力欄とその確かめ方が作られます。種類が分からないと、まちがった値のまま送られます。

    Why: type and example become the field on the screen and its check; without them wrong values are sent.

    Bad:
    ````markdown
    === playbooks/billing/refund.md
    # 返金のご依頼

    ## 手順

    ### お知らせする

    1. {{返金額}}を見比べる。

    次: 返金して完了

    ## 完了の条件

    ### 返金して完了

    ## 入力項目

    | 項目 | 種類 | 例 | どこで分かるか |
    |---|---|---|---|
    | 返金額 | 金学 | 9,800円 | 管理画面「請求」 | <!-- error: KT405 -->
    ````

    Good:
    ````markdown
    === playbooks/billing/refund.md
    # 返金のご依頼

    ## 手順

    ### お知らせする

    1. {{返金額}}を見比べる。

    次: 返金して完了

    ## 完了の条件

    ### 返金して完了

    ## 入力項目

    | 項目 | 種類 | 例 | どこで分かるか |
    |---|---|---|---|
    | 返金額 | 金額 | 9,800円 | 管理画面「請求」 |
    ````
    """
    for item in shared(context.library.desk.inputs.values(), "ja"):
        trouble = _trouble(item)
        if trouble:
            yield Found(item.line, {"name": item.name, "trouble": trouble}, path="desk/inputs.yml")
    for flow in all_flows(context):
        for item in flow.inputs:
            trouble = None if item.shared else _trouble(item)
            if trouble:
                yield Found(item.line, {"name": item.name, "trouble": trouble}, path=flow.document.path)


def _trouble(item: Item) -> Said | None:
    if not item.type:
        near = nearest(item.written_type, (w for words in TYPES.values() for w in words))
        hint = (
            maybe(near)
            if near
            else Said(
                f"{_LABELS} のどれかを書いてください。",
                f"Write one of {', '.join(w[-1] for w in TYPES.values())}.",
            )
        )
        return Said(
            f"種類が「{item.written_type}」です。{hint.ja}",
            f"It is of the unknown type '{item.written_type}'. {hint.en}",
        )
    if item.type == "choice" and len(item.values) < 2:
        return Said(
            "選択なのに、選ぶものがありません。「選択(開始前・開始後)」のように書いてください。",
            "It is a choice of nothing. Write 'choice(before, after)'.",
        )
    if item.pattern and not trusted(item.pattern):
        return Said(
            "形が読み取れないか、入力によって画面を止めます。もっと短い形にしてください。",
            "It has a pattern that cannot be read or may hang the page. Make it simpler.",
        )
    if item.pattern and item.example and not re.fullmatch(item.pattern, item.example):
        return Said(
            f"例「{item.example}」が、その形に合いません。どちらかを直してください。",
            f"It has the example '{item.example}', which its pattern refuses. Mend one.",
        )
    if not fits(item):
        return Said(
            f"例「{item.example}」が、種類「{item.written_type}」に合いません。どちらかを直してください。",
            f"It has the example '{item.example}', which is no {item.written_type}. Mend one.",
        )
    return None


@rule(
    "KT413", "personal-item-as-text", WARNING,
    "入力項目「{name}」は個人の情報に見えますが、種類が「{type}」です。氏名、メール、電話、住所のどれかにしてください。",
    "The input '{name}' looks personal but is of type '{type}'. Use name, email, phone or address.",
)  # fmt: skip
def personal_item_as_text(document: Document, context: Context) -> Iterator[Found]:
    """なぜ: 氏名や電話番号は、ブラウザーに残さず、画面を閉じると消えます。ほかの種類では保存されてしまいます。

    Why: names and numbers are kept in memory only; under any other type they would be stored in the browser.

    Bad:
    ````markdown
    === playbooks/billing/refund.md
    # 返金のご依頼

    ## 手順

    ### お知らせする

    1. {{申請者の氏名}}を見比べる。

    次: 返金して完了

    ## 完了の条件

    ### 返金して完了

    ## 入力項目

    | 項目 | 種類 | 例 | どこで分かるか |
    |---|---|---|---|
    | 申請者の氏名 | 文章 | 佐藤 花子 | 申請書 | <!-- warning: KT413 -->
    ````

    Good:
    ````markdown
    === playbooks/billing/refund.md
    # 返金のご依頼

    ## 手順

    ### お知らせする

    1. {{申請者の氏名}}を見比べる。

    次: 返金して完了

    ## 完了の条件

    ### 返金して完了

    ## 入力項目

    | 項目 | 種類 | 例 | どこで分かるか |
    |---|---|---|---|
    | 申請者の氏名 | 氏名 | 佐藤 花子 | 申請書 |
    ````
    """
    for item in flow_of(document, context).inputs:
        if not item.shared and item.type and item.type not in PERSONAL and _PERSON.search(item.name):
            yield Found(item.line, {"name": item.name, "type": item.written_type})


@rule(
    "KT416", "quotes-nothing-public", ERROR,
    "{{{{{kind}:{name}}}}} を引用できません。{why}",
    "{{{{{kind}:{name}}}}} cannot be quoted. {why}",
)  # fmt: skip
def quotes_nothing_public(document: Document, context: Context) -> Iterator[Found]:
    """なぜ: ない質問や社内だけの質問を引用した文面は、送れないか、社内のことばをお客様に届けます。

    Why: a message that quotes no page, or an internal one, cannot be sent or carries internal words out.

    Bad:
    ````markdown
    === playbooks/billing/refund.md
    # 返金のご依頼

    ## 手順

    ### お知らせする

    ```mail title="返金のお知らせ"
    件名: ご返金

    {{答え:refund-whn}} <!-- error: KT416 -->
    ```
    次: 返金して完了

    ## 完了の条件

    ### 返金して完了
    ````

    Good:
    ````markdown
    === faq/billing/refund-when.md
    ---
    公開範囲: お客様に公開
    ---
    # 返金はいつ反映されますか？

    カード会社によって異なります。
    === playbooks/billing/refund.md
    # 返金のご依頼

    ## 手順

    ### お知らせする

    ```mail title="返金のお知らせ"
    件名: ご返金

    {{答え:refund-when}}
    ```
    次: 返金して完了

    ## 完了の条件

    ### 返金して完了
    ````
    """
    flow = flow_of(document, context)
    for node in flow.nodes:
        for blank in (*node.blanks, *(b for m in node.messages for b in m.blanks)):
            if blank.kind in ("answer", "url", "fact"):
                yield from _quoted(blank, document, context)


def _quoted(blank: Blank, document: Document, context: Context) -> Iterator[Found]:
    library, today = context.once(by_path), context.today
    values = {
        "name": blank.name,
        "kind": {"answer": Said("答え", "answer"), "url": "URL", "fact": Said("値", "fact")}[blank.kind],
    }
    if blank.kind == "fact":
        if library.desk.find("facts", blank.name) is None:
            near = library.desk.nearest("facts", blank.name)
            why = (
                maybe(near)
                if near
                else Said("desk/facts.yml にある名前を書いてください。", "Write a name of desk/facts.yml.")
            )
            yield Found(blank.line, values | {"why": why})
        return
    found = quoted_faq(blank.name, library, document.lang)
    if found is None:
        near = nearest(blank.name, (n for d in library if d.kind == "faq" for n in (d.stem, d.title)))
        why = (
            maybe(near)
            if near
            else Said(
                "質問のファイル名か見出しを書いてください。", "Write the stem or the title of a question."
            )
        )
        yield Found(blank.line, values | {"why": why})
    elif not is_public(library, found):
        yield Found(
            blank.line,
            values
            | {
                "why": Said(
                    "社内だけのページです。公開している質問にしてください。",
                    "The page is internal. Quote a public one.",
                )
            },
        )
    elif found.status != "published":
        yield Found(
            blank.line,
            values
            | {
                "why": Said(
                    "下書きか廃止したページです。公開している質問にしてください。",
                    "The page is a draft or retired. Quote a published one.",
                )
            },
        )
    elif expired(found, today):
        yield Found(
            blank.line,
            values
            | {
                "why": Said(
                    "有効期限を過ぎて、公開されていないページです。",
                    "Its date has passed, so the page is withheld.",
                )
            },
            time=True,
        )
    elif not visible(library, found, PUBLIC, today):
        yield Found(
            blank.line, values | {"why": Said("公開されていないページです。", "The page is not published.")}
        )
