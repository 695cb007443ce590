"""What gives away more than its words: secrets, files, and the doors beside the pages."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterator
from pathlib import Path

from kotae.content.attachments import traces
from kotae.content.documents import Document
from kotae.findings import Said
from kotae.rules.registry import ERROR, WARNING, Context, Found, library_rule, rule

_PUBLIC_CONFIG = "mkdocs.yml"
_EDIT = re.compile(
    r"^(?!\s*#)\s*(?:repo_url|edit_uri|edit_uri_template)\s*:\s*(?!['\"]{2}|$)(\S+)|^(?!\s*#)\s*-\s*(content\.action\.(?:edit|view))",
    re.MULTILINE,
)
_SECRETS = (
    (Said("秘密の鍵", "a private key"), re.compile(r"-----BEGIN [A-Z ]*PRIVATE KEY-----")),
    (Said("アクセスキー", "an access key"), re.compile(r"\b(?:AKIA|ASIA)[0-9A-Z]{16}\b")),
    (Said("トークン", "a token"), re.compile(r"\b(?:gh[pousr]_[0-9A-Za-z]{30,}|github_pat_\w{40,}|glpat-[\w-]{20,}|xox[abeoprs]-[\w-]{20,}|sk_live_[0-9A-Za-z]{16,}|AIza[\w-]{35}|eyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{10,})")),
)  # fmt: skip
# A dot inside a word, or how a key begins: everything else is read over at the speed of a search for a letter.
_DOTTED = re.compile(r"\.[0-9A-Za-z]")
_KEYS = (
    "AKIA",
    "ASIA",
    "ghp_",
    "gho_",
    "ghu_",
    "ghs_",
    "ghr_",
    "github_pat_",
    "glpat-",
    "xox",
    "sk_live_",
    "AIza",
    "eyJ",
    "-----BEGIN",
)
_IP = re.compile(r"(?<![\d.])(?:\d{1,3}\.){3}\d{1,3}(?![\d.]|/\d{1,2}\b(?=.*例))")
_PRIVATE = tuple(
    map(
        ipaddress.ip_network,
        ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "169.254.0.0/16", "100.64.0.0/10"),
    )
)
_INNER_HOST = re.compile(
    r"(?<![\w.@-])(?:[a-z0-9-]+\.)+(?:internal|intranet|corp|lan|local)(?![\w-])(?!\.\w)", re.IGNORECASE
)
_SIDE = (".txt", ".xml", ".json", ".html", ".htm", ".csv", ".svg", ".yml", ".yaml", ".js", ".webmanifest")


@library_rule(
    "KT705", "source-one-click-away", ERROR,
    "公開サイトの設定に「{seen}」があります。社内メモの入った原稿がそのまま開けるので、この行を消してください。",
    "The public site's settings hold '{seen}', which opens the raw files with their internal notes. Remove the line.",
    waivable=False,
)  # fmt: skip
def source_one_click_away(context: Context) -> Iterator[Found]:
    """なぜ: 「編集」や「ソース」のボタンは、切り取る前のファイルを開きます。社内メモも社内の質問も、そこで読めます。

    Why: an edit or source button opens the file as it was before anything was cut: internal notes and pages included.

    Bad:
    ````markdown
    === mkdocs.yml
    site_name: ヘルプ
    repo_url: https://git.example.jp/support/help <!-- error: KT705 -->
    === faq/billing/refund.md
    ---
    公開範囲: お客様に公開
    ---
    # 返金はできますか？

    はい。30日以内なら、全額を返金いたします。

    ## 社内メモ

    - 高額の返金は承認が要る。
    ````

    Good:
    ````markdown
    === mkdocs.yml
    site_name: ヘルプ
    === faq/billing/refund.md
    ---
    公開範囲: お客様に公開
    ---
    # 返金はできますか？

    はい。30日以内なら、全額を返金いたします。

    ## 社内メモ

    - 高額の返金は承認が要る。
    ````
    """
    private = context.library.private
    if not any(d.tail_line or d.path not in context.public for d in context.library if d.path not in private):
        return
    text = _read(context.library.root / _PUBLIC_CONFIG)
    for match in _EDIT.finditer(text):
        seen = (match[0].strip() if match[2] is None else match[2])[:80]
        yield Found(
            text.count("\n", 0, match.start(match.lastindex or 0)) + 1, {"seen": seen}, path=_PUBLIC_CONFIG
        )


@library_rule(
    "KT709", "file-tells-who", WARNING,
    "公開するファイルに{what}が入っています。画像の情報を消してから置き直してください。",
    "A published file holds {what}. Take the file's own information off and put it back.",
    waivable=False,
)  # fmt: skip
def file_tells_who(context: Context) -> Iterator[Found]:
    """なぜ: 写真には撮った場所が、PDFや表計算のファイルには作った人の名前が入ったままになりがちです。だれでも取り出せます。

    Why: photos keep the place, documents and sheets the name of their author; anybody can read them out.

    Bad:
    ````markdown
    === faq/billing/refund.md
    ---
    公開範囲: お客様に公開
    ---
    # 返金はできますか？

    はい。[返金の申込書](form.pdf)をお送りください。
    === faq/billing/form.pdf <!-- warning: KT709 -->
    %PDF-1.4
    1 0 obj << /Title (Form) /Author (Hanako Sato) >> endobj
    ````

    Good:
    ````markdown
    === faq/billing/refund.md
    ---
    公開範囲: お客様に公開
    ---
    # 返金はできますか？

    はい。[返金の申込書](form.pdf)をお送りください。
    === faq/billing/form.pdf
    %PDF-1.4
    1 0 obj << /Title (Form) >> endobj
    ````
    """
    library = context.library
    reached = {p for p in library.files if p.startswith("docs/help/")}
    for document in context.in_order:
        if document.path in context.public and document.outline.links:
            reached.update(led.path for led in context.leads(document)[0] if led.path in library.files)
    for path in sorted(reached - library.private):
        for what in traces(library.file(path)):
            yield Found(values={"what": what}, path=path)


@rule(
    "KT710", "secret-in-public", ERROR,
    "公開ページに{what}「{seen}」があります。消すか、社内メモに移してください。鍵やトークンは作り直してください。",
    "A public page holds {what} ('{seen}'). Remove it or move it into the internal notes; renew a key or token.",
    waivable=False,
)  # fmt: skip
def secret_in_public(document: Document, context: Context) -> Iterator[Found]:
    """なぜ: 社内のホスト名や番地は攻撃の手がかりになり、鍵は見られたその時から使えます。例には example.jp や 192.0.2.1 を使います。

    Why: inner hosts and addresses help an attacker, and a key works from the moment it is read. Examples use example.jp and 192.0.2.1.

    Bad:
    ````markdown
    ---
    公開範囲: お客様に公開
    ---
    # 返金はできますか？

    はい。状況は http://192.168.10.4/refunds で確かめられます。 <!-- error: KT710 -->
    ````

    Good:
    ````markdown
    ---
    公開範囲: お客様に公開
    ---
    # 返金はできますか？

    はい。状況は「設定」→「お支払い」で確かめられます。
    ````
    """
    if document.path not in context.public:
        return
    hosts = context.library.desk.settings.internal_hosts
    for line, text in _public_lines(document):
        for what, seen in _secrets(text, hosts) if _may_be_secret(text) else ():
            yield Found(line, {"what": what, "seen": seen})


def _may_be_secret(text: str) -> bool:
    return bool(_DOTTED.search(text)) or any(sign in text for sign in _KEYS)


def _public_lines(document: Document) -> Iterator[tuple[int, str]]:
    """Yield what customers read or search, with its lines: the text, and the wordings."""
    if _may_be_secret(document.common):
        yield from enumerate(document.common.split("\n"), document.common_line)
    for name in ("paraphrases", "ambiguous", "applies_to"):
        field = document.fields.get(name)
        for item in field.value if field and isinstance(field.value, tuple) else ():
            yield getattr(item, "line", 1), str(item)


def _secrets(text: str, hosts: tuple[str, ...]) -> Iterator[tuple[Said, str]]:
    if "." in text:
        yield from _inner(text, hosts)
    for what, pattern in _SECRETS:
        for match in pattern.finditer(text):
            if len(set(match[0][8:])) > 4:  # sk_live_xxxxxxxxxxxxxxxx is an example.
                yield what, f"{match[0][:8]}…"


def _inner(text: str, hosts: tuple[str, ...]) -> Iterator[tuple[Said, str]]:
    for address in _IP.findall(text):
        if _is_private(address):
            yield Said("社内の番地", "an inner address"), address
    lowered, name = text.lower(), Said("社内のホスト名", "an inner host")
    yield from ((name, host) for host in hosts if host.lower() in lowered)
    yield from ((name, match[0]) for match in _INNER_HOST.finditer(text))


def _is_private(address: str) -> bool:
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return False
    return any(found in network for network in _PRIVATE)


@library_rule(
    "KT711", "named-beside-the-pages", ERROR,
    "公開されるファイルに、社内のページ「{seen}」の場所が書いてあります。その行を消してください。",
    "A published file names the place of the internal page '{seen}'. Remove that line.",
    waivable=False,
)  # fmt: skip
def named_beside_the_pages(context: Context) -> Iterator[Found]:
    """なぜ: サイトマップ、転送の表、llms.txt、メニューに名前があるだけで、社内のページがあることと、その題名が知られます。

    Why: a sitemap, a redirect, an llms.txt or a menu that names an internal page tells that it exists and what it is about.

    Bad:
    ````markdown
    === docs/help/llms.txt
    # ヘルプ
    - /billing/refund/
    - /playbooks/billing/refund/ <!-- error: KT711 -->
    === playbooks/billing/refund.md
    # 返金のご依頼への対応
    ````

    Good:
    ````markdown
    === docs/help/llms.txt
    # ヘルプ
    - /billing/refund/
    === playbooks/billing/refund.md
    # 返金のご依頼への対応
    ````
    """
    library = context.library
    texts = [
        (p, _read(library.file(p)))
        for p in sorted(library.files)
        if p.startswith("docs/help/") and p.endswith(_SIDE)
    ]
    texts.append((_PUBLIC_CONFIG, _uncommented(_read(library.root / _PUBLIC_CONFIG))))
    texts = [(path, text) for path, text in texts if text.strip()]
    if not texts:
        return
    hidden = [
        re.escape(place) for d in context.in_order if d.path not in context.public for place in _places(d)
    ]
    if not hidden:
        return
    pattern = re.compile(rf"(?<![\w-])(?:{'|'.join(sorted(set(hidden), key=len, reverse=True))})(?![\w-])")
    for path, text in texts:
        for at, line in enumerate(text.split("\n"), 1):
            match = pattern.search(line)
            if match:
                yield Found(at, {"seen": match[0]}, path=path)


def _places(document: Document) -> Iterator[str]:
    name = document.path.removesuffix(".md").removesuffix(".en")
    if document.stem == "index":
        return
    # An internal question has the same shape of address as a public one: its whole path tells it.
    yield name if document.kind != "page" else name.removeprefix("docs/")
    if document.kind == "faq":
        yield f"{document.topic}/{document.stem}"


def _uncommented(text: str) -> str:
    return re.sub(r"(?m)^\s*#.*$", "", text)


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8", errors="replace") if path.stat().st_size < 5_000_000 else ""
    except OSError:
        return ""
