"""What makes an answer usable: a way on, steps in order, pictures with words, no words that go stale."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from kotae.content.documents import Document, Faq, Playbook
from kotae.content.library import Library
from kotae.content.markdown import Block
from kotae.findings import Said
from kotae.links.quotes import quoted_faq, quotes
from kotae.rules.code import without_code
from kotae.rules.registry import INFO, WARNING, Context, Found, library_rule, rule

_STEPS = re.compile(r"(?:手順|操作(?:手順|方法)?|Steps|How to do it)", re.IGNORECASE)
_BULLET = re.compile(r"[-*+][ \t]")
_NUMBERED = re.compile(r"\d{1,9}[.)][ \t]+(.*)")
_VERB = re.compile(r"[るすくぐむぶぬつうたんいせけめれ](?:か|よ|ね)?[。.)）」』\s]*$|ください|ます|です|→|、")
_ALT_NAMES = re.compile(
    r"(?:画像|図|写真|スクリーンショット|スクショ|image|img|picture|screenshot|photo)[\s_-]*\d*",
    re.IGNORECASE,
)
_NO_ALT = re.compile(r"<img\b(?![^>]*\balt\s*=\s*(?:\"[^\"]+\"|'[^']+'|[^\s\"'>]+))[^>]*>", re.IGNORECASE)
_DATED = re.compile(
    r"今年|来年|昨年|去年|来月|先月から|今月から|来週|先週|最近(?!の)|近日|このたび|目下|\b(?:currently|recently|at the moment|(?:this|next|last) (?:year|month|week)|coming soon)\b",
    re.IGNORECASE,
)
_MAY_BE_DATED = {
    "ja": ("今年", "来年", "昨年", "去年", "来月", "先月", "今月", "来週", "先週", "最近", "近日", "このたび", "目下"),
    "en": ("urrently", "ecently", "t the moment", "his year", "his month", "his week", "ext year", "ext month", "ext week",
           "ast year", "ast month", "ast week", "oming soon"),
}  # fmt: skip
_NUMBERS = "desk/analytics.csv"
_MOST_UNHAPPY = 0.4


@rule(
    "KT608", "dead-end-answer", WARNING,
    "読んだあとの行き先がありません。「関連: [ファイル名]」を足すか、お問い合わせのページへのリンクを書いてください。",
    "There is no way on from here. Add 'related: [stem]', or a link to the contact page.",
)  # fmt: skip
def dead_end_answer(document: Document, context: Context) -> Iterator[Found]:
    """なぜ: 答えが合わなかったお客様は、次に読むページも連絡先もないと、そこで止まります。

    Why: a customer whose trouble this is not stands still without another page or a person to ask.

    Bad:
    ````markdown
    === faq/billing/refund.md <!-- warning: KT608 -->
    ---
    公開範囲: お客様に公開
    ---
    # 返金はできますか？

    はい。30日以内なら、全額を返金いたします。
    ````

    Good:
    ````markdown
    === faq/billing/refund.md
    ---
    公開範囲: お客様に公開
    ---
    # 返金はできますか？

    はい。30日以内なら、全額を返金いたします。それ以外は[お問い合わせ](../../docs/help/contact.md)ください。
    === docs/help/contact.md
    # お問い合わせ

    メールでお送りください。
    ````
    """
    if document.kind != "faq" or document.path not in context.public:
        return
    if not (
        context.library.texts(document, "related") or any(not link.image for link in document.outline.links)
    ):
        yield Found(document.line_of("related"))


@rule(
    "KT609", "steps-out-of-order", WARNING,
    "手順が「-」で書かれています。「1. 」で始まる番号の並びにしてください。",
    "The steps are bullets. Number them: '1. '.",
)  # fmt: skip
def steps_out_of_order(document: Document, context: Context) -> Iterator[Found]:
    """なぜ: 番号があると、お客様も担当者も「3番まで進みました」と言えます。順番のないものに番号があると、順番があるように読めます。

    Why: numbers let a customer say "I am at step 3"; numbers on things without an order suggest one.

    Bad:
    ````markdown
    ---
    公開範囲: お客様に公開
    関連: [cancel]
    ---
    # 返金はできますか？

    はい。全額を返金いたします。

    ## 手順

    - 「設定」を開きます。 <!-- warning: KT609 -->
    - 「返金を依頼する」を押します。
    ````

    Good:
    ````markdown
    ---
    公開範囲: お客様に公開
    関連: [cancel]
    ---
    # 返金はできますか？

    はい。全額を返金いたします。

    ## 手順

    1. 「設定」を開きます。
    2. 「返金を依頼する」を押します。
    ````
    """
    if not isinstance(document, Faq) or not any(b.kind == "list" for b in document.outline.blocks):
        return
    lines, heading, listed = document.common.split("\n"), "", False
    for block in document.outline.blocks:
        if block.kind == "heading":
            heading, listed = block.text.strip(), False
        elif block.kind == "list":
            items = _items(lines, block, document.common_line)
            in_steps = bool(_STEPS.fullmatch(heading))
            if in_steps and not listed and len(items) > 1 and _BULLET.match(items[0]):
                yield Found(block.line)
            elif document.lang == "ja" and heading and not in_steps and len(items) > 1 and _names(items):
                yield Found(block.line, said=Said(
                    "順番のない並びに番号が付いています。「- 」に直してください。",
                    "These are numbered, but have no order. Write '- '.",
                ))  # fmt: skip
            listed = True


def _items(lines: list[str], block: Block, first: int) -> list[str]:
    """Return the lines that begin an item of the list ``block``; deeper lists are part of their item."""
    found: list[str] = []
    for line in lines[block.line - first :]:
        bare = line.lstrip(" ")
        deep = len(line) - len(bare)
        if line.strip() and deep == 0 and not (_BULLET.match(line) or _NUMBERED.match(line)):
            break
        if deep == 0 and line.strip():
            found.append(line)
    return found


def _names(items: list[str]) -> bool:
    """Tell whether numbered items are all names of things: no verb ends any of them."""
    texts = [m[1] for item in items if (m := _NUMBERED.match(item))]
    return len(texts) == len(items) and not any(_VERB.search(text) for text in texts)


@rule(
    "KT610", "picture-without-words", WARNING,
    "画像の説明が「{alt}」です。画像で分かることを、[ ] の中に文で書いてください。",
    "The picture's description is '{alt}'. Say inside [ ] what it shows.",
)  # fmt: skip
def picture_without_words(document: Document, context: Context) -> Iterator[Found]:
    """なぜ: 画面を読み上げて使う方や、画像が開けない方には、説明の文だけが届きます。検索も説明の文で見つけます。

    Why: to people who listen to a page, and where the picture does not load, only its description arrives.

    Bad:
    ````markdown
    ---
    公開範囲: お客様に公開
    関連: [cancel]
    ---
    # 返金はできますか？

    はい。全額を返金いたします。

    ![](payment.png) <!-- warning: KT610 -->
    ````

    Good:
    ````markdown
    ---
    公開範囲: お客様に公開
    関連: [cancel]
    ---
    # 返金はできますか？

    はい。全額を返金いたします。

    ![「お支払い」の画面。右上に「返金を依頼する」がある](payment.png)
    ````
    """
    outlines = (document.outline, document.tail_outline)
    for link in (link for o in outlines for link in o.links if link.image):
        name = PurePosixPath(link.target.split("?")[0].split("#")[0])
        alt = link.text.strip()
        if not alt or alt in (name.name, name.stem) or _ALT_NAMES.fullmatch(alt):
            yield Found(link.line, {"alt": alt})
    for block in (block for o in outlines for block in o.html):
        if _NO_ALT.search(block.text):
            yield Found(block.line, {"alt": ""})


@rule(
    "KT612", "words-that-go-stale", WARNING,
    "「{word}」は、時間がたつと間違いになります。日付で書くか、「有効期限: 2026-12-31」のように外す日を書いてください。",
    "'{word}' turns false with time. Write the date, or the day it ends: 'valid_until: 2026-12-31'.",
)  # fmt: skip
def words_that_go_stale(document: Document, context: Context) -> Iterator[Found]:
    """なぜ: 「来月から」は、来月になってもそのまま残ります。お客様は、書かれた日を知りません。

    Why: "next month" still says so a month later, and the customer cannot know when it was written.

    Bad:
    ````markdown
    ---
    公開範囲: お客様に公開
    関連: [cancel]
    ---
    # 返金はできますか？

    はい。来月から、60日以内まで返金いたします。 <!-- warning: KT612 -->
    ````

    Good:
    ````markdown
    ---
    公開範囲: お客様に公開
    関連: [cancel]
    ---
    # 返金はできますか？

    はい。2026年12月1日から、60日以内まで返金いたします。
    ````
    """
    if document.path not in context.public or "valid_until" in document.fields:
        return
    if not any(sign in document.common for sign in _MAY_BE_DATED.get(document.lang, ())):
        return
    for at, line in enumerate(without_code(document.common).split("\n")):
        match = None if line.startswith("# ") else _DATED.search(re.sub(r"「[^」]*」|\"[^\"]*\"", "", line))
        if match:
            yield Found(document.common_line + at, {"word": match[0]})


@library_rule(
    "KT613", "nobody-is-helped", INFO,
    "「解決しましたか」で「いいえ」が{share}%です({votes}件)。答えか聞かれ方を書き直してください。",
    "{share} % of {votes} readers say it did not help. Rewrite the answer or its wordings.",
)  # fmt: skip
def nobody_is_helped(context: Context) -> Iterator[Found]:
    """なぜ: 読まれないページと役に立たないページは、ほかのページを見つけにくくします。desk/analytics.csv(page,views,yes,no)があるときだけ見ます。

    Why: pages nobody reads, or that help nobody, stand in front of those that do. Looked at only where desk/analytics.csv (page,views,yes,no) exists.

    Bad:
    ````markdown
    === desk/analytics.csv
    page,views,yes,no
    refund,120,6,14
    === faq/billing/refund.md <!-- info: KT613 -->
    ---
    公開範囲: お客様に公開
    関連: [refund-when]
    ---
    # 返金はできますか？

    はい。30日以内なら、全額を返金いたします。
    ````

    Good:
    ````markdown
    === desk/analytics.csv
    page,views,yes,no
    refund,120,18,2
    === faq/billing/refund.md
    ---
    公開範囲: お客様に公開
    関連: [refund-when]
    ---
    # 返金はできますか？

    はい。30日以内なら、全額を返金いたします。
    ````
    """
    first = context.library.desk.settings.languages[0]
    for name, views, good, bad in _numbers(context.library):
        document = context.library.by_id.get(("faq", name, first))
        if document is None or document.path not in context.public:
            continue
        votes = good + bad
        if votes >= 5 and bad / votes > _MOST_UNHAPPY:
            yield Found(values={"share": round(100 * bad / votes), "votes": votes}, path=document.path)
        elif views == 0:
            yield Found(path=document.path, said=Said(
                "だれにも読まれていません。聞かれ方を足すか、「状態: 廃止」にしてください。",
                "Nobody read it. Add wordings, or write 'status: deprecated'.",
            ))  # fmt: skip


def _numbers(library: Library) -> Iterator[tuple[str, int, int, int]]:
    try:
        text = (library.root / _NUMBERS).read_bytes().decode("utf-8-sig")
    except (OSError, UnicodeDecodeError):
        return
    for row in csv.DictReader(io.StringIO(text)):
        try:
            yield str(row["page"]), int(row["views"]), int(row.get("yes") or 0), int(row.get("no") or 0)
        except (KeyError, TypeError, ValueError):
            continue


@library_rule(
    "KT614", "playbook-not-named", WARNING,
    "手順書 {path} がこの質問を扱っていますが、ここからは開けません。「手順書: {stem}」を足してください。",
    "The playbook {path} handles this question, but does not open from here. Add 'playbook: {stem}'.",
)  # fmt: skip
def playbook_not_named(context: Context) -> Iterator[Found]:
    """なぜ: 担当者は、お客様が読んだ質問のページから手順書を開きます。同じ名前の手順書や、この答えを引用する手順書が書かれていないと、見つかりません。

    Why: agents open the playbook from the question the customer read; one of the same name, or one that quotes this answer, must be named there.

    Bad:
    ````markdown
    === faq/billing/refund.md <!-- warning: KT614 -->
    ---
    公開範囲: お客様に公開
    関連: [refund-when]
    ---
    # 返金はできますか？

    はい。30日以内なら、全額を返金いたします。
    === playbooks/billing/refund.md
    # 返金のご依頼への対応
    ````

    Good:
    ````markdown
    === faq/billing/refund.md
    ---
    公開範囲: お客様に公開
    関連: [refund-when]
    手順書: refund
    ---
    # 返金はできますか？

    はい。30日以内なら、全額を返金いたします。
    === playbooks/billing/refund.md
    # 返金のご依頼への対応
    ````
    """
    library = context.library
    handling: dict[str, Playbook] = {}
    for playbook in context.in_order:
        if not isinstance(playbook, Playbook) or playbook.status != "published":
            continue
        if library.source(playbook) is not playbook:
            continue
        named = library.by_id.get(("faq", playbook.id, playbook.lang))
        quoted = [
            quoted_faq(q.name, library, playbook.lang) for q in quotes(playbook.common) if q.kind == "answer"
        ]
        for faq in (named, *quoted):
            if faq is not None and faq.topic == playbook.topic:
                handling.setdefault(faq.path, playbook)
    for path, playbook in handling.items():
        faq = library.by_path[path]
        if faq.status == "published" and not library.value(faq, "playbook") and library.source(faq) is faq:
            yield Found(faq.line_of("playbook"), {"path": playbook.path, "stem": playbook.id}, path=path)
