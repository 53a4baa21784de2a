"""What kind of paper a document is: letterhead word, title, structure and wording, each with its weight."""

import re
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache, lru_cache

from rapidfuzz import fuzz, process

from pipeline.extract.languages import foreign
from pipeline.extract.layout import furniture, plain
from pipeline.extract.naming import one_line
from pipeline.extract.nlp import Material
from pipeline.extract.public_bodies import LETTERHEAD_LINES
from pipeline.extract.titles import titles
from pipeline.extract.word_lists import data_rows
from pipeline.model import Span

ANNUAL_REPORT = re.compile(
    r"^\W*(?:[åa]rsredovisning|verksamhetsber[äa]ttelse|[åa]rsber[äa]ttelse|f[öo]rvaltningsber[äa]ttelse)\b",
    re.I,
)
TOLD_TO_GIVER = re.compile(
    r"[öo]verenskommelse|partnerskap|n[äa]mnden\b|\bdnr\b|diarien"
    r"|\bbidrag(?:et)? fr[åa]n \w+ (?:kommun|stad|region)|kommunens bidrag|(?:[åa]ter)?rapporteringen? avser",
    re.I,
)
CLAUSE_SIGN = re.compile(
    r"^[^\S\n]*(?:\*\*|#+\s*)?(?:§\s?(\d{1,4})\b(?!\s*(?:st|kap))|(\d{1,3})\s§\s+(?=[A-ZÅÄÖ]))", re.M
)
_FIGURES = re.compile(r"[\d()§/.:,-]+|\bsida\b")
_ONE_GROUP = re.compile(r"\\b\(\?:((?:[^()]|\([^()]*\))*)\)\\b")  # a pattern that is one group of whole words
_CLASS = re.compile(r"\[[^]]*\]|\\.")
_INNERMOST = re.compile(r"\([^()]*\)")
_LOOSE = re.compile(r".[?*]|.\{[^}]*\}")
_LETTERS = re.compile(r"[^\W\d_]+")
# Whose paper it is, before the word for its kind, in columns whose gap was lost: `orrvikens kommun beslut`.
_SENDER = re.compile(
    r"^.*(?:\b(?:kommun|stad|landsting)|nämnden|styrelsen|förvaltningen|kontoret)\s+(?=\w+$)"
)
LONGEST_HEAD = 80  # characters
CLEAR = 12.0  # a sum of weights at which the type is as good as certain


@dataclass(frozen=True, slots=True)
class Cue:
    """One row of `data/document_types.tsv`."""

    type: str
    where: str
    weight: float
    pattern: re.Pattern[str]
    literal: tuple[str, ...]  # the alternatives of the pattern that are plain words
    gists: tuple[str, ...]  # letters of which a text has some wherever the pattern matches; empty if unknown


@dataclass(frozen=True, slots=True)
class Guess:
    """A type with its share of the evidence; `span` and `cue` are the strongest of it."""

    type: str
    confidence: float
    span: Span
    cue: str


def _gists(pattern: str) -> tuple[str, ...]:
    r"""For each alternative of a pattern the longest word that it can't do without; empty where one has none.

    >>> _gists(r"\b(?:vi ansöker|sökt bidrag(?:et)?)\b"), _gists(r"\bhej(?:san|(?: på)? dig)|\d+ kr")
    (('ansöker', 'bidrag'), ('hej', 'kr'))
    >>> _gists(r"fakturor?|(?:ocr|giro)")
    ()
    """
    group = _ONE_GROUP.fullmatch(pattern)
    bare = _CLASS.sub(" ", group[1] if group else pattern)
    while (outer := _INNERMOST.sub(" ", bare)) != bare:
        bare = outer
    words = [max(_LETTERS.findall(_LOOSE.sub(" ", each)), key=len, default="") for each in bare.split("|")]
    return tuple(words) if all(words) else ()


@cache
def _cues() -> tuple[Cue, ...]:
    return tuple(
        Cue(
            kind,
            where,
            float(weight),
            re.compile(pattern, re.MULTILINE | (re.NOFLAG if where == "text" else re.IGNORECASE)),
            tuple(word for word in re.split(r"\|(?![^(]*\))", pattern) if word.isalpha()),
            _gists(pattern),
        )
        for kind, where, weight, pattern in data_rows("document_types.tsv")
    )


def guesses(material: Material) -> list[Guess]:
    """The types that anything speaks for, the likeliest first; empty when nothing does.

    What a paper in another language calls itself isn't known: it is `other`, as are letters, invoices and the
    annual reports that bodies write for their members.
    """
    language = material.once(foreign)
    if language:
        return [Guess("other", 0.9, language.span, f"in another language: {language.cue}")]
    named = material.once(titles)
    title, title_span = (named[0].text, named[0].span) if named else ("", Span(0, 0))
    scores: dict[str, float] = defaultdict(float)
    best: dict[str, tuple[float, Span, str]] = {}
    for kind, weight, span, cue in [
        *_heads(material),
        *_title(material, title, title_span),
        *_wordings(material),
        *_structure(material),
    ]:
        scores[kind] += weight
        if kind not in best or weight > best[kind][0]:
            best[kind] = (weight, span, cue)
    total = sum(scores.values())
    order = sorted(scores, key=lambda kind: -scores[kind])
    return [
        Guess(kind, _confidence(scores[kind], total), best[kind][1], best[kind][2])
        for kind in order
        if scores[kind] >= 2
    ]


def _confidence(score: float, total: float) -> float:
    return round(min(0.98, 0.35 + 0.4 * score / total + 0.25 * min(1.0, score / CLEAR)), 2)


Evidence = tuple[str, float, Span, str]


def _heads(material: Material) -> list[Evidence]:
    """Cells of the letterhead and running lines that are a word for the kind of paper."""
    text = plain(material.text)
    lines = material.outline.lines
    edges = sorted(furniture(material.outline) | set(range(min(LETTERHEAD_LINES, len(lines)))))
    found: dict[tuple[str, str], Evidence] = {}
    for i in edges:
        for cell in lines[i].cells:
            if len(cell) > LONGEST_HEAD:
                continue
            words = _FIGURES.sub(" ", text[cell.start : cell.end].lower())
            words = " ".join(words.split()).strip(" #|*")
            words = _SENDER.sub("", words)
            for cue in _head_cues(words):
                found.setdefault((cue.type, words), (cue.type, cue.weight, cell, words))
    return list(found.values())


@lru_cache(maxsize=20_000)
def _head_cues(words: str) -> tuple[Cue, ...]:
    """The cues that a cell of a letterhead is, a bent letter in a long word forgiven."""
    if not words:
        return ()
    heads = [cue for cue in _cues() if cue.where == "head"]
    found = [cue for cue in heads if cue.pattern.fullmatch(words)]
    if len(words) >= 8:
        long = [cue for cue in heads if cue.weight >= 7 and cue not in found]
        found += [
            cue for cue in long if process.extractOne(words, cue.literal, scorer=fuzz.ratio, score_cutoff=88)
        ]
    return tuple(found)


def _title(material: Material, title: str, span: Span) -> list[Evidence]:
    """What the title says; a paper with a decision or a proposal in it is about an agreement or application
    that its title names, and isn't one."""
    words = one_line(title).lower()
    topics = {section.topic for section in material.outline.sections}
    found = []
    tells = any(cue.where == "title" and cue.type == "report" and cue.pattern.match(words) for cue in _cues())
    for cue in _cues():
        match = cue.pattern.search(words) if cue.where == "title" else None
        if match:
            ruled = tells or topics & {"decision", "proposal"}
            names_subject = cue.type in ("agreement", "application") and ruled
            found.append((cue.type, cue.weight / 3 if names_subject else cue.weight, span, match.group()))
    return found


def _own_annual_report(material: Material) -> bool:
    """Whether a yearly report is a body's own, for its members: nobody public is told about a grant."""
    heads = [
        material.text[line.span.start : line.span.end] for line in material.outline.lines[:LETTERHEAD_LINES]
    ]
    return any(map(ANNUAL_REPORT.search, heads)) and not TOLD_TO_GIVER.search(material.text)


def _wordings(material: Material) -> list[Evidence]:
    text = plain(material.text)
    lowered = text.lower()
    text = lowered if len(lowered) == len(text) else text  # for a letter that has two of its own in small
    found = []
    for cue in _cues():
        if cue.where != "text" or (cue.gists and not any(gist in text for gist in cue.gists)):
            continue
        if match := cue.pattern.search(text):
            found.append((cue.type, cue.weight, Span(match.start(), match.end()), one_line(match.group())))
    return found


def _structure(material: Material) -> list[Evidence]:
    """What the headings tell together."""
    sections = material.outline.sections
    first = {section.topic: section for section in reversed(sections)}
    found: list[Evidence] = []

    def say(kind: str, weight: float, topic: str) -> None:
        found.append((kind, weight, first[topic].span, first[topic].heading))

    sign = CLAUSE_SIGN.search(material.text)
    if sign and not _numbers_clauses(material.text, first.keys()):
        found.append(("minutes", 4.0, Span(sign.start(), sign.end()), one_line(sign.group())))
    if material.once(_own_annual_report):
        found.append(("other", 3 * CLEAR, Span(0, 0), "annual report"))
    if "proposal" in first:
        say("staff_report", 7.0 if "decision" not in first else 3.0, "proposal")
    if "responsible" in first and "proposal" in first:
        say("staff_report", 2.0, "responsible")
    if "decision" in first and "motions" in first:
        say("minutes", 5.0, "motions")
    if "attendance" in first:
        say("minutes", 3.0, "attendance")
    if "decision" in first and "proposal" not in first:
        say("decision", 3.0 if sign else 5.0, "decision")
    if "decision" in first and "appeal" in first:
        say("decision", 4.0, "appeal")
    if "parties" in first and "decision" not in first and "proposal" not in first:
        say("agreement", 4.0, "parties")
    if "term" in first and "signatures" in first:
        say("agreement", 5.0, "term")
    elif "term" in first and "cancellation" in first:
        say("agreement", 4.0, "term")
    elif "signatures" in first and "parties" in first:
        say("agreement", 3.0, "signatures")
    elif (
        "term" in first and "economy" in first and not {"application", "decision", "proposal"} & first.keys()
    ):
        say("agreement", 3.0, "term")
    if "application" in first and "decision" not in first:
        say("application", 4.0, "application")
    if "followup" in first and "budget" in first and "term" not in first:
        say("report", 2.0, "budget")
    return found


def _numbers_clauses(text: str, topics: Collection[str]) -> bool:
    """Whether `§ 1`, `§ 2`, … number the clauses of an agreement and not the matters of a meeting."""
    numbers = [int(sign.group(1) or sign.group(2)) for sign in CLAUSE_SIGN.finditer(text)]
    return (
        len(numbers) >= 3
        and numbers == list(range(1, len(numbers) + 1))
        and not {"decision", "attendance", "motions"} & set(topics)
    )
