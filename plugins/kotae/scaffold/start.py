"""What `kotae init` writes: one's own company in five pages and a desk, from the templates beside this file.

A template line that begins with ``?name `` is written only when there is a value for ``name``, one that begins
with ``?!name `` only when there is none. ``@@name@@`` is the value, ``@@name:q@@`` the value as YAML.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from importlib.resources.abc import Traversable
from urllib.parse import urlsplit

from kotae.desk.wording import span
from kotae.findings import Said
from kotae.scaffold.plain import escaped
from kotae.scaffold.schemas import FOLDER, editor, schemas

_SLOT = re.compile(r"@@([a-z_]+)(:q)?@@")
_LINE = re.compile(r"\?(!?)([a-z_]+) (.*)")
_MAIL = re.compile(r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")
_PHONE = re.compile(r"\+?[0-9][0-9() -]{4,20}")
NOTES = {
    "ja": {
        "setup_note": "このフォルダの .venv に Kotae を入れます。2回目からは何もしません。",
        "check_note": "すべてのページを確かめます。",
        "build_note": "確かめてから、site/help と site/handbook を作ります。",
        "serve_note": "2つのサイトをこの機械で見せます。保存すると、すぐに変わります。",
    },
    "en": {
        "setup_note": "Installs Kotae into .venv of this folder. Run again, it does nothing.",
        "check_note": "Checks every page.",
        "build_note": "Checks, then writes site/help and site/handbook.",
        "serve_note": "Shows both sites on this machine; a saved page appears at once.",
    },
}


@dataclass(frozen=True, slots=True)
class Company:
    """The answers to the questions of `kotae init`; what is empty is left out of the pages."""

    company: str
    product: str
    mail: str = "support@example.jp"
    phone: str = ""
    hours: str = "9:30-18:00"
    url: str = ""
    repository: str = ""


QUESTIONS: tuple[tuple[str, Said], ...] = (
    ("company", Said("会社の名前", "Name of the company")),
    ("product", Said("製品またはサービスの名前", "Name of the product or service")),
    ("mail", Said("お客様からのメールを受けるアドレス", "Mail address for customers")),
    ("phone", Said("お客様からの電話番号(なければ空のまま)", "Phone number for customers (empty: none)")),
    ("hours", Said("平日の受付時間", "Hours on weekdays")),
    ("url", Said("ヘルプを公開するアドレス(決まっていなければ空のまま)", "Address of the help center (empty: later)")),
    ("repository", Said("リポジトリのアドレス(決まっていなければ空のまま)", "Address of the repository (empty: later)")),
)  # fmt: skip


def fault(name: str, value: str) -> Said | None:
    """Return why ``value`` is no answer to the question ``name``, or None when it is one."""
    if any(ord(c) < 32 for c in value) or "@@" in value:
        return Said("1行の文字で書いてください。", "Write it in one line of text.")
    if name in ("company", "product") and not 1 <= len(value) <= 40:
        return Said("1文字から40文字で書いてください。", "Write 1 to 40 characters.")
    if name == "mail" and not _MAIL.fullmatch(value):
        return Said(
            "support@example.jp のようなメールアドレスを書いてください。",
            "Write a mail address such as support@example.jp.",
        )
    if name == "phone" and value and not _PHONE.fullmatch(value):
        return Said("03-0000-0000 のように書いてください。", "Write it like 03-0000-0000.")
    if name == "hours" and span(value) is None:
        return Said("9:30-18:00 のように書いてください。", "Write it like 9:30-18:00.")
    if name in ("url", "repository") and value and not _is_address(value):
        return Said(
            "https:// で始まるアドレスを書いてください。", "Write an address that begins with https://."
        )
    return None


def made(answers: Company, lang: str, today: date, version: str) -> dict[str, bytes]:
    """Return every file of a new repository by its path, in the language of the company."""
    values = _values(answers, lang, today, version)
    found: dict[str, bytes] = {}
    starter = files("kotae.scaffold") / "starter"
    for part in ("both", lang):
        for path, file in _walk(starter / part, ""):
            found[path] = filled(file.read_text(encoding="utf-8"), values).encode()
    return found | _editor()


def _editor() -> dict[str, bytes]:
    """Return what an editor needs to complete and explain the desk's lists: the schemas, and where they hold."""
    found = {
        f".vscode/{path}": text.encode() for path, text in schemas().items() if path.startswith("schemas/")
    }
    told = {
        key.replace(f"./{FOLDER}/", "./.vscode/schemas/"): held
        for key, held in editor()["yaml.schemas"].items()
    }
    found[".vscode/settings.json"] = (json.dumps({"yaml.schemas": told}, indent=2) + "\n").encode()
    return found


def filled(template: str, values: Mapping[str, str]) -> str:
    """Return a template with its values; the words of the company are no Markdown and no YAML."""
    lines = []
    for line in template.split("\n"):
        asked = _LINE.fullmatch(line)
        if asked is None:
            lines.append(line)
        elif bool(values.get(asked[2])) != bool(asked[1]):
            lines.append(asked[3])
    return _SLOT.sub(lambda m: _slot(values[m[1]], bool(m[2])), "\n".join(lines))


def _slot(value: str, quoted: bool) -> str:
    return json.dumps(value, ensure_ascii=False) if quoted else escaped(value)


def _values(answers: Company, lang: str, today: date, version: str) -> dict[str, str]:
    start, _, end = answers.hours.replace("–", "-").replace("〜", "-").replace("~", "-").partition("-")
    url = answers.url.rstrip("/")
    return {
        **{name: getattr(answers, name) for name, _ in QUESTIONS},
        **NOTES[lang],
        "url": url,
        "handbook_url": "",
        "handbook_name": f"{answers.product} 対応の手引き" if lang == "ja" else f"{answers.product} handbook",
        "hours": f"{start.strip()}-{end.strip()}",
        "hours_ja": f"平日の{start.strip()}から{end.strip()}まで",
        "hours_en": f"from {start.strip()} to {end.strip()} on weekdays",
        "lang": lang,
        "today": today.isoformat(),
        "year": str(today.year),
        "version": version,
    }


def _walk(folder: Traversable, above: str) -> list[tuple[str, Traversable]]:
    found: list[tuple[str, Traversable]] = []
    for each in sorted(folder.iterdir(), key=lambda e: e.name):
        # Stored without the dot: such names are easily lost when a package is made.
        name = (
            above + each.name.replace("dot.", ".", 1) if each.name.startswith("dot.") else above + each.name
        )
        if each.is_dir():
            found += _walk(each, f"{name}/")
        else:
            found.append((name, each))
    return found


def _is_address(value: str) -> bool:
    try:
        parts = urlsplit(value)
    except ValueError:
        return False
    return parts.scheme == "https" and bool(parts.hostname) and " " not in value
