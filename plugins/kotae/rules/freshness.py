"""How old a page is, and who answers for it. Time alone never stops a publication: those are warnings."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from kotae.audience import expired
from kotae.content.documents import Document
from kotae.findings import Said
from kotae.freshness.review import State, review
from kotae.rules.registry import ERROR, WARNING, Context, Found, library_rule, maybe, rule, told


@rule(
    "KT501", "review-due", WARNING,
    "見直しの日({due})が来ました。内容を確かめて、確認日を書き直してください。",
    "Its review was due on {due}. Read it again and renew the day under 'reviewed'.",
    time=True,
)  # fmt: skip
def review_due(document: Document, context: Context) -> Iterator[Found]:
    """なぜ: 古い答えは、答えがないより困ります。確認日と見直し間隔から、見直しの日が決まります。確認日のないページでは推測しません。

    Why: a stale answer is worse than none. The due day follows from the day of confirmation and the interval; without a day nothing is guessed.

    Bad:
    ````markdown
    as-of: 2026-11-22
    === faq/billing/refund.md
    ---
    公開範囲: お客様に公開
    確認日: 2026-01-10 <!-- warning: KT501 -->
    見直し間隔: 半年
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
    確認日: 2026-11-10
    見直し間隔: 半年
    ---
    # 返金はできますか？

    はい。30日以内なら、全額を返金いたします。
    ````
    """
    if document.status != "published":
        return
    found = review(context.library, document, context.today)
    if found.path != document.path:
        return  # A translation without a reading of its own is named with its source.
    if found.due is None or found.state not in (State.DUE, State.OVERDUE):
        return
    line, said = document.line_of("reviewed"), None
    if found.state is State.OVERDUE:
        late = (context.today - found.due).days
        said = Said(
            f"見直しの日({found.due})を{late}日過ぎています。先に内容を確かめて、確認日を書き直してください。",
            f"Its review was due on {found.due}, {late} days ago. Read it again first and renew the day under 'reviewed'.",
        )
    yield Found(line, {"due": found.due}, said=said)


@rule(
    "KT502", "impossible-day", ERROR,
    "確認日が未来の日({day})です。実際に確かめた日を書いてください。",
    "'reviewed' is a day to come ({day}). Write the day on which it was confirmed.",
)  # fmt: skip
def impossible_day(document: Document, context: Context) -> Iterator[Found]:
    """なぜ: 読めない日付や未来の確認日があると、見直しの時期が来ても気づけません。

    Why: with a day nobody can read, or one to come, the review would never fall due.

    Bad:
    ````markdown
    as-of: 2026-11-22
    === faq/billing/refund.md
    ---
    公開範囲: お客様に公開
    確認日: 2026-13-10 <!-- error: KT502 -->
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
    確認日: 2026-11-10
    ---
    # 返金はできますか？

    はい。30日以内なら、全額を返金いたします。
    ````
    """
    yield from told(document, "KT502")
    reviewed = document.fields.get("reviewed")
    if reviewed and isinstance(reviewed.value, date) and reviewed.value > context.today:
        yield Found(reviewed.line, {"day": reviewed.value})


@rule(
    "KT504", "expired", WARNING,
    "有効期限({day})を過ぎたので、公開ページから外れています。期限を延ばすか、「状態: 廃止」にしてください。",
    "'valid_until' ({day}) has passed, so the public site leaves this page out. Extend it, or write 'status: deprecated'.",
    time=True,
)  # fmt: skip
def past_its_date(document: Document, context: Context) -> Iterator[Found]:
    """なぜ: 期限の過ぎたページは自動で外れます。お客様には短いお知らせが出るだけなので、残すか終えるかを決めます。

    Why: an expired page leaves the site by itself and only a short note stays; somebody should decide what becomes of it.

    Bad:
    ````markdown
    as-of: 2026-11-22
    === faq/billing/campaign.md
    ---
    公開範囲: お客様に公開
    有効期限: 2026-10-31 <!-- warning: KT504 -->
    ---
    # 秋のキャンペーンの料金を教えてください

    お申し込みから3か月は半額です。
    ````

    Good:
    ````markdown
    as-of: 2026-11-22
    === faq/billing/campaign.md
    ---
    公開範囲: お客様に公開
    有効期限: 2026-12-31
    ---
    # 秋のキャンペーンの料金を教えてください

    お申し込みから3か月は半額です。
    ````
    """
    if document.status != "published" or not expired(document, context.today):
        return
    last = document.fields["valid_until"]
    if isinstance(last.value, date):  # Otherwise KT502 has said it.
        yield Found(last.line, {"day": last.value})


@library_rule(
    "KT505", "no-owner", ERROR,
    "担当チーム「{owner}」は desk/teams.yml にありません。{near}teams.yml にあるチームを書いてください。",
    "The owner '{owner}' is not in desk/teams.yml. {near} Write a team of teams.yml.",
)  # fmt: skip
def no_owner(context: Context) -> Iterator[Found]:
    """なぜ: 担当のいないページは、だれも直しません。退職で人がいなくなったチームは警告だけで、公開は止まりません。

    Why: nobody mends a page without an owner. A team emptied by leaving days is only a warning and stops nothing.

    Bad:
    ````markdown
    ---
    公開範囲: お客様に公開
    担当チーム: 返金課 <!-- error: KT505 -->
    ---
    # 返金はできますか？

    はい。30日以内なら、全額を返金いたします。
    ````

    Good:
    ````markdown
    ---
    公開範囲: お客様に公開
    担当チーム: 請求サポート
    ---
    # 返金はできますか？

    はい。30日以内なら、全額を返金いたします。
    ````
    """
    library, desk = context.library, context.library.desk
    if "desk/teams.yml" in desk.problems:
        return
    owned: dict[str, int] = {}
    for document in context.in_order:
        written = document.fields.get("owner")
        label = library.owner(document)
        team = desk.find("teams", label) if label else None
        if team is not None:
            owned[team.id] = owned.get(team.id, 0) + 1
        elif label and written is not None:
            near = maybe(desk.nearest("teams", label))
            yield Found(written.line, {"owner": label, "near": near}, path=document.path)
    for team_id, pages in sorted(owned.items()):
        team = desk.teams[team_id]
        if not team.active(context.today):
            # Said once at the team, not on each of its pages; it is the calendar's doing if somebody was there.
            said = Said(
                f"「{team.name}」には今いるメンバーがいません({pages}ページの担当です)。メンバーを足すか、担当を移してください。",
                f"'{team.label('en')}' has nobody left ({pages} pages). Add a member or hand the pages over.",
            )
            left = bool(team.members)
            yield Found(
                team.line, said=said, path="desk/teams.yml", severity=WARNING if left else ERROR, time=left
            )
