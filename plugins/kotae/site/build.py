"""The order of calls of `kotae build`: load, check, print, index, scan, swap."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from kotae.audience import INTERNAL, PUBLIC
from kotae.checking import check
from kotae.content.library import Library, load
from kotae.findings import Finding, Said, Severity
from kotae.forking import cores, no_collecting
from kotae.freshness.history import Git, with_history
from kotae.links.addresses import file_address
from kotae.output.lock import locked
from kotae.output.manifest import Published, record
from kotae.output.swap import refuse_foreign, staged
from kotae.search.engine import script as search_script
from kotae.search.fields import Prepared
from kotae.site.assets import asset, used_files
from kotae.site.edition import Edition, load_words
from kotae.site.engine import THEME, load_engine
from kotae.site.exports import playbook_files
from kotae.site.lists import print_lists
from kotae.site.press import Press
from kotae.site.printed import Printed
from kotae.site.scan import Hit, fingerprints, scan
from kotae.site.scripts import bundles
from kotae.site.sitemap import robots, sitemap
from kotae.site.workers import Job, Written, print_all, print_indexes, write

FOLDERS = {PUBLIC: "help", INTERNAL: "handbook"}
_CODE = {".html", ".yml"}  # of the theme's folder, only assets are published


@dataclass(frozen=True)
class Order:
    """What to build: where from, where to, for whom, in which languages, as of which day."""

    root: Path
    out: Path
    today: date
    audiences: tuple[str, ...] = (PUBLIC, INTERNAL)
    languages: tuple[str, ...] = ()
    processes: int = 0


@dataclass(frozen=True)
class Built:
    """What a build did. ``published`` is false when an error or a leak stopped it: the last good sites stay."""

    findings: tuple[Finding, ...] = ()
    leaks: tuple[Hit, ...] = ()
    pages: dict[str, int] = field(default_factory=dict)
    published: bool = False


def build(order: Order, progress: Callable[[int, int], None] = lambda done, of: None) -> Built:
    """Build what ``order`` says. Raises EngineError, NotOursError, BusyError or OSError, each with one clear line."""
    for audience in order.audiences:
        refuse_foreign(order.out / FOLDERS[audience])
    processes = order.processes or cores()
    library = with_history(load(order.root, processes=processes), Git(order.root), order.today)
    if library.absent and INTERNAL in order.audiences:
        raise AbsentError(library.absent)
    findings = check(library, order.today, processes=processes)
    if any(f.severity is Severity.ERROR for f in findings):
        return Built(findings)
    edition = make_edition(library, order)
    with no_collecting(), locked(order.out / "kotae"), ExitStack() as stack:
        folders = {a: stack.enter_context(staged(order.out / FOLDERS[a])) for a in order.audiences}
        written = print_sites(edition, order, folders, progress)
        leaks = find_leaks(edition, folders, processes)
        if leaks:
            raise LeakError(leaks, findings)
        pages = {a: sum(w.audience == a and w.path.endswith(".html") for w in written) for a in folders}
        stack.close()  # the sites take their places
        if PUBLIC in folders and not order.languages:
            record(order.out, published(written))
    return Built(findings, (), pages, True)


def published(written: Sequence[Written]) -> list[Published]:
    """Return the lines of the public manifest."""
    return [Published(w.path, w.sha256, w.source) for w in written if w.audience == PUBLIC]


class AbsentError(Exception):
    """The second repository is not on this machine, so the handbook would lack half of its pages."""

    def __init__(self, folder: str) -> None:
        self.said = Said(
            f"「もう1つの原稿」のフォルダ {folder} がないので、手引きを作れません。隣に取り出すか、--audience public でヘルプだけを作ってください。",
            f"The second repository {folder} is not here, so the handbook cannot be built. Check it out, or build the help center alone with --audience public.",
        )
        super().__init__(self.said.en)


class LeakError(Exception):
    """Something internal stands in the public site; nothing was published."""

    def __init__(self, leaks: Sequence[Hit], findings: tuple[Finding, ...]) -> None:
        super().__init__(f"{len(leaks)} leaks")
        self.leaks, self.findings = tuple(leaks), findings


def find_leaks(edition: Edition, folders: dict[str, Path], processes: int = 1) -> list[Hit]:
    """Search the printed help center for everything internal."""
    if PUBLIC not in folders:
        return []
    return scan(folders[PUBLIC], fingerprints(edition.library, edition.today), processes)


def make_edition(library: Library, order: Order) -> Edition:
    """Return the edition of ``library`` on the day of the order."""
    return Edition(library, order.today, load_engine(order.root, PUBLIC), load_words(), assets_stamp())


def print_sites(
    edition: Edition, order: Order, folders: dict[str, Path], progress: Callable[[int, int], None]
) -> list[Written]:
    """Print every file of the ordered sites into ``folders``."""
    press, processes = Press(edition), order.processes or cores()
    languages = [la for la in (order.languages or edition.languages) if la in edition.languages]
    documents = [
        d for d in edition.library if d.lang in languages and any(d.path in edition.seen[a] for a in folders)
    ]
    done = 0

    def step(count: int) -> None:
        nonlocal done
        done += count
        progress(done, len(documents))

    _warm(press, folders, languages)
    written: list[Written] = []
    entries: dict[tuple[str, str], list[Prepared]] = {(a, la): [] for a in folders for la in languages}
    for outcome in print_all(Job(press, folders), documents, processes, step):
        written += outcome.written
        for key, found in outcome.entries:
            if key in entries:
                entries[key].append(found)
    for audience, folder in folders.items():
        for lang in languages:
            written += [
                write(folder, audience, page.path, page.data, page.source)
                for page in site_pages(press, audience, lang)
            ]
    return written + write_rest(edition, folders, entries, processes)


def write_rest(
    edition: Edition, folders: dict[str, Path], entries: dict[tuple[str, str], list[Prepared]], processes: int
) -> list[Written]:
    """Write what is no page: assets, the files pages use, the search indexes."""
    written: list[Written] = []
    for audience, folder in folders.items():
        written += _assets(edition, audience, folder)
    for (audience, lang), files in print_indexes(entries, edition, processes).items():
        written += [
            write(folders[audience], audience, f"search-{lang}/{name}", data) for name, data in files.items()
        ]
    return written


def site_pages(press: Press, audience: str, lang: str) -> list[Printed]:
    """Return the pages of one site that belong to no single document, and its sitemap."""
    edition = press.edition
    contact = next(
        (d for d in edition.documents(audience, lang) if d.path.startswith("docs/help/contact")), None
    )
    pages = list(print_lists(press, audience, lang, press.parts(contact) if contact else None))
    if audience == INTERNAL:
        pages += playbook_files(press, lang)
    if lang == edition.root_lang:
        pages += [Printed("robots.txt", robots(edition, audience))]
        if audience == PUBLIC:
            pages += [Printed("sitemap.xml", sitemap(edition))]
    return pages


def _warm(press: Press, folders: dict[str, Path], languages: Sequence[str]) -> None:
    # Frames and templates are made before the fork, so that every worker inherits them.
    for audience in folders:
        for lang in languages:
            for d in press.edition.documents(audience, lang)[:1]:
                press.frame(audience, lang, press.edition.address(d))


def _assets(edition: Edition, audience: str, folder: Path) -> list[Written]:
    made = [write(folder, audience, "assets/kotae/search.js", search_script())]
    if audience == INTERNAL:
        made += [write(folder, audience, f"assets/kotae/{name}", data) for name, data in bundles().items()]
    for path in sorted((THEME / "assets").rglob("*")):
        # The parts of the search engine are published as one file, those of the runner as three.
        if path.is_file() and path.parent.name not in ("search", "runner"):
            made.append(write(folder, audience, path.relative_to(THEME).as_posix(), path.read_bytes()))
    css = edition.engine.material_css
    if css:
        made.append(
            write(
                folder,
                audience,
                f"assets/{css}",
                (edition.engine.material_assets / "assets" / css).read_bytes(),
            )
        )
    for name in sorted(used_files(edition, audience)):
        made.append(
            write(folder, audience, file_address(name), asset(edition.library.file(name), audience), name)
        )
    return made


def assets_stamp() -> str:
    """Return a short hash of the theme's own files: their addresses change when they do."""
    digest = hashlib.sha256()
    for path in sorted((THEME / "assets").rglob("*")):
        if path.is_file():
            digest.update(path.relative_to(THEME).as_posix().encode() + path.read_bytes())
    return digest.hexdigest()[:8]
