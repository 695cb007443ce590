"""Exceptions a page asks for: whole, short, and never from a rule of the wall."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from kotae.content.documents import Document
from kotae.content.waivers import Waiver
from kotae.findings import Said
from kotae.rules.registry import ERROR, RULES, WARNING, Context, Found, maybe, rule

WAIVED = "KT510"
LONGEST = timedelta(days=90)


def honoured(waiver: Waiver, today: date) -> bool:
    """Tell whether an exception holds on ``today``."""
    known = RULES.get(waiver.rule)
    if waiver.until is None or not waiver.whole() or known is None or not known.waivable:
        return False
    return today <= waiver.until <= today + LONGEST


@rule(
    "KT510", "exception-over", ERROR,
    "例外に「{missing}」がありません。規則・理由・担当・期限を書いてください(例: {{規則: KT606, 理由: 公開したばかり, 担当: 請求サポート, 期限: 2026-12-31}})。",
    "The exception has no '{missing}'. Write rule, reason, owner and until, as in {{rule: KT606, reason: just published, owner: Billing, until: 2026-12-31}}.",
    waivable=False,
)  # fmt: skip
def exception_over(document: Document, context: Context) -> Iterator[Found]:
    """なぜ: 例外は、理由と担当と期限があるときだけ役に立ちます。書きっぱなしの例外は、いつのまにか決まりになります。情報を守る規則は例外にできません。

    Why: an exception helps while it has a reason, an owner and an end; one that is left standing becomes the policy. Rules that guard what is internal know no exception.

    Bad:
    ````markdown
    as-of: 2026-11-22
    === faq/billing/refund.md
    ---
    公開範囲: お客様に公開
    例外:
      - {規則: KT606, 理由: 公開したばかりで言い方を集めている} <!-- error: KT510 -->
    ---
    # 返金はできますか？

    はい。30日以内なら、全額を返金いたします。
    ````

    Good:
    ````markdown
    as-of: 2026-11-22
    === faq/billing/refund.md
    ---
    公開範囲: お客様に公開
    例外:
      - {規則: KT606, 理由: 公開したばかりで言い方を集めている, 担当: 請求サポート, 期限: 2026-12-31}
    ---
    # 返金はできますか？

    はい。30日以内なら、全額を返金いたします。
    ````
    """
    for waiver in document.waivers:
        yield from _trouble(waiver, context)


def _trouble(waiver: Waiver, context: Context) -> Iterator[Found]:
    parts = (
        (Said("規則", "rule"), waiver.rule), (Said("理由", "reason"), waiver.reason),
        (Said("担当", "owner"), waiver.owner), (Said("期限", "until"), waiver.until),
    )  # fmt: skip
    missing = next((name for name, value in parts if not value), None)
    if missing or waiver.until is None:
        yield Found(waiver.line, {"missing": missing})
        return
    known, desk = RULES.get(waiver.rule), context.library.desk
    if known is None:
        said = Said(
            f"「{waiver.rule}」という番号はありません。お知らせの最後のかっこの中の番号を書いてください。",
            f"There is no rule '{waiver.rule}'. Write the number at the end of the finding.",
        )
        yield Found(waiver.line, said=said)
    elif not known.waivable:
        said = Said(
            f"{waiver.rule} は例外にできません。ページのほうを直して、この例外を消してください。",
            f"{waiver.rule} cannot be waived. Mend the page and remove this exception.",
        )
        yield Found(waiver.line, said=said)
    elif desk.teams and desk.find("teams", waiver.owner) is None:
        near = maybe(desk.nearest("teams", waiver.owner))
        said = Said(
            f"例外の担当「{waiver.owner}」は desk/teams.yml にありません。{near.ja}",
            f"The owner '{waiver.owner}' of this exception is not in desk/teams.yml. {near.en}".strip(),
        )
        yield Found(waiver.line, said=said)
    elif waiver.until > context.today + LONGEST:
        last = context.today + LONGEST
        said = Said(
            f"例外の期限({waiver.until})が先すぎます。90日以内({last}まで)の日を書いてください。",
            f"The exception ends on {waiver.until}; 90 days ({last}) is the most.",
        )
        yield Found(waiver.line, said=said)
    elif waiver.until < context.today:
        said = Said(
            f"例外の期限({waiver.until})が過ぎました。ページを直して例外を消すか、理由を確かめて期限を書き直してください。",
            f"The exception ended on {waiver.until}. Mend the page and remove it, or renew it with its reason.",
        )
        yield Found(waiver.line, said=said, severity=WARNING, time=True)
