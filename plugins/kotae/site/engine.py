"""What MkDocs and Material give: the configuration, the Markdown extensions, the theme's templates and assets.

One of the two files that know MkDocs (the other is plugin.py). Everything it returns is plain data or Jinja.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import jinja2

# Material prints a notice about MkDocs 2 to stderr at import; README says what happens in May 2027.
os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")

from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, ConfigurationError

THEME = Path(__file__).parent.parent / "theme"
CONFIGS = {"public": "mkdocs.yml", "internal": "handbook.yml"}
EXTENSIONS = (
    "tables", "admonition", "attr_list", "def_list", "footnotes", "sane_lists", "toc",
    "pymdownx.details", "pymdownx.superfences", "pymdownx.highlight", "pymdownx.tabbed", "pymdownx.tasklist", "pymdownx.betterem",
)  # fmt: skip


class EngineError(Exception):
    """The configuration of MkDocs cannot be used; the message says why in one line."""


@dataclass(frozen=True)
class Engine:
    """A picklable description of the printer: extensions of Markdown, folders of templates, Material's stylesheet."""

    extensions: tuple[str, ...] = EXTENSIONS
    extension_configs: Mapping[str, Any] = field(default_factory=dict)
    template_dirs: tuple[str, ...] = (str(THEME),)
    material_css: str = ""
    material_assets: Path = THEME


def load_engine(root: Path, audience: str) -> Engine:
    """Return the engine of ``root``; a repository without mkdocs.yml gets Kotae's own configuration."""
    path = root / CONFIGS[audience]
    if not path.exists():
        path = root / CONFIGS["public"]
    if not path.exists():
        return describe(_default())
    try:
        return describe(load_config(str(path)))
    except (Abort, ConfigurationError) as error:
        raise EngineError(f"{path.name}: {error}") from error


def _default() -> MkDocsConfig:
    config = MkDocsConfig()
    config.load_dict(
        {
            "site_name": "Kotae",
            "theme": {"name": "material", "font": False},
            "markdown_extensions": list(EXTENSIONS),
        }
    )
    config.validate()
    return config


def describe(config: MkDocsConfig) -> Engine:
    """Take from a loaded configuration what the printer needs."""
    extensions = tuple(dict.fromkeys([*config.markdown_extensions, "toc"]))
    material = next((Path(d) for d in config.theme.dirs if (Path(d) / "assets/stylesheets").is_dir()), None)
    if material is None:
        raise EngineError("theme: name: material")
    css = next(material.glob("assets/stylesheets/main.*.min.css"))
    dirs = [str(THEME), *(d for d in config.theme.dirs if d != str(THEME))]
    return Engine(
        extensions,
        dict(config.mdx_configs),
        tuple(dirs),
        css.relative_to(material / "assets").as_posix(),
        material,
    )


def environment(engine: Engine) -> jinja2.Environment:
    """Return the Jinja environment of the theme; everything is escaped unless our code says it is HTML."""
    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(engine.template_dirs),
        autoescape=True,
        auto_reload=False,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
    )


def live_server(
    rebuild: Callable[[], None], host: str, port: int, folder: Path, watched: Sequence[Path]
) -> Any:
    """Return MkDocs' live reload server over ``folder``: it calls ``rebuild`` when a watched file changes."""
    from mkdocs.livereload import LiveReloadServer

    server = LiveReloadServer(rebuild, host, port, str(folder), polling_interval=0.2)
    for path in watched:
        server.watch(str(path))
    return server
