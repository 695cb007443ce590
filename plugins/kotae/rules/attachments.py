"""Pictures and attachments that customers get: only from public places, only formats that cannot run anything."""

from __future__ import annotations

from collections.abc import Iterator

from kotae.content.drawings import faults
from kotae.content.pictures import BrokenPictureError, bare
from kotae.findings import Said
from kotae.rules.registry import ERROR, Context, Found, library_rule

_BEGINS = {
    "png": (b"\x89PNG\r\n\x1a\n",), "jpg": (b"\xff\xd8\xff",), "jpeg": (b"\xff\xd8\xff",), "gif": (b"GIF87a", b"GIF89a"),
    "webp": (b"RIFF",), "pdf": (b"%PDF-",), "zip": (b"PK",), "xlsx": (b"PK",), "docx": (b"PK",), "pptx": (b"PK",),
}  # fmt: skip
_LARGEST = 50 * 1024 * 1024


@library_rule(
    "KT713", "drawing-that-acts", ERROR,
    "この図(SVG)には「{seen}」があり、開いた人の画面で動いたり、外から何かを読み込んだりできます。その部分を消して書き出し直してください。",
    "This drawing (SVG) holds '{seen}', which can run or load something on the reader's screen. Remove it and export the drawing again.",
    waivable=False,
)  # fmt: skip
def drawing_that_acts(context: Context) -> Iterator[Found]:
    """なぜ: SVGは絵に見えて、ページと同じことができます。画像のアドレスを開いた人の画面で、書いた人のプログラムが動きます。

    Why: an SVG looks like a picture and can do all a page can; whoever opens its address runs what its author wrote.

    Bad:
    ````markdown
    === faq/billing/images/flow.svg <!-- error: KT713 -->
    <svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>
    ````

    Good:
    ````markdown
    === faq/billing/images/flow.svg
    <svg xmlns="http://www.w3.org/2000/svg"><rect width="9" height="9" fill="url(#a)"/></svg>
    ````
    """
    for path in sorted(context.library.files):
        if path.lower().endswith(".svg"):
            for seen in faults(_bytes(context, path)):
                yield Found(values={"seen": seen}, path=path)


@library_rule(
    "KT714", "file-not-for-customers", ERROR,
    "公開ページが使っているこのファイルの種類({kind})は公開しません。PDFや画像に変えるか、設定の「添付の種類」に足してください。",
    "A public page uses this file, but {kind} is not published. Turn it into a PDF or a picture, or add the kind to 'attachments' in the settings.",
    waivable=False,
)  # fmt: skip
def file_not_for_customers(context: Context) -> Iterator[Found]:
    """なぜ: HTMLやスクリプトはヘルプの一部として動き、名前と中身が違うファイルは確かめようがありません。

    Why: HTML and scripts would act as a part of the help center, and what is not what its name says cannot be checked.

    Bad:
    ````markdown
    === faq/billing/refund.md
    ---
    公開範囲: お客様に公開
    ---
    # 返金はできますか？

    はい。[返金の計算](calculate.html)でお確かめください。
    === faq/billing/calculate.html <!-- error: KT714 -->
    <p>計算</p>
    ````

    Good:
    ````markdown
    === faq/billing/refund.md
    ---
    公開範囲: お客様に公開
    ---
    # 返金はできますか？

    はい。[返金の計算](calculate.pdf)でお確かめください。
    === faq/billing/calculate.pdf
    %PDF-1.4
    ````
    """
    allowed = {kind.lower().lstrip(".") for kind in context.library.desk.settings.attachments}
    for path in sorted(_used(context)):
        kind = path.rpartition("/")[2].lower().rpartition(".")[2]
        if kind not in allowed:
            yield Found(values={"kind": kind}, path=path)
            continue
        trouble = _not_what_it_says(path, kind, _bytes(context, path)) if kind in _BEGINS else None
        if trouble:
            yield Found(path=path, said=trouble)


def _used(context: Context) -> set[str]:
    return {
        led.path
        for document in context.in_order
        if document.path in context.public and document.outline.links
        for led in context.leads(document)[0]
        if led.path in context.library.files and led.path not in context.library.private
    }


def _not_what_it_says(path: str, kind: str, data: bytes) -> Said | None:
    if data.startswith(_BEGINS[kind]):
        try:
            bare(path, data)
        except BrokenPictureError:
            return Said(
                "この画像は途中で終わっています。保存し直してください。",
                "This picture ends early. Save it again.",
            )
        return None
    return Said(
        f"名前は .{kind} ですが、中身が違います。正しい形式で保存し直してください。",
        f"It is called .{kind} but holds something else. Save it in that format.",
    )


def _bytes(context: Context, path: str) -> bytes:
    try:
        with open(context.library.file(path), "rb") as file:
            return file.read(_LARGEST)
    except OSError:
        return b""
