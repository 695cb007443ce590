"""The MkDocs plugin: the same functions as `kotae build`, mounted as MkDocs pages. Hooks only hand over."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import jinja2
from mkdocs.config import base
from mkdocs.config import config_options as c
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import Page

from kotae.audience import AUDIENCES, INTERNAL
from kotae.checking import check
from kotae.content.documents import Document
from kotae.content.library import ROOTS, load
from kotae.durations import read_day
from kotae.findings import Severity
from kotae.freshness.history import Git, with_history
from kotae.search.pages import entries
from kotae.site.articles import print_document
from kotae.site.build import AbsentError, assets_stamp, find_leaks, site_pages, write_rest
from kotae.site.edition import Edition, load_words
from kotae.site.engine import THEME, describe
from kotae.site.press import Press
from kotae.site.printed import Printed
from kotae.site.ways import has_own_page
from kotae.site.workers import Job, write

RAW = "kotae-raw.html"


class KotaeConfig(base.Config):  # type: ignore[no-untyped-call]  # MkDocs' hook is untyped
    """What mkdocs.yml may say to Kotae; everything else stands in desk/settings.yml."""

    audience = c.Choice(AUDIENCES, default="public")
    root = c.Type(str, default=".")
    as_of = c.Type((str, date), default="")  # YAML makes a day of 2026-11-24


class MountedPage(Page):
    """A page whose finished text comes from Kotae; MkDocs reads no front matter and renders no Markdown."""

    def __init__(self, file: File, config: MkDocsConfig, printed: Callable[[], bytes]) -> None:
        super().__init__(None, file, config)
        self._printed = printed

    def read_source(self, config: MkDocsConfig) -> None:
        """Read nothing: the document was read, checked and cut before MkDocs saw it."""
        self.markdown, self.meta = "", {"template": RAW}

    def render(self, config: MkDocsConfig, files: Files) -> None:
        """Render nothing; the text is made when the template asks, so that no build holds all pages at once."""
        self.content = ""

    @property
    def kotae(self) -> str:
        """The finished page."""
        return self._printed().decode()


class KotaePlugin(BasePlugin[KotaeConfig]):  # type: ignore[no-untyped-call]  # the same
    """Mounts what lies outside docs_dir, already cut for the audience."""

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Read and check the library: an error stops the build before MkDocs empties the old site."""
        self.mount = Mount(open_press(self.config, config), self.config.audience)
        config.theme.dirs.insert(0, str(THEME))
        return config

    def on_files(self, files: Files, config: MkDocsConfig) -> Files:
        """Replace what MkDocs found by what Kotae prints."""
        return Files(self.mount.files(config))

    def on_env(self, env: jinja2.Environment, config: MkDocsConfig, files: Files) -> jinja2.Environment:
        """Give MkDocs a template that prints our text as it is; sitemap and 404 are ours as well."""
        env.loader = jinja2.ChoiceLoader(
            [jinja2.DictLoader({RAW: "{{ page.kotae }}"}), env.loader or jinja2.DictLoader({})]
        )
        config.theme.static_templates.clear()
        return env

    def on_post_build(self, config: MkDocsConfig) -> None:
        """Write what is no page, then look for leaks in what was written."""
        self.mount.finish(Path(config.site_dir))

    def on_serve(self, server: Any, config: MkDocsConfig, builder: Any) -> Any:
        """Watch everything a page is made of."""
        for folder in (*ROOTS, "desk"):
            server.watch(str(self.mount.press.edition.library.root / folder))
        server.watch(str(THEME))
        return server


class Mount:
    """The pages of one audience as MkDocs files, and what is written beside them."""

    def __init__(self, press: Press, audience: str) -> None:
        self.press, self.audience = press, audience
        self.others: list[Printed] = []

    def files(self, config: MkDocsConfig) -> list[File]:
        """Return every page as a generated MkDocs file; what has another name than index.html waits for `finish`."""
        files = []
        edition = self.press.edition
        for d in edition.library:
            if d.path not in edition.seen[self.audience]:
                continue
            if has_own_page(d):
                self._print(d)
            else:
                files.append(_mount(config, f"{edition.address(d)}index.html", lambda d=d: self._print(d)))  # type: ignore[misc]  # bound now, called later
        for lang in edition.languages:
            for page in site_pages(self.press, self.audience, lang):
                if page.path.endswith("index.html"):
                    files.append(_mount(config, page.path, lambda page=page: page.data))  # type: ignore[misc]  # the same
                else:
                    self.others.append(page)
        return files

    def _print(self, document: Document) -> bytes:
        parts = self.press.parts(document)
        return b"" if has_own_page(document) else print_document(self.press, document, parts, self.audience)

    def finish(self, folder: Path) -> None:
        """Write assets, indexes and the other files into ``folder``; raise PluginError if something internal is in it."""
        for page in self.others:
            write(folder, self.audience, page.path, page.data)
        edition = self.press.edition
        job = Job(self.press, {self.audience: folder})
        indexed = {
            (self.audience, la): [
                job.prepared(e, None) for e in entries(edition.library, self.audience, la, edition.today)
            ]
            for la in edition.languages
        }
        write_rest(edition, {self.audience: folder}, indexed, 1)
        leaks = find_leaks(self.press.edition, {self.audience: folder})
        if leaks:
            raise PluginError(
                "\n".join(["社内の文が公開ページにあります。", *(leak.said.ja for leak in leaks[:5])])
            )


def _mount(config: MkDocsConfig, path: str, printed: Callable[[], bytes]) -> File:
    file = File.generated(
        config, path.removesuffix(".html") + ".md", content="", inclusion=InclusionLevel.NOT_IN_NAV
    )
    file.page = MountedPage(file, config, printed)
    return file


def open_press(options: KotaeConfig, config: MkDocsConfig) -> Press:
    """Load and check the library MkDocs is about to print. Raises PluginError naming the first errors."""
    root = (Path(config.config_file_path or "mkdocs.yml").parent / options.root).resolve()
    today = read_day(str(options.as_of)) or date.today()
    library = with_history(load(root), Git(root), today)
    if library.absent and options.audience == INTERNAL:
        raise PluginError(AbsentError(library.absent).said.ja)
    errors = [f for f in check(library, today) if f.severity is Severity.ERROR]
    if errors:
        lines = [f"  {f.path} {f.line}行目 {f.message.ja} ({f.rule})" for f in errors[:5]]
        raise PluginError(
            "\n".join(
                [f"公開前に直すところが{len(errors)}件あります。全部は kotae check で見られます。", *lines]
            )
        )
    return Press(Edition(library, today, describe(config), load_words(), assets_stamp()))
