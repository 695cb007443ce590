"""What Markdown printed, without anything that could run, load from elsewhere or pretend to be the page's own frame.

Content is not trusted: it may come from a pull request. Allowed is what is listed here and nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from urllib.parse import urlsplit

from nh3 import Cleaner

_BLOCKS = "address article aside blockquote dd details div dl dt figcaption figure footer h1 h2 h3 h4 h5 h6 header hr li ol p pre section summary ul"
_INLINE = "a abbr b bdi bdo br cite code data del dfn em i ins kbd label mark q rp rt ruby s samp small span strong sub sup time u var wbr"
_TABLES = "caption col colgroup table tbody td tfoot th thead tr"
_MEDIA = "audio img input source track video"
TAGS = frozenset(f"{_BLOCKS} {_INLINE} {_TABLES} {_MEDIA}".split())
# Their text is not text for readers: it goes with the tag.
_WITH_CONTENT = frozenset({"script", "style", "template", "noscript", "object", "svg", "math"})

_EVERYWHERE = frozenset(
    {"id", "class", "title", "lang", "dir", "aria-label", "aria-hidden", "aria-describedby"}
)
_ATTRIBUTES = {
    "*": _EVERYWHERE,
    "a": {"href", "name", "download"},
    "audio": {"src", "controls", "preload", "loop", "muted"},
    "blockquote": {"cite"},
    "col": {"span"},
    "colgroup": {"span"},
    "data": {"value"},
    "del": {"cite", "datetime"},
    "details": {"open"},
    "div": {"data-tabs"},
    "img": {"src", "alt", "width", "height"},
    "input": {"name", "checked"},
    "ins": {"cite", "datetime"},
    "label": {"for"},
    "li": {"value"},
    "ol": {"start", "reversed", "type"},
    "q": {"cite"},
    "source": {"src", "type"},
    "span": {"data-linenos"},
    "td": {"colspan", "rowspan", "headers"},
    "th": {"colspan", "rowspan", "headers", "scope", "abbr"},
    "time": {"datetime"},
    "track": {"src", "kind", "srclang", "label", "default"},
    "video": {"src", "controls", "preload", "loop", "muted", "poster", "width", "height", "playsinline"},
}  # fmt: skip
# `disabled` is set on every check box: a reader cannot keep a tick, and a page is no form.
_VALUES = {
    "a": {"target": {"_blank"}},
    "img": {"loading": {"lazy", "eager"}, "decoding": {"async"}},
    "input": {"type": {"radio", "checkbox"}, "disabled": {"", "disabled"}},
}
_FRAME = {"src", "width", "height", "allowfullscreen"}
_SANDBOX = 'sandbox="allow-popups allow-presentation allow-same-origin allow-scripts"'
_SCHEMES = {"http", "https", "mailto", "tel"}
_LOADED = frozenset({"img", "audio", "video", "source", "track"})

# The names our own extensions of Markdown give; every other id that begins with `__` belongs to the theme.
_OURS = r"__(?:tabbed_\d+(?:_\d+)?|(?:codelineno|span)-\d+-\d+)"
_NAME = re.compile(rf"(?!__)|{_OURS}\Z")
_CELL = re.compile(r'(<t[dh]\b[^<>]*?) style="text-align: (left|center|right);"')
_FOREIGN = r"[\x00-\x20]*(?:[a-zA-Z][a-zA-Z0-9+.\t\n\r-]*:|[/\\][\t\n\r]*[/\\])"
_ELSEWHERE = re.compile(_FOREIGN)
# After the first pass the text is regular, so these signs tell whether a value has to be looked at one by one.
_DOUBTFUL = re.compile(rf'="__(?!{_OURS[2:]}")|["\s]md-|<iframe\b|\b(?:src|poster)="{_FOREIGN}')
_EMPTY_FRAME = re.compile(r"<iframe(?![^>]* src=)[^>]*>.*?</iframe>", re.DOTALL)
_FRAME_TEXT = re.compile(r"(<iframe )([^>]*>).*?(?=</iframe>)", re.DOTALL)
_NO_KIND = re.compile(r'<input(?![^>]* type="(?:radio|checkbox)")[^>]*>')
_BOX = re.compile(r'<input(?=[^>]* type="checkbox")(?![^>]* disabled=)')


def sanitize(html: str, iframe_hosts: Sequence[str] = ()) -> str:
    """Return ``html`` with only what a page needs. ``iframe_hosts`` are hosts whose https pages may be framed.

    The same text gives the same bytes, and a second pass changes nothing. Images and media stay only from the
    site itself; the style a table's columns get from Markdown becomes the class ``left``, ``center`` or ``right``.
    """
    if "text-align" in html:
        html = _CELL.sub(r'\1 class="\2"', html)
    hosts = tuple(sorted({host.strip().lower() for host in iframe_hosts}))
    clean = _plain(bool(hosts)).clean(html)
    if _DOUBTFUL.search(clean):
        clean = _careful(hosts).clean(clean)
    if "<input" in clean:
        clean = _BOX.sub('<input disabled=""', _NO_KIND.sub("", clean))
    if "<iframe" in clean:
        clean = _FRAME_TEXT.sub(rf'\1{_SANDBOX} loading="lazy" \2', _EMPTY_FRAME.sub("", clean))
    return clean


def _cleaner(frames: bool, hosts: tuple[str, ...] | None) -> Cleaner:
    return Cleaner(
        tags=set(TAGS) | ({"iframe"} if frames else set()),
        clean_content_tags=set(_WITH_CONTENT) | (set() if frames else {"iframe"}),
        attributes={tag: set(names) for tag, names in _ATTRIBUTES.items()}
        | ({"iframe": _FRAME} if frames else {}),
        attribute_filter=None if hosts is None else _filter(frozenset(hosts)),
        link_rel=None,
        tag_attribute_values=_VALUES,
        url_schemes=_SCHEMES,
    )


@cache
def _plain(frames: bool) -> Cleaner:
    return _cleaner(frames, None)


@cache
def _careful(hosts: tuple[str, ...]) -> Cleaner:
    return _cleaner(bool(hosts), hosts)


class _filter:  # noqa: N801 - a function that remembers the hosts
    """Looks at the values a list of names cannot judge; None takes the attribute away."""

    def __init__(self, hosts: frozenset[str]) -> None:
        self.hosts = hosts

    def __call__(self, tag: str, name: str, value: str) -> str | None:
        if name in ("id", "name", "for"):
            return value if _NAME.match(value) else None
        if name == "class":
            kept = [c for c in value.split() if not c.startswith("md-") or c.startswith("md-button")]
            return " ".join(kept) or None
        if tag == "iframe" and name == "src":
            return value if self._framed(value) else None
        if tag in _LOADED and name in ("src", "poster"):
            return None if _ELSEWHERE.match(value) else value
        return value

    def _framed(self, value: str) -> bool:
        try:
            parts = urlsplit(value.strip())
            return (
                parts.scheme == "https" and parts.port in (None, 443) and parts.netloc.lower() in self.hosts
            )
        except ValueError:
            return False
