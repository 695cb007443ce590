"""Moving in with a spreadsheet: green in one command, every odd row named, nothing public unless it says so."""

from __future__ import annotations

import re
import time
from pathlib import Path

import pytest
from inside import checked, company, moved_in, page
from openpyxl import Workbook
from spreadsheets import HEAD, rows, write

from kotae.cli.main import main
from kotae.content.library import load
from kotae.scaffold import moving, stems
from workshop import tree

ONE = ["返金できますか？", "はい。できます。", "お支払い", "", "", ""]


def told(root: Path) -> dict[int, str]:
    """Return the lines of the report by the number of their row."""
    lines = (root / "desk/import-report.md").read_text(encoding="utf-8").splitlines()
    return {int(m[1]): line for line in lines if (m := re.match(r"\| (\d+)", line))}


def test_four_hundred_answers_become_a_green_site_and_every_odd_row_is_named(tmp_path: Path) -> None:
    root = company(tmp_path / "myhelp")
    made, odd = rows()
    file = write(tmp_path / "answers.csv", made)
    began = time.monotonic()
    assert moved_in(root, "csv", file) == 0
    print(f"400 rows in {time.monotonic() - began:.1f} s")
    assert checked(root) == 0
    report = told(root)
    assert {n: kind for n, kind in odd.items() if kind not in report.get(n, "")} == {}
    assert not set(report) - set(odd)  # and no row is called odd that is not
    without = ("ページにしていません", "1つにまとめました", "取り込めませんでした: ")
    library = load(root)
    assert len(library.documents) == 5 + 400 - sum(
        any(w in line for w in without) for line in report.values()
    )
    for document in library:
        if document.path.startswith("faq/") and document.topic != "getting-help":
            match = re.search(r"\d+", document.title)
            assert match
            asked = made[int(match[0]) + 1][3]
            field = document.fields["audience"].value
            assert field == "internal" or asked == "お客様に公開", document.path
    # Read again, the same file changes nothing.
    before = {p: h for p, h in tree(root).items() if p != "desk/import-report.md"}
    assert moved_in(root, "csv", file) == 0
    assert {p: h for p, h in tree(root).items() if p != "desk/import-report.md"} == before
    assert "、0ページを書きました" in (root / "desk/import-report.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932", "utf-16"])
def test_every_encoding_excel_writes_gives_the_same_pages(tmp_path: Path, encoding: str) -> None:
    root = company(tmp_path / "myhelp")
    assert moved_in(root, "csv", write(tmp_path / "a.csv", [HEAD[:6], ONE], encoding)) == 0
    text = (root / "faq/payment/refund.md").read_text(encoding="utf-8")
    assert text == "---\n公開範囲: 社内だけ\n---\n# 返金できますか？\n\nはい。できます。\n"


def test_a_workbook_is_read_too_and_english_heads_as_well(tmp_path: Path) -> None:
    book = Workbook()
    book.active.append(["Question", "Answer", "Category", "Audience"])
    book.active.append(["Can I get a refund?", "Yes, within 30 days.", "Billing", "public"])
    book.active.append([None, None])
    book.active.append(["Is it 2026?", 2026, "Billing", None])
    book.save(tmp_path / "a.xlsx")
    root = company(tmp_path / "myhelp")
    assert moved_in(root, "csv", tmp_path / "a.xlsx") == 0
    assert "audience: public" in (root / "faq/billing/can-get-refund.en.md").read_text()
    assert "\n2026\n" in (root / "faq/billing/it-2026.en.md").read_text()
    assert list(load(root).desk.settings.languages) == ["ja", "en"]
    assert checked(root) == 0


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\xff\xfe\x00",
        b"a,b\n1,2\n",
        b"\x80\x81\xff",
        b"PK\x03\x04broken",
        '質問,答え\n"開いたまま'.encode(),
    ],
)
def test_what_is_no_spreadsheet_is_told_in_one_line(
    tmp_path: Path, data: bytes, capsys: pytest.CaptureFixture[str]
) -> None:
    root = company(tmp_path / "myhelp")
    before = tree(root)
    (tmp_path / "a.csv").write_bytes(data)
    capsys.readouterr()
    code = moved_in(root, "csv", tmp_path / "a.csv")
    said = capsys.readouterr()
    assert code == 2 or "ページにしていない行 1" in said.out
    assert code == 0 or said.err.startswith("kotae: ")
    assert tree(root).items() >= {p: h for p, h in before.items() if p != "desk/import-report.md"}.items()


def test_links_between_old_pages_lead_to_the_new_ones_and_old_addresses_are_kept(tmp_path: Path) -> None:
    root = company(tmp_path / "myhelp")
    made = [
        HEAD[:6],
        ["解約できますか？", "はい。返金は https://old.example.jp/hc/12345-refund をご覧ください。", "契約", "公開", "", "https://old.example.jp/hc/cancel/"],
        ["返金できますか？", '<p>はい。<a href="/hc/cancel">解約</a>のあとでも。</p>', "契約", "公開", "", "https://old.example.jp/hc/12345-refund"],
    ]  # fmt: skip
    assert moved_in(root, "csv", write(tmp_path / "a.csv", made)) == 0
    assert "](refund.md)" in (root / "faq/contract/cancel.md").read_text(encoding="utf-8")
    assert "[解約](cancel.md)" in (root / "faq/contract/refund.md").read_text(encoding="utf-8")
    assert moving.redirects(root) == {"/hc/cancel": "cancel", "/hc/12345-refund": "refund"}


def test_a_row_that_changed_rewrites_its_page_unless_somebody_wrote_in_it(tmp_path: Path) -> None:
    root = company(tmp_path / "myhelp")
    target = root / "faq/payment/refund.md"
    moved_in(root, "csv", write(tmp_path / "a.csv", [HEAD[:6], ONE]))
    moved_in(root, "csv", write(tmp_path / "a.csv", [HEAD[:6], [ONE[0], "いいえ。できません。", *ONE[2:]]]))
    assert "いいえ" in target.read_text(encoding="utf-8")
    target.write_text(target.read_text(encoding="utf-8") + "\n手で足した文です。\n", encoding="utf-8")
    moved_in(root, "csv", write(tmp_path / "a.csv", [HEAD[:6], ONE]))
    assert "手で足した文" in target.read_text(encoding="utf-8")
    assert "手で直されている" in told(root)[2]
    assert len(list((root / "faq/payment").iterdir())) == 1


def test_a_page_and_its_translation_find_each_other_by_their_old_address(tmp_path: Path) -> None:
    root = company(tmp_path / "myhelp")
    made = [
        HEAD[:6],
        ["返金できますか？", "はい。できます。", "お支払い", "公開", "", "https://x.example.jp/ja/1001-refund"],
        ["Can I get a refund?", "Yes, you can.", "Billing", "公開", "", "https://x.example.jp/en/1001-refund"],
    ]  # fmt: skip
    assert moved_in(root, "csv", write(tmp_path / "a.csv", made)) == 0
    assert sorted(p.name for p in (root / "faq/payment").iterdir()) == ["refund.en.md", "refund.md"]
    assert checked(root) == 0


def test_signs_of_a_plain_text_stay_signs(tmp_path: Path) -> None:
    root = company(tmp_path / "myhelp")
    answer = "はい。*そのまま* <b です。{{値:x}} と [a](b) と `c` と _d_ です。"
    assert moved_in(root, "csv", write(tmp_path / "a.csv", [HEAD[:6], [ONE[0], answer, *ONE[2:]]])) == 0
    document = next(d for d in load(root) if d.stem == "refund")
    assert document.status == "published"
    assert not document.outline.links
    from kotae.content.markdown import plain

    assert plain(document.common.split("\n\n")[1]) == answer


def test_nothing_is_written_on_trial(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = company(tmp_path / "myhelp")
    before = tree(root)
    file = write(tmp_path / "a.csv", [HEAD[:6], ONE])
    assert main(["import", "csv", str(file), "--root", str(root), "--dry-run", "--messages", "ja"]) == 0
    assert "1ページを書きました" in capsys.readouterr().out
    assert tree(root) == before


@pytest.mark.parametrize(("title", "old", "stem"), [
    ("返金はできますか？", "", "refund"),
    ("パスワードを忘れました", "", "password-forgot"),
    ("駐車場", "", "q-798fa8"),
    ("返金", "https://a.example.jp/hc/ja/articles/360001-how-to-cancel", "how-to-cancel"),
    ("返金", "https://a.example.jp/faq?id=3", "refund"),
    ("返金", "http://[", "refund"),
])  # fmt: skip
def test_a_page_is_called_after_its_old_address_or_its_words(title: str, old: str, stem: str) -> None:
    assert stems.of(title, old) == stem


def test_an_existing_page_is_never_written_over(tmp_path: Path) -> None:
    root = company(tmp_path / "myhelp")
    page(
        root,
        "faq/getting-help/refund.md",
        "---\n公開範囲: 社内だけ\n---\n# 返金の問い合わせ先はどこですか？\n\nサポートです。\n",
    )
    before = (root / "faq/getting-help/refund.md").read_bytes()
    assert moved_in(root, "csv", write(tmp_path / "a.csv", [HEAD[:6], ONE])) == 0
    assert (root / "faq/getting-help/refund.md").read_bytes() == before
    assert (root / "faq/payment/refund-2.md").is_file()
