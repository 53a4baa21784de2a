"""Which line is a heading, and which topic it opens.

Headings are recognised by their look (numbering, Markdown, white space around a short line) and by their
wording (`data/headings.tsv`), bent letters forgiven.
"""

import re
from functools import cache, lru_cache

from rapidfuzz import fuzz, process

from pipeline.extract.lines import Line, blank_after, blank_before
from pipeline.extract.word_lists import data_rows

NUMBERING = re.compile(
    r"^(?:(?:(?:Punkt|Avsnitt|PUNKT|AVSNITT)\s\d{1,2}\s?[:.)]?|§\s?\d+[.:)]?|\d{1,2}\s?§[.:]?"
    r"|\d{1,2}(?:\.\d{1,2})*[.:)]?|[A-ZÅÄÖ][.)]|[IVX]{1,4}\.)\s+)"
)
MARKDOWN = re.compile(r"^\s*(?:#{1,6}\s+|\*\*|__)|(?:\*\*|__)\s*$")
DOT_LEADER = re.compile(r"\.{4,}|(?:\. ){4,}|…{2,}")
BODY_NAME = re.compile(
    r"^För\s+[A-ZÅÄÖa-zåäö]|\b(?:AB|HB|KB)\b|\b(?:kommun|stad|region|landsting)$|(?:nämnden|förvaltningen|styrelsen)\b"
    r"|^(?:Föreningen|Stiftelsen|Region|Nämnden|Studieförbundet|Bolaget)\b|(?:förening|stiftelse|församling|förbund)$"
)
# Who a paper goes to or who wrote it, named by a post or an office: `Ekonomichefen`.
OFFICE = re.compile(
    r"\w+(?:kontor|avdelning|enhet|förvaltning|chef|direktör|assistent|administratör|ekonom|samordnare"
    r"|handläggare|controller|sekreterare|konsulent)(?:e[nt]|n|r|rna|s)?$",
    re.IGNORECASE,
)
# `Nämnden beslutade följande:` on a line of its own opens a list though it names a body.
DECIDES = re.compile(
    r"(?:[\w,-]+ ){1,9}?(?:(?:har )?beslut(?:ar|ade|at)|beslöt)(?: (?:därför|härmed|enhälligt|sålunda))?"
    r"(?: (?:(?:enligt )?följande|att))?"
)
PROPOSES = re.compile(
    r"(?:[\w,-]+ ){1,6}?föreslår?s?(?: att)?(?: [\w,-]+){0,5}? beslut(?:a|ar)"
    r"(?: (?:(?:enligt )?följande|att))?"
)
# What makes a sentence of words that might else begin a heading: `Bidraget finansieras ur …`.
FINITE = re.compile(
    r"\w+ (?:\w+ )?(?:ska|skall|är|var|får|kan|har|uppgår|utgår|avser|gäller|sker|framgår|ingår"
    r"|omfattar|löper|upphör|(?:ut|åter)?betalas|finansieras|lämnas|beviljas|avslås|regleras|redovisas|beräknas|fördelas"
    r"|rekvireras|används|disponeras|belastar|täcks|bekostas|anvisas|tas)\b"
)
PERSON_NAME = re.compile(r"[A-ZÅÄÖ][\w.-]+(?: [A-ZÅÄÖ][\w.-]+){1,2}(?:,.*)?")
PLACE_AND_DATE = re.compile(r"[A-ZÅÄÖ]\w+,?(?: den)? (?:\d|_|\.{2}|\(?datum)")
MAX_HEADING_WORDS = 9
# A line that ends in one of these leads on to a list; it is no heading.
LEADS_ON = frozenset(
    [
        "till",
        "att",
        "om",
        "för",
        "med",
        "som",
        "är",
        "följande",
        "ska",
        "skall",
        "av",
        "i",
        "på",
        "enligt",
        "genom",
        "och",
        "eller",
        "samt",
    ]
)
# The first cell of a form's row opens these topics; «Summa» or a name there opens nothing.
LABEL_TOPICS = frozenset(
    ["term", "economy", "parties", "sanctions", "contacts", "cancellation", "option", "application"]
)
LISTED = re.compile(r"\s*(?:att|[-–—•*]|\d{1,2}[.)]?|[a-z]\))\s")
ATT = re.compile(r"\s*att\s")
LONGEST = 120  # characters
FUZZY = 86
FULL_STOP = frozenset(".!?")


@cache
def heading_cues() -> tuple[tuple[str, str, bool], ...]:
    """(topic, cue, whether the cue may begin a longer heading)."""
    return tuple((topic, cue.rstrip("*"), cue.endswith("*")) for topic, cue in data_rows("headings.tsv"))


@cache
def _openers() -> tuple[re.Pattern[str], list[str]]:
    """A pattern with a group for each cue that may begin a longer heading, and those groups' topics."""
    openers = [(topic, cue) for topic, cue, opens in heading_cues() if opens]
    pattern = re.compile("|".join(rf"({re.escape(cue)}\w*\b)" for _, cue in openers))
    return pattern, [topic for topic, _ in openers]


@cache
def _cues_near(length: int) -> tuple[list[str], list[str]]:
    """The cues of about that length, as only they can be like a heading that has it, and their topics."""
    near = [
        (cue, topic)
        for topic, cue, _ in heading_cues()
        if 200 * min(len(cue), length) >= FUZZY * (len(cue) + length)
    ]
    return [cue for cue, _ in near], [topic for _, topic in near]


@lru_cache(maxsize=20_000)
def heading_topic(heading: str) -> str:
    """The topic that a heading opens, or an empty string for a heading of no known topic."""
    words = bare(heading).lower()
    if not words:
        return ""
    cues, topics = _cues_near(len(words))
    best = process.extractOne(words, cues, scorer=fuzz.ratio, score_cutoff=FUZZY)
    if best is not None:
        return topics[best[2]]
    openers, topics = _openers()
    opened = openers.match(words)
    if opened and opened.lastindex and not OFFICE.match(words.split()[0]) and not FINITE.match(words):
        return topics[opened.lastindex - 1]
    last = words.split()[-1]
    if re.fullmatch(
        r"\w+(?:nämndens?|styrelsens?|utskottets?|förvaltningens) beslut|nämnden för [\w, -]+s beslut", words
    ) or (last == "beslut" and re.search(r"(?:nämndens|styrelsens|utskottets|fullmäktiges) beslut$", words)):
        return "decision"
    if re.search(r"(?:nämndens|förvaltningens|utskottets|kontorets) förslag(?: till beslut)?$", words):
        return "proposal"
    if re.search(r"\bförslag till beslut$", words):
        return "proposal"
    return ""


def heading(text: str, lines: tuple[Line, ...], i: int, colons: bool = False) -> str:
    """The topic that line `i` opens as a heading or as the label of a form's row; empty if it doesn't.

    `colons` is true where the document ends its headings so, whatever they say.
    """
    line = lines[i]
    if not line.cells:
        return ""
    first = text[line.cells[0].start : line.cells[0].end]
    if len(first) > LONGEST or first[0].islower():
        return ""
    if DOT_LEADER.search(text[line.span.start : line.span.end]) or _is_toc_line(text, line):
        return ""
    plain = bare(first)
    words = plain.split()
    if opened := decides(text, lines, i):
        return opened
    if not words or len(words) > MAX_HEADING_WORDS or not plain[0].isupper() or plain[-1] in ",;.":
        return ""
    topic = heading_topic(plain)
    if words[-1].lower() in LEADS_ON and topic != "distribution":
        return ""
    numbered = bool(NUMBERING.match(first))
    marked = bool(MARKDOWN.search(first))
    alone = len(line.cells) == 1
    apart = blank_before(text, lines, i)
    if not alone and _is_table_row(text, line):
        return ""
    if not alone:
        return topic if (numbered or len(words) <= 3) and topic in LABEL_TOPICS else ""
    if (ends_in_colon(first) and not (topic or colons)) or re.search(r":\s*\S", plain):
        return ""
    if not topic and _names_somebody(plain):
        return ""
    if _over_points(text, lines, i, topic):
        return topic
    if marked or (topic and (numbered or apart or _stands_out(text, lines, i))):
        return topic or "other"
    if numbered and apart and len(words) <= 7 and not _runs_on(text, lines, i):
        return "other"
    below_text = i > 0 and text[lines[i - 1].span.start : lines[i - 1].span.end].rstrip()[-1:] in FULL_STOP
    if (apart or below_text) and blank_after(text, lines, i) and len(words) <= 7 and not _has_figure(plain):
        return "other"
    return ""


def decides(text: str, lines: tuple[Line, ...], i: int) -> str:
    """The topic of a line that says who decides, or proposes, what the lines below it list."""
    if len(lines[i].cells) != 1 or not blank_before(text, lines, i):
        return ""
    plain = bare(text[lines[i].cells[0].start : lines[i].cells[0].end])
    if not plain[:1].isupper():
        return ""
    below = text[lines[i + 1].span.start : lines[i + 1].span.end] if i + 1 < len(lines) else ""
    if not (blank_after(text, lines, i) or LISTED.match(below) or below[:1].isspace()):
        return ""
    if PROPOSES.fullmatch(plain):
        return "proposal"
    return "decision" if DECIDES.fullmatch(plain) else ""


def ends_in_colon(cell: str) -> bool:
    return cell.rstrip("* ").endswith(":")


def _has_figure(words: str) -> bool:
    return re.search(r"\d", words) is not None


@lru_cache(maxsize=20_000)
def bare(heading: str) -> str:
    """A heading without its number, Markdown and colon."""
    text = MARKDOWN.sub("", heading.strip())
    text = MARKDOWN.sub("", text).strip("*_ :\t")
    return NUMBERING.sub("", text).strip()


def _names_somebody(bare: str) -> bool:
    """A line that names a body or a person heads no section: it stands in a party or signature block."""
    return any(
        (
            BODY_NAME.search(bare),
            OFFICE.fullmatch(bare),
            PERSON_NAME.fullmatch(bare),
            PLACE_AND_DATE.match(bare),
        )
    )


def _is_table_row(text: str, line: Line) -> bool:
    """Whether a label has bare figures beside it: a post of a table, not a heading."""
    return any(re.fullmatch(r"[\d\s.,–-]*\d[\d\s.,–|-]*", text[c.start : c.end]) for c in line.cells[1:])


def _is_toc_line(text: str, line: Line) -> bool:
    last = text[line.cells[-1].start : line.cells[-1].end]
    return (
        len(line.cells) > 1
        and bool(re.fullmatch(r"[. ]*\d{1,2}", last))
        and bool(NUMBERING.match(text[line.cells[0].start : line.cells[0].end]))
    )


def _over_points(text: str, lines: tuple[Line, ...], i: int, topic: str) -> bool:
    """Whether the first `att` of a list stands right below the heading that opens it."""
    if topic not in ("decision", "proposal") or i + 1 == len(lines):
        return False
    return bool(ATT.match(text, lines[i + 1].span.start))


def _runs_on(text: str, lines: tuple[Line, ...], i: int) -> bool:
    """Whether the next line goes on with the sentence: it follows at once, in small letters or a figure."""
    if blank_after(text, lines, i):
        return False
    below = text[lines[i + 1].span.start : lines[i + 1].span.end].lstrip()
    return below[:1].islower() or (below[:1].isdigit() and not NUMBERING.match(below))


def _stands_out(text: str, lines: tuple[Line, ...], i: int) -> bool:
    """Whether a short line between full ones can only be a heading, though no white space tells so."""
    if _runs_on(text, lines, i):
        return False
    if i == 0 or blank_after(text, lines, i):
        return True
    above = text[lines[i - 1].span.start : lines[i - 1].span.end].rstrip()
    return above[-1:] in ".:!?)]…" or len(above) < 40 or len(lines[i - 1].cells) > 1
