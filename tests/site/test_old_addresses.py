"""Addresses that were given out once still lead somewhere."""

from __future__ import annotations

from pathlib import Path


def test_a_retired_page_leads_to_what_took_its_place(small_built: Path) -> None:
    for where in ("login/code", "a/code"):
        page = (small_built / "help" / where / "index.html").read_text(encoding="utf-8")
        assert 'http-equiv="refresh"' in page
        assert "login/password/" in page
