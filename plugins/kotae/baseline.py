"""What an old content set is known to have: counted by page and rule, so that only new findings are shown.

A baseline only shrinks: written again, it keeps no more than it held. Leaks are never part of one.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from kotae.findings import Finding

_NEVER = ("KT7", "KT611")


class BaselineError(ValueError):
    """The file is no baseline."""


@dataclass(frozen=True)
class Baseline:
    """How many findings of one rule one page may have; lines do not count, so that an edit above moves nothing."""

    counts: Mapping[tuple[str, str], int] = field(default_factory=dict)

    @property
    def total(self) -> int:
        """How many findings it holds back at most."""
        return sum(self.counts.values())

    def without(self, findings: Iterable[Finding]) -> tuple[Finding, ...]:
        """Return the findings it does not know, in their order."""
        left = dict(self.counts)
        fresh: list[Finding] = []
        for each in findings:
            key = (each.path, each.rule)
            if left.get(key, 0) > 0 and _may_wait(each):
                left[key] -= 1
            else:
                fresh.append(each)
        return tuple(fresh)

    def text(self) -> str:
        """Return it as it is kept: sorted, one page a line group, so that reviews show what was mended."""
        pages: dict[str, dict[str, int]] = {}
        for (path, rule), count in sorted(self.counts.items()):
            pages.setdefault(path, {})[rule] = count
        return json.dumps({"kotae-baseline": 1, "pages": pages}, ensure_ascii=False, indent=1) + "\n"


def taken(findings: Iterable[Finding], earlier: Baseline | None = None) -> Baseline:
    """Return a baseline of ``findings``; of an ``earlier`` one only what is still there."""
    counts = Counter((f.path, f.rule) for f in findings if _may_wait(f))
    if earlier is None:
        return Baseline(dict(counts))
    return Baseline({key: min(count, counts[key]) for key, count in earlier.counts.items() if counts[key]})


def read(text: str) -> Baseline:
    """Read a baseline as ``text`` wrote it. Raises BaselineError."""
    try:
        pages = json.loads(text)["pages"]
        counts = {(path, rule): int(count) for path, rules in pages.items() for rule, count in rules.items()}
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise BaselineError(str(error)) from error
    return Baseline(counts)


def _may_wait(finding: Finding) -> bool:
    return not finding.rule.startswith(_NEVER)
