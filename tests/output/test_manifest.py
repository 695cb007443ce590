"""The manifest says exactly what is public."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from kotae.output.manifest import (
    PREVIOUS,
    Changes,
    Published,
    compare,
    list_folder,
    read_manifest,
    record,
    render_manifest,
    write_manifest,
)

PAGE = Published("返金/index.html", "a" * 64, "faq/billing/refund.md")
CSS = Published("assets/app.css", "b" * 64)


def test_what_is_written_is_read_back_in_the_order_of_paths(tmp_path: Path) -> None:
    write_manifest(tmp_path / "public-manifest.json", [PAGE, CSS])
    assert read_manifest(tmp_path / "public-manifest.json") == (CSS, PAGE)
    assert [p.name for p in tmp_path.iterdir()] == ["public-manifest.json"]


def test_the_same_files_in_any_order_give_the_same_bytes_one_file_a_line() -> None:
    assert render_manifest([PAGE, CSS]) == render_manifest([CSS, PAGE, CSS])
    assert "返金/index.html" in render_manifest([PAGE]).splitlines()[1]
    assert json.loads(render_manifest([])) == {"files": []}


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"files": [1]}', '{"files": [{"path": "x"}]}', "\0", "[" * 100000]
)
def test_what_is_no_manifest_is_a_value_error(tmp_path: Path, text: str) -> None:
    (tmp_path / "m.json").write_text(text)
    with pytest.raises(ValueError, match=r"."):
        read_manifest(tmp_path / "m.json")


def test_the_difference_names_what_came_went_and_changed() -> None:
    other = Published(PAGE.path, "c" * 64, PAGE.source)
    assert compare([PAGE, CSS], [other, Published("new", "d" * 64)]) == Changes(
        ("new",), (CSS.path,), (PAGE.path,)
    )
    assert compare([PAGE], [PAGE]) == Changes()


def test_a_folder_is_listed_with_hashes_whoever_wrote_it(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "x.html").write_bytes(b"x")
    (tmp_path / ".kotae-site").write_bytes(b"")
    found = list_folder(tmp_path, frozenset({".kotae-site"}))
    assert found == (Published("a/x.html", hashlib.sha256(b"x").hexdigest()),)


def test_the_manifest_before_the_last_change_is_kept(tmp_path: Path) -> None:
    path, before = tmp_path / "public-manifest.json", tmp_path / PREVIOUS
    record(tmp_path, [CSS])
    assert not before.exists()
    record(tmp_path, [CSS])
    assert not before.exists()
    record(tmp_path, [CSS, PAGE])
    record(tmp_path, [PAGE, CSS])
    assert compare(read_manifest(before), read_manifest(path)) == Changes(added=(PAGE.path,))
    assert sorted(p.name for p in tmp_path.iterdir()) == sorted([path.name, before.name])
