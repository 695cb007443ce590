"""Links that lead nowhere, to a heading that is not there, or to a missing file."""

from __future__ import annotations

import posixpath
import re
import unicodedata
from collections.abc import Collection, Iterator
from difflib import get_close_matches
from pathlib import Path

from kotae.content.documents import Document
from kotae.content.library import Library
from kotae.findings import Said
from kotae.links.addresses import Led
from kotae.rules.registry import ERROR, Context, Found, maybe, rule

_WRITTEN_ANCHOR = re.compile(r"<[a-zA-Z][^<>]*?\s(?:id|name)\s*=\s*[\"']?([^\"'\s<>]+)|\{[^{}\n]*#([^\s{}]+)")
_MOST_COMPARED = 2_000
_FOOTNOTE = re.compile(r"fn(?:ref)?:")


def _all_leads(document: Document, context: Context) -> Iterator[tuple[Led, bool]]:
    """Yield every link that leads somewhere in the repository, and whether customers see it."""
    common, tail = context.leads(document)
    public = document.path in context.public
    for led in common:
        if not led.external:
            yield led, public
    for led in tail:
        if not led.external:
            yield led, False


@rule(
    "KT901", "dead-link", ERROR,
    "リンク先「{target}」がありません。{near}行き先を直すか、リンクを消してください。",
    "The link '{target}' leads nowhere. {near} Correct it or remove the link.",
)  # fmt: skip
def dead_link(document: Document, context: Context) -> Iterator[Found]:
    """なぜ: 押しても開かないリンクは、お客様の手を止めます。ファイルを移したり名前を変えたりしたあとに起きます。

    Why: a link that opens nothing stops the reader; it comes from files that were moved or renamed.

    Bad:
    ````markdown
    === faq/billing/refund.md
    ---
    公開範囲: お客様に公開
    ---
    # 返金はできますか？

    はい。[解約](../login/cancle.md)のあとでも返金いたします。 <!-- error: KT901 -->

    === faq/login/cancel.md
    ---
    公開範囲: お客様に公開
    ---
    # 解約できますか？

    はい。いつでも解約できます。
    ````

    Good:
    ````markdown
    === faq/billing/refund.md
    ---
    公開範囲: お客様に公開
    ---
    # 返金はできますか？

    はい。[解約](../login/cancel.md)のあとでも返金いたします。

    === faq/login/cancel.md
    ---
    公開範囲: お客様に公開
    ---
    # 解約できますか？

    はい。いつでも解約できます。
    ````
    """
    for led, public in _all_leads(document, context):
        if led.outside:
            said = Said(
                f"リンク先「{led.link.target}」はこのリポジトリの外です。../ で始まる相対パスか https:// で書いてください。",
                f"The link '{led.link.target}' leads outside the repository. Write a relative path or https://.",
            )
            yield Found(led.link.line, said=said)
        elif led.path is None or _is_file(led) or led.path in context.library.files:
            continue
        elif led.document is None:
            if not _beside(context.library.root, led.path):
                near = maybe(_relative(document, _nearest(context, led.path)))
                yield Found(led.link.line, {"target": led.link.target, "near": near})
            elif public:
                said = Said(
                    f"リンク先「{led.link.target}」はヘルプに載らないファイルです。ヘルプのページに直すか、リンクを消してください。",
                    f"The link '{led.link.target}' leads to a file that no site shows. Link to a page or remove it.",
                )
                yield Found(led.link.line, said=said)
        elif led.document.status == "draft" and document.status == "published" and not public:
            said = Said(
                f"リンク先「{led.link.target}」は下書きなので、手引きにまだ出ません。公開するか、リンクを消してください。",
                f"The link '{led.link.target}' leads to a draft, which the handbook does not show yet. Publish it or remove the link.",
            )
            yield Found(led.link.line, said=said)
    yield from _names(document, context)


def _names(document: Document, context: Context) -> Iterator[Found]:
    """Look at pages named in the fields: 関連, 手順書, 代わり."""
    library = context.library
    named = [(item, item.line, document.kind, "関連") for item in document.related]
    for key, ja, kind in (("playbook", "手順書", "playbook"), ("replaced_by", "代わり", document.kind)):
        written = document.fields.get(key)
        if written is not None and isinstance(written.value, str):
            named.append((written.value, written.line, kind, ja))  # type: ignore[arg-type]  # a str without a line of its own
    for name, line, kind, ja in named:
        stem = str(name).removesuffix(".md").removesuffix(".en")
        if not any((kind, stem, lang) in library.by_id for lang in ("ja", "en")):
            near = maybe(_closest(stem, context.once(_stems).get(kind, [])))
            said = Said(
                f"{ja}の「{name}」というページはありません。{near.ja}ファイル名(.md なし)を書いてください。",
                f"There is no page '{name}' as named under {ja}. {near.en}{' ' * bool(near.en)}Write a file's name without .md.",
            )
            yield Found(line, said=said)


def _stems(library: Library) -> dict[str, list[str]]:
    table: dict[str, set[str]] = {}
    for document in library:
        table.setdefault(document.kind, set()).add(document.id)
    return {kind: sorted(ids) for kind, ids in table.items()}


def _is_file(led: Led) -> bool:
    return led.link.image or (
        led.path is not None and led.document is None and posixpath.splitext(led.path)[1] not in ("", ".md")
    )


def _beside(root: Path, path: str) -> bool:
    """Tell whether a path that is no content exists on the disk."""
    try:
        return (root / path).exists()
    except (OSError, ValueError):
        return False


def _relative(document: Document, path: str) -> str:
    return posixpath.relpath(path, posixpath.dirname(document.path)) if path else ""


def _closest(word: str, words: Collection[str], cutoff: float = 0.6) -> str:
    # Comparing with every name of a very large desk costs more than the hint is worth.
    close = get_close_matches(word, words, n=1, cutoff=cutoff) if len(words) <= _MOST_COMPARED else []
    return close[0] if close else ""


def _nearest(context: Context, path: str) -> str:
    """Return the page most likely meant: the same name elsewhere, else a like name in the same folder or anywhere."""
    by_name, by_folder = context.once(_index)
    folder, name = posixpath.split(path)
    if name in by_name:
        return by_name[name]
    ending = posixpath.splitext(name)[1]
    here = [each for each in by_folder.get(folder, []) if each.endswith(ending)]
    close = _closest(name.removesuffix(ending), [each.removesuffix(ending) for each in here])
    return f"{folder}/{close}{ending}" if close else by_name.get(_closest(name, by_name, 0.8), "")


def _index(library: Library) -> tuple[dict[str, str], dict[str, list[str]]]:
    by_name: dict[str, str] = {}
    by_folder: dict[str, list[str]] = {}
    for path in sorted((*library.by_path, *library.files)):
        folder, name = posixpath.split(path)
        by_name.setdefault(name, path)
        by_folder.setdefault(folder, []).append(name)
    return by_name, by_folder


@rule(
    "KT902", "dead-anchor", ERROR,
    "「{target}」の見出し「{anchor}」がありません。{near}見出しの文字のとおりに直してください。",
    "'{target}' has no heading '{anchor}'. {near} Write it as the heading reads.",
)  # fmt: skip
def dead_anchor(document: Document, context: Context) -> Iterator[Found]:
    """なぜ: 見出しを書き換えると、その見出しを指すリンクはページの先頭に落ちます。お客様は答えを探し直すことになります。

    Why: after a heading is reworded, links to it land at the top of the page and the reader has to search again.

    Bad:
    ````markdown
    === faq/billing/refund.md
    ---
    公開範囲: お客様に公開
    ---
    # 返金はできますか？

    はい。[返金の手順](#返金手順)のとおりにお進みください。 <!-- error: KT902 -->

    ## 返金の手順

    「設定」を開きます。
    ````

    Good:
    ````markdown
    === faq/billing/refund.md
    ---
    公開範囲: お客様に公開
    ---
    # 返金はできますか？

    はい。[返金の手順](#返金の手順)のとおりにお進みください。

    ## 返金の手順

    「設定」を開きます。
    ````
    """
    for led, public in _all_leads(document, context):
        if not led.anchor or led.document is None or _FOOTNOTE.match(led.anchor):
            continue
        anchors = led.document.outline.anchors()
        if led.anchor in anchors:
            continue
        if not public:
            anchors |= led.document.tail_outline.anchors()
        anchors |= _written_anchors(led.document)
        wanted = unicodedata.normalize("NFC", led.anchor)
        if wanted not in anchors:
            near = _closest(wanted, sorted(anchors))
            values = {"target": led.path, "anchor": led.anchor, "near": maybe(f"#{near}" if near else "")}
            yield Found(led.link.line, values)


def _written_anchors(document: Document) -> frozenset[str]:
    text = document.common
    if "{" not in text and "<" not in text:
        return frozenset()
    return frozenset(a or b for a, b in _WRITTEN_ANCHOR.findall(text))


@rule(
    "KT903", "missing-file", ERROR,
    "ファイル「{target}」がありません。{near}ファイルを置くか、行き先を直してください。",
    "The file '{target}' is missing. {near} Put it there or correct the path.",
)  # fmt: skip
def missing_file(document: Document, context: Context) -> Iterator[Found]:
    """なぜ: 画面写真や添付がないと、手順の途中でお客様が止まります。大文字と小文字の違いでも開きません。

    Why: without its picture or attachment a page breaks in the middle of a step; a capital letter is enough.

    Bad:
    ````markdown
    ---
    公開範囲: お客様に公開
    ---
    # 返金はできますか？

    はい。30日以内なら、全額を返金いたします。

    ![お支払いの画面](images/payment.png) <!-- error: KT903 -->
    ````

    Good:
    ````markdown
    === faq/billing/refund.md
    ---
    公開範囲: お客様に公開
    ---
    # 返金はできますか？

    はい。30日以内なら、全額を返金いたします。

    ![お支払いの画面](images/payment.png)

    === faq/billing/images/payment.png
    (画像)
    ````
    """
    for led, public in _all_leads(document, context):
        if led.outside or led.path is None or not _is_file(led) or led.path in context.library.files:
            continue
        target = led.link.target
        if not _beside(context.library.root, led.path):
            near = maybe(_relative(document, _nearest(context, led.path)))
            yield Found(led.link.line, {"target": target, "near": near})
        elif (public or led.link.image) and led.document is None:
            said = Said(
                f"ファイル「{target}」はサイトに入らない場所にあります。このページと同じフォルダの中に移してください。",
                f"The file '{target}' lies where no site takes files from. Move it beside this page.",
            )
            yield Found(led.link.line, said=said)
