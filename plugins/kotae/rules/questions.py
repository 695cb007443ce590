"""One file answers one question, in the customer's words."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kotae.content.documents import Document, Faq
from kotae.content.markdown import plain
from kotae.findings import Said
from kotae.links.quotes import fill
from kotae.rules.registry import ERROR, WARNING, Context, Found, library_rule, maybe, rule

_NOTE = re.compile(r"(?:!!!|\?\?\?)\+?\s")
_IMAGE_ONLY = re.compile(r"(?:!\[[^\]]*\]\([^)]*\)|<img\b[^>]*>|\s)+")
_BLOCKS = {
    "heading": Said("見出し", "a heading"), "list": Said("箇条書き", "a list"), "quote": Said("引用", "a quotation"),
    "code": Said("コード", "code"), "table": Said("表", "a table"), "html": Said("HTML", "HTML"), "rule": Said("区切り線", "a line"),
    "image": Said("画像", "an image"), "note": Said("囲み", "a note"),
}  # fmt: skip
_LEANING = re.compile(
    r"上記|下記|前述|先述|これ|それ|この|その|こちら|(?:This|That|These|Those|It|They|See|As above|The above)\b"
)
_MARKS = "?？"
# A symptom ends in a verb or an adjective; a noun at the end (返金について, 解約方法) is a file's label.
_JA_SAID = re.compile(r"(?:[いうくぐすつぬぶむるただん]|ない|か)[。.!！]?$")
_JA_LABEL = re.compile(r"(?:について|に関して|のご案内|のお知らせ|方法|手順|とは)[。.]?$")
_EN_SAID = re.compile(
    r"\b(?:I|I'm|my|our|we|you|is|are|was|were|am|do|does|did|has|have|had|not|no|can|cannot|will|won't|\w+n't|fails?|failed|keeps?|shows?|says?|asks?)\b",
    re.IGNORECASE,
)
_TWO_JA = re.compile(
    r"(?:です|ます|ません|でした|ました)か[?？、。,]?.*(?:です|ます|ません|でした|ました)か[?？。]?$|[かの][?？、,]*(?:また、|また|そして)"
)
_TWO_EN = re.compile(r"\?.*\?|,? and (?:how|when|what|where|why|who|can|do|does|is|are) ", re.IGNORECASE)


@rule(
    "KT601", "no-short-answer", ERROR,
    "質問のすぐ下に短い答えがありません({seen}から始まっています)。見出しの次に、答えを1〜2文で書いてください。",
    "There is no short answer: the text begins with {seen}. Answer in one or two sentences right below the question.",
)  # fmt: skip
def no_short_answer(document: Document, context: Context) -> Iterator[Found]:
    """なぜ: 見出しの次の段落が、検索結果・返信・印刷に出る「短い答え」です。なければ、検索しても答えが見えません。

    Why: the first paragraph is what search results, replies and print show; without it they show nothing.

    Bad:
    ````markdown
    ---
    公開範囲: お客様に公開
    ---
    # 返金はできますか？

    - 30日以内なら返金いたします。 <!-- error: KT601 -->
    - 二重払いはいつでも返金いたします。
    ````

    Good:
    ````markdown
    ---
    公開範囲: お客様に公開
    ---
    # 返金はできますか？

    はい。30日以内なら、全額を返金いたします。

    - 二重払いはいつでも返金いたします。
    ````
    """
    if not isinstance(document, Faq) or document.status != "published" or not _titled(document):
        return
    block = document.answer
    if block is None:
        said = Said(
            "質問だけで、答えがありません。見出しの次に、答えを1〜2文で書いてください。",
            "There is a question and no answer. Answer in one or two sentences right below it.",
        )
        yield Found(document.title_line, said=said)
        return
    kind = block.kind
    if kind == "paragraph" and _NOTE.match(block.text):
        kind = "note"
    elif kind == "paragraph" and _IMAGE_ONLY.fullmatch(block.text):
        kind = "image"
    if kind != "paragraph":
        yield Found(block.line, {"seen": _BLOCKS.get(kind, Said(kind, kind))})


@rule(
    "KT602", "answer-leans-on-the-page", WARNING,
    "短い答えが{count}文字あります。{limit}文字までに短くし、残りは「## 詳しく」に移してください。",
    "The short answer has {count} characters; {limit} is the most. Move the rest under '## Details'.",
)  # fmt: skip
def answer_leans_on_the_page(document: Document, context: Context) -> Iterator[Found]:
    """なぜ: 短い答えは、検索結果や返信の中で、ページから離れて読まれます。長すぎたり「上記」で始まったりすると、意味が通りません。

    Why: the short answer is read away from its page, in search results and replies; too long, or beginning with "this" or "as above", it makes no sense there.

    Bad:
    ````markdown
    ---
    公開範囲: お客様に公開
    ---
    # 返金はできますか？

    上記のとおり、30日以内なら、全額を返金いたします。 <!-- warning: KT602 -->
    ````

    Good:
    ````markdown
    ---
    公開範囲: お客様に公開
    ---
    # 返金はできますか？

    はい。30日以内なら、全額を返金いたします。
    ````
    """
    block = document.answer if isinstance(document, Faq) and document.status == "published" else None
    if block is None or block.kind != "paragraph" or not _titled(document):
        return
    words = fill(plain(block.text), context.library, document.lang, context.today)
    limit = context.library.desk.settings.answer_length.get(document.lang, 240)
    leaning = _LEANING.match(words)
    if leaning:
        said = Said(
            f"短い答えが「{leaning[0]}」で始まっています。何のことか、言葉で書いてください。",
            f"The short answer begins with '{leaning[0]}'. Say what it is.",
        )
        yield Found(block.line, said=said)
    if len(words) > limit:
        yield Found(block.line, {"count": len(words), "limit": limit})


@library_rule(
    "KT603", "not-one-question", WARNING,
    "見出し「{title}」は質問でも困りごとでもありません。「〜できますか？」「〜できません」のように、お客様の言葉で書いてください。",
    "The title '{title}' is neither a question nor a symptom. Write it as customers say it: 'Can I …?', 'I cannot …'.",
)  # fmt: skip
def not_one_question(context: Context) -> Iterator[Found]:
    """なぜ: お客様は質問や困りごとで探します。1ページに質問が2つあると、どちらの答えか分かりません。

    Why: customers search with a question or a trouble; two questions on one page hide one of the answers.

    Bad:
    ````markdown
    ---
    公開範囲: お客様に公開
    ---
    # 返金について <!-- warning: KT603 -->

    30日以内なら、全額を返金いたします。
    ````

    Good:
    ````markdown
    ---
    公開範囲: お客様に公開
    ---
    # 返金はできますか？

    はい。30日以内なら、全額を返金いたします。
    ````
    """
    settings = context.library.desk.settings
    asked = [d for d in context.in_order if d.kind == "faq" and d.status == "published" and _titled(d)]
    usual = _usual_mark([d.title for d in asked if d.lang == "ja"])
    for document in asked:
        title, line, path = document.title, document.title_line, document.path
        limit = settings.title_length.get(document.lang, 70)
        if not _is_question(title, document.lang):
            yield Found(line, {"title": title}, path=path)
        elif (_TWO_JA if document.lang == "ja" else _TWO_EN).search(title) or sum(
            map(title.count, _MARKS)
        ) > 1:
            said = Said(
                "1つの見出しに質問が2つあります。1ページに1つずつ分けてください。",
                "The title asks two questions. Give each a page of its own.",
            )
            yield Found(line, said=said, path=path)
        if len(title) > limit:
            said = Said(
                f"見出しが{len(title)}文字あります。{limit}文字までに短くしてください。",
                f"The title has {len(title)} characters; {limit} is the most. Shorten it.",
            )
            yield Found(line, said=said, path=path)
        if document.lang == "ja" and title[-1] in _MARKS and title[-1] != usual:
            said = Said(
                f"ほかの見出しは「{usual}」で終わっています。同じ疑問符に直してください。",
                f"The other titles end in '{usual}'. Use the same question mark.",
            )
            yield Found(line, said=said, path=path)


def _titled(document: Document) -> bool:
    return bool(document.title) and any(h.level == 1 for h in document.outline.headings)


def _usual_mark(titles: list[str]) -> str:
    full = sum(t.endswith("？") for t in titles)
    return "？" if full >= sum(t.endswith("?") for t in titles) else "?"


def _is_question(title: str, lang: str) -> bool:
    if title[-1] in _MARKS:
        return True
    if lang != "ja":
        return bool(_EN_SAID.search(title))
    return bool(_JA_SAID.search(title)) and not _JA_LABEL.search(title)


@rule(
    "KT604", "unknown-product", ERROR,
    "対象の「{value}」は desk/products.yml にありません。{near}products.yml にある名前に直してください。",
    "'{value}' under 'applies_to' is not in desk/products.yml. {near} Write a name of products.yml.",
)  # fmt: skip
def unknown_product(document: Document, context: Context) -> Iterator[Found]:
    """なぜ: 対象のプランを書き間違えると、使えないお客様に答えが出て、使えるお客様に出ません。

    Why: with a misspelt plan the answer reaches the wrong customers and misses the right ones.

    Bad:
    ````markdown
    ---
    公開範囲: お客様に公開
    対象:
      - スタンダート <!-- error: KT604 -->
    ---
    # 返金はできますか？

    はい。30日以内なら、全額を返金いたします。
    ````

    Good:
    ````markdown
    ---
    公開範囲: お客様に公開
    対象:
      - スタンダード
    ---
    # 返金はできますか？

    はい。30日以内なら、全額を返金いたします。
    ````
    """
    desk = context.library.desk
    if not document.applies_to or "desk/products.yml" in desk.problems:
        return
    for item in document.applies_to:
        if desk.find("products", item) is None:
            yield Found(item.line, {"value": str(item), "near": maybe(desk.nearest("products", item))})
