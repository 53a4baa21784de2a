"""`namnd status` and `namnd retry`: how an archive stands, and chosen failures once more."""

import subprocess
import sys
from pathlib import Path

import pytest

from pipeline import ledger, progress
from pipeline.errors import UsageError
from pipeline.ledger import Rules
from pipeline.model import Failure, Found

ROOT = Path(__file__).parents[1]
RULES = Rules("read so", "found so", 1.0, 1.0, 1, 1, 1)


def namnd(*arguments: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "pipeline", *map(str, arguments)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=300, check=False)


@pytest.fixture
def half(tmp_path: Path) -> Path:
    """The ledger of a run that was killed: of five files one done, one failed, one refused, two left."""
    failure = Failure("x/b.pdf", "b" * 16, 3, "recognize", "timeout", "took more than 1 s")
    with ledger.opened(tmp_path) as book:
        run = ledger.start(book, RULES, {})
        ledger.note(book, [Found(f"x/{name}.pdf", 1, 1) for name in "abcde"], run)
        for name, failures in (("a", ()), ("b", (failure,))):
            ledger.noted(book, f"x/{name}.pdf", name * 64, "application/pdf", 1, 1)
            assert ledger.begin(book, name * 64, RULES, run)
            assert not ledger.begin(book, name * 64, RULES, run)
            rows = b"packed" if name == "a" else b""
            ledger.finish(
                book, ledger.Kept(name * 64, 2 * bool(rows), 0.5, False, failures, "", "", "", rows)
            )
        ledger.refuse(book, "x/c.pdf", "empty", "the file has no bytes")
        ledger.beat(book, run, 5, 2, 2, 2)
        book.execute("UPDATE runs SET began = 1000, beat = 1010")
        book.commit()
    (tmp_path / "text").mkdir()
    (tmp_path / "text" / f"{'a' * 16}.json").write_text("{}")
    return tmp_path


def test_status_tells_done_failed_left_and_pace(half: Path) -> None:
    done = namnd("status", half)
    assert done.returncode == 0, done.stderr
    assert "5 files; 1 documents, 2 pages done" in done.stdout
    assert "2 failed, 2 left" in done.stdout
    assert "1 × timeout. Raise --page-timeout" in done.stdout
    assert "was killed" in done.stdout
    assert "0.2 pages/s" in done.stdout


def test_the_time_left_follows_from_the_pace(half: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with ledger.look(half) as book:
        run = ledger.last(book)
        assert run is not None
        progress.tell_status(run, ledger.tally(book), ledger.left(book, RULES, 0), alive=True)
    assert "running" in capsys.readouterr().out


def test_the_view_has_a_row_for_each_file(half: Path) -> None:
    with ledger.look(half) as book:
        rows = book.execute("SELECT path, stage, attempts, code FROM ledger ORDER BY path").fetchall()
    assert rows == [
        ("x/a.pdf", "done", 1, ""),
        ("x/b.pdf", "failed", 1, "timeout"),
        ("x/c.pdf", "refused", 0, "empty"),
        ("x/d.pdf", "found", 0, ""),
        ("x/e.pdf", "found", 0, ""),
    ]


def test_what_is_chosen_is_tried_again_and_nothing_else(half: Path) -> None:
    with ledger.opened(half) as book:
        for path in "de":
            ledger.noted(book, f"x/{path}.pdf", path * 64, "application/pdf", 1, 1)
        assert ledger.again(book, ["timeout", "empty"]) == 2
        run = ledger.start(book, RULES, {})
        chosen = [source.path for source in ledger.work(book, RULES, run, chosen=True)]
        everything = [source.path for source in ledger.work(book, RULES, run)]
    assert chosen == ["x/b.pdf", "x/c.pdf"]
    assert everything == ["x/b.pdf", "x/c.pdf", "x/d.pdf", "x/e.pdf"]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["status", "no/such/folder"], "no run has written there"),
        (["retry", "--code", "colour", "-o", "no/such/folder"], "no error code 'colour'"),
        (["retry", "--code", "timeout", "-o", "no/such/folder"], "no run has written there"),
    ],
)
def test_bad_usage_is_told_in_one_line(arguments: list[str], told: str) -> None:
    done = namnd(*arguments)
    assert done.returncode == 2
    assert told in done.stderr
    assert "Traceback" not in done.stderr


def test_retry_runs_chosen_failures_under_the_settings_of_the_run(tmp_path: Path, settings: Path) -> None:
    inputs, out = tmp_path / "in", tmp_path / "out"
    inputs.mkdir()
    (inputs / "a.txt").write_text("Nämnden beslutar att Eva Ek, ordförande, skriver under.")
    (inputs / "b.pdf").write_bytes(b"")
    assert namnd("run", inputs, "-o", out, "--settings", settings, "--no-persons").returncode == 1
    (inputs / "b.pdf").write_bytes(b"Nu finns texten.")
    done = namnd("retry", "--code", "empty", "-o", out)
    assert done.returncode == 0, done.stderr
    assert "b.pdf: 1 pages" in done.stderr
    assert "a.txt" not in done.stderr
    assert (out / "documents.csv").read_text(encoding="utf-8").count("\n") == 3
    assert (out / "persons.csv").read_text(encoding="utf-8").count("\n") == 1


def test_names_are_shown_on_one_line_and_command_no_terminal() -> None:
    assert progress.plain("rad\nrad \x1b[2J å \udce5") == "rad\\nrad \\x1b[2J å \\udce5"


def test_settings_of_another_version_are_not_guessed_at() -> None:
    from pipeline.settings import Settings, restored

    with pytest.raises(UsageError, match="another version"):
        restored({"recognition": {"colour": "blue"}})
    assert restored({"recognition": {}, "extraction": {}, "cache": "x"}) == Settings(cache=Path("x"))
