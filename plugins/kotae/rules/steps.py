"""What stands in a step: few checks at a time, a pause before what cannot be undone, an end one can see."""

from __future__ import annotations

from collections.abc import Iterator

from kotae.content.documents import Document
from kotae.rules.playbooks import flow_of, outcomes
from kotae.rules.registry import ERROR, WARNING, Context, Found, rule

_MOST_ITEMS = 9


@rule(
    "KT306", "outcome-without-proof", ERROR,
    "「{title}」に、完了したと分かる条件がありません。「- [ ] 状態が「返金済み」」のように、確かめることを書いてください。",
    "'{title}' has nothing that shows it is done. Write what to check: '- [ ] The state is \"Refunded\"'.",
)  # fmt: skip
def outcome_without_proof(document: Document, context: Context) -> Iterator[Found]:
    """なぜ: 確かめることがない完了は、終わったつもりのまま閉じられます。

    Why: an end without a test is closed because it feels done.

    Bad:
    ````markdown
    === playbooks/billing/refund.md
    # 返金のご依頼

    ## 手順

    ### 返金する

    次: 返金して完了

    ## 完了の条件

    ### 返金して完了 <!-- error: KT306 -->
    ````

    Good:
    ````markdown
    === playbooks/billing/refund.md
    # 返金のご依頼

    ## 手順

    ### 返金する

    次: 返金して完了

    ## 完了の条件

    ### 返金して完了

    - [ ] 状態が「返金済み」
    ````
    """
    for node in outcomes(flow_of(document, context)):
        if not node.confirm:
            yield Found(node.line, {"title": node.title})


@rule(
    "KT307", "too-many-checks", WARNING,
    "「{title}」で一度に確かめることが{count}個あります。9個までにするか、手順を分けてください。",
    "'{title}' asks for {count} checks at once. Keep to nine, or split the step.",
)  # fmt: skip
def too_many_checks(document: Document, context: Context) -> Iterator[Found]:
    """なぜ: 一度に確かめられるのは5〜9個、60〜90秒までです。多いと、見ずに印を付けるようになります。

    Why: five to nine items in 60 to 90 seconds is what people really check; more get ticked unread.

    Bad:
    ````markdown
    === playbooks/billing/refund.md
    # 返金のご依頼

    ## 手順

    ### 返金する

    - [ ] 会社名 <!-- warning: KT307 -->
    - [ ] 契約番号
    - [ ] 金額
    - [ ] 通貨
    - [ ] 請求日
    - [ ] 引き落とし日
    - [ ] カードの下4桁
    - [ ] 名義
    - [ ] 返金の記録
    - [ ] 担当者

    次: 返金して完了

    ## 完了の条件

    ### 返金して完了

    - [ ] 状態が「返金済み」
    ````

    Good:
    ````markdown
    === playbooks/billing/refund.md
    # 返金のご依頼

    ## 手順

    ### 返金する

    - [ ] 会社名
    - [ ] 金額
    - [ ] 返金の記録

    次: 返金して完了

    ## 完了の条件

    ### 返金して完了

    - [ ] 状態が「返金済み」
    ````
    """
    for node in flow_of(document, context).nodes:
        for pause in node.pauses:
            if len(pause.items) > _MOST_ITEMS:
                yield Found(pause.line, {"title": node.title, "count": len(pause.items)})


@rule(
    "KT308", "no-pause-before-irreversible", ERROR,
    "「{title}」は元に戻せないのに、その前に確かめる場所がありません。番号の付いた操作の上に「- [ ] 」で確かめることを書いてください。",
    "'{title}' cannot be undone and has no check before it. Write '- [ ] ' lines above the numbered actions.",
)  # fmt: skip
def no_pause_before_irreversible(document: Document, context: Context) -> Iterator[Found]:
    """なぜ: 元に戻せない操作の前に一度止まって見比べると、会社や金額の取り違えに気づけます。

    Why: one stop before what cannot be undone catches the wrong company and the wrong amount.

    Bad:
    ````markdown
    === playbooks/billing/refund.md
    # 返金のご依頼

    ## 手順

    ### 返金する

    - 元に戻せない: はい <!-- error: KT308 -->

    1. 「実行」を押す。

    次: 返金して完了

    ## 完了の条件

    ### 返金して完了

    - [ ] 状態が「返金済み」

    ## 間違えたとき

    経理に知らせる。
    ````

    Good:
    ````markdown
    === playbooks/billing/refund.md
    # 返金のご依頼

    ## 手順

    ### 返金する

    - 元に戻せない: はい

    実行前の確認:

    - [ ] 金額が画面と同じ

    1. 「実行」を押す。

    次: 返金して完了

    ## 完了の条件

    ### 返金して完了

    - [ ] 状態が「返金済み」

    ## 間違えたとき

    経理に知らせる。
    ````
    """
    for node in flow_of(document, context).nodes:
        if not node.irreversible:
            continue
        acts = node.actions[0].line if node.actions else None
        if not any(acts is None or pause.line < acts for pause in node.pauses):
            fact = node.fact("irreversible")
            yield Found(fact.line if fact else node.line, {"title": node.title})


@rule(
    "KT309", "no-word-on-mistakes", ERROR,
    "「{title}」は元に戻せません。「## 間違えたとき」に、直し方か、だれが決めるかを書いてください。",
    "'{title}' cannot be undone. Write under '## If it went wrong' how to mend it, or who decides.",
)  # fmt: skip
def no_word_on_mistakes(document: Document, context: Context) -> Iterator[Found]:
    """なぜ: 間違えたときのことは、落ち着いているいま一度だけ考えておきます。慌てて自分で直すと、傷が広がります。

    Why: it is thought about once, calmly; who mends it in a hurry makes it worse.

    Bad:
    ````markdown
    === playbooks/billing/refund.md
    # 返金のご依頼

    ## 手順

    ### 返金する

    - 元に戻せない: はい <!-- error: KT309 -->

    - [ ] 金額が画面と同じ

    次: 返金して完了

    ## 完了の条件

    ### 返金して完了

    - [ ] 状態が「返金済み」
    ````

    Good:
    ````markdown
    === playbooks/billing/refund.md
    # 返金のご依頼

    ## 手順

    ### 返金する

    - 元に戻せない: はい

    - [ ] 金額が画面と同じ

    次: 返金して完了

    ## 完了の条件

    ### 返金して完了

    - [ ] 状態が「返金済み」

    ## 間違えたとき

    自分で取り消さず、経理に知らせる。
    ````
    """
    flow = flow_of(document, context)
    undo = flow.section("undo")
    if undo and (undo.text.strip() or undo.items):
        return
    for node in flow.nodes:
        fact = node.fact("irreversible")
        if node.irreversible and fact:
            yield Found(undo.line if undo else fact.line, {"title": node.title})
            return
