"""The notebooks run from top to bottom on the tables of the samples, and their answers are right."""

import csv
import json
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / "notebooks"
NOTEBOOKS = sorted(FOLDER.glob("*.ipynb"))
FACTS = json.loads((ROOT / "data/samples/facts.json").read_text(encoding="utf-8"))
Answers = dict[str, dict[str, str]]


@pytest.fixture(scope="module")
def answers(extracted: Path) -> Answers:
    """What each cell of the first notebook shows, by the cell's id and the kind of output."""
    notebook = nbformat.read(FOLDER / "01_first_look.ipynb", as_version=4)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("NAMND_EXTRACTED", str(extracted))
        NotebookClient(notebook, timeout=100, resources={"metadata": {"path": str(FOLDER)}}).execute()
    return {
        cell["id"]: {kind: shown for output in cell["outputs"] for kind, shown in output["data"].items()}
        for cell in notebook.cells
        if cell.cell_type == "code"
    }


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.name)
def test_notebooks_are_stored_without_output(path: Path) -> None:
    for cell in nbformat.read(path, as_version=4).cells:
        assert not cell.get("outputs"), cell["id"]
        assert cell.get("execution_count") is None, cell["id"]


def test_there_is_a_first_look() -> None:
    assert "01_first_look.ipynb" in {path.name for path in NOTEBOOKS}


def test_who_gets_what(answers: Answers) -> None:
    shown = answers["who-gets-what"]["text/html"]
    for name in FACTS["chains"][0]:
        facts = FACTS["documents"][name]
        row = next(row for row in shown.split("<tr>") if name in row)
        for field in ("amount_total_sek", "period_start", "period_end"):
            assert f"<td>{facts[field]}</td>" in row


def test_what_ends_soon(answers: Answers, extracted: Path) -> None:
    shown = answers["ends-soon"]["text/html"]
    with (extracted / "documents.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            binding = row["document_type"] not in ("application", "report")
            soon = binding and "2024-09-01" <= row["period_end"] <= "2025-09-01"
            assert (Path(row["source_path"]).name in shown) == soon, row["source_path"]
    assert "delegation_AVN_2024_27.png" in shown


def test_what_needs_review(answers: Answers) -> None:
    conflicts = [name for name, document in FACTS["documents"].items() if document["period_conflict"]]
    assert conflicts
    for name in conflicts:
        assert name in answers["needs-review"]["text/html"]
        assert answers["both-periods"]["text/html"].count(name) == 2


def test_how_an_agreement_was_renewed(answers: Answers) -> None:
    shown = answers["renewals"]["text/html"]
    at = [shown.index(name) for name in FACTS["chains"][0]]
    assert at == sorted(at)


@pytest.mark.parametrize("cell", ["page-with-conflict", "page-on-its-side"])
def test_pages_are_drawn(answers: Answers, cell: str) -> None:
    assert len(answers[cell]["image/png"]) > 100_000
