"""Which playbook a link calls, and whether what is called always answers the customer."""

from __future__ import annotations

import posixpath
from urllib.parse import unquote

from kotae.content.documents import Document, Playbook
from kotae.content.library import Library


def called(library: Library, document: Document, target: str) -> Document | None:
    """Return the document a way leads to; a playbook in the language of ``document`` where there is one."""
    path = posixpath.normpath(posixpath.join(posixpath.dirname(document.path), unquote(target)))
    found = library.by_path.get(path)
    return (library.twin(found, document.lang) or found) if found else None


def named(library: Library, document: Document, name: str) -> Playbook | None:
    """Return the playbook called ``name`` (its id) in the language of ``document``, else in the first language."""
    for lang in (document.lang, library.desk.settings.languages[0]):
        found = library.by_id.get(("playbook", name, lang))
        if isinstance(found, Playbook):
            return found
    return None
