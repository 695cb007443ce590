"""The YAML test suite as front matter, the Big List of Naughty Strings as titles, names, owners and topics: never a traceback, never silence."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import casefile
from kotae.audience import is_public
from kotae.checking import check
from kotae.content.documents import Document
from kotae.content.library import Library, load
from kotae.content.reading import parse_document
from kotae.strict_yaml import read
from workshop import DAY, kotae

VENDOR = Path(__file__).parent.parent / "vendor"
YAML: list[tuple[str, str, bool]] = json.loads((VENDOR / "yaml-test-suite.json").read_text(encoding="utf-8"))
NAUGHTY: list[str] = json.loads((VENDOR / "blns.json").read_text(encoding="utf-8"))
BODY = "# 返金はできますか？\n\nはい。30日以内なら、全額を返金いたします。\n"
PATH = "faq/billing/refund.md"


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Any:
    return load(casefile.Case([], casefile.TODAY, set()).write(tmp_path_factory.mktemp("desk"))).desk


def judged(document: Document, desk: Any) -> tuple[set[str], bool]:
    library = Library(Path("/nowhere"), desk, (document,))
    found = check(library, casefile.TODAY)
    assert all(f.line >= 1 and f.message.ja and f.message.en for f in found)
    return {f.rule for f in found}, is_public(library, document)


def test_the_suite_is_whole() -> None:
    assert len(YAML) >= 402
    assert len(NAUGHTY) >= 485


def test_no_yaml_of_the_suite_is_taken_in_silence(desk: Any) -> None:
    silent, public = [], []
    for name, text, _ in YAML:
        document = parse_document(PATH, f"---\n{text}\n---\n{BODY}".encode("utf-8", "surrogatepass"))
        rules, open_to_all = judged(document, desk)
        if not rules & {"KT104", "KT111", "KT112", "KT704"}:
            silent.append(name)
        if open_to_all:
            public.append(name)
    assert silent == []
    assert public == []


def test_what_the_suite_says_must_fail_is_refused_or_read_as_plain_words(desk: Any) -> None:
    """PyYAML accepts some texts that YAML 1.2 refuses; beside our fields they stay findings and never open a page."""
    taken = [name for name, text, fails in YAML if fails and not read(text)[1] and read(text)[0] is not None]
    print(f"{sum(f for *_, f in YAML)} must fail, {len(taken)} are read: {taken}")
    for name, text, fails in YAML:
        if fails:
            document = parse_document(
                PATH, f"---\n公開範囲: お客様に公開\n{text}\n---\n{BODY}".encode("utf-8", "surrogatepass")
            )
            rules, open_to_all = judged(document, desk)
            # 「---」 at once ends the fields: the page says it is public, and the rest is its text.
            assert not open_to_all or rules & {"KT104"} or text.startswith(("---", "...")), name


@pytest.mark.parametrize("form", ["{}", '"{}"', "'{}'", "[{}]", "- {}"])
@pytest.mark.parametrize("key", ["担当チーム", "聞かれ方", "関連", "公開範囲", "有効期限"])
def test_naughty_strings_as_fields_are_never_a_traceback_nor_nothing(key: str, form: str, desk: Any) -> None:
    for words in NAUGHTY:
        value = form.format(words).replace("\n", "\n  ")
        first = "" if key == "公開範囲" else "公開範囲: お客様に公開\n"
        data = f"---\n{first}{key}: {value}\n---\n{BODY}".encode("utf-8", "surrogatepass")
        document = parse_document(PATH, data)
        rules, open_to_all = judged(document, desk)
        if not document.fields:
            assert rules & {"KT111", "KT112", "KT115"}, words
        if key == "公開範囲":
            assert not open_to_all


def test_naughty_strings_as_titles_and_names_of_files(desk: Any) -> None:
    for words in NAUGHTY:
        line = " ".join(words.split()) or "空"
        document = parse_document(
            PATH, f"---\n公開範囲: お客様に公開\n---\n# {line}\n\n{words}\n".encode("utf-8", "surrogatepass")
        )
        rules, _ = judged(document, desk)
        # A heading of nothing but markup has no words left; then it is named as no question.
        assert document.title or "KT603" in rules or "KT103" in rules, line
        path = f"faq/billing/{line.replace('/', '-')[:60]}.md"
        judged(parse_document(path, f"---\n公開範囲: お客様に公開\n---\n{BODY}".encode()), desk)


def test_naughty_strings_pass_through_the_real_build(small_site: Path, tmp_path: Path) -> None:
    """All of them at once, as wordings and as text: printed or named, without a traceback."""
    chosen = [" ".join(w.split()) for w in NAUGHTY if w.isprintable() and w.strip()]
    wordings = "".join(f"  - {json.dumps(w, ensure_ascii=False)}\n" for w in dict.fromkeys(chosen))
    text = "\n\n".join(f"    {w}" for w in chosen)
    (small_site / "playbooks/billing/naughty.md").write_text(
        f"---\n重要度: 通常\n連絡手段: [メール]\n---\n# 変わった言葉への対応\n\n## 社内メモ\n\n{text}\n",
        encoding="utf-8",
    )
    (small_site / "faq/billing/naughty.md").write_text(
        f"---\n公開範囲: お客様に公開\n聞かれ方:\n{wordings}---\n# 変わった言葉は使えますか？\n\nはい。お使いになれます。\n",
        encoding="utf-8",
    )
    done = kotae("build", "--root", small_site, "--out", tmp_path / "out", "--as-of", DAY)
    assert done.returncode in (0, 1), done.stderr
    assert "Traceback" not in done.stderr
    assert "naughty.md" in done.stdout
