"""It looks like a playbook's mark and is none: read by nobody, and nobody notices."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from kotae.content.documents import Document, Playbook
from kotae.findings import Said
from kotae.flow.vocabulary import fold
from kotae.rules.playbooks import flow_of, items, shown
from kotae.rules.registry import ERROR, WARNING, Context, Found, from_problems, library_rule, rule

_BOX = re.compile(
    r"\s*(?:[-*+]\[[ xX]?\]|[-*+]\s+(?:\[\]|\[[\u3000✓✔レ]\]|［[ \u3000xX]?］|【[ \u3000]】|\[[ xX]\](?=\S))|[－ー・‐−–—●○■□]\s*\[[ xX\u3000]?\]|[－ー・‐−–—]\s*［[ \u3000]?］|[-*+]?\s*[□☐]\s*\S)"
)
_MAY_BE = re.compile(r"[\[［【□☐→⇒➡>!?]|^\s*次", re.IGNORECASE)
_BULLET = re.compile(r"\s*[・●○■◆▶－ー‐−–—]\s*\S.*(?:→|⇒|->|=>)\s*\S")
_OPEN_ARROW = re.compile(r"\s*[-*+]\s+\S.*(?:→|⇒|➡|->|=>)\s*$")
_JUMP = re.compile(r"\s*(?:次|next)\s*(?:→|⇒|->|=>|は[、:：]?\s*「)", re.IGNORECASE)
_PLAIN_ARROW = re.compile(r"([^-*+\s\d|>#!].*?)\s*(?:→|⇒|->|=>)\s*(.+)")
_NOTE = re.compile(r"(?:!!!|\?\?\?\+?)")
_SITE_NOTE = re.compile(r"(?:!!!|\?\?\?\+?) ?[\w-]+(?: +[\w-]+)*(?: +\"(?:.*?)\")? *$")
_BRACES = re.compile(
    r"｛\s*｛|｛｛|\{\s+\{|(?<!\{)\{\{[^{}]*\}(?!\})|(?<!\{)\{[^{}]+\}\}|(?<![{\w])\{([^{}\n]{1,40})\}(?!\})"
)
_MACROS = re.compile(r"^[ \t]*-[ \t]*[\"']?macros[\"']?[ \t]*:?[ \t]*(?:\{.*)?$", re.MULTILINE)
_OFF = re.compile(r"render_by_default[\"']?\s*:\s*(?:false|no|off)", re.IGNORECASE)


@rule(
    "KT808", "almost-a-mark", ERROR,
    "「{seen}」は{what}に見えますが、そう読まれません。{right}",
    "'{seen}' looks like {what} but is not read as one. {right}",
)  # fmt: skip
def almost_a_mark(document: Document, context: Context) -> Iterator[Found]:
    """なぜ: 1字違いの印は、ただの文章として静かに読み飛ばされます。確かめる場所や答えが、画面から消えます。

    Why: a mark that is off by one letter is silently plain text: the check or the answer is gone from the screen.

    Bad:
    ````markdown
    === playbooks/billing/refund.md
    # 返金のご依頼

    ## 手順

    ### 返金する

    -[ ] 金額が画面と同じ <!-- error: KT808 -->

    次: 返金して完了

    ## 完了の条件

    ### 返金して完了
    ````

    Good:
    ````markdown
    === playbooks/billing/refund.md
    # 返金のご依頼

    ## 手順

    ### 返金する

    - [ ] 金額が画面と同じ

    次: 返金して完了

    ## 完了の条件

    ### 返金して完了
    ````
    """
    flow = flow_of(document, context)
    if flow.document is not document:
        return
    yield from from_problems(flow.problems, "KT808")
    titles = {fold(node.title) for node in flow.nodes}
    for at, line in enumerate(shown(document.common), document.common_line):
        found = _almost(line, titles) if _MAY_BE.search(line) else None
        if found:
            seen, what, right = found
            yield Found(at, {"seen": seen.strip()[:30], "what": what, "right": right})
    known = set(items(flow))
    for _, message in flow.messages:
        for text in message.lines:
            for match in _BRACES.finditer(text.text):
                if match[1] is None or fold(match[1]) in known:
                    yield Found(text.line, {"seen": match[0], "what": Said("入力項目", "an input"), "right": Said(
                        "{{項目}} のように、半角の波かっこを2つずつで囲んでください。", "Write {{item}}, two plain braces on each side.",
                    )})  # fmt: skip


def _almost(line: str, titles: set[str]) -> tuple[str, Said, Said] | None:
    if _BOX.match(line):
        return (
            line,
            Said("確かめる行", "a line to tick"),
            Said(
                "「- [ ] 」のように、半角で、空白も入れて書いてください。",
                "Write '- [ ] ', plain letters with both spaces.",
            ),
        )
    if _OPEN_ARROW.match(line):
        return (
            line,
            Said("答え", "an answer"),
            Said(
                "矢印のあとに、行き先の見出しを書いてください。",
                "Write the heading it leads to after the arrow.",
            ),
        )
    if _JUMP.match(line):
        return (
            line,
            Said("進む先", "a jump"),
            Said("「次: 見出し」のように書いてください。", "Write 'Next: heading'."),
        )
    if _NOTE.match(line) and not _SITE_NOTE.match(line):
        return (
            line,
            Said("囲み", "a note"),
            Said(
                '「!!! warning "言わないこと"」のように、題を半角の引用符で囲んでください。',
                'Write !!! warning "What we do not say", with plain quotes.',
            ),
        )
    arrow = _BULLET.match(line) or _PLAIN_ARROW.match(line)
    if arrow and fold(re.split(r"→|⇒|->|=>", line)[-1]) in titles and not line.startswith("上限"):
        return (
            line,
            Said("答え", "an answer"),
            Said("行の頭を「- 」にしてください。", "Begin the line with '- '."),
        )
    return None


@library_rule(
    "KT806", "macros-eat-blanks", ERROR,
    "macros というプラグインが、文面の {{{{項目}}}} を先に消してしまいます。この行を消すか、「render_by_default: false」を足してください。",
    "The macros plugin would eat every {{{{item}}}} of the messages. Remove it, or set 'render_by_default: false'.",
)  # fmt: skip
def macros_eat_blanks(context: Context) -> Iterator[Found]:
    """なぜ: macros は {{…}} を自分の命令として読み、知らないものを空にします。お客様名のない文面が出来上がります。

    Why: macros reads {{…}} as its own and leaves nothing where it knows no name; messages come out without them.

    Bad:
    ````markdown
    === handbook.yml
    plugins:
      - kotae
      - macros <!-- error: KT806 -->
    === playbooks/billing/refund.md
    # 返金のご依頼

    ## 手順

    ### 返金する

    次: 返金して完了

    ## 完了の条件

    ### 返金して完了
    ````

    Good:
    ````markdown
    === handbook.yml
    plugins:
      - kotae
    === playbooks/billing/refund.md
    # 返金のご依頼

    ## 手順

    ### 返金する

    次: 返金して完了

    ## 完了の条件

    ### 返金して完了
    ````
    """
    if not any(isinstance(d, Playbook) for d in context.library):
        return
    for name in ("handbook.yml", "mkdocs.yml"):
        try:
            text = (Path(context.library.root) / name).read_text(encoding="utf-8", errors="replace")
        except OSError:
            continue
        match = _MACROS.search(text)
        if match and not _OFF.search(text, match.start()):
            yield Found(text.count("\n", 0, match.start()) + 1, path=name)


@rule(
    "KT807", "html-in-playbook", WARNING,
    "手順書の中にHTML「{seen}」があります。Markdownの書き方に直してください。",
    "There is HTML in the playbook: '{seen}'. Write it in Markdown.",
)  # fmt: skip
def html_in_playbook(document: Document, context: Context) -> Iterator[Found]:
    """なぜ: HTMLの中の文は、流れにも文面にも入らず、コードホストでも見えません。

    Why: what stands in HTML is in no step and no message, and the code host does not show it.

    Bad:
    ````markdown
    === playbooks/billing/refund.md
    # 返金のご依頼

    ## 手順

    ### 返金する

    <div>金額を見比べる。</div> <!-- warning: KT807 -->

    次: 返金して完了

    ## 完了の条件

    ### 返金して完了
    ````

    Good:
    ````markdown
    === playbooks/billing/refund.md
    # 返金のご依頼

    ## 手順

    ### 返金する

    1. 金額を見比べる。

    次: 返金して完了

    ## 完了の条件

    ### 返金して完了
    ````
    """
    if isinstance(document, Playbook) and document.status != "deprecated":
        for block in (*document.outline.html, *document.tail_outline.html):
            if block.text.strip():
                yield Found(block.line, {"seen": block.text.strip().split("\n")[0][:40]})
