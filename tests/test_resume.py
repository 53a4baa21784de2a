"""A run over the same folder again: what is done anew, what isn't, and the same bytes as from scratch."""

import csv
import errno
import hashlib
import os
import shutil
from dataclasses import replace
from pathlib import Path

import grimp
import pytest
from papers import PROSE, pdf

from pipeline import batch, ledger, read, store, versions
from pipeline.batch import Order, process
from pipeline.errors import Halted, OcrFailed, TimedOut
from pipeline.events import Done, Known, Planned, Refused, Standing
from pipeline.model import Found
from pipeline.settings import Recognition, Settings

LONG_AGO = 1_600_000_000


def put(folder: Path, name: str, data: bytes) -> Path:
    """A file that nobody has touched lately."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    os.utime(path, (LONG_AGO, LONG_AGO + len(data)))
    return path


def agreement(number: int, years: str = "2021-2022") -> bytes:
    first, last = years.split("-")
    return f"""Överenskommelse

Mellan Norrviks kommun, 212000-9721, och Föreningen Lyktan i Norrvik, 802886-4174.
Diarienummer KFN-{first}-{number}
Avtalet gäller från och med den 1 januari {first} till och med den 31 december {last}.
Kommunen betalar {number} 000 kronor per år till föreningen.
""".encode()


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    folder = tmp_path / "in"
    put(folder, "a.txt", agreement(101))
    put(folder, "b/b.txt", agreement(102, "2023-2024"))
    put(folder, "b/tom.pdf", b"")
    put(folder, "c.pdf", pdf(PROSE, PROSE))
    return folder


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(cache=tmp_path / "cache", workers=1)


class Archive:
    """An archive and its output folder, and what was told of the last run."""

    def __init__(self, inputs: Path, output: Path, settings: Settings) -> None:
        self.inputs, self.output, self.settings = inputs, output, settings
        self.told: list[object] = []

    def run(self, **order: object) -> batch.Summary:
        self.told.clear()
        wanted = Order(**{"inputs": [self.inputs], **order})  # type: ignore[arg-type]
        return process(wanted, self.output, self.settings, self.told.append)

    @property
    def worked(self) -> list[str]:
        """The names of the documents that were made."""
        return sorted(Path(event.path).name for event in self.told if isinstance(event, Done))

    def rows(self, table: str) -> list[dict[str, str]]:
        with (self.output / f"{table}.csv").open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    def bytes(self) -> dict[str, bytes]:
        return {
            str(path.relative_to(self.output)): path.read_bytes()
            for path in self.output.rglob("*")
            if path.is_file() and path.name != ledger.NAME
        }

    def is_as_from_scratch(self, scratch: Path) -> bool:
        fresh = Archive(self.inputs, scratch, self.settings)
        fresh.run()
        return self.bytes() == fresh.bytes()


@pytest.fixture
def kept(archive: Path, tmp_path: Path, settings: Settings) -> Archive:
    """An archive that was run once."""
    made = Archive(archive, tmp_path / "out", settings)
    made.run()
    assert made.worked == ["a.txt", "b.txt", "c.pdf"]
    return made


def no_more(*_: object, **__: object) -> None:
    raise AssertionError("nothing was left to do")


def test_a_second_run_does_nothing(kept: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    before = {path: path.stat().st_mtime_ns for path in kept.output.glob("*.csv")}
    monkeypatch.setattr("pipeline.run.over", no_more)
    monkeypatch.setattr(batch, "look", no_more)
    summary = kept.run()
    (failure,) = [event.failure for event in kept.told if isinstance(event, Standing)]
    assert (Path(failure.source_path).name, failure.code) == ("tom.pdf", "empty")
    assert kept.told[0] == Planned(4, 0)
    assert len(kept.told) == 2
    assert (summary.tally.documents, summary.tally.failed, summary.worked) == (3, 1, 0)
    assert {path: path.stat().st_mtime_ns for path in kept.output.glob("*.csv")} == before


def test_only_what_is_new_or_changed_is_done(kept: Archive, tmp_path: Path) -> None:
    put(kept.inputs, "b/b.txt", agreement(7777, "2023-2025"))
    put(kept.inputs, "0.txt", agreement(104))
    kept.run()
    assert kept.worked == ["0.txt", "b.txt"]
    assert len(kept.rows("documents")) == 4
    assert kept.is_as_from_scratch(tmp_path / "fresh")


def test_a_file_that_was_only_touched_is_looked_at_and_left_alone(kept: Archive) -> None:
    before = kept.bytes()
    os.utime(kept.inputs / "a.txt", (LONG_AGO, LONG_AGO - 5))
    kept.run()
    assert kept.told[:2] == [Planned(4, 1), Known(str(kept.inputs / "a.txt"))]
    assert kept.bytes() == before


def test_a_file_that_was_changed_just_now_is_looked_at_again(kept: Archive) -> None:
    path = kept.inputs / "a.txt"
    os.utime(path)
    kept.run()
    about = path.stat()
    path.write_bytes(path.read_bytes().replace(b"101 000", b"901 000"))
    os.utime(path, ns=(about.st_atime_ns, about.st_mtime_ns))  # the same size and time as before
    kept.run()
    assert kept.worked == ["a.txt"]


def test_a_new_rule_reads_no_page(kept: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    before = kept.bytes()
    monkeypatch.setattr(versions, "extraction", lambda _: "another rule")
    monkeypatch.setattr(read, "sheet", no_more)
    kept.run()
    assert kept.worked == ["a.txt", "b.txt", "c.pdf"]
    assert kept.bytes() == before
    kept.run()
    assert kept.worked == []


def test_other_settings_are_other_rules(kept: Archive, tmp_path: Path) -> None:
    kept.settings = replace(kept.settings, recognition=Recognition(keep_personal_numbers=True))
    kept.run()
    assert kept.worked == ["a.txt", "b.txt", "c.pdf"]
    assert b'"in clear"' in (kept.output / "datapackage.json").read_bytes()
    assert kept.is_as_from_scratch(tmp_path / "fresh")


def test_the_digests_tell_reading_from_finding() -> None:
    plain, dots, nobody = Settings(), Settings(Recognition(dpi=200)), Settings()
    nobody = replace(nobody, extraction=replace(nobody.extraction, persons=False))
    assert versions.recognition(plain) != versions.recognition(dots)
    assert versions.extraction(plain) == versions.extraction(dots)
    assert versions.recognition(plain) == versions.recognition(nobody)
    assert versions.extraction(plain) != versions.extraction(nobody)


def test_every_module_that_decides_nothing_exists() -> None:
    for name in (*versions.CARRIERS, *versions.READING):
        assert (versions.PACKAGE / name).exists(), name


def test_what_reads_pages_imports_nothing_whose_change_it_would_not_notice() -> None:
    """Values, errors and settings aside, which decide no text."""
    graph = grimp.build_graph("pipeline")
    roots = [name for name in graph.modules if versions.part(place_of(name)) == "reading"]
    reached = {other for root in roots for other in graph.find_upstream_modules(root)} - set(roots)
    values = {"pipeline.errors", "pipeline.model", "pipeline.places", "pipeline.settings"}
    faces = {"pipeline", "pipeline.lexicon", "pipeline.lexicon.registers"}  # imported, and not asked
    assert reached <= values | faces


def place_of(module: str) -> str:
    place = module.replace(".", "/").removeprefix("pipeline/")
    package = (versions.PACKAGE / place).is_dir()
    return f"{place}/__init__.py" if package else f"{place}.py"


def test_a_changed_finder_costs_no_reading_and_a_changed_reader_does(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the digests say of a package of which one file was changed."""
    package = tmp_path / "pipeline"
    shutil.copytree(versions.PACKAGE, package, ignore=shutil.ignore_patterns("*.bin", "__pycache__"))
    monkeypatch.setattr(versions, "PACKAGE", package)

    def digests() -> tuple[str, str]:
        versions._code.cache_clear()
        versions.recognition.cache_clear()
        return versions.recognition(Settings()), versions.extraction(Settings())

    try:
        before = digests()
        for name, changed in (("extract/parties.py", (False, True)), ("recognize/ocr.py", (True, False))):
            with (package / name).open("a") as file:
                file.write("# changed")
            now = digests()
            assert tuple(a != b for a, b in zip(before, now, strict=True)) == changed
            before = now
    finally:
        monkeypatch.undo()
        digests()


def test_files_that_are_gone_keep_their_rows_until_they_are_pruned(kept: Archive, tmp_path: Path) -> None:
    before = kept.bytes()
    (kept.inputs / "a.txt").unlink()
    assert kept.run().tally.gone == 1
    assert kept.bytes() == before
    assert kept.run(prune=True).tally.gone == 0
    assert len(kept.rows("documents")) == 2
    assert kept.is_as_from_scratch(tmp_path / "fresh")


def test_what_lies_in_a_folder_that_cannot_be_listed_is_not_pruned(
    kept: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, listed = kept.bytes(), os.scandir

    def moody(folder: str) -> object:
        if str(folder).endswith("/b"):
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        return listed(folder)

    monkeypatch.setattr(os, "scandir", moody)
    assert kept.run(prune=True).tally.documents == 3
    assert {row["code"]: row["message"] for row in kept.rows("errors")} == {
        "unreadable": "the folder can't be listed: Input/output error"
    }
    monkeypatch.undo()
    kept.run()
    assert kept.bytes() == before


def test_a_file_that_moved_is_told_where_it_lies_now(kept: Archive, tmp_path: Path) -> None:
    (kept.inputs / "a.txt").rename(kept.inputs / "z.txt")
    kept.run(prune=True)
    assert kept.worked == []
    assert kept.is_as_from_scratch(tmp_path / "fresh")


@pytest.mark.parametrize("name", ["0.md", "b/b2.txt"])
def test_a_copy_costs_a_look_and_is_named_beside_the_first(kept: Archive, tmp_path: Path, name: str) -> None:
    put(kept.inputs, name, agreement(102, "2023-2024"))
    kept.run()
    assert kept.worked == []
    assert len(kept.rows("documents")) == 3
    assert kept.is_as_from_scratch(tmp_path / "fresh")


def test_the_output_folder_may_lie_among_the_inputs(archive: Path, settings: Settings) -> None:
    made = Archive(archive, archive / "out", settings)
    made.run()
    made.run()
    assert [row["code"] for row in made.rows("errors")] == ["empty"]


@pytest.mark.parametrize("harm", ["text", "table", "row"])
def test_what_somebody_took_away_or_changed_is_made_again(kept: Archive, harm: str) -> None:
    before = kept.bytes()
    if harm == "text":
        next((kept.output / "text").iterdir()).unlink()
    elif harm == "table":
        (kept.output / "parties.csv").unlink()
    else:
        (kept.output / "parties.csv").write_text("doc_id\n")
    kept.run()
    assert len(kept.worked) == (harm == "text")
    assert kept.bytes() == before


def failing(monkeypatch: pytest.MonkeyPatch, name: str, error: Exception) -> None:
    sheet = read.sheet

    def moody(source, number, limits, careful=False):  # type: ignore[no-untyped-def]
        if source.path.endswith(name):
            raise error
        return sheet(source, number, limits, careful)

    monkeypatch.setattr(read, "sheet", moody)


def test_what_may_have_been_the_machines_fault_is_tried_again(
    archive: Path, tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = Archive(archive, tmp_path / "out", settings)
    failing(monkeypatch, "c.pdf", OcrFailed("no Tesseract just now"))
    for _ in range(3):
        made.run()
        assert "c.pdf" in made.worked
        assert {row["code"] for row in made.rows("errors")} == {"empty", "ocr_failed"}
    made.run()
    assert made.worked == []  # enough is enough
    monkeypatch.undo()
    made.run(inputs=(), codes=["ocr_failed"])
    assert made.worked == ["c.pdf"]
    assert made.is_as_from_scratch(tmp_path / "fresh")


def test_a_broken_limit_is_tried_again_when_it_was_raised(
    archive: Path, tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = Archive(archive, tmp_path / "out", settings)
    failing(monkeypatch, "c.pdf", TimedOut("too slow"))
    made.run()
    monkeypatch.undo()
    made.run()
    assert made.worked == []
    made.settings = replace(settings, recognition=Recognition(page_timeout=60))
    made.run()
    assert made.worked == []
    made.settings = replace(settings, recognition=Recognition(page_timeout=600))
    made.run()
    assert made.worked == ["c.pdf"]
    assert [row["code"] for row in made.rows("errors")] == ["empty"]


def test_a_larger_limit_on_bytes_lets_a_file_in(kept: Archive) -> None:
    small = replace(kept.settings, recognition=Recognition(max_bytes=400))
    big, kept.settings = kept.settings, small
    put(kept.inputs, "d.txt", agreement(109) * 3)
    kept.run()
    assert [event.failure.code for event in kept.told if isinstance(event, Refused)][-1] == "too_large"
    kept.settings = big
    kept.run()
    assert "d.txt" in kept.worked


def test_a_document_has_a_limit_on_the_seconds_of_all_its_pages(
    archive: Path, tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    limits = Recognition(document_timeout=1e-9)
    made = Archive(archive, tmp_path / "out", replace(settings, recognition=limits))
    monkeypatch.setattr("pipeline.run.TASK_SECONDS", 0.0)
    put(archive, "d.txt", b"\f".join(b"Sida %d" % number for number in range(1, 31)))
    made.run()
    late = [row for row in made.rows("errors") if row["code"] == "timeout"]
    assert {Path(row["source_path"]).name for row in late} == {"d.txt"}
    assert all("document_timeout" in row["message"] for row in late)
    read_in_time = [row["page"] for row in made.rows("pages") if row["doc_id"] == late[0]["doc_id"]]
    assert read_in_time
    assert len(read_in_time) + len(late) == 30


def test_a_full_disk_is_nobodys_fault(
    archive: Path, tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = Archive(archive, tmp_path / "out", settings)

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(store, "_write", full)
    with pytest.raises(Halted, match="No space left on device"):
        made.run()
    monkeypatch.undo()
    made.run()
    assert [row["code"] for row in made.rows("errors")] == ["empty"]
    assert made.is_as_from_scratch(tmp_path / "fresh")


def test_what_was_done_before_the_disk_was_full_is_kept(
    archive: Path, tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = Archive(archive, tmp_path / "out", replace(settings, workers=1))
    digest = hashlib.sha256((archive / "c.pdf").read_bytes()).hexdigest()
    write = store._write

    def full(path: Path, data: dict[str, object]) -> None:
        if digest[2:] in path.parts:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        write(path, data)

    monkeypatch.setattr(batch, "BEAT_EVERY", 1e9)
    monkeypatch.setattr(store, "_write", full)
    with pytest.raises(Halted):
        made.run()
    with ledger.look(made.output) as book:
        last = ledger.last(book)
        assert ledger.tally(book).documents == 2
    assert last is not None
    assert last.outcome.startswith("halted: ")
    monkeypatch.undo()
    made.run()
    assert made.worked == ["c.pdf"]
    assert made.is_as_from_scratch(tmp_path / "fresh")


def test_a_file_that_changes_while_it_is_read_is_read_again(
    archive: Path, tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = Archive(archive, tmp_path / "out", settings)
    count = read.count

    def meddling(source, limits):  # type: ignore[no-untyped-def]
        pages = count(source, limits)
        if source.path.endswith("a.txt"):
            put(archive, "a.txt", agreement(9999, "2019-2020"))
        return pages

    monkeypatch.setattr(read, "count", meddling)
    made.run()
    assert "unreadable" in {row["code"] for row in made.rows("errors")}
    monkeypatch.undo()
    made.run()
    assert made.worked == ["a.txt"]
    assert made.is_as_from_scratch(tmp_path / "fresh")


def test_names_are_data(tmp_path: Path, settings: Settings) -> None:
    folder = tmp_path / "in"
    names = [
        b"-x.txt",
        b"--output=y.txt",
        b"rad\nrad.txt",
        b"x;...txt",
        b"$(id) `id`.txt",
        b"\xe5\xe4\xf6.txt",
    ]
    names += [b"x" * 251 + b".txt", b'a,b"c".txt', b"\x1b[2J.txt", "e\u0301.txt".encode(), b"%s {0}.txt"]
    for number, name in enumerate(names):
        put(folder, os.fsdecode(name), agreement(200 + number))
    made = Archive(folder, tmp_path / "out", settings)
    assert made.run().tally.documents == len(names)
    told = {Path(row["source_path"]).name.encode() for row in made.rows("documents")}
    assert {name for name in names if name.isascii()} <= told
    assert sorted(path.name for path in tmp_path.iterdir()) == ["cache", "in", "out"]
    with ledger.opened(made.output) as book:
        paths = {path for (path,) in book.execute("SELECT path FROM files")}
    assert paths == {os.fsencode(folder) + b"/" + name for name in names}


def test_a_ledger_that_is_damaged_or_of_another_version_says_so(kept: Archive) -> None:
    path = kept.output / ledger.NAME
    with ledger.opened(kept.output) as book:
        book.execute("PRAGMA user_version = 99")
    with pytest.raises(Exception, match="another version"):
        kept.run()
    path.write_bytes(b"not a ledger" * 1000)
    with pytest.raises(Exception, match="damaged"):
        kept.run()
    path.unlink()
    kept.run()
    assert len(kept.rows("documents")) == 3


def test_a_walk_takes_no_memory_for_files(tmp_path: Path) -> None:
    with ledger.opened(tmp_path) as book:
        taken = 0

        def many():  # type: ignore[no-untyped-def]
            nonlocal taken
            for number in range(2500):
                taken += 1
                yield Found(f"x/{number}", 1, 1)

        ledger.note(book, many(), 1)
        assert taken == 2500
        assert ledger.tally(book).files == 2500
