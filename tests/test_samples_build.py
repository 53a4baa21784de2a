"""The sample archive can be made again, byte for byte, and its texts say what facts.json says."""

import json
import subprocess
import sys
import tomllib
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from PIL import Image
from stdnum import luhn

DATA = Path(__file__).resolve().parent.parent / "data"
RAW = DATA / "raw"
TEXTS = sorted((DATA / "samples" / "texts").glob("*.txt"))
FACTS: dict[str, dict[str, Any]] = json.loads((DATA / "samples" / "facts.json").read_text(encoding="utf-8"))
DOCUMENTS = FACTS["documents"]
HEADS = {path: tomllib.loads(path.read_text(encoding="utf-8").split("+++\n", 2)[1]) for path in TEXTS}
SOURCES = {head["file"]: path.read_text(encoding="utf-8") for path, head in HEADS.items()}
MONTHS = ["januari", "februari", "mars", "april", "maj", "juni"]
MONTHS += ["juli", "augusti", "september", "oktober", "november", "december"]


def files(folder: Path) -> dict[str, bytes]:
    paths = [path for path in folder.rglob("*") if path.is_file() and not path.name.startswith(".")]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


def build(folder: Path) -> dict[str, bytes]:
    script = DATA / "samples" / "build.py"
    subprocess.run([sys.executable, script, "--out", folder], check=True, capture_output=True)
    return files(folder)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    return build(tmp_path_factory.mktemp("first"))


def test_two_builds_are_alike(built: dict[str, bytes], tmp_path: Path) -> None:
    assert build(tmp_path) == built


def test_texts_archive_and_facts_name_the_same_files(built: dict[str, bytes]) -> None:
    assert set(built) == set(DOCUMENTS) == set(SOURCES)
    assert set(built) <= set(files(RAW)), "data/raw may hold a user's documents too"


def test_the_archive_is_small() -> None:
    assert sum((RAW / name).stat().st_size for name in DOCUMENTS) < 2_500_000


@pytest.mark.parametrize("name", [head["file"] for head in HEADS.values() if head["medium"] == "text"])
def test_plain_texts_are_up_to_date(name: str, built: dict[str, bytes]) -> None:
    assert (RAW / name).read_bytes() == built[name]


@pytest.mark.parametrize("name", [head["file"] for head in HEADS.values() if head["medium"] == "born"])
def test_born_digital_texts_are_up_to_date(name: str, built: dict[str, bytes]) -> None:
    assert layer((RAW / name).read_bytes()) == layer(built[name])


def layer(pdf: bytes) -> list[str]:
    with pypdfium2.PdfDocument(pdf) as document:
        return [page.get_textpage().get_text_range() for page in document]


def test_scans_hold_an_image_and_no_text() -> None:
    for head in HEADS.values():
        if head["medium"] == "scan":
            assert "".join(layer((RAW / head["file"]).read_bytes())) == ""


def test_the_english_layer_has_lost_its_swedish_letters() -> None:
    text = "".join(layer((RAW / "IOP Lanternan 2022-2023 (ocr).pdf").read_bytes()))
    assert "212000-9721" in text
    assert not set("åäö") & set(text)


def test_the_english_text_has_lost_its_swedish_letters() -> None:
    text = (RAW / "SON 2019-77 tilläggsavtal.txt").read_text(encoding="utf-8")
    assert "252007-3186" in text
    assert not set("åäö") & set(text)


def test_the_tiff_is_bilevel_with_two_pages() -> None:
    with Image.open(RAW / "iop_lanternan_2019-2021.tif") as image:
        assert (image.mode, image.n_frames) == ("1", 2)  # type: ignore[attr-defined]


def test_one_text_is_no_valid_utf_8() -> None:
    with pytest.raises(UnicodeDecodeError):
        (RAW / "aterkrav_ridan.txt").read_text(encoding="utf-8")


def digits(text: str) -> str:
    return "".join(filter(str.isdigit, text))


def dates(iso: str) -> set[str]:
    year, month, day = iso.split("-")
    return {iso, f"{int(day)} {MONTHS[int(month) - 1]} {year}"}


@pytest.mark.parametrize("name", DOCUMENTS)
def test_the_facts_stand_in_the_text(name: str) -> None:
    source, facts = SOURCES[name], DOCUMENTS[name]
    assert facts["title"] in source
    assert facts["municipality"] in source.title()
    assert facts["board"].lower() in source.lower()
    assert any(form in source for form in dates(facts["document_date"]))
    for party in facts["parties"]:
        assert party["name"] in source
        assert digits(party["org_number"] or "") in digits(source)
    if facts["amount_total_sek"]:
        assert f"{facts['amount_total_sek']:,}".replace(",", " ") in " ".join(source.split())


@pytest.mark.parametrize("name", DOCUMENTS)
def test_check_digits_hold(name: str) -> None:
    facts = DOCUMENTS[name]
    numbers = [party["org_number"] for party in facts["parties"] if party["org_number"]]
    for number in numbers + facts.get("personal_numbers", []):
        assert luhn.is_valid(digits(number)[-10:])


def test_the_chain_has_one_pair_of_parties_and_no_gap() -> None:
    for chain in FACTS["chains"]:
        members = [DOCUMENTS[name] for name in chain]
        assert len({json.dumps(member["parties"]) for member in members}) == 1
        for earlier, later in pairwise(members):
            end, start = earlier["period_end"], later["period_start"]
            assert date.fromisoformat(start) - date.fromisoformat(end) == timedelta(days=1)


def test_sums_add_up() -> None:
    rows = [line.split("|") for line in SOURCES["KFN-2022-305_fordelning_kulturstod_2023.pdf"].splitlines()]
    table = [[int(digits(cell)) for cell in row[2:4]] for row in rows if len(row) == 5 and digits(row[2])]
    sought, granted = zip(*table, strict=True)
    assert sum(sought[:-1]) == sought[-1]
    assert sum(granted[:-1]) == granted[-1]
