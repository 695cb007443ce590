"""Which document stands at which address, and where a link written in the source leads."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from kotae.content.documents import Document
from kotae.content.library import Library
from kotae.content.markdown import Link

_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:|//")


def address(path: str, first_lang: str = "ja") -> str:
    """Return the address of a source path, relative to the site's root, ending in a slash (the home page is empty).

    ``faq/billing/refund.en.md`` is ``en/billing/refund/``, a playbook stands under ``playbooks/``, a handbook
    page under ``handbook/``. The same in both sites, so that one rendering serves both.
    """
    name = path.removesuffix(".md")
    lang = "en" if name.endswith(".en") else "ja"
    name = name.removesuffix(".en")
    for prefix, instead in (("faq/", ""), ("docs/help/", ""), ("docs/handbook/", "handbook/")):
        if name.startswith(prefix):
            name = instead + name.removeprefix(prefix)
            break
    if name in ("index", "handbook/index"):
        name = ""
    name = name.removesuffix("/index")
    prefix = "" if lang == first_lang else f"{lang}/"
    return f"{prefix}{name}/" if name else prefix


def permanent(document: Document, first_lang: str = "ja") -> str:
    """Return the address that never changes: ``a/<id>/``, playbooks ``a/playbook/<id>/``."""
    prefix = "" if document.lang == first_lang else f"{document.lang}/"
    middle = "playbook/" if document.kind == "playbook" else ""
    return f"{prefix}a/{middle}{document.id}/"


def file_address(path: str) -> str:
    """Return the address of an image or attachment."""
    return f"files/{path}"


def relative(source: str, target: str) -> str:
    """Return the reference from the page at address ``source`` to the address ``target``."""
    up = "../" * source.count("/")
    return f"{up}{target}" or "./"


@dataclass(frozen=True, slots=True)
class Led:
    """Where a link leads: ``path`` in the repository (None: outside it, or another site), and the anchor."""

    link: Link
    path: str | None
    anchor: str
    document: Document | None = None
    external: bool = False
    outside: bool = False


def lead(library: Library, document: Document, link: Link) -> Led:
    """Follow a link as written in ``document``."""
    target = link.target.strip()
    if _SCHEME.match(target):
        return Led(link, None, "", external=True)
    parts = urlsplit(target)
    anchor = unquote(parts.fragment)
    if not parts.path:
        return Led(link, document.path, anchor, document)
    if parts.path.startswith("/"):
        return Led(link, None, anchor, outside=True)
    path = posixpath.normpath(posixpath.join(posixpath.dirname(document.path), unquote(parts.path)))
    if path.startswith("../"):
        return Led(link, None, anchor, outside=True)
    found = library.by_path.get(path)
    if found is None and parts.path.endswith("/"):
        path = f"{path}/index.md"
        found = library.by_path.get(path)
    return Led(link, path, anchor, found)


def leads(library: Library, document: Document) -> tuple[tuple[Led, ...], tuple[Led, ...]]:
    """Follow every link of the common text, and every link of the internal section."""
    return (
        tuple(lead(library, document, link) for link in document.outline.links),
        tuple(lead(library, document, link) for link in document.tail_outline.links),
    )
