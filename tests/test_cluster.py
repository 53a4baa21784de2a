"""A real Dask cluster on loopback: its tables are those of a local run, whatever becomes of its workers."""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path

import psutil
import pytest
from distributed import Client
from PIL import Image, ImageDraw

from pipeline import cluster, foreman
from pipeline.cluster import Hands, connection
from pipeline.cluster.worker import Job, Report, Terms, report, work
from pipeline.errors import Halted, Unreadable, UsageError
from pipeline.model import Found
from pipeline.read.discover import look
from pipeline.settings import Settings

ROOT = Path(__file__).parent.parent
DOCUMENTS = 40
TEXT = """Solbackens kommun
Fritidsnämnden
Datum {year}-03-1{last}                 Diarienummer FRN-{year}-{number}

Beslut om bidrag

Fritidsnämnden beviljar Föreningen Gläntan nummer {number} ett verksamhetsbidrag om {number}5 000 kronor
för perioden {year}-01-01 till {year}-12-31.
"""


def tesseract(folder: Path) -> Path:
    """A command that says what Tesseract is, and then hangs over every page."""
    path = folder / "tesseract"
    path.write_text(
        f'#!/bin/sh\ncase "$*" in *--version*|*--list-langs*) exec {shutil.which("tesseract")} "$@";; esac\n'
        "exec sleep 600\n"
    )
    path.chmod(0o755)
    return folder


@contextmanager
def started(*arguments: str, **environment: str) -> Iterator[subprocess.Popen[bytes]]:
    command = [sys.executable, "-P", "-m", *arguments]
    process = subprocess.Popen(
        command, env={**os.environ, "PYTHONPATH": str(ROOT), **environment}, stderr=subprocess.DEVNULL
    )
    try:
        yield process
    finally:
        process.kill()
        process.wait()


class Grid:
    """A scheduler and as many workers as a test starts."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.stack = ExitStack()
        told = folder / "scheduler.json"
        self.scheduler = self.stack.enter_context(
            started(
                *("distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard"),
                *("--scheduler-file", str(told)),
            )
        )
        waited_for(told.exists)
        self.client = self.stack.enter_context(Client(scheduler_file=str(told), set_as_default=False))
        self.address = self.client.scheduler.address

    def worker(self, **environment: str) -> subprocess.Popen[bytes]:
        before = len(self.client.scheduler_info()["workers"])
        process = self.stack.enter_context(
            started(
                *("distributed.cli.dask_worker", self.address, "--nthreads", "1", "--no-nanny"),
                *("--no-dashboard", "--local-directory", str(self.folder)),
                **environment,
            )
        )
        self.client.wait_for_workers(before + 1, timeout=60)
        return process


@pytest.fixture
def grid(tmp_path: Path) -> Iterator[Grid]:
    made = Grid(tmp_path)
    with made.stack:
        yield made


def waited_for(condition: Callable[[], object], seconds: float = 60) -> None:
    until = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < until, "waited in vain"
        time.sleep(0.05)


def archive(folder: Path) -> Path:
    """Short texts and a picture that this Tesseract never comes to an end with."""
    folder.mkdir()
    for number in range(DOCUMENTS):
        text = TEXT.format(number=100 + number, year=2020 + number % 5, last=number % 9)
        (folder / f"{number:02}.txt").write_text(text)
    picture = Image.new("L", (1200, 600), 255)
    for line in range(3):
        ImageDraw.Draw(picture).text(
            (100, 100 + 80 * line), "Fritidsnämnden beviljar bidrag", 0, font_size=48
        )
    picture.save(folder / "picture.png", dpi=(150, 150))
    return folder


def settings_file(folder: Path, name: str) -> Path:
    path = folder / f"{name}.toml"
    path.write_text(
        f'[recognition]\nengine = "pytesseract"\npage_timeout = 6\n[run]\ncache = "{folder / name}"\n'
    )
    return path


def run(files: Path, output: Path, settings: Path, *options: str, path: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "pipeline", "run", files.name, "-o", str(output)]
    return subprocess.Popen(
        [*command, "--settings", str(settings), *options],
        cwd=files.parent,  # paths that aren't absolute have to mean the same to all
        env={**os.environ, "PYTHONPATH": str(ROOT), "PATH": path},
        stderr=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        text=True,
    )


def tables(folder: Path) -> dict[str, bytes]:
    files = [*folder.glob("*.csv"), *folder.glob("text/*.json"), folder / "datapackage.json"]
    return {str(path.relative_to(folder)): path.read_bytes() for path in files}


@pytest.mark.timeout(300)
def test_a_run_outlives_a_worker_and_writes_what_a_local_run_writes(grid: Grid, tmp_path: Path) -> None:
    files = archive(tmp_path / "files")
    path = f"{tesseract(tmp_path)}:{os.environ['PATH']}"
    local = run(files, tmp_path / "one", settings_file(tmp_path, "1"), "--workers", "1", path=path)
    assert local.communicate(timeout=200)[1].count("(timeout)") == 1

    victim, other = grid.worker(PATH=path), grid.worker(PATH=path)
    process = run(
        files, tmp_path / "two", settings_file(tmp_path, "2"), "--scheduler", grid.address, path=path
    )
    assert process.stderr is not None
    done = 0
    below: list[psutil.Process] = []
    for line in process.stderr:
        done += line.startswith("[")
        if done == 5 and not below:
            below = psutil.Process(victim.pid).children(recursive=True)
            victim.kill()
            victim.wait()
    assert process.wait(timeout=200) == 1  # the picture
    assert done == DOCUMENTS + 1
    assert tables(tmp_path / "two") == tables(tmp_path / "one")
    assert below
    waited_for(lambda: not any(left.is_running() and left.status() != "zombie" for left in below))
    assert other.poll() is None


@pytest.mark.timeout(300)
def test_a_run_that_loses_its_scheduler_says_so_and_can_be_gone_on_with(grid: Grid, tmp_path: Path) -> None:
    files, path = archive(tmp_path / "files"), os.environ["PATH"]
    (files / "picture.png").unlink()
    grid.worker()
    settings = settings_file(tmp_path, "1")
    process = run(files, tmp_path / "out", settings, "--scheduler", grid.address, path=path)
    assert process.stderr is not None
    for line in process.stderr:
        if line.startswith("[3/"):
            grid.scheduler.kill()
            break
    told = process.stderr.read()
    assert process.wait(timeout=100) == 3, told
    assert "namnd: the scheduler is gone" in told
    assert "Traceback" not in told
    again = run(files, tmp_path / "out", settings, "--workers", "1", path=path)
    told = again.communicate(timeout=200)[1]
    assert again.returncode == 0, told
    assert (tmp_path / "out" / "documents.csv").read_bytes().count(b"\n") == DOCUMENTS + 1


@pytest.mark.timeout(300)
def test_a_worker_that_would_make_other_tables_is_refused(grid: Grid, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "pipeline", tmp_path / "other" / "pipeline", symlinks=True)
    with (tmp_path / "other/pipeline/extract/periods.py").open("a") as file:
        file.write("\n# another rule\n")
    (tmp_path / "bin").mkdir()
    other = grid.worker(PYTHONPATH=str(tmp_path / "other"), PATH=str(tmp_path / "bin"))
    files = tmp_path / "files"
    files.mkdir()
    (files / "a.txt").write_text(TEXT.format(number=100, year=2020, last=1))
    process = run(
        files,
        tmp_path / "out",
        settings_file(tmp_path, "1"),
        *("--scheduler", grid.address),
        path=os.environ["PATH"],
    )
    _, told = process.communicate(timeout=200)
    assert process.returncode == 2, told
    assert "another Tesseract: none there" in told
    assert "another what finds facts" in told
    assert "another namnd" not in told
    assert "Traceback" not in told
    assert not (tmp_path / "out" / "documents.csv").exists()
    assert other.poll() is None


@pytest.fixture
def terms(tmp_path: Path) -> Terms:
    settings = replace(Settings(), cache=tmp_path / "cache")
    return Terms(settings, str(tmp_path), (str(tmp_path),), str(tmp_path))


def test_equal_calls_are_made_each_for_itself(grid: Grid, terms: Terms) -> None:
    grid.worker()
    with Hands(grid.client, terms, report(terms)) as hands:
        calls = [hands.submit(time.monotonic_ns) for _ in range(2)]
        first, second = (call.result(timeout=60) for call in calls)
        assert first != second
        assert hands.worker_count() == 1
        with pytest.raises(Unreadable, match="No such file"):
            hands.submit(look, Found("nowhere.pdf"), 1).result(timeout=60)


def test_a_worker_that_joins_later_and_differs_ends_the_run(terms: Terms) -> None:
    ours = report(terms)
    expected = Report(ours.host, (*ours.made_by[:1], ("Python", "4.2"), *ours.made_by[2:]), ())
    with pytest.raises(Halted, match=r"another Python: 3\.\d+ there, 4\.2 here"):
        work(Job(terms, expected, time.monotonic_ns))


@pytest.mark.parametrize(
    ("address", "told"),
    [("10.0.0.1", "is `local` or an address"), ("tcp://127.0.0.1:9", "no scheduler answers")],
)
def test_an_address_where_nobody_answers_is_told(
    address: str, told: str, terms: Terms, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connection, "WAIT_FOR_SCHEDULER", 1.0)
    with pytest.raises(UsageError, match=told), cluster.joined(address, terms.settings, ()):
        pass


def test_a_worker_tells_what_it_does_not_see(terms: Terms) -> None:
    told = report(replace(terms, inputs=("/nowhere/archive",)))
    assert told.unseen == ("/nowhere/archive",)


def test_a_foreman_who_dies_or_stumbles_is_told_without_the_text() -> None:
    made = foreman.Foreman()
    try:
        assert made.call(os.path.basename, "a/b") == "b"
        with pytest.raises(foreman.Gone, match=r"^ValueError at foreman\.py:\d+$"):
            made.call(int, "secret")
        with pytest.raises(foreman.Gone, match="died"):
            made.call(os._exit, 3)
    finally:
        made.close()
