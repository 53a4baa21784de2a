#!/usr/bin/env python3
"""What the cleaner mends and what it breaks, on ruined text with truth and on sound text.

    bench/repair.py ruined CORPUS ... [--show N] [--out FILE.json]
    bench/repair.py sound FOLDER ... [--statutes sfs.txt.xz] [--show N] [--out FILE.json]
    bench/repair.py foreign CORPUS [--out FILE.json]

A CORPUS holds texts as an English OCR left them, files/ID.txt or files/ID--engtext.txt with a form feed
between pages, and truth/ID.json with the true pages (`make english`). Sound text is .txt, .md or .pdf with
text of its own, and the statutes that the lexicon was kept from. `foreign` puts paragraphs of other languages
into such documents. Word errors are wrong, split, joined and made-up words; passages that the OCR left out
count apart, since no repair brings them back.
"""

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from alignment import is_right, readings
from rapidfuzz.distance import Levenshtein
from sound import Sound, changed, sound_documents
from word_errors import words

from pipeline.clean import clean_document
from pipeline.model import Page

LETTERS = "åäöÅÄÖ"
FOREIGN = Path(__file__).with_name("foreign.txt")
HEAD = ("", "words", "wrong before", "after", "cut", "fixed", "wrongly", "left", "broken", "per 10 000")


@dataclass(frozen=True)
class Ruined:
    """A text as the OCR left it, page by page, with its truth; `face` and `level` say how it was printed."""

    name: str
    truth: tuple[str, ...]
    pages: tuple[str, ...]
    face: str = ""
    level: str = ""


@dataclass
class Tally:
    """Counts of one text or of many. `before` and `after` are word errors; `letters` count each of å, ä, ö as
    true, read and right; `examples` are (true, before, after) of words that ended wrong."""

    counts: Counter[str] = field(default_factory=Counter)
    letters: Counter[tuple[str, str]] = field(default_factory=Counter)
    examples: Counter[tuple[str, str, str]] = field(default_factory=Counter)

    def __iadd__(self, other: "Tally") -> "Tally":
        self.counts += other.counts
        self.letters += other.letters
        self.examples += other.examples
        return self

    @property
    def cut(self) -> float:
        return 1 - self.counts["after"] / max(1, self.counts["before"])

    @property
    def broken_rate(self) -> float:
        """Right words broken, of 10 000 right ones."""
        return 1e4 * self.counts["broken"] / max(1, self.counts["broken"] + self.counts["kept"])

    def told(self) -> dict[str, Any]:
        letters = {
            letter: {what: self.letters[letter, what] for what in ("true", "read", "right")}
            for letter in LETTERS
        }
        rates = {"cut": round(self.cut, 4), "broken_per_10k": round(self.broken_rate, 2)}
        return {**dict(sorted(self.counts.items())), **rates, "letters": letters}


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("what", choices=("ruined", "sound", "foreign"))
    parser.add_argument("folders", type=Path, nargs="*")
    parser.add_argument("--statutes", type=Path)
    parser.add_argument("--show", type=int, default=0, help="so many words that ended wrong, or changes")
    parser.add_argument("--out", type=Path)
    options = parser.parse_args()
    if options.what == "ruined":
        told = of_ruined(options.folders, options.show)
    elif options.what == "sound":
        told = of_sound(sound_documents(options.folders, options.statutes), options.show)
    else:
        told = of_foreign(options.folders)
    if options.out:
        options.out.write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return 0


def of_ruined(corpora: Sequence[Path], show: int) -> dict[str, Any]:
    """All texts together, by face, by level, and page by page."""
    groups: dict[str, Tally] = {"all": Tally()}
    pages: list[dict[str, Any]] = []
    for text in ruined_texts(corpora):
        for number, tally in enumerate(measured(text, cleaned(text.pages)), 1):
            for key in filter(None, ("all", text.face, text.level)):
                groups.setdefault(key, Tally())
                groups[key] += tally
            pages.append({"page": f"{text.name} {number}", "cut": round(tally.cut, 3), **dict(tally.counts)})
    printed(groups)
    for (true, before, after), count in groups["all"].examples.most_common(show):
        print(f"{count:5}  {true}  <  {before or '-'}  >  {after if after != before else '='}")
    return {"groups": {key: tally.told() for key, tally in groups.items()}, "pages": pages}


def ruined_texts(corpora: Iterable[Path]) -> Iterator[Ruined]:
    """Every text of the corpora. Raises FileNotFoundError where its truth is missing."""
    for corpus in corpora:
        for path in sorted((corpus / "files").glob("*.txt")):
            name, _, variant = path.stem.partition("--")
            if variant in ("", "engtext"):
                truth = json.loads((corpus / "truth" / f"{name}.json").read_text(encoding="utf-8"))
                pages = tuple(path.read_text(encoding="utf-8").split("\f"))
                yield Ruined(
                    name, tuple(truth["pages"]), pages, truth.get("face", ""), truth.get("level", "")
                )


def cleaned(pages: Sequence[str]) -> tuple[str, ...]:
    done = clean_document(tuple(Page(number, page) for number, page in enumerate(pages, 1)))
    return tuple(page.text for page in done)


def measured(text: Ruined, after: Sequence[str]) -> Iterator[Tally]:
    """One tally a page; one in all where truth and text have not as many pages."""
    if len(text.truth) == len(text.pages):
        for truth, before, now in zip(text.truth, text.pages, after, strict=True):
            yield of_page(truth, before, now)
    else:
        yield of_page("\n".join(text.truth), "\n".join(text.pages), "\n".join(after))


def of_page(truth: str, before: str, after: str) -> Tally:
    """What a repair did to each true word that was read."""
    found, true = Tally(), words(truth)
    was, made_up_before = readings(true, words(before))
    now, made_up_after = readings(true, words(after))
    found.counts["pages"] += 1
    found.counts["made up"] += made_up_before
    found.counts["before"] += made_up_before
    found.counts["after"] += made_up_after
    for at, word in enumerate(true):
        if at not in was and at not in now:
            found.counts["not read"] += 1
            continue
        fate(found, word, was.get(at, ()), now.get(at, ()))
        count_letters(found, word, now.get(at, ()))
    return found


def fate(found: Tally, word: str, was: tuple[str, ...], now: tuple[str, ...]) -> None:
    right_before, right_after = is_right(word, was), is_right(word, now)
    found.counts["words"] += 1
    found.counts["before"] += not right_before
    found.counts["after"] += not right_after
    if right_after:
        found.counts["kept" if right_before else "fixed"] += 1
        return
    kind = "broken" if right_before else "wrongly fixed" if was != now else "left"
    found.counts[kind] += 1
    found.examples[word, " ".join(was), " ".join(now)] += 1


def count_letters(found: Tally, word: str, now: tuple[str, ...]) -> None:
    """Å, ä and ö that stood there, that the repaired text has, and that stand where they should."""
    read = "".join(now)
    lost = Counter(
        word[at]
        for step in Levenshtein.opcodes(word, read)
        if step.tag != "equal"
        for at in range(step.src_start, step.src_end)
    )
    for letter in LETTERS:
        found.letters[letter, "true"] += word.count(letter)
        found.letters[letter, "read"] += read.count(letter)
        found.letters[letter, "right"] += word.count(letter) - lost[letter]


def printed(groups: dict[str, Tally]) -> None:
    """A row for each group, then what became of the letters."""
    print(" | ".join(HEAD))
    for key, tally in groups.items():
        got = [tally.counts[name] for name in ("words", "before", "after")]
        fates = [tally.counts[name] for name in ("fixed", "wrongly fixed", "left", "broken")]
        row = (key, *got, f"{100 * tally.cut:.1f} %", *fates, f"{tally.broken_rate:.1f}")
        print(" | ".join(map(str, row)))
    whole = groups["all"]
    print(f"{whole.counts['pages']} pages, {whole.counts['not read']} words not read at all")
    for letter in LETTERS:
        true, read, right = (whole.letters[letter, what] for what in ("true", "read", "right"))
        shares = f"{right / max(1, true):.4f}, precision {right / max(1, read):.4f}"
        print(f"{letter}: recall {shares} ({right} right of {true} true, {read} read)")


def of_sound(documents: Iterable[Sound], show: int) -> dict[str, Any]:
    """Changed words in text that needs no change, by where it comes from."""
    seen: dict[str, Counter[str]] = {}
    examples: Counter[tuple[str, str, str]] = Counter()
    for document in documents:
        group = seen.setdefault(document.group, Counter())
        group["words"] += sum(len(page.split()) for page in document.pages)
        for rule, old, new in changed(document.pages):
            group["changes"] += 1
            group[rule] += 1
            examples[rule, old, new] += 1
    for name, counts in seen.items():
        rate = 1e4 * counts["changes"] / max(1, counts["words"])
        print(f"{name}: {counts['changes']} changes in {counts['words']} words, {rate:.2f} per 10 000")
    for (rule, old, new), count in examples.most_common(show):
        print(f"{count:5}  {rule}: {old!r} > {new!r}")
    return {name: dict(counts) for name, counts in seen.items()}


def of_foreign(corpora: Sequence[Path]) -> dict[str, Any]:
    """Changed words in paragraphs of other languages, within ruined documents and within their truths."""
    lines = [line.split("\t") for line in FOREIGN.read_text(encoding="utf-8").splitlines() if "\t" in line]
    seen: dict[str, Counter[str]] = {}
    for text in list(ruined_texts(corpora))[:12]:
        for state, pages in (("ruined", text.pages), ("sound", text.truth)):
            for language, paragraph in lines:
                host, *rest = pages
                mixed = (f"{host}\n\n{paragraph}\n\n{host}", *rest)
                count = seen.setdefault(f"{language} in {state}", Counter())
                count["paragraphs"] += 1
                kept = " ".join(paragraph.split()) in " ".join(cleaned(mixed)[0].split())
                count["changed"] += not kept
    for name, count in seen.items():
        print(f"{name}: {count['changed']} of {count['paragraphs']} paragraphs changed")
    return {name: dict(count) for name, count in seen.items()}


if __name__ == "__main__":
    sys.exit(main())
