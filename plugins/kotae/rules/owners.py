"""Who is asked when a page changes."""

from __future__ import annotations

from collections.abc import Iterator

from kotae.findings import Said
from kotae.freshness.codeowners import place, strays
from kotae.freshness.owners import held
from kotae.rules.registry import INFO, WARNING, Context, Found, library_rule


@library_rule(
    "KT506", "review-goes-elsewhere", WARNING,
    "CODEOWNERS では{asked}に確認が頼まれますが、担当は「{team}」です。kotae owners --write で書き直してください。",
    "CODEOWNERS asks {asked}, but the owner is '{team}'. Renew it with 'kotae owners --write'.",
)  # fmt: skip
def review_goes_elsewhere(context: Context) -> Iterator[Found]:
    """なぜ: 変更の確認がほかのチームに届くと、担当の知らないうちに答えが変わります。CODEOWNERS を置いていないときは何も言いません。

    Why: when another team is asked, an answer changes without its owner knowing. A repository without CODEOWNERS hears nothing.

    Bad:
    ````markdown
    === desk/teams.yml
    - id: billing-support
      名前: 請求サポート
      コードホスト: "@tsumugi/billing"
      メンバー: [{名前: 鈴木, メール: suzuki@tsumugi.example.jp}, {名前: 佐藤}]
    === CODEOWNERS
    /faq/ @tsumugi/first-line
    === faq/billing/refund.md <!-- warning: KT506 -->
    ---
    公開範囲: お客様に公開
    ---
    # 返金はできますか？

    はい。30日以内なら、全額を返金いたします。
    ````

    Good:
    ````markdown
    === desk/teams.yml
    - id: billing-support
      名前: 請求サポート
      コードホスト: "@tsumugi/billing"
      メンバー: [{名前: 鈴木, メール: suzuki@tsumugi.example.jp}, {名前: 佐藤}]
    === CODEOWNERS
    /faq/ @tsumugi/first-line
    /faq/billing/ @tsumugi/billing
    === faq/billing/refund.md
    ---
    公開範囲: お客様に公開
    ---
    # 返金はできますか？

    はい。30日以内なら、全額を返金いたします。
    ````
    """
    path, text = place(context.library.root)
    if not text.strip():
        return
    missed = 0
    for document, team, asked in strays(context.library, text, context.today):
        if not asked:
            missed += 1
            continue
        values = {
            "asked": Said("・".join(asked), ", ".join(asked)),
            "team": Said(team.label("ja"), team.label("en")),
        }
        yield Found(document.line_of("owner"), values, path=document.path)
    if missed:
        # Said once at the file: it would be the same sentence at every page.
        said = Said(
            f"担当チームに確認が届かないページが{missed}件あります。kotae owners --write で行を足してください。",
            f"{missed} pages have no line here, so nobody is asked. Add them with 'kotae owners --write'.",
        )
        yield Found(1, path=path, said=said)


@library_rule(
    "KT507", "team-of-one", INFO,
    "「{team}」はひとりのチームで、{pages}ページを自分で確認することになります。一緒に確認する人を決めておくと安心です。",
    "'{team}' is a team of one and confirms its own pages ({pages}). It helps to name somebody who reads along.",
)  # fmt: skip
def team_of_one(context: Context) -> Iterator[Found]:
    """なぜ: 小さなチームは悪いことではありません。ただ、その人が休むと、だれも内容を確かめられません。

    Why: a small team is no fault; but when that person is away, nobody can confirm a page.

    Bad:
    ````markdown
    === desk/teams.yml
    - id: billing-support <!-- info: KT507 -->
      名前: 請求サポート
      メンバー: [{名前: 鈴木}]
    === faq/billing/refund.md
    ---
    公開範囲: お客様に公開
    ---
    # 返金はできますか？

    はい。30日以内なら、全額を返金いたします。
    ````

    Good:
    ````markdown
    === desk/teams.yml
    - id: billing-support
      名前: 請求サポート
      メンバー: [{名前: 鈴木}, {名前: 佐藤}]
    === faq/billing/refund.md
    ---
    公開範囲: お客様に公開
    ---
    # 返金はできますか？

    はい。30日以内なら、全額を返金いたします。
    ````
    """
    counts: dict[str, int] = {}
    for each in held(context.library, context.today):
        if each.team is not None:
            counts[each.team.id] = counts.get(each.team.id, 0) + 1
    for team_id, pages in sorted(counts.items()):
        team = context.library.desk.teams[team_id]
        if len(team.active(context.today)) == 1:
            values = {"team": Said(team.label("ja"), team.label("en")), "pages": pages}
            yield Found(team.line, values, path="desk/teams.yml")
