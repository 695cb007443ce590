"""Every blank of a message can be filled in, and in time."""

from __future__ import annotations

from collections.abc import Iterator

from kotae.content.documents import Document
from kotae.findings import Said
from kotae.flow.graph import edges, reach
from kotae.flow.messages import BLANK
from kotae.flow.model import ESCALATION, Blank, Flow, Node
from kotae.flow.vocabulary import fold
from kotae.rules.playbooks import flow_of, items, nearest
from kotae.rules.registry import ERROR, WARNING, Context, Found, maybe, rule

_WHERE = Said("「## 入力項目」の表に1行足してください。", "Add a line to the table under '## Inputs'.")


def _used(flow: Flow) -> Iterator[tuple[Node, Blank]]:
    for node in flow.nodes:
        for blank in (*node.blanks, *(b for m in node.messages for b in m.blanks)):
            if blank.kind == "input":
                yield node, blank


def _hint(flow: Flow, written: str) -> Said:
    near = nearest(written, (item.name for item in flow.inputs))
    return maybe(near) if near else _WHERE


@rule(
    "KT402", "unknown-item", ERROR,
    "{{{{{name}}}}} という入力項目がありません。{hint}",
    "There is no input {{{{{name}}}}}. {hint}",
)  # fmt: skip
def unknown_item(document: Document, context: Context) -> Iterator[Found]:
    """なぜ: だれも埋められない {{…}} は、そのままお客様に届きます。

    Why: an {{item}} that nobody declared is sent to the customer as it stands.

    Bad:
    ````markdown
    === playbooks/billing/refund.md
    # 返金のご依頼

    ## 手順

    ### お知らせする

    ```mail title="返金のお知らせ"
    件名: ご返金

    {{返金学}}のご返金の手続きが完了いたしました。 <!-- error: KT402 -->
    {{返金額}}は、お申し出のとおりです。
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
    === playbooks/billing/refund.md
    # 返金のご依頼

    ## 手順

    ### お知らせする

    ```mail title="返金のお知らせ"
    件名: ご返金

    {{返金額}}のご返金の手続きが完了いたしました。
    ```

    次: 返金して完了

    ## 完了の条件

    ### 返金して完了

    ## 入力項目

    | 項目 | 種類 | 例 | どこで分かるか |
    |---|---|---|---|
    | 返金額 | 金額 | 9,800円 | 管理画面「請求」 |
    ````
    """
    flow = flow_of(document, context)
    known = items(flow)
    for _, blank in _used(flow):
        if fold(blank.name) not in known:
            hint = _hint(flow, blank.name)
            if ":" in blank.name or "：" in blank.name:
                hint = Said(
                    "引用は {{値:…}}、{{答え:…}}、{{URL:…}} のどれかで書いてください。",
                    "Quote with {{fact:…}}, {{answer:…}} or {{URL:…}}.",
                )
            yield Found(blank.line, {"name": blank.name, "hint": hint})


@rule(
    "KT403", "unknown-hand-over", ERROR,
    "引き継ぎ事項「{name}」が入力項目にありません。{hint}",
    "'{name}' is handed over but is no input. {hint}",
)  # fmt: skip
def unknown_hand_over(document: Document, context: Context) -> Iterator[Found]:
    """なぜ: 引き継ぎ事項は、画面で埋めてそのまま写せる1つのまとまりになります。入力項目にないものは空のまま渡ります。

    Why: what is handed over is filled in and copied as one block; what is no input would be handed over empty.

    Bad:
    ````markdown
    === playbooks/billing/refund.md
    # 返金のご依頼

    ## 手順

    ### 契約を確かめる

    次: 経理にお願いする

    ## エスカレーション

    ### 経理にお願いする

    - 引き継ぎ事項: 返金額, 返金の理由 <!-- error: KT403 -->

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
    === playbooks/billing/refund.md
    # 返金のご依頼

    ## 手順

    ### 契約を確かめる

    次: 経理にお願いする

    ## エスカレーション

    ### 経理にお願いする

    - 引き継ぎ事項: 返金額

    次: 返金して完了

    ## 完了の条件

    ### 返金して完了

    ## 入力項目

    | 項目 | 種類 | 例 | どこで分かるか |
    |---|---|---|---|
    | 返金額 | 金額 | 9,800円 | 管理画面「請求」 |
    ````
    """
    flow = flow_of(document, context)
    known = items(flow)
    for node in flow.nodes:
        for word in node.hand_over:
            if fold(word.text) not in known:
                yield Found(word.line, {"name": word.text, "hint": _hint(flow, word.text)})


@rule(
    "KT404", "unused-item", WARNING,
    "入力項目「{name}」は、どの文面にも引き継ぎにも使われていません。使うか、表から消してください。",
    "The input '{name}' is used in no message and no hand-over. Use it, or delete the line.",
)  # fmt: skip
def unused_item(document: Document, context: Context) -> Iterator[Found]:
    """なぜ: 使われない項目があると、担当者は要らないことまで調べて埋めます。

    Why: agents look up and fill in what nobody needs.

    Bad:
    ````markdown
    === playbooks/billing/refund.md
    # 返金のご依頼

    ## 手順

    ### お知らせする

    次: 返金して完了

    ## 完了の条件

    ### 返金して完了

    ## 入力項目

    | 項目 | 種類 | 例 | どこで分かるか |
    |---|---|---|---|
    | 返金額 | 金額 | 9,800円 | 管理画面「請求」 | <!-- warning: KT404 -->
    ````

    Good:
    ````markdown
    === playbooks/billing/refund.md
    # 返金のご依頼

    ## 手順

    ### お知らせする

    1. {{返金額}}を画面と見比べる。

    次: 返金して完了

    ## 完了の条件

    ### 返金して完了

    ## 入力項目

    | 項目 | 種類 | 例 | どこで分かるか |
    |---|---|---|---|
    | 返金額 | 金額 | 9,800円 | 管理画面「請求」 |
    ````
    """
    flow = flow_of(document, context)
    own = [item for item in flow.inputs if not item.shared]
    if not own:
        return
    # A row of the table may name its item in braces; that is no use of it.
    text = "\n".join(line for line in document.common.split("\n") if not line.lstrip().startswith("|"))
    used = {fold(match[1]) for match in BLANK.finditer(text)}
    used |= {fold(word.text) for node in flow.nodes for word in node.hand_over}
    for item in own:
        if fold(item.name) not in used:
            yield Found(item.line, {"name": item.name})


@rule(
    "KT406", "asked-too-early", WARNING,
    "「{name}」は、まだ分かる手順を通らないうちに文面で使われます。表の「どこで分かるか」を書いてください。",
    "'{name}' is used in a message before any step could have told it. Fill in 'Where to find it'.",
)  # fmt: skip
def asked_too_early(document: Document, context: Context) -> Iterator[Found]:
    """なぜ: どこで分かるか書かれていない項目を先に求められると、担当者は想像で埋めます。

    Why: asked for what no step has told and nobody says where to find, the agent guesses.

    Bad:
    ````markdown
    === playbooks/billing/refund.md
    # 返金のご依頼

    ## 手順

    ### お知らせする

    ```mail title="返金のお知らせ"
    件名: ご返金

    {{返金額}}のご返金の手続きが完了いたしました。 <!-- warning: KT406 -->
    ```

    次: 返金して完了

    ## 完了の条件

    ### 返金して完了

    ## 入力項目

    | 項目 | 種類 | 例 |
    |---|---|---|
    | 返金額 | 金額 | 9,800円 |
    ````

    Good:
    ````markdown
    === playbooks/billing/refund.md
    # 返金のご依頼

    ## 手順

    ### お知らせする

    1. 管理画面「請求」で返金額を見る。

    ```mail title="返金のお知らせ"
    件名: ご返金

    {{返金額}}のご返金の手続きが完了いたしました。
    ```

    次: 返金して完了

    ## 完了の条件

    ### 返金して完了

    ## 入力項目

    | 項目 | 種類 | 例 |
    |---|---|---|
    | 返金額 | 金額 | 9,800円 |
    ````
    """
    flow = flow_of(document, context)
    known = items(flow)
    early = _early(flow) if any(not i.where and not i.at_intake for i in flow.inputs) else frozenset()
    for node in flow.nodes:
        if node.id not in early:
            continue
        for message in node.messages:
            if any(action.line < message.line for action in node.actions):
                continue
            for blank in message.blanks:
                item = known.get(fold(blank.name)) if blank.kind == "input" else None
                if item and not item.where and not item.at_intake:
                    yield Found(blank.line, {"name": item.name})


def _early(flow: Flow) -> frozenset[str]:
    """Return the nodes that can be reached before anything was looked up, asked or handed over."""
    telling = {n.id for n in flow.nodes if n.actions or n.decision or n.hand_over or n.kind == ESCALATION}
    graph = {n: () if n in telling else to for n, to in edges(flow).items()}
    return reach([flow.start], graph)
