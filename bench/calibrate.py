"""Fit what confidences are worth, `pipeline/resolve/data/calibration.json`, and measure what they say.

    python bench/calibrate.py gather CORPUS [CORPUS ...] --to FACTS
    python bench/calibrate.py fit FACTS [--as-in PAPER] [--write]
    python bench/calibrate.py measure FACTS [--write]

`gather` reads the files of corpora (`bench/synth/build.py --half measure`) and judges every fact by the gold.
Half of their layout families, by the digest of their names, is for fitting, and the other for the figures: no
rule was written on either. A corpus without families is measured on as a whole.
"""

import argparse
import hashlib
import json
import pickle
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

sys.path.insert(0, str(Path(__file__).resolve().parent))
import quality_fit
from corpora import documents_of
from reliability import Judged, Share, figures, plot, told
from rightness import KEY_FIELDS, right, right_field

from pipeline.audit import page_quality
from pipeline.clean import clean_document
from pipeline.extract import extract
from pipeline.model import Finding, PageQuality, Record
from pipeline.reading import Reading
from pipeline.resolve import resolve
from pipeline.resolve.calibration import Scale, scales
from pipeline.resolve.signals import Signals, of_field, of_finding, surroundings
from pipeline.settings import Settings
from pipeline.tables import FINDING_TABLES

ROOT = Path(__file__).resolve().parents[1]
TARGET = ROOT / "pipeline/resolve/data/calibration.json"
FIGURES = ROOT / "docs/confidence.json"
PLOT = ROOT / "docs/confidence.svg"
RIDGE = 2.0
FOLDS = 5
COMMON = 12  # a signal that fewer facts have gets no weight
AIMED = 0.99  # of the key facts that are not sent to review, the share that is to be right

Array = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Facts:
    """One document: its facts with what speaks for them, and which are right."""

    file: str
    family: str
    findings: tuple[tuple[Finding, Signals, bool], ...]
    record: Record
    qualities: tuple[PageQuality, ...]
    fields: dict[str, bool]

    @property
    def for_fitting(self) -> bool:
        return bool(self.family) and hashlib.sha256(self.family.encode()).digest()[1] < 128


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    commands = parser.add_subparsers(required=True)
    gathering = commands.add_parser("gather")
    gathering.add_argument("corpora", type=Path, nargs="+")
    gathering.add_argument("--to", type=Path, required=True)
    gathering.set_defaults(do=lambda o: o.to.write_bytes(pickle.dumps(list(gather(o.corpora)))))
    fitting = commands.add_parser("fit")
    fitting.add_argument("facts", type=Path)
    fitting.add_argument("--as-in", type=Path, help="set the threshold by the documents of these facts alone")
    fitting.add_argument("--write", action="store_true")
    fitting.set_defaults(do=lambda o: fit(load(o.facts), load(o.as_in or o.facts), write=o.write))
    measuring = commands.add_parser("measure")
    measuring.add_argument("facts", type=Path)
    measuring.add_argument("--write", action="store_true", help="keep the figures in docs/")
    measuring.set_defaults(do=lambda o: measure(load(o.facts), write=o.write))
    options = parser.parse_args(arguments)
    options.do(options)
    return 0


def gather(corpora: Sequence[Path]) -> Iterator[Facts]:
    """Every file of the corpora, read and judged."""
    for corpus in corpora:
        for file, document, gold in documents_of(corpus):
            yield judged(file, Reading(clean_document(document.pages)), gold)


def judged(file: str, reading: Reading, gold: dict[str, Any]) -> Facts:
    findings, record = resolve(extract(reading, Settings().extraction))
    qualities = tuple(page_quality(page) for page in reading.pages)
    around = surroundings(findings, record, reading, qualities)
    facts = [f for f in findings if f.kind in FINDING_TABLES]
    return Facts(
        file=file,
        family=str(gold.get("family", "")),
        findings=tuple((f, of_finding(f, around, reading.evidence(f.span)), right(f, gold)) for f in facts),
        record=record,
        qualities=qualities,
        fields={field: right_field(field, record, gold) for field in KEY_FIELDS},
    )


def load(path: Path) -> list[Facts]:
    documents: list[Facts] = pickle.loads(path.read_bytes())
    return documents


def fit(documents: Sequence[Facts], mixed: Sequence[Facts], *, write: bool) -> None:
    """The scales, by the fitting half; their threshold by what each fold says that it wasn't fitted on.

    `mixed` are those of the documents that come as an archive has them, on paper and not: by clean texts,
    of which many more are at hand, the threshold would be too low for scans.
    """
    own = [one for one in documents if one.for_fitting]
    found = fitted(own)
    names = {one.file for one in mixed}
    unseen = [one for one in across_folds(own) if one.file in names]
    threshold = dividing(one.fields[field] for one in unseen for field in one.undoubted)
    found |= {field: replace(found[field], threshold=threshold) for field in KEY_FIELDS}
    print(f"{len(own)} documents of {len({d.family for d in own})} families; threshold {threshold}")
    if write:
        content = {
            name: {"weights": dict(scale.weights), "threshold": scale.threshold}
            for name, scale in found.items()
        }
        TARGET.write_text(json.dumps(content, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def fitted(documents: Sequence[Facts]) -> dict[str, Scale]:
    """A scale for each kind of fact, then one for each key field, whose signals build on the former."""
    rows: dict[str, list[tuple[Signals, bool]]] = defaultdict(list)
    for document in documents:
        for finding, signals, is_right in document.findings:
            rows[finding.kind].append((signals, is_right))
    found = {kind: Scale(logistic(facts)) for kind, facts in rows.items()}
    fields: dict[str, list[tuple[Signals, bool]]] = defaultdict(list)
    for document in documents:
        for field, signals in field_signals(document, found).items():
            fields[field].append((signals, document.fields[field]))
    return found | {field: Scale(logistic(facts)) for field, facts in fields.items()}


def field_signals(document: Facts, fitted: Mapping[str, Scale]) -> dict[str, Signals]:
    """The signals of the key fields, once the findings are calibrated."""
    shares = {f: fitted[f.kind].share(signals) for f, signals, _ in document.findings}

    def of(finding: Finding) -> Finding:
        return replace(finding, confidence=shares.get(finding, finding.confidence))

    return {
        field: of_field(
            replace(
                choice,
                winners=tuple(map(of, choice.winners)),
                losers=tuple((of(loser), why) for loser, why in choice.losers),
            ),
            document.record,
            document.qualities,
        )
        for field, choice in document.record.choices.items()
        if field in KEY_FIELDS
    }


def logistic(rows: Sequence[tuple[Signals, bool]]) -> dict[str, float]:
    """The weights of the signals by logistic regression with a ridge; the bias is that of the empty name."""
    common: dict[str, int] = defaultdict(int)
    for signals, _ in rows:
        for name, strength in signals.items():
            common[name] += strength != 0
    names = ["", *sorted(name for name, count in common.items() if count >= COMMON)]
    table = np.array([[1.0, *(signals.get(name, 0.0) for name in names[1:])] for signals, _ in rows])
    target = np.array([float(is_right) for _, is_right in rows])
    pull = np.diag([0.01] + [RIDGE] * (len(names) - 1))
    return quality_fit.logistic(names, table, target, np.ones(len(target)), pull)


def across_folds(documents: Sequence[Facts]) -> list[Judged]:
    """Every document by scales that were fitted without its family."""
    found = []
    families = sorted({one.family for one in documents})
    for fold in range(FOLDS):
        left_out = set(families[fold::FOLDS])
        others = fitted([one for one in documents if one.family not in left_out])
        found += [judgement(one, others) for one in documents if one.family in left_out]
    return found


def judgement(document: Facts, by: Mapping[str, Scale]) -> Judged:
    """What scales say of a document, beside what is true."""
    return Judged(
        file=document.file,
        rows=tuple(
            (f.kind, Share(by[f.kind].share(s), ok)) for f, s, ok in document.findings if f.kind in by
        ),
        fields={
            field: Share(by[field].share(signals), document.fields[field])
            for field, signals in field_signals(document, by).items()
        },
        reasons=document.record.review_reasons,
    )


def dividing(shares: Iterable[Share]) -> float:
    """The lowest threshold at which what isn't below it is right as often as aimed at."""
    facts, wrong, threshold = 0, 0, 1.0
    for stated, alike in groupby(sorted(shares, reverse=True), key=lambda share: share.stated):
        right = [share.right for share in alike]
        facts += len(right)
        wrong += right.count(False)
        if wrong <= (1 - AIMED) * facts:
            threshold = stated
    return round(threshold - 5e-5, 4)


def measure(documents: Sequence[Facts], *, write: bool) -> None:
    """What confidences are worth on documents that nothing was fitted on."""
    own = [one for one in documents if not one.for_fitting]
    found = figures([judgement(one, scales()) for one in own], scales()[KEY_FIELDS[0]].threshold)
    print(told(found))
    if write:
        FIGURES.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
        plot(found, PLOT)


if __name__ == "__main__":
    sys.exit(main())
