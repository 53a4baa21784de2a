"""Many documents over many workers: every document a result, whatever becomes of the workers."""

import os
import signal
import time
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from multiprocessing import get_context

import pytest
from papers import PROSE, pdf, put

from pipeline import flow, read, run
from pipeline.errors import Corrupt
from pipeline.settings import Recognition, Settings


@pytest.fixture
def archive(tmp_path):
    """Good papers, a long one, and some that can't be read."""
    folder = tmp_path / "in"
    folder.mkdir()
    for number in range(3):
        put(folder, f"good{number}.pdf", pdf([f"Beslut nummer {number}", *PROSE]))
    put(folder, "long.pdf", pdf(*([f"Sida {n}"] for n in range(1, 8))))
    put(folder, "cut.pdf", pdf(PROSE)[:100])
    put(folder, "text.txt", b"ett\ftva\ftre")
    return folder


@pytest.fixture
def settings(tmp_path):
    return Settings(cache=tmp_path / "cache", workers=2)


def results(folder, settings, **options):
    sources, failures = read.discover([folder], 10**9)
    assert not failures
    found = list(run.over(sources, settings, run.whole, **options))
    assert sorted(r.source.path for r in found) == sorted(s.path for s in sources)
    return {os.path.basename(r.source.path): r for r in found}  # noqa: PTH119


def values(found):
    """What may not depend on who did the work: everything but the seconds."""
    return {
        name: (
            tuple(replace(page, seconds=0) for page in result.document.pages),
            result.findings,
            result.record,
            result.qualities,
            result.failures,
        )
        for name, result in found.items()
    }


def test_every_document_has_a_result(archive, settings):
    found = results(archive, settings)
    assert [f.code for f in found["cut.pdf"].failures] == ["corrupt"]
    assert [page.number for page in found["long.pdf"].document.pages] == list(range(1, 8))
    assert [page.text for page in found["text.txt"].document.pages] == ["ett", "tva", "tre"]
    assert "Beslut nummer 2" in found["good2.pdf"].reading.text
    assert all(not r.failures for name, r in found.items() if name != "cut.pdf")


def test_the_number_of_workers_changes_nothing(archive, settings, tmp_path):
    two = values(results(archive, settings))
    assert values(results(archive, replace(settings, workers=1, cache=tmp_path / "other"))) == two


def test_a_page_that_fails_costs_only_itself(archive, settings, monkeypatch):
    sheet = read.sheet

    def moody(source, number, limits, careful=False):
        if source.path.endswith("long.pdf") and number in (2, 5):
            raise Corrupt("torn", number)
        return sheet(source, number, limits, careful)

    monkeypatch.setattr(read, "sheet", moody)
    found = results(archive, settings)
    assert [(f.page, f.code, f.stage) for f in found["long.pdf"].failures] == [
        (2, "corrupt", "recognize"),
        (5, "corrupt", "recognize"),
    ]
    assert len(found["long.pdf"].document.pages) == 5
    assert found["long.pdf"].reading.text.startswith("Sida 1\fSida 3\f")


@pytest.mark.parametrize("how", ["signal", "hang", "fault"])
def test_a_page_that_kills_its_reader_costs_only_itself(archive, settings, monkeypatch, how):
    sheet = read.sheet

    def deadly(source, number, limits, careful=False):
        if source.path.endswith("text.txt") and number == 2:
            if how == "signal":
                os.kill(os.getpid(), signal.SIGKILL)
            if how == "hang":
                time.sleep(3600)
            raise ZeroDivisionError("secret text")
        return sheet(source, number, limits, careful)

    monkeypatch.setattr(read, "sheet", deadly)
    limited = replace(settings, recognition=Recognition(page_timeout=8.0 if how == "hang" else 300.0))
    found = results(archive, limited)
    (failure,) = found["text.txt"].failures
    assert (failure.page, failure.code) == (2, "timeout" if how == "hang" else "crashed")
    assert "secret" not in failure.message
    assert [page.number for page in found["text.txt"].document.pages] == [1, 3]
    assert all(not r.failures for name, r in found.items() if name not in ("text.txt", "cut.pdf"))


def test_pages_that_pdfplumber_dies_of_are_read_with_care(archive, settings, monkeypatch):
    sheet = read.sheet

    def careless(source, number, limits, careful=False):
        if source.path.endswith("good1.pdf") and not careful:
            os.kill(os.getpid(), signal.SIGKILL)
        return sheet(source, number, limits, careful)

    monkeypatch.setattr(read, "sheet", careless)
    found = results(archive, settings)
    assert found["good1.pdf"].failures == ()
    assert "Beslut nummer 1" in found["good1.pdf"].document.pages[0].text


PERFORM = run.perform


def murderous(task, settings, digest):
    """A task that takes the worker itself down, not its isolated child; found by name in the worker."""
    if task.source.path.endswith("good1.pdf") and (task.step == "read" or task.seconds):
        os._exit(7)
    return PERFORM(task, settings, digest)


def test_a_dead_worker_is_opened_again_and_only_the_guilty_is_lost(archive, settings, monkeypatch):
    opened = []

    def opening(settings):
        opened.append(1)
        return ProcessPoolExecutor(2, get_context("fork"))

    monkeypatch.setattr(run, "perform", murderous)
    found = results(archive, settings, open_executor=opening)
    assert [(f.code, f.page, f.message) for f in found["good1.pdf"].failures] == [
        ("crashed", 1, "the worker process died (BrokenProcessPool)")
    ]
    assert len(opened) > 2
    assert all(not r.failures for name, r in found.items() if name not in ("good1.pdf", "cut.pdf"))


def test_sources_are_taken_only_as_work_is_done(tmp_path, settings):
    folder = tmp_path / "in"
    folder.mkdir()
    for number in range(30):
        put(folder, f"{number:02}.txt", str(number).encode())
    sources, _ = read.discover([folder], 10**9)
    taken = []

    def watched():
        for source in sources:
            taken.append(source)
            yield source

    ahead = [len(taken) - done for done, _ in enumerate(run.over(watched(), settings, run.whole))]
    assert len(ahead) == 30
    assert max(ahead) <= 2 * settings.workers * run.OPEN_DOCUMENTS


def test_a_second_run_reads_nothing(archive, settings, monkeypatch):
    first = results(archive, settings)
    monkeypatch.setattr(read, "sheet", None)
    monkeypatch.setattr(flow, "store_page", None)
    assert values(results(archive, settings)) == values(first)
