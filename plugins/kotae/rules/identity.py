"""Who a page is: its fields, its title, its id, its place."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from difflib import get_close_matches
from pathlib import Path

from kotae.content.documents import Document
from kotae.content.library import ROOTS
from kotae.content.schema import NAMES
from kotae.findings import Said
from kotae.links.addresses import permanent
from kotae.rules.registry import ERROR, WARNING, Context, Found, library_rule, maybe, rule, told
from kotae.strict_yaml import Items, Pairs, Text, read

_STEM = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
# Windows cannot hold these names, and in an address the signs mean something else than themselves.
_UNUSABLE = re.compile(
    r"(?:con|prn|aux|nul|com\d|lpt\d|conin\$|conout\$)(?:\..*)?|.*[<>:\"|?*\\#%\x00-\x1f].*|.*[ .]|[ .].*",
    re.IGNORECASE | re.DOTALL,
)
_LOCK = "desk/ids.lock"


@rule(
    "KT101", "missing-field", ERROR,
    "「{ja}」がありません。先頭の項目に「{ja}: …」を足してください。",
    "The field '{en}' is missing. Add '{en}: …' to the fields at the top.",
)  # fmt: skip
def missing_field(document: Document, context: Context) -> Iterator[Found]:
    """なぜ: どの項目が要るかはチームが desk/settings.yml で決めます。欠けたページは、検索や担当の表から漏れます。

    Why: the desk decides in desk/settings.yml what every page must say; a page without it drops out of lists and searches.

    Bad:
    ````markdown
    === playbooks/billing/refund.md <!-- error: KT101 -->
    ---
    重要度: 通常
    ---
    # 返金のご依頼への対応

    お客様が「返金してほしい」とおっしゃったとき。
    ````

    Good:
    ````markdown
    === playbooks/billing/refund.md
    ---
    重要度: 通常
    連絡手段: [メール, 電話]
    ---
    # 返金のご依頼への対応

    お客様が「返金してほしい」とおっしゃったとき。
    ````
    """
    if document.status == "draft":
        return
    for name in context.library.desk.settings.required.get(document.kind, "").split(","):
        key = context.library.shape.names.get(name.strip()) or NAMES.get(name.strip())
        # A missing audience is KT704's to say; an unknown name in the settings is KT113's.
        if key is None or document.kind not in key.kinds or (key.en, document.kind) == ("audience", "faq"):
            continue
        if key.en not in document.fields and key.en not in context.library.source(document).fields:
            theirs = next((n for n, k in context.library.shape.names.items() if k is key), "")
            foreign = context.library.shape.foreign and theirs
            yield Found(values={"ja": theirs if foreign else key.ja, "en": theirs if foreign else key.en})


@rule(
    "KT103", "missing-title", ERROR,
    "見出し1(「# 」で始まる行)がありません。本文の最初に「# 質問」を1つ書いてください。",
    "There is no title. Begin the text with one line '# Question'.",
)  # fmt: skip
def missing_title(document: Document, context: Context) -> Iterator[Found]:
    """なぜ: 見出し1がページの題名です。検索にもブラウザのタブにも出るので、ちょうど1つ要ります。

    Why: the one H1 is the title in search, in the browser's tab and in every list.

    Bad:
    ````markdown
    ---
    公開範囲: お客様に公開
    ---
    # 返金はできますか？

    はい。30日以内なら、全額を返金いたします。

    # 返金の手順 <!-- error: KT103 -->
    ````

    Good:
    ````markdown
    ---
    公開範囲: お客様に公開
    ---
    # 返金はできますか？

    はい。30日以内なら、全額を返金いたします。

    ## 手順
    ````
    """
    titles = [h for h in document.outline.headings if h.level == 1]
    if not titles:
        yield Found(document.common_line)
    elif not titles[0].text:
        said = Said(
            "見出し1に文字がありません。質問を書いてください。", "The title is empty. Write the question."
        )
        yield Found(titles[0].line, said=said)
    for more in titles[1:]:
        said = Said(
            f"見出し1が2つあります({titles[0].line}行目と{more.line}行目)。ここは「## 」にしてください。",
            f"There are two titles (lines {titles[0].line} and {more.line}). Write this one with '##'.",
        )
        yield Found(more.line, said=said)


@library_rule(
    "KT105", "id-twice", ERROR,
    "id「{id}」は {other} でも使われています。どちらかのファイル名か「id」を変えてください。",
    "The id '{id}' is also used by {other}. Change one file's name or its 'id'.",
)  # fmt: skip
def id_twice(context: Context) -> Iterator[Found]:
    """なぜ: id は変わらないアドレス(/a/…/)になります。2つのページが同じ id だと、送ったメールのリンクが別のページを開きます。

    Why: an id is a page's lasting address; with two pages under one id, links already sent open the wrong page.

    Bad:
    ````markdown
    === faq/billing/refund.md
    ---
    公開範囲: お客様に公開
    ---
    # 返金はできますか？

    はい。30日以内なら、全額を返金いたします。

    === faq/login/money-back.md
    ---
    公開範囲: お客様に公開
    id: refund <!-- error: KT105 -->
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

    === faq/login/money-back.md
    ---
    公開範囲: お客様に公開
    ---
    # お金は戻りますか？

    はい。30日以内なら、全額をお返しします。
    ````
    """
    first_lang = context.library.desk.settings.languages[0]
    retired, problem = _retired(context.library.root)
    if problem:
        yield Found(problem.line, path=_LOCK, said=problem.said)
    seen: dict[str, str] = {}
    for document in context.in_order:
        line = document.line_of("id")
        source = context.library.source(document)
        if source is not document and source.id != document.id:
            said = Said(
                f"翻訳の id「{document.id}」が、もとの {source.path} の「{source.id}」と違います。同じにしてください。",
                f"The id '{document.id}' differs from '{source.id}' of its source {source.path}. Make them equal.",
            )
            yield Found(line, path=document.path, said=said)
        if (document.kind, document.stem) == ("page", "index"):
            continue  # The front page of each site has an address of its own.
        key = permanent(document, first_lang).casefold()
        if key in seen:
            yield Found(line, {"id": document.id, "other": seen[key]}, path=document.path)
        seen.setdefault(key, document.path)
        name = f"playbook/{document.id}" if document.kind == "playbook" else document.id
        if name in retired:
            said = Said(
                f"id「{document.id}」は以前のページで使われ、引退しています。別の名前を付けてください。",
                f"The id '{document.id}' belonged to an earlier page and is retired. Choose another name.",
            )
            yield Found(line, path=document.path, said=said)


def _retired(root: Path) -> tuple[frozenset[str], Found | None]:
    """Return the ids of ``desk/ids.lock`` that may not come back; ``retired:`` is a list beside ``id: path`` lines."""
    try:
        text = (root / _LOCK).read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        return frozenset(), None
    except (OSError, UnicodeDecodeError):
        return frozenset(), Found(said=_LOCK_UNREADABLE)
    node, faults = read(text)
    if faults or (node is not None and not isinstance(node, Pairs)):
        line = faults[0].line if faults else 1
        return frozenset(), Found(line, said=_LOCK_UNREADABLE)
    listed = node.get("retired") if isinstance(node, Pairs) else None
    names = listed.items if isinstance(listed, Items) else ()
    return frozenset(n.text for n in names if isinstance(n, Text)), None


_LOCK_UNREADABLE = Said(
    "この一覧を読み取れません。「id: ファイル」の行に直してください。",
    "This list cannot be read. Write 'id: file' lines.",
)


@rule(
    "KT106", "value-not-in-list", ERROR,
    "{key}の「{value}」は {list}.yml にありません。{near}{list}.yml にある言葉に直してください。",
    "'{value}' under {key} is not in {list}.yml. {near} Write a word of {list}.yml.",
    broken=True,
)  # fmt: skip
def value_not_in_list(document: Document, context: Context) -> Iterator[Found]:
    """なぜ: 決まった言葉だけを使うから、絞り込みや集計ができます。1文字違うと、そのページだけ漏れます。

    Why: filters and counts work only on agreed words; one letter off and the page silently drops out.

    Bad:
    ````markdown
    === playbooks/billing/refund.md
    ---
    重要度: ふつう <!-- error: KT106 -->
    連絡手段: [メール]
    ---
    # 返金のご依頼への対応

    お客様が「返金してほしい」とおっしゃったとき。
    ````

    Good:
    ````markdown
    === playbooks/billing/refund.md
    ---
    重要度: 通常
    連絡手段: [メール]
    ---
    # 返金のご依頼への対応

    お客様が「返金してほしい」とおっしゃったとき。
    ````
    """
    yield from told(document, "KT106")
    desk = context.library.desk
    reason = document.fields.get("reason")
    if reason is None or not isinstance(reason.value, str) or "desk/reasons.yml" in desk.problems:
        return
    if desk.find("reasons", reason.value) is None:
        near = maybe(desk.nearest("reasons", reason.value))
        yield Found(
            reason.line, {"key": reason.written, "value": reason.value, "list": "reasons", "near": near}
        )


@library_rule(
    "KT108", "out-of-place", WARNING,
    "「{topic}」は desk/topics.yml にないことがらです。{near}topics.yml に足すか、ファイルを移してください。",
    "'{topic}' is no topic of desk/topics.yml. {near} Add it there or move the file.",
)  # fmt: skip
def out_of_place(context: Context) -> Iterator[Found]:
    """なぜ: 決まった場所にないファイルは、一覧にもメニューにも出ず、だれも気づきません。

    Why: a file outside the agreed folders appears in no list and no menu, and nobody notices.

    Bad:
    ````markdown
    === faq/refund.md <!-- warning: KT108 -->
    ---
    公開範囲: 社内だけ
    ---
    # 返金はできますか？

    はい。30日以内なら、全額を返金いたします。
    ````

    Good:
    ````markdown
    === faq/billing/refund.md
    ---
    公開範囲: 社内だけ
    ---
    # 返金はできますか？

    はい。30日以内なら、全額を返金いたします。
    ````
    """
    desk = context.library.desk
    for document in context.in_order:
        if document.kind != "page":
            topic = document.topic.split("/")[0]
            if not topic:
                folder = document.path.split("/")[0]
                yield Found(path=document.path, said=Said(
                    f"{folder}/ の直下にあります。{folder}/ことがら/ の中に移してください。",
                    f"It lies directly in {folder}/. Move it into {folder}/<topic>/.",
                ))  # fmt: skip
            elif topic not in desk.topics and "desk/topics.yml" not in desk.problems:
                near = maybe(next(iter(get_close_matches(topic, list(desk.topics), n=1)), ""))
                yield Found(values={"topic": topic, "near": near}, path=document.path)
        yield from _name(document, context)
    yield from _beside(context.library.root)


def _name(document: Document, context: Context) -> Iterator[Found]:
    # The last part is asked without its ending: a dot before .md is no dot at the end for the system, but is for the address.
    unusable = next((n for n in document.path.removesuffix(".md").split("/") if _UNUSABLE.fullmatch(n)), None)
    if unusable is not None:
        shown = " ".join(unusable.split())
        yield Found(path=document.path, severity=ERROR, said=Said(
            f"「{shown}」という名前は、Windowsで取り出せないか、アドレスに使えません。半角の英小文字・数字・ハイフンの名前に変えてください。",
            f"The name '{shown}' cannot be checked out on Windows or cannot stand in an address. Use lower-case letters, digits and hyphens.",
        ))  # fmt: skip
    elif document.lang not in context.library.desk.settings.languages:
        yield Found(path=document.path, said=Said(
            f"言語「{document.lang}」は desk/settings.yml の「言語」にありません。このページはどのサイトにも出ません。",
            f"'{document.lang}' is not among the languages of desk/settings.yml; no site will show this page.",
        ))  # fmt: skip
    elif not _STEM.fullmatch(document.stem) and document.stem != "README":
        yield Found(path=document.path, said=Said(
            f"ファイル名「{document.stem}」がそのままアドレスになります。半角の英小文字・数字・ハイフンだけにしてください。",
            f"The file name '{document.stem}' becomes the address. Use lower-case letters, digits and hyphens only.",
        ))  # fmt: skip


def _beside(root: Path) -> Iterator[Found]:
    """Look at what stands beside the known folders: a folder spelt almost like one would never be read."""
    known = {part for base in ROOTS for part in base.split("/")} - {"docs"} | {"desk", "kotae"}
    for at, wanted in (("", ("faq", "playbooks", "desk")), ("docs", ("help", "handbook", "kotae"))):
        try:
            entries = sorted(os.scandir(root / at), key=lambda e: e.name)
        except OSError:
            continue
        for entry in entries:
            path = f"{at}/{entry.name}".lstrip("/")
            near = get_close_matches(entry.name.lower(), wanted, n=1, cutoff=0.8)
            if entry.is_dir(follow_symlinks=False) and entry.name not in known and near:
                yield Found(path=path, said=Said(
                    f"フォルダ「{path}」は読まれません。もしかして「{near[0]}」でしょうか。名前を直してください。",
                    f"The folder '{path}' is not read. Did you mean '{near[0]}'? Rename it.",
                ))  # fmt: skip
            elif at and entry.name.endswith(".md"):
                yield Found(path=path, said=Said(
                    "docs/ の直下は読まれません。docs/help/ か docs/handbook/ に移してください。",
                    "Files directly in docs/ are not read. Move it into docs/help/ or docs/handbook/.",
                ))  # fmt: skip
