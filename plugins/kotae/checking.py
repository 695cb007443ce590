"""Run the rules over a library: every finding once, in one order, whatever order the files came in."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from kotae.content.library import Library
from kotae.findings import Finding, Said, Severity
from kotae.rules.registry import RULES, Context, Found, Rule, unreadable


@dataclass(frozen=True)
class Report:
    """What a check found in how many documents."""

    findings: tuple[Finding, ...] = ()
    documents: int = 0


def check(
    library: Library,
    today: date,
    *,
    rules: Mapping[str, Rule] = RULES,
    seen: Callable[[int, int], None] | None = None,
) -> tuple[Finding, ...]:
    """Return every finding of ``rules`` in ``library`` as of ``today``, by path and line.

    ``seen`` is called with (documents done, documents in all) as the work goes on.
    """
    context = Context(library, today)
    of_document = [r for r in rules.values() if not r.of_library]
    for_broken = [r for r in of_document if r.broken]
    findings: set[Finding] = set()
    for done, document in enumerate(library, 1):
        # Of a file that cannot be read only that is said: everything else would follow from it.
        for each in for_broken if unreadable(document) else of_document:
            for found in each.check(document, context):  # type: ignore[call-arg,arg-type]  # of_document takes two
                findings.add(_finding(each, found, document.path))
        if seen and done % 100 == 0:
            seen(done, len(library.documents))
    for each in rules.values():
        if each.of_library:
            findings.update(_finding(each, found, "") for found in each.check(context))  # type: ignore[call-arg,arg-type]  # of_library takes one
    return tuple(sorted(findings))


def report(
    library: Library,
    today: date,
    paths: Iterable[str] = (),
    seen: Callable[[int, int], None] | None = None,
) -> Report:
    """Check all of ``library`` and keep what concerns ``paths`` (files or folders below the root; none means all)."""
    findings, documents = check(library, today, seen=seen), len(library.documents)
    wanted = tuple(paths)
    if wanted:
        findings = tuple(f for f in findings if _below(f.path, wanted))
        documents = sum(_below(d.path, wanted) for d in library)
    return Report(findings, documents)


def summary(findings: Iterable[Finding]) -> dict[str, int]:
    """Count findings by how bad they are."""
    counts = {"errors": 0, "warnings": 0, "infos": 0}
    for each in findings:
        counts[f"{each.severity.value if each.severity != Severity.INFO else 'info'}s"] += 1
    return counts


def stops(findings: Iterable[Finding]) -> bool:
    """Tell whether a publication must wait. What only the calendar caused never stops one."""
    return any(f.severity is Severity.ERROR and not f.only_time for f in findings)


def exit_code(findings: Iterable[Finding], *, strict: bool = False) -> int:
    """Return 0 when nothing stands in the way (with ``strict``: no warning either), else 1."""
    bad = {Severity.ERROR, Severity.WARNING} if strict else {Severity.ERROR}
    return int(any(f.severity in bad for f in findings))


def _below(path: str, wanted: tuple[str, ...]) -> bool:
    return any(each in ("", ".") or path == each or path.startswith(f"{each}/") for each in wanted)


def _finding(rule: Rule, found: Found, path: str) -> Finding:
    severity = found.severity or rule.severity
    only_time = rule.time if found.time is None else found.time
    if only_time and severity is Severity.ERROR:
        severity = Severity.WARNING
    said = found.said or _fill(rule.said, found.values)
    return Finding(
        found.path or path, max(1, found.line), max(1, found.column), rule.id, rule.name, severity,
        said, found.hint, only_time,
    )  # fmt: skip


def _fill(said: Said, values: Mapping[str, object]) -> Said:
    """Fill a sentence in both languages; an empty value leaves no doubled space."""
    made = (
        said.in_(lang).format(**{k: v.in_(lang) if isinstance(v, Said) else v for k, v in values.items()})
        for lang in ("ja", "en")
    )
    return Said(*(text.replace("  ", " ") for text in made))
