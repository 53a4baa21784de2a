"""What a period or a sum is, seen from the whole document: its type can overrule its clause.

An application, a report and a claim for repayment commit nothing, whatever their sentences say (output
contract, «How a doubtful case is read»).
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from pipeline.model import Amount, Decision, Finding, Period

AGREEMENT_WORDS = re.compile(r"avtal|[öo6]verenskommelse|partnerskap|\biop\b|kontrakt", re.I)
GRANT = re.compile(
    r"\b(?:bevilja[rs]?\b|avs[äa]tt|godk[äa]nn|ing[åa]|till?del|anvisa|ansl[åa]|teckna|f[öo]rl[äa]ng|f[öo]rdela|"
    r"bifall\w*\s+(?:(?!f[öo6]rslag|yrkande|att\b)\w+\s+){0,3}?(?:ans[öo6]k|beg[äa]r|framst[äa]ll)|"
    r"\b(?:f[åa]r|erh[åa]ller)\b.{0,80}\d\s?(?:t?kr|kronor|mnkr|:-)|"
    r"utbetala|betalas? ut|l[äa]mna[rs]?\b(?! utan| in\b).{0,60}(?:bidrag|st[öo]d|kr\b|kronor)|"
    r"ge[rs]?\b.{0,40}(?:bidrag|st[öo]d)|\bge[rs]?\b.{0,120}\d\s?(?:t?kr|kronor|mnkr|:-))",
    re.I | re.S,
)
COVERS = re.compile(r"omfatta|avse", re.I)
MOTION = re.compile(r"\bmotion(?:en|er|erna)?\b", re.I)
CLAIM_OR_REFUSAL = re.compile(
    r"\b(?:[åa]terkr[äa]v|[åa]terkalla|[åa]terbetal|betala\w*\s+tillbaka|avsl[åa]|avslag)", re.I
)

REFUSAL = re.compile(r"\b(?:avsl[åa]|avslag)", re.I)
CLAIM = re.compile(r"\b(?:[åa]terkr[äa]v|[åa]terkalla|[åa]terbetal|betala\w*\s+tillbaka)", re.I)


def by_document_type(findings: Sequence[Finding], document_type: str) -> tuple[Finding, ...]:
    """The findings with the kinds that the document as a whole allows."""
    claims_or_refuses = document_type in ("decision", "minutes", "staff_report") and _claims_or_refuses(
        findings
    )
    told_other = _is_told_other(findings, document_type)
    commits = document_type not in ("application", "report") and not (claims_or_refuses or told_other)
    settled = tuple(_rekinded(f, document_type, commits, told_other) for f in findings)
    if not claims_or_refuses:
        return settled
    refused = [
        f.span
        for f in findings
        if isinstance(f.value, Decision) and REFUSAL.search(f.value.text) and not CLAIM.search(f.value.text)
    ]
    return tuple(
        f if any(f.span in point for point in refused) else _of_the_earlier_grant(f) for f in settled
    )


def commits_money(findings: Sequence[Finding]) -> bool:
    return any(isinstance(f.value, Amount) and f.value.kind == "funding" for f in findings)


def _is_told_other(findings: Sequence[Finding], document_type: str) -> bool:
    """Whether a wording says that the document is of another type, such as a letter; not only that none is
    known."""
    return document_type == "other" and any(
        f.kind == "document_type" and f.value == "other" and f.rule != "document_type_none" for f in findings
    )


def _claims_or_refuses(findings: Sequence[Finding]) -> bool:
    """Whether the first decision point that does anything claims money back or says no."""
    points = sorted((f for f in findings if isinstance(f.value, Decision)), key=lambda f: f.span)
    for point in points:
        text = point.value.text if isinstance(point.value, Decision) else ""
        claim, grant = CLAIM_OR_REFUSAL.search(text), GRANT.search(text)
        if (claim or grant) and not MOTION.search(text):
            return bool(claim and (not grant or claim.start() < grant.start()))
    return False


def _of_the_earlier_grant(finding: Finding) -> Finding:
    """A claim or a refusal has a period of its own only where it says what time it covers."""
    value = finding.value
    if isinstance(value, Period) and value.kind == "agreement" and not COVERS.search(finding.cue):
        return replace(finding, value=replace(value, kind="previous"), rule=f"{finding.rule}/earlier_grant")
    return finding


def _rekinded(finding: Finding, document_type: str, commits: bool, told_other: bool) -> Finding:
    value = finding.value
    if isinstance(value, Amount) and value.kind == "funding" and not commits:
        return replace(finding, value=replace(value, kind="other"), rule=f"{finding.rule}/{document_type}")
    if isinstance(value, Period) and value.kind == "agreement" and (told_other or document_type == "report"):
        if AGREEMENT_WORDS.search(finding.cue) and not told_other:
            return finding
        return replace(finding, value=replace(value, kind="other"), rule=f"{finding.rule}/{document_type}")
    return finding
