"""Nothing that runs, loads from elsewhere or plays the page's frame survives; what pages need does."""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from markdown import Markdown

from kotae.site.sanitize import TAGS, sanitize

VECTORS = (Path(__file__).parent / "vectors.txt").read_text(encoding="utf-8").splitlines()
SAFE = {"", "http", "https", "mailto", "tel"}
CONTENT = """
!!! warning "気をつけること"
    本文

??? note "たたんだもの"
    本文

=== "A"
    ひとつ
=== "B"
    ふたつ

- [x] すんだ
- [ ] まだ

| 左 | 右 |
|:--|--:|
| 1 | 2 |

脚注[^1] <a name="old-anchor"></a> [メール](mailto:support@tsumugi.example.jp) [電話](tel:0300000000) [外](https://example.jp/?a=1&b=2#c)

[^1]: 注

```python linenums="1"
print("<b>")
```

用語
:   説明

<details open><summary>見出し</summary>本文</details>

![図](files/a.png){ width=300 loading=lazy }
"""


class Judge(HTMLParser):
    """Lists what could run, load or clobber."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in TAGS:
            self.found.append(f"<{tag}>")
        for name, value in attrs:
            text = (value or "").strip()
            if name.startswith("on") or name in ("style", "srcdoc", "srcset", "ping", "is", "formaction"):
                self.found.append(name)
            if name in ("href", "src", "poster", "cite") and urlsplit(text).scheme.lower() not in SAFE:
                self.found.append(text)
            if name in ("src", "poster") and (urlsplit(text).scheme or urlsplit(text).netloc):
                self.found.append(text)
            if name in ("id", "name") and text.startswith("__"):
                self.found.append(text)

    def handle_comment(self, data: str) -> None:
        self.found.append("comment")


def printed() -> str:
    extensions = ["admonition", "attr_list", "def_list", "footnotes", "tables", "toc"]
    extensions += [
        f"pymdownx.{name}" for name in ("details", "superfences", "highlight", "tabbed", "tasklist")
    ]
    return Markdown(
        extensions=extensions,
        extension_configs={
            "pymdownx.tabbed": {"alternate_style": True},
            "pymdownx.tasklist": {"custom_checkbox": True},
            "pymdownx.highlight": {"anchor_linenums": True, "line_spans": "__span"},
        },
    ).convert(CONTENT)


@pytest.mark.parametrize("vector", VECTORS)
def test_no_vector_leaves_anything_that_runs_and_a_second_pass_changes_nothing(vector: str) -> None:
    for text in (
        vector,
        f"<p>{vector}</p>",
        f'<td title="{vector}">',
        Markdown(extensions=["attr_list"]).convert(vector),
    ):
        clean = sanitize(text, ["video.example.jp"])
        judge = Judge()
        judge.feed(clean)
        assert judge.found == []
        assert sanitize(clean, ["video.example.jp"]) == clean


def test_no_vector_runs_a_script_in_chromium(chromium: Any) -> None:
    page = chromium.new_page()
    page.set_content("<script>window.count = 0; window.ran = () => { window.count++ }</script><main></main>")
    # The judge must be able to see a script that runs.
    page.evaluate("document.querySelector('main').innerHTML = '<img src=x onerror=ran()>'")
    page.wait_for_function("window.count === 1", timeout=5000)
    body = "".join(f"<section>{sanitize(vector)}</section>" for vector in VECTORS)
    page.set_content(f"<script>window.count = 0; window.ran = () => {{ window.count++ }}</script>{body}")
    page.evaluate(
        "for (const e of document.querySelectorAll('body *'))"
        " for (const n of ['click', 'focus', 'mouseover', 'pointerover', 'toggle']) e.dispatchEvent(new Event(n))"
    )
    page.evaluate(
        "for (const a of document.querySelectorAll('a[href^=\"java\" i], a[href^=data]')) a.click()"
    )
    page.wait_for_timeout(300)
    assert page.evaluate("window.count") == 0
    assert len(page.query_selector_all("section")) == len(VECTORS)
    page.close()


def test_what_material_content_is_made_of_is_kept() -> None:
    before = printed()
    clean = sanitize(before)
    for piece in (
        '<div class="admonition warning">', '<p class="admonition-title">', '<details class="note">', "<summary>",
        '<div class="tabbed-set tabbed-alternate" data-tabs="1:2">', 'id="__tabbed_1_2" name="__tabbed_1" type="radio"',
        '<label for="__tabbed_1_1">', '<li class="task-list-item">', '<span class="task-list-indicator">',
        '<input type="checkbox" disabled="" checked="">', '<td class="right">', '<th class="left">',
        '<sup id="fnref:1">', 'class="footnote-backref" href="#fnref:1"', '<li id="fn:1">', '<a name="old-anchor">',
        'href="mailto:support@tsumugi.example.jp"', 'href="tel:0300000000"', 'href="https://example.jp/?a=1&amp;b=2#c"',
        '<div class="highlight">', 'id="__span-0-1"', 'id="__codelineno-0-1" name="__codelineno-0-1"', '<span class="nb">',
        "<dt>用語</dt>", '<details open="">', '<img alt="図" loading="lazy" src="files/a.png" width="300">',
    ):  # fmt: skip
        assert piece in clean
    assert sanitize(clean) == clean == sanitize(before)


def test_frames_come_only_from_hosts_that_are_named_and_are_sandboxed() -> None:
    frame = '<iframe src="https://video.example.jp/1" title="動画" onload="x()">text</iframe>'
    assert sanitize(frame) == ""
    clean = sanitize(frame, ["Video.example.jp"])
    assert clean.startswith('<iframe sandbox="')
    assert clean.endswith('src="https://video.example.jp/1" title="動画"></iframe>')
    for other in (
        "https://evil.example/", "//video.example.jp/", "http://video.example.jp/", "https://video.example.jp.evil.example/",
        "https://video.example.jp@evil.example/", "https://video.example.jp:8443/", "https://evil.example\\@video.example.jp/",
        "javascript://video.example.jp/%0aran()",
    ):  # fmt: skip
        assert sanitize(f'<iframe src="{other}"></iframe>', ["video.example.jp"]) == ""


@pytest.mark.parametrize(
    "address",
    [
        "https://evil.example/x.png",
        "//evil.example/x",
        "\\\\evil.example/x",
        "/\t/evil.example/x",
        "h\nttps://evil.example/x",
    ],
)
def test_images_from_elsewhere_are_not_loaded(address: str) -> None:
    assert sanitize(f'<img src="{address}" alt="x">') == '<img alt="x">'
    assert "evil" not in sanitize(f'<video poster="{address}"></video>')


def test_the_frame_of_the_page_cannot_be_imitated() -> None:
    assert (
        sanitize('<p id="__search" class="md-overlay note\nmd-dialog md-button">x</p>')
        == '<p class="note md-button">x</p>'
    )
    assert (
        sanitize('<input type="text" name="card"><input type="checkbox">')
        == '<input disabled="" type="checkbox">'
    )
    assert sanitize('<div data-md-component="dialog">x</div>') == "<div>x</div>"
