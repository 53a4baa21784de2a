"""Text that was decoded by the wrong table: `fÃ¶r`, `f÷r`, `f|r`, `fˆr`, `f¨or`, `f�r`.

ftfy mends what is plainly UTF-8 read as something else. It leaves alone what could be meant: a single pair
of signs, 8-bit tables, the 7-bit Swedish alphabet of old terminals. Those are mended here where the words
become Swedish by it, and only then.
"""

import re
from collections.abc import Iterable, Iterator
from functools import cache

from pipeline.clean.alphabets import ALPHABETS, UTF8_PAIRS
from pipeline.clean.rule import Edits, Texts, edit
from pipeline.lexicon import frequency, known
from pipeline.model import Edit

USUAL = re.compile(r"[\t\n\f\r -~åäöÅÄÖéÉüÜ§°´·–—‘’“”»•…€\xa0\xad]*")
PIECE = re.compile(r"\S+")
LONE_LEAD = re.compile(r"(?<=\w)Ã(?=\w)|Ã(?=[a-zåäöA-Z])")  # the second byte was a control sign and is gone
SPACING_MARK = re.compile(r"(?P<mark>[¨˚°´]) ?(?P<letter>[aoueAOUE])|(?P<l2>[aoueAOUE])(?P<m2>[¨˚])")
COMPOSED = {"¨": {"a": "ä", "o": "ö", "u": "ü"}, "˚": {"a": "å"}, "°": {"a": "å"}, "´": {"e": "é"}}
BEGINS = re.compile(r"^\s*$|[.:!?]\s*$")  # what stands before the first word of a line or sentence
LOST = "\N{REPLACEMENT CHARACTER}"
EDGES = ".,;:!?()\"'”“"
ENOUGH = 2  # different words of a document that an alphabet must make Swedish
ALONE = 15.0  # how much commoner the best reading of a lost letter must be than the next


def find(texts: Texts) -> tuple[Edits, ...]:
    """Undo wrong decoding, line by line; 8-bit and 7-bit tables by the evidence of the whole document."""
    if all(USUAL.fullmatch(text) and not set("{|}[\\]") & set(text) for text in texts):
        return ((),) * len(texts)
    words = {word for text in texts for word in PIECE.findall(text)}
    tables = [table for table in ALPHABETS if _explains(table, words)]
    return tuple(tuple(_found(text, tables)) for text in texts)


def _found(text: str, tables: list[dict[str, str]]) -> Iterator[Edit]:
    start = 0
    for line in text.splitlines(keepends=True):
        if not USUAL.fullmatch(line) or (tables and not line.isspace()):
            yield from _line(line, start, tables)
        start += len(line)


def _line(line: str, start: int, tables: list[dict[str, str]]) -> Iterator[Edit]:
    """The line's edits; what ftfy can say comes last, since it drops signs that a table would read."""
    changed = False
    for match in PIECE.finditer(line):
        old = match.group()
        begins = BEGINS.search(line[max(0, match.start() - 3) : match.start()]) is not None
        new, rule = _word(old, tables, begins)
        if new != old:
            changed = True
            yield edit(start + match.start(), old, new, f"mojibake:{rule}", 0.97)
    if not changed and not tables:
        yield from _differences(line, _by_ftfy(line), start)


def _by_ftfy(line: str) -> str:
    if USUAL.fullmatch(line):
        return line
    from ftfy import fix_text  # takes long to load, and few documents need it

    return fix_text(
        line,
        uncurl_quotes=False,
        fix_line_breaks=False,
        remove_control_chars=False,
        fix_latin_ligatures=False,
    )


def _differences(line: str, fixed: str, start: int) -> Iterator[Edit]:
    """Word by word where the words still pair up, else what differs as one edit."""
    if line == fixed:
        return
    rule = "mojibake:ftfy"
    olds, news = list(PIECE.finditer(line)), PIECE.findall(fixed)
    if len(olds) == len(news) and PIECE.sub("", line) == PIECE.sub("", fixed):
        for old, new in zip(olds, news, strict=True):
            if old.group() != new:
                yield edit(start + old.start(), old.group(), new, rule, 0.99)
        return
    head = _common(line, fixed)
    tail = _common(line[head:][::-1], fixed[head:][::-1])
    yield edit(start + head, line[head : len(line) - tail], fixed[head : len(fixed) - tail], rule, 0.95)


def _common(one: str, other: str) -> int:
    length = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        length += 1
    return length


def _word(word: str, tables: Iterable[dict[str, str]], begins: bool) -> tuple[str, str]:
    """The word by the first way that makes it Swedish, and that way's name."""
    for wrong, right in UTF8_PAIRS.items():
        if wrong in word:
            return _word(word.replace(wrong, right), tables, begins)[0], "utf8"
    for table in tables:
        mapped = _mapped(word, table)
        if mapped != word and _is_word(mapped) and not _is_word(word):
            return mapped, "table"
    composed = SPACING_MARK.sub(_compose, word)
    if composed != word and _is_word(composed) and not _is_word(word):
        return composed, "split"
    if LONE_LEAD.search(word):
        return _filled(word, "Ã", begins), "lead"
    if LOST in word and word.count(LOST) <= 3:
        return _filled(word, LOST, begins), "lost"
    return word, ""


def _compose(match: re.Match[str]) -> str:
    mark = match["mark"] or match["m2"]
    letter = match["letter"] or match["l2"]
    new = COMPOSED.get(mark, {}).get(letter.lower())
    if new is None:
        return match.group()
    return new.upper() if letter.isupper() else new


def _filled(word: str, hole: str, begins: bool) -> str:
    """The word with its holes filled in the one way that clearly is Swedish, else as it was."""
    letters = "ÅÄÖ" if word.replace(hole, "").isupper() else "åäö"
    options = [word]
    for _ in range(word.count(hole)):
        options = [option.replace(hole, letter, 1) for option in options for letter in letters]
    (best, filled), (second, _), *_ = sorted(((_weight(option), option) for option in options), reverse=True)
    if best <= ALONE * second:
        return word
    return filled[0].upper() + filled[1:] if begins and word[0] == hole else filled


def _weight(word: str) -> float:
    core = word.strip(EDGES)
    return frequency(core) or (1e-9 if known(core) else 0.0)


def _mapped(word: str, table: dict[str, str]) -> str:
    return "".join(table.get(letter, letter) for letter in word)


@cache
def _is_word(word: str) -> bool:
    core = word.strip(EDGES)
    return len(core) >= 2 and core.isalpha() and known(core)


def _explains(table: dict[str, str], words: Iterable[str]) -> bool:
    """Whether reading by the table makes several unknown words of the document Swedish."""
    made = set()
    for word in words:
        if not table.keys().isdisjoint(word) and not _is_word(word):
            mapped = _mapped(word, table)
            if _is_word(mapped):
                made.add(mapped.lower())
                if len(made) >= ENOUGH:
                    return True
    return False
