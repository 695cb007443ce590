"""desk/queries.yml: what customers type still finds the page that answers it, tried with the search they will use."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches

from kotae.audience import withheld
from kotae.content.documents import Document
from kotae.content.library import Library
from kotae.desk.queries import PATH, Query
from kotae.findings import NOTHING, Said
from kotae.rules.registry import ERROR, WARNING, Context, Found, library_rule, maybe
from kotae.search.engine import Engine
from kotae.search.folding import fold
from kotae.search.tried import Tried, try_all, why

_TIE = 0.01
"""Scores (0 to about 1) nearer to each other than this change places with the next edit."""


@dataclass(frozen=True)
class _Outcome:
    query: Query
    tried: Tried
    engine: Callable[[], Engine]


def _outcomes(context: Context) -> tuple[_Outcome, ...]:
    """Every query tried once for all four rules; nothing is indexed for a desk without queries."""

    def make(library: Library) -> tuple[_Outcome, ...]:
        return tuple(_Outcome(*each) for each in try_all(library, context.today))

    kept: dict[str, tuple[_Outcome, ...]] = context.once(_keep)
    if "outcomes" not in kept:
        kept["outcomes"] = make(context.library)
    return kept["outcomes"]


def _keep(library: Library) -> dict[str, tuple[_Outcome, ...]]:
    return {}


def _page(library: Library, query: Query, stem: str) -> Document | None:
    """Return the page a query names, in its language or in the first one."""
    for lang in (query.lang, library.desk.settings.languages[0]):
        for kind in ("faq", "page", "playbook"):
            found = library.by_id.get((kind, stem, lang))
            if found:
                return found
    return None


@library_rule(
    "KT911", "lost-query", ERROR,
    "「{query}」で探しても「{page}」が3番目までに出ません。{why}",
    "Searching for '{query}' does not show '{page}' among the first three. {why}",
)  # fmt: skip
def lost_query(context: Context) -> Iterator[Found]:
    """なぜ: お客様の言葉で見つかっていたページが、名前や文の変更で見つからなくなると、お客様は答えにたどり着けません。

    Why: when a page is removed, renamed or reworded, the words that used to find it lead elsewhere, and nobody notices.

    Bad:
    ````markdown
    === desk/queries.yml
    - 聞き方: 返金してほしい <!-- error: KT911 -->
      ページ: refund
      言語: ja
    === faq/billing/plans.md
    ---
    公開範囲: お客様に公開
    ---
    # 料金プランの違いを教えてください

    3つのプランがあります。返金の条件は同じです。
    ````

    Good:
    ````markdown
    === desk/queries.yml
    - 聞き方: 返金してほしい
      ページ: refund
      言語: ja
    === faq/billing/refund.md
    ---
    公開範囲: お客様に公開
    ---
    # 返金はできますか？

    はい。30日以内なら、全額を返金いたします。
    ````
    """
    for each in _outcomes(context):
        page = _page(context.library, each.query, each.query.pages[0])
        if each.tried.silent or not each.tried.lost or _by_date(context, page):
            continue
        name = page.title if page else each.query.pages[0]
        why, hint = _why(context, each, page)
        yield Found(
            each.query.line, {"query": each.query.query, "page": name, "why": why}, path=PATH, hint=hint
        )


@library_rule(
    "KT912", "silent-query", ERROR,
    "「{query}」で探すと、何も見つかりません。「{page}」の聞かれ方に、この言葉を足してください。",
    "Searching for '{query}' finds nothing at all. Add these words to the wordings of '{page}'.",
)  # fmt: skip
def silent_query(context: Context) -> Iterator[Found]:
    """なぜ: 何も出ない検索は、お客様には「答えがない」と同じです。

    Why: to a customer, a search that shows nothing says that there is no answer.

    Bad:
    ````markdown
    === desk/queries.yml
    - 聞き方: サブスク <!-- error: KT912 -->
      ページ: cancel
      言語: ja
    === faq/billing/cancel.md
    ---
    公開範囲: お客様に公開
    ---
    # 解約できますか？

    はい。いつでもお手続きいただけます。
    ````

    Good:
    ````markdown
    === desk/queries.yml
    - 聞き方: サブスク
      ページ: cancel
      言語: ja
    === faq/billing/cancel.md
    ---
    公開範囲: お客様に公開
    聞かれ方: [サブスクをやめたい]
    ---
    # 解約できますか？

    はい。いつでもお手続きいただけます。
    ````
    """
    for each in _outcomes(context):
        page = _page(context.library, each.query, each.query.pages[0])
        if each.tried.silent and not _by_date(context, page):
            name = page.title if page else each.query.pages[0]
            yield Found(each.query.line, {"query": each.query.query, "page": name}, path=PATH)


@library_rule(
    "KT913", "contested-query", WARNING,
    "「{query}」では「{one}」と「{other}」が同じくらい合い、順番が決まりません。両方を「ページ」に書くか、片方の聞かれ方にこの言葉を足してください。",
    "'{query}' fits '{one}' and '{other}' equally well. Name both under 'pages', or add the words to one of them.",
)  # fmt: skip
def contested_query(context: Context) -> Iterator[Found]:
    """なぜ: どちらが先に出るかが偶然で決まると、ほかのページを直しただけで答えが入れかわります。

    Why: where chance decides, an edit of any other page swaps the answers.

    Bad:
    ````markdown
    === desk/queries.yml
    - 聞き方: 領収書
      ページ: [receipt-from-us, issue-receipt]
      言語: ja
    - 聞き方: りょうしゅう書 <!-- warning: KT913 -->
      ページ: [issue-receipt]
      言語: ja
    - 聞き方: りょうしゅう書 <!-- warning: KT913 -->
      ページ: [receipt-from-us]
      言語: ja
    === faq/billing/receipt-from-us.md
    ---
    公開範囲: お客様に公開
    聞かれ方: [りょうしゅう書を受け取りたい]
    ---
    # 領収書はどこで受け取れますか？

    設定から保存できます。
    === faq/billing/issue-receipt.md
    ---
    公開範囲: お客様に公開
    聞かれ方: [りょうしゅう書を出したい]
    ---
    # 領収書は取引先に発行できますか？

    はい。発行できます。
    ````

    Good:
    ````markdown
    === desk/queries.yml
    - 聞き方: 領収書
      ページ: [receipt-from-us, issue-receipt]
      言語: ja
    === faq/billing/receipt-from-us.md
    ---
    公開範囲: お客様に公開
    ---
    # 領収書はどこで受け取れますか？

    設定から保存できます。
    === faq/billing/issue-receipt.md
    ---
    公開範囲: お客様に公開
    ---
    # 領収書は取引先に発行できますか？

    はい。発行できます。
    ````
    """
    outcomes = _outcomes(context)
    first: dict[tuple[str, str, str], set[str]] = {}
    for each in outcomes:
        first.setdefault(_same(each.query), set()).add(each.query.pages[0])
    for each in outcomes:
        claimed = sorted(first[_same(each.query)] - {each.query.pages[0]})
        other = claimed[0] if claimed else _rival(each)
        if other:
            names = [_page(context.library, each.query, stem) for stem in (each.query.pages[0], other)]
            one, two = (
                d.title if d else stem for d, stem in zip(names, (each.query.pages[0], other), strict=True)
            )
            yield Found(each.query.line, {"query": each.query.query, "one": one, "other": two}, path=PATH)


@library_rule(
    "KT914", "ended-answer", WARNING,
    "「{query}」の答えの「{page}」は、有効期限が過ぎています。{what}",
    "'{page}', the answer to '{query}', is past its date. {what}",
    time=True,
)  # fmt: skip
def ended_answer(context: Context) -> Iterator[Found]:
    """なぜ: 期限の過ぎたページは、お客様からは見えなくなり、手引きでは古い答えのまま先に出ます。

    Why: customers no longer see a page past its date, and in the handbook its old answer still comes first.

    Bad:
    ````markdown
    === desk/queries.yml
    - 聞き方: 返金してほしい <!-- warning: KT914 -->
      ページ: refund
      言語: ja
    === faq/billing/refund.md
    ---
    公開範囲: お客様に公開
    有効期限: 2026-11-01
    ---
    # 返金はできますか？

    はい。30日以内なら、全額を返金いたします。
    ````

    Good:
    ````markdown
    === desk/queries.yml
    - 聞き方: 返金してほしい
      ページ: refund
      言語: ja
    === faq/billing/refund.md
    ---
    公開範囲: お客様に公開
    有効期限: 2027-11-01
    ---
    # 返金はできますか？

    はい。30日以内なら、全額を返金いたします。
    ````
    """
    for each in _outcomes(context):
        page = _page(context.library, each.query, each.query.pages[0])
        found = each.tried.hits[0] if each.tried.hits else None
        if each.query.audience == "public" and page and _by_date(context, page) and each.tried.lost:
            what = Said(
                "内容を確かめて期限を延ばすか、いまの答えのページを書いてください。",
                "Confirm it and move the date, or name the page that answers now.",
            )
            yield Found(
                each.query.line, {"query": each.query.query, "page": page.title, "what": what}, path=PATH
            )
        elif each.query.audience == "internal" and found:
            winner = context.library.by_id.get((found.type, found.id, found.lang))
            if winner and _by_date(context, winner):
                what = Said(
                    "手引きではこの古い答えが先に出ます。廃止にするか、内容を直してください。",
                    "The handbook shows this old answer first. Retire the page or mend it.",
                )
                values = {"query": each.query.query, "page": winner.title, "what": what}
                yield Found(each.query.line, values, path=PATH)


def _same(query: Query) -> tuple[str, str, str]:
    return fold(query.query).replace(" ", ""), query.lang, query.audience


def _by_date(context: Context, page: Document | None) -> bool:
    return page is not None and withheld(context.library, page, context.today)


def _rival(each: _Outcome) -> str:
    """Return a page nobody named that stands level with the best one named, both offered as an answer."""
    named = [hit for hit in each.tried.hits if hit.id in each.query.pages]
    others = [hit for hit in each.tried.hits if hit.id not in each.query.pages and hit.sure]
    if not named or not others or not named[0].sure:
        return ""
    return others[0].id if abs(named[0].score - others[0].score) < _TIE else ""


def _why(context: Context, each: _Outcome, page: Document | None) -> tuple[Said, Said]:
    """Say what won and why, and what to write."""
    query, stem = each.query, each.query.pages[0]
    if page is None:
        close = get_close_matches(stem, sorted({d.id for d in context.library}), n=1)
        gone = Said(
            f"「{stem}」というページがありません。移したのなら、いまの名前を書いてください。",
            f"There is no page '{stem}'. If it moved, write its new name.",
        )
        return gone, maybe(close[0]) if close else NOTHING
    if page.status != "published":
        instead = page.fields["replaced_by"].value if "replaced_by" in page.fields else ""
        told = Said(
            "このページは公開されていません。答えているページを書いてください。",
            "That page is not published. Name the page that answers now.",
        )
        return told, maybe(str(instead)) if instead else NOTHING
    if query.audience == "public" and page.path not in context.public:
        return Said(
            "このページは社内だけになっています。公開するか、「公開範囲: 社内だけ」の言葉にしてください。",
            "That page is internal. Publish it, or write 'audience: internal' beside the query.",
        ), NOTHING
    seen = why(each.engine(), query.query, page.id)
    matched = "".join(seen.matched)
    where = f"聞かれ方「{seen.asked}」" if seen.asked else "見出し"
    where_en = f"its wording '{seen.asked}'" if seen.asked else "its title"
    lacking = "」「".join(seen.lacking)
    place = f"{seen.place}番目です。" if seen.place else ""
    ja = f"{place}先に出るのは「{seen.winner}」で、{where}の「{matched}」が合っています。"
    en = f"{f'It is number {seen.place}. ' if seen.place else ''}'{seen.winner}' wins: {where_en} holds '{matched}'."
    if lacking:
        ja += f"このページには「{lacking}」が足りません。"
        en += f" The page lacks '{lacking}'."
    hint = Said(
        f"{page.path} の聞かれ方に「{query.query}」を足してください。",
        f"Add '{query.query}' to the wordings of {page.path}.",
    )
    return Said(ja, en), hint
