"""The first reply goes out in the promised time, and can."""

from __future__ import annotations

from collections.abc import Iterator

from kotae.content.documents import Document
from kotae.flow.graph import edges, reach, turned
from kotae.flow.model import OUTCOME, Duration
from kotae.flow.promises import loosest, open_seconds
from kotae.flow.replies import gives, silent
from kotae.flow.vocabulary import fold
from kotae.rules.playbooks import flow_of, items
from kotae.rules.registry import ERROR, WARNING, Context, Found, rule


@rule(
    "KT313", "looser-than-promised", ERROR,
    "「{title}」の期限「{limit}」は、お約束({promise})より遅くなります。短くするか、消してください。",
    "The limit '{limit}' of '{title}' is later than promised ({promise}). Shorten it, or delete it.",
)  # fmt: skip
def looser_than_promised(document: Document, context: Context) -> Iterator[Found]:
    """なぜ: お客様に見せている約束と手順書の期限が違うと、どちらかが守られません。

    Why: with one time on the public page and another in the playbook, one of them is broken.

    Bad:
    ````markdown
    === desk/promises.yml
    - id: mail
      連絡手段: メール
      一次回答: 4営業時間
    === playbooks/billing/refund.md
    ---
    連絡手段: [メール]
    ---
    # 返金のご依頼

    ## 手順

    ### 受け付けたことをお伝えする

    - 一次回答: はい
    - 期限: 1営業日以内 <!-- error: KT313 -->

    ```mail title="受け付けのお知らせ"
    件名: 受け付けました

    内容を確認し、ご連絡いたします。
    ```
    次: 返金して完了

    ## 完了の条件

    ### 返金して完了
    ````

    Good:
    ````markdown
    === desk/promises.yml
    - id: mail
      連絡手段: メール
      一次回答: 4営業時間
    === playbooks/billing/refund.md
    ---
    連絡手段: [メール]
    ---
    # 返金のご依頼

    ## 手順

    ### 受け付けたことをお伝えする

    - 一次回答: はい
    - 期限: 2営業時間以内

    ```mail title="受け付けのお知らせ"
    件名: 受け付けました

    内容を確認し、ご連絡いたします。
    ```
    次: 返金して完了

    ## 完了の条件

    ### 返金して完了
    ````
    """
    promised = _promised(document, context)
    for node in flow_of(document, context).nodes:
        if promised and gives(node) and node.within:
            channel, limit, most = promised
            if open_seconds(context.library.desk, channel, node.within) > most:
                yield Found(
                    node.within.line,
                    {"title": node.title, "limit": node.within.written, "promise": limit.written},
                )


def _promised(document: Document, context: Context) -> tuple[str, Duration, int] | None:
    library = context.library
    channels = [str(c) for c in library.texts(document, "channels")]
    return loosest(library.desk, channels, str(library.value(document, "severity")))


@rule(
    "KT315", "late-before-reply", WARNING,
    "「{title}」の期限「{limit}」は、そのあとの一次回答の期限({promise})より後です。短くするか、一次回答を先にしてください。",
    "'{title}' may take {limit}, later than the first reply after it ({promise}). Shorten it, or reply first.",
)  # fmt: skip
def late_before_reply(document: Document, context: Context) -> Iterator[Found]:
    """なぜ: 一次回答の前の手順に長い期限があると、一次回答は必ず遅れます。

    Why: a long limit before the first reply makes that reply late every time.

    Bad:
    ````markdown
    === desk/promises.yml
    - id: mail
      連絡手段: メール
      一次回答: 4営業時間
    === playbooks/billing/refund.md
    ---
    連絡手段: [メール]
    ---
    # 返金のご依頼

    ## 手順

    ### 契約を確かめる

    - 期限: 1営業日以内 <!-- warning: KT315 -->

    ### 受け付けたことをお伝えする

    - 一次回答: はい

    ```mail title="受け付けのお知らせ"
    件名: 受け付けました

    内容を確認し、ご連絡いたします。
    ```
    次: 返金して完了

    ## 完了の条件

    ### 返金して完了
    ````

    Good:
    ````markdown
    === desk/promises.yml
    - id: mail
      連絡手段: メール
      一次回答: 4営業時間
    === playbooks/billing/refund.md
    ---
    連絡手段: [メール]
    ---
    # 返金のご依頼

    ## 手順

    ### 契約を確かめる

    - 期限: 1営業時間以内

    ### 受け付けたことをお伝えする

    - 一次回答: はい

    ```mail title="受け付けのお知らせ"
    件名: 受け付けました

    内容を確認し、ご連絡いたします。
    ```
    次: 返金して完了

    ## 完了の条件

    ### 返金して完了
    ````
    """
    flow, promised = flow_of(document, context), _promised(document, context)
    replying = [n for n in flow.nodes if gives(n)]
    if not promised or not replying:
        return
    channel, limit, most = promised
    before = silent(flow) & reach((n.id for n in replying), turned(edges(flow)))
    for node in flow.nodes:
        own = node.within
        if node.id not in before or own is None or gives(node) or node.kind == OUTCOME:
            continue
        if own.origin in ("intake", "step") and open_seconds(context.library.desk, channel, own) > most:
            yield Found(own.line, {"title": node.title, "limit": own.written, "promise": limit.written})


@rule(
    "KT414", "reply-waits-for-answer", ERROR,
    "一次回答の文面が「{name}」を使っています。受付で分からないことなので、一次回答には書かず、あとの文面に移してください。",
    "The first reply uses '{name}', which is not known at intake. Move it to a later message.",
)  # fmt: skip
def reply_waits_for_answer(document: Document, context: Context) -> Iterator[Found]:
    """なぜ: 一次回答は、受け付けたことをすぐお伝えするものです。調べないと埋まらない項目があると、お客様の返事や調査を待ってしまいます。

    Why: a first reply that needs something to be found out waits, and waiting is the one thing it must not do.

    Bad:
    ````markdown
    === playbooks/billing/refund.md
    # 返金のご依頼

    ## 手順

    ### 受け付けたことをお伝えする

    - 一次回答: はい

    ```mail title="受け付けのお知らせ"
    件名: 受け付けました

    {{返金額}}のご返金について受け付けました。 <!-- error: KT414 -->
    ```

    次: 返金して完了

    ## 完了の条件

    ### 返金して完了

    ## 入力項目

    | 項目 | 種類 | 例 | どこで分かるか |
    |---|---|---|---|
    | 返金額 | 金額 | 9,800円 | 管理画面「請求」 |
    ````

    Good:
    ````markdown
    === desk/inputs.yml
    - id: ticket
      項目: 問い合わせ番号
      種類: 番号
      例: "48213"
      受付で分かる: はい
    === playbooks/billing/refund.md
    # 返金のご依頼

    ## 手順

    ### 受け付けたことをお伝えする

    - 一次回答: はい

    ```mail title="受け付けのお知らせ"
    件名: 受け付けました({{問い合わせ番号}})

    ご返金について受け付けました。
    ```
    次: 返金して完了

    ## 完了の条件

    ### 返金して完了
    ````
    """
    flow = flow_of(document, context)
    known = items(flow)
    for node in flow.nodes:
        if gives(node):
            for blank in (b for m in node.messages for b in m.blanks if b.kind == "input"):
                item = known.get(fold(blank.name))
                if item and not item.at_intake:
                    yield Found(blank.line, {"name": item.name})
