"""The press: prints texts, fills frames and page templates. One per process, pure in what it returns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from kotae.audience import AUDIENCES, INTERNAL, Cut, cut
from kotae.content.documents import Document
from kotae.content.markdown import Link
from kotae.links.addresses import file_address, lead, relative
from kotae.links.quotes import fill
from kotae.search.pages import answer
from kotae.search.related import Neighbours
from kotae.site.edition import Edition
from kotae.site.engine import environment
from kotae.site.shell import Frame, print_frame, site_context
from kotae.site.text import Parts, make, render


@dataclass(frozen=True, slots=True)
class Head:
    """What differs in <head> from page to page."""

    kind: str
    title: str
    description: str = ""
    noindex: bool = False
    json_ld: str = ""


@dataclass(frozen=True)
class Press:
    """Prints pages of one edition."""

    edition: Edition

    @cached_property
    def _environment(self) -> Any:
        return environment(self.edition.engine)

    @cached_property
    def _markdown(self) -> Any:
        return make(self.edition.engine.extensions, self.edition.engine.extension_configs)

    @cached_property
    def _frames(self) -> dict[tuple[str, str, int, str, bool], Frame]:
        return {}

    @cached_property
    def _sites(self) -> dict[tuple[str, str, int, str, bool], dict[str, Any]]:
        return {}

    def parts(self, document: Document) -> Parts:
        """Print the text of ``document``: the common text once for both audiences, the tail beside it."""
        whole = cut(document, INTERNAL)
        edition = self.edition
        text = Cut(
            *(fill(t, edition.library, document.lang, edition.today) for t in (whole.common, whole.tail))
        )
        hosts = edition.library.desk.settings.iframe_hosts
        return render(
            self._markdown,
            text,
            lambda t, i: self.resolve(document, t, i),
            edition.words[document.lang],
            lead=document.kind == "faq",
            iframe_hosts=hosts,
        )

    def answer(self, document: Document) -> str:
        """Return the short answer as plain text, quotations filled in; empty where a page has none."""
        return answer(self.edition.library, document, self.edition.today)

    @cached_property
    def _positions(self) -> dict[tuple[str, str], int]:
        found: dict[tuple[str, str], int] = {}
        for audience in AUDIENCES:
            for lang in self.edition.languages:
                for topic in self.edition.topics(audience, lang):
                    found |= {
                        (audience, d.path): n
                        for n, d in enumerate(self.edition.questions(audience, lang, topic.id))
                    }
        return found

    def position(self, audience: str, document: Document) -> int:
        """Return where a question stands among those of its topic."""
        return self._positions.get((audience, document.path), 0)

    @cached_property
    def _neighbours(self) -> dict[tuple[str, str], Neighbours]:
        return {}

    def neighbours(self, audience: str, lang: str) -> Neighbours:
        """Return what tells which questions of a site are near each other, made when first asked."""
        key = (audience, lang)
        if key not in self._neighbours:
            self._neighbours[key] = Neighbours(self.edition.library, audience, lang, self.edition.today)
        return self._neighbours[key]

    def resolve(self, document: Document, target: str, image: bool = False) -> str:
        """Return where a link of ``document`` leads in the site, relative to its page."""
        led = lead(self.edition.library, document, Link(target, "", 0, image))
        here = self.edition.address(document)
        if led.document is not None:
            anchor = f"#{led.anchor}" if led.anchor else ""
            if led.document.path == document.path and anchor:
                return anchor
            return relative(here, self.edition.address(led.document)) + anchor
        if led.path is not None and led.path in self.edition.library.files:
            return relative(here, file_address(led.path))
        return target

    def site(
        self, audience: str, lang: str, at: str, current: str = "", absolute: bool = False
    ) -> dict[str, Any]:
        """Return what templates know of the site from the address ``at``."""
        key = (audience, lang, at.count("/"), current, absolute)
        if key not in self._sites:
            self._sites[key] = site_context(self.edition, audience, lang, at, current, absolute)
        return self._sites[key]

    def frame(self, audience: str, lang: str, at: str, current: str = "", absolute: bool = False) -> Frame:
        """Return the frame for a page at ``at``, printed once."""
        key = (audience, lang, at.count("/"), current, absolute)
        if key not in self._frames:
            context = {"site": self.site(*key[:2], at, current, absolute), "words": self.edition.words[lang]}
            self._frames[key] = print_frame(self._environment, context)
        return self._frames[key]

    def template(self, name: str, context: Mapping[str, Any]) -> str:
        """Print one template."""
        if name not in self._templates:
            self._templates[name] = self._environment.get_template(f"pages/{name}.html")
        return str(self._templates[name].render(context))

    @cached_property
    def _templates(self) -> dict[str, Any]:
        return {}

    def page(
        self,
        audience: str,
        lang: str,
        at: str,
        template: str,
        page: Mapping[str, Any],
        head: Head,
        *,
        current: str = "",
        twin: Mapping[str, str] | None = None,
        absolute: bool = False,
    ) -> bytes:
        """Return the finished page at ``at``: the frame with its slots filled."""
        context = {
            "site": self.site(audience, lang, at, current, absolute),
            "words": self.edition.words[lang],
        }
        main = self.template(template, {**context, "page": page})
        slots = self.template("head", {**context, "page": self._head(audience, at, head, twin)})
        link = self.template("twin", {**context, "page": twin or self._other_home(lang, at, absolute)})
        return self.frame(audience, lang, at, current, absolute).fill(slots, main, link).encode()

    def _head(self, audience: str, at: str, head: Head, twin: Mapping[str, str] | None) -> dict[str, Any]:
        settings = self.edition.library.desk.settings
        base = (settings.handbook_url if audience == INTERNAL else settings.url).rstrip("/")
        alternates = []
        lang = at.split("/")[0] if at.split("/")[0] in self.edition.languages[1:] else self.edition.root_lang
        if base and twin and twin.get("at") is not None:
            alternates = [
                {"lang": lang, "href": f"{base}/{at}"},
                {"lang": twin["lang"], "href": f"{base}/{twin['at']}"},
            ]
        return {
            "kind": head.kind,
            "title": head.title,
            "description": head.description,
            "canonical": f"{base}/{at}" if base and not head.noindex else "",
            "alternates": alternates,
            "noindex": head.noindex or audience == INTERNAL,
            "json_ld": head.json_ld,
        }

    def twin(self, audience: str, lang: str, at: str, target: str) -> dict[str, str]:
        """Return the language link of the page ``at``, to the same page at ``target`` in the next language."""
        other = self._next(lang)
        return {
            "href": relative(at, target),
            "lang": other,
            "label": self.edition.words[other]["language"],
            "at": target,
        }

    def _other_home(self, lang: str, at: str, absolute: bool) -> dict[str, str]:
        other = self._next(lang)
        if other == lang:
            return {"href": "", "lang": "", "label": ""}
        home = self.edition.home(other)
        return {
            "href": f"/{home}" if absolute else relative(at, home),
            "lang": other,
            "label": self.edition.words[other]["language"],
        }

    def _next(self, lang: str) -> str:
        languages = self.edition.languages
        return languages[(languages.index(lang) + 1) % len(languages)]
