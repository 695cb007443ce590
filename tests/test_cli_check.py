"""kotae check, rules and new from the outside: the contract, the exit codes, and never a traceback."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

import casefile
from kotae.cli.main import main

REPOSITORY = Path(__file__).parent.parent
PAGE = "---\n公開範囲: お客様に公開\n聞かれ方: [返金してほしい, お金を返して, 払い戻し]\n---\n# 返金はできますか？\n\nはい。30日以内なら、全額を返金いたします。[お問い合わせ](https://help.example.jp/)ください。\n"


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small repository without anything to mend."""
    for name in ("LANG", "LC_ALL"):
        monkeypatch.delenv(name, raising=False)
    return casefile.read(PAGE).write(tmp_path)


def kotae(*words: str, **more: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # type: ignore[call-overload,no-any-return]  # more is passed on as it comes
        [sys.executable, "-m", "kotae.cli.main", *words], capture_output=True, text=True, timeout=60, **more
    )


def test_a_clean_desk_exits_with_0(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--root", str(desk)]) == 0
    assert capsys.readouterr().out == "1ページを確かめました。直すところはありません。\n"


def test_an_error_exits_with_1_and_a_warning_only_under_strict(desk: Path) -> None:
    (desk / "faq/billing/b.md").write_text(
        "---\n公開範囲: 社内だけ\n---\n# 解約できますか？\n\nはい。\n", encoding="utf-8"
    )
    assert main(["check", "--root", str(desk)]) == 0
    assert main(["check", "--root", str(desk), "--strict"]) == 1
    (desk / "faq/billing/b.md").write_text("# 解約できますか？\n", encoding="utf-8")
    assert main(["check", "--root", str(desk)]) == 1


def test_json_follows_the_contract(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (desk / "faq/billing/b.md").write_text(
        "---\n公開範囲: everyone\n---\n# 解約できますか？\n\nはい。\n", encoding="utf-8"
    )
    assert main(["check", "--root", str(desk), "--format", "json", "--messages", "en"]) == 1
    read = json.loads(capsys.readouterr().out)
    assert set(read) == {"findings", "summary"}
    (one,) = [f for f in read["findings"] if f["severity"] == "error"]
    assert set(one) == {"rule", "name", "severity", "path", "line", "column", "message", "hint"}
    assert (one["rule"], one["path"], one["line"]) == ("KT704", "faq/billing/b.md", 2)
    assert "everyone" in one["message"]


def test_as_of_is_the_day_of_the_verdict(desk: Path) -> None:
    text = PAGE.replace("---\n#", "確認日: 2026-11-01\n---\n#")
    (desk / "faq/billing/refund.md").write_text(text, encoding="utf-8")
    assert main(["check", "--root", str(desk), "--strict", "--as-of", "2026-11-22"]) == 0
    assert main(["check", "--root", str(desk), "--strict", "--as-of", "2027-11-22"]) == 1
    assert main(["check", "--root", str(desk), "--as-of", "2027-11-22"]) == 0
    assert main(["check", "--root", str(desk), "--as-of", "2026-10-01"]) == 1  # the day is still to come


def test_paths_are_read_from_here_and_from_the_root(
    desk: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (desk / "faq/login").mkdir()
    (desk / "faq/login/b.md").write_text("# 解約できますか？\n", encoding="utf-8")
    assert main(["check", "--root", str(desk), "faq/billing"]) == 0
    monkeypatch.chdir(desk / "faq")
    assert main(["check", "--root", "..", "login"]) == 1
    assert main(["check", "--root", "..", "nothing"]) == 2
    assert "nothing" in capsys.readouterr().err


@pytest.mark.parametrize(
    "words",
    [
        ["check", "--root", "/nothing/here"],
        ["check", "--root", __file__],
        ["new", "faq", "nowhere", "a"],
        ["new", "faq", "billing", "大文字"],
        ["new", "faq", "billing", "refund"],
        ["rules", "KT999"],
        [],
    ],
    ids=["no root", "a file as root", "no topic", "no name", "already there", "no rule", "no command"],
)
def test_what_cannot_be_done_is_one_line_and_2(words: list[str], desk: Path) -> None:
    done = kotae(*words, cwd=desk)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert done.stderr.count("\n") == (1 if words else 0)


@pytest.mark.parametrize(
    "words", [["check", "--format", "xml"], ["check", "--as-of", "someday"], ["nothing"]]
)
def test_words_nobody_knows_are_2(words: list[str], desk: Path) -> None:
    done = kotae(*words, cwd=desk)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr


def test_a_closed_pipe_is_no_traceback(desk: Path) -> None:
    for number in range(400):
        (desk / f"faq/billing/b{number}.md").write_text("# 返金\n", encoding="utf-8")
    process = subprocess.Popen(
        [sys.executable, "-m", "kotae.cli.main", "check", "--all", "--root", str(desk)],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.close()
    said = process.stderr.read()
    process.stderr.close()
    assert process.wait(60) == 2
    assert said == b""


def test_ctrl_c_is_one_line_and_130(desk: Path) -> None:
    slow = "import time, kotae.content.library as l, kotae.cli.main as m, sys\nl.load = lambda *a, **k: (print('on', flush=True), time.sleep(60))\nsys.exit(m.main(['check']))"
    process = subprocess.Popen(
        [sys.executable, "-c", slow], cwd=desk, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "on\n"
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=60)
    assert process.returncode == 130
    assert said.count("\n") == 1


def test_a_terminal_that_cannot_show_japanese_is_no_reason_to_stop(desk: Path) -> None:
    done = kotae("check", cwd=desk, env={**os.environ, "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"})
    assert done.returncode == 0
    assert done.stderr == ""


def test_help_comes_at_once_and_loads_nothing_heavy() -> None:
    code = (
        "import sys; from kotae.cli.main import main\ntry: main(['check', '--help'])\nexcept SystemExit: pass\n"
        "print(sorted(set(sys.modules) & {'yaml', 'markdown_it', 'mkdocs', 'markdown', 'kotae.rules'}), file=sys.stderr)"
    )
    fastest = 9.0
    for _ in range(3):
        begun = time.perf_counter()
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
        fastest = min(fastest, time.perf_counter() - begun)
    assert done.stderr == "[]\n"
    assert "--as-of" in done.stdout
    assert fastest < 0.25


def test_messages_speak_the_language_asked_for(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--root", str(desk), "--messages", "en"]) == 0
    assert capsys.readouterr().out == "Checked 1 page. Nothing to mend.\n"


@pytest.mark.parametrize("kind", ["faq", "playbook"])
@pytest.mark.parametrize("lang", ["ja", "en"])
def test_a_new_page_is_a_draft_without_anything_to_mend(
    kind: str, lang: str, desk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["new", kind, "billing", "card-declined", "--lang", lang, "--root", str(desk)]
    assert main(words) == 0
    path = capsys.readouterr().out.strip()
    text = (desk / path).read_text(encoding="utf-8")
    assert "下書き" in text or "draft" in text
    assert main(["check", "--root", str(desk), "--strict"]) == 0
    assert main(words) == 2
    assert (desk / path).read_text(encoding="utf-8") == text


def test_a_new_question_offers_the_desks_own_values(desk: Path) -> None:
    assert main(["new", "faq", "login", "code", "--title", "コードが届きません", "--root", str(desk)]) == 0
    text = (desk / "faq/login/code.md").read_text(encoding="utf-8")
    assert "# コードが届きません\n" in text
    assert "一次対応" in text
    assert "スタンダード" in text


def test_every_rule_is_listed_and_explained(capsys: pytest.CaptureFixture[str]) -> None:
    from kotae.rules.registry import RULES

    assert main(["rules", "--messages", "ja"]) == 0
    listed = capsys.readouterr().out
    for each in RULES.values():
        assert f"{each.id} {each.name}" in listed
        assert main(["rules", each.id.lower(), "--messages", "en"]) == 0
        assert "<!--" not in capsys.readouterr().out.replace("<!-- 経理", "")


def test_the_reference_is_fresh_and_an_old_one_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["rules", "--check", str(REPOSITORY / "docs/kotae/reference")]) == 0
    assert main(["rules", "--write", str(tmp_path)]) == 0
    (tmp_path / "rules/gone.md").write_text("", encoding="utf-8")
    (tmp_path / "rules/wall.md").write_text("", encoding="utf-8")
    assert main(["rules", "--check", str(tmp_path)]) == 1
    said = capsys.readouterr().err
    assert "gone.md" in said
    assert "wall.md" in said
    assert main(["rules", "--write", str(tmp_path)]) == 0
    assert main(["rules", "--check", str(tmp_path)]) == 0
