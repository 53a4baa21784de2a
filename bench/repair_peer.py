"""Let one repairer loose on texts: `python bench/repair_peer.py NAME IN.json OUT.json`.

IN has `first`, a page to load everything with, and sections, each a list of documents, each a list of pages.
OUT has the seconds of processor that loading took, and for each section the seconds and the repaired pages.
Runs in an environment that has the tool and nothing of ours but for namnd itself.
"""

import json
import re
import resource
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

Document = list[str]
Repairer = Callable[[Document], Document]

MOST_FREQUENT = 120_000
WORD = re.compile(r"\w*[^\W\d_]\w*")


def main() -> None:
    name, source, place = sys.argv[1:]
    given = json.loads(Path(source).read_text(encoding="utf-8"))
    began = cpu()
    repair = REPAIRERS[name]()
    repair([given["first"]])
    told = {"loading": round(cpu() - began, 3)}
    sections = {}
    for section, documents in given["sections"].items():
        began = cpu()
        pages = [repair(document) for document in documents]
        sections[section] = {"cpu": round(cpu() - began, 3), "pages": pages}
    Path(place).write_text(json.dumps({**told, "sections": sections}), encoding="utf-8")


def cpu() -> float:
    """Seconds of processor of this process and of those that it waited for."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def namnd() -> Repairer:
    from pipeline.clean import clean_document
    from pipeline.model import Page

    def repair(document: Document) -> Document:
        pages = tuple(Page(number, page) for number, page in enumerate(document, 1))
        return [page.text for page in clean_document(pages)]

    return repair


def ftfy() -> Repairer:
    from ftfy import fix_text

    return lambda document: [fix_text(page) for page in document]


def symspellpy() -> Repairer:
    """Its own best guess within two edits, over wordfreq's list, letters' case kept."""
    from symspellpy import SymSpell, Verbosity  # type: ignore[import-not-found]  # in build/peers
    from wordfreq import top_n_list, word_frequency

    spell = SymSpell(max_dictionary_edit_distance=2)
    for word in top_n_list("sv", MOST_FREQUENT):
        spell.create_dictionary_entry(word, max(1, round(1e9 * word_frequency(word, "sv"))))

    def corrected(match: re.Match[str]) -> str:
        found = spell.lookup(
            match[0], Verbosity.TOP, max_edit_distance=2, transfer_casing=True, include_unknown=True
        )
        return str(found[0].term)

    return lambda document: [WORD.sub(corrected, page) for page in document]


def hunspell() -> Repairer:
    """The first suggestion for each word that hunspell's Swedish dictionary lacks; a word is asked once."""
    known: dict[str, str] = {}

    def repair(document: Document) -> Document:
        new = sorted({word for page in document for word in WORD.findall(page)} - known.keys())
        asked = "".join(f"^{word}\n" for word in new)
        command = ["hunspell", "-a", "-i", "utf-8", "-d", "sv_SE"]
        told = subprocess.run(command, input=asked, capture_output=True, text=True, check=True).stdout
        answers = [block.split("\n")[0] for block in told.split("\n", 1)[1].split("\n\n")]
        known.update(
            {word: first(word, answer) for word, answer in zip(new, answers[: len(new)], strict=True)}
        )
        return [WORD.sub(lambda match: known[match[0]], page) for page in document]

    return repair


def first(word: str, answer: str) -> str:
    """The first suggestion of an answer such as `& word 3 1: one, two, three`."""
    return answer.split(": ", 1)[1].split(", ")[0] if answer.startswith("&") else word


REPAIRERS: dict[str, Callable[[], Repairer]] = {
    "namnd": namnd,
    "ftfy": ftfy,
    "symspellpy": symspellpy,
    "hunspell": hunspell,
}

if __name__ == "__main__":
    main()
