"""The formats of a report: each is what its reader expects, and a redacted one holds no word of a page."""

from __future__ import annotations

import json
import subprocess
import xml.etree.ElementTree as ET
from html.parser import HTMLParser
from pathlib import Path

import jsonschema
import pytest

import casefile
from kotae.baseline import Baseline, BaselineError, read, taken
from kotae.checking import Asked, check, report
from kotae.cli.main import main
from kotae.content.library import load
from kotae.findings import Finding, Said, Severity
from kotae.links.dependents import concerned
from kotae.reports import github, html, junit, sarif
from kotae.reports.redacted import redact

SCHEMA = json.loads((Path(__file__).parent / "vendor/sarif-2.1.0-rtm.5.json").read_text(encoding="utf-8"))
CANARY = "ひみつのカナリア"
NASTY = Said(f'「{CANARY}」, 50%: <b>&"\x07\n::error::', f'{CANARY}, 50%: <b>&"\x07\n::error::')
FINDINGS = (
    Finding(
        "faq/お支払い/a b%.md", 3, 2, "KT106", "value-not-in-list", Severity.ERROR, NASTY, Said("", "Try.")
    ),
    Finding("faq/お支払い/a b%.md", 3, 2, "KT106", "value-not-in-list", Severity.ERROR, NASTY),
    Finding("faq/b.md", 9, 1, "KT501", "review-due", Severity.WARNING, NASTY, only_time=True),
    Finding("faq/b.md", 9, 1, "KT507", "team-of-one", Severity.INFO, NASTY),
)


@pytest.mark.parametrize("lang", ["ja", "en"])
@pytest.mark.parametrize("findings", [FINDINGS, ()], ids=["four", "none"])
def test_sarif_fits_the_official_schema(lang: str, findings: tuple[Finding, ...]) -> None:
    log = json.loads(sarif.render(findings, lang, version="1.0"))
    jsonschema.validate(log, SCHEMA)
    results = log["runs"][0]["results"]
    assert [r["level"] for r in results] == ["error", "error", "warning", "note"][: len(findings)]
    marks = [r["partialFingerprints"]["kotae/v1"] for r in results]
    assert len(set(marks)) == len(marks)


def test_a_sarif_mark_does_not_move_with_the_line() -> None:
    from dataclasses import replace

    marks = [
        json.loads(sarif.render([replace(FINDINGS[0], line=n)], "ja"))["runs"][0]["results"][0][
            "partialFingerprints"
        ]
        for n in (3, 30)
    ]
    assert marks[0] == marks[1]


def test_github_gets_one_command_a_line_errors_first() -> None:
    lines = github.render(FINDINGS[::-1], "en").splitlines()
    assert [line.split(" ")[0] for line in lines] == ["::error", "::error", "::warning", "::notice"]
    assert "a b%25.md" in lines[0]
    assert "50%25: <b>" in lines[0]
    assert "%0A::error::" in lines[0]


def test_suggestions_are_one_review() -> None:
    review = json.loads(github.suggestions({"faq/a.md": [(3, 4, "a\n```x\nb"), (7, 7, "c")]}, "ja"))
    first, second = review["comments"]
    assert (first["start_line"], first["line"], first["side"]) == (3, 4, "RIGHT")
    assert "````suggestion\na\n```x\nb\n````" in first["body"]
    assert "start_line" not in second


@pytest.mark.parametrize("findings", [FINDINGS, ()], ids=["four", "none"])
def test_junit_is_xml_with_failures_for_errors(findings: tuple[Finding, ...]) -> None:
    root = ET.fromstring(junit.render(findings, "ja", documents=3))
    assert len(root.findall(".//testcase")) == max(len(findings), 1)
    assert len(root.findall(".//failure")) == int(root.attrib["failures"]) == (2 if findings else 0)


def test_the_page_is_self_contained_and_in_both_languages() -> None:
    class Reader(HTMLParser):
        def __init__(self) -> None:
            super().__init__()
            self.tags: list[str] = []

        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            self.tags.append(tag)
            assert not {"src", "href"} & {name for name, _ in attrs}

    page = html.render(FINDINGS, "ja", documents=3)
    reader = Reader()
    reader.feed(page)
    assert "script" not in reader.tags
    assert "b" not in reader.tags
    assert 'lang="en"' in page
    assert "公開前に直すところ (2)" in page


@pytest.mark.parametrize("form", ["text", "json", "sarif", "github", "junit", "html"])
def test_a_redacted_report_holds_no_word_of_a_page(
    form: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = f"---\n公開範囲: {CANARY}\n{CANARY}: x\n対象: [{CANARY}]\n---\n# {CANARY}\n\n{{{{値:{CANARY}}}}} [{CANARY}]({CANARY}.md)\n"
    casefile.read(f"=== faq/billing/a.md\n{text}").write(tmp_path)
    assert main(["check", "--root", str(tmp_path), "--format", form, "--all"]) == 1
    assert CANARY in capsys.readouterr().out
    assert main(["check", "--root", str(tmp_path), "--format", form, "--all", "--redact"]) == 1
    out = capsys.readouterr().out
    assert CANARY not in out
    assert "KT604" in out
    assert "faq/billing/a.md" in out


def test_redacted_findings_keep_place_rule_and_weight() -> None:
    assert {(f.path, f.line, f.rule, f.severity) for f in redact(FINDINGS)} == {
        (f.path, f.line, f.rule, f.severity) for f in FINDINGS
    }


# A baseline ---------------------------------------------------------------------------------------------------------


def one(rule: str, path: str = "faq/a.md", line: int = 1) -> Finding:
    return Finding(path, line, 1, rule, "x", Severity.ERROR, Said(f"{line}", f"{line}"))


def test_a_baseline_holds_back_what_it_knows_wherever_the_lines_went() -> None:
    known = taken([one("KT601"), one("KT603", line=2)])
    fresh = [one("KT601", line=9), one("KT601", line=12), one("KT603", line=9), one("KT603", "faq/b.md")]
    assert read(known.text()) == known
    assert [(f.path, f.rule, f.line) for f in known.without(fresh)] == [
        ("faq/a.md", "KT601", 12),
        ("faq/b.md", "KT603", 9 - 8),
    ]


def test_a_baseline_only_shrinks() -> None:
    earlier = taken([one("KT601"), one("KT601", line=2), one("KT603")])
    assert taken([one("KT601"), one("KT604"), one("KT606")], earlier).counts == {("faq/a.md", "KT601"): 1}


def test_a_leak_is_never_known() -> None:
    assert taken([one("KT701"), one("KT611"), one("KT710")]) == Baseline({})
    assert Baseline({("faq/a.md", "KT701"): 5}).without([one("KT701")]) == (one("KT701"),)


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"pages": 1}', '{"pages": {"a": {"b": "c"}}}', "[" * 100_000]
)
def test_what_is_no_baseline_says_so(text: str) -> None:
    with pytest.raises(BaselineError):
        read(text)


def test_a_baseline_by_the_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    casefile.read("=== faq/billing/a.md\n---\n公開範囲: 社内だけ\n---\n# 返金\n").write(tmp_path)
    file, words = str(tmp_path / "known.json"), ["check", "--root", str(tmp_path)]
    assert main([*words, "--write-baseline", file]) == 1
    assert main([*words, "--baseline", file]) == 0
    assert "見せていません" in capsys.readouterr().out
    (tmp_path / "faq/billing/b.md").write_text("# 返金\n", encoding="utf-8")
    assert main([*words, "--baseline", file]) == 1
    (tmp_path / "known.json").write_text("x", encoding="utf-8")
    assert main([*words, "--baseline", file]) == 2


# A change -----------------------------------------------------------------------------------------------------------

DESK = """=== desk/facts.yml
- {id: fee, 名前: 手数料, 値: [{値: 100円}], 公開: はい}
=== faq/billing/a.md
---
公開範囲: お客様に公開
確認日: 2025-01-01
---
# 返金できますか？

{{値:手数料}}を引きます。
=== faq/billing/a.en.md
---
audience: public
---
# Can I get a refund?

Yes.
=== faq/billing/b.md
---
公開範囲: お客様に公開
確認日: 2025-01-01
---
# 解約できますか？

[返金](a.md)
=== faq/billing/c.md
---
公開範囲: 社内だけ
関連: [b]
---
# 変更できますか？

はい。
=== playbooks/billing/p.md
# 返金のご依頼への対応

{{答え:a}}
=== faq/login/z.md
---
公開範囲: 社内だけ
---
# ロックされました

お待ちください。
"""


@pytest.mark.parametrize(
    ("touched", "more"),
    [
        ("faq/billing/a.md", {"faq/billing/a.en.md", "faq/billing/b.md", "playbooks/billing/p.md"}),
        ("faq/billing/b.md", {"faq/billing/c.md"}),
        ("desk/facts.yml", {"faq/billing/a.md", "playbooks/billing/p.md"}),
        ("faq/login/z.md", set()),
        ("faq/billing/gone.md", set()),
        ("README.md", set()),
    ],
)
def test_what_a_change_reaches(touched: str, more: set[str], tmp_path: Path) -> None:
    library = load(casefile.read(DESK).write(tmp_path))
    assert concerned(library, [touched]) == {touched, *more}


def test_a_list_of_the_desk_reaches_every_page(tmp_path: Path) -> None:
    library = load(casefile.read(DESK).write(tmp_path))
    assert concerned(library, ["desk/teams.yml"]) == {"desk/teams.yml", *(d.path for d in library)}


def test_the_calendar_is_an_error_only_on_what_was_touched(tmp_path: Path) -> None:
    library = load(casefile.read(DESK).write(tmp_path))
    touched = frozenset({"faq/billing/a.md"})
    shown = report(library, casefile.TODAY, Asked((), touched, concerned(library, touched))).findings
    assert {(f.path, f.severity.value) for f in shown if f.rule == "KT501"} == {
        ("faq/billing/a.md", "error"), ("faq/billing/b.md", "warning"),
    }  # fmt: skip
    assert not [f for f in shown if f.path == "faq/login/z.md"]
    assert {f.severity.value for f in check(library, casefile.TODAY) if f.rule == "KT501"} == {"warning"}


def test_changed_asks_git(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def git(*words: str) -> None:
        who = ["-c", "user.name=a", "-c", "user.email=a@example.jp", "-c", "commit.gpgsign=false"]
        subprocess.run(["git", "-C", str(tmp_path), *who, *words], check=True, capture_output=True)

    words = ["check", "--root", str(tmp_path), "--format", "json", "--changed"]
    casefile.read(DESK).write(tmp_path)
    assert main(words) == 2
    git("init", "-q", "-b", "main")
    git("add", ".")
    git("commit", "-qm", "one")
    capsys.readouterr()
    assert main(words) == 0
    assert json.loads(capsys.readouterr().out)["summary"]["documents"] == 0
    git("checkout", "-qb", "change")
    (tmp_path / "faq/billing/b.md").write_text("# 返金について\n", encoding="utf-8")
    git("commit", "-qam", "two")
    (tmp_path / "faq/login/新しい.md").write_text("# 新しい\n", encoding="utf-8")
    assert main(words) == 1
    found = json.loads(capsys.readouterr().out)
    assert {f["path"] for f in found["findings"]} >= {"faq/billing/b.md", "faq/login/新しい.md"}
    assert found["summary"]["documents"] == 3  # b, c that names b, and the new page
    assert main([*words, "nowhere"]) == 2
    assert main([*words[:-1], "--changed=--output=x"]) == 2


# Exceptions ---------------------------------------------------------------------------------------------------------

WAIVED = """=== faq/billing/a.md
---
公開範囲: お客様に公開
関連: [b]
例外:
  - {規則: KT606, 理由: 言い方を集めている, 担当: 請求サポート, 期限: 2026-12-31}
  - {規則: KT602, 理由: 短くできるか相談中, 担当: 請求サポート, 期限: 2026-12-31}
---
# 返金できますか？

はい。
=== faq/billing/b.md
---
公開範囲: お客様に公開
関連: [a]
---
# 解約できますか？

はい。
"""


def test_an_exception_is_silent_about_one_rule_on_one_page_and_said_when_nothing_needs_it(
    tmp_path: Path,
) -> None:
    found = check(load(casefile.read(WAIVED).write(tmp_path)), casefile.TODAY)
    assert {(f.path, f.rule, f.line) for f in found} == {
        ("faq/billing/a.md", "KT510", 6),
        ("faq/billing/b.md", "KT606", 1),
    }


def test_weights_follow_the_settings_but_never_the_wall(tmp_path: Path) -> None:
    text = WAIVED + "<!-- x -->\n=== desk/settings.yml\n重大さ: {KT606: 止める, KT510: off, KT702: off}\n"
    found = check(load(casefile.read(text).write(tmp_path)), casefile.TODAY)
    assert {(f.rule, f.severity.value) for f in found} == {
        ("KT606", "error"), ("KT510", "warning"), ("KT702", "error"), ("KT113", "error"),
    }  # fmt: skip
