"""The MkDocs plugin: the same functions as `kotae build`, mounted as MkDocs pages. Hooks only hand over."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from mkdocs.config import base
from mkdocs.config import config_options as c
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import Page

from kotae.audience import AUDIENCES
from kotae.checking import check
from kotae.content.library import ROOTS, load
from kotae.durations import read_day
from kotae.findings import Severity
from kotae.site.build import assets_stamp, leaks_in, site_pages, write_rest
from kotae.site.edition import Edition, load_words
from kotae.site.engine import THEME, describe
from kotae.site.articles import print_document
from kotae.site.lists import has_own_page
from kotae.site.press import Press

RAW = "kotae-raw.html"


class KotaeConfig(base.Config):
    """What mkdocs.yml may say to Kotae; everything else stands in desk/settings.yml."""

    audience = c.Choice(AUDIENCES, default="public")
    root = c.Type(str, default=".")
    as_of = c.Type(str, default="")


class MountedPage(Page):
    """A page whose finished bytes come from Kotae; MkDocs reads no front matter and renders no Markdown."""

    printed: Any = None

    def read_source(self, config: MkDocsConfig) -> None:
        """Read nothing: the document was read, checked and cut before MkDocs saw it."""
        self.markdown, self.meta = "", {"template": RAW}

    def render(self, config: MkDocsConfig, files: Files) -> None:
        """Render nothing; the bytes are made when the template asks."""
        self.content = ""

    @property
    def kotae(self) -> str:
        """The finished page."""
        return str(self.printed().decode())

    @property
    def url(self) -> str:
        """The address, as MkDocs computes it from the file."""
        return super().url


class KotaePlugin(BasePlugin[KotaeConfig]):
    """Mounts what lies outside docs_dir, already cut for the audience."""

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Read and check the library; an error stops the build before MkDocs writes anything."""
        self.press = open_press(self.config, config)
        config.theme.dirs.insert(0, str(THEME))
        return config

    def on_files(self, files: Files, config: MkDocsConfig) -> Files:
        """Replace what MkDocs found by what Kotae prints."""
        return Files(mounted(self.press, self.config.audience, config))

    def on_env(self, env: Any, config: MkDocsConfig, files: Files) -> Any:
        """Give MkDocs the template that prints nothing but our bytes; leave its sitemap and 404 to us."""
        env.loader.loaders.insert(0, raw_loader()) if hasattr(env.loader, "loaders") else prepend(env)
        config.theme.static_templates.clear()
        return env

    def on_post_build(self, config: MkDocsConfig) -> None:
        """Write what is no page (assets, indexes), then look for leaks in what was written."""
        write_rest(self.press, self.config.audience, Path(config.site_dir))
        stop_at_leaks(self.press, self.config.audience, Path(config.site_dir))

    def on_serve(self, server: Any, config: MkDocsConfig, builder: Any) -> Any:
        """Watch everything a page is made of."""
        for folder in (*ROOTS, "desk"):
            path = Path(config.config_file_path).parent / self.config.root / folder
            if path.exists():
                server.watch(str(path))
        server.watch(str(THEME))
        return server


def open_press(options: KotaeConfig, config: MkDocsConfig) -> Press:
    """Load and check the library MkDocs is about to print. Raises PluginError with the first errors."""
    root = (Path(config.config_file_path or "mkdocs.yml").parent / options.root).resolve()
    today = read_day(options.as_of) or date.today()
    library = load(root)
    errors = [f for f in check(library, today) if f.severity is Severity.ERROR]
    if errors:
        lines = "\n".join(f"  {f.path}:{f.line} {f.message.ja} ({f.rule})" for f in errors[:5])
        raise PluginError(f"公開前に直すところが{len(errors)}件あります。`kotae check` で全部を見られます。\n{lines}")
    return Press(Edition(library, today, describe(config), load_words(), assets_stamp()))


def mounted(press: Press, audience: str, config: MkDocsConfig) -> list[File]:
    """Return every page of one audience as MkDocs files."""
    files: list[File] = []
    for d in press.edition.library:
        if d.path in press.edition.seen[audience] and not has_own_page(d):
            address = press.edition.address(d)
            files.append(_mount(config, f"{address}index.html", lambda d=d: print_document(press, d, press.parts(d), audience)))
    for lang in press.edition.languages:
        for page in site_pages(press, audience, lang):
            if page.path.endswith("index.html"):
                files.append(_mount(config, page.path, lambda page=page: page.data))
    return files


def _mount(config: MkDocsConfig, path: str, printed: Any) -> File:
    file = File.generated(config, path.removesuffix("index.html") + "index.md", content="", inclusion=InclusionLevel.NOT_IN_NAV)
    page = MountedPage(None, file, config)
    page.printed = printed
    file.page = page
    return file


def stop_at_leaks(press: Press, audience: str, folder: Path) -> None:
    """Raise PluginError when something internal stands in the written help center."""
    leaks = leaks_in(press.edition, {audience: folder})
    if leaks:
        raise PluginError(f"社内の文が公開ページにあります: {leaks[0]}")


def raw_loader() -> Any:
    """Return the loader of the template that prints our bytes."""
    import jinja2

    return jinja2.DictLoader({RAW: "{{ page.kotae }}"})


def prepend(env: Any) -> None:
    """Put our loader before the theme's."""
    import jinja2

    env.loader = jinja2.ChoiceLoader([raw_loader(), env.loader])


__all__ = ["KotaePlugin", "Mapping"]
