"""The sentence, the clause and the place that a sum stands in, by the words around it."""

import re

from pipeline.extract.nlp import Material
from pipeline.extract.sentences import LIST_ITEM
from pipeline.extract.sum_context import YEAR_AFTER, is_retold
from pipeline.model import Span

LIST_LENGTH = 8
SHORT_LINE = 60
FAR = 120  # characters before a sum in which the verb of its clause stands
LEAD_IN = re.compile(
    r"(?:f[öo6]rdela\w*(?:\s+p[åa])?|enligt\s+f[öo6]ljande|f[öo6]ljande\s+belopp(?:\s+[^.:\n]{0,60}:)?|varav)\s*:?$",
    re.I,
)
DECIDING = re.compile(
    r"\b(?:beslutar|f[öo6]resl[åa]s\s+besluta|f[öo6]reslår\s+[^.\n]{0,80}besluta)\b", re.IGNORECASE
)
# A member of a party speaks: `Anna Ek (L) yrkar`. What is moved isn't decided.
MOVES = re.compile(
    r"\([A-ZÅÄÖ][A-Za-zÅÄÖåäö]{0,3}\)(?:\s+m\.?\s?fl\.?)?\s+(?:f[öo6]resl[åa]r|yrkar|vill|beg[äa]r|anser|menar)\b"
)
# `kr.` before a capital ends a sentence, unless the next one speaks of the same sum: `Av detta är …`.
REFUSES = re.compile(
    r"\b(?:avsl[åa](?:s|r)?|avslag|nekas?|lämnas\s+utan\s+bifall|(?:inte|ej)\s+bevilja\w*)\b", re.IGNORECASE
)
GRANTS = re.compile(
    r"\b(?:bevilja[rs]?|tilldela[rs]?|f[öo]rdela[rs]?|l[äa]mna[rs]?\s+(?:bidrag|st[öo]d))\b", re.IGNORECASE
)
GRANTED_LABEL = re.compile(r"\n\W*(?:bevilja|tilldela)(?:t|d|de)\b\W*$", re.IGNORECASE)
SEEKS = re.compile(r"\b(?:an)?s[öo6]k(?:er|te|t)\b", re.IGNORECASE)
GIVES = re.compile(
    r"\b(?:bevilja\w*|tilldela\w*|f[öo]rdela\w*|f[åa]r|erh[åa]ller|ges|l[äa]mna[rs]?|betala[rs]?|utbetala[rs]?"
    r"|avs[äa]tt\w*|ansl[åa](?:r|s)?|bidra[r]?|f[öo]resl[åa](?:r|s)|f[öo]rslag\w*|ers[äa]tt\w*)\b",
    re.IGNORECASE,
)
SOUGHT_ASIDE = re.compile(
    r"\((?=[^()]{0,60}\d)[^()]{0,30}?\b(?:s[öo6]kt\w*|ans[öo6]k\w*)\b[^()]{0,40}\)", re.IGNORECASE
)
KRONOR_END = re.compile(r"(?<=kr)\.\s+(?=[A-ZÅÄÖ])(?!(?:Av|I)\s(?:det|den|bel|sum|bid|ers)|D[äa]rav|Varav)")
# The number of the next clause of an agreement, whose lines end without a full stop.
NEXT_CLAUSE = re.compile(r"(?<=[^\s:])\s*\n\s{0,8}\d{1,2}\.\d{1,2}\.?\s+(?=[A-ZÅÄÖ])")
FROM = re.compile(r"\bfr[åa]n\s+(?:SEK\s|kr\s)?$", re.IGNORECASE)
TO = re.compile(r"[^.;,\d]{0,30}\btill\s+(?:SEK\s|kr\s)?\d", re.IGNORECASE)
# `Kommunen har 2009 lämnat 400 000 kr`: paid before, whoever paid it.
HAS_PAID = re.compile(
    r"\b(?:har|hade)\s+(?:(?:[åa]r|under|redan|i)\s+)*(?:(?:19|20)\d\d|tidigare)\s+(?:[^.;\d]{0,30}\s)?"
    r"(?:l[äa]mnat|betalat|utbetalat|gett|givit|bidragit|beviljat|anslagit|erh[åa]llit|f[åa]tt)\b[^.;]{0,60}$",
    re.IGNORECASE,
)
# The pot and what is left of it: `fördelas 60 tkr av 75 tkr. Resterande 15 tkr fördelas i höst`.
OF_A_POT = re.compile(
    r"\d\s?(?:kr|kronor|:-|tkr|mkr)\.?\s+av\s+(?:(?:totalt|sammanlagt|de|ramens|pottens|anslagets"
    r"|tillgängliga|avsatta|budgeterade)\s+)*$",
    re.IGNORECASE,
)
LEFT = re.compile(r"\b(?:resterande|[åa]terst[åa]ende|kvarvarande)\s+(?:SEK\s|kr\s)?$", re.IGNORECASE)
GIVEN_LATER = re.compile(
    r"\s*(?:f[öo]rdelas|delas\s+ut|anv[äa]nds|reserveras|avs[äa]tts|sparas|utlyses)\b", re.IGNORECASE
)
# `höjs med 75 000 kr, från 600 000 kr till 675 000 kr`: what is added is told in what it comes to.
# `under förutsättning att ESF-rådet beviljar 200 000 kr`: a condition, where the payer is somebody else.
CONDITION = re.compile(
    r"\b(?:under\s+f[öo]ruts[äa]ttning(?:\s+av)?(?:,)?\s+att|f[öo]rutsatt\s+att|(?:med\s+)?f[öo]rbeh[åa]ll\s+f[öo]r\s+att"
    r"|villkorat\s+av\s+att)\s+[^.;:]{0,80}$",
    re.IGNORECASE,
)
RAISED_BY = re.compile(
    r"\b(?:h[öo]j|[öo]ka|minska|s[äa]nk|utökas?|r[äa]knas?\s+upp)\w*\s+(?:\w+\s+){0,3}?med\s+$", re.IGNORECASE
)
UP_TO = re.compile(r"[,\s]+(?:fr[åa]n|till)\s+(?:SEK\s)?\d", re.IGNORECASE)
CLAUSE_END = re.compile(
    r"[;]|,\s+(?=(?:sammanlagt|totalt|varav|samt|motsvarande)\b)|\boch\s+(?=\d)(?!(?:19|20)\d\d(?![ \d]\d))"
    r"|\bsamt\s+(?=\d)|,\s*(?=['’]?\d)"
)
# The only sum of a sentence is its total: `Stödet för 2019 fördelas enligt nedan, totalt 80 000 kr`.
TOTAL_NEXT = re.compile(r"(?:sammanlagt|totalt)\b", re.IGNORECASE)


def is_former(text: str, span: Span) -> bool:
    """Whether a sum is the one before a change, `höjs från 50 000 kr till 60 000 kr`, was paid before, or
    is the pot that grants are taken from, or what is left of it."""
    if HAS_PAID.search(text, max(0, span.start - FAR), span.start):
        return True
    if OF_A_POT.search(text, max(0, span.start - FAR), span.start):
        return True
    if LEFT.search(text, max(0, span.start - FAR), span.start) and GIVEN_LATER.match(text, span.end):
        return True
    if RAISED_BY.search(text, max(0, span.start - FAR), span.start) and UP_TO.match(text, span.end):
        return True
    before, after = text[max(0, span.start - 12) : span.start], text[span.end : span.end + 40]
    return bool(FROM.search(before) and TO.match(after))


def is_condition(text: str, span: Span) -> bool:
    """Whether a sum stands in what has to come about before anything is granted."""
    return bool(CONDITION.search(text, max(0, span.start - FAR), span.start))


def to_the_point(text: str, sentence: Span, span: Span) -> Span:
    """The sentence without those that end in `kr.` before it, or begin after such an end or a number."""
    ends = (KRONOR_END, NEXT_CLAUSE)
    stops = [stop.end() for end in ends for stop in end.finditer(text, sentence.start, sentence.end)]
    start = max((at for at in stops if at <= span.start), default=sentence.start)
    return Span(start, min((at for at in stops if at >= span.end), default=sentence.end))


def place_of(text: str, own: Span, sentence: Span, span: Span) -> str:
    """The place that a sentence makes by itself, whatever its heading: a motion, what another paper says, or
    a list of decisions."""
    before = text[sentence.start : span.start]
    if MOVES.search(before):
        return "motions"
    if is_retold(text, own, span):
        return "retold"
    refused = max((m.end() for m in REFUSES.finditer(text, own.start, span.start)), default=0)
    if refused and not (
        GRANTS.search(text, refused, span.start) or GRANTED_LABEL.search(text, refused, span.start)
    ):
        return "refused"
    sought = max((m.end() for m in SEEKS.finditer(text, own.start, span.start)), default=0)
    if sought and not GIVES.search(text, sought, span.start):
        return "sought"
    return "decision" if DECIDING.search(before) else ""


def without_asides(text: str, sentence: Span, span: Span, others: list[Span]) -> tuple[str, list[Span]]:
    """The text and the other sums without brackets that only tell what was sought: `9 tkr (sökt 12 tkr)`."""
    asides = [Span(m.start(), m.end()) for m in SOUGHT_ASIDE.finditer(text, sentence.start, sentence.end)]
    for one in asides:
        if not span.overlaps(one):
            text = text[: one.start] + " " * len(one) + text[one.end :]
            others = [other for other in others if not other.overlaps(one)]
    return text, others


def with_lead(material: Material, sentence: Span) -> Span:
    """An item of a list together with the line that leads to it: `Bidraget uppgår till`."""
    at, text = _under_lead_in(material, sentence.start), material.text
    for _ in range(LIST_LENGTH if at == sentence.start else 0):
        before = text[:at].rstrip()
        if not before or before[-1] in ".!?" or text.count("\n", len(before), at) > 2:
            break
        if not LIST_ITEM.match(text[at : at + 40]) and text[at : at + 1].isupper():
            break
        at = material.outline.sentence(Span(len(before) - 1, len(before))).start
    return Span(at, sentence.end)


def _under_lead_in(material: Material, start: int) -> int:
    """Where the sentence begins that leads to a list of short lines: `fördelat på`, `enligt följande:`."""
    lines, text = material.outline.lines, material.text
    index = material.outline.line_index(start)
    for above in range(index - 1, max(-1, index - 1 - 2 * LIST_LENGTH), -1):
        words = text[lines[above].span.start : lines[above].span.end].rstrip()
        if LEAD_IN.search(words):
            return material.outline.sentence(Span(lines[above].span.end - 1, lines[above].span.end)).start
        if len(words) > SHORT_LINE or words.endswith((".", "!", "?")):
            break
    return start


def clause_of(text: str, sentence: Span, span: Span, others: list[Span]) -> Span:
    """The part of the sentence that speaks of this sum: between the sums before and after it."""
    ends = [other.end for other in others if sentence.start < other.end <= span.start]
    start = max(ends, default=sentence.start)
    end = min((other.start for other in others if other.start >= span.end), default=sentence.end)
    if start > sentence.start and (years := YEAR_AFTER.search(text[start : span.start])):
        start += years.end()
    alone = start == sentence.start
    for stop in CLAUSE_END.finditer(text, start, span.start):
        if not (alone and TOTAL_NEXT.match(text, stop.end())):
            start = stop.end()
    if text[span.end - 1] == "." and re.match(r"\s+\W?[A-ZÅÄÖ]", text[span.end : end]):
        end = span.end
    stop_after = CLAUSE_END.search(text, span.end, end)
    return Span(start, stop_after.start() if stop_after else end)
