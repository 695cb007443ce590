"""Run the rules over a library: every finding once, in one order, whatever order the files came in."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from kotae.baseline import Baseline
from kotae.content.library import Library
from kotae.content.waivers import Waiver
from kotae.findings import Finding, Said, Severity
from kotae.forking import no_collecting, spread
from kotae.rules.registry import RULES, Context, Found, Rule, unreadable
from kotae.rules.waivers import WAIVED, honoured
from kotae.settings import WEIGHTS

_WORTH_FORKING = 600
_UNREADABLE = frozenset({"KT111", "KT112", "KT113", "KT115"})
# What can be said of any repository with review dates and owners.
_FOREIGN = frozenset({"KT101", "KT116", "KT501", "KT502", "KT504", "KT510"})


@dataclass(frozen=True)
class Report:
    """What a check found in how many documents. ``known`` counts what the baseline holds back, ``mended`` what
    it names and is no longer there."""

    findings: tuple[Finding, ...] = ()
    documents: int = 0
    known: int = 0
    mended: int = 0


@dataclass(frozen=True)
class Asked:
    """What a check is asked to show: ``paths`` (files or folders below the root; none means all), and of a change
    the files it ``touched`` and all that depends on them (``concerned``); None: not asked about a change."""

    paths: tuple[str, ...] = ()
    touched: frozenset[str] | None = None
    concerned: frozenset[str] = frozenset()
    baseline: Baseline | None = None


EVERYTHING = Asked()


def check(
    library: Library,
    today: date,
    *,
    rules: Mapping[str, Rule] = RULES,
    seen: Callable[[int, int], None] | None = None,
    processes: int = 1,
) -> tuple[Finding, ...]:
    """Return every finding of ``rules`` in ``library`` as of ``today``, by path and line.

    ``seen`` is called with (documents done, documents in all) as the work goes on. Several ``processes`` share
    the work where there is enough of it; the findings are the same.
    """
    rules = {each.id: each for each in rules.values() if _asked_for(each, library)}
    context = Context(library, today)
    parts = processes if len(library.documents) >= _WORTH_FORKING else 1
    of_document = [r for r in rules.values() if not r.of_library]
    of_library = [r for r in rules.values() if r.of_library]
    for_broken = [r for r in of_document if r.broken]

    def judge(part: int) -> set[Finding]:
        findings: set[Finding] = set()
        for done, document in enumerate(library.documents[part::parts], 1):
            # Of a file that cannot be read only that is said: everything else would follow from it.
            for each in for_broken if unreadable(document) else of_document:
                for found in each.check(document, context):  # type: ignore[call-arg,arg-type]  # of_document takes two
                    findings.add(_finding(each, found, document.path))
            if seen and part == 0 and done % 100 == 0:
                seen(min(done * parts, len(library.documents)), len(library.documents))
        for each in of_library[part::parts]:
            findings.update(_finding(each, found, "") for found in each.check(context))  # type: ignore[call-arg,arg-type]  # of_library takes one
        return findings

    with no_collecting():
        found = set().union(*spread(judge, parts))
    found = {f for each in found if (f := _weighed(each, library)) is not None}
    if WAIVED in rules:
        found = _waived(found, library, today, rules)
    return tuple(sorted(found))


def report(
    library: Library,
    today: date,
    asked: Asked = EVERYTHING,
    seen: Callable[[int, int], None] | None = None,
    processes: int = 1,
) -> Report:
    """Check all of ``library`` and keep what was ``asked`` for.

    Of a change, what only the calendar caused is an error on the files it touched: who has a page open reads it.
    """
    findings, documents = check(library, today, seen=seen, processes=processes), len(library.documents)
    if asked.touched is not None:
        findings = tuple(sorted(_on_touch(f, asked.touched) for f in findings if _concerns(f, asked)))
        documents = sum(d.path in asked.concerned for d in library)
    if asked.paths:
        findings = tuple(f for f in findings if below(f.path, asked.paths))
        documents = sum(below(d.path, asked.paths) for d in library)
    if asked.baseline is None:
        return Report(findings, documents)
    fresh = asked.baseline.without(findings)
    known = len(findings) - len(fresh)
    return Report(fresh, documents, known, max(0, asked.baseline.total - known))


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


def below(path: str, wanted: tuple[str, ...]) -> bool:
    """Tell whether ``path`` is one of the ``wanted`` files or lies in one of the folders."""
    return any(each in ("", ".") or path == each or path.startswith(f"{each}/") for each in wanted)


def _asked_for(rule: Rule, library: Library) -> bool:
    """Tell whether the settings want a rule. What guards the wall, and what cannot be read, nobody can switch off."""
    wanted, shape = library.desk.settings.rules, library.shape
    if rule.id in wanted or rule.family in wanted or rule.id in _UNREADABLE:
        return True
    if not shape.foreign:
        return not wanted or not rule.waivable
    # Another's repository has no wall of ours to guard, unless its settings say who may read what.
    walled = any(key.en == "audience" for key in shape.names.values())
    return (walled and not rule.waivable) or (not wanted and rule.id in _FOREIGN)


def _concerns(finding: Finding, asked: Asked) -> bool:
    touched = asked.touched or frozenset()
    # A page that was not touched may be told of one that was: 聞かれ方「…」は faq/… にもあります。
    return finding.path in asked.concerned or any(path in finding.message.ja for path in touched)


def _on_touch(finding: Finding, touched: frozenset[str]) -> Finding:
    if finding.only_time and finding.severity is Severity.WARNING and finding.path in touched:
        return replace(finding, severity=Severity.ERROR)
    return finding


def _weighed(finding: Finding, library: Library) -> Finding | None:
    """Return the finding with the weight the settings give its rule; None when they switch it off."""
    written = library.desk.settings.severities.get(finding.rule)
    weight = WEIGHTS.get(written or "")
    if weight is None or not (finding.rule in RULES and RULES[finding.rule].waivable):
        return finding
    return None if weight == "off" else replace(finding, severity=Severity(weight))


def _waived(found: set[Finding], library: Library, today: date, rules: Mapping[str, Rule]) -> set[Finding]:
    """Take out what pages ask to be silent about, and name the exceptions that nothing needs any more."""
    kept = set(found)
    for document in library:
        for waiver in document.waivers:
            if not honoured(waiver, today):
                continue
            silent = {f for f in found if f.path == document.path and f.rule == waiver.rule}
            kept -= silent
            if not silent and waiver.rule in rules:
                kept.add(_needless(waiver, document.path))
    return kept


def _needless(waiver: Waiver, path: str) -> Finding:
    said = Said(
        f"{waiver.rule} のお知らせはもう出ていません。この例外を消してください。",
        f"{waiver.rule} is no longer found here. Remove this exception.",
    )
    name = RULES[WAIVED].name
    return Finding(path, max(1, waiver.line), 1, WAIVED, name, Severity.WARNING, said)


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
