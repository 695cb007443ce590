"""The preview: both sites as they will be, rebuilt at every save; findings stand on the page."""

from __future__ import annotations

import html
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from kotae.content.library import content_folders
from kotae.findings import Finding, Severity
from kotae.site.build import FOLDERS, LeakError, Order, build
from kotae.site.engine import THEME, EngineError, live_server

_STYLE = (
    "position:fixed;inset:auto 0 0 0;z-index:99;max-height:45vh;overflow:auto;margin:0;padding:12px 20px;background:#fff0b8;"
    "color:#22262a;font:15px/1.7 sans-serif;box-shadow:0 -2px 12px #0004"
)


@dataclass
class Preview:
    """What the preview shows now: the last good sites, and what stands in the way of newer ones."""

    order: Order
    messages: str
    notes: list[str] = field(default_factory=list)
    tell: Callable[[str], None] = print

    def rebuild(self) -> None:
        """Build again; on an error the last good sites stay and the notes say why. Never raises on content."""
        try:
            built = build(self.order)
        except LeakError as error:
            self.notes = [leak.said.in_(self.messages) for leak in error.leaks[:5]]
        except (EngineError, OSError) as error:
            self.notes = [str(error)]
        else:
            self.notes = (
                []
                if built.published
                else [self._line(f) for f in built.findings if f.severity is Severity.ERROR]
            )
        for note in self.notes[:5]:
            self.tell(note)

    def _line(self, finding: Finding) -> str:
        return f"{finding.path}:{finding.line} {finding.message.in_(self.messages)} ({finding.rule})"

    def on_page(self, serve: Callable[..., Iterable[bytes]]) -> Callable[..., Iterable[bytes]]:
        """Wrap a WSGI application so that every page carries the notes."""

        def wrapped(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
            told: list[Any] = []
            body = b"".join(
                serve(environ, lambda status, headers, *rest: told.append((status, headers, rest)))
            )
            status, headers, rest = told[0]
            if self.notes and any(k.lower() == "content-type" and "html" in v for k, v in headers):
                body = body.replace(b"</body>", self._banner().encode() + b"</body>", 1)
                headers = [(k, v) for k, v in headers if k.lower() != "content-length"] + [
                    ("Content-Length", str(len(body)))
                ]
            start_response(status, headers, *rest)
            return [body]

        return wrapped

    def _banner(self) -> str:
        title = "Not published yet" if self.messages == "en" else "まだ公開できません(画面は前の内容です)"
        rows = "".join(f"<li>{html.escape(note)}</li>" for note in self.notes[:5])
        return f'<aside role="status" style="{_STYLE}"><b>{title}</b><ul>{rows}</ul></aside>'


def serve(order: Order, host: str, port: int, messages: str, tell: Callable[[str], None]) -> None:
    """Serve both sites until interrupted. Raises OSError when the address is taken."""
    preview = Preview(replace(order, out=order.out), messages, tell=tell)
    order.out.mkdir(parents=True, exist_ok=True)
    watched = [*content_folders(order.root), THEME]
    server = live_server(preview.rebuild, host, port, order.out, watched)
    server.set_app(preview.on_page(server.serve_request))
    server.error_handler = lambda code: _choice(order.out).encode() if code == 404 else None
    preview.rebuild()
    for audience in order.audiences:
        tell(f"  http://{host}:{port}/{FOLDERS[audience]}/")
    try:
        server.serve()
    finally:
        server.shutdown()  # else its thread keeps the process alive after Ctrl-C


def _choice(out: Path) -> str:
    links = "".join(
        f'<li><a href="/{name}/">{name}</a></li>' for name in FOLDERS.values() if (out / name).is_dir()
    )
    return (
        f"<!doctype html><meta charset=utf-8><title>Kotae</title><body><h1>Kotae</h1><ul>{links}</ul></body>"
    )
