"""Every option: its key in both languages, its default, its one sentence. `desk/settings.yml` is the only place for them.

MkDocs' configuration, the reference page and the JSON Schema are made from this table.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, fields
from typing import Any

from kotae.findings import Problem, Said
from kotae.strict_yaml import Items, Node, Pairs, Text


def _option(ja: str, default: Any, said_ja: str, said_en: str) -> Any:
    meta = {"ja": ja, "said": Said(said_ja, said_en)}
    if isinstance(default, dict):
        return field(default_factory=lambda: dict(default), metadata=meta)
    return field(default=default, metadata=meta)


# How a team writes a weight, and what it means.
WEIGHTS = {
    "error": "error", "止める": "error", "warning": "warning", "お知らせ": "warning", "info": "info", "参考": "info",
    "off": "off", "見ない": "off",
}  # fmt: skip


@dataclass(frozen=True)
class Settings:
    """The options of one desk. Field names are the English keys."""

    site_name: str = _option(
        "サイト名",
        "Kotae",
        "製品または会社の名前。見出しと題名に出ます。",
        "The product's or company's name, shown in headings and titles.",
    )
    site_name_en: str = _option(
        "英語のサイト名",
        "",
        "英語のページで使う名前。空ならサイト名を使います。",
        "The name on English pages; empty means site_name.",
    )
    company: str = _option(
        "会社名", "", "ページの最後に出る会社名。", "The company named at the foot of a page."
    )
    company_en: str = _option(
        "英語の会社名",
        "",
        "英語のページの最後に出る会社名。",
        "The company named at the foot of an English page.",
    )
    year: str = _option(
        "年",
        "",
        "ページの最後に出る年。時計からは決めません。",
        "The year at the foot of a page; never taken from the clock.",
    )
    url: str = _option(
        "公開アドレス",
        "",
        "ヘルプを公開するアドレス。正規のアドレスとサイトマップに使います。",
        "Where the help center is published; for canonical addresses and the sitemap.",
    )
    handbook_url: str = _option(
        "手引きのアドレス", "", "手引きを置くアドレス。", "Where the handbook is published."
    )
    brand: str = _option(
        "ブランド色",
        "#165e83",
        "ブランドの色。濃さは役割ごとに自動で決まります。",
        "The brand colour; lightness follows the role by itself.",
    )
    repository: str = _option(
        "リポジトリ",
        "",
        "原稿を置くコードホストのアドレス。手引きの「直す」に使います。",
        "The code host's address of the source, for the handbook's edit button.",
    )
    branch: str = _option("ブランチ", "main", "「直す」が開くブランチ。", "The branch the edit button opens.")
    second_root: str = _option(
        "もう1つの原稿",
        "",
        "社内だけの原稿を置く、もう1つのリポジトリのフォルダ。このリポジトリからの相対パス。中のものは決して公開されません。",
        "The folder of a second repository with internal content, relative to this one; nothing in it is ever published.",
    )
    languages: tuple[str, ...] = _option(
        "言語",
        ("ja", "en"),
        "作る言語。先頭が根に、ほかは /en/ などの下に置かれます。",
        "Languages built; the first stands at the root.",
    )
    topic_page_size: int = _option(
        "一覧の件数", 50, "ことがらのページ1枚に並べる質問の数。", "Questions on one page of a topic."
    )
    review_every: dict[str, str] = _option(
        "見直し間隔",
        {"faq": "180d", "playbook": "180d", "page": "365d", "high": "90d", "critical": "90d"},
        "種類と重要度ごとの見直し間隔。",
        "Review interval by type and severity.",
    )
    review_grace: str = _option(
        "見直しの猶予",
        "30d",
        "見直し日を過ぎてから「期限切れ」と呼ぶまでの日数。",
        "Days after the due date until a review counts as overdue.",
    )
    required: dict[str, str] = _option(
        "必須項目",
        {"faq": "audience", "playbook": "severity, channels", "page": ""},
        "種類ごとに必ず書く項目。",
        "Fields each type must have.",
    )
    title_length: dict[str, int] = _option(
        "見出しの長さ",
        {"ja": 40, "en": 70},
        "質問の見出しの長さの上限。",
        "The longest question heading, in characters.",
    )
    answer_length: dict[str, int] = _option(
        "短い答えの長さ",
        {"ja": 120, "en": 240},
        "短い答えの長さの上限。",
        "The longest short answer, in characters.",
    )
    severities: dict[str, str] = _option(
        "重大さ",
        {},
        "番号ごとの重さ。error(止める)、warning(お知らせ)、info(参考)、off(見ない)。情報を守る規則は変えられません。",
        "Weight by rule: error, warning, info or off. Rules that guard what is internal cannot be changed.",
    )
    rules: tuple[str, ...] = _option(
        "使う規則",
        (),
        "確かめる規則の番号か、一覧の見出し(identity など)。空ならすべて確かめます。",
        "Rules or families that are checked; empty means all.",
    )
    own_fields: Node | None = _option(
        "独自の項目",
        None,
        "チームで足す項目。「- {名前: 優先度, 英語名: priority, 種類: 選択, 値: [高, 低], 使うところ: faq}」の並び。種類は 文字、並び、日付、期間、選択、複数選択。",
        "Fields a team adds: a list of {en, ja, kind, values, used}; kind is text, texts, day, span, choice or choices.",
    )
    shape: Node | None = _option(
        "原稿の形",
        None,
        "Kotae のために書かれていないリポジトリの形。フォルダ、項目名、値、日付の形、担当のファイル。",
        "The shape of a repository not written for Kotae: roots, fields, values, dates, owners.",
    )
    max_bytes: int = _option(
        "ファイルの大きさ", 1_048_576, "1ページの大きさの上限(バイト)。", "The largest page, in bytes."
    )
    max_line: int = _option(
        "1行の長さ", 10_000, "1行の長さの上限(文字)。", "The longest line, in characters."
    )
    max_lines: int = _option("行の数", 10_000, "1ページの行の数の上限。", "The most lines of one page.")
    max_marks: int = _option(
        "記号の数",
        5_000,
        "1ページにある同じ記号([ < ` など)の数の上限。1行にはその10分の1まで。",
        "The most of one kind of mark ([ < ` and the like) on a page; a line may hold a tenth of them.",
    )
    max_depth: int = _option(
        "入れ子の深さ",
        20,
        "箇条書きと引用の入れ子の深さの上限。",
        "How deep lists and quotations may be nested.",
    )
    max_seconds: int = _option(
        "1ページの秒数",
        60,
        "1ページの印刷にかけてよい秒数。数えるほうの上限をすり抜けたページを止める、最後の網です。",
        "Seconds one page may take to print: the last net for what the counted limits let through.",
    )
    attachments: tuple[str, ...] = _option(
        "添付の種類",
        (
            "png",
            "jpg",
            "jpeg",
            "gif",
            "webp",
            "svg",
            "pdf",
            "csv",
            "txt",
            "xlsx",
            "docx",
            "pptx",
            "zip",
            "mp4",
            "webm",
            "mp3",
            "m4a",
            "vtt",
        ),
        "公開ページで使えるファイルの種類(名前の終わり)。",
        "Kinds of files a public page may use, by the end of their names.",
    )
    internal_hosts: tuple[str, ...] = _option(
        "社内のホスト",
        (),
        "公開ページに出てはいけないホスト名。",
        "Host names that must never stand in a public page.",
    )
    iframe_hosts: tuple[str, ...] = _option(
        "埋め込みを許すホスト", (), "iframe を許すホスト名。", "Hosts whose frames may be embedded."
    )
    policy_in: str = _option(
        "ヘッダーの置き場所",
        "サーバー",
        "サーバーがヘッダーを付けるなら「サーバー」。付けられない置き場所なら「ページ」と書くと、規則を各ページに入れます。",
        "'server' when the host sends the headers; 'pages' writes the policy into every page for hosts that cannot.",
    )
    event_endpoint: str = _option(
        "出来事の送り先",
        "",
        "「解決しましたか?」などを送るアドレス。空なら何も送りません。",
        "Where votes and searches are sent; empty sends nothing.",
    )


def table() -> Iterator[tuple[str, str, Any, Said]]:
    """Yield every option as (English key, Japanese key, default, sentence)."""
    defaults = Settings()
    for each in fields(Settings):
        yield each.name, each.metadata["ja"], getattr(defaults, each.name), each.metadata["said"]


def read_settings(node: Node | None) -> tuple[Settings, tuple[Problem, ...]]:
    """Turn the mapping of ``desk/settings.yml`` into settings; what is not understood keeps its default."""
    if node is None:
        return Settings(), ()
    if not isinstance(node, Pairs):
        return Settings(), (
            _problem(
                node.line, "設定は「項目: 値」の形で書いてください。", "Settings are 'key: value' lines."
            ),
        )
    known = {name: default for name, _, default, _ in table()}
    names = {ja: name for name, ja, _, _ in table()} | {name: name for name in known}
    values: dict[str, Any] = {}
    problems: list[Problem] = []
    for key, value in node.pairs:
        name = names.get(key.text)
        if name is None:
            problems.append(
                _problem(
                    key.line, f"「{key.text}」という設定はありません。", f"There is no option '{key.text}'."
                )
            )
            continue
        try:
            values[name] = _value(value, known[name])
        except (TypeError, ValueError):
            problems.append(
                _problem(
                    value.line,
                    f"「{key.text}」の値を読み取れません。",
                    f"The value of '{key.text}' cannot be read.",
                )
            )
    return Settings(**values), tuple(problems)


def _value(node: Node, default: Any) -> Any:
    if default is None:
        return node  # Understood further up, where documents are.
    if isinstance(default, dict):
        if not isinstance(node, Pairs):
            raise TypeError
        kind = type(next(iter(default.values()), ""))
        return default | {key.text: kind(_text(value)) for key, value in node.pairs}
    if isinstance(default, tuple):
        return tuple(_text(item) for item in node.items) if isinstance(node, Items) else (_text(node),)
    return type(default)(_text(node))


def _text(node: Node) -> str:
    if isinstance(node, Items):
        return ", ".join(_text(item) for item in node.items)
    if not isinstance(node, Text):
        raise TypeError
    return node.text


def _problem(line: int, ja: str, en: str) -> Problem:
    return Problem("KT113", line, Said(ja, en))
