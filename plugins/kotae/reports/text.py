"""Findings as sentences: where, what, what to write instead, the number last."""

from __future__ import annotations

from collections.abc import Sequence

from kotae.checking import summary
from kotae.findings import NOTHING, Finding, Said, Severity

AT_A_TIME = 5
_BEFORE = Said("公開前に直すところ", "To mend before publishing")
_BETTER = Said("もっと良くなるところ", "Could be better")


def render(findings: Sequence[Finding], lang: str, *, documents: int = 0, everything: bool = False) -> str:
    """Return findings in ``lang``. Five of a group at a time; warnings fold away while errors remain."""
    errors = [f for f in findings if f.severity is Severity.ERROR]
    better = [f for f in findings if f.severity is not Severity.ERROR]
    parts: list[str] = []
    if errors:
        parts.append(_group(_BEFORE, errors, lang, len(errors) if everything else AT_A_TIME))
    if better:
        some = len(better) if everything else 0 if errors else AT_A_TIME
        parts.append(_group(_BETTER, better, lang, some))
    return "\n\n".join([*parts, _last_line(findings, documents, lang)]) + "\n"


def words(finding: Finding, lang: str) -> str:
    """Return what a finding says, without its place and number."""
    between = " " if lang == "en" and finding.hint.en else ""
    return finding.message.in_(lang) + between + finding.hint.in_(lang)


def sentence(finding: Finding, lang: str) -> str:
    """Return one finding as one line."""
    line = f"line {finding.line}" if lang == "en" else f"{finding.line}行目"
    space = " " if lang == "en" else ""
    # A name from the disk may hold a line end; one finding stays one line.
    return " ".join(f"{finding.path} {line} {words(finding, lang)}{space}({finding.rule})".splitlines())


def held_back(known: int, mended: int, lang: str) -> str:
    """Return what a baseline has to say: how much it holds back, and whether it can shrink."""
    said = Said("", "")
    if known:
        said = Said(f"前からある{known}件は見せていません。", f"{known} known before are not shown. ")
    if mended:
        more = Said(
            f"{mended}件は直っています。--write-baseline で覚えを減らせます。",
            f"{mended} are mended: --write-baseline takes them off.",
        )
        said = Said(said.ja + more.ja, said.en + more.en)
    return f"{said.in_(lang).strip()}\n" if known or mended else ""


def _group(title: Said, findings: list[Finding], lang: str, some: int) -> str:
    count = f"{len(findings)}" if lang == "en" else f"{len(findings)}件"
    lines = [f"{title.in_(lang)} ({count})" if lang == "en" else f"{title.ja}（{count}）"]
    lines += [f"  {sentence(f, lang)}" for f in findings[:some]]
    rest = len(findings) - some
    if rest > 0:
        more = Said(
            f"  {'ほかに' if some else ''}{rest}件あります。--all で全部見られます。",
            f"  {rest} {'more' if some else 'in all'}; --all shows them.",
        )
        lines.append(more.in_(lang))
    return "\n".join(lines)


def _last_line(findings: Sequence[Finding], documents: int, lang: str) -> str:
    errors = summary(findings)["errors"]
    plural = "page" if documents == 1 else "pages"
    checked = (
        Said(f"{documents:,}ページを確かめました。", f"Checked {documents:,} {plural}. ")
        if documents
        else NOTHING
    )
    if errors:
        end = Said(f"{errors}か所を直すと公開できます。", f"Mend {errors} and it can be published.")
    elif findings:
        end = Said("このまま公開できます。", "It can be published as it is.")
    else:
        end = Said("直すところはありません。", "Nothing to mend.")
    return checked.in_(lang) + end.in_(lang)
