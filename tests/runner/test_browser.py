"""The runner as an agent meets it: by keyboard, beside a ticket, over a reload, in a colleague's hands."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

AXE = Path(__file__).parent.parent / "vendor/axe.min.js"
# A Thursday afternoon; Monday the 23rd is a holiday.
NOW = datetime.fromisoformat("2026-11-19T14:02:00+09:00")
NAMES = ["佐藤 真由美", "株式会社あおば工業", "三浦"]
Desk = Callable[..., Any]


@pytest.fixture
def desk(chromium: Any, served: Callable[[Path], str], sample_built: Path) -> Iterator[Desk]:
    """An agent's browser on the handbook at a fixed time: ``desk()`` returns a page; trouble on the console fails."""
    contexts, trouble = [], list[str]()
    base = served(sample_built / "handbook")

    def open_(
        width: int = 380, scheme: str = "light", now: datetime = NOW, context: Any = None, **more: Any
    ) -> Any:
        made = context or chromium.new_context(
            viewport={"width": width, "height": 900}, color_scheme=scheme, locale="ja-JP",
            permissions=["clipboard-read", "clipboard-write"], base_url=base, **more,
        )  # fmt: skip
        made.set_default_timeout(8000)
        if context is None:
            contexts.append(made)
        page = made.new_page()
        page.on("console", lambda m: trouble.append(m.text) if told(m) else None)
        page.on("pageerror", lambda e: trouble.append(str(e)))
        page.clock.install(time=now)
        return page

    yield open_
    for each in contexts:
        each.close()
    assert trouble == []


def told(message: Any) -> bool:
    """Tell whether the console holds trouble; a file without a sign of its own makes the browser ask for one."""
    return message.type in ("error", "warning") and not message.location["url"].endswith("/favicon.ico")


def begin(page: Any, name: str = "billing/refund") -> None:
    page.goto(f"/playbooks/{name}/")
    if page.locator("kotae-runner").is_hidden():
        page.click("[data-view=steps]")
    page.locator("kotae-runner h1").wait_for()


def title(page: Any) -> str:
    return str(page.locator("kotae-runner h1").inner_text())


def clip(page: Any) -> str:
    return str(page.evaluate("navigator.clipboard.readText()"))


def keep(page: Any) -> str:
    return str(
        page.evaluate(
            "JSON.stringify({...localStorage, ...sessionStorage, href: location.href, state: history.state})"
        )
    )


VALUES = {
    "問い合わせ番号": "48213", "会社名": "株式会社みなと設計", "お客様名": "佐藤 真由美", "担当者名": "高橋",
    "次回ご連絡日時": "明日12:00", "ご返信期限": "11/26",
}  # fmt: skip


@pytest.mark.parametrize("name", ["billing/refund", "billing/double-charge", "invoices/misdirected-invoice"])
def test_from_opening_to_the_first_text_on_the_clipboard_by_keyboard(desk: Desk, name: str) -> None:
    page = desk()
    page.add_init_script("localStorage.setItem('kotae-view', 'steps')")
    page.clock.resume()
    page.goto(f"/playbooks/{name}/")
    page.locator("kotae-runner h1").wait_for()
    started = page.evaluate("performance.now()")
    page.evaluate("navigator.clipboard.writeText('')")
    asked = 0
    for _ in range(60):
        if (
            page.locator("kotae-runner .gap[data-open]").count() == 0
            and page.locator("kotae-message").count()
            and page.locator("kotae-runner kotae-message .message-text").count()
        ):
            break
        focused = page.evaluate(
            "document.activeElement?.matches('kotae-runner .gap[data-open]') ? document.activeElement.dataset.name : ''"
        )
        if focused:
            page.keyboard.type(VALUES.get(focused, "内容"), delay=60)
            page.keyboard.press("Enter")
            asked += 1
        elif page.locator("kotae-runner .gap[data-open]").count():
            page.keyboard.press("Tab")
        else:
            page.keyboard.press("Enter")
    page.keyboard.press("Escape")
    if not clip(page):
        page.evaluate("document.activeElement.blur()")
        page.keyboard.press("c")
    page.wait_for_function("navigator.clipboard.readText().then((text) => text.length > 20)")
    took = page.evaluate("performance.now()") - started
    text = clip(page)
    assert asked >= 3
    assert took < 15_000, took
    assert "{{" not in text
    assert NAMES[0] in text


def test_copying_waits_for_every_gap_and_says_how_many(desk: Desk) -> None:
    page = desk()
    begin(page)
    button = page.locator(".copy-place .button")
    assert "あと5つ入れる" in button.inner_text()
    page.evaluate("navigator.clipboard.writeText('before')")
    page.keyboard.press("c")
    assert clip(page) == "before"
    runner = page.locator("kotae-runner")
    for name, value in list(VALUES.items())[:5]:
        runner.locator(f'.gap[data-name="{name}"]').first.fill(value)
        page.keyboard.press("Escape")
    runner.locator('.gap[data-name="お客様名"]').first.fill("佐藤様")
    assert "「お客様名」を直してください" in button.inner_text()
    runner.locator('.gap[data-name="お客様名"]').first.fill("佐藤 真由美")
    page.keyboard.press("Escape")
    page.keyboard.press("c")
    page.wait_for_function("navigator.clipboard.readText().then((text) => text !== 'before')")
    assert clip(page).startswith("株式会社みなと設計\n佐藤 真由美 様\n")
    assert "11月20日（金）12:00までに" in clip(page)
    assert "コピーしました 14:0" in button.inner_text()


def test_letters_being_composed_never_move_the_run(desk: Desk) -> None:
    page = desk()
    begin(page)
    before = title(page)
    for key in ("Enter", "1", "b", "c", " "):
        page.evaluate(
            "key => document.dispatchEvent(new KeyboardEvent('keydown', { key, isComposing: true, bubbles: true, cancelable: true }))",
            key,
        )
        page.evaluate(
            "key => document.querySelector('kotae-runner .gap').dispatchEvent(new KeyboardEvent('keydown', { key, isComposing: true, bubbles: true, cancelable: true }))",
            key,
        )
    session = page.context.new_cdp_session(page)
    gap = page.locator('kotae-runner .gap[data-name="お客様名"]').first
    gap.focus()
    session.send("Input.imeSetComposition", {"text": "さとう", "selectionStart": 3, "selectionEnd": 3})
    session.send(
        "Input.dispatchKeyEvent", {"type": "rawKeyDown", "key": "Process", "windowsVirtualKeyCode": 229}
    )
    assert title(page) == before
    assert gap.evaluate("field => field === document.activeElement")
    session.send("Input.insertText", {"text": "佐藤"})
    # And letters typed into a field are letters.
    page.keyboard.type("b1c")
    assert gap.input_value() == "佐藤b1c"
    assert title(page) == before


def test_a_pause_point_holds_the_way_on_until_everything_is_ticked(desk: Desk) -> None:
    page = desk()
    begin(page)
    for key in ("Enter", "1", "1", "1"):
        page.keyboard.press(key)
    assert title(page) == "返金を実行する"
    forward = page.locator(".run-next .forward")
    assert "「返金額」を入れてください" in forward.inner_text()
    page.locator("kotae-checks .gap").fill("12800")
    page.keyboard.press("Escape")
    page.keyboard.press("Enter")
    assert title(page) == "返金を実行する"
    for left in (3, 2, 1):
        assert f"あと{left}つ確認してください" in forward.inner_text()
        assert forward.get_attribute("aria-disabled") == "true"
        page.keyboard.press("Enter")
        assert title(page) == "返金を実行する"
        page.keyboard.press(" ")
    assert "行いました" in forward.inner_text()
    page.keyboard.press("Enter")
    assert title(page) == "返金をお知らせする"


def play(page: Any, answers: list[str], most: int = 80) -> None:
    """Go on with the keyboard alone, answering as given, until an outcome."""
    left = list(answers)
    page.evaluate("document.activeElement?.blur()")
    for _ in range(most):
        told = page.evaluate(
            """() => { const runner = document.querySelector('kotae-runner'), node = runner.node;
            return { end: node?.kind === 'outcome', held: runner.held(), ways: [...runner.querySelectorAll('.choices a > span')].map((s) => s.textContent),
                     forward: runner.querySelector('.forward').getAttribute('aria-disabled') !== 'true' }; }"""
        )
        if told["end"]:
            return
        if "入れてください" in told["held"]:
            while (gap := page.locator("kotae-checks .gap[data-open]").first).count():
                item = page.evaluate("name => KotaeValues.item(name)", gap.get_attribute("data-name"))
                gap.fill(
                    "明日12:00"
                    if item.get("each")
                    else (item.get("values") or [item.get("example")])[0] or "12800"
                )
            page.evaluate("document.activeElement?.blur()")
        elif told["held"]:
            page.keyboard.press(" ")
        elif left and left[0] in told["ways"]:
            page.keyboard.press(str(told["ways"].index(left.pop(0)) + 1))
        else:
            assert told["forward"], told
            page.keyboard.press("Enter")
    raise AssertionError(f"no outcome after {answers}")


@pytest.mark.parametrize(
    "name", ["billing/refund", "security/outage", "users/admin-change", "first-reply/month-end"]
)
def test_a_run_reaches_every_outcome_by_keyboard(
    desk: Desk, graphs: Any, script: Any, book_of: Any, name: str
) -> None:
    flow, book = graphs[f"playbooks/{name}.md"], book_of(name)
    reached = set()
    page = desk(1000)
    for picks in shortest(script, book):
        state = script.call("KotaeFlow.replay", book, picks)
        answers = [each["answer"] for each in script.call("KotaeFlow.answers", book, state)]
        begin(page, name)
        play(page, answers)
        reached.add(page.evaluate("document.querySelector('kotae-runner').node.id"))
        page.evaluate("navigator.clipboard.writeText('')")
        page.evaluate("document.activeElement?.blur()")
        page.keyboard.press("c")
        page.wait_for_function("navigator.clipboard.readText().then((text) => text.includes('受付'))")
        assert 6 <= len(clip(page).split("\n")) <= 9
        page.keyboard.press("Enter")
        page.locator("#kotae-list").wait_for()
    assert reached == {n.id for n in flow.nodes if n.kind == "outcome"}
    assert page.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('kotae-run')).length") == 0


def shortest(script: Any, book: dict[str, Any]) -> list[list[Any]]:
    """Return the shortest picks to each outcome."""
    return json.loads(script.context.eval(
        f"""(() => {{ const book = {json.dumps(book)}, found = new Map(), seen = new Set(); let open = [KotaeFlow.begin(book)];
        while (open.length) {{ const next = []; for (const state of open) {{ const ways = KotaeFlow.options(book, state);
          if (!ways.length) {{ if (!found.has(state.at)) found.set(state.at, KotaeFlow.picks(state)); continue; }}
          for (const way of ways) {{ const to = KotaeFlow.take(book, state, way.pick), key = JSON.stringify([to.at, to.stack]);
            if (!seen.has(key)) {{ seen.add(key); next.push(to); }} }} }} open = next; }}
        return JSON.stringify([...found.values()]); }})()"""
    ))  # fmt: skip


def test_a_reload_and_a_closed_tab_keep_the_run_without_names(desk: Desk) -> None:
    page = desk()
    begin(page)
    runner = page.locator("kotae-runner")
    runner.locator('.gap[data-name="お客様名"]').first.fill(NAMES[0])
    runner.locator('.gap[data-name="会社名"]').first.fill(NAMES[1])
    runner.locator('.gap[data-name="担当者名"]').first.fill(NAMES[2])
    runner.locator('.gap[data-name="問い合わせ番号"]').first.fill("48213")
    page.keyboard.press("Escape")
    page.keyboard.press("Enter")
    page.keyboard.press("1")
    assert title(page) == "返金の条件に当てはめる"
    for name in NAMES:
        assert name not in keep(page)
    page.reload()
    page.locator("kotae-runner h1").wait_for()
    assert title(page) == "返金の条件に当てはめる"
    context = page.context
    page.close()
    other = desk(context=context, now=NOW + timedelta(hours=1))
    other.goto("/topics/")
    tray = other.locator("kotae-tray")
    assert "返金のご依頼への対応" in tray.inner_text()
    tray.locator("summary").click()
    assert "48213" in tray.inner_text()
    tray.get_by_role("link", name="再開").click()
    other.locator("kotae-runner h1").wait_for()
    assert title(other) == "返金の条件に当てはめる"
    assert (
        "14:02 に送りました" in other.locator(".trail").inner_text() or other.locator(".trail small").count()
    )
    other.goto("/topics/")
    other.locator("kotae-tray summary").click()
    other.get_by_role("button", name="破棄").click()
    assert other.locator("kotae-tray").is_hidden()


def test_a_run_ends_on_the_version_it_began_with(desk: Desk) -> None:
    page = desk()
    begin(page)
    page.keyboard.press("Enter")

    def changed(route: Any) -> None:
        body = route.fetch().text()
        body = re.sub(r'"sha":"[0-9a-f]+"', '"sha":"0000000000"', body).replace(
            "ご本人と契約を確認する", "新しい手順"
        )
        route.fulfill(body=body, content_type="text/html; charset=utf-8")

    page.route("**/playbooks/billing/refund/", changed)
    page.reload()
    page.locator("kotae-runner h1").wait_for()
    assert title(page) == "ご本人と契約を確認する"
    assert "始めたときの版" in page.locator(".run-step").inner_text()
    page.keyboard.press("1")
    assert title(page) == "返金の条件に当てはめる"
    page.reload()
    page.get_by_role("button", name="新しい版で始め直す").click()
    assert title(page) == "一次回答を送る"
    page.keyboard.press("Enter")
    assert title(page) == "新しい手順"


def test_a_handed_over_link_opens_at_the_same_step_without_names(desk: Desk) -> None:
    page = desk()
    begin(page)
    page.locator('kotae-runner .gap[data-name="お客様名"]').first.fill(NAMES[0])
    page.keyboard.press("Escape")
    for key in ("Enter", "1", "2"):
        page.keyboard.press(key)
    page.get_by_role("button", name="この続きを渡す").click()
    page.get_by_role("button", name="文とリンクをコピー").click()
    page.wait_for_function("navigator.clipboard.readText().then((text) => text.includes('#run='))")
    text = clip(page)
    assert "いまの手順：SVに判断してもらう" in text
    link = re.search(r"https?://\S+#run=\S+", text)
    assert link
    assert NAMES[0] not in text
    assert quote(NAMES[0]) not in text
    colleague = desk(now=NOW + timedelta(minutes=7))
    colleague.goto(link[0])
    colleague.locator("kotae-runner h1").wait_for()
    assert title(colleague) == "SVに判断してもらう"
    assert colleague.locator(".trail li").count() == 4
    assert "#run=" not in colleague.url
    assert NAMES[0] not in keep(colleague)


def test_yesterdays_promise_is_asked_again(desk: Desk) -> None:
    page = desk()
    begin(page)
    for name, value in list(VALUES.items())[:5]:
        page.locator(f'kotae-runner .gap[data-name="{name}"]').first.fill(value)
    page.keyboard.press("Escape")
    assert page.locator(".copy-place .button").get_attribute("aria-disabled") == "false"
    page.clock.set_system_time(NOW + timedelta(days=1))
    page.keyboard.press("c")
    assert page.locator(".copy-place .button").get_attribute("aria-disabled") == "true"
    # And in a new round of the same step.
    page.clock.set_system_time(NOW)
    page.evaluate("document.activeElement.blur()")
    for key in ("Enter", "2"):
        page.keyboard.press(key)
    gap = page.locator('kotae-runner .gap[data-name="ご返信期限"]').first
    gap.fill("11/26")
    page.keyboard.press("Escape")
    assert "あと" not in page.locator(".copy-place .button").inner_text()
    page.keyboard.press("Enter")
    page.keyboard.press("2")
    assert title(page) == "追加の情報をお願いする"
    assert "あと1つ入れる" in page.locator(".copy-place .button").inner_text()
    assert page.locator('kotae-runner .gap[data-name="ご返信期限"]').first.input_value() == ""


def test_two_runs_at_once_have_their_own_times_over_a_weekend_and_a_holiday(desk: Desk) -> None:
    friday = datetime.fromisoformat("2026-11-20T16:00:00+09:00")
    page = desk(1440, now=friday)
    begin(page)
    page.locator('kotae-runner .gap[data-name="問い合わせ番号"]').first.fill("48213")
    page.keyboard.press("Escape")
    second = desk(1440, now=friday, context=page.context)
    begin(second, "security/outage")
    second.keyboard.press("2")
    board = desk(1440, now=friday, context=page.context)
    board.goto("/")
    rows = board.locator("kotae-tray[data-form] .tray > li")
    assert rows.count() == 2
    assert "技術当番に知らせる" in rows.nth(0).inner_text()
    assert "今日 16:05" in rows.nth(0).inner_text()
    assert "4時間" in rows.nth(1).inner_text()
    assert "11月24日（火）11:30" in rows.nth(1).inner_text()
    late = desk(1440, now=datetime.fromisoformat("2026-11-23T12:00:00+09:00"), context=page.context)
    late.goto("/")
    told = late.locator("kotae-tray[data-form]").inner_text()
    assert "過ぎています" in told
    # Of four working hours two passed on Friday, none since.
    assert "あと 2時間" in told
    assert "明日 11:30" in told


def test_an_escalation_says_who_how_and_until_when_and_waits_in_the_tray(desk: Desk) -> None:
    page = desk()
    begin(page)
    for key in ("Enter", "1", "1", "2"):
        page.keyboard.press(key)
    assert title(page) == "経理に返金をお願いする"
    told = page.locator(".to").inner_text()
    assert "経理" in told
    assert "いま連絡できます（17:00まで）" in told
    assert "明日 17:00" in told
    page.keyboard.press("Enter")
    assert "経理の返事を待っています（明日 17:00まで）" in page.locator(".run-step").inner_text()
    other = desk(context=page.context)
    other.goto("/")
    assert "経理待ち" in other.locator("kotae-tray[data-form]").inner_text()
    assert "明日 17:00 まで" in other.locator("kotae-tray[data-form]").inner_text()


def test_practice_plays_a_case_and_stores_nothing(desk: Desk) -> None:
    page = desk(1000)
    begin(page)
    page.get_by_role("button", name="練習").click()
    page.get_by_role("button", name="申し込み直後・少額").click()
    page.keyboard.press("Enter")
    page.keyboard.press("2")
    assert "このケースでは「はい」を選びます" in page.locator(".run-step").inner_text()
    play(page, ["はい", "お申し込みから30日以内で、ご利用開始前", "30,000円以下"])
    assert "ケースのとおり「返金して完了」で終わりました" in page.locator(".run-step").inner_text()
    assert page.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('kotae-run')).length") == 0


def test_the_view_of_the_agent_is_remembered(desk: Desk) -> None:
    page = desk()
    page.goto("/playbooks/billing/refund/")
    assert page.locator("#kotae-list").is_visible()
    page.goto("/playbooks/security/outage/")
    assert page.locator("kotae-runner h1").is_visible()
    page.get_by_role("button", name="一覧で見る").click()
    page.goto("/playbooks/security/account-takeover/")
    assert page.locator("#kotae-list").is_visible()
    page.click("[data-view=steps]")
    page.goto("/playbooks/billing/sales-handoff/")
    assert page.locator("kotae-runner h1").is_visible()


def test_the_list_reads_without_scripts(desk: Desk) -> None:
    page = desk(java_script_enabled=False)
    page.goto("/playbooks/security/outage/")
    assert page.get_by_role("heading", name="復旧をお知らせする").is_visible()
    assert page.locator("kotae-message .message-text").first.is_visible()
    assert page.locator("[data-views]").is_hidden()
    assert page.locator("kotae-values").is_hidden()


@pytest.mark.parametrize(
    ("width", "scheme"), [(380, "light"), (380, "dark"), (1440, "light"), (1440, "dark")]
)
def test_every_screen_of_a_run_meets_wcag_22_aa(desk: Desk, width: int, scheme: str) -> None:
    page = desk(width, scheme)
    found = []

    def look(name: str) -> None:
        if not page.evaluate("typeof axe === 'object'"):
            page.evaluate(AXE.read_text(encoding="utf-8"))
        tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
        told = page.evaluate("tags => axe.run({runOnly: {type: 'tag', values: tags}})", tags)
        found.extend(
            f"{name} {each['id']}: {node['target']} {node['failureSummary'][:160]}"
            for each in told["violations"]
            for node in each["nodes"]
        )
        wide = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
        found.extend([f"{name} scrolls sideways"] if wide else [])

    begin(page)
    look("message")
    page.get_by_role("button", name="この続きを渡す").click()
    look("handing over")
    for key in ("Enter", "1", "2"):
        page.keyboard.press(key) if key != "Enter" else page.locator(".forward").click()
    look("escalation")
    page.locator(".forward").click()
    look("waiting")
    page.keyboard.press("1")
    page.keyboard.press("1")
    look("no return")
    page.keyboard.press("v")
    look("inputs")
    page.keyboard.press("Escape")
    page.locator("kotae-checks .gap").first.fill("12800")
    page.keyboard.press("Escape")
    for key in (" ", " ", " ", "Enter", "Enter"):
        page.keyboard.press(key)
    assert title(page) == "返金して完了"
    look("record")
    for path in (
        "/playbooks/security/outage/",
        "/playbooks/billing/refund/?list",
        "/replies/",
        "/escalation-board/",
        "/outage-pack.html",
        "/",
    ):
        page.goto(path)
        look(path)
    assert found == []


def test_the_scripts_of_the_page_stay_small(desk: Desk, sample_built: Path) -> None:
    text = (sample_built / "handbook/playbooks/billing/refund/index.html").read_text(encoding="utf-8")
    sources = re.findall(r'<script[^>]* src="([^"]*)"', text)
    sizes = {
        s: (sample_built / "handbook" / "assets" / s.split("assets/")[1].split("?")[0]).stat().st_size
        for s in sources
    }
    assert sum(sizes.values()) <= 60 * 1024, sizes


def test_paper_takes_one_or_two_pages(desk: Desk, sample_built: Path) -> None:
    page = desk(1000)
    thick = {}
    for path in sorted((sample_built / "handbook").glob("**/playbooks/*/*/index.html")):
        page.goto("/" + path.parent.relative_to(sample_built / "handbook").as_posix() + "/")
        pages = len(re.findall(rb"/Type\s*/Page\b", page.pdf(format="A4", prefer_css_page_size=True)))
        if pages > 2:
            thick[path.parent.name] = pages
    assert thick == {}


def test_the_outage_pack_opens_from_a_disk(desk: Desk, sample_built: Path) -> None:
    page = desk(1000)
    page.goto((sample_built / "handbook/outage-pack.html").as_uri())
    text = page.locator("main").inner_text()
    assert "技術当番に知らせる" in text
    assert "当番電話（内線 9110）" in text
    source = (sample_built / "handbook/outage-pack.html").read_text(encoding="utf-8")
    assert re.findall(r'(?:src|href)="', source) == []
