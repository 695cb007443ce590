"""sitemap.xml and robots.txt."""

from __future__ import annotations

from datetime import date
from xml.sax.saxutils import escape

from kotae.audience import PUBLIC
from kotae.site.edition import Edition


def sitemap(edition: Edition) -> bytes:
    """Return the sitemap of the help center: what is public, with the day it was last confirmed."""
    base = edition.library.desk.settings.url.rstrip("/")
    rows: list[tuple[str, date | None]] = []
    for lang in edition.languages:
        rows += [(f"{edition.home(lang)}{t.id}/", None) for t in edition.topics(PUBLIC, lang)]
        for d in edition.documents(PUBLIC, lang):
            reviewed = d.fields.get("reviewed")
            day = reviewed.value if reviewed and isinstance(reviewed.value, date) else None
            rows.append((edition.address(d), day))
    lines = [
        f"<url><loc>{escape(f'{base}/{at}')}</loc>{f'<lastmod>{day.isoformat()}</lastmod>' if day else ''}</url>"
        for at, day in sorted(set(rows), key=lambda row: row[0])
    ]
    head = '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
    return (head + "\n".join(lines) + "\n</urlset>\n").encode()


def robots(edition: Edition, audience: str) -> bytes:
    """Return robots.txt: the handbook asks every crawler to stay away, though a login must keep it."""
    if audience != PUBLIC:
        return b"User-agent: *\nDisallow: /\n"
    base = edition.library.desk.settings.url.rstrip("/")
    return ("User-agent: *\nAllow: /\n" + (f"Sitemap: {base}/sitemap.xml\n" if base else "")).encode()
