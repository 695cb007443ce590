"""What a change reaches: the pages that link to, quote, translate or name what was touched."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kotae.content.documents import Document
from kotae.content.library import Library
from kotae.content.reading import place
from kotae.links.addresses import leads
from kotae.links.quotes import quoted_faq, quotes

# Lists nothing on a page is judged by, or that name their pages themselves.
_OWN = ("desk/reviews/", "desk/queries.yml", "desk/synonyms.yml", "desk/ids.lock", "desk/addresses.lock")
_FACTS = "desk/facts.yml"
_NAMING = ("related", "playbook", "replaced_by", "first_reply")


def concerned(library: Library, touched: Iterable[str]) -> frozenset[str]:
    """Return the touched paths and every path that depends on one of them; a list of the desk reaches all pages."""
    paths = set(touched)
    if any(p.startswith("desk/") and not p.startswith(_OWN) and p != _FACTS for p in paths):
        return frozenset(paths | {d.path for d in library})
    quoting = {d.path: set(_quoted(library, d)) for d in library}
    reached = set(paths)
    while True:
        # A changed fact changes the answer that quotes it, and so the message that quotes the answer.
        more = {path for path, sources in quoting.items() if path not in reached and sources & reached}
        if not more:
            break
        reached |= more
    names = {place(p)[3] for p in paths if p.endswith(".md")}
    names |= {library.by_path[p].id for p in paths if p in library.by_path}
    for document in library:
        if document.path not in reached and _depends(library, document, paths, names):
            reached.add(document.path)
    return frozenset(reached)


def _quoted(library: Library, document: Document) -> Iterator[str]:
    for text in (document.common, document.tail):
        if "{{" not in text:
            continue
        for quote in quotes(text):
            if quote.kind == "fact":
                yield _FACTS
            elif found := quoted_faq(quote.name, library, document.lang):
                yield found.path


def _depends(library: Library, document: Document, paths: set[str], names: set[str]) -> bool:
    if library.source(document).path in paths:
        return True
    if any(_named(library, document, names)):
        return True
    return any(led.path in paths for group in leads(library, document) for led in group)


def _named(library: Library, document: Document, names: set[str]) -> Iterator[bool]:
    for key in _NAMING:
        value = library.value(document, key)
        for each in value if isinstance(value, tuple) else (value,):
            yield each in names
