"""A question with answers, each said once, each leading somewhere."""

from __future__ import annotations

from collections.abc import Iterator

from kotae.content.documents import Document
from kotae.flow.vocabulary import fold
from kotae.rules.playbooks import decisions
from kotae.rules.registry import ERROR, WARNING, Context, Found, rule


@rule(
    "KT211", "no-question", ERROR,
    "答えの上に質問がありません。「返金する条件に当てはまりますか？」のように、「？」で終わる一文を書いてください。",
    "There is no question above these answers. Write one sentence that ends in '?'.",
)  # fmt: skip
def no_question(document: Document, context: Context) -> Iterator[Found]:
    """なぜ: 質問のない答えは、何を選んでいるのか分からないボタンになります。

    Why: answers without a question become buttons with no meaning.

    Bad:
    ````markdown
    === playbooks/billing/refund.md
    # 返金のご依頼

    ## 手順

    ### 契約を確かめる

    結果で分かれる。

    - 開けた → 返金して完了 <!-- error: KT211 -->
    - 開けない・それ以外 → 返金せずに完了

    ## 完了の条件

    ### 返金して完了

    ### 返金せずに完了
    ````

    Good:
    ````markdown
    === playbooks/billing/refund.md
    # 返金のご依頼

    ## 手順

    ### 契約を確かめる

    契約を開けましたか？

    - 開けた → 返金して完了
    - 開けない・それ以外 → 返金せずに完了

    ## 完了の条件

    ### 返金して完了

    ### 返金せずに完了
    ````
    """
    for _, decision in decisions(document, context):
        if not decision.question.strip():
            yield Found(decision.line)


@rule(
    "KT214", "answer-twice", ERROR,
    "「{answer}」という答えが2回あります。どちらかを直すか、消してください。",
    "The answer '{answer}' stands twice. Change or delete one.",
)  # fmt: skip
def answer_twice(document: Document, context: Context) -> Iterator[Found]:
    """なぜ: 同じ答えから2つの見出しへ進めると、どちらへ行くかは運しだいになります。

    Why: one answer that leads to two headings is a toss of a coin.

    Bad:
    ````markdown
    === playbooks/billing/refund.md
    # 返金のご依頼

    ## 手順

    ### 契約を確かめる

    契約を開けましたか？

    - はい → 返金して完了
    - はい → 返金せずに完了 <!-- error: KT214 -->

    ## 完了の条件

    ### 返金して完了

    ### 返金せずに完了
    ````

    Good:
    ````markdown
    === playbooks/billing/refund.md
    # 返金のご依頼

    ## 手順

    ### 契約を確かめる

    契約を開けましたか？

    - はい → 返金して完了
    - いいえ → 返金せずに完了

    ## 完了の条件

    ### 返金して完了

    ### 返金せずに完了
    ````
    """
    for _, decision in decisions(document, context):
        seen: set[str] = set()
        for branch in decision.branches:
            if fold(branch.answer) in seen:
                yield Found(branch.line, {"answer": branch.answer})
            seen.add(fold(branch.answer))


@rule(
    "KT215", "single-answer", ERROR,
    "「{question}」の答えが1つしかありません。ほかの答えを足すか、質問をやめて「次: 見出し」にしてください。",
    "'{question}' has a single answer. Add another, or drop the question and write 'Next: heading'.",
)  # fmt: skip
def single_answer(document: Document, context: Context) -> Iterator[Found]:
    """なぜ: 答えが1つの質問は、選びようがありません。「いいえ」のときに何をするかが書かれていないしるしです。

    Why: with one answer there is nothing to choose; mostly the 'no' was forgotten.

    Bad:
    ````markdown
    === playbooks/billing/refund.md
    # 返金のご依頼

    ## 手順

    ### 契約を確かめる

    契約を開けましたか？

    - はい → 返金して完了 <!-- error: KT215 -->

    ## 完了の条件

    ### 返金して完了
    ````

    Good:
    ````markdown
    === playbooks/billing/refund.md
    # 返金のご依頼

    ## 手順

    ### 契約を確かめる

    次: 返金して完了

    ## 完了の条件

    ### 返金して完了
    ````
    """
    for _, decision in decisions(document, context):
        if len(decision.branches) == 1 and not decision.partial:
            yield Found(decision.branches[0].line, {"question": decision.question})


@rule(
    "KT217", "same-way", WARNING,
    "「{question}」は、どの答えでも「{title}」へ進みます。質問を消して「次: {title}」にしてください。",
    "Every answer to '{question}' leads to '{title}'. Delete the question and write 'Next: {title}'.",
)  # fmt: skip
def same_way(document: Document, context: Context) -> Iterator[Found]:
    """なぜ: 行き先の変わらない質問は、お客様を待たせるだけです。

    Why: a question that changes nothing only keeps the customer waiting.

    Bad:
    ````markdown
    === playbooks/billing/refund.md
    # 返金のご依頼

    ## 手順

    ### 契約を確かめる

    契約を開けましたか？ <!-- warning: KT217 -->

    - はい → 返金して完了
    - いいえ → 返金して完了

    ## 完了の条件

    ### 返金して完了
    ````

    Good:
    ````markdown
    === playbooks/billing/refund.md
    # 返金のご依頼

    ## 手順

    ### 契約を確かめる

    次: 返金して完了

    ## 完了の条件

    ### 返金して完了
    ````
    """
    for flow, decision in decisions(document, context):
        ways = {b.to for b in decision.branches}
        if (
            len(decision.branches) > 1
            and len(ways) == 1
            and "" not in ways
            and not any(b.call for b in decision.branches)
        ):
            title = flow.by_id[ways.pop()].title
            yield Found(decision.line, {"question": decision.question, "title": title})


@rule(
    "KT218", "half-an-answer", ERROR,
    "「{answer}」に行き先がありません。「{answer} → 見出し」のように書いてください。",
    "'{answer}' leads nowhere. Write '{answer} → heading'.",
)  # fmt: skip
def half_an_answer(document: Document, context: Context) -> Iterator[Found]:
    """なぜ: 行き先のない答えは選べません。質問のすぐ下の並びは、すべて「答え → 見出し」にします。

    Why: an answer that leads nowhere cannot be chosen; below a question every line is 'answer → heading'.

    Bad:
    ````markdown
    === playbooks/billing/refund.md
    # 返金のご依頼

    ## 手順

    ### 契約を確かめる

    契約を開けましたか？

    - はい → 返金して完了
    - いいえ <!-- error: KT218 -->

    ## 完了の条件

    ### 返金して完了
    ````

    Good:
    ````markdown
    === playbooks/billing/refund.md
    # 返金のご依頼

    ## 手順

    ### 契約を確かめる

    契約を開けましたか？

    - はい → 返金して完了
    - いいえ → 返金せずに完了

    ## 完了の条件

    ### 返金して完了

    ### 返金せずに完了
    ````
    """
    for _, decision in decisions(document, context):
        for word in decision.partial:
            yield Found(word.line, {"answer": word.text[:40]})
