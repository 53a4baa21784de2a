"""Lists of prices: what a piece costs says nothing of what is bought, so no row of one commits a sum."""

import re

from pipeline.extract.nlp import Material
from pipeline.extract.payers import PAYS
from pipeline.extract.sum_context import PIECE
from pipeline.extract.sum_mentions import Mention
from pipeline.model import Span

PRICE_HEADING = re.compile(
    r"\W*(?:[àa]-?\s?|enhets)?pris(?:er)?(?:[\s,(]+(?:exkl|inkl)\w*\.?\s*moms\)?)?"
    r"(?:[\s,(]+(?:kr|kronor|SEK)\.?\)?)?\W*",
    re.IGNORECASE,
)
PRICE_SECTION = re.compile(
    r"\W*(?:\d[\d.]*\W*)?(?:priser|prislista|prisbilaga|prissättning|(?:tim|dygns|avrops|enhets|à-)priser|taxa|taxor"
    r"|avgifter)\b",
    re.IGNORECASE,
)
# The only words of a cell in the row of a price: `890   timme`.
PIECE_CELL = re.compile(
    r"(?:(?:kr|kronor|SEK)?\s?(?:/|per)\s?)?(?:tim(?:me|mar)?|h|(?:\w+)?dygn|dag|vecka|st|styck|(?:\w+)?plats|pass"
    r"|(?:\w+)?tillfälle|besök|km|mil|kvm|m2|m²|person|deltagare|elev|barn|samtal|ärende|måltid|portion)\.?",
    re.IGNORECASE,
)
# What a sentence beside the list says of all its figures: `Priserna är angivna i kronor per dygn`.
PRICES_ARE = re.compile(
    r"\b(?:priser(?:na)?|ersättningar(?:na)?|belopp(?:en)?|taxor(?:na)?|avgifter(?:na)?)\s+(?:är\s+|har\s+)?"
    r"(?:ang(?:iv|es|er)|gäller|avser|redovisa|uttryckt)[^.]{0,60}?\b(?:kronor|kr|SEK)(?=\s?(?:/|per\b))",
    re.IGNORECASE,
)
LONGEST_LABEL = 60
LONGEST_REST = 25
CURRENCY_END = re.compile(r"\b(?:kr|kronor|SEK|pris)\.?\s?$", re.IGNORECASE)


def is_list_price(material: Material, mention: Mention) -> bool:
    """Whether a sum of a table is the price of a piece, by its heading, row or list."""
    if mention.column[0] < 0 and not mention.heading and not mention.label:
        return _is_line_of_prices(material, mention.span)
    if PRICE_HEADING.fullmatch(mention.heading):
        return True
    if names_piece(mention.label) or names_piece(mention.heading) or _has_piece_cell(material, mention.span):
        return True
    section = material.outline.section_at(mention.span.start)
    if PRICE_SECTION.match(section.heading):
        return True
    text = material.outline.prose
    said = PRICES_ARE.finditer(text, section.span.start, section.span.end)
    return any(PIECE.match(text, one.end()) or PIECE.match(text, one.end() + 1) for one in said)


def names_piece(words: str) -> bool:
    """Whether the words of a heading or label name a piece that is paid: no time, no body, nobody called Per.

    >>> [names_piece(words) for words in ("Körning, per resa", "kr/timme", "Bidrag per år", "Dans/film")]
    [True, True, False, False]
    """
    for found in PIECE.finditer(words):
        said = found[0].lstrip()
        if said[0] == "/":
            if CURRENCY_END.search(words[: found.start()]):
                return True
        elif said[0].islower() and not words[: found.start()][-1:].isalpha():
            return True
    return False


def _is_line_of_prices(material: Material, span: Span) -> bool:
    """Whether a line below the heading of a price list is only a label and its price."""
    line = material.outline.line_at(span.start).span
    label, rest = material.text[line.start : span.start], material.text[span.end : line.end]
    listed = re.search(r"[^\W\d_]{3}", label) and len(label) <= LONGEST_LABEL and len(rest) <= LONGEST_REST
    if not listed or PAYS.search(f" {label}") or re.search(r"[.;]\s", label):
        return False
    return bool(PRICE_SECTION.match(material.outline.section_at(span.start).heading))


def _has_piece_cell(material: Material, span: Span) -> bool:
    line = material.outline.line_at(span.start)
    cells = [material.text[cell.start : cell.end] for cell in line.cells if not cell.overlaps(span)]
    return len(cells) > 1 and any(PIECE_CELL.fullmatch(cell.strip()) for cell in cells[1:])
