"""Moving in with exported articles: their pictures come along, and their links go on working."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest
from inside import checked, company, moved_in

from kotae.content.library import load
from kotae.scaffold.html import to_markdown
from workshop import build

PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


def export(folder: Path) -> Path:
    """Write what a help center gives out: two articles, a picture, a menu around them."""
    (folder / "billing/img").mkdir(parents=True)
    (folder / "billing/img/画面 1.png").write_bytes(PNG)
    (folder / "billing/refund.html").write_text(
        "<html><head><title>返金 | ヘルプ</title><link rel='canonical' href='https://old.example.jp/hc/refund'></head>"
        "<body><nav><a href='/'>home</a></nav><article><h1>返金できますか？</h1><p>はい。<a href='cancel.html#x'>解約</a>のあとでも返金いたします。</p>"
        "<h2>手順</h2><ol><li>開く<ul><li>設定</li></ul></li><li>押す<br><img src='img/%E7%94%BB%E9%9D%A2%201.png' alt='設定の画面'></li></ol>"
        f"<img alt='ボタン' src='data:image/png;base64,{base64.b64encode(PNG).decode()}'>"
        "<table><tr><th>月</th><th>額</th></tr><tr><td>1</td><td>100円</td></tr></table>"
        "<pre><code>a &lt;b&gt; b\n\n  c</code></pre><script>alert(1)</script><img src='gone.png' alt='消えた'></article></body></html>",
        encoding="utf-8",
    )
    (folder / "billing/cancel.html").write_bytes(
        "<html><head><meta charset=Shift_JIS><title>解約できますか？ - ヘルプ</title></head><body><p>はい。<a href='https://old.example.jp/hc/refund'>返金</a>もご覧ください。</p></body></html>".encode(
            "cp932"
        )
    )
    return folder


def test_articles_become_pages_with_their_pictures_and_links(tmp_path: Path) -> None:
    root = company(tmp_path / "myhelp")
    assert moved_in(root, "html", export(tmp_path / "export")) == 0
    assert checked(root) == 0
    text = (root / "faq/billing/refund.md").read_text(encoding="utf-8")
    assert "公開範囲: 社内だけ" in text
    assert "# 返金できますか？\n\nはい。[解約](cancel.md)のあとでも返金いたします。" in text
    assert "1. 開く\n    - 設定\n2. 押す" in text
    assert "![設定の画面](refund-1.png)" in text
    assert "![ボタン](refund-2.png)" in text
    assert "| 1 | 100円 |" in text
    assert "a <b> b\n\n  c" in text
    assert "alert" not in text
    assert (root / "faq/billing/refund-1.png").read_bytes() == PNG
    assert (root / "faq/billing/refund-2.png").read_bytes() == PNG
    assert "[返金](refund.md)" in (root / "faq/billing/cancel.md").read_text(encoding="utf-8")
    report = (root / "desk/import-report.md").read_text(encoding="utf-8")
    assert "画像「gone.png」" in report
    assert "スクリプト" in report
    assert {d.status for d in load(root)} == {"published"}
    build(root, tmp_path / "site", "--audience", "internal")
    assert (tmp_path / "site/handbook/files/faq/billing/refund-1.png").read_bytes() == PNG


def test_articles_read_again_change_nothing(tmp_path: Path) -> None:
    root = company(tmp_path / "myhelp")
    moved_in(root, "html", export(tmp_path / "export"))
    before = {p: p.read_bytes() for p in (root / "faq").rglob("*") if p.is_file()}
    assert moved_in(root, "html", tmp_path / "export") == 0
    assert {p: p.read_bytes() for p in (root / "faq").rglob("*") if p.is_file()} == before


def test_a_picture_outside_of_the_export_is_not_taken(tmp_path: Path) -> None:
    (tmp_path / "secret.png").write_bytes(PNG)
    (tmp_path / "export").mkdir()
    (tmp_path / "export/a.html").write_text(
        "<h1>返金できますか？</h1><p>はい。</p><img src='../secret.png'><img src='/etc/hostname'>",
        encoding="utf-8",
    )
    root = company(tmp_path / "myhelp")
    assert moved_in(root, "html", tmp_path / "export") == 0
    assert not list((root / "faq").rglob("*.png"))
    assert "secret.png" in (root / "desk/import-report.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(("html", "markdown"), [
    ("<p>a<br>b</p>", "a\\\nb"),
    ("<p>{{値:x}} *y* # z</p>", "\\{\\{値:x}} \\*y\\* \\# z"),
    ("<a href='javascript:x()'>a</a>", "a"),
    ("<!-- 社内 --><p>a</p>", "a"),
    ("<iframe src='https://v.example.jp/1'></iframe>", "<https://v.example.jp/1>"),
    ("<div>" * 300 + "a" + "</div>" * 300, "a"),
    ("<ul><li>a<p>b</p></li><li></li></ul>", "- a\n\n    b"),
])  # fmt: skip
def test_html_becomes_markdown_of_the_same_words(html: str, markdown: str) -> None:
    assert to_markdown(html).text == markdown
