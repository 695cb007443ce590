"""Content may come from a pull request: whatever stands in a field or a heading, nothing of it runs in either site."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kotae.content.schema import KEYS
from printed import read_site
from workshop import DAY, copy_site, kotae

BAD = """"'><script>window.ran=1</script><img src=x onerror="window.ran=2"><b id=__config>'"""
DOOR = "javascript:window.ran=3"
WORD = json.dumps(BAD)
HEADS = {
    "faq/login/bad.md": ("faq", "お客様に公開"),
    "faq/login/closed.md": ("faq", "社内だけ"),
    "playbooks/billing/bad.md": ("playbook", ""),
    "docs/help/bad.md": ("page", ""),
    "docs/handbook/bad.md": ("page", ""),
}


def front_matter(kind: str, audience: str) -> str:
    """Write every field of the schema, each as hostile as its kind lets it be."""
    lines = [f"公開範囲: {audience}"] if audience else []
    for key in KEYS:
        if kind not in key.kinds or key.en in ("audience", "status", "valid_until"):
            continue
        value = {
            "texts": f"[{WORD}, 返金]",
            "choices": "[メール]",
            "choice": "高",
            "day": DAY,
            "span": "90d",
        }.get(key.kind, WORD)
        lines.append(f"{key.ja}: {value}")
    return "---\n" + "\n".join(lines) + "\n---\n"


BODY = f"""# 鍵 {BAD} のこと？

{BAD} と [戸口]({DOOR}) と <a href="{DOOR}">別の戸口</a> です。<svg onload="window.ran=4"></svg>

<hr class="kotae&#45;cut"></div></section></main></body>

## 手順 {BAD}

1. `{BAD}`
2. ![{BAD}](x.png "{BAD.replace('"', "'")}")

### 一歩 {BAD} {{: onclick="window.ran=5" }}

```mail title="{BAD.replace('"', "'")}"
{BAD}
```

<div style="position:fixed" onmouseover="window.ran=6">枠</div>
<iframe src="{DOOR}"></iframe>
"""


def spoil_lists(root: Path) -> None:
    """Put the hostile words behind every plain value of the desk's lists."""
    kept = {
        "id",
        "チーム",
        "カレンダー",
        "担当チーム",
        "種類",
        "公開",
        "いつ",
        "時間",
        "祝日",
        "から",
        "まで",
        "アイコン",
        "言語",
        "一次回答",
        "分類",
        "連絡手段",
    }
    for path in sorted((root / "desk").glob("*.yml")):
        text = re.sub(
            r"([^\s,{}\[\]:-]+): ([^\n,{}\[\]\"]+|\"[^\"\n]*\")(?=[\n,}])",
            lambda m: m[0] if m[1] in kept else f"{m[1]}: {json.dumps(m[2].strip(chr(34)) + BAD, ensure_ascii=False)}",
            path.read_text(),
        )  # fmt: skip
        path.write_text(text)


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Both sites of a hostile repository, printed although the checks and the last scan would have stopped it."""
    from datetime import date

    from kotae.site import build as building
    from kotae.site.build import Order, build

    root = copy_site("small", tmp_path_factory.mktemp("hostile") / "repository")
    for path, (kind, audience) in HEADS.items():
        (root / path).write_text(front_matter(kind, audience) + BODY)
        (root / path.replace(".md", ".en.md")).write_text(front_matter(kind, audience) + BODY)
    home = root / "docs/help/index.md"
    home.write_text(home.read_text().replace("[refund, password]", "[refund, bad]"))
    spoil_lists(root)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(building, "check", lambda *_, **__: ())
        patch.setattr(building, "find_leaks", lambda *_, **__: [])
        built = build(Order(root, root / "out", date.fromisoformat(DAY), processes=1))
    assert built.published
    return root / "out"


def test_the_checks_would_have_stopped_it(hostile: Path) -> None:
    done = kotae("build", "--root", hostile.parent, "--out", hostile.parent / "other", "--as-of", DAY)
    assert done.returncode == 1
    assert not (hostile.parent / "other/help").exists()


@pytest.mark.parametrize("site", ["help", "handbook"])
def test_no_page_holds_anything_that_could_run(hostile: Path, site: str) -> None:
    pages = read_site(hostile / site)
    assert {"login/bad/index.html", "en/login/bad/index.html"} <= pages.keys()
    seen = 0
    for path, page in pages.items():
        assert page.runs == [], path
        assert page.faults == [], path
        assert not [link for link in page.links if link.lower().startswith("javascript")], path
        assert not [name for name in page.ids if name.startswith("__")], path
        text = (hostile / site / path).read_text()
        assert "<script>window" not in text
        assert "<img src=x" not in text
        seen += "window.ran=1" in text
    # The words themselves are printed, as words: fields, lists, headings.
    assert seen > 12


@pytest.mark.parametrize("site", ["help", "handbook"])
def test_nothing_runs_in_the_browser(
    hostile: Path, chromium: Any, served: Callable[[Path], str], site: str
) -> None:
    base = served(hostile / site)
    page = chromium.new_page()
    page.on("dialog", lambda dialog: pytest.fail(dialog.message))
    paths = sorted(p.relative_to(hostile / site).as_posix() for p in (hostile / site).rglob("*.html"))
    for path in paths:
        if 'http-equiv="refresh"' in (hostile / site / path).read_text(encoding="utf-8"):
            continue  # a sign that leads on at once
        page.goto(f"{base}/{path}")
        page.mouse.move(200, 200)
        assert page.evaluate("window.ran") is None, path
    page.goto(f"{base}/search/?q=script")
    page.locator(".results a").first.wait_for()
    page.goto(f"{base}/")
    page.get_by_role("searchbox").fill("鍵のこと")
    page.locator('.results a[href*="bad"]').first.wait_for()
    page.get_by_role("searchbox").fill("<img src=x onerror=window.ran=7>")
    page.wait_for_timeout(300)
    assert page.evaluate("window.ran") is None
    page.close()


def test_copying_in_the_handbook_copies_words(
    hostile: Path, chromium: Any, served: Callable[[Path], str]
) -> None:
    page = chromium.new_context(permissions=["clipboard-read", "clipboard-write"]).new_page()
    page.goto(served(hostile / "handbook") + "/login/bad/")
    page.locator("kotae-copy button").last.click()
    page.locator("button[data-done]").first.wait_for()
    assert page.evaluate("window.ran") is None
    page.context.close()
