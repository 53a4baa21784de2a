"""Two sequences side by side, with as few differences as can be (Levenshtein)."""

from collections import Counter
from collections.abc import Iterator, Sequence

from rapidfuzz.distance import Levenshtein

from pipeline.compare.counts import Errors, Letter, Repair

LONGEST = 4  # graphemes; a longer block is text that was lost or stands elsewhere

Steps = Sequence[tuple[str, int, int, int, int]]


def steps(true: Sequence[str], read: Sequence[str]) -> Steps:
    """What turns the truth into what was read: `(tag, start, end, start, end)`, as difflib has it."""
    return [
        (step.tag, step.src_start, step.src_end, step.dest_start, step.dest_end)
        for step in Levenshtein.opcodes(true, read)
    ]


def errors(aligned: Steps, total: int) -> Errors:
    sizes = Counter[str]()
    for tag, start, end, read_start, read_end in aligned:
        sizes[tag] += max(end - start, read_end - read_start)
    return Errors(total, sizes["replace"], sizes["delete"], sizes["insert"])


def letters(aligned: Steps, true: Sequence[str], read: Sequence[str], of: str) -> dict[str, Letter]:
    """How each letter of `of` fared."""
    stood, had, right = Counter(true), Counter(read), Counter[str]()
    for tag, start, end, _, _ in aligned:
        if tag == "equal":
            right.update(true[start:end])
    return {letter: Letter(stood[letter], had[letter], right[letter]) for letter in of}


def confusions(aligned: Steps, true: Sequence[str], read: Sequence[str]) -> Counter[tuple[str, str]]:
    """Blocks that were taken for others (`rn` for `m`), lost (for nothing), or made up."""
    found = Counter[tuple[str, str]]()
    for start, end, read_start, read_end in _blocks(aligned):
        if max(end - start, read_end - read_start) <= LONGEST:
            found["".join(true[start:end]), "".join(read[read_start:read_end])] += 1
    return found


def _blocks(aligned: Steps) -> Iterator[tuple[int, int, int, int]]:
    """Runs of differences with nothing between them."""
    block: tuple[int, int, int, int] | None = None
    for tag, start, end, read_start, read_end in aligned:
        if tag == "equal":
            if block:
                yield block
            block = None
        else:
            block = (block[0], end, block[2], read_end) if block else (start, end, read_start, read_end)
    if block:
        yield block


def repair(true: Sequence[str], before: Sequence[str], after: Sequence[str]) -> Repair:
    """What a repair did to each word of the truth."""
    counts = Counter(
        _fate(word, was, became)
        for word, was, became in zip(true, _read_as(true, before), _read_as(true, after), strict=True)
    )
    return Repair(**counts)


def _fate(true: str, was: str, became: str) -> str:
    if was == true:
        return "kept" if became == true else "broken"
    if became == true:
        return "fixed"
    return "left" if became == was else "wrongly_fixed"


def _read_as(true: Sequence[str], read: Sequence[str]) -> list[str]:
    """What was read for each word of the truth; empty where it is missing."""
    words = [""] * len(true)
    for tag, start, end, read_start, read_end in steps(true, read):
        if tag in ("equal", "replace"):
            words[start:end] = read[read_start:read_end]
    return words
