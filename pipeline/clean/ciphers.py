r"""Signs that stand for letters throughout a document, as broken font maps leave them: `r\ue0e4ttsf"rening`.

What a sign stands for is solved from the document itself: the one letter that makes most of the words with
it Swedish. Where two or three letters share a sign (`f?r n?mnden`, U+FFFD), each word is filled by itself
and its neighbours. Thin evidence changes nothing.
"""

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import accumulate, product

from pipeline.clean.holes import AROUND, HOLE, filled, weight
from pipeline.clean.rule import Edits, Texts, edit
from pipeline.model import Edit, Span

STANDS_FOR = ("å", "ä", "ö", "é", "fi", "fl", "ff", "ffi", "tt", "ti", "ft")
# Signs that stand inside words in their own right.
OWN = r"\-‐‑–—./,:’'\u00ad•…\u0300-\u036f\u200b-\u200f\u2060-\u2064\ufeff"
SIGN = rf"(?:[^\w\s{OWN}]|[^\W\da-zA-ZåäöÅÄÖéÉüÜ_])"
IS_SIGN = re.compile(SIGN)
ODD = re.compile(rf"[^a-zA-ZåäöÅÄÖéÉüÜ0-9_\s{OWN}]")
TOKEN = re.compile(r"\S+")
CORE = re.compile(rf"(?![kcd]?m[²³])(?:[^\W\d_]|{SIGN})+")
LETTER = re.compile(r"[a-zA-ZåäöÅÄÖ]")
CLOSED = re.compile(r"://|www\.|@[\w-]+\.\w|\w\.(?:se|com|nu|org|pdf|docx?|xlsx?)\b|[?&]\w+=", re.I)
QUOTES = '"”“’!?*%<>«»„()[]{}|;&+=@'
CID = re.compile(r"\(cid:(\d{1,5})\)")  # a glyph that pdfminer found no letter for
PRIVATE, PRIVATE_SIZE = 0xE000, 0x1900  # the Private Use Area
MOST_KINDS = 3  # different signs in one word
MOST_WORDS = 1500
ENOUGH, SHARE = 3, 0.5  # words that a sign must explain, and of all that have it
RIVAL = 0.25  # a second letter that explains this much of what the best does: the sign stands for several
LEAST_ASKED = 4  # letters of a word with a question mark that is one
NAMES, NAMES_SHARE = 5, 0.75  # from here on a sign is read in names too
PROVEN_BY, PROVEN = 2, 0.9  # so many sure signs prove that the map is broken; then one word is enough


@dataclass(frozen=True, slots=True)
class Solved:
    """What the signs stand for; those in `names` are read in unknown words too, `holes` stand for several."""

    letters: Mapping[str, str]
    names: frozenset[str]
    holes: frozenset[str]


def find(texts: Texts) -> tuple[Edits, ...]:
    """Read the signs of a broken font map, and fill letters that are lost."""
    if not any("(cid:" in text for text in texts):
        return _read_all(texts)
    short = tuple(CID.sub(lambda m: chr(PRIVATE + int(m[1]) % PRIVATE_SIZE), text) for text in texts)
    return tuple(
        tuple(_spelled_out(text, found)) for text, found in zip(texts, _read_all(short), strict=True)
    )


def _spelled_out(text: str, found: Edits) -> Iterator[Edit]:
    """Edits of a text in which each `(cid:228)` is one sign, as edits of the text itself."""
    longer = list(accumulate((len(m.group()) - 1 for m in CID.finditer(text)), initial=0))
    places = [m.start() - before for m, before in zip(CID.finditer(text), longer, strict=False)]
    for change in found:
        start = change.span.start + longer[bisect_left(places, change.span.start)]
        end = change.span.end + longer[bisect_left(places, change.span.end)]
        yield replace(change, span=Span(start, end), old=text[start:end])


def _read_all(texts: Texts) -> tuple[Edits, ...]:
    if not any(map(_is_suspect, texts)):
        return ((),) * len(texts)
    solved = _solved(_cores(texts))
    return tuple(tuple(_found(text, solved)) for text in texts)


def _is_suspect(text: str) -> bool:
    """Whether a sign stands inside a word, or one that is nothing but a lost letter stands anywhere."""
    return any(
        sign.group() == HOLE
        or _is_private(sign.group())
        or (text[sign.start() - 1].isalpha() and text[sign.end() : sign.end() + 1].isalpha())
        for sign in ODD.finditer(text)
    )


def _cores(texts: Texts) -> dict[str, str]:
    """The different words with signs, and the signs of each."""
    found: dict[str, str] = {}
    for text in texts:
        for token in text.split():
            if token.isalpha() and token.isascii():
                continue
            if CLOSED.search(token):
                continue
            for core in CORE.findall(token):
                if core not in found and len(found) < MOST_WORDS:
                    signs = "".join(sorted(set(IS_SIGN.findall(core))))
                    if signs and len(signs) <= MOST_KINDS and len(core) > len(signs):
                        found[core] = signs
    return found


def _solved(cores: Mapping[str, str]) -> Solved:
    """Settle the surest signs, read the words again with them, and so on until nothing more is sure."""
    letters: dict[str, str] = {}
    names: set[str] = set()
    holes: set[str] = {HOLE}
    least, share = float(ENOUGH), SHARE
    while True:
        before = len(letters) + len(holes)
        votes, seen = _votes(cores, letters, holes)
        for sign in sorted(votes, key=lambda s: (-sum(votes[s].values()), s)):
            verdict = _verdict(votes[sign], seen[sign], least, share)
            if verdict == HOLE:
                holes.add(sign)
            elif verdict:
                letters[sign] = verdict
                if votes[sign][verdict] >= max(NAMES, NAMES_SHARE * seen[sign]):
                    names.add(sign)
        if len(letters) + len(holes) == before:
            if least == PROVEN or len(names) < PROVEN_BY:
                break
            least = share = PROVEN
    if len(names) >= PROVEN_BY:
        names |= letters.keys()
        holes |= {sign for signs in cores.values() for sign in signs if _is_private(sign)} - letters.keys()
    return Solved(_cased(letters, cores), frozenset(names), frozenset(holes))


def _verdict(votes: Mapping[str, float], seen: int, least: float, share: float) -> str:
    """The letter that a sign stands for, HOLE where it stands for several, empty where that isn't clear."""
    (letter, explained), *others = sorted(votes.items(), key=lambda pair: (-pair[1], pair[0]))
    total = sum(votes.values())
    if total < least or total < share * seen:
        return ""
    if not others or others[0][1] < RIVAL * explained:
        return letter
    return HOLE if total > ENOUGH else ""


def _is_private(sign: str) -> bool:
    """Whether a sign means nothing to anybody but its font."""
    return "\ue000" <= sign <= "\uf8ff"


def _votes(
    cores: Mapping[str, str], letters: Mapping[str, str], holes: set[str]
) -> tuple[dict[str, dict[str, float]], Counter[str]]:
    """How many words each letter explains for each sign, shared where several do; how many have the sign."""
    votes: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    seen: Counter[str] = Counter()
    done: set[str] = set()
    for core, signs in cores.items():
        read = "".join(letters.get(c, c if c in signs else c.lower()) for c in core)
        open_signs = [sign for sign in signs if sign not in letters]
        bare = read.strip(QUOTES)
        inside = [sign for sign in open_signs if sign in bare]
        if read in done or not inside or not holes.isdisjoint(inside) or not _plain(bare, inside):
            continue
        done.add(read)
        for sign in inside:
            seen[sign] += 1
        options = _options(bare, inside)
        total = sum(options.values())
        for fill, share in options.items():
            for sign, letter in zip(inside, fill, strict=True):
                votes[sign][letter] += share / total
    return votes, seen


def _plain(core: str, signs: list[str]) -> bool:
    return len(core) > 1 and all(letter.isalpha() or letter in signs for letter in core)


def _options(core: str, signs: list[str]) -> dict[tuple[str, ...], float]:
    """The ways to read the signs that make a word, with how common each is."""
    if weight(core):
        return {}
    choices = STANDS_FOR if len(signs) < MOST_KINDS else STANDS_FOR[:4]
    found: dict[tuple[str, ...], float] = {}
    for fill in product(choices, repeat=len(signs)):
        common = weight(core.translate({ord(s): letter for s, letter in zip(signs, fill, strict=True)}))
        if common:
            found[fill] = common
    return found


def _cased(letters: Mapping[str, str], cores: Mapping[str, str]) -> dict[str, str]:
    """The letters, those in capitals whose sign never follows a small letter and has a small sister."""
    found = dict(letters)
    seen = "\n".join(cores)
    for sign, letter in letters.items():
        mark = re.escape(sign)
        after_small = re.search(rf"[a-zåäö]{mark}", seen)
        sister = any(other != sign and known == letter for other, known in letters.items())
        in_capitals = re.search(rf"[A-Z]{mark}|{mark}[A-Z]", seen)
        if not after_small and len(letter) == 1 and (sister or in_capitals):
            found[sign] = letter.upper()
    return found


def _found(text: str, solved: Solved) -> Iterator[Edit]:
    signs = frozenset(solved.letters) | solved.holes
    for token in TOKEN.finditer(text):
        if signs.isdisjoint(token.group()) or CLOSED.search(token.group()):
            continue
        for core in CORE.finditer(text, token.start(), token.end()):
            if not signs.isdisjoint(core.group()) and LETTER.search(core.group()):
                yield from _read(text, core, solved)


def _read(text: str, core: re.Match[str], solved: Solved) -> Iterator[Edit]:
    old = core.group()
    new = _mapped(old, solved)
    hole = next((sign for sign in old if sign in solved.holes), "")
    if hole and hole in QUOTES and len(old) > LEAST_ASKED and weight(old.rstrip(QUOTES)):
        return  # a question mark after a word
    if hole:
        before, after = (
            text[max(0, core.start() - AROUND) : core.start()],
            text[core.end() : core.end() + AROUND],
        )
        found = filled(new, hole, before, after)
        if found is not None:
            yield edit(core.start(), old, found.text, "lost", found.confidence, found.runner_up)
    elif new != old:
        yield edit(core.start(), old, new, "cipher", 0.95 if weight(new.strip(QUOTES)) else 0.85)


def _mapped(old: str, solved: Solved) -> str:
    """The word with its signs read where that makes it Swedish; a name where the signs are sure."""
    letters_read = [letter for letter in old if letter.isalpha()]
    capitals = len(letters_read) > 1 and all(map(str.isupper, letters_read))
    letters = {
        s: letter.upper() if capitals and len(letter) == 1 else letter for s, letter in solved.letters.items()
    }
    new = "".join(letters.get(letter, letter) for letter in old)
    if new == old or solved.holes & set(old) or weight(new):
        return new
    start, end = len(old) - len(old.lstrip(QUOTES)), len(old.rstrip(QUOTES))
    for a, b in ((start, end), (0, end), (start, len(old))):
        core = "".join(letters.get(letter, letter) for letter in old[a:b])
        if a < b and core != old[a:b] and weight(core):
            return old[:a] + core + old[b:]
    signs = [letter for letter in old[start:end] if letter in letters]
    core = "".join(letters.get(letter, letter) for letter in old[start:end])
    if signs and all(sign in solved.names for sign in signs) and core.isalpha():
        return old[:start] + core + old[end:]
    return old
