"""Ask the published sites from outside: does the handbook want a login, does the help center send its headers?"""

from __future__ import annotations

import http.client
import ssl
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from email.message import Message
from urllib.error import HTTPError, URLError
from urllib.parse import urljoin, urlsplit
from urllib.request import HTTPRedirectHandler, HTTPSHandler, Request, build_opener

from kotae.findings import Said

# What must never be read without a login, besides the first page: lists of pages, the search index.
HANDBOOK_PATHS = ("", "playbooks/", "topics/", "search-ja/directory.js")
WANTED = (
    "Content-Security-Policy",
    "X-Content-Type-Options",
    "Referrer-Policy",
)
_LOGIN = {301, 302, 303, 307, 308}
_AGENT = "kotae-preflight/1"


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server said: its status (0: it could not be asked, ``trouble`` says why) and its headers, lower case."""

    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    trouble: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One result, for one address."""

    good: bool
    said: Said


Ask = Callable[[str], Answer]


class _Stay(HTTPRedirectHandler):
    def redirect_request(self, *args: object, **kwargs: object) -> None:
        return None


def ask(address: str, timeout: float = 10.0) -> Answer:
    """GET ``address`` without any login and without following a redirect. Never raises."""
    opener = build_opener(_Stay, HTTPSHandler(context=ssl.create_default_context()))
    request = Request(address, headers={"User-Agent": _AGENT, "Accept": "text/html,*/*"})
    try:
        with opener.open(request, timeout=timeout) as answer:
            return Answer(answer.status, _lower(answer.headers))
    except HTTPError as error:
        with error:
            return Answer(error.code, _lower(error.headers))
    except (URLError, OSError, ValueError, http.client.HTTPException) as error:
        reason = getattr(error, "reason", None) or error
        return Answer(0, trouble=str(getattr(reason, "strerror", None) or reason))


def _lower(headers: Message) -> dict[str, str]:
    return {name.lower(): value for name, value in headers.items()}


def closed(address: str, asked: Ask = ask) -> list[Line]:
    """Tell for the handbook at ``address``, page by page, whether it keeps out who has no login."""
    base = address.rstrip("/") + "/"
    return [_closed(urljoin(base, path), asked(urljoin(base, path))) for path in HANDBOOK_PATHS]


def _closed(address: str, answer: Answer) -> Line:
    if answer.status in (401, 403):
        return Line(
            True,
            Said(
                f"{address} ログインなしでは読めません({answer.status})。",
                f"{address} cannot be read without a login ({answer.status}).",
            ),
        )
    if answer.status in _LOGIN:
        target = urljoin(address, answer.headers.get("location", ""))
        if _leads_to_login(address, target):
            host = urlsplit(target).netloc
            return Line(
                True,
                Said(
                    f"{address} ログイン画面({host})に移ります({answer.status})。",
                    f"{address} leads to a login at {host} ({answer.status}).",
                ),
            )
        return Line(
            False,
            Said(
                f"{address} 同じサイトの {target} に移るだけで、ログインを求めていません({answer.status})。そのアドレスでもう一度確かめてください。",
                f"{address} only leads to {target} on the same site and asks for no login ({answer.status}). Ask again with that address.",
            ),
        )
    if answer.status == 0:
        return Line(
            False,
            Said(
                f"{address} に聞けませんでした({answer.trouble})。アドレスとネットワークを確かめてください。",
                f"{address} could not be asked ({answer.trouble}). See the address and the network.",
            ),
        )
    if 200 <= answer.status < 300:
        return Line(
            False,
            Said(
                f"{address} ログインなしで読めます({answer.status})。いますぐ公開を止めて、ログインを前に置いてください。",
                f"{address} CAN BE READ WITHOUT A LOGIN ({answer.status}). Take it offline now and put a login in front.",
            ),
        )
    return Line(
        False,
        Said(
            f"{address} ログインで守られているか分かりません({answer.status})。401、403、またはログイン画面への移動を返すようにしてください。",
            f"{address} does not show whether a login protects it ({answer.status}). It should answer 401, 403 or lead to a login.",
        ),
    )


def _leads_to_login(address: str, target: str) -> bool:
    # Another host, or a path of the login's own: adding a slash, https or a language is no login.
    here, there = urlsplit(address), urlsplit(target)
    if there.scheme not in ("http", "https"):
        return False
    if there.hostname != here.hostname:
        return not _same_site(here.hostname or "", there.hostname or "")
    words = (there.path + "?" + there.query).lower()
    return any(word in words for word in ("login", "signin", "sign_in", "oauth", "auth", "saml", "sso"))


def _same_site(one: str, other: str) -> bool:
    return one.removeprefix("www.") == other.removeprefix("www.")


def sends_headers(address: str, asked: Ask = ask) -> list[Line]:
    """Tell whether the help center at ``address`` can be read and sends the headers `kotae build` wrote."""
    base = address.rstrip("/") + "/"
    answer = asked(base)
    if answer.status != 200:
        why = f"{answer.status}" if answer.status else answer.trouble
        return [
            Line(
                False,
                Said(
                    f"{base} ヘルプを読めません({why})。", f"{base} the help center cannot be read ({why})."
                ),
            )
        ]
    lines = [_sends(base, name, answer.headers.get(name.lower(), "")) for name in WANTED]
    csp = answer.headers.get("content-security-policy", "")
    if csp and ("'unsafe-inline'" in csp or "'unsafe-eval'" in csp):
        lines.append(
            Line(
                False,
                Said(
                    f"{base} Content-Security-Policy がゆるめられています。headers フォルダのファイルをそのまま使ってください。",
                    f"{base} its Content-Security-Policy is loosened. Use the file of the headers folder as it is.",
                ),
            )
        )
    return lines


def _sends(address: str, name: str, value: str) -> Line:
    if value:
        return Line(True, Said(f"{address} {name} が付いています。", f"{address} sends {name}."))
    return Line(
        False,
        Said(
            f"{address} {name} が付いていません。headers フォルダのファイルをサーバーの設定に入れてください。",
            f"{address} does not send {name}. Include the file of the headers folder in the server's configuration.",
        ),
    )
