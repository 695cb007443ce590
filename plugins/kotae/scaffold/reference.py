"""The reference pages, made from the rules, the settings and the fields themselves; `--check` proves them fresh."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kotae.content.schema import KEYS, Key
from kotae.findings import Said
from kotae.rules.registry import RULES, Rule
from kotae.scaffold.schemas import schemas
from kotae.settings import table

_MADE = "<!-- 自動で作られています。直すときは {source} を直し、`kotae rules --write docs/kotae/reference` を実行します。 -->\n"
_EXPECTED = re.compile(r" *<!-- (?:error|warning|info): (KT\d{3}) -->")
_EXAMPLE = re.compile(r"^(Bad|Good):\n````markdown\n(.*?)\n````$", re.MULTILINE | re.DOTALL)
_WEIGHT = {
    "error": Said("直すまで公開されません", "stops publication"),
    "warning": Said("お知らせ", "a warning"),
    "info": Said("参考", "for information"),
}
_KINDS = {"faq": "質問 / FAQ", "playbook": "手順書 / playbook", "page": "ページ / page"}


@dataclass(frozen=True, slots=True)
class Explained:
    """What a rule's docstring says."""

    why: Said
    bad: str
    good: str


def explained(rule: Rule) -> Explained:
    """Read なぜ, Why, Bad and Good from a rule's docstring."""
    why = dict(re.findall(r"^(なぜ|Why): (.+)$", rule.doc, re.MULTILINE))
    example = dict(_EXAMPLE.findall(rule.doc))
    return Explained(
        Said(why.get("なぜ", ""), why.get("Why", "")), example.get("Bad", ""), example.get("Good", "")
    )


def pages() -> dict[str, str]:
    """Return every page of the reference by its path below docs/kotae/reference."""
    made = {"settings.md": _settings(), "fields.md": _fields(), "rules/index.md": _index()}
    for family, rules in families().items():
        made[f"rules/{family}.md"] = _family(family, rules)
    return made | schemas()


def families() -> dict[str, list[Rule]]:
    """Return the rules by family, both in the order of their ids."""
    found: dict[str, list[Rule]] = {}
    for rule in sorted(RULES.values(), key=lambda r: r.id):
        found.setdefault(rule.family, []).append(rule)
    return found


def _index() -> str:
    lines = [_MADE.format(source="plugins/kotae/rules/"), "# 確かめること / Rules", ""]
    lines += [
        "`kotae rules KT601` で、端末でも同じ説明を読めます。 / The same words in the terminal: `kotae rules KT601`.",
        "",
    ]
    lines += ["| 番号 / id | 名前 / name | 重さ / weight | 文 / sentence |", "|---|---|---|---|"]
    for family, rules in families().items():
        for rule in rules:
            link = f"[{rule.id}]({family}.md#{rule.id.lower()}-{rule.name})"
            said = f"{rule.sentence('ja')}<br>{rule.sentence('en')}"
            lines.append(f"| {link} | {rule.name} | {_weight(rule)} | {_cell(said)} |")
    return _text(lines)


def _family(family: str, rules: list[Rule]) -> str:
    source = f"plugins/kotae/rules/{family}.py"
    lines = [_MADE.format(source=source), f"# {family}", "", "[一覧へ / All rules](index.md)", ""]
    for rule in rules:
        about = explained(rule)
        lines += [
            f"## {rule.id} {rule.name}",
            "",
            f"> {rule.sentence('ja')}",
            ">",
            f"> {rule.sentence('en')}",
            "",
        ]
        lines += [f"{_weight(rule)}", "", f"**なぜ** {about.why.ja}", "", f"**Why** {about.why.en}", ""]
        lines += [
            "**直す前 / Bad**",
            "",
            *_example(about.bad),
            "**直したあと / Good**",
            "",
            *_example(about.good),
        ]
    return _text(lines)


def _weight(rule: Rule) -> str:
    said = _WEIGHT[rule.severity.value]
    time = "。日付だけで起こります / caused by the calendar alone" if rule.time else ""
    never = "" if rule.waivable else "。例外にできません / cannot be waived"
    return f"{said.ja} / {said.en}{time}{never}"


def shown(case: str) -> str:
    """Return an example as people read it: what is expected of a line becomes an arrow."""
    return _EXPECTED.sub(r"  ← \1", case)


def _example(case: str) -> list[str]:
    """Show a case file by file."""
    lines: list[str] = []
    text = shown(case)
    if "=== " not in text:
        text = f"=== faq/billing/refund.md\n{text}"
    for part in re.split(r"^=== ", text, flags=re.MULTILINE)[1:]:
        name, _, body = part.partition("\n")
        path, _, rest = name.partition(" ")
        lines += [f"`{path}` {rest}".rstrip(), "", "````text", *body.strip("\n").split("\n"), "````", ""]
    return lines


def _settings() -> str:
    lines = [_MADE.format(source="plugins/kotae/settings.py"), "# 設定 / Settings", ""]
    lines += [
        "`desk/settings.yml` に書きます。日本語の名前と英語の名前は同じ意味です。 / They stand in `desk/settings.yml`; both names mean the same.",
        "",
    ]
    lines += ["| 名前 / key | 初期値 / default | 説明 / meaning |", "|---|---|---|"]
    for name, ja, default, said in table():
        lines.append(
            f"| {ja}<br>`{name}` | {_cell(_default(default))} | {_cell(f'{said.ja}<br>{said.en}')} |"
        )
    return _text(lines)


def _default(value: object) -> str:
    if isinstance(value, dict):
        return "<br>".join(f"`{k}: {v}`" for k, v in value.items())
    if isinstance(value, tuple):
        return ", ".join(f"`{v}`" for v in value) or "–"
    return f"`{value}`" if value not in ("", None) else "–"


def _fields() -> str:
    lines = [_MADE.format(source="plugins/kotae/content/schema.py"), "# 先頭の項目 / Front matter", ""]
    lines += [
        "日本語の名前と英語の名前、日本語の値と英語の値は同じ意味です。 / Japanese and English keys and values mean the same.",
        "",
    ]
    lines += ["| 名前 / key | 使うところ / used in | 値 / values | 説明 / meaning |", "|---|---|---|---|"]
    for key in KEYS:
        used = "<br>".join(words for kind, words in _KINDS.items() if kind in key.kinds)
        lines.append(
            f"| {key.ja}<br>`{key.en}` | {used} | {_values(key)} | {_cell(f'{key.said.ja}<br>{key.said.en}')} |"
        )
    return _text(lines)


def _values(key: Key) -> str:
    groups: dict[str, list[str]] = {}
    for written, meaning in key.values.items():
        groups.setdefault(meaning, []).append(written)
    if groups:
        return "<br>".join(" / ".join(dict.fromkeys(words)) for words in groups.values())
    return {"day": "2026-11-20", "span": "90d, 6か月", "texts": "並び / list"}.get(key.kind, "文字 / text")


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


def _text(lines: list[str]) -> str:
    return "\n".join(lines).rstrip("\n") + "\n"
