"""Whatever is internal is found in the public output, however it is written there; what is public is not."""

from __future__ import annotations

import gzip
import html
import io
import json
import os
import struct
import unicodedata
import zipfile
import zlib
from collections.abc import Callable
from datetime import date
from pathlib import Path
from urllib.parse import quote

import pytest

from kotae.content.library import Library, load
from kotae.site.scan import Hit, Patterns, fingerprints, scan

TODAY = date(2026, 11, 22)
ROOT = Path(__file__).parents[2]
SECRET = "三万円を超える返金は経理の承認が必ず必要になります"
ENGLISH = "Refunds above thirty thousand yen need the approval of accounting first"
FILES = {
    "desk/teams.yml": "- {id: first-line, 名前: 一次対応, メンバー: [{名前: 高橋 美咲, メール: m.takahashi@example.jp}, {名前: Ken Ito, メール: k.ito@example.jp}], 連絡方法: 部屋 cs-first}\n",
    "desk/topics.yml": "- {id: billing, 名前: お支払い, 担当チーム: first-line}\n- {id: first-reply, 名前: 受付, 社内: はい, 担当チーム: first-line}\n",
    "desk/contacts.yml": "- {id: form, 種類: フォーム, 名前: 経理依頼, 値: https://desk.example.jp/accounting}\n- {id: phone, 種類: 電話, 名前: 電話, 値: 03-0000-0000, 公開: はい}\n",
    "desk/facts.yml": "- {id: limit, 名前: 承認の限度額, 値: [{値: '30,000円'}]}\n- {id: price, 名前: 月額, 値: [{値: '12,800円'}], 公開: はい}\n",
    "desk/forbidden_public.txt": "お怒り\nangry customer\n内線 9\n",
    "desk/settings.yml": "社内のホスト: [git.example.jp]\n公開アドレス: https://help.example.jp\n",
    "faq/billing/refund.md": f"---\n公開範囲: お客様に公開\n手順書: refund-steps\n---\n# 返金はできますか？\n\nはい。全額を返金いたします。\n\n## 社内メモ\n\n- {SECRET}。\n- 経理**部長**の[内線番号](x.md)を必ず伝える。\n- 締め日: 前の営業日。\n- いったん保留。夜は翌朝まで。\n",
    "faq/billing/refund.en.md": f"---\n公開範囲: お客様に公開\n---\n# Can I get a refund?\n\nYes, in full.\n\n## Internal notes\n\n- {ENGLISH}.\n- Ticket KOTAE-7F3A-991.\n",
    "faq/billing/checksheet.md": "---\n公開範囲: 社内だけ\n---\n# 調査票の書き方は？\n\n記入例は営業の共有の棚に置いてあります。\n",
    "faq/billing/draft.md": "---\n公開範囲: お客様に公開\n状態: 下書き\n---\n# 新しい料金はいくらですか？\n\n来年の四月から値上げすることを検討しています。\n",
    "faq/billing/expired.md": "---\n公開範囲: お客様に公開\n有効期限: 2026-11-01\n---\n# 秋の割引はありますか？\n\n十月の末まで二割引きでご利用いただけました。\n",
    "faq/billing/broken.md": "---\n公開範囲: お客様に公開\n  x: [\n---\n# 読めないページ\n\n前書きを読み取れないので公開してはいけない文です。\n",
    "faq/billing/comment.md": "---\n公開範囲: お客様に公開\n---\n# 注釈はありますか？\n\nあります。\n\n<!-- この注釈は社内の覚え書きなので出てはいけません -->\n",
    "playbooks/billing/refund-steps.md": "# 返金のご依頼への対応\n\n## 手順\n\n上長に電話してから返金の金額を二人で確かめること。\n",
    "docs/help/index.md": "# ヘルプ\n\nお困りのことを選んでください。\n",
    "docs/handbook/index.md": "# 手引きの入口です\n",
    "docs/handbook/terms.md": "# 用語集\n\n![組織の図](images/org-chart.png)\n",
    "docs/handbook/images/org-chart.png": "x",
}  # fmt: skip


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    root = tmp_path_factory.mktemp("desk")
    for name, text in FILES.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    return load(root)


@pytest.fixture(scope="module")
def patterns(library: Library) -> Patterns:
    return fingerprints(library, TODAY)


def found(folder: Path, patterns: Patterns, name: str, data: str | bytes) -> list[Hit]:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return scan(folder, patterns)


def page(text: str) -> str:
    return f"<!doctype html>\n<html><head><title>返金</title></head>\n<body>\n<p>全額を返金いたします。</p>\n{text}\n</body></html>\n"


def png(kind: bytes, body: bytes) -> bytes:
    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
    return (
        b"\x89PNG\r\n\x1a\n"
        + head
        + chunk(kind, body)
        + chunk(b"IDAT", zlib.compress(b"\0\0"))
        + chunk(b"IEND", b"")
    )


def jpeg(marker: int, body: bytes) -> bytes:
    return (
        b"\xff\xd8\xff"
        + bytes([marker])
        + struct.pack(">H", len(body) + 2)
        + body
        + b"\xff\xda\x00\x02\x11\xff\xd9"
    )


def zipped(text: str) -> bytes:
    room = io.BytesIO()
    with zipfile.ZipFile(room, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", f"<w:t>{text}</w:t>")
    return room.getvalue()


WAYS: dict[str, Callable[[str], tuple[str, str | bytes]]] = {
    "paragraph": lambda s: ("a/index.html", page(f"<p>前{s}後</p>")),
    "title": lambda s: ("a/index.html", page("").replace("返金</title>", f"{s}</title>")),
    "meta": lambda s: ("a/index.html", page(f'<meta name="description" content="{s}">')),
    "attribute": lambda s: ("a/index.html", page(f"<img alt='{s}' src=x>")),
    "data": lambda s: ("a/index.html", page(f'<div data-x="{s}"></div>')),
    "json-ld": lambda s: ("a/index.html", page(f'<script type="application/ld+json">{json.dumps({"a": s})}</script>')),
    "comment": lambda s: ("404.html", page(f"<!-- {s} -->")),
    "inline tags": lambda s: ("a/index.html", page(f"<p>{s[:5]}<strong>{s[5:9]}</strong><a href='/x'>{s[9:]}</a></p>")),
    "lines": lambda s: ("a/index.html", page(f"<p>{s[:6]}\n   {s[6:14]}\n{s[14:]}</p>")),
    "entities": lambda s: ("a/index.html", page("".join(f"&#{ord(c)};" for c in s))),
    "hex entities": lambda s: ("a/index.html", page("".join(f"&#x{ord(c):X};" for c in s))),
    "percent": lambda s: ("a/index.html", page(f'<a href="/search?q={quote(s)}">x</a>')),
    "json escapes": lambda s: ("search.json", json.dumps({"text": s})),
    "json": lambda s: ("search.json", json.dumps({"text": f"行1\n{s}"}, ensure_ascii=False)),
    "script": lambda s: ("app.js", f"const a = '{s}';"),
    "hex escapes": lambda s: ("app.js", "const a = '" + "".join(f"\\x{ord(c):02x}" if ord(c) < 256 else c for c in s) + "'"),
    "feed": lambda s: ("feed.xml", f"<rss><description>{html.escape(f'<p>{s[:6]}<b>{s[6:]}</b></p>')}</description></rss>"),
    "feed, escaped twice": lambda s: ("feed.xml", f"<d>{html.escape(html.escape(f'<p>{s[:6]}<b>{s[6:]}</b></p>'))}</d>"),
    "html in json": lambda s: ("feed.json", json.dumps({"html": f"<p>{s[:6]}<b>{s[6:]}</b></p>"})),
    "svg": lambda s: ("chart.svg", f"<svg xmlns='http://www.w3.org/2000/svg'><text>{s}</text></svg>"),
    "text": lambda s: ("llms.txt", s),
    "markdown": lambda s: ("page.md", f"{s[:6]}**{s[6:10]}**[{s[10:]}](x.md)"),
    "style": lambda s: ("a.css", f"a::before {{ content: '{s}' }}"),
    "source map": lambda s: ("app.js.map", json.dumps({"sourcesContent": [s]})),
    "backup": lambda s: ("index.html.bak", page(s)),
    "hidden file": lambda s: (".DS_Store.txt", s),
    "file name": lambda s: (f"files/{s}.txt", "x"),
    "gzip": lambda s: ("sitemap.xml.gz", gzip.compress(f"<loc>{s}</loc>".encode())),
    "gzip twice": lambda s: ("a.gz.gz", gzip.compress(gzip.compress(s.encode()))),
    "office file": lambda s: ("form.docx", zipped(s)),
    "utf-16": lambda s: ("a.txt", s.encode("utf-16")),
    "png text": lambda s: ("a.png", png(b"iTXt", b"Comment\0\0\0\0\0" + s.encode())),
    "png packed text": lambda s: ("a.png", png(b"zTXt", b"Comment\0\0" + zlib.compress(s.encode()))),
    "png exif": lambda s: ("a.png", png(b"eXIf", b"MM\0*" + s.encode("utf-16-be"))),
    "jpeg exif": lambda s: ("a.jpg", jpeg(0xE1, b"Exif\0\0" + s.encode("utf-16-le"))),
    "jpeg comment": lambda s: ("a.jpg", jpeg(0xFE, s.encode())),
    "jpeg xmp": lambda s: ("a.jpg", jpeg(0xE1, f"http://ns.adobe.com/xap/1.0/\0<x>{s}</x>".encode())),
    "pdf title": lambda s: ("a.pdf", b"%PDF-1.7\n1 0 obj<</Title (\xfe\xff" + s.encode("utf-16-be").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)") + b")>>endobj"),
    "pdf hex title": lambda s: ("a.pdf", b"%PDF-1.7\n1 0 obj<</Title <FEFF" + s.encode("utf-16-be").hex().encode() + b">>>endobj"),
    "pdf packed": lambda s: ("a.pdf", b"%PDF-1.7\n1 0 obj<<>>stream\n" + zlib.compress(f"<dc:title>{s}</dc:title>".encode()) + b"\nendstream"),
    "full width": lambda s: ("a.html", page("".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in s))),
    "decomposed": lambda s: ("a.html", page(unicodedata.normalize("NFD", s))),
    "capitals": lambda s: ("a.html", page(s.upper())),
    "invisible": lambda s: ("a.html", page("\u200b".join(s))),
    "no-break": lambda s: ("a.html", page(s.replace(" ", "&nbsp;"))),
}  # fmt: skip


@pytest.mark.parametrize("secret", [SECRET, ENGLISH], ids=["ja", "en"])
@pytest.mark.parametrize("way", WAYS)
def test_a_sentence_of_the_internal_notes_is_found_however_it_is_written(
    way: str, secret: str, tmp_path: Path, patterns: Patterns
) -> None:
    name, data = WAYS[way](secret)
    hits = found(tmp_path, patterns, name, data)
    assert [(hit.file, hit.source.startswith("faq/billing/refund")) for hit in hits] == [(name, True)]


SECRETS = {
    "an internal page": ("記入例は営業の共有の棚に置いてあります", "faq/billing/checksheet.md"),
    "its title": ("<title>調査票の書き方は？ - ヘルプ</title>", "faq/billing/checksheet.md"),
    "its address": ('<a href="../checksheet/">x</a>', "faq/billing/checksheet.md"),
    "its whole address": ("<loc>https://help.example.jp/billing/checksheet/</loc>", "faq/billing/checksheet.md"),
    "its permanent address": ('"a/checksheet/"', "faq/billing/checksheet.md"),
    "its source": ("edit/main/faq/billing/checksheet.md", "faq/billing/checksheet.md"),
    "a draft": ("来年の四月から値上げすることを検討しています", "faq/billing/draft.md"),
    "an expired page": ("十月の末まで二割引きでご利用いただけました", "faq/billing/expired.md"),
    "a page whose front matter cannot be read": ("前書きを読み取れないので公開してはいけない", "faq/billing/broken.md"),
    "a comment": ("この注釈は社内の覚え書きなので出てはいけません", "faq/billing/comment.md"),
    "a playbook": ("上長に電話してから返金の金額を二人で確かめること", "playbooks/billing/refund-steps.md"),
    "the field that names a playbook": ('{"playbook": "/refund-steps/"}', "playbooks/billing/refund-steps.md"),
    "a playbook's title in the navigation": ("<a>返金のご依頼への対応</a>", "playbooks/billing/refund-steps.md"),
    "a short title as a whole link": ("<a href='x'>用語集</a>", "docs/handbook/terms.md"),
    "a short title in the index": ('{"title": "用語集"}', "docs/handbook/terms.md"),
    "an image of the handbook": ("<img src='/files/images/org-chart.png'>", "docs/handbook/images/org-chart.png"),
    "a colleague": ("<p>高橋美咲</p>", "desk/teams.yml"),
    "a colleague in Latin letters": ("<p>by Ken <b>Ito</b></p>", "desk/teams.yml"),
    "a colleague's mail": ("mailto:m.takahashi@example.jp", "desk/teams.yml"),
    "a team's contact": ("部屋 cs-first まで", "desk/teams.yml"),
    "an internal contact": ("desk.example.jp/accounting", "desk/contacts.yml"),
    "an internal fact": ("承認の限度額は", "desk/facts.yml"),
    "its value": ("<td>30,000円</td>", "desk/facts.yml"),
    "a forbidden word": ("お怒りのお客様", "desk/forbidden_public.txt"),
    "a forbidden word in two lines": ("an <i>angry</i>\n customer.", "desk/forbidden_public.txt"),
    "the beginning of a forbidden number": ("内線 9110", "desk/forbidden_public.txt"),
    "an internal host": ("https://git.example.jp/x", "desk/settings.yml"),
    "a ticket": ("(KOTAE-7F3A-991)", "faq/billing/refund.en.md"),
    "text with marks inside": ("<li>経理<strong>部長</strong>の<a>内線番号</a>を必ず伝える</li>", "faq/billing/refund.md"),
    "two short parts of one line": ("<li>締め日: 前の営業日。</li>\n<li>いったん", "faq/billing/refund.md"),
    "two short sentences": ("<p>いったん保留。夜は翌朝まで。</p>", "faq/billing/refund.md"),
    "an internal topic": ('<a href="/first-reply/">', "desk/topics.yml"),
}  # fmt: skip


@pytest.mark.parametrize("what", SECRETS)
def test_everything_internal_has_a_fingerprint(what: str, tmp_path: Path, patterns: Patterns) -> None:
    text, source = SECRETS[what]
    assert source in {hit.source for hit in found(tmp_path, patterns, "a/index.html", page(text))}


HARMLESS = [
    "返金はできますか？はい。全額を返金いたします。",
    "<a href='/billing/refund/'>返金</a> <a href='/en/a/refund/'>x</a>",
    "月額 12,800円、電話 03-0000-0000",
    "130,000円 30,0000円",
    "用語集をご覧ください",
    "Broken items and brokenitoff, a checksheets list, refund-steps-by-email",
    "strangrycustomers hungry customer service",
    "<details><summary>terms and conditions</summary></details>",
    "https://legit.example.jp.example.com/",
]


@pytest.mark.parametrize("text", HARMLESS)
def test_what_is_public_or_only_looks_alike_is_no_hit(text: str, tmp_path: Path, patterns: Patterns) -> None:
    assert found(tmp_path, patterns, "a/index.html", page(text)) == []


BROKEN = {
    "gzip cut short": ("a.xml.gz", gzip.compress(b"x" * 999)[:-9]),
    "not UTF-8": ("a.html", b"<p>\x82\xa0\x82\xa2"),
    "png cut short": ("a.png", png(b"tEXt", b"a\0b")[:50]),
    "jpeg cut short": ("a.jpg", b"\xff\xd8\xff\xe1\x40\x00ab"),
    "encrypted pdf": ("a.pdf", b"%PDF-1.7\ntrailer<</Encrypt 1 0 R>>"),
    "broken archive": ("a.docx", b"PK\x03\x04broken"),
}


@pytest.mark.parametrize("what", BROKEN)
def test_what_cannot_be_read_is_a_hit(what: str, tmp_path: Path, patterns: Patterns) -> None:
    name, data = BROKEN[what]
    (hit,) = found(tmp_path, patterns, name, data)
    assert (hit.file, hit.source) == (name, "")
    assert name in hit.said.ja
    assert name in hit.said.en


def test_a_bomb_is_not_unpacked_to_its_end(
    tmp_path: Path, patterns: Patterns, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kotae.site.wall.unpack.LIMIT", 1000)
    (hit,) = found(tmp_path, patterns, "a.gz", gzip.compress(b"x" * 2000))
    assert hit.source == ""


def test_links_and_pipes_are_hits(tmp_path: Path, patterns: Patterns) -> None:
    (tmp_path / "real.txt").write_text("x")
    (tmp_path / "link.txt").symlink_to("real.txt")
    (tmp_path / "folder").symlink_to("/")
    os.mkfifo(tmp_path / "pipe")
    assert [hit.file for hit in scan(tmp_path, patterns)] == ["folder", "link.txt", "pipe"]


def test_the_message_names_output_file_source_line_and_phrase(tmp_path: Path, patterns: Patterns) -> None:
    (hit,) = found(tmp_path, patterns, "a/index.html", page("お怒り"))
    assert all(part in hit.said.ja for part in ("a/index.html", "お怒り", "desk/forbidden_public.txt"))
    assert all(part in hit.said.en for part in ("a/index.html", "お怒り", "desk/forbidden_public.txt"))
    (hit,) = found(tmp_path, patterns, "a/index.html", page(SECRET))
    assert "11行目" in hit.said.ja
    assert "line 11" in hit.said.en


def test_one_leak_among_many_pages_that_share_a_frame_is_found_in_its_file(
    tmp_path: Path, patterns: Patterns
) -> None:
    for number in range(300):
        (tmp_path / f"{number:03d}.html").write_text(
            page(f"<p>本文{number}</p>" + (SECRET if number == 217 else ""))
        )
    assert [hit.file for hit in scan(tmp_path, patterns)] == ["217.html"]


def test_a_leak_that_spans_a_new_line_and_a_known_one_is_found(tmp_path: Path, patterns: Patterns) -> None:
    (tmp_path / "1.html").write_text(f"<p>\n{SECRET[:8]}\n</p>\n")
    (tmp_path / "2.html").write_text(f"<p>\n{SECRET[:8]}\n{SECRET[8:16]}\n</p>\n")
    assert [hit.file for hit in scan(tmp_path, patterns)] == ["2.html"]


def test_a_forbidden_word_stays_forbidden_even_in_a_public_source(tmp_path: Path) -> None:
    for name, text in FILES.items():
        (tmp_path / "root" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "root" / name).write_text(text)
    (tmp_path / "root/faq/billing/refund.md").write_text(
        "---\n公開範囲: お客様に公開\n---\n# 返金はできますか？\n\nお怒りのときも、[調査票](checksheet.md)の書き方は？高橋美咲までどうぞ。\n"
    )
    patterns = fingerprints(load(tmp_path / "root"), TODAY)
    text = page("<p>お怒りのときも<a href='../checksheet/'>調査票の書き方は？</a>高橋美咲</p>")
    assert {hit.source for hit in found(tmp_path / "site", patterns, "a.html", text)} == {
        "desk/forbidden_public.txt", "faq/billing/checksheet.md",
    }  # fmt: skip


def test_an_expired_page_is_public_until_its_day(library: Library, tmp_path: Path) -> None:
    text = page("十月の末まで二割引きでご利用いただけました")
    assert found(tmp_path, fingerprints(library, date(2026, 11, 1)), "a.html", text) == []


def test_findings_do_not_depend_on_the_order_of_files_or_of_a_second_run(
    tmp_path: Path, library: Library
) -> None:
    for name in ("b", "a", "c/d"):
        found(tmp_path, Patterns(), f"{name}.html", page(f"{name} お怒り 高橋美咲"))
    one, two = (scan(tmp_path, fingerprints(library, TODAY)) for _ in range(2))
    assert one == two == sorted(one)
    assert {hit.file for hit in one} >= {"a.html"}


def test_the_words_of_the_handbook_are_known_and_the_public_sources_of_the_sample_are_clean(
    tmp_path: Path,
) -> None:
    library = load(ROOT)
    patterns = fingerprints(library, date(2026, 11, 22))
    assert len(patterns.phrases) > 1000
    for d in library:
        if d.kind == "faq" and d.tail and d.clean:
            (tmp_path / f"{d.stem}.{d.lang}.txt").write_text(d.common)
    assert scan(tmp_path, patterns) == []
    (tmp_path / "tail.txt").write_text(
        "\n".join(d.tail for d in library if d.path == "faq/billing/refund.md")
    )
    assert "faq/billing/refund.md" in {hit.source for hit in scan(tmp_path, patterns)}
