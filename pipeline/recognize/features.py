"""What is odd about the text of a PDF page, in figures: the evidence that `trust.py` weighs.

Each figure is 0 for a sound page and about 1 for one that is plainly ruined. Shares of few words are drawn
towards what sound pages have, so that a page of ten words needs more to be suspected.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from pipeline.lexicon.words import near_level
from pipeline.recognize import languages, lost
from pipeline.sheet import Sheet

NAMES = (
    "unmapped",
    "signs_in_words",
    "odd_letters",
    "digits_in_words",
    "diacritics_lost",
    "dots_gone",
    "none_dotted",
    "unknown",
    "unknown_capitalised",
    "no_language",
    "surprise",
    "capitals_in_words",
    "lone_letters",
    "long_words",
    "no_vowels",
    "misread",
    "debris_hidden",
    "strange_signs",
    "respelt",
    "joins_gone",
)
"""The figures, in the order of `figures`."""

# Numbers, keys and addresses have letters too, but no words: 2b7f-4c09, 10:30-CET, a.berg@sorby.example.
_CODE = re.compile(r"\S*\d\S*\d\S*|\S+@\S+|(?:https?:|www\.)\S+|\S+\.(?:pdf|docx?|xlsx?|se|nu|com)\b")
_UNMAPPED = re.compile("[\ue000-\uf8ff\ufffd\U000f0000-\U0010ffff\x00-\x08\x0e-\x1f\x7f-\x9f]|\\(cid:\\d+\\)")
_WORD = re.compile(r"[^\W\d_]+")
_PIECE = re.compile(r"\S+")
# Letters on both sides of what never stands within a word; å, ä, ö lost to a sign, or a foreign table's.
_SIGN_IN_WORD = re.compile(
    r"[^\W\d_][^\w\s.,:;/'’´`&()+@=*\u00ad\u2010-\u2015_\"”“<>–-]+[^\W\d_]"
    r"|[^\W\d_]['’´`\"”“,(*+]{1,2}[a-zåäö]{2}(?!\w*\.)(?<!'[a-z]{2})"
    r"|(?<![\w.])[†„”‡‰ˆ÷¨˚~|{}\[\]\\^¤¥¢£€‚ƒ‹›¬±=][a-zåäö]{2,}"
    r"|[a-zåäö]{2,}[†‡‰ˆ÷¨˚~|{}^¤¥¢£‚ƒ¬±]|[a-zåäö]Ã|[ÃÂ](?=[a-zåäö¤¶¥©…„–‰])"
)
# Letters as web pages, mail and addresses pack them: f&#246;rening, f&ouml;rening, f=F6rening,
# f%C3%B6rening, f+APY-rening, f\u00f6rening, f\366rening, f<U+00F6>rening.
_PACKED = re.compile(
    r"&(?:#x?[0-9a-fA-F]{2,6}|[a-zA-Z]{2,8});|(?<=[^\W\d_])[=%][0-9A-F]{2}|[=%][CE][0-9A-F](?=\w)"
    r"|\+A[A-Z][A-Za-z0-9+/]{1,6}-|\\(?:u00[0-9a-fA-F]{2}|x[0-9a-fA-F]{2}|3[0-7]{2})|<?U\+00[0-9A-Fa-f]{2}"
)
# Letters of other scripts and of no European language beside ours: what a font without a key gives.
_ALIEN = "\u0180-\u019f\u01a2-\u01ae\u01b1-\u01cc\u0370-\u04ff"
_MIXED = re.compile(f"[a-zåäö][{_ALIEN}]|[{_ALIEN}][a-zåäö]")
# A digit within a word: what a wrong reading leaves behind (f6r, sj4lv, mal0); not A4, B12 or 3:e.
_DIGIT_IN_WORD = re.compile(
    r"(?<![\w.@/:-])(?:[^\W\d_]*[a-zåäöé][0-9]+[a-zåäöé]+|[0-9][a-zåäöé]{2,}|[a-zåäöé]{2,}[0-9])(?![\w.@/-])"
)
_STRANGE = frozenset("!#$&'*+<=>?@[\\]^`{|}~¡¢£¤¥¦¨ª«¬®¯±²³´µ¶¸¹º»¼½¾¿÷×‚ƒ„†‡ˆ‰‹›˜")
_LEADERS = re.compile(r"([.…_*=–—-])\1{2,}")
_GLUED = re.compile(r"[^\W\d_]{26}|[^\W\d_]{4,}[.,;:][^\W\d_]{4,}|[^\W\d_]{4,}\d+[^\W\d_]{4,}")
_ADDRESS = re.compile(r"@|www|http|\.(?:se|com|nu|org|example|pdf|docx?)\b")
# What OCR makes of specks, of the paper's edge and of rules: signs alone, or before and after a word.
_DEBRIS = re.compile(
    r"(?!\.{3,}$)(?:[^\w\s–—•·*&+=%§/…()-]+|[-—_=*•.:;,'\"”»>«<|\\]{2,}|[:;.,!'><|\\_=~^][^\W\d]\w*|\w+[<>|\\_~^=]+)"
)
# Letters that stand alone in a word torn apart. Votes, parties and crosses on a list do so too, in capitals
# and few at a time.
_LONE = re.compile(r"(?<!\S)[^\W\d_A-ZÅÄÖiåöx](?!\S)")
_LONE_RUN = re.compile(r"(?<!\S)(?:[^\W\d_]\s+){3,}[^\W\d_](?!\S)")
_USUAL = re.compile(r"[a-zåäöéüA-ZÅÄÖÉÜ]+")
_ODD = re.compile(r"[^a-zåäöéü]")
_UNEXPLAINED = 0.3  # of a word: names and other languages have such letters too
_CAPITAL_INSIDE = re.compile(r"[a-zåäö][A-ZÅÄÖ]")
_VOWEL = re.compile(r"[aeiouyåäöéüáàèêóíúôâø]", re.IGNORECASE)

_SWEDISH_SHARE = 0.045  # of letters are å, ä or ö; less so in lists and old spelling
_DOTTED = 0.22  # of the distinct words have one
_OLD_SPELLING = (("hv", "v"), ("qv", "kv"), ("fv", "v"), ("dt", "t"), ("sjel", "själ"))
_COMMON = -6.0  # log10 of a word's probability
_MANY = 40  # words: enough is known by then
_NORMAL = 2.5  # nats a letter, in any language
_TELLING = 12  # lower-case words: about as many tell the language
_KINDS = 3  # small words of a language
_FEW = 8  # imaginary sound words that the shares of few words are drawn towards
_RARER = 20  # the same for words that no lexicon has: one trade's words come together


@dataclass(frozen=True, slots=True)
class Tongue:
    """What the small words tell, 0 to 1: that the page is Swedish, another language, or no language."""

    swedish: float
    foreign: float
    none: float


def of_sheet(sheet: Sheet, known: Callable[[str], bool]) -> tuple[float, ...]:
    """The figures of a page's own text."""
    text = " ".join([token.text for token in sheet.tokens])
    hidden = sheet.hidden_share > 0.5
    return figures(text, hidden, known)


def is_foreign(sheet: Sheet) -> bool:
    """Whether a page's own text is in another language than Swedish."""
    text = " ".join([token.text for token in sheet.tokens])
    words = [languages.fold(word) for word in _WORD.findall(text) if word.islower() and len(word) > 1]
    return languages.other_script(text) or (len(words) >= _MANY // 2 and _tongue(words).foreign > 0.5)


def figures(text: str, hidden: bool, known: Callable[[str], bool]) -> tuple[float, ...]:
    """The figures of a text, in the order of NAMES. `hidden` text is some OCR's."""
    words = _WORD.findall(_CODE.sub(" ", text))
    unmapped = _ramp(len(_UNMAPPED.findall(text)) / max(1, len(text)), 0.004, 0.04)
    strange = _strange(text)
    if not words:
        return (unmapped, *(0.0,) * (len(NAMES) - 5), hidden * _debris(text), strange, 0.0, 0.0)
    if languages.other_script(text):
        return (unmapped, *(0.0,) * (len(NAMES) - 1))
    lower = [word for word in words if word.islower() and len(word) > 1]
    tongue = _tongue([languages.fold(word) for word in lower])
    own = 1 - tongue.foreign  # what a page of another language can't be asked for
    count = len(words)
    plain = {word for word in lower if len(word) > 2}
    strangers = [word for word in plain if not known(word) and not known(_modern(word))]
    misread = sum(map(_misread, sorted(strangers)[:_MANY]))
    surprise = _surprise(words)
    distinct = {word.lower() for word in words if len(word) > 2}
    familiar = {word for word in distinct if known(word)}
    capitals = {word.lower() for word in words if len(word) > 3 and not word.islower()}
    unknown = (len(strangers) + 0.04 * _RARER) / (len(plain) + _RARER)
    return (
        unmapped,
        max(own * _share(_signs(text), count, 0.004, 0.06), _share(_packed(text), count, 0.004, 0.06)),
        own * _share(_odd(words, known), count, 0.01, 0.08),
        own * _share(_digits(text), count, 0.004, 0.04),
        tongue.swedish * _lost(lower, known),
        own * _ramp(lost.gone(distinct, familiar, known), 0.12, 0.45),
        own * _none_dotted(len(distinct), len(familiar), lost.kept(familiar, "åäö")),
        tongue.swedish * _ramp(unknown, 0.10, 0.40),
        own
        * max(tongue.swedish, _TELLING / (len(lower) + _TELLING))
        * _ramp((len(capitals - familiar) + 0.15 * _FEW) / (len(capitals) + _FEW), 0.3, 0.7),
        tongue.none,
        max(own * _ramp(surprise, 2.72, 3.2), _ramp(surprise, 3.1, 3.5)),
        own * _share(sum(bool(_CAPITAL_INSIDE.search(word)) for word in words), count, 0.03, 0.15),
        own * _share(_lone(text), count, 0.05, 0.25),
        _long(text),
        own * _share(sum(_without_vowel(word) and not known(word) for word in lower), count, 0.01, 0.1),
        tongue.swedish * _share(max(0, misread - 1), len(plain), 0.01, 0.06),
        hidden * _debris(text),
        strange,
        own * _ramp(lost.respelt(text, known), 0.01, 0.12),
        own * _ramp(lost.joins_gone(plain.difference(familiar), familiar, known), 0.02, 0.12),
    )


def _ramp(value: float, low: float, high: float) -> float:
    """0 up to `low`, 1 at `high`, and at most 1.5."""
    return min(1.5, max(0.0, (value - low) / (high - low)))


def _share(part: float, whole: int, low: float, high: float) -> float:
    return _ramp(part / (whole + _FEW), low, high)


def _tongue(folded: Sequence[str]) -> Tongue:
    count = len(folded)
    found = languages.counts(folded)
    swedish = found["sv"]
    other = max((n for language, n in found.items() if language != "sv"), default=0)
    several = languages.counts(tuple(set(folded)))  # one word in every row of a table tells nothing
    kinds = max((n for language, n in several.items() if language != "sv"), default=0)
    lead = (swedish + 0.5) / (swedish + other + 1)
    evidence = count / (count + _TELLING)
    return Tongue(
        swedish=min(1.0, max(0.0, (lead - 0.42) / 0.08)) * min(1.0, swedish / (0.12 * count + 1)),
        foreign=min(1.0, max(0.0, (0.49 - lead) / 0.06))
        * min(1.0, other / (0.15 * count + 2))
        * min(1.0, kinds / _KINDS),
        none=evidence * _ramp(0.26 - max(swedish, other) / count, 0, 0.22) if count else 0.0,
    )


def _strange(text: str) -> float:
    """How much of the text is signs that print has few of; fonts of their own order give many."""
    signs = sum(c in _STRANGE for c in text)
    plain = _LEADERS.sub("", text)
    spelled = (sum(map(str.isalnum, plain)) + 30) / (len(plain) - plain.count(" ") + 30)
    return max(_ramp(signs / (len(text) + 30), 0.03, 0.12), _ramp(1 - spelled, 0.45, 0.75))


def _signs(text: str) -> int:
    return sum(
        bool(_SIGN_IN_WORD.search(piece)) and not _ADDRESS.search(piece) for piece in _PIECE.findall(text)
    )


def _packed(text: str) -> int:
    """Words with what no language has in them, whatever language the page is in."""
    return sum(
        bool(_PACKED.search(piece) or _MIXED.search(piece)) and not _ADDRESS.search(piece)
        for piece in _PIECE.findall(text)
    )


def _odd(words: Sequence[str], known: Callable[[str], bool]) -> float:
    """Words with letters that Swedish lacks; those that å, ä or ö makes Swedish count more."""
    return sum(
        1.0 if len(word) > 3 and lost.is_misspelt(word.lower(), _ODD, known) else _UNEXPLAINED
        for word in words
        if not _USUAL.fullmatch(word)
    )


def _digits(text: str) -> int:
    return sum(not _ADDRESS.search(match.group()) for match in _DIGIT_IN_WORD.finditer(text))


def _lost(lower: Sequence[str], known: Callable[[str], bool]) -> float:
    """How far the words of the lexicon fall short of its å, ä and ö, in deviations of chance, scaled."""
    joined = "".join(filter(known, lower))
    expected = _SWEDISH_SHARE * len(joined)
    seen = joined.count("å") + joined.count("ä") + joined.count("ö")
    return _ramp((expected - seen) / (expected + 1) ** 0.5, 1.5, 4.5)


def _none_dotted(distinct: int, familiar: int, kept: int) -> float:
    """How far the words of the lexicon, each once, fall short of those that have å, ä or ö."""
    expected = _DOTTED * familiar
    return _ramp(familiar / max(1, distinct), 0.4, 0.8) * _ramp(
        (expected - kept) / (expected + 1) ** 0.5, 1.2, 3.0
    )


def _modern(word: str) -> str:
    """A word in the spelling after 1906: `hvarken`, `qvinna`, `öfver`, `sjelf`, `behof`, `godt`."""
    for old, new in _OLD_SPELLING:
        word = word.replace(old, new)
    return word[:-1] + "v" if word.endswith("f") else word


@lru_cache(maxsize=20_000)
def _misread(word: str) -> bool:
    """Whether a word that no lexicon has is but for one letter a common one: `jamuari`, `gänger`, `kronr`."""
    if not 4 < len(word) < 16:
        return False
    level = near_level(word)
    return level is not None and level > _COMMON


def _lone(text: str) -> int:
    return len(_LONE.findall(text)) + sum(len(run.split()) for run in _LONE_RUN.findall(text))


def _without_vowel(word: str) -> bool:
    return len(word) > 2 and not _VOWEL.search(word)


def _debris(text: str) -> float:
    pieces = _PIECE.findall(text)
    return _share(sum(bool(_DEBRIS.fullmatch(piece)) for piece in pieces), len(pieces), 0.01, 0.06)


def _surprise(words: Sequence[str]) -> float:
    """How unlikely the letters follow one another, in nats; what few words tell counts less."""
    # Names, acronyms and codes in capitals have rules of their own.
    judged = {word.lower() for word in words if len(word) > 2 and not (word.isupper() and len(word) < 5)}
    level = languages.surprise([languages.fold(word) for word in sorted(judged)])
    return _NORMAL + (level - _NORMAL) * len(judged) / (len(judged) + _FEW)


def _long(text: str) -> float:
    """How much of the text stands in words that are too long for any: no blanks were found."""
    pieces = [piece for piece in _PIECE.findall(text) if not _ADDRESS.search(piece)]
    long = sum(len(piece) for piece in pieces if len(piece) > 25 and _GLUED.search(piece))
    return _ramp(long / (sum(map(len, pieces)) + 60), 0.15, 0.5)
