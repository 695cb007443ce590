"""The customer hears from us first, on every path and on every channel."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from kotae.content.documents import Document
from kotae.content.library import Library
from kotae.findings import Said
from kotae.flow.calls import called, named
from kotae.flow.graph import edges, turned, ways
from kotae.flow.model import Flow, Message, Node
from kotae.flow.parse import flows
from kotae.flow.replies import gives, silent, unanswered
from kotae.rules.playbooks import by_path, flow_of
from kotae.rules.registry import ERROR, Context, Found, rule

_NONE = re.compile(r"\s*(?:なし|none)\s*(?:[(（:：、,]\s*(.*?)\s*[)）]?)?\s*", re.IGNORECASE)
_LABELS = {
    "mail": Said("メール", "mail"), "chat": Said("チャット", "chat"), "phone": Said("電話", "phone"), "sms": Said("SMS", "SMS"),
    "sns": Said("SNS", "SNS"), "status": Said("状況ページ", "status page"),
}  # fmt: skip


class _Replies:
    """How one playbook comes to its first reply: ``none`` with a reason, from ``other``, or by its own steps."""

    def __init__(self, document: Document, context: Context) -> None:
        self.flow = flow_of(document, context)
        self.known = context.once(flows)
        self.library = context.once(by_path)
        written = self.library.value(document, "first_reply") if self.flow.start else None
        self.written = written if isinstance(written, str) else ""
        match = _NONE.fullmatch(self.written)
        self.none = bool(match)
        self.reason = (match[1] or "") if match else ""
        other = named(self.library, document, self.written.strip()) if self.written and not match else None
        self.other = self.known.get(other.path) if other else None
        self.answering = answering(self.flow, self.library, self.known, frozenset())

    @property
    def own(self) -> tuple[Node, ...]:
        """Return the steps that give the reply."""
        return tuple(n for n in self.flow.nodes if gives(n))

    @property
    def judged(self) -> bool:
        """Tell whether the paths of this playbook must hold the reply themselves."""
        return (
            bool(self.flow.start)
            and not self.none
            and self.other is None
            and bool(self.own or self.answering)
        )


def answering(
    flow: Flow, library: Library, known: Mapping[str, Flow], seen: frozenset[str]
) -> frozenset[str]:
    """Return the calls of a playbook, as written, that always give the first reply."""
    found: set[str] = set()
    for call in {w.call for node in flow.nodes for w in ways(node) if w.call}:
        other = called(library, flow.document, call)
        below = known.get(other.path) if other else None
        if below is None or not below.start or below.document.path in seen:
            continue
        inner = answering(below, library, known, seen | {flow.document.path, below.document.path})
        if (inner or any(gives(n) for n in below.nodes)) and not unanswered(below, inner):
            found.add(call)
    return frozenset(found)


@rule(
    "KT311", "no-first-reply", ERROR,
    "一次回答をする手順がありません。その手順に「- 一次回答: はい」を足すか、項目に「一次回答: なし(理由)」と書いてください。",
    "No step gives the first reply. Add '- First reply: yes' to the step, or write 'first_reply: none (reason)' in the fields.",
)  # fmt: skip
def no_first_reply(document: Document, context: Context) -> Iterator[Found]:
    """なぜ: お客様がいちばん困るのは、受け付けられたかどうか分からないことです。一次回答の場所は、どの手順書でも決めておきます。

    Why: what troubles customers most is not knowing whether anybody received them; every playbook says where they hear.

    Bad:
    ````markdown
    === playbooks/billing/refund.md
    # 返金のご依頼 <!-- error: KT311 -->

    ## 手順

    ### 契約を確かめる

    次: 返金して完了

    ## 完了の条件

    ### 返金して完了
    ````

    Good:
    ````markdown
    === playbooks/billing/refund.md
    # 返金のご依頼

    ## 手順

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
    replies = _Replies(document, context)
    if (
        not replies.flow.start
        or replies.own
        or replies.answering
        or (replies.none and replies.reason)
        or _given(replies.other, replies)
    ):
        return
    line = document.line_of("first_reply") if "first_reply" in document.fields else document.title_line
    if replies.none:
        yield Found(line, said=Said(
            "「一次回答: なし」に理由がありません。「なし(お客様を待たせない手順)」のように書いてください。",
            "'first_reply: none' has no reason. Write 'none (no customer waits)'.",
        ))  # fmt: skip
    elif replies.written:
        yield Found(line, said=Said(
            f"「一次回答: {replies.written}」の手順書がないか、そこに一次回答の手順がありません。手順書のファイル名を書いてください。",
            f"There is no playbook '{replies.written}' that gives a first reply. Write the stem of one.",
        ))  # fmt: skip
    else:
        yield Found(line)


def _given(other: Flow | None, replies: _Replies) -> bool:
    return other is not None and any(gives(n) for n in other.nodes)


@rule(
    "KT312", "nothing-to-send", ERROR,
    "一次回答の手順「{title}」に、お送りする文面がありません。```mail title=\"…\" のように書いてください。",
    "The first reply '{title}' has nothing to send. Write a message: ```mail title=\"…\".",
)  # fmt: skip
def nothing_to_send(document: Document, context: Context) -> Iterator[Found]:
    """なぜ: 文面がないと、急いでいるときに人によって違うことをお約束します。

    Why: without a text everybody promises something else, in a hurry.

    Bad:
    ````markdown
    === playbooks/billing/refund.md
    # 返金のご依頼

    ## 手順

    ### 受け付けたことをお伝えする <!-- error: KT312 -->

    - 一次回答: はい

    次: 返金して完了

    ## 完了の条件

    ### 返金して完了
    ````

    Good:
    ````markdown
    === playbooks/billing/refund.md
    # 返金のご依頼

    ## 手順

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
    for node in flow_of(document, context).nodes:
        sent = [m for m in node.messages if m.channel != "note"]
        if gives(node) and not sent and not any(w.call for w in ways(node)):
            yield Found(node.line, {"title": node.title})


@rule(
    "KT316", "channel-without-reply", ERROR,
    "{channel}の一次回答の文面がありません。一次回答の手順に ```{fence} title=\"…\" を足すか、連絡手段から外してください。",
    "There is no first reply for {channel}. Add ```{fence} title=\"…\" to the step, or take the channel out.",
)  # fmt: skip
def channel_without_reply(document: Document, context: Context) -> Iterator[Found]:
    """なぜ: 電話の文がない手順書では、電話を受けた人だけが即興で話すことになります。

    Why: without a phone text, whoever answers the phone improvises.

    Bad:
    ````markdown
    === playbooks/billing/refund.md
    ---
    連絡手段: [メール, 電話] <!-- error: KT316 -->
    ---
    # 返金のご依頼

    ## 手順

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
    === playbooks/billing/refund.md
    ---
    連絡手段: [メール]
    ---
    # 返金のご依頼

    ## 手順

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
    replies = _Replies(document, context)
    if replies.none or not replies.flow.start:
        return
    sent = {m.channel for m in _texts(replies)}
    if not sent:
        return
    for channel in context.library.texts(document, "channels"):
        if str(channel) not in sent:
            line = getattr(channel, "line", 0) if "channels" in document.fields else document.title_line
            yield Found(line, {"channel": _LABELS.get(str(channel), channel), "fence": channel})


def _texts(replies: _Replies) -> Iterator[Message]:
    below = [replies.other] if replies.other else []
    below += [
        replies.known[o.path]
        for c in replies.answering
        if (o := called(replies.library, replies.flow.document, c)) and o.path in replies.known
    ]
    for flow in (replies.flow, *below):
        for node in flow.nodes:
            if gives(node):
                yield from node.messages


@rule(
    "KT314", "end-without-reply", ERROR,
    "一次回答をしないまま「{title}」に着く道があります。{way}",
    "'{title}' can be reached without any first reply. {way}",
)  # fmt: skip
def end_without_reply(document: Document, context: Context) -> Iterator[Found]:
    """なぜ: どの道を通っても、お客様に一度もお返事しないまま閉じることがあってはなりません。

    Why: on no path may a ticket be closed without one word to the customer.

    Bad:
    ````markdown
    === playbooks/billing/refund.md
    # 返金のご依頼

    ## 手順

    ### 契約を確かめる

    契約を開けましたか？

    - はい → 受け付けたことをお伝えする
    - いいえ → 返金して完了

    ### 受け付けたことをお伝えする

    - 一次回答: はい

    ```mail title="受け付けのお知らせ"
    件名: 受け付けました

    内容を確認し、ご連絡いたします。
    ```
    次: 返金して完了

    ## 完了の条件

    ### 返金して完了 <!-- error: KT314 -->
    ````

    Good:
    ````markdown
    === playbooks/billing/refund.md
    # 返金のご依頼

    ## 手順

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
    replies = _Replies(document, context)
    if not replies.judged:
        return
    quiet = silent(replies.flow, replies.answering)
    back = turned(edges(replies.flow))
    for node in unanswered(replies.flow, replies.answering):
        last = next((b for b in back[node.id] if b in quiet), "")
        title = replies.flow.by_id[last].title if last else ""
        way = (
            Said(
                f"「{title}」の前に一次回答の手順を通してください。",
                f"Let the way through '{title}' pass the first reply.",
            )
            if title
            else Said("", "")
        )
        yield Found(node.line, {"title": node.title, "way": way})
