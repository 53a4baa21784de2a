"""Which municipality and which nämnd a document belongs to: every mention, weighed by where it stands.

A name in the letterhead, in a running footer, in the party clause or before `beslutar` is the document's own;
one in the running text is only a mention. Shared by the facts and the parties.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace

from rapidfuzz import fuzz, process

from pipeline.extract.board_names import BOARD, board_name, whole_districts
from pipeline.extract.committees import COMMITTEE, Committee, acting_committee
from pipeline.extract.layout import furniture, plain
from pipeline.extract.naming import GAP, LOWER, UPPER, one_line
from pipeline.extract.nlp import Material
from pipeline.extract.towns import cased, named_town, town_ends, towns
from pipeline.extract.word_lists import data_lines
from pipeline.model import Span

LETTERHEAD_LINES = 14
COMMITTEE_WEIGHT = 6.0  # over what all the nämnder weigh together
_KOMMUN = re.compile(
    rf"(?<![\w-])(?P<name>[{UPPER}][\w-]+(?:{GAP}[{UPPER}][\w-]+)?){GAP}(?P<form>[Kk]ommun|KOMMUN|"
    rf"[Ss]tad|STAD)(?P<s>s|S)?(?!\w)"
)
_REGION = re.compile(
    rf"\b(?:Region|REGION){GAP}[{UPPER}][\w]+(?:{GAP}(?:län|Härjedalen|HÄRJEDALEN|LÄN|Götaland)\b)?|"
    rf"\b(?i:Västra{GAP}Götalandsregionen)\b"
)
# The label of a letterhead's field that names the nämnd.
_ORGAN = re.compile(
    r"(?:(?:ansvarig|beslutande)\s+)?(?:nämnd(?:\s*/\s*styrelse)?|styrelse|organ|instans|beslutsinstans|beslutsorgan)\s*:",
    re.I,
)
# By whose order an official decides: `punkt 3 i Socialnämndens delegationsordning`.
_DELEGATION = re.compile(
    rf"{GAP}(?:\w+{GAP})?(?:delegations(?:ordning|beslut|best[äa]mmelse|regl|f[öo]rteckning)|delegering)",
    re.I,
)
_TOWN_LIKE = re.compile(r"(?<!\w)(\w{1,40}) (?:kommun|stad)(?![^\W\d_])", re.I)
# What stands before a nämnd: a party that it acts for, the name of its kommun, or `Till`.
_THROUGH = re.compile(
    rf"(?:genom|företrädd{GAP}av|företräds{GAP}av|representerad{GAP}av)(?:{GAP}(?:sin|dess|kommunens))?{GAP}$"
)
_OF_KOMMUN = re.compile(rf"(?:kommun|stad|Stad|Skåne|{LOWER})s?,{GAP}$")
_ADDRESSED = re.compile(rf"(?:^|\n)\s*Till:?{GAP}$")
_IN_KOMMUN = rf"(?:{GAP}(?:i|vid|hos){GAP}(?:[{UPPER}][\w-]+{GAP}){{1,2}}(?:kommun|stad))?"
_HAS = rf"(?:{GAP}har(?:{GAP}den{GAP}[\w ]{{3,18}}(?:,{GAP}§{GAP}\d+,?)?)?)?"
_DECIDES = re.compile(
    rf"{_IN_KOMMUN}{_HAS}{GAP}(?:beslutar|beslutade|beslutat|beslöt|föreslås{GAP}besluta|godkän(?:ner|de)"
    rf"|bevilja(?:r|de|t)|avsl(?:år|og|agit)|fördelat|antar|"
    rf"avsätter|ställer{GAP}sig|återkräver|fattar|lämnar|föreslår|uppdrar|ingår|fördelar)"
)


@dataclass(frozen=True, slots=True)
class Mention:
    """A municipality (`name` its short name, `written` as printed) or a nämnd (`name` its own full name)."""

    name: str
    written: str
    span: Span
    weight: float
    source: str


def municipality_mentions(material: Material) -> list[Mention]:
    """Every mention of a municipality or a region, its weight by its place."""
    text = plain(material.text)
    edges = _edges(material)
    found = []
    for match in _KOMMUN.finditer(text):
        name, start = named_town(match)
        if name and not _is_label(match, name):
            span = Span(start, match.end())
            written = one_line(text[start : match.end()])
            written = written[:-1] if match.group("s") else written
            weight, source = _weight(material, text, span, edges)
            found.append(Mention(name, cased(written), span, weight, source))
    for match in _REGION.finditer(text):
        region = _known_region(one_line(match.group()))
        if region:
            span = Span(match.start(), match.end())
            weight, source = _weight(material, text, span, edges)
            found.append(Mention(region, region, span, weight, source))
    return found + list(_registered(material, edges, found))


def _is_label(match: re.Match[str], name: str) -> bool:
    """Whether `Kommun` is the label of the next field, below the value of another, and no town's."""
    between = match.string[match.end("name") : match.start("form")]
    return ("\n" in between or "\t" in between) and name.lower() not in towns()


def _registered(material: Material, edges: frozenset[int], found: list[Mention]) -> Iterator[Mention]:
    """Municipalities that the entity rules know from the register and that the patterns above passed over."""
    text = material.text
    lines = {material.outline.line_at(span.start).span for span in _town_like(text, found)}
    for span, label in (entity for line in sorted(lines) for entity in material.entities(line)):
        written = one_line(text[span.start : span.end])
        town = towns().get(written.lower().rsplit(" ", 1)[0])
        if label == "KOMMUN" and town and not any(span.overlaps(m.span) for m in found):
            weight, source = _weight(material, text, span, edges)
            yield Mention(town, cased(written), span, weight, source)


def _town_like(text: str, found: list[Mention]) -> Iterator[Span]:
    """Where a word that ends a municipality's name stands before `kommun` or `stad`, and nobody saw it."""
    for match in _TOWN_LIKE.finditer(text):
        span = Span(match.start(), match.end())
        known = match.group(1).lower().strip("_") in town_ends()
        if known and not any(span.overlaps(mention.span) for mention in found):
            yield span


def board_mentions(material: Material) -> list[Mention]:
    """Every mention of a nämnd by its own name, its weight by its place and by what it does there."""
    text = plain(material.text)
    edges = _edges(material)
    found = []
    for match in BOARD.finditer(text):
        span = Span(match.start(), match.end())
        name = board_name(text, match, _cell(material, span))
        if name:
            weight, source = _board_weight(material, text, span, edges)
            found.append(Mention(name, one_line(match.group()), span, weight, source))
    whole = whole_districts(mention.name for mention in found)
    return _with_committee(
        material, [replace(mention, name=whole.get(mention.name, mention.name)) for mention in found]
    )


def _with_committee(material: Material, found: list[Mention]) -> list[Mention]:
    """The mentions, and before them the utskott that decides itself where none of the nämnder does."""
    acting = acting_committee(material)
    if acting is None or any(_stands_before(material, mention, acting) for mention in found):
        return found
    weight = COMMITTEE_WEIGHT + sum(m.weight for m in found)
    return [Mention(acting.name, acting.name, acting.span, weight, "letterhead"), *found]


def _stands_before(material: Material, board: Mention, acting: Committee) -> bool:
    """Whether a nämnd decides in the paper's points, or heads a paper that names the utskott inside."""
    if board.source == "decision":
        return material.outline.topic_at(board.span.start) in ("decision", "proposal")
    own = COMMITTEE.match(plain(material.text), board.span.start) is None
    return board.source == "letterhead" and own and not acting.placed


def ranked(mentions: list[Mention]) -> list[tuple[str, float, Mention]]:
    """Names with their summed weights and best mention, the heaviest first; mere mentions count little."""
    totals: dict[str, float] = defaultdict(float)
    texts: dict[str, int] = defaultdict(int)
    best: dict[str, Mention] = {}
    for mention in mentions:
        key = _key(mention.name, best)
        if mention.source == "text":
            texts[key] += 1
            if texts[key] > 4:
                continue
        totals[key] += mention.weight
        if key not in best or mention.weight > best[key].weight:
            best[key] = mention
    order = sorted(totals, key=lambda k: (-totals[k], best[k].span.start))
    return [(best[key].name, totals[key], best[key]) for key in order]


def _key(name: str, known: dict[str, Mention]) -> str:
    low = name.lower()
    if low in known:
        return low
    near = process.extractOne(low, list(known), scorer=fuzz.ratio, score_cutoff=93)
    return near[0] if near else low


def municipality_full_name(material: Material, short: str) -> str:
    """The municipality as the document writes it in full (`Umeå kommun`), as often as not in capitals."""
    written = [m.written for m in material.once(municipality_mentions) if m.name == short]
    return max(set(written), key=lambda w: (written.count(w), w)) if written else ""


def _known_region(name: str) -> str:
    if any(region.startswith(f"{name} ") for region in data_lines("regions.txt")):
        return name  # `Region Kalmar` for `Region Kalmar län`
    near = process.extractOne(
        name.lower(), [r.lower() for r in data_lines("regions.txt")], scorer=fuzz.ratio, score_cutoff=88
    )
    return data_lines("regions.txt")[near[2]] if near else ""


def _edges(material: Material) -> frozenset[int]:
    """The lines of the letterhead and the running lines."""
    return furniture(material.outline) | frozenset(range(min(LETTERHEAD_LINES, len(material.outline.lines))))


def _weight(material: Material, text: str, span: Span, edges: frozenset[int]) -> tuple[float, str]:
    index = material.outline.line_index(span.start)
    cell = _cell(material, span)
    left = len(text[cell.start : span.start].strip()) if cell else 99
    alone = cell is not None and left < 4 and len(cell) < len(span) + 45
    if alone and index in edges:
        return 6.0, "letterhead"
    if alone:
        return 3.0, "line"
    before = text[max(0, span.start - 40) : span.start]
    if re.search(r"(?:mellan|För|för)\s+$", before):
        return 3.0, "clause"
    if re.search(r"org\.?\s?(?:nr|anisationsn)|212000|2[123]2\d00", text[span.end : span.end + 60], re.I):
        return 3.0, "number"
    return 1.0, "text"


def _cell(material: Material, span: Span) -> Span | None:
    line = material.outline.line_at(span.start)
    return next((cell for cell in line.cells if cell.start <= span.start < cell.end), None)


def _board_weight(material: Material, text: str, span: Span, edges: frozenset[int]) -> tuple[float, str]:
    outline = material.outline
    topic = outline.topic_at(span.start)
    before = text[max(0, span.start - 60) : span.start]
    after = text[span.end : span.end + 110]
    low = text[span.start : span.end].lower()
    general = 0.5 if low.startswith(("kommunfullm", "kommunstyr")) else 1.0
    if _DECIDES.match(after):
        return (7.0 if topic in ("decision", "proposal") else 2.5) * general, "decision"
    if _THROUGH.search(before):
        return 6.0, "clause"
    if re.match(r"\s*,?\s*(?:org|2[123]\d0)", after) and _OF_KOMMUN.search(before):
        return 6.0, "clause"
    if text[span.end - 1] in "sS" and _DELEGATION.match(after):
        return 4.0, "delegation"
    if _ADDRESSED.search(before):
        return 5.0, "addressee"
    index = outline.line_index(span.start)
    cell = _cell(material, span)
    if cell is not None:
        left = text[cell.start : span.start].strip(" –-·,|")
        own = len(left) < 4 or bool(
            _KOMMUN.fullmatch(left) or _REGION.fullmatch(left) or _ORGAN.fullmatch(left)
        )
        right = cell.end - span.end
        if own and index in edges and right < 45:
            return 6.0 if general == 1.0 else 5.0, "letterhead"
        if own and right < 12 and len(span) > 5:
            return (1.0 if topic in ("distribution", "basis", "background") else 3.0) * general, "line"
        if left == "För" or re.match(r"s?\s+vägnar", after):
            return 4.0, "signature"
    if topic in ("distribution", "basis", "appeal", "motions"):
        return 0.3, "text"
    return 1.0 * general, "text"
