"""Short enough to follow beside a ticket, in words that say what to do."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kotae.content.documents import Document
from kotae.findings import Said
from kotae.flow.graph import depth, edges
from kotae.flow.model import OUTCOME, STEP, Flow, Node
from kotae.rules.playbooks import flow_of
from kotae.rules.registry import WARNING, Context, Found, rule

_MOST_STEPS, _MOST_ANSWERS, _DEEPEST = 25, 7, 12
_JA_VERB = re.compile(r"[うくぐすつぬぶむるい][。]?$")
_EN_NOUN = re.compile(
    r"(?:the|a|an|our|your|their|first|second|next|new|this|that)\b|\w+(?:tion|sion|ment|ness|ance|ence|ity)\b|\w{4,}ing\b", re.IGNORECASE
)  # fmt: skip
_NUMBERED = re.compile(
    r"\s*(?:(?:手順|ステップ|工程|step)\s*)?(?:\d|[①-⑳]|[一二三四五六七八九十][、.．])", re.IGNORECASE
)
_STEP_NUMBER = re.compile(
    r"(?:手順|ステップ|工程)\s*[\d一二三四五六七八九十①-⑳]+(?![\dつ件個枚人分日時回])|\bsteps?\s+\d+\b",
    re.IGNORECASE,
)


@rule(
    "KT221", "too-much-for-one", WARNING,
    "{what}。手順書を分けるか、まとめてください。",
    "{what}. Split the playbook, or join steps.",
)  # fmt: skip
def too_much_for_one(document: Document, context: Context) -> Iterator[Found]:
    """なぜ: 手順は25、1つの質問の答えは7つ、入口からいちばん遠いところは12手までにすると、画面ごしでも見失いません。

    Why: up to 25 steps, seven answers and twelve moves from the start can be followed beside a ticket.

    Bad:
    ````markdown
    === playbooks/billing/refund.md
    # 返金のご依頼

    ## 手順

    ### 契約を確かめる

    どのことですか？ <!-- warning: KT221 -->

    - 料金 → 返金して完了
    - 契約 → 返金して完了
    - 解約 → 返金して完了
    - 請求書 → 返金して完了
    - 入金 → 返金して完了
    - 連携 → 返金して完了
    - ログイン → 返金して完了
    - それ以外 → 返金して完了

    ## 完了の条件

    ### 返金して完了

    - [ ] 状態が「返金済み」
    ````

    Good:
    ````markdown
    === playbooks/billing/refund.md
    # 返金のご依頼

    ## 手順

    ### 契約を確かめる

    どのことですか？

    - 料金 → 返金して完了
    - 契約 → 返金して完了
    - それ以外 → 返金して完了

    ## 完了の条件

    ### 返金して完了

    - [ ] 状態が「返金済み」
    ````
    """
    yield from _too_much(flow_of(document, context))


def _too_much(flow: Flow) -> Iterator[Found]:
    count = sum(n.kind == STEP for n in flow.nodes)
    if count > _MOST_STEPS:
        section = flow.section("steps")
        yield Found(
            section.line if section else 1,
            {"what": Said(f"手順が{count}あります", f"There are {count} steps")},
        )
    for node in flow.nodes:
        answers = len(node.decision.branches) if node.decision else 0
        if node.decision and answers > _MOST_ANSWERS:
            said = Said(
                f"「{node.decision.question}」の答えが{answers}あります",
                f"'{node.decision.question}' has {answers} answers",
            )
            yield Found(node.decision.line, {"what": said})
    far = depth(flow.start, edges(flow)) if flow.start else 0
    if far > _DEEPEST:
        said = Said(
            f"入口からいちばん遠いところまで{far}手あります",
            f"The farthest place is {far} moves from the start",
        )
        yield Found(flow.by_id[flow.start].line, {"what": said})


@rule(
    "KT222", "heading-is-no-action", WARNING,
    "見出し「{title}」{trouble}",
    "The heading '{title}' {trouble}",
)  # fmt: skip
def heading_is_no_action(document: Document, context: Context) -> Iterator[Found]:
    """なぜ: 見出しは、答えの行き先、流れの図、進む先のボタンにそのまま出ます。「〜する」「〜を確かめる」のように、することを短く書きます。

    Why: headings become the targets of answers, the chart and the buttons; say what to do, in few words.

    Bad:
    ````markdown
    === playbooks/billing/refund.md
    # 返金のご依頼

    ## 手順

    ### 1. 返金の実行 <!-- warning: KT222 -->

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

    ### 返金を実行する

    次: 返金して完了

    ## 完了の条件

    ### 返金して完了

    - [ ] 状態が「返金済み」
    ````
    """
    flow = flow_of(document, context)
    for node in flow.nodes:
        trouble = _heading(node, document.lang)
        if trouble:
            yield Found(node.line, {"title": node.title, "trouble": trouble})


def _heading(node: Node, lang: str) -> Said | None:
    longest = 60 if lang == "en" else 30
    if len(node.title) > longest:
        return Said(
            f"が{len(node.title)}字あります。{longest}字までにしてください。",
            f"has {len(node.title)} characters. Keep to {longest}.",
        )
    if _NUMBERED.match(node.title):
        return Said("が番号で始まっています。番号を消してください。", "begins with a number. Delete it.")
    if node.kind == OUTCOME:
        return None
    if lang == "en" and _EN_NOUN.match(node.title):
        return Said(
            "が動作になっていません。", "does not say what to do. Begin with a verb: 'Check the contract'."
        )
    if lang != "en" and not _JA_VERB.search(node.title):
        return Said(
            "が動作になっていません。「〜する」「〜を確かめる」のように、動きのことばで終えてください。",
            "does not end with a verb.",
        )
    return None


@rule(
    "KT223", "step-by-number", WARNING,
    "「{seen}」と番号で呼んでいます。番号はずれるので、見出しのことばで書いてください。",
    "'{seen}' calls a step by its number, which shifts. Use the words of its heading.",
)  # fmt: skip
def step_by_number(document: Document, context: Context) -> Iterator[Found]:
    """なぜ: 手順を1つ足すと番号がずれ、別の手順を指します。

    Why: one more step, and the number points to another one.

    Bad:
    ````markdown
    === playbooks/billing/refund.md
    # 返金のご依頼

    ## 手順

    ### 返金する

    金額が違うときは、手順3に戻る。 <!-- warning: KT223 -->

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

    金額が違うときは、はじめの見出しに戻る。

    次: 返金して完了

    ## 完了の条件

    ### 返金して完了

    - [ ] 状態が「返金済み」
    ````
    """
    for node in flow_of(document, context).nodes:
        for word in (*node.text, *node.actions, *node.confirm):
            match = _STEP_NUMBER.search(word.text)
            if match:
                yield Found(word.line + word.text.count("\n", 0, match.start()), {"seen": match[0].strip()})
