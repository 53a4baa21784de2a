"""What on a page speaks of wrong characters: the signs that its quality is estimated from.

Each is a share of the page's letters and digits, 0 to 1, and more of it is worse. Words are counted by kind
(`words.py`): on pages with an engine's confidences by how much more doubtful they are than is usual of the
kind, since a page isn't worse for its many names and numbers; on others by their mere share.
`dotless` is what a page of Swedish lacks of its å, ä and ö, `jumbled` what a page of no known language lacks
of vowels; `unsure` the share of its words, and of the signs that dirt, stamps and handwriting were taken for,
that the engine doubts; `unread` the share of its printed lines that no word was found on.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import groupby
from operator import itemgetter

from pipeline.audit.model import Model
from pipeline.audit.words import KINDS, kind, surety, word_wrong
from pipeline.model import Cleaned, Span, TextSource, Word
from pipeline.offsets import to_clean

MIN_WORDS = 20
"""Below this many words shares of them say little: they are taken of this many."""
DOTLESS, JUMBLED, UNSURE, UNREAD = "dotless", "jumbled", "unsure", "unread"
LACKING = frozenset({"unknown", "bare"})
NAMES = (*KINDS, DOTLESS, JUMBLED, UNSURE, UNREAD)
Signs = Mapping[str, float]
_SWEDISH = 0.08  # running Swedish has 0.2, tables and lists of names less, German 0.05
_DOTTED = 0.047  # the share of å, ä, ö among the letters of Swedish
_VOWELS = "aeiouyåäöæøáàâãéèêëíìîïóòôõúùûüýąęěůőű"
_VOICED = 0.31, 0.25  # shares of vowels: any language of Europe has more, none has so few
_VOICED_STRANGE = 0.34, 0.31  # the same where no language's little words are found
_DOUBTED = 0.5  # confidence
_ENOUGH = 150  # letters that must have some å, ä or ö, and some vowels
_FAMILIAR = 0.02
_SUSPECT = frozenset({"hidden_layer", "damaged_text"})
_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Seen:
    """A word of the cleaned text, its letters and digits, and what the engine thought of it; `disputed` says
    that a second reading of its place said something else."""

    text: str
    size: int
    confidence: float | None = None
    repaired: bool = False
    disputed: bool = False

    @property
    def kind(self) -> str | None:
        return "repaired" if self.repaired else kind(self.text)

    def kind_where(self, swedish: bool) -> str | None:
        """That the lexicon lacks a word says nothing where the language is another."""
        of = self.kind
        return "name" if of in LACKING and not swedish else of


SOURCES = ("engine", "layer", "text")


def source(cleaned: Cleaned) -> str:
    """Who vouches for the words: an OCR `engine` by its confidences, the program that set a visible text
    `layer` that recognition found sound, or nobody, as for plain `text` and what another's OCR left."""
    if is_by_engine(cleaned):
        return "engine"
    page = cleaned.page
    sound = page.source is TextSource.TEXT_LAYER and not _SUSPECT & set(page.flags)
    return "layer" if sound else "text"


def is_by_engine(cleaned: Cleaned) -> bool:
    """Whether an OCR engine said how sure it was of the words."""
    return any(word.confidence is not None for word in cleaned.page.words)


def seen(cleaned: Cleaned) -> Iterator[Seen]:
    """The words of a page. Only an engine's are matched with what was read, which takes time."""
    if is_by_engine(cleaned):
        yield from _matched(cleaned)
    else:
        for token in cleaned.text.split():
            yield Seen(token, _size(token))


def page_surety(words: Iterable[Seen]) -> float:
    """How surely a page was read, by its known words; by all of them where it has none."""
    rated = [(word.kind, word.confidence) for word in words if word.confidence is not None]
    sure = [confidence for of, confidence in rated if of == "known"]
    return surety(sure or [confidence for _, confidence in rated])


def signs(cleaned: Cleaned, model: Model) -> Signs:
    """The signs of a page; none of a page without words."""
    words = [word for word in seen(cleaned) if word.size]
    size = sum(word.size for word in words)
    found = dict.fromkeys(NAMES, 0.0)
    if not words:
        return found
    swedish = is_swedish(cleaned.text)
    page = page_surety(words)
    for word in words:
        of = word.kind_where(swedish)
        if of is not None:
            found[of] += _doubt(word, of, page, model) * word.size / size
    if not is_by_engine(cleaned):
        changed = sum(max(_size(edit.old), _size(edit.new)) for edits in cleaned.passes for edit in edits)
        few = min(1.0, len(words) / MIN_WORDS)
        found = {name: value * few for name, value in found.items()}
        found |= {"known": 0.0, "name": 0.0, "repaired": min(1.0, changed / size) * few}
    return found | {
        DOTLESS: _lack(cleaned.text, "åäö", _DOTTED / 3, 0.0) if swedish else 0.0,
        JUMBLED: _jumbled(cleaned.text) if not swedish else 0.0,
        UNSURE: _unsure(cleaned),
        UNREAD: cleaned.page.unread,
    }


def _doubt(word: Seen, of: str, page: float, model: Model) -> float:
    """How much more doubtful a word is than is usual of its kind; 1 where nobody vouches for it."""
    if word.confidence is None:
        return 1.0
    return max(0.0, word_wrong(of, word.confidence, page, word.disputed, model) - model.usual[of])


def _unsure(cleaned: Cleaned) -> float:
    rated = [word.confidence for word in cleaned.page.words if word.confidence is not None]
    return sum(confidence < _DOUBTED for confidence in rated) / max(MIN_WORDS, len(rated))


def _matched(cleaned: Cleaned) -> Iterator[Seen]:
    """The words of the cleaned text with the confidence of what they were read from, the least of them.

    A word that was broken over two lines was read as two.
    """
    placed = (
        (_token(cleaned.text, to_clean(word.span, cleaned.passes)), word)
        for word in cleaned.page.words
        if word.confidence is not None
    )
    for span, group in groupby(placed, key=itemgetter(0)):
        words = [word for _, word in group]
        text = cleaned.text[span.start : span.end]
        raw = "".join(_raw(cleaned, word) for word in words)
        least = min(word.confidence or 0.0 for word in words)
        disputed = any(word.other and _bare(word.other) != _bare(_raw(cleaned, word)) for word in words)
        yield Seen(text, _size(text), least, _bare(raw) != _bare(text), disputed)


def _raw(cleaned: Cleaned, word: Word) -> str:
    return cleaned.page.text[word.span.start : word.span.end]


def _token(text: str, span: Span) -> Span:
    """The whole of what stands between blanks where a span begins."""
    start, end = span.start, span.start
    while start > 0 and not text[start - 1].isspace():
        start -= 1
    while end < len(text) and not text[end].isspace():
        end += 1
    return Span(start, end)


def _bare(text: str) -> str:
    return "".join(filter(str.isalnum, text))


def _size(text: str) -> int:
    return sum(map(str.isalnum, text))


@cache
def _function_words() -> Mapping[str, frozenset[str]]:
    """Little words by language, from `data/function_words.txt`."""
    text = (files(__package__) / "data" / "function_words.txt").read_text(encoding="utf-8")
    lists = (line.split() for line in text.splitlines() if not line.startswith("#"))
    return {language: frozenset(words) for language, *words in lists}


def is_swedish(text: str) -> bool:
    """Whether a text is Swedish, or too short to tell."""
    words = _WORD.findall(text.lower())
    return len(words) < MIN_WORDS or sum(
        word in _function_words()["swedish"] for word in words
    ) >= _SWEDISH * len(words)


def _jumbled(text: str) -> float:
    """What letters lack of any language, as a share of letters and digits: figures may stand as they were."""
    words = _WORD.findall(text.lower())
    little = frozenset[str]().union(*_function_words().values())
    found = sum(len(word) > 1 and word in little for word in words)
    voiced = _VOICED if found >= _FAMILIAR * len(words) else _VOICED_STRANGE
    return _lack(text, _VOWELS, *voiced) * sum(map(str.isalpha, text)) / max(1, _size(text))


def _lack(text: str, letters: str, enough: float, none: float) -> float:
    """How far the share of some letters lies from enough (0) to as good as none (1)."""
    latin = re.findall("[a-zà-ÿ]", text.lower())
    share = sum(map(letters.__contains__, latin)) / max(1, len(latin))
    return min(1.0, max(0.0, (enough - share) / (enough - none))) if len(latin) >= _ENOUGH else 0.0
