"""The main job on the sample archive, end to end, with real Tesseract: what a user gets from `make run`."""

import csv
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
FACTS = json.loads((ROOT / "data/samples/facts.json").read_text(encoding="utf-8"))
RECORD = ("document_type", "municipality", "board", "case_number", "period_start", "period_end")
Rows = dict[str, list[dict[str, str]]]


def namnd(*arguments: object) -> subprocess.CompletedProcess[str]:
    """Run the command line as a user does."""
    command = [sys.executable, "-m", "pipeline", *map(str, arguments)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=600, check=False)


def tables(folder: Path) -> Rows:
    found = {}
    for path in folder.glob("*.csv"):
        with path.open(encoding="utf-8", newline="") as file:
            found[path.stem] = list(csv.DictReader(file))
    return found


@pytest.fixture(scope="module")
def rows(extracted: Path) -> Rows:
    return tables(extracted)


def document(rows: Rows, name: str) -> dict[str, str]:
    return next(row for row in rows["documents"] if row["source_path"].endswith(name))


@pytest.mark.parametrize("name", FACTS["documents"])
def test_the_record_of_each_sample(rows: Rows, name: str) -> None:
    expected, row = FACTS["documents"][name], document(rows, name)
    assert {field: row[field] for field in RECORD} == {field: expected[field] or "" for field in RECORD}
    total = expected["amount_total_sek"]
    assert row["amount_total_sek"] == ("" if total is None else str(total))
    assert ("period_conflict" in row["review_reasons"]) == expected["period_conflict"]


@pytest.mark.parametrize("name", FACTS["documents"])
def test_the_parties_of_each_sample(rows: Rows, name: str) -> None:
    doc_id = document(rows, name)["doc_id"]
    found = [
        {"role": row["role"], "name": row["name"], "org_number": row["org_number"] or None}
        for row in rows["parties"]
        if row["doc_id"] == doc_id
    ]
    key = str
    assert sorted(found, key=key) == sorted(FACTS["documents"][name]["parties"], key=key)


def test_documents_read_without_ocr_give_the_golden_rows(rows: Rows) -> None:
    golden = tables(ROOT / "tests" / "golden")
    sure = {
        row["doc_id"] for row in golden["documents"] if row["text_source"] in ("text_layer", "plain_text")
    }
    assert len(sure) >= 4
    for table in ("parties", "org_numbers", "periods", "amounts", "case_numbers", "decisions", "persons"):
        expected = [row for row in golden[table] if row["doc_id"] in sure]
        assert [row for row in rows[table] if row["doc_id"] in sure] == expected, table


def test_the_agreement_and_its_renewals_are_one_chain(rows: Rows) -> None:
    names = {row["doc_id"]: Path(row["source_path"]).name for row in rows["documents"]}
    chains: dict[str, list[str]] = {}
    for row in rows["chains"]:
        chains.setdefault(row["chain_id"], []).append(names[row["doc_id"]])
    assert FACTS["chains"][0] in chains.values()


def test_every_fact_stands_where_its_row_says(extracted: Path, rows: Rows) -> None:
    texts = {
        path.stem: {page["page"]: page for page in json.loads(path.read_text(encoding="utf-8"))["pages"]}
        for path in (extracted / "text").iterdir()
    }
    for table in ("parties", "org_numbers", "periods", "amounts", "case_numbers", "persons"):
        assert rows[table], table
        for row in rows[table]:
            page = texts[row["doc_id"]][int(row["page"])]
            start, end = int(row["char_start"]), int(row["char_end"])
            assert 0 <= start < end <= len(page["text"])
            assert row["raw"] in page["raw_text"]
            if page["words"] and "x0" in page["words"][0]:
                assert float(row["x0"]) < float(row["x1"])
                assert float(row["y0"]) < float(row["y1"])


def test_no_personal_number_reaches_any_file(extracted: Path) -> None:
    planted = [
        number for facts in FACTS["documents"].values() for number in facts.get("personal_numbers") or []
    ]
    assert planted
    for number in planted:
        digits = re.sub(r"\D", "", number)[-10:]
        spaced = re.compile(r"[\s\-+–—]*".join(digits))
        for path in extracted.rglob("*"):
            if path.is_file():
                assert not spaced.search(path.read_text(encoding="utf-8", errors="replace")), path.name
    assert any("-****" in path.read_text(encoding="utf-8") for path in (extracted / "text").iterdir())


def test_a_second_run_reads_no_page_again_and_writes_the_same_bytes(
    extracted: Path, settings: Path, tmp_path: Path
) -> None:
    done = namnd(
        "run",
        "data/raw",
        "-o",
        tmp_path / "out",
        "--settings",
        settings,
        "--workers",
        1,
        "--page-timeout",
        120,
    )
    assert done.returncode == 0, done.stderr
    for path in sorted(extracted.rglob("*")):
        if path.is_file() and path.name != "ledger.sqlite":
            again = tmp_path / "out" / path.relative_to(extracted)
            assert again.read_bytes() == path.read_bytes(), path.name


def test_one_bad_file_costs_nobody_a_row(tmp_path: Path, settings: Path) -> None:
    raw, out = tmp_path / "raw", tmp_path / "out"
    raw.mkdir()
    good = (ROOT / "data/raw/rapport_sprakvanner_2023.md").read_bytes()
    (raw / "good.md").write_bytes(good)
    (raw / "copy of good.md").write_bytes(good)
    (raw / "empty.pdf").write_bytes(b"")
    (raw / "cut.pdf").write_bytes(b"%PDF-1.7\n1 0 obj\n<<")
    (raw / "letter.docx").write_bytes(b"PK\x03\x04 not for us")
    done = namnd("run", raw, "-o", out, "--settings", settings)
    assert done.returncode == 1
    found = tables(out)
    assert [Path(p).name for p in found["documents"][0]["source_path"].split("|")] == [
        "copy of good.md",
        "good.md",
    ]
    codes = {Path(row["source_path"]).name: row["code"] for row in found["errors"]}
    assert codes == {"empty.pdf": "empty", "cut.pdf": "corrupt", "letter.docx": "unsupported"}
    for name in codes:
        assert name in done.stderr


def test_no_persons_means_no_persons(tmp_path: Path, settings: Path) -> None:
    done = namnd("run", "data/raw", "-o", tmp_path, "--settings", settings, "--no-persons")
    assert done.returncode == 0, done.stderr
    found = tables(tmp_path)
    assert found["persons"] == []
    assert {row["contact"] for row in found["parties"]} == {""}


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["run", "no/such/folder"], "no such file"),
        (["show", "no/such/file.pdf"], "no such file"),
        (["explain", "data/raw/rapport_sprakvanner_2023.md", "colour"], "no field 'colour'"),
        (["run", "data/raw", "--settings", "README.md"], "can't read the settings"),
    ],
)
def test_bad_usage_ends_with_status_2_and_one_clear_line(arguments: list[str], told: str) -> None:
    done = namnd(*arguments)
    assert done.returncode == 2
    assert told in done.stderr
    assert "Traceback" not in done.stderr


def test_show_prints_the_record_with_its_evidence(settings: Path) -> None:
    done = namnd("show", "data/raw/rapport_sprakvanner_2023.md", "--settings", settings)
    assert done.returncode == 0, done.stderr
    assert "document_type" in done.stdout
    assert "report" in done.stdout


def test_explain_names_winner_losers_and_reason(settings: Path) -> None:
    done = namnd("explain", "data/raw/tjanstesk_kvarnbacken.pdf", "period_start", "--settings", settings)
    assert done.returncode == 0, done.stderr
    assert FACTS["documents"]["tjanstesk_kvarnbacken.pdf"]["period_start"] in done.stdout
    assert "-" in done.stdout
    assert "operative" in " ".join(done.stdout.split())


def test_version() -> None:
    assert namnd("--version").stdout.strip() == "namnd 0.1.0"
