"""Fuzzing on a fixed, short budget, what longer searches found, and that the laws can be broken."""

import os
import platform
import random
import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT / "bench")]

from fuzz import laws, table_laws, texts  # noqa: E402
from fuzz.harness import HARNESSES  # noqa: E402
from fuzz.laws import Broken  # noqa: E402

from pipeline.flow import Result, understand  # noqa: E402
from pipeline.model import Cleaned, Document, Edit, Page, Source, Span  # noqa: E402
from pipeline.settings import Settings  # noqa: E402

CASES = sorted(path for path in (Path(__file__).parent / "cases" / "fuzz").rglob("*") if path.is_file())
RUNS = {"text": 1500, "clean": 200, "extract": 150, "document": 150, "picture": 1500, "pdf": 100}
"""Inputs, seeds included: about forty seconds of processor time in all."""

ATHERIS = sys.platform == "linux" and platform.machine() == "x86_64"
"""Where pyproject.toml asks for atheris."""

MEASURED = ("COVERAGE_PROCESS_START", "COVERAGE_PROCESS_CONFIG")
"""What would have coverage watch the same calls once more."""


@pytest.mark.skipif(not ATHERIS, reason="atheris is built for Linux on x86-64")
@pytest.mark.timeout(600)
@pytest.mark.parametrize("name", RUNS)
def test_a_short_search_finds_nothing(name: str, tmp_path: Path) -> None:
    command = [sys.executable, ROOT / "bench/fuzz/one.py", name, tmp_path, f"-runs={RUNS[name]}", "-seed=1"]
    done = subprocess.run(
        [*map(str, command), "-print_final_stats=1"],
        env={k: v for k, v in os.environ.items() if k not in MEASURED} | {"PYTHONHASHSEED": "0"},
        capture_output=True,
        text=True,
        errors="replace",
        timeout=580,
        check=False,
    )
    said = done.stdout + done.stderr
    found = [line for line in said.splitlines() if line.startswith("FOUND") and ": slow: " not in line]
    assert not found, "\n".join(found)
    assert done.returncode == 0, said[-2000:]
    tried = re.search(r"number_of_executed_units:\s+(\d+)", said)
    assert tried is not None
    assert int(tried[1]) >= RUNS[name]


@pytest.mark.parametrize("case", CASES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_what_was_found_does_not_come_back(case: Path) -> None:
    """Each file was a finding of the harness that its folder is named by."""
    HARNESSES[case.parent.name].call(case.read_bytes())


def test_every_seed_keeps_the_laws() -> None:
    for name in RUNS:
        for seed in HARNESSES[name].seeds():
            HARNESSES[name].call(seed)


def test_mutations_can_be_repeated_and_always_encoded() -> None:
    for number, seed in enumerate(texts.seeds()):
        once, again = (texts.mutated(seed, random.Random(number)) for _ in range(2))
        assert once == again
        once.decode("utf-8")


def result(text: str) -> Result:
    return understand(
        Document(Source(("avtal.txt",), "ab" * 32, "text/plain", 1), (Page(1, text),)), Settings()
    )


AGREEMENT = "Avtal mellan Norrviks kommun, 212000-9721, och Föreningen Granliden.\nBidraget är 5 000 kr."


def bad_edit(edit: Edit) -> Callable[[], None]:
    page = Cleaned(Page(1, "f6r dig"), "för dig", ((edit,),))
    return lambda: laws.cleaned(page)


def bad_finding(**changes: object) -> Callable[[], None]:
    made = result(AGREEMENT)
    found = tuple(replace(finding, **changes) for finding in made.findings)  # type: ignore[arg-type]
    return lambda: table_laws.rows(replace(made, findings=found))


@pytest.mark.parametrize(
    "broken",
    [
        bad_edit(Edit(Span(0, 3), "fbr", "för", "test")),
        bad_edit(Edit(Span(0, 3), "f6r", "får", "test")),
        bad_edit(Edit(Span(0, 3), "f6r", "för", "test", 1.5)),
        bad_finding(confidence=float("nan")),
        bad_finding(confidence=1.2),
        bad_finding(span=Span(5, 5)),
        lambda: laws.private(("Anna Ek, 640823-3234",)),
        lambda: laws.private(("Anna Ek, ６４０８２３-３２\u200b３４",)),
        lambda: laws.characters("\ud83d"),
        lambda: laws.offsets(Cleaned(Page(1, "ab"), "ba", ())),
    ],
)
def test_laws_can_be_broken(broken: Callable[[], None]) -> None:
    with pytest.raises((Broken, ValueError)):
        broken()


def test_laws_hold_of_a_plain_agreement() -> None:
    made = result(AGREEMENT)
    assert {finding.kind for finding in made.findings} >= {"party", "org_number", "amount"}
    table_laws.rows(made)
    laws.result(made)
