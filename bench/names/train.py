"""Train the small model of names that the package brings along: organisations, persons, places.

    python bench/names/train.py [--documents 800] [--rounds 8] [--news FILE] [--out FOLDER]

It learns from the lines of documents that `bench/synth` makes (half `develop`), clean and misread, and from
Swedish news where the file is given. One thread and a fixed seed: the same arguments give the same weights
under the same versions.
"""

import argparse
import os
import random
import sys
from collections.abc import Sequence
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import spacy
from spacy.language import Language
from spacy.tokens import Doc
from spacy.training import Example as Lesson

from names.examples import Example, made, news

SEED = 0
BATCH = 64
TARGET = Path(__file__).resolve().parents[2] / "pipeline/extract/data/names"
NETWORK = {
    "@architectures": "spacy.HashEmbedCNN.v2",
    "width": 48,
    "depth": 3,
    "embed_size": 1200,
    "window_size": 1,
    "maxout_pieces": 2,
    "subword_features": True,
    "pretrained_vectors": None,
}


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--documents", type=int, default=800)
    parser.add_argument("--rounds", type=int, default=8)
    parser.add_argument("--news", type=Path)
    parser.add_argument("--out", type=Path, default=TARGET)
    options = parser.parse_args(arguments)
    examples = made(options.documents, "develop", seed=77)
    if options.news:
        examples += news(options.news)
    nlp = trained(examples, options.rounds)
    nlp.to_disk(options.out, exclude=["vocab"])  # every word that it has seen; it needs none
    size = sum(file.stat().st_size for file in options.out.rglob("*") if file.is_file())
    print(f"{len(examples)} lines, {size / 1e6:.1f} MB in {options.out}")
    return 0


def trained(examples: Sequence[Example], rounds: int) -> Language:
    spacy.util.fix_random_seed(SEED)  # type: ignore[attr-defined]
    dice = random.Random(SEED)
    nlp = spacy.blank("sv")
    nlp.add_pipe("ner", config={"model": {"tok2vec": NETWORK, "hidden_width": 32}})
    lessons = [lesson(nlp, example) for example in examples]
    optimizer = nlp.initialize(lambda: lessons[:2000])
    for number in range(rounds):
        dice.shuffle(lessons)
        losses: dict[str, float] = {}
        for start in range(0, len(lessons), BATCH):
            nlp.update(lessons[start : start + BATCH], sgd=optimizer, losses=losses, drop=0.2)
        print(f"round {number + 1}: loss {losses['ner']:.0f}", flush=True)
    return nlp


def lesson(nlp: Language, example: Example) -> Lesson:
    doc = nlp.make_doc(example.text)
    truth = Doc(nlp.vocab, [token.text for token in doc], [bool(token.whitespace_) for token in doc])
    spans = (
        truth.char_span(start, end, label, alignment_mode="expand") for start, end, label in example.names
    )
    truth.set_ents([span for span in spans if span])
    return Lesson(doc, truth)


if __name__ == "__main__":
    sys.exit(main())
