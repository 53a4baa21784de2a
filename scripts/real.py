#!/usr/bin/env python3
"""How every page of a folder of real PDFs was read, into docs/real.md.

    real.py [FOLDER] [--workers N] [--out docs/real.md]        default folder: ../shared/real

Names files and counts; quotes nothing of what they say.
"""

import argparse
from collections import Counter
from collections.abc import Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from pipeline import flow, read
from pipeline.audit import page_quality
from pipeline.clean import clean_document
from pipeline.errors import DocumentError
from pipeline.lexicon import lexicon_rate
from pipeline.model import Cleaned, Page, Source, TextSource
from pipeline.recognize.layout import layout
from pipeline.settings import Settings

ROOT = Path(__file__).resolve().parents[1]
WAYS = ("trusted", "repaired", "mixed", "re-read", "read", "blank", "failed")
REPAIRED = 0.01  # of a page's words
UNBROKEN = ("hyphen", "layout")  # rules that mend nothing: words cut by line ends, odd blanks
UNTOLD = "\N{REPLACEMENT CHARACTER}"  # a letter whose font doesn't say which it is
ABOUT = """# How real files were read: `make real REAL=FOLDER`

Real Swedish PDFs whose text nobody has typed in for comparison: minutes, annual reports, regulations, bills,
committee directives; born digital, scanned, and scanned with another program's OCR under them. {pages} pages
in {files} files, {failed} of which failed. Every page was read in one of these ways:

- *trusted*: the page's own text was believed. *repaired*: so it was, and more than one word in a hundred was
  mended, not counting words joined over line ends. *mixed*: believed in part, with what OCR read in its place
  or in the page's pictures.
- *re-read*: the page has text, which was not believed, and its picture was read by OCR. *read*: the page is a
  picture without text. *blank*: there is nothing on it that could be read. *failed*: an error kept it from
  being read.

*lexicon before* is the share of known words in the text that the file brings (none for scans), *after* the
share in our cleaned text. Names and terms are unknown to any lexicon, so that sound Swedish pages lie around
0.93, pages of names, numbers or another language lower. *quality* is the estimated share of right characters,
the mean over the pages. Flags are explained in [flags.md](flags.md).
"""


@dataclass(frozen=True, slots=True)
class Line:
    """What is told of one file; rates are None where there are no words."""

    name: str
    ways: Counter[str]
    before: float | None
    after: float | None
    quality: float | None
    flags: Counter[str]
    low: tuple[int, ...]
    """Pages of low quality."""

    @property
    def pages(self) -> int:
        return self.ways.total()


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path, nargs="?", default=ROOT.parent / "shared" / "real")
    parser.add_argument("--workers", type=int, default=Settings().worker_count)
    parser.add_argument("--out", type=Path, default=ROOT / "docs" / "real.md")
    args = parser.parse_args()
    settings = Settings()
    sources, failures = read.discover([args.folder], settings.recognition.max_bytes)
    pdfs = [source for source in sources if source.media_type == "application/pdf"]
    with ProcessPoolExecutor(args.workers) as executor:
        lines = sorted(executor.map(partial(judged, settings=settings), pdfs), key=lambda line: line.name)
    args.out.write_text(report(lines), encoding="utf-8")
    print(f"{len(lines)} files into {args.out}; {len(failures)} others not read")


def judged(source: Source, settings: Settings) -> Line:
    """Read one file as a run would, and say how."""
    document = flow.document(source, settings)
    cleaned = clean_document(document.pages)
    qualities = [page_quality(page) for page in cleaned]
    layers = {page.number: layer(source, page.number, settings) for page in document.pages}
    ways = Counter(way(one, layers[one.page.number]) for one in cleaned)
    ways["failed"] = len({failure.page for failure in document.failures})
    return Line(
        name=Path(source.path).name,
        ways=ways,
        before=lexicon_rate("\n".join(layers.values()).replace(UNTOLD, "q")),  # qqqq is no word
        after=lexicon_rate("\n".join(one.text for one in cleaned)),
        quality=mean(quality.quality for quality in qualities),
        flags=Counter(flag for page in document.pages for flag in page.flags),
        low=tuple(quality.page for quality in qualities if "low_quality" in quality.flags),
    )


def layer(source: Source, number: int, settings: Settings) -> str:
    """The text that the file itself has for a page."""
    try:
        sheet = read.sheet(source, number, settings.recognition)
    except DocumentError:
        return ""
    return layout(sheet.tokens, sheet.rules, sheet.height)[0]


def way(cleaned: Cleaned, layer: str) -> str:
    """One of `WAYS`, but for failures, which have no page."""
    page: Page = cleaned.page
    if not page.words:
        return "blank"
    if page.source is TextSource.MIXED:
        return "mixed"
    if page.source is TextSource.OCR:
        return "re-read" if layer else "read"
    mended = sum(
        not edit.rule.startswith(UNBROKEN) and any(map(str.isalnum, edit.old + edit.new))
        for edits in cleaned.passes
        for edit in edits
    )
    return "repaired" if mended > REPAIRED * len(page.words) else "trusted"


def report(lines: Sequence[Line]) -> str:
    """The page of documentation."""
    total = sum((line.ways for line in lines), Counter[str]())
    about = ABOUT.format(pages=total.total(), files=len(lines), failed=total["failed"] or "none")
    head = ("file", "pages", *WAYS, "lexicon before", "after", "quality", "low", "flags")
    rows = [
        (
            f"`{line.name}`",
            line.pages,
            *(line.ways[way] or "" for way in WAYS),
            *map(share, (line.before, line.after, line.quality)),
            ", ".join(map(str, line.low)),
            ", ".join(f"{flag} {count}" for flag, count in sorted(line.flags.items())),
        )
        for line in lines
    ]
    rows.append(("*all*", total.total(), *(total[way] or "" for way in WAYS), "", "", "", "", ""))
    return f"{about}\n{table(head, rows)}\n\n*low*: the pages whose quality is below 0.9.\n"


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(map(str, line))} |" for line in lines)


def share(value: float | None) -> str:
    return "" if value is None else f"{value:.3f}"


def mean(values: Iterable[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return sum(known) / len(known) if known else None


if __name__ == "__main__":
    main()
