"""What happened to a page since somebody read it, and where a page ends."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from kotae.content.documents import Document
from kotae.content.library import Library
from kotae.findings import Said
from kotae.freshness.review import Review, records, review
from kotae.freshness.sealing import said
from kotae.freshness.translations import behind
from kotae.rules.registry import ERROR, INFO, WARNING, Context, Found, rule


@rule(
    "KT503", "changed-since-review", WARNING,
    "確認日({day})のあとに、{what}。内容を確かめて、確認日を書き直すか kotae review で記録してください。",
    "Since it was confirmed on {day}, {what}. Read it again and renew 'reviewed', or record it with 'kotae review'.",
)  # fmt: skip
def changed_since_review(document: Document, context: Context) -> Iterator[Found]:
    """なぜ: 値段や引いている答えが変わると、確かめたときの文章ではなくなります。誤字を直しただけなら、確認はそのまま生きています。

    Why: once a price or a quoted answer changes, the page is no longer what somebody confirmed. A typo breaks nothing.

    Bad:
    ````markdown
    as-of: 2026-11-22
    === desk/facts.yml
    - id: standard-monthly
      名前: スタンダード月額
      値:
        - {値: "11,800円", から: 2024-04-01, まで: 2026-09-30}
        - {値: "12,800円", から: 2026-10-01}
    === faq/billing/refund.md
    ---
    公開範囲: お客様に公開
    確認日: 2026-09-03
    ---
    # スタンダードはいくらですか？

    月額は{{値:スタンダード月額}}です。 <!-- warning: KT503 -->
    ````

    Good:
    ````markdown
    as-of: 2026-11-22
    === desk/facts.yml
    - id: standard-monthly
      名前: スタンダード月額
      値:
        - {値: "11,800円", から: 2024-04-01, まで: 2026-09-30}
        - {値: "12,800円", から: 2026-10-01}
    === faq/billing/refund.md
    ---
    公開範囲: お客様に公開
    確認日: 2026-10-02
    ---
    # スタンダードはいくらですか？

    月額は{{値:スタンダード月額}}です。
    ````
    """
    if document.status != "published":
        return
    found = review(context.library, document, context.today)
    if found.reviewed is not None and found.reasons:
        ja, en = (
            "、".join(r.said.ja for r in found.reasons[:3]),
            "; ".join(r.said.en for r in found.reasons[:3]),
        )
        quotes = any(r.quoted for r in found.reasons)
        if not quotes:
            # Without the full history a change that was merged cannot be told from one that was not.
            ja += "(履歴がそろっていないので、記録とくらべました)"
            en += " (told from the record alone, as the history is not complete)"
        line = min((r.line for r in found.reasons if r.line), default=document.line_of("reviewed"))
        values = {"day": found.reviewed, "what": Said(ja, en)}
        yield Found(line, values, severity=None if quotes else INFO, time=quotes)
    yield from _moved(document, context, found)


def _moved(document: Document, context: Context, found: Review) -> Iterator[Found]:
    past = (context.library.past or {}).get(document.path)
    if past is None or past.moved is None or found.reviewed is None:
        return
    near = timedelta(days=1)
    if any(
        abs(r.day - past.moved) <= near or r.day == found.reviewed for r in records(context.library, document)
    ):
        return
    moved = Said(
        "確認日だけが動き、何を確かめたかの記録がありません。kotae review で記録を残してください。",
        "Only 'reviewed' was moved and nothing says what was read. Leave a record with 'kotae review'.",
    )
    yield Found(document.line_of("reviewed"), said=moved)


@rule(
    "KT508", "retired-without-heir", ERROR,
    "「状態: 廃止」のページに「代わり」がありません。代わりのページの名前を「代わり: …」に書いてください。",
    "A deprecated page names no 'replaced_by'. Write the stem of the page that takes its place.",
)  # fmt: skip
def retired_without_heir(document: Document, context: Context) -> Iterator[Found]:
    """なぜ: 廃止したページのアドレスは、送ったメールや検索結果に残ります。開いた人を、いまの答えへ案内します。

    Why: the address of a retired page lives on in mails and search results; whoever opens it must be led to the answer of today.

    Bad:
    ````markdown
    ---
    公開範囲: お客様に公開
    状態: 廃止 <!-- error: KT508 -->
    ---
    # 返金はできますか？

    はい。30日以内なら、全額を返金いたします。
    ````

    Good:
    ````markdown
    === faq/billing/refund.md
    ---
    公開範囲: お客様に公開
    状態: 廃止
    代わり: refund-when
    ---
    # 返金はできますか？

    はい。30日以内なら、全額を返金いたします。
    === faq/billing/refund-when.md
    ---
    公開範囲: お客様に公開
    ---
    # 返金はいつ受け取れますか？

    3日から7日で、お使いのカードに戻ります。
    ````
    """
    source = context.library.source(document)
    if document.status != "deprecated" or (source is not document and source.status == "deprecated"):
        return  # A translation ends with its source, where this is said once.
    name = context.library.value(document, "replaced_by")
    if not isinstance(name, str):
        yield Found(document.line_of("status"))
        return
    heir, seen = _heir(context.library, document, name), {document.path}
    while heir is not None and heir.status == "deprecated" and heir.path not in seen:
        seen.add(heir.path)
        following = context.library.value(heir, "replaced_by")
        heir = _heir(context.library, heir, following) if isinstance(following, str) else None
        if heir is None:
            ended = Said(
                f"代わりの「{name}」も廃止されています。いまのページの名前に直してください。",
                f"'{name}', which takes its place, is deprecated itself. Name a page of today.",
            )
            yield Found(document.line_of("replaced_by"), said=ended)
    if heir is not None and heir.path in seen:
        loop = Said(
            f"「代わり」をたどると、このページに戻ります({name})。いまのページの名前に直してください。",
            f"Following 'replaced_by' ({name}) leads in a circle. Name a page of today.",
        )
        yield Found(document.line_of("replaced_by"), said=loop)


def _heir(library: Library, document: Document, name: str) -> Document | None:
    stem = name.removesuffix(".md").removesuffix(".en")
    return library.by_id.get((document.kind, stem, document.lang)) or library.by_id.get(
        (document.kind, stem, library.desk.settings.languages[0])
    )


@rule(
    "KT509", "related-leads-nowhere", WARNING,
    "関連の「{name}」は{why}。関連から消してください。",
    "'{name}' under 'related' is {why}. Remove it.",
)  # fmt: skip
def related_leads_nowhere(document: Document, context: Context) -> Iterator[Found]:
    """なぜ: 関連は、読み終えた人が次に開くページです。自分自身や廃止したページ、開けないページは、そこで行き止まりになります。

    Why: related pages are what a reader opens next; itself, a retired page or one the reader may not see is a dead end.

    Bad:
    ````markdown
    === faq/billing/refund.md
    ---
    公開範囲: お客様に公開
    関連:
      - refund <!-- warning: KT509 -->
    ---
    # 返金はできますか？

    はい。30日以内なら、全額を返金いたします。
    ````

    Good:
    ````markdown
    === faq/billing/refund.md
    ---
    公開範囲: お客様に公開
    関連: [refund-when]
    ---
    # 返金はできますか？

    はい。30日以内なら、全額を返金いたします。
    === faq/billing/refund-when.md
    ---
    公開範囲: お客様に公開
    ---
    # 返金はいつ受け取れますか？

    3日から7日で、お使いのカードに戻ります。
    ````
    """
    if document.status != "published":
        return
    for name in document.related:
        found = _heir(context.library, document, name)
        if found is None:
            continue  # KT901 says so.
        why = None
        if found.id == document.id:
            why = Said("このページ自身です", "this very page")
        elif found.status == "deprecated":
            why = Said("廃止されたページです", "a retired page")
        elif (
            found.status == "published"
            and document.path in context.public
            and found.path not in context.public
        ):
            why = Said("社内だけのページなので、お客様には出ません", "internal, so customers do not see it")
        if why:
            yield Found(name.line, {"name": name, "why": why})


@rule(
    "KT511", "translation-behind", WARNING,
    "「{title}」は、もとのページのいまの内容より古いかもしれません。もとのページで{what}。訳を直すか、kotae review で記録してください。",
    "'{title}' may be older than its source: there, {what}. Renew the translation, or record it with 'kotae review'.",
)  # fmt: skip
def translation_behind(document: Document, context: Context) -> Iterator[Found]:
    """なぜ: もとのページだけが直ると、訳を読むお客様には古い答えが残ります。どの節で何が変わったかが分かれば、そこだけ直せます。

    Why: when only the source is mended, readers of the translation keep the old answer. Knowing which section changed, and how, makes it a small job.

    Bad:
    ````markdown
    as-of: 2026-11-22
    === desk/reviews/2026/2026-10-01-refund.en-00000000.yml
    ページ: faq/billing/refund.en.md
    id: refund
    言語: en
    確認日: 2026-10-01
    本文: 0000
    原文:
      - ["", "aaaaaa.10 | bbbbbb.20", "30日"]
    === faq/billing/refund.md
    ---
    公開範囲: お客様に公開
    ---
    # 返金はできますか？

    はい。14日以内なら、全額を返金いたします。
    === faq/billing/refund.en.md
    # Can I get a refund? <!-- warning: KT511 -->

    Yes, in full within 30 days.
    ````

    Good:
    ````markdown
    as-of: 2026-11-22
    === faq/billing/refund.md
    ---
    公開範囲: お客様に公開
    ---
    # 返金はできますか？

    はい。14日以内なら、全額を返金いたします。
    === faq/billing/refund.en.md
    # Can I get a refund?

    Yes, in full within 14 days.
    ````
    """
    if document.status != "published":
        return
    for each in behind(context.library, document, context.today):
        told = tuple(dict.fromkeys(said(change) for change in each.changes))[:2]
        what = Said("、".join(t.ja for t in told), "; ".join(t.en for t in told))
        yield Found(each.line, {"title": each.title, "what": what})
