"""What a run tells machines: log lines and figures, and nothing that a document says or a name hides."""

import io
import json
import os
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest
from prometheus_client import CollectorRegistry, generate_latest

from pipeline import metrics, structured
from pipeline.batch import Summary
from pipeline.errors import CODES, Halted, UsageError
from pipeline.events import Done, Event, Known, Planned, Refused, Standing
from pipeline.ledger import Tally
from pipeline.model import Failure

ROOT = Path(__file__).parent.parent
TIMEOUT = Failure("b.pdf", "cd" * 8, 3, "recognize", "timeout", "took more than 5 s")
EVENTS: tuple[Event, ...] = (
    Planned(files=9, left=4),
    Done("a.txt", "ab" * 8, 2, 0.5, (), (("clean", 0.25), ("extract", 0.125))),
    Done("b.pdf", "cd" * 8, 5, 2.0, (TIMEOUT,), (("clean", 0.25),)),
    Refused(Failure("c.pdf", "", None, "read", "empty", "the file has no bytes")),
    Known("d.txt"),
    Standing(Failure("e.pdf", "ef" * 8, None, "read", "corrupt", "no pages")),
)


def test_figures_follow_the_run() -> None:
    registry = CollectorRegistry()
    tell = metrics.counted(registry)
    for event in EVENTS:
        tell(event)
    told = {
        (sample.name, *sample.labels.values()): sample.value
        for family in registry.collect()
        for sample in family.samples
    }
    assert told["namnd_files",] == 9
    assert told["namnd_queue",] == 0
    assert told["namnd_documents_total",] == 2
    assert told["namnd_pages_total",] == 7
    assert told["namnd_stage_seconds_total", "recognize"] == 2.5
    assert told["namnd_stage_seconds_total", "clean"] == 0.5
    assert {code: told["namnd_errors_total", code] for code in CODES} == {
        code: code in ("timeout", "empty") for code in CODES
    }
    assert b"b.pdf" not in generate_latest(registry)


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


def test_figures_are_served_while_the_run_lasts_and_no_longer() -> None:
    port = free_port()
    with metrics.served(str(port)) as tell:
        tell(EVENTS[0])
        page = urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=10).read().decode()
        with pytest.raises(UsageError, match=f"--metrics-port {port}"), metrics.served(str(port)):
            pass
    assert "namnd_queue 4.0" in page
    with pytest.raises(OSError, match="refused"):
        urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=10)


@pytest.mark.parametrize("place", ["", "nine", "-1", "127.0.0.1:", "70000", "999.1.1.1:80"])
def test_a_place_that_is_none_is_refused(place: str) -> None:
    with pytest.raises(UsageError, match="HOST:PORT"), metrics.served(place):
        pass


def test_each_event_is_a_line_of_json() -> None:
    stream = io.StringIO()
    tell = structured.lines(stream)
    for event in EVENTS:
        tell(event)
    structured.tell_summary(Summary(Tally(9, 2, 7, 1, 2, 0, {"timeout": 1}), 2, 3.5, 143), stream)
    lines = [json.loads(line) for line in stream.getvalue().splitlines()]
    assert [(line["level"], line["event"]) for line in lines] == [
        ("info", "planned"),
        ("info", "done"),
        ("error", "done"),
        ("error", "refused"),
        ("info", "known"),
        ("warning", "standing"),
        ("warning", "stopped"),
    ]
    assert all(line["time"].endswith("+00:00") for line in lines)
    assert lines[1]["seconds"] == {"recognize": 0.5, "clean": 0.25, "extract": 0.125}
    assert lines[2]["failures"] == [{"page": 3, "stage": "recognize", "code": "timeout"}]
    assert lines[-1]["failures"] == {"timeout": 1}


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("in/19640823-3234.pdf", "in/19640823-****.pdf"),
        ("in/avtal_640823-3234_ek.pdf", "in/avtal_640823-****_ek.pdf"),
        ("in/KS_2024_113_bidrag.pdf", "in/KS_2024_113_bidrag.pdf"),
        ("in/802400-0006.pdf", "in/802400-0006.pdf"),
        ("in/rad\nbrott\udcff.pdf", "in/rad\nbrott\udcff.pdf"),
    ],
)
def test_a_name_of_a_file_gives_no_personal_number_away(path: str, told: str) -> None:
    stream = io.StringIO()
    structured.lines(stream)(Known(path))
    structured.tell_error(Halted(path), stream)
    first, second = stream.getvalue().splitlines()
    assert json.loads(first)["path"] == json.loads(second)["message"] == told


def command(*arguments: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "pipeline", *map(str, arguments)],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
    )


def test_a_run_writes_nothing_but_json_where_it_is_asked_to(tmp_path: Path, settings: Path) -> None:
    (tmp_path / "files").mkdir()
    (tmp_path / "files" / "a.txt").write_text("Solbackens kommun\nFritidsnämnden\n\nHemlig formulering.\n")
    (tmp_path / "files" / "b.txt").write_text("")
    options = ("--settings", settings, "--log-format", "json", "--metrics-port", free_port())
    done = command("run", tmp_path / "files", "-o", tmp_path / "out", *options)
    assert done.returncode == 1, done.stderr
    lines = [json.loads(line) for line in done.stderr.splitlines()]
    assert {line["event"] for line in lines} == {"planned", "done", "refused", "ended"}
    assert "Hemlig" not in done.stderr
    assert done.stdout == ""

    (tmp_path / "file").write_text("")
    halted = command("run", tmp_path / "files", "-o", tmp_path / "file", *options)
    assert halted.returncode == 3
    assert json.loads(halted.stderr)["event"] == "halted"


@pytest.mark.parametrize(
    ("option", "package", "extra"),
    [
        ("--scheduler=local", "distributed", "cluster"),
        ("--metrics-port=9100", "prometheus_client", "metrics"),
    ],
)
def test_what_is_not_installed_is_named(option: str, package: str, extra: str, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("text")
    hide = f"import sys; sys.modules[{package!r}] = None; from pipeline.cli import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", hide, "run", str(tmp_path / "a.txt"), "-o", str(tmp_path / "out"), option],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
    )
    assert done.returncode == 2
    assert f"namnd[{extra}]" in done.stderr
    assert "Traceback" not in done.stderr
