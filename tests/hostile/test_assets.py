"""A picture or attachment reaches customers only when a public page uses it, from a public place, without what it tells of people."""

from __future__ import annotations

from base64 import b64encode
from pathlib import Path
from typing import Any

import pictures
import pytest
from pictures import SECRET

from kotae.content.drawings import faults
from kotae.content.pictures import BrokenPictureError, bare
from workshop import DAY, build, holding, kotae

TELLING = {
    "a.png": pictures.telling_png(), "a.jpg": pictures.telling_jpeg(), "a.gif": pictures.telling_gif(), "a.webp": pictures.telling_webp(),
}  # fmt: skip
PLAIN = {"a.png": pictures.png(), "a.gif": pictures.gif(), "a.webp": pictures.webp()}
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">%s</svg>'
ACTING = [
    b"<script>ran()</script>", b"<g onclick='ran()'/>", b"<foreignObject><p/></foreignObject>", b"<image href='https://e.example/a.png'/>",
    b"<image xlink:href='//e.example/a.png'/>", b"<use href='https://e.example/a.svg#a'/>", b"<use href='data:image/svg+xml;base64,AAAA#a'/>",
    b"<a href='javascript:ran()'><text>a</text></a>", b"<a xlink:href='java&#10;script:ran()'><text>a</text></a>",
    b"<animate attributeName='href' to='javascript:ran()'/>", b"<set attributeName='xlink:href' to='javascript:ran()'/>",
    b"<style>@import 'https://e.example/a.css';</style>", b"<style>g{fill:url(https://e.example/a#b)}</style>",
    b"<style><![CDATA[@im\\70ort 'a.css']]></style>", b"<rect style='fill:url(//e.example/a)'/>", b"<rect fill='url(https://e.example/a)'/>",
    b"<p xmlns='http://www.w3.org/1999/xhtml'><img src='x' onerror='ran()'/></p>", b"<handler type='text/javascript'>ran()</handler>",
    b"<feImage href='https://e.example/a.png'/>", b"<iframe src='https://e.example'/>", b"<text>", b"&unknown;",
]  # fmt: skip


@pytest.mark.parametrize("name", TELLING)
def test_pictures_lose_what_they_tell_and_keep_what_they_show(name: str) -> None:
    made = bare(name, TELLING[name])
    assert SECRET not in made
    assert b"Exif" not in made
    assert b"EXIF" not in made
    if name in PLAIN:
        assert made == PLAIN[name]
    assert bare(name, made) == made


def test_a_photo_keeps_the_side_that_is_up_and_its_colours() -> None:
    made = bare("a.JPG", pictures.telling_jpeg(turned=6))
    assert SECRET not in made
    assert b"Adobe\0" in made
    assert b"\x01\x12\0\x03\0\0\0\x01\0\x06" in made
    assert bare("a.jpg", made) == made


SHOWN = """async ([kind, words]) => {
  const image = new Image();
  image.src = `data:image/${kind};base64,${words}`;
  await image.decode();
  const canvas = Object.assign(document.createElement("canvas"), {width: image.width, height: image.height});
  const context = canvas.getContext("2d");
  context.drawImage(image, 0, 0);
  return [image.width, image.height, ...context.getImageData(0, 0, image.width, image.height).data];
}"""


def test_chromium_shows_the_same_pixels(chromium: Any) -> None:
    page = chromium.new_page()
    for name, data in TELLING.items():
        kind = name.removeprefix("a.").replace("jpg", "jpeg")
        before, after = (
            page.evaluate(SHOWN, [kind, b64encode(each).decode()]) for each in (data, bare(name, data))
        )
        assert before == after
    page.close()


@pytest.mark.parametrize("name", TELLING)
def test_pictures_that_end_early_or_are_something_else_are_said_and_never_crash(name: str) -> None:
    data = TELLING[name]
    for at in range(len(data) - len(SECRET) - 2):
        try:
            assert SECRET not in bare(name, data[:at]) or name == "a.jpg"
        except BrokenPictureError:
            continue
    with pytest.raises(BrokenPictureError):
        bare(name, b"<html><script>ran()</script>")


@pytest.mark.parametrize("inside", ACTING)
def test_a_drawing_that_could_act_is_named(inside: bytes) -> None:
    assert faults(SVG % inside)


@pytest.mark.parametrize(
    "before",
    [b"<!DOCTYPE svg [<!ENTITY a 'b'>]>", b"<?xml-stylesheet href='a.css'?>", b"\xff\xfe", b"GIF89a"],
)
def test_a_drawing_with_a_doubtful_head_is_named(before: bytes) -> None:
    assert faults(before + SVG % b"")


def test_a_billion_laughs_take_no_time() -> None:
    levels = b"".join(b"<!ENTITY a%d '%s'>" % (n, b"&a%d;" % (n - 1) * 10) for n in range(1, 10))
    assert faults(b"<!DOCTYPE svg [<!ENTITY a0 'ha'>" + levels + b"]>" + SVG % b"<text>&a9;</text>")


def test_only_what_public_pages_use_from_public_places_is_published(small_site: Path, tmp_path: Path) -> None:
    places = {
        "faq/billing/used.png": SECRET, "faq/billing/unused.png": b"UNUSED", "docs/help/used.jpg": SECRET,
        "faq/billing/memo.png": b"MEMO", "playbooks/billing/inside.png": b"INSIDE", "docs/handbook/inside.png": b"INSIDE",
    }  # fmt: skip
    for path, word in places.items():
        target = small_site / path
        target.parent.mkdir(parents=True, exist_ok=True)
        picture = (
            pictures.telling_jpeg()
            if path.endswith(".jpg")
            else pictures.png(pictures.chunk(b"tEXt", b"Comment\0" + word))
        )
        target.write_bytes(picture)
    page = small_site / "faq/billing/refund.md"
    text = page.read_text(encoding="utf-8")
    shown = "\n\n![画面](used.png)\n\n![画面](../../docs/help/used.jpg)\n\n## 社内メモ\n\n![覚え](memo.png)\n"
    page.write_text(text.replace("\n## 社内メモ\n", shown, 1), encoding="utf-8")
    build(small_site, tmp_path / "out")
    published = sorted(
        p.relative_to(tmp_path / "out/help/files").as_posix()
        for p in (tmp_path / "out/help/files").rglob("*.*")
    )
    assert published == ["docs/help/used.jpg", "faq/billing/used.png"]
    for word in (SECRET, b"UNUSED", b"MEMO", b"INSIDE"):
        assert holding(tmp_path / "out/help", word.decode()) == []
    assert (tmp_path / "out/handbook/files/faq/billing/memo.png").is_file()
    page.write_text(
        page.read_text(encoding="utf-8").replace("(used.png)", "(../../playbooks/billing/inside.png)"),
        encoding="utf-8",
    )
    done = kotae("build", "--root", small_site, "--out", tmp_path / "out", "--as-of", DAY)
    assert done.returncode == 1
    assert "KT611" in done.stdout


@pytest.mark.parametrize("field", ["template: ../../../../etc/passwd", "hide: true", "tags: [no, null]", "icon: x", "search: {exclude: true}", "hooks: [a.py]"])  # fmt: skip
def test_content_cannot_choose_templates_or_hooks(small_site: Path, field: str) -> None:
    page = small_site / "faq/billing/refund.md"
    page.write_text(page.read_text(encoding="utf-8").replace("---\n", f"---\n{field}\n", 1), encoding="utf-8")
    done = kotae("check", "--root", small_site, "--as-of", DAY)
    assert done.returncode == 1
    assert "KT104" in done.stdout


@pytest.mark.parametrize(
    "line",
    [
        '--8<-- "desk/teams.yml"',
        "-8<- desk/teams.yml",
        "--8<--\ndesk/teams.yml\n--8<--",
        "{% include 'desk/teams.yml' %}",
        "{!desk/teams.yml!}",
    ],
)
def test_nothing_is_ever_included(small_site: Path, tmp_path: Path, line: str) -> None:
    page = small_site / "faq/billing/refund.md"
    text = page.read_text(encoding="utf-8")
    page.write_text(text.replace("\n## 社内メモ\n", f"\n{line}\n\n## 社内メモ\n", 1), encoding="utf-8")
    done = kotae("build", "--root", small_site, "--out", tmp_path / "out", "--as-of", DAY)
    assert done.returncode == 1
    assert "KT703" in done.stdout
    # Even a page for colleagues, where it is no finding, prints the line as it stands.
    page.write_text(
        text.replace("お客様に公開", "社内だけ", 1).replace(
            "\n## 社内メモ\n", f"\n{line}\n\n## 社内メモ\n", 1
        ),
        encoding="utf-8",
    )
    assert holding(tmp_path / "out", "first-line") == []
