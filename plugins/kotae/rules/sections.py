"""Every playbook has the same places in the same order."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kotae.content.documents import Document, Playbook
from kotae.findings import Said
from kotae.flow.messages import phrases
from kotae.flow.model import Flow
from kotae.flow.vocabulary import SECTIONS, fold, near_section, word
from kotae.rules.playbooks import flow_of
from kotae.rules.registry import ERROR, INFO, WARNING, Context, Found, maybe, rule

_LINK = re.compile(r"\]\([^)]*\)")
_REASON = re.compile(r"分類|\b(?:reason|category)\b", re.IGNORECASE)


def _title(kind: str, lang: str) -> str:
    return f"## {word(SECTIONS, kind, lang)}"


@rule(
    "KT102", "section-missing", ERROR,
    "この手順書の見出し「{section}」{trouble}",
    "The heading '{section}' {trouble}",
)  # fmt: skip
def section_missing(document: Document, context: Context) -> Iterator[Found]:
    """なぜ: どの手順書でも同じ場所に同じことがあると、急いでいても目が迷いません。重要度が通常から上なら「エスカレーション」、高と重大なら「想定ケース」も書きます。

    Why: agents look in the same place every time. From normal on there is an escalation, for high and critical there are cases.

    Bad:
    ````markdown
    === playbooks/billing/refund.md
    # 返金のご依頼 <!-- error: KT102 -->

    ## 使う場面

    「返金してほしい」とおっしゃったとき。

    - 「解約したい」→ 解約のお申し出

    ## 手順

    ### 契約を確かめる

    次: 返金して完了

    ## クローズ前に

    - [ ] 分類「料金」を付けた
    ````

    Good:
    ````markdown
    === playbooks/billing/refund.md
    # 返金のご依頼

    ## 使う場面

    「返金してほしい」とおっしゃったとき。

    - 「解約したい」→ 解約のお申し出

    ## 手順

    ### 契約を確かめる

    次: 返金して完了

    ## 完了の条件

    ### 返金して完了

    ## クローズ前に

    - [ ] 分類「料金」を付けた
    ````
    """
    flow = flow_of(document, context)
    if not isinstance(document, Playbook) or flow.document is not document:
        return
    order, seen, last = list(SECTIONS), set[str](), ""
    for section in flow.sections:
        if not section.kind:
            yield from _unknown(flow, section.title, section.line, section.headings)
        elif section.kind in seen:
            yield Found(section.line, {"section": section.title, "trouble": Said(
                "が2回あります。1つにまとめてください。", "stands twice. Put both into one.",
            )})  # fmt: skip
        elif last and order.index(section.kind) < order.index(last):
            yield Found(section.line, {"section": section.title, "trouble": Said(
                f"は「{_title(last, document.lang)}」より上に移してください。", f"belongs above '{_title(last, document.lang)}'.",
            )})  # fmt: skip
        else:
            last = section.kind
        seen.add(section.kind)
    severity = context.library.value(document, "severity")
    needed = ["when", "steps", "outcomes"]
    needed += ["escalation"] if severity in ("normal", "high", "critical") else []
    needed += ["cases"] if severity in ("high", "critical") else []
    for kind in (k for k in order if k in needed and k not in seen):
        yield Found(document.title_line, {"section": _title(kind, document.lang), "trouble": Said(
            "がありません。足してください。", "is missing. Add it.",
        )})  # fmt: skip


def _unknown(flow: Flow, title: str, line: int, headings: int) -> Iterator[Found]:
    close = near_section(title)
    taken = any(fold(s.title) == fold(close) for s in flow.sections)
    if (close and not taken) or headings:
        hint = maybe(close) if close else Said(
            "手順は「## 手順」、引き継ぎは「## エスカレーション」の下に書いてください。", "Steps stand under '## Steps', hand-overs under '## Escalation'.",
        )  # fmt: skip
        yield Found(
            line,
            {
                "section": title,
                "trouble": Said(
                    f"は手順書の見出しにありません。{hint.ja}", f"is no heading of a playbook. {hint.en}"
                ),
            },
        )


@rule(
    "KT109", "no-customer-words", WARNING,
    "「使う場面」に、お客様のことばがありません。「返金してほしい」のように、かぎかっこで書いてください。",
    "There are no words of a customer under 'When to use'. Write them in quotes: \"I would like a refund\".",
)  # fmt: skip
def no_customer_words(document: Document, context: Context) -> Iterator[Found]:
    """なぜ: 担当者は、お客様のことばで手順書を探します。かぎかっこの中のことばが検索に使われます。

    Why: agents look for a playbook by what the customer said; the quoted words feed search and the finder.

    Bad:
    ````markdown
    === playbooks/billing/refund.md
    # 返金のご依頼

    ## 使う場面 <!-- warning: KT109 -->

    返金のお申し出があったとき。

    - 解約だけのとき → 解約のお申し出

    ## 手順

    ### 契約を確かめる

    次: 返金して完了

    ## 完了の条件

    ### 返金して完了

    ## クローズ前に

    - [ ] 分類「料金」を付けた
    ````

    Good:
    ````markdown
    === playbooks/billing/refund.md
    # 返金のご依頼

    ## 使う場面

    「返金してほしい」とおっしゃったとき。

    - 解約だけのとき → 解約のお申し出

    ## 手順

    ### 契約を確かめる

    次: 返金して完了

    ## 完了の条件

    ### 返金して完了

    ## クローズ前に

    - [ ] 分類「料金」を付けた
    ````
    """
    section = flow_of(document, context).section("when")
    if section is None:
        return
    elsewhere = "\n".join(i.text for i in section.items if "→" not in i.text and not _LINK.search(i.text))
    if not any(True for _ in phrases(f"{section.text}\n{elsewhere}", section.line)):
        yield Found(section.line)


@rule(
    "KT110", "no-other-playbook", INFO,
    "「使う場面」に、ここでは扱わないことの行がありません。「「解約したい」→ 別の手順書」のように足すと、取り違えが減ります。",
    "'When to use' names nothing that belongs elsewhere. A line such as '\"I want to cancel\" → another playbook' prevents mix-ups.",
)  # fmt: skip
def no_other_playbook(document: Document, context: Context) -> Iterator[Found]:
    """なぜ: 似た場面の手順書を最後まで進めてしまう取り違えを、入口で防ぎます。

    Why: the wrong playbook is otherwise run to its end; this line stops it at the door.

    Bad:
    ````markdown
    === playbooks/billing/refund.md
    # 返金のご依頼

    ## 使う場面 <!-- info: KT110 -->

    「返金してほしい」とおっしゃったとき。

    ## 手順

    ### 契約を確かめる

    次: 返金して完了

    ## 完了の条件

    ### 返金して完了

    ## クローズ前に

    - [ ] 分類「料金」を付けた
    ````

    Good:
    ````markdown
    === playbooks/billing/refund.md
    # 返金のご依頼

    ## 使う場面

    「返金してほしい」とおっしゃったとき。

    - 「解約したい」だけのとき → 解約のお申し出

    ## 手順

    ### 契約を確かめる

    次: 返金して完了

    ## 完了の条件

    ### 返金して完了

    ## クローズ前に

    - [ ] 分類「料金」を付けた
    ````
    """
    section = flow_of(document, context).section("when")
    if section and not any("→" in i.text or "->" in i.text or _LINK.search(i.text) for i in section.items):
        yield Found(section.line)


@rule(
    "KT317", "no-reason-recorded", WARNING,
    "お問い合わせの分類を付ける行がありません。「## クローズ前に」に「- [ ] 分類「料金 > 返金」を付けた」のように書いてください。",
    "Nothing says which reason to record. Write '- [ ] The reason \"Pricing > Refund\" is set' under '## Before closing'.",
)  # fmt: skip
def no_reason_recorded(document: Document, context: Context) -> Iterator[Found]:
    """なぜ: 分類が残らないと、どの質問が増えたのか分からず、改善の材料がなくなります。

    Why: without a reason on the ticket nobody sees which question grows, and nothing improves.

    Bad:
    ````markdown
    === playbooks/billing/refund.md
    # 返金のご依頼

    ## 使う場面

    「返金してほしい」とおっしゃったとき。

    - 「解約したい」→ 解約のお申し出

    ## 手順

    ### 契約を確かめる

    次: 返金して完了

    ## 完了の条件 <!-- warning: KT317 -->

    ### 返金して完了
    ````

    Good:
    ````markdown
    === playbooks/billing/refund.md
    # 返金のご依頼

    ## 使う場面

    「返金してほしい」とおっしゃったとき。

    - 「解約したい」→ 解約のお申し出

    ## 手順

    ### 契約を確かめる

    次: 返金して完了

    ## 完了の条件

    ### 返金して完了

    ## クローズ前に

    - [ ] 分類「料金」を付けた
    ````
    """
    flow = flow_of(document, context)
    ends = [s for s in flow.sections if s.kind in ("outcomes", "closing")]
    said = " ".join(text for s in ends for text in (s.text, *(i.text for i in s.items)))
    if ends and not _REASON.search(said):
        yield Found(ends[-1].line)
