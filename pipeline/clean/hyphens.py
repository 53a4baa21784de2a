"""Words that a line end cuts in two: `kommun-` / `styrelsen` becomes `kommunstyrelsen`, on the upper line.

Real hyphens stay: `arbetsmarknads- och`, `IOP-avtal`, `e-post`. Where both readings are possible, the same
document decides, then the lexicon; else the hyphen is the line's. Where a program has made one line of two
(`kommun- styrelsen`), the word must be known. A word that a page's end cuts is joined over footer and header.
"""

import re
from collections.abc import Iterator

from pipeline.clean.rule import Edits, Texts, edit
from pipeline.lexicon import known
from pipeline.lexicon.words import table
from pipeline.model import Edit, Span
from pipeline.running import running

CUT = re.compile(r"[-‐\xad¬](?<=\w.) *\n *(?=[^\W\d_])")
INLINE = re.compile(r"[-‐¬](?<=[^\W\d_].) (?P<rest>[a-zåäöé]{3,})(?![-\w])")
PAGE_END = re.compile(r"[-‐\xad¬](?<=\w.) *$", re.M)
LAST_LINES = 8  # of a page, among which its last line of text stands
FIRST = re.compile(r"(?<![\w-])[^\W\d_]{3,}$")
BEFORE = re.compile(r"[^\W_][\w.]*(?:-\w+)*$")  # the word before the hyphen
AFTER = re.compile(r"(?P<rest>\w+(?:-\w+)*-?)(?P<mark>[.,;:!?)»”\"]*)(?P<gap> ?)")  # what goes on below
LONGEST = 60
WORDS = re.compile(r"\w+(?:-\w+)*")
COORDINATED = frozenset(("och", "eller", "samt", "respektive", "men", "utan", "till", "både", "resp", "o"))
# What follows where the hyphen is one of several: `kultur- fritids- och`, `för- respektive nackdelar`.
LISTED = re.compile(r" ?(?:och|eller|samt|respektive|,)? ?\w*-")
SOFT_ONES = "\N{SOFT HYPHEN}¬"


def find(texts: Texts) -> tuple[Edits, ...]:
    """Join cut words; words written whole elsewhere in the document say how."""
    if not any(CUT.search(text) or INLINE.search(text) or PAGE_END.search(text) for text in texts):
        return ((),) * len(texts)
    seen = frozenset[str]().union(*(WORDS.findall(text.lower()) for text in texts))
    furniture = running(texts) if len(texts) > 1 else ((),) * len(texts)
    over = _over_pages(texts, furniture, seen)
    return tuple(
        tuple(_merged([*_found(text, lines, seen), *_inline(text, seen), *over[at]]))
        for at, (text, lines) in enumerate(zip(texts, furniture, strict=True))
    )


def _merged(changes: list[Edit]) -> Iterator[Edit]:
    """All in order; an edit that begins within the one before waits for the next round."""
    done = 0
    for change in sorted(changes, key=lambda change: change.span):
        if change.span.start >= done:
            done = change.span.end
            yield change


def _over_pages(
    texts: Texts, furniture: tuple[tuple[Span, ...], ...], seen: frozenset[str]
) -> list[list[Edit]]:
    """Words that the end of a page cuts: the rest moves up to the page where the word begins."""
    found: list[list[Edit]] = [[] for _ in texts]
    for at in range(len(texts) - 1):
        upper, lower = _last_line(texts[at], furniture[at]), _first_line(texts[at + 1], furniture[at + 1])
        if upper is None or lower is None:
            continue
        text, below = texts[at], texts[at + 1]
        cut = PAGE_END.search(text, upper.start, upper.end)
        rest = AFTER.match(below, lower.start, lower.end)
        first = BEFORE.search(text[max(upper.start, cut.start() - LONGEST) : cut.start()]) if cut else None
        if cut is None or rest is None or first is None or "\t" in text[upper.start : upper.end]:
            continue
        if not rest["rest"][0].islower() or found[at]:
            continue
        joint = _joint(first.group(), cut.group(), rest["rest"], seen)
        if joint is not None:
            new = joint + rest["rest"] + rest["mark"]
            end = rest.end() + (below[rest.end() : rest.end() + 1] == "\n" and rest.start() == lower.start)
            found[at].append(edit(cut.start(), text[cut.start() : upper.end], new, "hyphen:page", 0.95))
            found[at + 1].append(edit(rest.start(), below[rest.start() : end], "", "hyphen:page", 0.95))
    return found


def _last_line(text: str, furniture: tuple[Span, ...]) -> Span | None:
    """The last line of a page that is no running one."""
    end = len(text)
    for _ in range(LAST_LINES):
        start = text.rfind("\n", 0, end) + 1
        if text[start:end].strip() and not any(line.start == start for line in furniture):
            return Span(start, end)
        if start == 0:
            break
        end = start - 1
    return None


def _first_line(text: str, furniture: tuple[Span, ...]) -> Span | None:
    """The first line of a page that is no running one."""
    start = 0
    for _ in range(LAST_LINES):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        if text[start:end].strip() and not any(line.start == start for line in furniture):
            return Span(start, end)
        if end == len(text):
            break
        start = end + 1
    return None


def _inline(text: str, seen: frozenset[str]) -> Iterator[Edit]:
    """`kommun- styrelsen`, but not `för- och nackdelar` nor `mark- bygg- och miljöfrågor`."""
    for match in INLINE.finditer(text):
        found = FIRST.search(text[max(0, match.start() - LONGEST) : match.start()])
        first, rest = found.group() if found else "", match["rest"]
        whole = (first + rest).lower()
        if not first or rest in COORDINATED or not (whole in seen or whole in table()):
            continue
        if not LISTED.match(text, match.end()):
            start = match.start() - len(first)
            yield edit(start, text[start : match.end()], first + rest, "hyphen", 0.95)


def _found(text: str, furniture: tuple[Span, ...], seen: frozenset[str]) -> Iterator[Edit]:
    done = 0
    for cut in CUT.finditer(text):
        first = BEFORE.search(text[max(done, cut.start() - LONGEST) : cut.start()])
        below = AFTER.match(text, cut.end(), cut.end() + LONGEST)
        if first is None or below is None or _is_table(text, cut.start(), below.end()):
            continue
        if any(line.start <= cut.end() <= line.end for line in furniture):
            continue
        joint = _joint(first.group(), cut.group(), below["rest"], seen)
        if joint is None and cut.group()[0] in SOFT_ONES:  # PDFium's hyphen may be a suspended one
            yield edit(cut.start(), cut.group()[0], "-", "hyphen", 0.95)
        if joint is not None:
            line_end = "" if text[below.end() : below.end() + 1] in ("\n", "") else "\n"
            new = joint + below["rest"] + below["mark"] + line_end
            done = below.end()
            yield edit(cut.start(), text[cut.start() : done], new, "hyphen", 0.98)


def _is_table(text: str, start: int, end: int) -> bool:
    """Where cells stand side by side, the next line may go on with another cell."""
    line_start = text.rfind("\n", 0, start) + 1
    line_end = text.find("\n", end)
    return "\t" in text[line_start : line_end if line_end >= 0 else len(text)]


def _joint(first: str, cut: str, rest: str, seen: frozenset[str]) -> str | None:
    """What stands between the halves: nothing, a hyphen, or None where they aren't one word."""
    if rest.lower() in COORDINATED:
        return None
    if cut[0] in SOFT_ONES:
        return ""
    last = first.rpartition("-")[2].lower()
    if not rest[0].islower() or not first[-1].islower() or len(last) == 1:
        return "-"  # Sven-Erik, IOP-avtal, 70-tal, e-post
    whole, kept = (first + rest).lower(), f"{first}-{rest}".lower()
    if (kept in seen) != (whole in seen):
        return "-" if kept in seen else ""
    return "-" if kept in table() and not known(whole) else ""
