"""What was searched for in vain becomes wordings, drafts and queries a writer can read."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from kotae.cli.main import main
from kotae.search.misses import Miss, grouped, read_misses

PAGE = "---\n公開範囲: お客様に公開\n聞かれ方:\n  - お金を返して\n---\n# 返金はできますか？\n\nはい。返金いたします。\n"


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    for path, text in {
        "desk/topics.yml": "- id: billing\n  名前: お支払い\n",
        "desk/teams.yml": "- id: first\n  名前: 一次対応\n",
        "faq/billing/refund.md": PAGE,
    }.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text, encoding="utf-8")
    return tmp_path


def test_csv_json_and_event_lines_are_read_and_counted() -> None:
    rows = "聞き方,件数\n返金,2\n返金,3\n"
    assert read_misses(rows) == [Miss("返金", 5)]
    assert read_misses('[{"query": "返金", "count": 5}]') == [Miss("返金", 5)]
    event = '{"event": "search", "page": "/", "query": "返金", "reason": "abandoned", "day": "2026-11-22"}'
    assert read_misses(f"{event}\n{event}\n") == [Miss("返金", 2, "abandoned")]


@pytest.mark.parametrize("text", ["word,times\na,1\n", "[1]", "{", "query,count\na,many\n"])
def test_what_is_no_list_of_queries_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        read_misses(text)


def test_addresses_and_numbers_of_people_are_passed_over() -> None:
    assert read_misses("query\ntaro@example.jp\n090-0000-0000\n返金\n") == [Miss("返金")]


def test_the_same_question_in_other_letters_is_one_group() -> None:
    groups = grouped(
        [Miss("年末調整"), Miss("年末調整 できますか", 4), Miss("ヘンキン"), Miss("へんきん", 2)]
    )
    assert [[m.query for m in g] for g in groups] == [
        ["年末調整 できますか", "年末調整"],
        ["へんきん", "ヘンキン"],
    ]


def test_the_patch_can_be_taken_in_and_the_page_then_says_the_words(
    desk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    misses = desk / "misses.csv"
    misses.write_text("query,count\nお金もどして,7\n年末調整,3\n在庫,1\n", encoding="utf-8")
    assert main(["misses", str(misses), "--root", str(desk), "--format", "patch"]) == 0
    patch = capsys.readouterr().out
    subprocess.run(["git", "init", "-q", str(desk)], check=True)
    subprocess.run(["git", "-C", str(desk), "apply", "-"], input=patch.encode(), check=True)
    assert "  - お金もどして\n" in (desk / "faq/billing/refund.md").read_text(encoding="utf-8")
    assert "状態: 下書き" in (desk / "faq/billing/new-question.md").read_text(encoding="utf-8")
    queries = (desk / "desk/queries.yml").read_text(encoding="utf-8")
    assert "お金もどして" in queries
    assert "年末調整" not in queries


def test_a_file_that_cannot_be_read_is_one_sentence(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (desk / "bad.csv").write_text("word\nx\n", encoding="utf-8")
    assert main(["misses", str(desk / "bad.csv"), "--root", str(desk)]) == 2
    assert "query,count" in capsys.readouterr().err


def test_the_command_searches_as_the_site_does(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["search", "お金返して", "--root", str(desk), "--format", "json"]) == 0
    assert '"id": "refund"' in capsys.readouterr().out
    assert main(["search", "天気", "--root", str(desk)]) == 1
    assert main(["search", "x", "--lang", "fr", "--root", str(desk)]) == 2
