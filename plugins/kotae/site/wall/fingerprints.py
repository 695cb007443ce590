"""What the public output must not hold: everything internal, minus what public pages, lists and the theme say."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from kotae.audience import PUBLIC, retired, visible, withheld
from kotae.content.library import Library
from kotae.site.wall.internal import addresses, secrets
from kotae.site.wall.phrases import Patterns, Phrase
from kotae.site.wall.public import addresses_of, list_texts, page_text, theme_texts

THEME = Path(__file__).parents[2] / "theme"


def fingerprints(library: Library, today: date, themes: Sequence[Path] = (THEME,)) -> Patterns:
    """Return the phrases the public output of ``library`` must not hold on ``today``.

    ``themes`` are folders whose files are printed or copied into the site: what they say is no secret.
    Forbidden words, internal hosts and internal addresses stay forbidden even where a public page writes them.
    """
    public = [d for d in library if visible(library, d, PUBLIC, today)]
    shown = {d.path for d in public}
    internal = [d for d in library if d.path not in shown]
    # At the addresses of a page whose date has passed stands a note, so they are no secret; its text is.
    closed = [d for d in internal if not (withheld(library, d, today) or retired(library, d))]
    found = [*secrets(library, public, internal, today), *addresses(library, public, closed)]
    unique: dict[tuple[object, ...], Phrase] = {}
    for phrase in found:
        if phrase.folded:
            unique.setdefault((phrase.folded, phrase.kind, phrase.always), phrase)
    patterns = Patterns(tuple(unique.values()))
    said = "\0".join(
        [
            *(page_text(library, d, today) for d in public),
            *list_texts(library),
            *addresses_of(library, public),
        ]
    )
    known = {p for p in patterns.held(said) if not p.always}
    known |= patterns.held("\0".join(theme_texts(themes)))
    return Patterns(tuple(p for p in patterns.phrases if p not in known))
