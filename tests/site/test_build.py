"""Both sites as `kotae build` writes them, and as MkDocs writes them by the plugin."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from printed import read
from workshop import DAY, REPOSITORY, build, copy_sample, holding, kotae, mkdocs, tree

MARKER = ".kotae-site"


def test_both_sites_exist_in_both_languages(sample_built: Path) -> None:
    for path in ("index.html", "en/index.html", "billing/refund/index.html", "en/billing/refund/index.html"):
        assert (sample_built / "help" / path).is_file()
        assert (sample_built / "handbook" / path).is_file()
    assert (sample_built / "handbook/playbooks/billing/refund/index.html").is_file()
    assert not (sample_built / "help/playbooks").exists()
    for lang in ("ja", "en"):
        assert any((sample_built / f"help/search-{lang}").iterdir())


def test_one_process_or_several_and_any_surroundings_give_the_same_bytes(
    sample_built: Path, tmp_path: Path
) -> None:
    day = (sample_built / "day.txt").read_text()
    odd = {"PYTHONHASHSEED": "7", "TZ": "Pacific/Kiritimati", "LANG": "C", "LC_ALL": "C"}
    copied = copy_sample(tmp_path / "elsewhere")
    done = kotae(
        "build", "--root", copied, "--out", tmp_path / "out", "--as-of", day, "--processes", "1", env=odd
    )
    assert done.returncode == 0, done.stdout + done.stderr
    again = build(copied, tmp_path / "again", "--processes", "2", day=day)
    for site in ("help", "handbook"):
        assert tree(tmp_path / "out" / site) == tree(sample_built / site) == tree(again / site)


@pytest.mark.parametrize(("config", "site"), [("mkdocs.yml", "help"), ("handbook.yml", "handbook")])
def test_mkdocs_writes_the_same_bytes(
    tmp_path: Path, small_built: Path, small_site: Path, config: str, site: str
) -> None:
    for name in ("mkdocs.yml", "handbook.yml"):
        path = small_site / name
        path.write_text(re.sub("( +)(audience: .*)", rf"\1\2\n\1as_of: {DAY}", path.read_text()))
    done = mkdocs(small_site, "build", "--strict", "-f", config, "-d", tmp_path / "out")
    assert done.returncode == 0, done.stderr
    ours, theirs = tree(small_built / site), tree(tmp_path / "out")
    # Only `kotae build` writes the marker that says whose folder it is.
    assert ours.keys() - theirs.keys() <= {MARKER}
    assert not [path for path in theirs if path not in ours]
    assert [path for path in theirs if theirs[path] != ours[path]] == []


@pytest.mark.parametrize(("config", "site"), [("mkdocs.yml", "help"), ("handbook.yml", "handbook")])
def test_mkdocs_writes_the_sample_with_the_same_bytes(
    tmp_path: Path, sample_built: Path, config: str, site: str
) -> None:
    done = mkdocs(copy_sample(tmp_path / "sample"), "build", "--strict", "-f", config, "-d", tmp_path / "out")
    assert done.returncode == 0, done.stderr
    ours, theirs = tree(sample_built / site), tree(tmp_path / "out")
    assert ours.keys() - theirs.keys() <= {MARKER}
    assert {path for path in theirs if theirs[path] != ours.get(path)} == set()


def test_one_language(small_site: Path, tmp_path: Path) -> None:
    out = build(small_site, tmp_path / "out", "--lang", "ja")
    assert not (out / "help/en").exists()
    assert (out / "help/billing/refund/index.html").is_file()
    out = build(small_site, tmp_path / "english", "--lang", "en")
    assert {p.relative_to(out / "help").parts[0] for p in (out / "help").rglob("*.html")} == {"en"}


def test_one_audience_leaves_the_other_site_alone(small_site: Path, tmp_path: Path) -> None:
    out = build(small_site, tmp_path / "out", "--audience", "public")
    assert not (out / "handbook").exists()
    build(small_site, out, "--audience", "internal")
    before = tree(out / "help")
    page = small_site / "faq/login/password.md"
    page.write_text(page.read_text().replace("新しく決め直して", "もう一度決めて"))
    build(small_site, out, "--audience", "internal")
    assert tree(out / "help") == before
    assert holding(out / "handbook", "もう一度決めて")


def test_a_page_goes_with_its_day(small_site: Path, tmp_path: Path) -> None:
    page = small_site / "faq/billing/campaign.md"
    page.write_text(page.read_text().replace("2026-10-31", "2026-11-30"))
    out = build(small_site, tmp_path / "out", day="2026-11-30")
    assert "初月を半額" in (out / "help/billing/campaign/index.html").read_text()
    build(small_site, out, day="2026-12-01")
    assert holding(out / "help", "初月を半額") == []


def test_a_folder_of_many_pages_is_paged_and_no_page_carries_them_all(
    small_site: Path, tmp_path: Path
) -> None:
    text = (small_site / "faq/billing/change-card.md").read_text()
    for number in range(230):
        made = re.sub("(?<!し)(カードを|カードの|クレジット)", rf"{number}番の\1", text)
        (small_site / f"faq/billing/card-{number:03}.md").write_text(made)
    out = build(small_site, tmp_path / "out")
    seen: set[str] = set()
    for page in ("billing/index.html", *(f"billing/page-{n}/index.html" for n in range(2, 6))):
        links = re.findall(r'class="question" href="([^"]+)"', (out / "help" / page).read_text())
        assert 0 < len(links) <= 50
        seen |= {link.rstrip("/").rpartition("/")[2] for link in links}
    assert len(seen) == 232
    assert not (out / "help/billing/page-6").exists()
    article = out / "help/billing/card-100/index.html"
    assert len(read(article.read_text()).links) < 60
    serial = build(small_site, tmp_path / "serial", "--processes", "1")
    assert tree(serial / "help") == tree(out / "help")


def test_the_sample_can_be_published_in_two_and_in_thirteen_months(sample_built: Path) -> None:
    from datetime import date, timedelta

    for days in (60, 400):
        later = date.fromisoformat((sample_built / "day.txt").read_text()) + timedelta(days)
        done = kotae("check", "--root", REPOSITORY, "--as-of", later.isoformat())
        assert done.returncode == 0, done.stdout
