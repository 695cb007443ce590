"""A spreadsheet as a team really has it: 400 answers, grown over years."""

from __future__ import annotations

import csv
from pathlib import Path

HEAD = ["質問", "答え", "分類", "公開範囲", "別の聞かれ方", "旧URL", "メモ"]
TOPICS = ("料金・お支払い", "使い方", "ログイン", "配送")


def rows(count: int = 400) -> tuple[list[list[str]], dict[int, str]]:
    """Return the rows, and what is odd by the number a spreadsheet shows (the first row is the heading)."""
    made: list[list[str]] = [HEAD]
    odd: dict[int, str] = {}
    for n in range(count):
        row = [
            f"機能{n}番の設定を変更できますか？", f"はい。「設定」の{n}番目で変更できます。", TOPICS[n % 4],
            ("お客様に公開", "社内だけ")[n % 2], f"{n}番を変えたい\n設定{n}を直したい", f"https://old.example.jp/faq/{n}", "x",
        ]  # fmt: skip
        kind = ""
        if n % 10 == 1:
            row[1] += "\n・設定を開きます\n・保存します"
            kind = "改行"
        elif n % 10 == 2:
            row[1] = f"<p>{n}番は<b>変更</b>できます。</p><ol><li>開く<ul><li>中</li></ul></li></ol><a href='https://old.example.jp/faq/{n - 2}'>前</a>"
            kind = "HTML"
        elif n % 40 == 3:
            row[0], row[1] = made[-1][0], made[-1][1]
            kind = "同じ質問と答え"
        elif n % 40 == 5:
            row[0], row[1] = made[-1][0], "別の答えです。"
            kind = "答えが違います"
        elif n % 100 == 7:
            row[1] = ""
            kind = "答えが空"
        elif n % 20 == 8:
            row[0], row[1] = f"How do I change feature {n}?", "Open Settings and choose the feature. Then save it."
            row[4] = ""
        elif n % 20 == 9:
            row[1] += " You can also change the feature in the settings menu."
            kind = "2つの言語"
        elif n % 50 == 16:
            row[1] = f"{n}番の説明です。" * 40
            kind = "答えが長い"
        made.append(row)
        if kind:
            odd[len(made)] = kind
    special = {
        20: (1, "社内のメールは tanaka@kaisha.co.jp です。", "取り込めませんでした"),
        24: (1, "はい。http://192.168.10.4/x で確かめます。", "公開せず"),
        30: (1, "はい。\n社内メモ: 30%まで値引きできる", "社内メモ"),
        34: (3, "全員", "分からない"),
        36: (4, "変えたい|（a|変更|b(c", "取り込めませんでした"),
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
