"""A diarienummer's prefix that OCR bent, mended by the name of the nämnd that it abbreviates.

Stamps read badly, and an F taken for an E makes another nämnd's number. Most prefixes are the initials of
the nämnd's name (Kultur- och fritidsnämnden: KFN). Where the document's own nämnd has these initials, but for
one letter that OCR mixes up, they are what was printed; the row says so.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from pipeline.model import CaseNumber, Finding

PREFIX = re.compile(r"[A-ZÅÄÖ]{2,5}(?=[- ])")
SMALL_WORDS = frozenset(["och", "för", "i", "med", "av", "samt"])
LAST_PART = {"nämnd": "N", "styrelse": "S", "utskott": "U"}
# Capitals that differ by one stroke.
LOOK_ALIKES = frozenset(
    frozenset(pair) for pair in ("EF", "OQ", "IL", "IT", "BR", "PR", "CG", "UV", "DO", "NH", "KX")
)


def with_mended_prefixes(findings: Sequence[Finding], board: str) -> tuple[Finding, ...]:
    """The findings, with the prefixes of case numbers mended where the nämnd's initials tell."""
    initials = abbreviation(board)
    return tuple(_mended(finding, initials) for finding in findings) if initials else tuple(findings)


def abbreviation(board: str) -> str:
    """The initials of a nämnd's name, its last part included; empty without a name.

    >>> abbreviation("Kultur- och fritidsnämnden"), abbreviation("Nämnden för arbete och välfärd")
    ('KFN', 'NAV')
    """
    initials = ""
    for word in re.findall(r"\w+", board.lower()):
        if word in SMALL_WORDS:
            continue
        initials += word[0].upper()
        for part, letter in LAST_PART.items():
            if part in word[1:]:
                initials += letter
    return initials


def _mended(finding: Finding, initials: str) -> Finding:
    value = finding.value
    prefix = PREFIX.match(value.number) if isinstance(value, CaseNumber) else None
    if not isinstance(value, CaseNumber) or prefix is None or not _is_bent(prefix.group(), initials):
        return finding
    number = initials + value.number[prefix.end() :]
    flags = (*finding.flags, "prefix_repaired")
    return replace(
        finding, value=replace(value, number=number), flags=flags, confidence=finding.confidence * 0.9
    )


def _is_bent(prefix: str, initials: str) -> bool:
    if len(prefix) != len(initials):
        return False
    differing = [{a, b} for a, b in zip(prefix, initials, strict=True) if a != b]
    return len(differing) == 1 and frozenset(differing[0]) in LOOK_ALIKES
