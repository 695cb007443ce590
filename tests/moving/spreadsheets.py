"""A spreadsheet as a team really has it: 400 answers, grown over years."""

from __future__ import annotations

import csv
from pathlib import Path

HEAD = ["質問", "答え", "分類", "公開範囲", "別の聞かれ方", "旧URL", "メモ"]
TOPICS = ("料金・お支払い", "使い方", "ログイン", "配送")


def _odd(n: int, row: list[str], above: list[str]) -> str:
    """Make row ``n`` odd where it is its turn; return what the report must say of it."""
    long = f"{n}番の説明です。" * 40
    html = f"<p>{n}番は<b>変更</b>できます。</p><ol><li>開く<ul><li>中</li></ul></li></ol><a href='https://old.example.jp/faq/{n - 2}'>前</a>"
    english = f"How do I change feature {n}?"
    turns: list[tuple[bool, str, dict[int, str]]] = [
        (n % 10 == 1, "改行", {1: f"{row[1]}\n・設定を開きます\n・保存します"}),
        (n % 10 == 2, "HTML", {1: html}),
        (n % 40 == 3, "同じ質問と答え", {0: above[0], 1: above[1]}),
        (n % 40 == 5, "答えが違います", {0: above[0], 1: "別の答えです。"}),
        (n % 100 == 7, "答えが空", {1: ""}),
        (n % 20 == 8, "", {0: english, 1: "Open Settings and choose the feature. Then save it.", 4: ""}),
        (n % 20 == 9, "2つの言語", {1: f"{row[1]} You can also change the feature in the settings menu."}),
        (n % 50 == 16, "答えが長い", {1: long}),
    ]
    for turn, kind, cells in turns:
        if turn:
            for column, cell in cells.items():
                row[column] = cell
            return kind
    return ""


def rows(count: int = 400) -> tuple[list[list[str]], dict[int, str]]:
    """Return the rows, and what is odd by the number a spreadsheet shows (the first row is the heading)."""
    made: list[list[str]] = [HEAD]
    odd: dict[int, str] = {}
    for n in range(count):
        row = [
            f"機能{n}番の設定を変更できますか？", f"はい。「設定」の{n}番目で変更できます。", TOPICS[n % 4],
            ("お客様に公開", "社内だけ")[n % 2], f"{n}番を変えたい\n設定{n}を直したい", f"https://old.example.jp/faq/{n}", "x",
        ]  # fmt: skip
        kind = _odd(n, row, made[-1])
        made.append(row)
        if kind:
            odd[len(made)] = kind
    special = {
        20: (1, "社内のメールは tanaka@kaisha.co.jp です。", "取り込めませんでした"),
        24: (1, "はい。http://192.168.10.4/x で確かめます。", "公開せず"),
        30: (1, "はい。\n社内メモ: 30%まで値引きできる", "社内メモ"),
        34: (3, "全員", "分からない"),
        36: (4, "変えたい|（a|変更|b(c", "かっこを外しました"),
        40: (2, "", "分類が空"),
    }
    for n, (column, text, kind) in special.items():
        made[n + 1] = [*made[n + 1][:column], text, *made[n + 1][column + 1 :]]
        odd[n + 2] = kind
    return made, odd


def write(path: Path, made: list[list[str]], encoding: str = "cp932") -> Path:
    """Write rows as Excel does."""
    with path.open("w", encoding=encoding, newline="") as file:
        csv.writer(file, lineterminator="\r\n").writerows(made)
    return path
