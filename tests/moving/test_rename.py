"""A page moves as a whole: translations, links, id; or nothing happens."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from kotae.checking import check
from kotae.cli.main import main
from kotae.content.library import load
from kotae.findings import Severity
from kotae.links.addresses import permanent
from kotae.scaffold import changes
from workshop import kotae, tree


def renamed(root: Path, old: str, new: str) -> int:
    """Run `kotae rename`."""
    return main(["rename", old, new, "--root", str(root), "--as-of", "2026-11-24", "--messages", "ja"])


def errors(root: Path) -> list[str]:
    """Return the errors of the repository."""
    from datetime import date

    found = check(load(root), date(2026, 11, 24))
    return sorted(f"{f.rule} {f.message.ja}" for f in found if f.severity is Severity.ERROR)


def test_a_page_moves_with_its_translation_its_links_and_its_permanent_address(small_site: Path) -> None:
    link = (
        "\n\n[返金](../billing/refund.md#手順) `[返金](../billing/refund.md)`\n\n[r]: ../billing/refund.md\n"
    )
    other = small_site / "faq/login/password.md"
    other.write_text(
        other.read_text(encoding="utf-8").replace("\n## 社内メモ", f"{link}\n## 社内メモ", 1)
        + ("" if "## 社内メモ" in other.read_text(encoding="utf-8") else link),
        encoding="utf-8",
    )
    before, bad = load(small_site), errors(small_site)
    address = permanent(before.by_path["faq/billing/refund.md"])
    assert renamed(small_site, "faq/billing/refund.md", "login/money-back") == 0
    after = load(small_site)
    assert {"faq/login/money-back.md", "faq/login/money-back.en.md"} <= set(after.by_path)
    assert not (small_site / "faq/billing/refund.md").exists()
    moved = after.by_path["faq/login/money-back.md"]
    assert permanent(moved) == address
    assert after.by_path["faq/login/money-back.en.md"].id == "refund"
    text = other.read_text(encoding="utf-8")
    assert "[返金](money-back.md#手順)" in text
    assert "`[返金](../billing/refund.md)`" in text  # an example is not a link
    assert "[r]: money-back.md" in text
    assert errors(small_site) == bad


def test_what_a_page_names_it_still_names_after_it_moved_and_back_again(small_site: Path) -> None:
    before = tree(small_site)
    assert renamed(small_site, "billing/change-card", "card") == 0
    assert renamed(small_site, "faq/billing/card.md", "faq/billing/change-card.md") == 0
    after = tree(small_site)
    # Only the id that was written in stays.
    assert {p for p in before if before[p] != after.get(p)} == {"faq/billing/change-card.md"}
    assert "id: change-card" in (small_site / "faq/billing/change-card.md").read_text(encoding="utf-8")


def test_a_playbook_moves_too(small_site: Path) -> None:
    bad = errors(small_site)
    assert renamed(small_site, "playbooks/billing/refund.md", "login/refund-request") == 0
    assert load(small_site).by_path["playbooks/login/refund-request.md"].id == "refund"
    assert errors(small_site) == bad


@pytest.mark.parametrize(("old", "new"), [
    ("nothing", "x"), ("refund", "x"), ("faq/billing/refund.md", "faq/billing/refund.md"), ("faq/billing/refund.md", "change-card"),
    ("faq/billing/refund.md", "返金"), ("faq/billing/refund.md", "../../x"), ("faq/billing/refund.md", "nowhere/x"),
    ("faq/billing/refund.md", "docs/help/x"), ("faq/billing/refund.md", "/tmp/x"), ("faq/billing/refund.md", "faq/login/support/../x y"),
])  # fmt: skip
def test_what_cannot_be_moved_changes_nothing(small_site: Path, old: str, new: str) -> None:
    before = tree(small_site)
    assert renamed(small_site, old, new) == 2
    assert tree(small_site) == before


def test_two_pages_never_get_one_address(small_site: Path) -> None:
    before = tree(small_site)
    assert renamed(small_site, "docs/help/support.md", "billing") in (0, 2)
    assert renamed(small_site, "faq/billing/refund.md", "login/password") == 2
    assert not {p for p in before if p not in tree(small_site)} - {"docs/help/support.md"}


@pytest.mark.parametrize("stop", [1, 2, 3])
def test_a_disk_that_fails_in_between_leaves_everything_as_it_was(tmp_path: Path, stop: int) -> None:
    (tmp_path / "a").write_text("a")
    (tmp_path / "b").write_text("b")
    before, calls = tree(tmp_path), []

    def replace(source: Path, target: Path) -> None:
        calls.append(target)
        if len(calls) == stop:
            raise OSError(28, "No space left on device")
        os.replace(source, target)

    wanted = {"a": b"A", "new/c": b"C", "b": None, "d": b"D"}
    with pytest.raises(OSError, match="No space"):
        changes.apply(tmp_path, wanted, replace)
    assert tree(tmp_path) == before
    changes.apply(tmp_path, wanted)
    assert sorted(tree(tmp_path)) == ["a", "d", "new/c"]


def test_a_machine_that_stops_in_between_is_put_right_by_the_next_command(
    small_site: Path, tmp_path: Path
) -> None:
    before = tree(small_site)
    script = tmp_path / "stop.py"
    script.write_text(
        "import os, sys\nfrom pathlib import Path\nfrom kotae.scaffold import changes\n"
        "def replace(a, b):\n    os.replace(a, b)\n    os._exit(9)\n"
        "changes.apply(Path(sys.argv[1]), {'desk/new.yml': b'x', 'faq/billing/refund.md': b'y'}, replace)\n"
    )
    import subprocess
    import sys

    assert subprocess.run([sys.executable, str(script), str(small_site)], check=False).returncode == 9
    assert (small_site / "desk/new.yml").exists()
    assert kotae("rename", "nothing", "x", "--root", small_site).returncode == 2
    assert tree(small_site) == before
