"""A document as the plain text that a tool would hand over: lines, columns and pages in the family's way."""

import textwrap

from synth.layout import Family

NEW_PAGE = "==="
BROKEN = "⏎"  # a line that breaks within a number


def pages(blocks: list[str], family: Family, head: str, foot: str) -> list[str]:
    """The text of each page with its running head and foot. No block's line is cut by a page."""
    chunks = [chunk for block in blocks for chunk in _chunks(block, family)]
    leaves: list[list[str]] = [[]]
    used = 0
    for lines, joined in chunks:
        if lines == [NEW_PAGE] or (used + len(lines) > family["lines"] and leaves[-1]):
            leaves.append([])
            used = 0
        if lines == [NEW_PAGE]:
            continue
        gap = [] if joined or not leaves[-1] else [""]
        leaves[-1] += [*gap, *lines]
        used += len(lines) + len(gap)
    return [_furnished(leaf, at, len(leaves), family, head, foot) for at, leaf in enumerate(leaves, 1)]


def _furnished(lines: list[str], number: int, count: int, family: Family, head: str, foot: str) -> str:
    page = family["pages"].format(n=number, all=count)
    top = [line for line in (head if number > 1 else "", page) if line]
    bottom = [part.strip() for part in foot.split(" / ")] if foot else []
    parts = [*top, *([""] if top else []), *lines, *([""] if bottom else []), *bottom]
    return "\n".join(parts) + "\n"


def _chunks(block: str, family: Family) -> list[tuple[list[str], bool]]:
    """Pieces that a page break may stand between, each with whether it follows the last without a gap."""
    mark, rows = block[:1], block.split("\n")
    if block == NEW_PAGE:
        return [([block], False)]
    if mark == "|":
        return [(lines, at > 0) for at, lines in enumerate(_table(rows, family))]
    if mark == "^":
        lines = [" " * family["indent"] + row.removeprefix("^ ") for row in rows if row.strip("^ ")]
        return [(lines, False)]
    if mark in "=?":
        pairs = [_pair(row) for row in rows]
        return [([line for pair in pairs for line in _label(*pair, pairs, family)], False)]
    if mark == "~":
        names = [name.strip() for name in block[1:].split("|")]
        return [
            (
                ["    ".join("_" * 24 for _ in names), "    ".join(f"{name:<24}" for name in names).rstrip()],
                False,
            )
        ]
    if mark == "#":
        return [([block.lstrip("# ")], not family["airy"])]
    if mark == "!":
        return [(_wrapped(block[1:].strip(), family), False)]
    return [(_wrapped(row, family), at > 0) for at, row in enumerate(rows)]


def _wrapped(text: str, family: Family) -> list[str]:
    lines: list[str] = []
    for part in text.split(BROKEN):
        width = family["width"]
        lines += (
            textwrap.wrap(part, width, break_long_words=False, break_on_hyphens=False) if width else [part]
        )
    return lines


def _pair(row: str) -> tuple[str, str]:
    label, _, value = row[1:].partition("|")
    return label.strip(), value.strip()


def _label(label: str, value: str, pairs: list[tuple[str, str]], family: Family) -> list[str]:
    value_lines = value.split(BROKEN)
    wide = max(len(name) for name, _ in pairs) + 2
    first = {
        "colon": [f"{label}: {value_lines[0]}"],
        "tab": [f"{label}\t{value_lines[0]}"],
        "below": [label, value_lines[0]],
        "dots": [f"{label} {'.' * (wide + 4 - len(label))} {value_lines[0]}"],
        "blanks": [f"{label:<{wide}}  {value_lines[0]}"],
    }[family["labels"]]
    return [*first, *value_lines[1:]]


def _table(rows: list[str], family: Family) -> list[list[str]]:
    cells = [[cell.strip() for cell in row.strip().strip("|").split("|")] for row in rows]
    style = family["table"]
    if style == "tab":
        return [["\t".join(row)] for row in cells]
    if style == "bars":
        return [["| " + " | ".join(row) + " |"] for row in cells]
    if style == "stacked":
        return [[cell for cell in row if cell] for row in cells]
    wide = [
        max(len(row[at]) if at < len(row) else 0 for row in cells) + 3 for at in range(max(map(len, cells)))
    ]
    return [["".join(f"{cell:<{wide[at]}}" for at, cell in enumerate(row)).rstrip()] for row in cells]
