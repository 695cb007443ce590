"""Real pages split at random into public and internal: no public page is taken for a leak, every internal one is."""

from __future__ import annotations

import random
import re
from datetime import date
from pathlib import Path

import pytest
from markdown import Markdown

from kotae.content.library import load
from kotae.site.scan import fingerprints, scan

ROOT = Path(__file__).parents[2]
TODAY = date(2026, 11, 22)
_MATTER = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)


@pytest.fixture(scope="module")
def bodies() -> list[str]:
    paths = [*sorted((ROOT / "faq").rglob("*.md")), *sorted((ROOT / "docs").rglob("*.md"))]
    texts = (_COMMENT.sub("", _MATTER.sub("", path.read_text())) for path in paths)
    return [re.split(r"^## (?:社内メモ|Internal notes)", text, flags=re.MULTILINE)[0] for text in texts]


@pytest.mark.parametrize("seed", range(10))
def test_pages_split_at_random_give_no_false_alarm_and_miss_no_leak(
    seed: int, bodies: list[str], tmp_path: Path
) -> None:
    chance = random.Random(seed)
    (tmp_path / "repo/faq/t").mkdir(parents=True)
    (tmp_path / "repo/desk").mkdir()
    (tmp_path / "repo/desk/topics.yml").write_text("- {id: t, 名前: ことがら}\n")
    markdown = Markdown(extensions=["tables", "admonition", "attr_list", "def_list", "footnotes"])
    for audience in ("public", "internal"):
        (tmp_path / audience).mkdir()
    for number, body in enumerate(bodies):
        audience = chance.choice(("public", "internal"))
        (tmp_path / f"repo/faq/t/q{number:03d}x.md").write_text(f"---\naudience: {audience}\n---\n{body}")
        printed = f"<html><body>\n{markdown.reset().convert(body)}\n</body></html>\n"
        (tmp_path / audience / f"{number:03d}.html").write_text(printed)
    patterns = fingerprints(load(tmp_path / "repo"), TODAY, ())
    assert scan(tmp_path / "public", patterns) == []
    leaked = {hit.file for hit in scan(tmp_path / "internal", patterns)}
    assert leaked == {path.name for path in (tmp_path / "internal").iterdir()}
