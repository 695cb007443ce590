"""The runner: every finding once, in one order, whatever order the files came in."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

import casefile
from kotae.checking import Asked, check, exit_code, report, stops, summary
from kotae.content.library import Library, load
from kotae.findings import Finding, Said, Severity
from kotae.reports import json as as_json
from kotae.reports import text as as_text

CASES = sorted((Path(__file__).parent / "cases").glob("*/*.md"))


def many(root: Path) -> Library:
    """A repository with something wrong of every family: all cases side by side."""
    for number, path in enumerate(CASES):
        for source in casefile.read(path.read_text(encoding="utf-8")).sources:
            folder, _, name = source.path.rpartition("/")
            if folder.startswith(("faq/", "playbooks/")) and not {"symlink", "absent", "folder"} & set(
                source.options
            ):
                target = root / folder / f"c{number:03}-{name}"
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(source.bytes())
    casefile.Case([], casefile.TODAY, set()).write(root)
    return load(root)


def test_findings_do_not_depend_on_the_order_of_files(tmp_path: Path) -> None:
    library = many(tmp_path)
    expected = check(library, casefile.TODAY)
    assert len({f.rule for f in expected}) > 20
    for seed in range(5):
        shuffled = list(library.documents)
        random.Random(seed).shuffle(shuffled)
        assert check(replace(library, documents=tuple(shuffled)), casefile.TODAY) == expected


def test_findings_are_sorted_and_each_stands_once(tmp_path: Path) -> None:
    findings = check(many(tmp_path), casefile.TODAY)
    assert list(findings) == sorted(set(findings))


def test_every_finding_names_a_place_and_says_what_to_write_in_both_languages(tmp_path: Path) -> None:
    for f in check(many(tmp_path), casefile.TODAY):
        assert f.path
        assert not f.path.startswith("/")
        assert f.line >= 1
        assert f.column >= 1
        for words in f.message:
            assert words.strip()
            assert "{near}" not in words
            assert "  " not in words


def test_an_unreadable_page_is_said_once_and_the_others_are_still_checked(tmp_path: Path) -> None:
    case = casefile.read(
        "=== faq/billing/a.md (cp932)\n# 返金について\n=== faq/billing/b.md\n# 返金について\n"
    )
    findings = check(load(case.write(tmp_path)), casefile.TODAY)
    assert [f.rule for f in findings if f.path.endswith("a.md")] == ["KT111"]
    assert {f.rule for f in findings if f.path.endswith("b.md")} == {"KT601", "KT603", "KT606", "KT704"}


@pytest.mark.parametrize("days", [0, 60, 400, 4000])
def test_time_alone_never_makes_an_error(days: int, tmp_path: Path) -> None:
    case = casefile.read(
        "=== faq/billing/a.md\n---\n公開範囲: お客様に公開\n確認日: 2026-11-01\n有効期限: 2026-12-01\n"
        "聞かれ方: [返金してほしい, お金を返して, 払い戻し]\n---\n# 返金はできますか？\n\nはい。[お問い合わせ](https://help.example.jp/)ください。\n"
        "=== desk/teams.yml\n- id: billing-support\n  名前: 請求サポート\n  メンバー: [{名前: 鈴木, 退職日: 2026-12-31}, {名前: 高橋, 退職日: 2026-12-31}]\n"
        "- id: first-line\n  名前: 一次対応\n"
    )
    findings = check(load(case.write(tmp_path)), casefile.TODAY + timedelta(days=days))
    assert not stops(findings)
    assert exit_code(findings) == 0
    assert exit_code(findings, strict=True) == int(days >= 60)
    assert all(f.only_time for f in findings)


def test_paths_narrow_what_is_shown_not_what_is_checked(tmp_path: Path) -> None:
    case = casefile.read(
        "=== faq/billing/a.md\n---\n公開範囲: お客様に公開\n---\n# 返金はできますか？\n\n[次](b.md)\n=== faq/login/c.md\n# 返金\n"
    )
    library = load(case.write(tmp_path))
    shown = report(library, casefile.TODAY, Asked(("faq/billing",)))
    assert shown.documents == 1
    assert {f.path for f in shown.findings} == {"faq/billing/a.md"}
    assert report(library, casefile.TODAY, Asked(("faq/bill",))).findings == ()
    assert report(library, casefile.TODAY, Asked((".",))).documents == 2


def finding(severity: Severity, number: int = 1) -> Finding:
    said = Said(
        "公開範囲が「everyone」です。「社内だけ」に直してください。",
        "audience is 'everyone'. Write 'internal'.",
    )
    return Finding(f"faq/billing/p{number}.md", 4, 1, "KT106", "value-not-in-list", severity, said)


def test_a_finding_is_place_sentence_and_number() -> None:
    one = finding(Severity.ERROR)
    assert as_text.sentence(one, "ja") == (
        "faq/billing/p1.md 4行目 公開範囲が「everyone」です。「社内だけ」に直してください。(KT106)"
    )
    assert (
        as_text.sentence(one, "en")
        == "faq/billing/p1.md line 4 audience is 'everyone'. Write 'internal'. (KT106)"
    )


def test_five_at_a_time_and_warnings_fold_while_errors_remain() -> None:
    findings = [finding(Severity.ERROR, n) for n in range(7)] + [finding(Severity.WARNING, 9)]
    shown = as_text.render(findings, "ja", documents=9)
    assert "公開前に直すところ（7件）" in shown
    assert shown.count("(KT106)") == 5
    assert "ほかに2件" in shown
    assert "もっと良くなるところ（1件）" in shown
    assert "9ページを確かめました。7か所を直すと公開できます。" in shown
    assert as_text.render(findings, "ja", everything=True).count("(KT106)") == 8
    assert as_text.render(findings[7:], "ja").count("(KT106)") == 1


def test_a_clean_desk_hears_so() -> None:
    assert as_text.render((), "ja", documents=12) == "12ページを確かめました。直すところはありません。\n"
    assert as_text.render((), "en", documents=12) == "Checked 12 pages. Nothing to mend.\n"


def test_json_has_the_shape_of_the_contract() -> None:
    import json

    read = json.loads(as_json.render([finding(Severity.ERROR)], "en", documents=3))
    (one,) = read["findings"]
    assert one == {
        "rule": "KT106", "name": "value-not-in-list", "severity": "error", "path": "faq/billing/p1.md",
        "line": 4, "column": 1, "message": "audience is 'everyone'. Write 'internal'.", "hint": "",
    }  # fmt: skip
    assert read["summary"] == {"errors": 1, "warnings": 0, "infos": 0, "documents": 3}


def test_a_summary_counts_by_severity() -> None:
    findings = [finding(Severity.ERROR), finding(Severity.WARNING), finding(Severity.INFO)]
    assert summary(findings) == {"errors": 1, "warnings": 1, "infos": 1}


def test_the_sample_desk_has_no_errors_today_in_60_and_in_400_days() -> None:
    library = load(Path(__file__).parent.parent)
    for days in (0, 60, 400):
        findings = check(library, date.today() + timedelta(days=days))
        assert [as_text.sentence(f, "ja") for f in findings if f.severity is Severity.ERROR] == []
