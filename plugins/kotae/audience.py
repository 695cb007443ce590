"""Who may see what: the one place that decides. Closed by default."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from kotae.content.documents import Document
from kotae.content.library import Library

PUBLIC, INTERNAL = "public", "internal"
AUDIENCES = (PUBLIC, INTERNAL)
INSIDE = ("playbooks/", "docs/handbook/")


@dataclass(frozen=True, slots=True)
class Cut:
    """What one audience gets of a document: the common text, and the internal tail (empty for the public)."""

    common: str
    tail: str = ""


def visible(library: Library, document: Document, audience: str, today: date) -> bool:
    """Tell whether ``audience`` sees ``document`` on ``today``.

    The handbook shows everything but drafts and retired pages; the public site only what cleanly says so.
    """
    if document.status != "published":
        return False
    if audience == INTERNAL:
        return True
    return is_public(library, document) and not expired(document, today)


def is_public(library: Library, document: Document) -> bool:
    """Tell whether a document says, without any doubt, that customers may read it. Dates are not asked.

    A translation may never be more public than its source.
    """
    source = library.source(document)
    if {document.path, source.path} & library.private:
        return False  # the second repository is internal as a whole, whatever a file in it says
    return _says_public(document, source) and (
        source is document or (_says_public(source, source) and source.status == "published")
    )


def expired(document: Document, today: date) -> bool:
    """Tell whether 有効期限 has passed; a date that cannot be read has."""
    if "valid_until" not in document.fields:
        return False
    last = document.fields["valid_until"].value
    return not isinstance(last, date) or last < today


def public_place(library: Library, path: str) -> bool:
    """Tell whether a picture or attachment lies where customers' pages may take it from."""
    return path not in library.private and not path.startswith(INSIDE)


def withheld(library: Library, document: Document, today: date) -> bool:
    """Tell whether only its date keeps a public page off the public site: a note then stands at its addresses."""
    return document.status == "published" and is_public(library, document) and expired(document, today)


def retired(library: Library, document: Document) -> bool:
    """Tell whether a page was public until it was replaced: its addresses, no secret, lead to what replaced it."""
    return (
        document.status == "deprecated" and "replaced_by" in document.fields and is_public(library, document)
    )


def cut(document: Document, audience: str) -> Cut:
    """Return what ``audience`` gets of ``document``. Public text was separated when the file was read."""
    return Cut(document.common, document.tail if audience == INTERNAL else "")


def _says_public(document: Document, source: Document) -> bool:
    if not document.clean or document.kind == "playbook":
        return False
    written = document.fields.get("audience") or source.fields.get("audience")
    if document.kind == "faq":
        return written is not None and written.value == PUBLIC
    # docs/help is public by place; a field that says otherwise, or that cannot be read, closes it.
    return document.path.startswith("docs/help/") and (written is None or written.value == PUBLIC)
