"""Compare the search with Material's own and with Pagefind on the same Japanese pages and queries, in one run.

    python bench/search.py [--queries tests/search/heldout-queries.yml] [--pagefind BINARY] [--wordings]

Each engine runs in a real browser on a site made of the same pages: title, answer and text of every public
Japanese page. --wordings prints the customers' wordings into the peers' pages as well. Only rates are printed.
"""

from __future__ import annotations

import argparse
import functools
import http.server
import json
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import yaml
from playwright.sync_api import sync_playwright

sys.path.insert(0, str(Path(__file__).parents[1] / "tests/search"))
from score import wilson

from kotae.content.library import load
from kotae.search.engine import script
from kotae.search.entries import Entry
from kotae.search.index import build
from kotae.search.pages import entries, quiet

ROOT = Path(__file__).parents[1]
SEPARATOR = r"[\s\-　、。,.!?！？「」()（）]+|(?<=[ぁ-ん])(?=[^ぁ-ん])|(?<=[^ぁ-ん])(?=[ぁ-ん])|(?<=[ァ-ヶー])(?=[^ァ-ヶー])|(?<=[^ァ-ヶー])(?=[ァ-ヶー])"
MATERIAL = """async (queries) => {
  const config = JSON.parse(document.getElementById("__config").textContent);
  const index = await (await fetch("search/search_index.json")).json();
  const worker = new Worker(config.search);
  const heard = (type) => new Promise((done) => worker.addEventListener("message", function listen(event) {
    if (event.data.type === type) { worker.removeEventListener("message", listen); done(event.data.data); }
  }));
  const ready = heard(1);
  worker.postMessage({ type: 0, data: { config: index.config, docs: index.docs, options: { suggest: false } } });
  await ready;
  const all = [];
  for (const query of queries) {
    const answer = heard(3);
    worker.postMessage({ type: 2, data: query });
    all.push((await answer).items.map((sections) => sections[0].location.split("#")[0].replace(/\\/$/, "")));
  }
  return all;
}"""
PAGEFIND = """async (queries) => {
  const pagefind = await import("/pagefind/pagefind.js");
  const all = [];
  for (const query of queries) {
    const found = await pagefind.search(query);
    all.push(await Promise.all(found.results.slice(0, 3).map(async (r) => (await r.data()).url.split("/").filter(Boolean).at(-1))));
  }
  return all;
}"""
OURS = """async (queries) => {
  const engine = await KotaeSearch.open(new URL("index", location.href).href), all = [];
  for (const query of queries) all.push((await engine.query(query, 3)).map((hit) => hit.id));
  return all;
}"""


def text_of(entry: Entry, wordings: bool) -> str:
    """Return a page as the peers get it."""
    said = "\n\n".join(entry.paraphrases) if wordings else ""
    return f"# {entry.title}\n\n{entry.answer}\n\n{entry.body}\n\n{said}\n"


def material(folder: Path, pages: list[Entry], wordings: bool, separator: str) -> Path:
    """Build a Material site of the pages."""
    docs = folder / "docs"
    docs.mkdir(parents=True)
    (docs / "index.md").write_text("# ヘルプ\n", encoding="utf-8")
    for page in pages:
        (docs / f"{page.id}.md").write_text(text_of(page, wordings), encoding="utf-8")
    search: dict[str, Any] = {"lang": "ja"} | ({"separator": separator} if separator else {})
    config = {
        "site_name": "ヘルプ",
        "site_url": "",
        "theme": {"name": "material", "language": "ja", "font": False},
        "plugins": [{"search": search}],
    }
    (folder / "mkdocs.yml").write_text(yaml.safe_dump(config, allow_unicode=True), encoding="utf-8")
    command = [str(Path(sys.executable).parent / "mkdocs"), "build", "-q", "-d", str(folder / "site")]
    subprocess.run(command, cwd=folder, check=True, capture_output=True)
    return folder / "site"


def pagefind(folder: Path, pages: list[Entry], wordings: bool, binary: str) -> Path:
    """Write plain pages and let Pagefind index them."""
    for page in pages:
        at = folder / page.id / "index.html"
        at.parent.mkdir(parents=True)
        words = text_of(page, wordings).removeprefix(f"# {page.title}").replace("<", "&lt;")
        at.write_text(
            f'<!doctype html><html lang="ja"><meta charset="utf-8"><title>{page.title}</title><body data-pagefind-body><h1>{page.title}</h1><p>{words}</p></body></html>',
            encoding="utf-8",
        )
    (folder / "index.html").write_text(
        '<!doctype html><html lang="ja"><meta charset="utf-8"><title>ヘルプ</title>', encoding="utf-8"
    )
    subprocess.run([binary, "--site", str(folder)], check=True, capture_output=True)
    return folder


def ours(folder: Path, files: dict[str, bytes]) -> Path:
    """Write our index beside a page that runs the engine."""
    (folder / "index").mkdir(parents=True)
    for name, data in files.items():
        (folder / "index" / name).write_bytes(data)
    (folder / "search.js").write_bytes(script())
    (folder / "index.html").write_text(
        '<!doctype html><meta charset="utf-8"><script src="search.js"></script>', encoding="utf-8"
    )
    return folder


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *args: Any) -> None:
        """Say nothing."""


def serve(folder: Path) -> tuple[http.server.ThreadingHTTPServer, str]:
    """Serve a folder on a free port."""
    handler = functools.partial(_Quiet, directory=str(folder))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server, f"http://127.0.0.1:{server.server_address[1]}/"


def line(name: str, rows: list[dict[str, Any]], found: list[list[str]]) -> str:
    """Return one engine's rates."""
    pairs = list(zip(rows, found, strict=True))
    first = sum(hits[:1] != [] and hits[0] in row["ページ"] for row, hits in pairs)
    three = sum(any(hit in row["ページ"] for hit in hits[:3]) for row, hits in pairs)
    none = sum(not hits for hits in found)
    low, high = wilson(three, len(rows))
    return f"{name:32} first {first / len(rows):6.1%}  in three {three / len(rows):6.1%} [{low:.1%}, {high:.1%}]  nothing {none / len(rows):6.1%}"


def main() -> None:
    """Build the sites, ask them all, print the rates."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--queries", type=Path, default=ROOT / "tests/search/heldout-queries.yml")
    parser.add_argument("--pagefind", default="")
    parser.add_argument("--wordings", action="store_true")
    parser.add_argument("--chromium", default="/usr/bin/chromium")
    args = parser.parse_args()
    library = load(ROOT)
    indexed = entries(library, "public", "ja", date(2026, 11, 22))
    pages = [e for e in indexed if e.lang == "ja" and e.id != "index"]
    rows = [
        row
        for row in yaml.safe_load(args.queries.read_text(encoding="utf-8"))
        if row["言語"] == "ja" and row["ページ"]
    ]
    for row in rows:
        row["ページ"] = [row["ページ"]] if isinstance(row["ページ"], str) else row["ページ"]
    asked = [row["聞き方"] for row in rows]
    print(
        json.dumps({"pages": len(pages), "queries": len(rows), "wordings in the peers' pages": args.wordings})
    )
    with tempfile.TemporaryDirectory() as made, sync_playwright() as playwright:
        folder = Path(made)
        files = build(indexed, library.desk.synonyms, quiet=quiet(library))
        sites: list[tuple[str, Callable[[], Path], str]] = [
            ("Kotae", lambda: ours(folder / "ours", files), OURS),
            ("Material, lang ja", lambda: material(folder / "m1", pages, args.wordings, ""), MATERIAL),
            (
                "Material, separator by script",
                lambda: material(folder / "m2", pages, args.wordings, SEPARATOR),
                MATERIAL,
            ),
        ]
        if args.pagefind:
            sites.append(
                (
                    "Pagefind extended",
                    lambda: pagefind(folder / "p", pages, args.wordings, args.pagefind),
                    PAGEFIND,
                )
            )
        browser = playwright.chromium.launch(
            executable_path=args.chromium, args=["--no-sandbox", "--disable-gpu"]
        )
        for name, make, ask in sites:
            server, address = serve(make())
            page = browser.new_page()
            page.goto(address)
            print(line(name, rows, page.evaluate(ask, asked)), flush=True)
            page.close()
            server.shutdown()
        browser.close()


if __name__ == "__main__":
    main()
