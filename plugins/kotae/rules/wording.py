"""聞かれ方: the customers' other wordings, and whose page they find."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from kotae.content.documents import Document, Faq
from kotae.content.schema import Located
from kotae.findings import Said
from kotae.rules.registry import ERROR, WARNING, Context, Found, library_rule, rule
from kotae.search.folding import fold
from kotae.search.wordings import LIMIT, WordingError, expand

_MOST = 200
_FEWEST = 3
_TROUBLES = {
    "unclosed": Said("「(」が閉じていません。「)」を足してください。", "A '(' is never closed. Add ')'."),
    "unopened": Said("「)」に対応する「(」がありません。", "A ')' has no '(' before it."),
    "stray-bar": Said("「|」はかっこの中だけで使えます。(料金|請求) のように囲んでください。", "A '|' works only inside parentheses: (price|fee)."),
    "too-deep": Said("かっこが深すぎます。行を分けてください。", "The parentheses are nested too deep. Split the line."),
}  # fmt: skip


@lru_cache(maxsize=200_000)
def _expanded(line: str) -> tuple[str, ...] | WordingError:
    return expand(line)


@lru_cache(maxsize=200_000)
def _folded(line: str) -> tuple[tuple[str, str], ...]:
    """Return every wording of a line with its folding; a line that cannot be read has none."""
    wordings = _expanded(line)
    return () if isinstance(wordings, WordingError) else tuple((_same(w), w) for w in wordings)


def _same(wording: str) -> str:
    """Return what two wordings that a reader calls the same have in common; a comma or a space makes no other one."""
    return fold(wording).replace(" ", "")


@rule(
    "KT605", "unreadable-wording", ERROR,
    "聞かれ方のまとめ書きを読み取れません。{trouble}",
    "This short form of wordings cannot be read. {trouble}",
)  # fmt: skip
def unreadable_wording(document: Document, context: Context) -> Iterator[Found]:
    """なぜ: まとめ書き (料金|請求)(が|)高い は、いくつかの聞かれ方に展開されます。かっこが合わないと、どれも検索に出ません。

    Why: the short form stands for a counted set of wordings; with an open parenthesis none of them is found.

    Bad:
    ````markdown
    ---
    公開範囲: お客様に公開
    聞かれ方:
      - 返金してほしい
      - (二重に|2回引き落とされた <!-- error: KT605 -->
      - お金を返してもらえますか
      - 払い戻しはできますか
    ---
    # 返金はできますか？

    はい。30日以内なら、全額を返金いたします。
    ````

    Good:
    ````markdown
    ---
    公開範囲: お客様に公開
    聞かれ方:
      - 返金してほしい
      - (二重に|2回)引き落とされた
      - お金を返してもらえますか
    ---
    # 返金はできますか？

    はい。30日以内なら、全額を返金いたします。
    ````
    """
    if not isinstance(document, Faq):
        return
    total = 0
    for line in (*document.paraphrases, *document.ambiguous):
        wordings = _expanded(str(line))
        if not isinstance(wordings, WordingError):
            total += len(wordings)
            continue
        trouble = _TROUBLES.get(wordings.trouble) or Said(
            f"{wordings.count}通りになります。{LIMIT}通りまでに分けてください。",
            f"It stands for {wordings.count} wordings; {LIMIT} is the most. Split it.",
        )
        yield Found(line.line, {"trouble": trouble}, column=wordings.column)
    if total > _MOST:
        said = Said(
            f"聞かれ方が全部で{total}通りあります。{_MOST}通りまでに減らしてください。",
            f"There are {total} wordings in all; {_MOST} is the most.",
        )
        yield Found(document.line_of("paraphrases"), said=said)


@rule(
    "KT606", "few-wordings", WARNING,
    "聞かれ方が{count}つです。お客様の言い方を、あと{more}つ足してください。",
    "It has {count} of the customers' wordings. Add {more} more under 'paraphrases'.",
)  # fmt: skip
def few_wordings(document: Document, context: Context) -> Iterator[Found]:
    """なぜ: お客様はこちらの用語を知りません。言い方が3つ以上あると、見出しと違う言葉でも見つかります。

    Why: customers do not know our terms; with three wordings or more they find the page in words of their own.

    Bad:
    ````markdown
    === faq/billing/refund.md <!-- warning: KT606 -->
    ---
    公開範囲: お客様に公開
    ---
    # 返金はできますか？

    はい。30日以内なら、全額を返金いたします。
    ````

    Good:
    ````markdown
    ---
    公開範囲: お客様に公開
    聞かれ方:
      - 返金してほしい
      - お金を返してもらえますか
      - 払い戻しはできますか
    ---
    # 返金はできますか？

    はい。30日以内なら、全額を返金いたします。
    ````
    """
    if not isinstance(document, Faq) or document.status != "published":
        return
    title, own = _same(document.title), 0
    for line in document.paraphrases:
        for folded, wording in _folded(str(line)):
            own += 1
            if folded == title:
                said = Said(
                    f"聞かれ方「{wording}」は見出しと同じです。別の言い方に直してください。",
                    f"The wording '{wording}' equals the title. Write another one.",
                )
                yield Found(line.line, said=said)
    broken = any(isinstance(_expanded(str(line)), WordingError) for line in document.paraphrases)
    if own < _FEWEST and not broken:
        yield Found(document.line_of("paraphrases"), {"count": own, "more": _FEWEST - own})


@dataclass(frozen=True, slots=True)
class _Claim:
    """One page's claim to one wording; ``line`` is None for its title."""

    document: Document
    wording: str
    line: int | None
    shared: bool


@library_rule(
    "KT607", "same-wording", WARNING,
    "聞かれ方「{wording}」は {other} にもあります。どちらかを消すか、両方の「どちらもあり」に書いてください。",
    "The wording '{wording}' also stands in {other}. Remove one, or list it under 'ambiguous' in both.",
)  # fmt: skip
def same_wording(context: Context) -> Iterator[Found]:
    """なぜ: 同じ言い方で2つのページが出ると、お客様はどちらを読めばよいか分かりません。題名まで同じページは公開できません。

    Why: with one wording on two pages the searcher cannot choose; two pages of the same title are not published at all.

    Bad:
    ````markdown
    === faq/billing/receipt.md
    ---
    公開範囲: お客様に公開
    聞かれ方: [領収書がほしい, 支払いの控えがほしい, カードの領収書]
    ---
    # つむぎからの領収書はもらえますか？

    はい。「お支払い」からダウンロードできます。

    === faq/login/issue-receipt.md
    ---
    公開範囲: お客様に公開
    聞かれ方:
      - 領収書がほしい <!-- warning: KT607 -->
      - お客様に領収書を渡したい
      - 控えを渡したい
    ---
    # 領収書は作れますか？

    はい。「書類」から作れます。
    ````

    Good:
    ````markdown
    === faq/billing/receipt.md
    ---
    公開範囲: お客様に公開
    聞かれ方: [領収書がほしい, 支払いの控えがほしい, カードの領収書]
    どちらもあり: [領収書がほしい]
    ---
    # つむぎからの領収書はもらえますか？

    はい。「お支払い」からダウンロードできます。

    === faq/login/issue-receipt.md
    ---
    公開範囲: お客様に公開
    聞かれ方: [領収書がほしい, お客様に領収書を渡したい, 控えを渡したい]
    どちらもあり: [領収書がほしい]
    ---
    # 領収書は作れますか？

    はい。「書類」から作れます。
    ````
    """
    first: dict[tuple[str, str], _Claim] = {}
    for document in context.in_order:
        if not isinstance(document, Faq) or document.path not in context.public:
            continue
        for folded, claim in _claims(document):
            earlier = first.setdefault((document.lang, folded), claim)
            if earlier.document is document or (earlier.shared and claim.shared):
                continue
            yield _collision(earlier, claim)


def _claims(document: Faq) -> Iterator[tuple[str, _Claim]]:
    shared = {folded for line in document.ambiguous for folded, _ in _folded(str(line))}
    title = _same(document.title)
    if title:
        yield title, _Claim(document, document.title, None, title in shared)
    lines: tuple[Located, ...] = (*document.paraphrases, *document.ambiguous)
    for line in lines:
        for folded, wording in _folded(str(line)):
            if folded:
                yield folded, _Claim(document, wording, line.line, folded in shared)


def _collision(earlier: _Claim, claim: _Claim) -> Found:
    other = earlier.document.path
    if claim.line is None and earlier.line is None:
        said = Said(
            f"題名「{claim.wording}」が {other} と同じです。違いが分かるように直してください。",
            f"The title '{claim.wording}' equals that of {other}. Make the difference clear.",
        )
        return Found(claim.document.title_line, said=said, path=claim.document.path, severity=ERROR)
    line = claim.line or claim.document.title_line
    return Found(line, {"wording": claim.wording, "other": other}, path=claim.document.path)
