"""Small repositories for tests of time: files as text, and a history that needs no git."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

from kotae.freshness.history import Version

TODAY = date(2026, 11, 22)
TEAMS = """\
- id: billing-support
  名前: 請求サポート
  英語名: Billing support
  カレンダー: weekdays
  メンバー:
    - {名前: 山本 直子, メール: yamamoto@tsumugi.example.jp}
    - {名前: 清水 亮, メール: shimizu@tsumugi.example.jp}
    - {名前: 森 あかり, メール: mori@tsumugi.example.jp, 退職日: 2026-10-31}
"""
LISTS = {
    "desk/teams.yml": TEAMS,
    "desk/topics.yml": "- {id: billing, 名前: お支払い, 担当チーム: 請求サポート}\n",
    "desk/calendars.yml": "- id: weekdays\n  名前: 平日\n  時間: {月-金: '9:30-18:00'}\n  祝日: 日本\n  休業: [{いつ: 12-29/01-03}]\n",
    "desk/facts.yml": "- id: standard-monthly\n  名前: スタンダード月額\n  英語名: Standard monthly\n  値:\n"
    '    - {値: "11,800円", 英語の値: "¥11,800", から: 2024-04-01, まで: 2027-03-31}\n'
    '    - {値: "12,800円", 英語の値: "¥12,800", から: 2027-04-01}\n  公開: はい\n',
}


def page(body: str, fields: str = "") -> str:
    """Return a public question."""
    return f"---\n公開範囲: お客様に公開\n{fields}---\n# 返金はできますか？\n\n{body}\n"


def desk(root: Path, **files: str) -> Path:
    """Write a repository below ``root``; keys of ``files`` are stems of faq/billing."""
    return write(root, {f"faq/billing/{stem.replace('_', '.')}.md": text for stem, text in files.items()})


def write(root: Path, files: Mapping[str, str]) -> Path:
    """Write a repository with the usual lists and ``files`` by path."""
    for path, text in {**LISTS, **files}.items():
        target = root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
    return root


class History:
    """A history written down: (path, day, mail, text), newest first."""

    def __init__(self, *versions: tuple[str, str, str, str], full: bool = True) -> None:
        self._versions, self._full = versions, full
        self._texts = {hashlib.sha1(text.encode()).hexdigest(): text for *_, text in versions}

    def full(self) -> bool:
        return self._full

    def versions(self) -> Iterator[Version]:
        for path, day, mail, text in self._versions:
            yield Version(path, date.fromisoformat(day), mail, hashlib.sha1(text.encode()).hexdigest())

    def read(self, blob: str) -> str:
        return self._texts[blob]

    def close(self) -> None:
        return
