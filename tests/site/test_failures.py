"""Whatever goes wrong, a reader finds the last good site, and the writer one clear line."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from kotae.cli.main import main
from kotae.output.lock import locked
from workshop import DAY, REPOSITORY, build, copy_sample, copy_site, kotae, once, tree

COULD_NOT_RUN, BUSY = 2, 75


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory, worker: str) -> Path:
    """A repository with its finished sites below ``out``; copies are made of it."""

    def make(folder: Path) -> None:
        build(copy_site("small", folder), folder / "out")

    return once(tmp_path_factory, worker, "published", make)


@pytest.fixture
def repository(published: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(published, tmp_path / "repository"))


def rebuild(repository: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return kotae("build", "--root", repository, "--out", repository / "out", "--as-of", DAY, *words)


def spoil(path: str, before: str, after: str) -> Callable[[Path], None]:
    def change(repository: Path) -> None:
        text = (repository / path).read_text()
        assert before in text
        (repository / path).write_text(text.replace(before, after, 1))

    return change


REFUND = "faq/billing/refund.md"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (spoil(REFUND, "お客様に公開", "だれでも"), f"{REFUND} 2行目"),
        (spoil(REFUND, "公開範囲:", "公開範囲"), REFUND),
        (spoil(REFUND, "change-card.md#手順", "change-card.md#ない見出し"), REFUND),
        (spoil(REFUND, "../../docs/help/contact.md", "discount.md"), REFUND),
        (spoil(REFUND, "## 社内メモ", "### 社内メモ"), REFUND),
        (spoil("desk/topics.yml", "担当チーム", "担当チームは"), "desk/topics.yml"),
        (spoil("docs/help/contact.md", "# サポート", "サポート"), "docs/help/contact.md"),
        (lambda r: (r / "faq/login/zip.md").write_bytes("# 文字".encode("cp932")), "faq/login/zip.md"),
        (lambda r: (r / "faq/login/nul.md").write_bytes(b"# a\0b"), "faq/login/nul.md"),
        (lambda r: (r / "faq/login/big.md").write_bytes(b"# a\n" + b"x" * 10_000_000), "faq/login/big.md"),
        (lambda r: (r / "faq/login/empty.md").write_bytes(b""), "faq/login/empty.md"),
        (lambda r: (r / "faq/login/out.md").symlink_to(REPOSITORY / "README.md"), "faq/login/out.md"),
    ],
    ids=["value", "yaml", "anchor", "internal-link", "note", "desk", "title", "cp932", "nul", "big", "empty", "link"],
)  # fmt: skip
def test_an_error_publishes_nothing_and_names_its_file(
    repository: Path, change: Callable[[Path], None], said: str
) -> None:
    before = tree(repository / "out")
    change(repository)
    done = rebuild(repository)
    assert done.returncode == 1, done.stdout + done.stderr
    assert said in done.stdout
    assert "公開しませんでした" in done.stdout
    assert "Traceback" not in done.stderr
    assert tree(repository / "out") == before


def one_line(done: subprocess.CompletedProcess[str]) -> str:
    lines = done.stderr.strip().splitlines()
    assert len(lines) == 1, done.stderr
    assert done.stdout == ""
    return lines[0]


@pytest.mark.parametrize("site", ["help", "handbook"])
def test_a_folder_with_other_peoples_files_is_left_alone(small_site: Path, tmp_path: Path, site: str) -> None:
    precious = tmp_path / "out" / site / "chapter1.txt"
    precious.parent.mkdir(parents=True)
    precious.write_text("precious")
    done = kotae("build", "--root", small_site, "--out", tmp_path / "out", "--as-of", DAY)
    assert done.returncode == COULD_NOT_RUN
    assert site in one_line(done)
    assert tree(tmp_path / "out") == tree(precious.parent.parent)
    assert [p.name for p in (tmp_path / "out").rglob("*") if p.is_file()] == ["chapter1.txt"]


def test_a_file_in_the_place_of_the_output(small_site: Path, tmp_path: Path) -> None:
    (tmp_path / "out").write_text("precious")
    done = kotae("build", "--root", small_site, "--out", tmp_path / "out", "--as-of", DAY)
    assert done.returncode == COULD_NOT_RUN
    assert "out" in one_line(done)


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is read-only for root; the next test does it for root")
def test_an_output_that_cannot_be_written(small_site: Path, tmp_path: Path) -> None:
    (tmp_path / "closed").mkdir(mode=0o500)
    done = kotae("build", "--root", small_site, "--out", tmp_path / "closed/out", "--as-of", DAY)
    assert done.returncode == COULD_NOT_RUN
    assert "closed" in one_line(done)


@pytest.mark.skipif(not Path("/proc/self").is_dir(), reason="needs a folder not even root can write to")
def test_an_output_where_nobody_can_write(small_site: Path) -> None:
    done = kotae("build", "--root", small_site, "--out", "/proc/kotae-site", "--as-of", DAY)
    assert done.returncode == COULD_NOT_RUN
    assert "/proc" in one_line(done)


def test_a_root_that_is_not_there(tmp_path: Path) -> None:
    done = kotae("build", "--root", tmp_path / "nowhere")
    assert done.returncode == COULD_NOT_RUN
    assert "nowhere" in one_line(done)


def test_a_broken_mkdocs_yml(repository: Path) -> None:
    before = tree(repository / "out")
    (repository / "mkdocs.yml").write_text("site_name: [")
    done = rebuild(repository)
    assert done.returncode == COULD_NOT_RUN
    assert "mkdocs.yml" in done.stderr
    assert "Traceback" not in done.stderr
    assert tree(repository / "out") == before


def test_a_second_build_says_that_another_is_at_work(
    repository: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    before = tree(repository / "out")
    monkeypatch.setattr("kotae.site.build.locked", partial(locked, wait=0.1))
    with locked(repository / "out/kotae"):
        code = main(
            ["build", "--root", str(repository), "--out", str(repository / "out"), "--as-of", DAY, "--messages", "ja"]
        )  # fmt: skip
    said = capsys.readouterr()
    assert code == BUSY
    assert len(said.err.strip().splitlines()) == 1
    assert str(os.getpid()) in said.err
    assert tree(repository / "out") == before


def printed(out: Path) -> int:
    """Count the pages of a build at work; folders come and go while one looks."""
    try:
        return sum(1 for _ in out.glob(".help.tmp-*/**/*.html"))
    except FileNotFoundError:
        return 0


def test_killed_at_any_moment_a_complete_site_stays_and_the_next_build_cleans_up(
    sample_built: Path, tmp_path: Path
) -> None:
    out, day = tmp_path / "out", (sample_built / "day.txt").read_text()
    sample = copy_sample(tmp_path / "sample")
    for site in ("help", "handbook"):
        shutil.copytree(sample_built / site, out / site)
    whole = {site: tree(out / site) for site in ("help", "handbook")}
    for wanted in (1, 200):
        started = subprocess.Popen(
            [sys.executable, "-m", "kotae.cli.main", "build", "--root", sample, "--out", out, "--as-of", day],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
        )  # fmt: skip
        deadline = time.monotonic() + 60
        while printed(out) < wanted and started.poll() is None:
            assert time.monotonic() < deadline
            time.sleep(0.01)
        os.killpg(started.pid, signal.SIGKILL)
        assert started.wait() == -signal.SIGKILL
        assert {site: tree(out / site) for site in whole} == whole
        assert [p for p in out.iterdir() if ".tmp-" in p.name]
    build(sample, out, day=day)
    assert {site: tree(out / site) for site in whole} == whole
    assert {p.name for p in out.iterdir() if p.is_dir()} <= {p.name for p in sample_built.iterdir()}
    assert not [p for p in out.iterdir() if ".tmp-" in p.name or ".old-" in p.name or ".lock" in p.name]


def test_ctrl_c_leaves_the_last_good_site_and_nothing_else(repository: Path) -> None:
    before = tree(repository / "out")
    text = (repository / "faq/login/password.md").read_text()
    for number in range(400):
        (repository / f"faq/login/p-{number}.md").write_text(
            text.replace("パスワード", f"{number}番のパスワード")
        )
    started = subprocess.Popen(
        [sys.executable, "-m", "kotae.cli.main", "build", "--root", repository, "--out", repository / "out", "--as-of", DAY],
        stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, start_new_session=True,
    )  # fmt: skip
    deadline = time.monotonic() + 60
    while not list((repository / "out").glob(".help.tmp-*")) and started.poll() is None:
        assert time.monotonic() < deadline
        time.sleep(0.01)
    os.killpg(started.pid, signal.SIGINT)
    _, said = started.communicate(timeout=60)
    assert started.returncode == 130, said.decode()
    assert b"Traceback" not in said
    assert tree(repository / "out") == before
