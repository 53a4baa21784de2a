"""Runs that are killed, asked to end, locked out or left without a disk: nothing is lost, no byte differs."""

import json
import os
import random
import resource
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from papers import PROSE, pdf, picture, scanned

BENCH = Path(__file__).parents[1] / "bench"
sys.path[:0] = [str(BENCH)]

import chaos  # noqa: E402

from pipeline import ledger, lock  # noqa: E402
from pipeline.errors import Halted  # noqa: E402

KILLS = 25
TEXT = """Överenskommelse

Mellan Norrviks kommun, 212000-9721, och Föreningen Granliden {number} i Norrvik.
Diarienummer KFN-2021-{number}
Avtalet gäller från och med den 1 januari {year} till och med den 31 december {year}.
Kommunen betalar {number} 000 kronor per år till föreningen.
\fSida två av avtal {number}. Föreningen ska lämna en redovisning.
"""


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Short texts, some with the same parties, a few scans, and files that can't be read."""
    folder = tmp_path_factory.mktemp("archive")
    for number in range(100, 140):
        text = TEXT.format(number=number - number % 3, year=2000 + number - 100)
        (folder / f"avtal {number}.txt").write_text(text, encoding="utf-8")
    for number in range(3):
        page = picture(pdf([f"Beslut nummer {number}", *PROSE[: number + 2]]), dpi=150)[:900]
        (folder / f"scan {number}.pdf").write_bytes(scanned(page, dpi=150))
    (folder / "two.pdf").write_bytes(pdf(PROSE, PROSE[:2]))
    (folder / "cut.pdf").write_bytes(pdf(PROSE)[:100])
    (folder / "empty.txt").write_bytes(b"")
    return folder


@pytest.fixture
def bench(archive: Path, tmp_path: Path) -> chaos.Bench:
    return chaos.Bench(archive, tmp_path, "auto", 2)


@pytest.fixture(scope="module")
def calm(archive: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What a run writes that nobody disturbs."""
    undisturbed = chaos.Bench(archive, tmp_path_factory.mktemp("calm"), "auto", 2)
    undisturbed.finish("calm")
    return undisturbed.place / "calm"


@pytest.mark.timeout(900)
def test_whatever_is_killed_and_whenever_nothing_is_lost(archive: Path, tmp_path: Path) -> None:
    seed = random.randrange(10_000)
    told = chaos.disturbed(chaos.Bench(archive, tmp_path, "pytesseract", 2), KILLS, seed)
    assert (told.lost, told.doubled, told.other, told.left_running) == (0, 0, [], 0), (seed, told)
    assert sum(told.kills.values()) == KILLS
    assert all(told.kills.values()), told.kills
    assert told.documents == 44


def said(bench: chaos.Bench, name: str) -> str:
    return (bench.place / f"{name}.log").read_text(encoding="utf-8")


def wait_for(found: Callable[[], bool]) -> None:
    for _ in range(6000):
        if found():
            return
        time.sleep(0.02)
    raise AssertionError("it never came")


def begun(bench: chaos.Bench, name: str) -> subprocess.Popen[bytes]:
    """A run that has done some documents, and hasn't done all."""
    run = bench.start(name)
    wait_for(lambda: "[2/" in said(bench, name) or run.poll() is not None)
    assert run.poll() is None
    return run


def same(calm: Path, other: Path) -> bool:
    told = chaos.Told()
    chaos.compared(calm, other, told)
    return (told.documents, told.lost, told.doubled, told.other) == (44, 0, 0, [])


@pytest.mark.parametrize("sign", [signal.SIGTERM, signal.SIGINT])
def test_a_run_that_is_asked_to_end_says_how_to_go_on(
    bench: chaos.Bench, calm: Path, sign: signal.Signals
) -> None:
    run = begun(bench, "asked")
    run.send_signal(sign)
    assert run.wait() == 128 + sign
    assert "Run the same command again" in said(bench, "asked")
    assert not list((bench.place / "asked").glob("*.csv"))
    with ledger.look(bench.place / "asked") as book:
        last = ledger.last(book)
        assert last is not None
        assert last.outcome == f"ended by signal {sign}"
        assert 0 < ledger.tally(book).documents < 44
    bench.finish("asked")
    assert same(calm, bench.place / "asked")


def test_a_second_run_on_the_same_folder_is_refused_and_told_by_whom(bench: chaos.Bench, calm: Path) -> None:
    run = begun(bench, "held")
    os.kill(run.pid, signal.SIGSTOP)
    try:
        assert lock.is_held(bench.place / "held")
        second = bench.start("held")
        assert second.wait() == 3
        told = said(bench, "held")
        assert f"process {run.pid} on {socket.gethostname()} since" in told
    finally:
        os.kill(run.pid, signal.SIGCONT)
    assert run.wait() == 1
    assert not lock.is_held(bench.place / "held")
    assert same(calm, bench.place / "held")


def test_a_lock_that_was_left_behind_holds_nobody_up(tmp_path: Path) -> None:
    left = {"pid": 1, "host": socket.gethostname(), "since": "2020-01-01 00:00:00"}
    (tmp_path / lock.NAME).write_text(json.dumps(left))
    with lock.held(tmp_path):
        assert json.loads((tmp_path / lock.NAME).read_text())["pid"] == os.getpid()
    assert not (tmp_path / lock.NAME).exists()


@pytest.mark.parametrize(("silent", "counts"), [(5, True), (lock.SILENT + 5, False)])
def test_a_lock_of_another_machine_counts_until_it_falls_silent(
    tmp_path: Path, silent: float, counts: bool
) -> None:
    path = tmp_path / lock.NAME
    path.write_text(json.dumps({"pid": 7, "host": "another", "since": "today"}))
    os.utime(path, (time.time() - silent,) * 2)
    if counts:
        with pytest.raises(Halted, match="process 7 on another since today"), lock.held(tmp_path):
            pass
    else:
        with lock.held(tmp_path) as sign:
            sign()


def test_a_disk_that_fills_up_ends_the_run_and_blames_nobody(bench: chaos.Bench, calm: Path) -> None:
    """The limit on the size of a file stands for the disk: the system refuses the bytes in the same place."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (150_000, before[1]))
    try:
        run = bench.start("full")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert run.wait() == 3
    assert "Traceback" not in said(bench, "full")
    bench.finish("full")
    assert same(calm, bench.place / "full")
