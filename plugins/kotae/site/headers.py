"""What a web server must say with every page: a strict Content-Security-Policy and its companions, as ready files.

Computed from the settings and the public contacts, so that the policy allows what the pages do and nothing else.
The files stand outside the published folders; nothing in them is secret.
"""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit

from kotae.audience import AUDIENCES, INTERNAL, PUBLIC
from kotae.desk.lists import Desk

FOREVER = "public, max-age=31536000, immutable"
# Below these every address holds a hash, in its name or as ?v=: a new content has a new address.
HASHED = "/assets/"
_FORMS, _MAILS = ("フォーム", "form"), ("メール", "mail")
# What may stand in a host source without ending the directive or adding another.
_ORIGIN = re.compile(r"https?://[A-Za-z0-9.-]+(?::[0-9]{1,5})?|https?://\[[0-9A-Fa-f:.]+\](?::[0-9]{1,5})?")


def policy(desk: Desk) -> dict[str, str]:
    """Return the Content-Security-Policy as directive -> sources, the same for both sites."""
    settings = desk.settings
    contacts = [c for c in desk.contacts.values() if c.public]
    forms = [c.value for c in contacts if c.kind in _FORMS]
    mails = any(c.kind in _MAILS for c in contacts)
    frames = [f"https://{host}" for host in settings.iframe_hosts]
    return {
        "default-src": "'none'",
        "script-src": "'self'",
        "style-src": "'self'",
        "img-src": "'self' data:",  # data: for the signs in the stylesheets
        "font-src": "'self'",
        "media-src": "'self'",
        "connect-src": _sources("'self'", settings.event_endpoint),
        "form-action": _sources("'self'", *forms) + (" mailto:" if mails else ""),
        "frame-src": _sources("", *frames) or "'none'",
        "base-uri": "'none'",
        "object-src": "'none'",
        "frame-ancestors": "'none'",
    }


def _sources(first: str, *addresses: str) -> str:
    origins = [origin(address) for address in addresses]
    return " ".join(dict.fromkeys(source for source in (first, *origins) if source))


def origin(address: str) -> str:
    """Return scheme, host and port of an address; empty for a relative one and for what is no address."""
    try:
        parts = urlsplit(address.strip())
        port = f":{parts.port}" if parts.port else ""
        host = f"[{parts.hostname}]" if parts.hostname and ":" in parts.hostname else parts.hostname or ""
    except ValueError:
        return ""
    made = f"{parts.scheme}://{host.encode('idna').decode() if not host.isascii() else host}{port}"
    return made if _ORIGIN.fullmatch(made) else ""


def line(directives: Mapping[str, str], *without: str) -> str:
    """Return directives as one line of a header."""
    return "; ".join(f"{name} {sources}" for name, sources in directives.items() if name not in without)


def headers(desk: Desk, audience: str) -> dict[str, str]:
    """Return the headers every answer of one site carries."""
    made = {
        "Content-Security-Policy": line(policy(desk)),
        "X-Content-Type-Options": "nosniff",
        # The address of a handbook page tells what a customer asked; other sites get none of it.
        "Referrer-Policy": "same-origin" if audience == INTERNAL else "strict-origin-when-cross-origin",
        "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=()",
        "Cross-Origin-Opener-Policy": "same-origin",
    }
    if audience == INTERNAL:
        made["X-Robots-Tag"] = "noindex, nofollow"
    return made


def header_files(desk: Desk) -> dict[str, str]:
    """Return name -> text of the ready files of both sites; the caller writes them."""
    files: dict[str, str] = {}
    for audience in AUDIENCES:
        name = "help" if audience == PUBLIC else "handbook"
        said = headers(desk, audience)
        files[f"{name}.nginx.conf"] = _nginx(said, audience)
        files[f"{name}._headers"] = _plain(said, audience)
        files[f"{name}.meta.html"] = meta(desk, audience) + "\n"
    return files


def _forever(audience: str) -> str:
    return FOREVER if audience == PUBLIC else FOREVER.replace("public", "private")


def _other(audience: str) -> str:
    return "no-cache" if audience == PUBLIC else "private, no-cache"


def _nginx(said: Mapping[str, str], audience: str) -> str:
    lines = [
        "# Written by kotae build. In a server block:  include /path/to/this/file;",
        "# A location with an add_header of its own inherits none of these: include the file there again.",
        f'set $kotae_cache "{_other(audience)}";',
        f'if ($request_uri ~ "^{HASHED}.*(\\?v=|\\.[0-9a-f]+\\.min\\.css)") {{ set $kotae_cache "{_forever(audience)}"; }}',
        "add_header Cache-Control $kotae_cache;",
        *(f'add_header {name} "{value}" always;' for name, value in said.items()),
    ]
    return "\n".join(lines) + "\n"


def _plain(said: Mapping[str, str], audience: str) -> str:
    lines = ["# Written by kotae build. Copy it to the root of the site as _headers.", "/*"]
    lines += [f"  {name}: {value}" for name, value in said.items()]
    lines += [f"{HASHED}*", f"  Cache-Control: {_forever(audience)}"]
    return "\n".join(lines) + "\n"


def meta(desk: Desk, audience: str) -> str:
    """Return the policy as elements of <head>; they carry neither frame-ancestors nor the other headers."""
    content = html.escape(line(policy(desk), "frame-ancestors"), quote=False)
    return (
        f'<meta http-equiv="Content-Security-Policy" content="{content}">\n'
        f'<meta name="referrer" content="{headers(desk, audience)["Referrer-Policy"]}">'
    )


def write_header_files(desk: Desk, folder: Path) -> None:
    """Write the ready files into ``folder``. Raises OSError where the disk cannot be written."""
    for name, text in header_files(desk).items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")
