"""The look at a run finds what is missing, crooked or leaked, and stays quiet about what is sound."""

import csv
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.columns import TABLES

ROOT = Path(__file__).parents[1]
PERSON = "19121212-1212"  # the standard invented number; its check digit holds


@pytest.fixture
def run(tmp_path: Path) -> tuple[Path, Path]:
    """An input folder with one document, and the output that a run would leave."""
    inputs, out = tmp_path / "raw", tmp_path / "out"
    (out / "text").mkdir(parents=True)
    inputs.mkdir()
    (inputs / "beslut.txt").write_text("Beslut")
    for name, table in TABLES.items():
        write(out / f"{name}.csv", table.header, [])
    document = dict.fromkeys(TABLES["documents"].header, "") | {
        "doc_id": "00ff00ff00ff00ff",
        "source_path": str(inputs / "beslut.txt"),
        "pages": "1",
        "needs_review": "false",
    }
    write(out / "documents.csv", TABLES["documents"].header, [list(document.values())])
    (out / "text" / "00ff00ff00ff00ff.json").write_text(json.dumps({"pages": [{"text": "Beslut"}]}))
    (out / "datapackage.json").write_text(json.dumps({"resources": [{"name": name} for name in TABLES]}))
    return inputs, out


def write(path: Path, header: tuple[str, ...], rows: list[list[str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([header, *rows])


def look(inputs: Path, out: Path) -> tuple[int, str]:
    command = [sys.executable, ROOT / "scripts/look_at_tables.py", inputs, out]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    return done.returncode, done.stdout + done.stderr


def test_a_sound_run_passes(run: tuple[Path, Path]) -> None:
    status, said = look(*run)
    assert status == 0, said
    assert "1 documents" in said


def swap_columns(inputs: Path, out: Path) -> None:
    write(out / "periods.csv", tuple(reversed(TABLES["periods"].header)), [])


def add_a_stranger(inputs: Path, out: Path) -> None:
    header = TABLES["decisions"].header
    write(out / "decisions.csv", header, [["unknown", *[""] * (len(header) - 1)]])


def leak(inputs: Path, out: Path) -> None:
    page = out / "text" / "00ff00ff00ff00ff.json"
    page.write_text(json.dumps({"pages": [{"text": f"Sökande: {PERSON}"}]}))


@pytest.mark.parametrize(
    ("spoil", "must_say"),
    [
        (lambda inputs, out: (out / "chains.csv").unlink(), "chains.csv is missing"),
        (lambda inputs, out: (inputs / "nytt.pdf").touch(), "nytt.pdf has no row"),
        (
            lambda inputs, out: (out / "text" / "00ff00ff00ff00ff.json").unlink(),
            "00ff00ff00ff00ff.json is missing",
        ),
        (swap_columns, "periods.csv begins with"),
        (add_a_stranger, "documents.csv lacks"),
        (leak, "personal number in clear"),
    ],
    ids=["table", "document", "text", "columns", "stranger", "leak"],
)
def test_what_is_wrong_is_named(
    run: tuple[Path, Path], spoil: Callable[[Path, Path], None], must_say: str
) -> None:
    spoil(*run)
    status, said = look(*run)
    assert status == 1
    assert must_say in said
    assert PERSON not in said


@pytest.mark.parametrize(
    "harmless",
    [
        "802481-1352",
        "121212-****",
        "Dnr SN 2012-1212",
        "191212121213",
        "0701-23 45 67",
        "1 912 121 212 kr",
        "a19121212-1212",
    ],
)
def test_what_is_no_personal_number_passes(run: tuple[Path, Path], harmless: str) -> None:
    page = run[1] / "text" / "00ff00ff00ff00ff.json"
    page.write_text(json.dumps({"pages": [{"text": harmless}]}))
    assert look(*run)[0] == 0
