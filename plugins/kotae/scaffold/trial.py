"""Try a change in a copy of the repository before anything is written: what the checker says decides."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path

from kotae.checking import check
from kotae.content.library import ROOTS, Library, load
from kotae.findings import Finding, Said, Severity
from kotae.forking import cores
from kotae.scaffold.moving import Plan, files

_STEPS = 4


@contextmanager
def changed(root: Path, change: Mapping[str, bytes | None]) -> Iterator[Library]:
    """Yield the library as it would be with ``change``."""
    with tempfile.TemporaryDirectory(prefix="kotae-trial-") as folder:
        copy = Path(folder)
        for name in (*ROOTS, "desk"):
            if (root / name).is_dir() and not (root / name).is_symlink():
                shutil.copytree(root / name, copy / name, symlinks=True, copy_function=_link)
        for each in root.glob("*.yml"):
            if each.is_file():
                shutil.copyfile(each, copy / each.name)
        for path, data in change.items():
            target = copy / path
            target.unlink(missing_ok=True)  # The copy may share the file with the repository.
            if data is not None:
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(data)
        yield load(copy, processes=cores())


def settled(
    library: Library, made: Plan, today: date, beside: Callable[[Plan], Mapping[str, bytes]]
) -> tuple[tuple[Finding, ...], tuple[Finding, ...]]:
    """Take back what would not be publishable, step by step: internal, then plain text, then not at all.

    Returns all findings of the library with the plan, and those errors that the plan causes elsewhere.
    """
    if not made.pages:
        return (), ()
    findings: tuple[Finding, ...] = ()
    others: list[Finding] = []
    for _ in range(_STEPS):
        with changed(library.root, {**beside(made), **files(library, made)}) as tried:
            findings = check(tried, today, processes=cores())
        errors = [f for f in findings if f.severity is Severity.ERROR]
        others = [f for f in errors if f.path not in made.pages]
        wrong: dict[str, Finding] = {}
        for each in errors:
            if each.path in made.pages:
                wrong.setdefault(each.path, each)
        if not wrong:
            break
        for path, why in wrong.items():
            _take_back(made, path, why)
    known = check(library, today, processes=cores()) if others else ()
    before = {(f.path, f.rule, f.message) for f in known}
    return findings, tuple(f for f in others if (f.path, f.rule, f.message) not in before)


def _take_back(made: Plan, path: str, why: Finding) -> None:
    page = made.pages[path]
    short = Said(f"{why.message.ja}({why.rule})", f"{why.message.en} ({why.rule})")
    if page.level >= 2:
        del made.pages[path]
        _tell(made, path, Said(f"取り込めませんでした: {short.ja}", f"not taken in: {short.en}"), held=True)
        return
    back = made.pages[path] = page.taken_back()
    if back.level == 1:
        said = Said(
            f"公開せず、社内だけにしました: {short.ja}", f"made internal instead of public: {short.en}"
        )
    else:
        said = Said(f"元の文のまま、下書きにしました: {short.ja}", f"kept as it came, as a draft: {short.en}")
    _tell(made, path, said)


def _tell(made: Plan, path: str, said: Said, held: bool = False) -> None:
    for at, told in enumerate(made.told):
        if told.path == path and told.held is None and not told.again:
            made.told[at] = (
                replace(told, held=said, path="") if held else replace(told, notes=(*told.notes, said))
            )
            return


def _link(source: str, target: str) -> str:
    try:
        os.link(source, target)
    except OSError:
        shutil.copyfile(source, target)
    return target


def worse(library: Library, change: Mapping[str, bytes | None], today: date) -> tuple[Finding, ...]:
    """Return the errors a change would bring that the library does not have, wherever they stand."""
    before = Counter(
        (f.rule, f.message) for f in check(library, today, processes=cores()) if f.severity is Severity.ERROR
    )
    with changed(library.root, change) as tried:
        after = [f for f in check(tried, today, processes=cores()) if f.severity is Severity.ERROR]
    found: list[Finding] = []
    for each in after:
        # The page itself stands elsewhere now, so its old errors are known by what they say.
        if before[each.rule, each.message] > 0:
            before[each.rule, each.message] -= 1
        else:
            found.append(each)
    return tuple(found)
