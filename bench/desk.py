"""What stands around the generated pages: the desk's lists and the fixed pages, and the peer's configuration."""

from __future__ import annotations

from pathlib import Path

_DESK = {
    "settings.yml": "サイト名: 見本請求\n英語のサイト名: Sample Invoice\n会社名: 株式会社見本\n年: \"2026\"\n公開アドレス: https://help.example.jp\n言語: [ja, en]\n社内のホスト: [desk.example.jp]\n",
    "teams.yml": "- {id: first-line, 名前: 一次対応, 英語名: First line, メンバー: [{名前: 見本 花子, メール: hanako@example.jp}, {名前: 見本 太郎, メール: taro@example.jp}], 連絡方法: 内線 100, カレンダー: weekdays}\n",
    "calendars.yml": '- {id: weekdays, 名前: 平日, 英語名: Weekdays, 時間: {月-金: "9:30-18:00"}, 祝日: 日本}\n',
    "contacts.yml": "- {id: mail, 種類: メール, 名前: メール, 英語名: Email, 値: support@example.jp, カレンダー: weekdays, 公開: はい}\n",
    "promises.yml": "- {id: mail, 連絡手段: メール, 一次回答: 4営業時間, カレンダー: weekdays, 公開: はい}\n",
    "products.yml": "- {id: standard, 名前: スタンダード, 英語名: Standard, 種類: プラン}\n",
    "reasons.yml": "- {id: how-to, 名前: 機能の質問, 英語名: How to}\n",
    "facts.yml": "- {id: price, 名前: 月額, 英語名: Price, 値: [{値: \"12,800円\", 英語の値: \"¥12,800\"}], 公開: はい}\n",
    "forbidden_public.txt": "社内メモ\ninternal notes\n",
}  # fmt: skip
_DOCS = {
    "docs/help/index.md": "# ヘルプ\n\nお困りのことを選ぶか、検索してください。\n",
    "docs/help/index.en.md": "# Help\n\nChoose a topic or search.\n",
    "docs/help/contact.md": "# サポートに連絡する\n\n一文でかまいません。\n",
    "docs/help/contact.en.md": "# Contact us\n\nOne sentence is enough.\n",
    "docs/handbook/index.md": "# 手引き\n\n担当者が毎日開くページです。\n",
}
_MATERIAL = """site_name: Sample
site_url: https://help.example.jp/
theme:
  name: material
  language: ja
  font: false
  features: [navigation.prune]
plugins: [search]
markdown_extensions: [tables, admonition, attr_list, def_list, footnotes, sane_lists, toc, pymdownx.details, pymdownx.superfences, pymdownx.highlight, pymdownx.tabbed, pymdownx.tasklist, pymdownx.betterem]
"""


def write_desk(root: Path, topics: list[str]) -> None:
    """Write the desk's lists and the pages every help center has."""
    rows = "".join(
        f"- {{id: {topic}, 名前: ことがら{number:02d}, 英語名: Topic {number:02d}, 説明: 見本のことがらです, 英語の説明: A sample topic, 担当チーム: first-line, 分類: how-to, アイコン: key}}\n"
        for number, topic in enumerate(topics, 1)
    )
    for name, text in [*_DESK.items(), ("topics.yml", rows)]:
        _file(root / "desk" / name, text)
    for name, text in _DOCS.items():
        _file(root / name, text)


def write_material(root: Path, topics: list[str]) -> None:
    """Write the peer's configuration and its first pages."""
    _file(root / "mkdocs.yml", _MATERIAL)
    _file(root / "docs" / "index.md", "# ヘルプ\n\nお困りのことを選んでください。\n")
    for number, topic in enumerate(topics, 1):
        _file(root / "docs" / topic / "index.md", f"# ことがら{number:02d}\n\n見本のことがらです。\n")


def _file(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
