"""Known attacks by markup as text and as every field of pages of both sites, printed for real: in Chromium no script runs.

KOTAE_XSS_LISTS names further lists, separated by ":": files of one attack a line, JSON lists, Markdown whose code blocks are
attacks (OWASP's XSS Filter Evasion Cheat Sheet) or DOMPurify's test/fixtures/expect.mjs.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from kotae.content.schema import KEYS
from kotae.site import build as building
from kotae.site.build import Order
from workshop import DAY, copy_site

TESTS = Path(__file__).parent.parent
# Whatever an attack calls, it is noted; so is whatever it could only call when somebody clicks.
NOTE = """
window.ran = [];
for (const name of ["ran", "alert", "confirm", "prompt", "print", "xss", "XSS", "log"])
  window[name === "ran" ? "__ran" : name] = (...words) => window.ran.push(name);
window.ran.push = new Proxy(window.ran.push, {apply(push, list, words) { console.log("SCRIPT-RAN " + words); return push.apply(list, words); }});
"""
LOOK = """() => {
  const found = [];
  const main = document.querySelector("main") || document.body;
  for (const each of document.querySelectorAll("*")) {
    for (const {name, value} of each.attributes) {
      if (/^on/i.test(name)) found.push(`${each.tagName} ${name}`);
      if (/^(href|src|action|formaction|xlink:href|data|srcdoc|poster|background)$/i.test(name)
          && /^[\\0-\\x20]*(javascript|vbscript|data:(?!image\\/(png|gif|jpe?g|webp|svg\\+xml))|livescript|mocha)/i.test(value))
        found.push(`${each.tagName} ${name}=${value.slice(0, 40)}`);
    }
  }
  for (const each of main.querySelectorAll("script:not([type='application/json']):not([type='application/ld+json']), object, embed, base, meta, link, form[action], style"))
    if (!each.closest("kotae-search, kotae-votes, form")) found.push(each.outerHTML.slice(0, 80));
  for (const each of main.querySelectorAll("*"))
    for (const kind of ["mouseover", "mouseenter", "focus", "blur", "pointerdown", "mousedown", "keydown", "toggle", "load", "error", "input"])
      each.dispatchEvent(new Event(kind, {bubbles: false}));
  return found;
}"""


def attacks() -> list[str]:
    found = (TESTS / "wall/vectors.txt").read_text(encoding="utf-8").splitlines()
    found += json.loads((TESTS / "vendor/bleach-vectors.json").read_text(encoding="utf-8"))
    for name in filter(None, os.environ.get("KOTAE_XSS_LISTS", "").split(":")):
        found += _list(Path(name))
    return list(dict.fromkeys(each for each in found if each.strip()))


def _list(path: Path) -> list[str]:
    text = path.read_text(encoding="utf-8", errors="replace")
    if path.suffix == ".md":
        return [
            block.strip("\n") for block in re.findall(r"^```\w*\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
        ]
    if path.suffix == ".mjs":
        return [json.loads(f'"{each}"') for each in re.findall(r'"payload"\s*:\s*"((?:[^"\\]|\\.)*)"', text)]
    return [str(each) for each in json.loads(text)] if path.suffix == ".json" else text.splitlines()


def fields(kind: str, audience: str, words: str) -> str:
    """Write every field of the schema with the attack in it, as far as its kind lets it be."""
    lines = [f"公開範囲: {audience}"] if audience else []
    for key in KEYS:
        if kind not in key.kinds or key.en in ("audience", "status", "valid_until", "id", "first_reply"):
            continue
        word = json.dumps(words, ensure_ascii=False)
        plain = {"choices": "[メール]", "choice": "高", "day": DAY, "span": "90d", "waivers": "[]"}
        lines.append(f"{key.ja}: {plain.get(key.kind, f'[{word}]' if key.kind == 'texts' else word)}")
    return "---\n" + "\n".join(lines) + "\n---\n"


def page(number: int, words: str) -> str:
    """Put the attack into every place of a text: heading, answer, list, table, link, picture, code, HTML."""
    line = " ".join(words.split())
    return (
        f'# 質問{number} {line} のことですか？\n\nはい。{line} です。[戸口]({line}) ![{line}]({line} "{line}")\n\n'
        f"## 手順 {line}\n\n- {line}\n\n| a | {line} |\n|---|---|\n| {line} | b |\n\n"
        f"[戸][{number}]\n\n[{number}]: {line}\n\n{words}\n\n> {words}\n\n## 終わり\n\n<p title='{line}'>{line}</p>\n"
    )


@pytest.fixture(scope="module")
def attacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Both sites with one page an attack, printed although the checks and the last scan would have stopped them."""
    root = copy_site("small", tmp_path_factory.mktemp("attacked") / "repository")
    for number, words in enumerate(attacks()):
        (root / f"faq/login/attack-{number}.md").write_text(
            fields("faq", "お客様に公開", words) + page(number, words), encoding="utf-8", errors="replace"
        )
        if number % 4 == 0:
            (root / f"playbooks/billing/attack-{number}.md").write_text(
                fields("playbook", "", words) + page(number, words), encoding="utf-8", errors="replace"
            )
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(building, "check", lambda *_, **__: ())
        patch.setattr(building, "find_leaks", lambda *_, **__: [])
        built = building.build(Order(root, root / "out", date.fromisoformat(DAY)))
    assert built.published
    return root / "out"


@pytest.mark.parametrize("site", ["help", "handbook"])
def test_no_script_runs_in_chromium(
    attacked: Path, chromium: Any, served: Callable[[Path], str], site: str
) -> None:
    base, trouble = served(attacked / site), list[str]()
    window = chromium.new_page()
    window.add_init_script(NOTE)
    window.on(
        "dialog", lambda dialog: (trouble.append(f"{window.url} dialog {dialog.message}"), dialog.dismiss())
    )
    window.on(
        "console",
        lambda said: trouble.append(f"{window.url} {said.text}") if "SCRIPT-RAN" in said.text else None,
    )
    window.on(
        "request",
        lambda asked: _outside(asked.url, base) and trouble.append(f"{window.url} asks for {asked.url}"),
    )
    paths = sorted(p.relative_to(attacked / site).as_posix() for p in (attacked / site).rglob("*.html"))
    # A sign that leads on at once is no page anybody reads.
    shown = [p for p in paths if b'http-equiv="refresh"' not in (attacked / site / p).read_bytes()]
    if site == "handbook":
        shown = [p for p in shown if not p.startswith("login/attack-")]  # the same text as in the help center
    ours = [p for p in shown if "attack-" in p]
    assert len(ours) >= (len(attacks()) if site == "help" else len(attacks()) // 4)
    for path in shown:
        window.goto(f"{base}/{path}", wait_until="load")
        trouble += [f"{path} {found}" for found in window.evaluate(LOOK)]
        assert window.url.startswith(base), path
        trouble += [f"{path} {name}" for name in window.evaluate("window.ran")]
    window.goto(f"{base}/search/?q=script")
    window.wait_for_timeout(500)
    trouble += [f"search {found}" for found in window.evaluate(LOOK)] + list(window.evaluate("window.ran"))
    window.close()
    print(f"{site}: {len(attacks())} attacks on {len(ours)} pages, {len(shown)} visited, {len(trouble)} ran")
    assert trouble[:20] == []


def test_the_judge_sees_scripts_that_run(chromium: Any, tmp_path: Path) -> None:
    """The same attacks without Kotae between them and the browser: the noticing itself is tested."""
    window = chromium.new_page()
    window.add_init_script(NOTE)
    window.on("dialog", lambda dialog: dialog.dismiss())
    ran = 0
    for number, words in enumerate(attacks()[:60]):
        (tmp_path / f"{number}.html").write_text(
            f"<!doctype html><body><main>{words}</main>", encoding="utf-8", errors="replace"
        )
        window.goto((tmp_path / f"{number}.html").as_uri())
        ran += bool(window.evaluate(LOOK) or window.evaluate("window.ran"))
    window.close()
    assert ran > 40


def _outside(url: str, base: str) -> bool:
    return not url.startswith((base, "data:", "blob:", "about:"))
