"""Where links lead: nowhere, to a heading that is not there, to a missing file, or through the wall."""

from __future__ import annotations

import posixpath
import re
import unicodedata
from collections.abc import Collection, Iterator
from difflib import get_close_matches
from pathlib import Path

from kotae.content.documents import Document
from kotae.content.library import ROOTS, Library
from kotae.findings import Said
from kotae.links.addresses import Led, address, file_address
from kotae.rules.registry import ERROR, Context, Found, library_rule, maybe, rule

_INSIDE = ("playbooks/", "docs/handbook/")
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
    "KT611", "link-to-internal", ERROR,
    "公開ページから{what}へリンクしています({target})。リンクを消すか、社内メモに移してください。",
    "A public page links to {what} ({target}). Remove the link or move it into the internal notes.",
    waivable=False,
)  # fmt: skip
def link_to_internal(document: Document, context: Context) -> Iterator[Found]:
    """なぜ: お客様には「見つかりません」と出て、社内のページの名前がアドレスから知られます。

    Why: customers get a 404, and the address gives away the name of an internal page.

    Bad:
    ````markdown
    === faq/billing/refund.md
    ---
    公開範囲: お客様に公開
    ---
    # 返金はできますか？

    はい。30日以内なら、全額を返金いたします。

    [返金の手順書](../../playbooks/billing/refund.md)をご覧ください。 <!-- error: KT611 -->

    === playbooks/billing/refund.md
    ---
    重要度: 通常
    連絡手段: [メール]
    ---
    # 返金のご依頼への対応
    ````

    Good:
    ````markdown
    === faq/billing/refund.md
    ---
    公開範囲: お客様に公開
    ---
    # 返金はできますか？

    はい。30日以内なら、全額を返金いたします。

    ## 社内メモ

    - [返金の手順書](../../playbooks/billing/refund.md)のとおりに進める。

    === playbooks/billing/refund.md
    ---
    重要度: 通常
    連絡手段: [メール]
    ---
    # 返金のご依頼への対応
    ````
    """
    if document.path not in context.public:
        return
    for led in context.leads(document)[0]:
        what = _hidden(led, context)
        if what:
            yield Found(led.link.line, {"what": what, "target": led.path})


def _hidden(led: Led, context: Context) -> Said | None:
    target = led.document
    if target is not None and target.path not in context.public:
        return {
            "draft": Said("下書き", "a draft"),
            "deprecated": Said("廃止したページ", "a deprecated page"),
        }.get(target.status, Said("社内のページ", "an internal page"))
    if target is None and led.path in context.library.files and led.path.startswith(_INSIDE):
        return Said("社内のファイル", "an internal file")
    return None


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
                f"There is no page '{name}' as named under {ja}. {near.en} Write a file's name without .md.",
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


@library_rule(
    "KT904", "address-twice", ERROR,
    "{other} と同じアドレス(/{address})になり、どちらか一方が消えます。ファイル名を変えてください。",
    "It would get the same address (/{address}) as {other}, and one of them would vanish. Rename it.",
)  # fmt: skip
def address_twice(context: Context) -> Iterator[Found]:
    """なぜ: 大文字と小文字、全角と半角、a.md と a/index.md の違いだけのファイルは、公開すると片方が黙って消えます。

    Why: files that differ only by case, by width, or as a.md and a/index.md overwrite each other silently when published.

    Bad:
    ````markdown
    === faq/billing/refund.md
    ---
    公開範囲: お客様に公開
    ---
    # 返金はできますか？

    はい。30日以内なら、全額を返金いたします。

    === faq/billing/refund/index.md <!-- error: KT904 -->
    ---
    公開範囲: お客様に公開
    ---
    # お金は戻りますか？

    はい。30日以内なら、全額をお返しします。
    ````

    Good:
    ````markdown
    === faq/billing/refund.md
    ---
    公開範囲: お客様に公開
    ---
    # 返金はできますか？

    はい。30日以内なら、全額を返金いたします。

    === faq/billing/refund-when.md
    ---
    公開範囲: お客様に公開
    ---
    # 返金はいつ届きますか？

    5営業日ほどで届きます。
    ````
    """
    library = context.library
    first_lang = library.desk.settings.languages[0]
    taken: dict[str, str] = {}
    pages = [(d.path, _address(d.path, first_lang)) for d in library]
    topics = {d.topic.split("/")[0] for d in library if d.kind == "faq"} & set(library.desk.topics)
    for topic in sorted(topics):
        for prefix in ("", *(f"{lang}/" for lang in library.desk.settings.languages[1:])):
            taken[f"{prefix}{topic}/"] = f"desk/topics.yml({topic})"
    for path, where in sorted([*pages, *((f, file_address(f)) for f in library.files)]):
        key = unicodedata.normalize("NFKC", where).casefold()
        if key in taken:
            yield Found(values={"other": taken[key], "address": where.lstrip("@")}, path=path)
        taken.setdefault(key, path)


def _address(path: str, first_lang: str) -> str:
    folder, name = posixpath.split(path)
    suffix = next((s for s in (".en.md", ".md") if name.endswith(s)), "")
    if name.removesuffix(suffix).casefold() == "readme":
        path = f"{folder}/index{suffix}"  # MkDocs and the code hosts take both for the folder's page.
    where = address(path, first_lang)
    # The front page of the handbook stands at the root of a site of its own.
    return (
        f"@{where}"
        if posixpath.dirname(path) == "docs/handbook" and path.startswith((f"{ROOTS[3]}/index.",))
        else where
    )
