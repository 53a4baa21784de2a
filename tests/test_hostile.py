"""A run over an archive that means harm ends by itself, accounts for every file, leaves nothing behind."""

import io
import os
import subprocess
import sys
from pathlib import Path
from random import Random

import pytest
from papers import PROSE, pdf, picture, scanned
from PIL import Image

BENCH = Path(__file__).parents[1] / "bench"
sys.path[:0] = [str(BENCH)]

import attacks  # noqa: E402
import hostile  # noqa: E402
import mutants  # noqa: E402
import watching  # noqa: E402

COUNT = 60
TEXT = f"""Överenskommelse om {mutants.WORD}

Mellan Norrviks kommun, 212000-9721, och Anna Ek, {mutants.NUMBER}, {mutants.WORD} 4.
Kommunen betalar 120 000 kronor per år från den 1 januari 2021 till den 31 december 2022.
"""
OWN = (
    *("calling.pdf", "circle.tif", "form in itself.pdf", "half nul.txt", "large inline.pdf", "large.jpg"),
    *("large.png", "large.tif", "nested arrays.pdf", "nested in a stream.pdf", "nul.txt", "pages.txt"),
    *("pages in a circle.pdf", "pages said.pdf", "table in a circle.pdf", "table said.pdf", "wide paper.pdf"),
)


def originals() -> dict[str, bytes]:
    """Sound files of each kind, some that are broken, and attacks."""
    scan = Image.fromarray(picture(pdf(PROSE[:2]), dpi=100)[:200])
    files = {"avtal.txt": TEXT.encode(), "tom.txt": b"", "två.pdf": pdf([*TEXT.splitlines()], PROSE[:2])}
    files |= {
        "låst.pdf": pdf(PROSE, encrypt="hemligt"),
        "scan.pdf": scanned(picture(pdf(PROSE[:1]), dpi=75)[:120]),
    }
    for kind in ("TIFF", "PNG", "JPEG"):
        data = io.BytesIO()
        scan.save(data, kind, dpi=(100, 100))
        files[f"scan.{kind.lower()}"] = data.getvalue()
    return files | {name: attacks.FILES[name]() for name in OWN}


@pytest.fixture(autouse=True)
def _uncounted(monkeypatch: pytest.MonkeyPatch) -> None:
    """What counts covered lines in processes writes files of its own, which the watchers would report."""
    for name in [name for name in os.environ if name.startswith("COVERAGE")]:
        monkeypatch.delenv(name)


@pytest.mark.timeout(600)
def test_it_ends_well(tmp_path: Path) -> None:
    told = hostile.run(tmp_path, originals(), COUNT, seed=3, page_timeout=15.0)
    assert told.faults == [], told
    assert told.files == COUNT + 1
    assert told.documents > 20
    assert {"corrupt", "empty", "too_large", "unsupported"} <= told.codes.keys()
    if watching.has_strace():
        assert told.calls_traced > 1000
        assert set(told.programs) <= {"python", "python3", "python3.11", "tesseract"}


HARM = """
import os, socket, sys, time
from pathlib import Path
held = bytearray(200_000_000)
server = socket.create_server(("127.0.0.1", 0))
Path(sys.argv[1], "elsewhere").write_text("x")
os.system("true")
time.sleep(1.0)
"""


def test_harm_would_be_seen(tmp_path: Path) -> None:
    """The watchers, over a program that does what no worker of a run may do."""
    inner = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {HARM!r}, {str(tmp_path)!r}])"
    outer = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {inner!r}])"
    command = [sys.executable, "-c", outer]
    if watching.has_strace():
        command = watching.traced(command, tmp_path / "calls")
    started = subprocess.Popen(command)
    watch = watching.Watch(started.pid)
    assert started.wait() == 0
    assert watch.end() == 0
    assert watch.most > 200_000_000
    assert watch.sockets
    if watching.has_strace():
        calls = watching.calls(tmp_path / "calls")
        assert calls.beyond(("/dev/",)) == [str(tmp_path / "elsewhere")]
        assert any(call.startswith("socket(AF_INET") for call in calls.sockets)
        assert any(path.endswith("/sh") for path in calls.programs)


@pytest.mark.parametrize("kind", mutants.CHANGES)
def test_damage_is_the_same_for_the_same_seed_and_takes_any_bytes(kind: str) -> None:
    change = mutants.CHANGES[kind]
    for data in (b"", b"a", pdf(PROSE), TEXT.encode()):
        assert change(data, b"other", Random(7)) == change(data, b"other", Random(7))
    assert any(change(pdf(PROSE), TEXT.encode(), Random(seed)) != pdf(PROSE) for seed in range(20))


@pytest.mark.parametrize(
    ("text", "found"),
    [("took more than 5 s", 0), (f"{mutants.NUMBER}", 1), (f"x{mutants.WORD}y", 1), ("6408233234", 1)],
)
def test_leaks_are_found(tmp_path: Path, text: str, found: int) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "log").write_text("[1/2] a.pdf: 1 pages\n")
    (tmp_path / "out" / "errors.csv").write_text(f"source_path,message\na.pdf,{text}\n")
    assert len(hostile.leaks(mutants.Made(tmp_path), tmp_path)) == found
