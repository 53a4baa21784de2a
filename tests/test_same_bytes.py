"""The same archive gives the same bytes, whoever reads it, in whatever order, wherever and whenever."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from papers import PROSE, pdf, picture, scanned

from pipeline import ledger

ROOT = Path(__file__).parents[1]
NAMES = (
    "Föreningen Lyktan i Norrvik",
    "Foreningen Lyktan i Norrvik",
    "Föreningen Lyktan i Norvik",
    "Åbrinken",
)
TEXT = """Överenskommelse

Mellan Norrviks kommun, 212000-9721, och {name}{number}.
Diarienummer KFN-2021-{year}
Avtalet gäller från och med den 1 januari {year} till och med den 31 december {year}.
Kommunen betalar {year} 000 kronor per år till föreningen.
"""
# Names are sorted by locale, times told by zone, sets ordered by hash: none of it may show.
ELSEWHERE = [
    pytest.param(1, {"PYTHONHASHSEED": "1", "TZ": "Asia/Tokyo", "LC_ALL": "C"}, id="Tokyo"),
    pytest.param(2, {"PYTHONHASHSEED": "2", "TZ": "America/St_Johns", "LC_ALL": "POSIX"}, id="Newfoundland"),
    pytest.param(4, {"PYTHONHASHSEED": "3", "TZ": "Europe/Stockholm", "LC_ALL": "C.UTF-8"}, id="Stockholm"),
]


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("archive")
    for number, name in enumerate(NAMES * 5):
        printed = ", 802886-4174" if number % 3 == 0 else ""
        text = TEXT.format(name=name, number=printed, year=2000 + number)
        (folder / f"{'öÄaZ'[number % 4]}{number}.txt").write_text(text, encoding="utf-8")
    (folder / "copy.txt").write_bytes((folder / "Ä1.txt").read_bytes())
    (folder / "long.txt").write_text("\f".join(f"{line} {n}" for n in range(9) for line in PROSE))
    page = picture(pdf([*PROSE[:3]]), dpi=150)[:700]
    (folder / "scan.pdf").write_bytes(scanned(page, dpi=150))
    (folder / "cut.pdf").write_bytes(pdf(PROSE)[:100])
    (folder / "none.docx").write_bytes(b"PK\x03\x04 not for us")
    return folder


def written(folder: Path, inputs: list[Path], workers: int, surroundings: dict[str, str]) -> dict[str, bytes]:
    """The bytes of all that a run with a cache of its own writes."""
    (folder / "settings.toml").write_text(f'[run]\ncache = "{folder / "cache"}"\n')
    command = [sys.executable, "-m", "pipeline", "run", *inputs, "-o", folder / "out", "--workers", workers]
    done = subprocess.run(
        [*map(str, command), "--settings", str(folder / "settings.toml")],
        cwd=ROOT,
        env={**os.environ, **surroundings},
        capture_output=True,
        timeout=600,
        check=False,
    )
    assert done.returncode == 1, done.stderr.decode()
    files = (path for path in (folder / "out").rglob("*") if path.is_file() and path.name != ledger.NAME)
    return {str(path.relative_to(folder / "out")): path.read_bytes() for path in files}


@pytest.fixture(scope="module")
def here(archive: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """What two workers write here and now."""
    found = written(tmp_path_factory.mktemp("here"), [archive], 2, {"PYTHONHASHSEED": "0"})
    assert found["chains.csv"].count(b"\n") > 10
    assert found["errors.csv"].count(b"\n") == 3
    return found


@pytest.mark.parametrize(("workers", "surroundings"), ELSEWHERE)
def test_elsewhere_the_same_bytes(
    archive: Path, tmp_path: Path, here: dict[str, bytes], workers: int, surroundings: dict[str, str]
) -> None:
    assert written(tmp_path, [archive], workers, surroundings) == here


def test_in_another_order_the_same_bytes(archive: Path, tmp_path: Path, here: dict[str, bytes]) -> None:
    files = sorted(archive.iterdir(), key=lambda path: path.name[::-1])
    assert written(tmp_path, files, 2, {}) == here


def test_bit_by_bit_the_same_bytes(archive: Path, tmp_path: Path, here: dict[str, bytes]) -> None:
    files = sorted(archive.iterdir(), key=lambda path: path.name[::-1])
    for upto in (8, 17):
        part = [path for path in files[:upto] if path.suffix == ".txt"]
        subprocess.run(
            [sys.executable, "-m", "pipeline", "run", *part, "-o", tmp_path / "out"],
            cwd=ROOT,
            env={**os.environ, "XDG_CACHE_HOME": str(tmp_path / "other")},
            capture_output=True,
            check=True,
        )
    assert written(tmp_path, [archive], 2, {}) == here
