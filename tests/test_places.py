"""Archives at URLs: the same tables as from a folder, from a real S3 server on loopback and from `file://`."""

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline import places, store
from pipeline.errors import TooLarge, Unreadable, UsageError
from pipeline.model import Page, Source
from pipeline.places import Url, place
from pipeline.read.discover import look, walk

pytest_plugins = ["s3"]
ROOT = Path(__file__).parent.parent
TEXT = "Solbackens kommun\nFritidsnämnden\n\nFöreningen Gläntan beviljas 25 000 kronor för 2024.\n"


def put(url: Url, data: bytes) -> None:
    places.keep(url, data)


@pytest.mark.parametrize(
    ("text", "is_url"),
    [
        ("s3://bucket/folder", True),
        ("file:///tmp/a", True),
        ("data/raw", False),
        ("C:/data", False),
        ("s3:/bucket", False),
        ("://x", False),
        ("a b://x", False),
        ("s3://", False),
    ],
)
def test_a_url_is_told_from_a_path(text: str, is_url: bool) -> None:
    assert isinstance(place(text), Url) is is_url
    assert not is_url or str(place(text)) == text


def test_a_listing_goes_to_the_bottom_and_leaves_hidden_files_out(root: Url) -> None:
    for name in ("a.txt", "below/å ä.txt", "below/deeper/c.txt", ".hidden/d.txt", "below/.e.txt"):
        put(root / name, TEXT.encode())
    found = {file.path: file for file in walk([root])}
    assert {path.removeprefix(root) for path in found} == {"/a.txt", "/below/å ä.txt", "/below/deeper/c.txt"}
    assert all(file.size == len(TEXT.encode()) and file.modified > 0 for file in found.values())
    assert [file.path for file in walk([root / "a.txt"])] == [f"{root}/a.txt"]
    content = look(found[f"{root}/a.txt"], 1000)
    assert content.digest == hashlib.sha256(TEXT.encode()).hexdigest()
    assert (content.size, content.modified) == (found[f"{root}/a.txt"].size, found[f"{root}/a.txt"].modified)


def test_a_copy_has_the_bytes_that_were_found_or_there_is_none(root: Url, tmp_path: Path) -> None:
    put(root / "a.txt", TEXT.encode())
    source = Source((f"{root}/a.txt",), look(next(walk([root])), 1000).digest, "text/plain", 1)
    target = tmp_path / "copies" / "a"
    target.parent.mkdir()
    places.fetch(source, target, 1000)
    assert target.read_text() == TEXT
    target.unlink()
    with pytest.raises(TooLarge, match="max_bytes"):
        places.fetch(source, target, 10)
    put(root / "a.txt", b"another text")
    with pytest.raises(Unreadable, match="changed"):
        places.fetch(source, target, 1000)
    places.remove(root / "a.txt")
    with pytest.raises(Unreadable):
        places.fetch(source, target, 1000)
    assert list(target.parent.iterdir()) == []


def test_pages_are_kept_at_a_url(root: Url) -> None:
    folder = root / "pages" / "ab"
    assert store.load_page(folder, 3) is None
    store.save_page(folder, Page(3, TEXT))
    assert store.has_page(folder, 3)
    assert store.load_page(folder, 3) == Page(3, TEXT)
    assert not store.has_page(folder, 4)
    places.remove(folder)
    places.remove(folder)
    assert store.load_page(folder, 3) is None


def test_a_url_of_an_unknown_kind_is_refused() -> None:
    with pytest.raises(UsageError, match="nowhere"):
        places.exists(Url("nowhere://bucket"))


def namnd(*arguments: object, command: str = "run") -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        [sys.executable, "-m", "pipeline", command, *map(str, arguments)],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done


def test_a_run_from_and_to_urls_writes_what_a_run_over_folders_writes(root: Url, tmp_path: Path) -> None:
    (tmp_path / "files").mkdir()
    for number in range(3):
        text = TEXT.replace("25", f"{number + 25}")
        (tmp_path / "files" / f"{number}.txt").write_text(text)
        put(root / "in" / f"{number}.txt", text.encode())
    settings = tmp_path / "there.toml"
    settings.write_text(f'[run]\nworkers = 1\ncache = "{root}/pages"\n')
    plain = tmp_path / "here.toml"
    plain.write_text(f'[run]\nworkers = 1\ncache = "{tmp_path}/pages"\n')
    namnd(tmp_path / "files", "-o", tmp_path / "local", "--settings", plain)
    namnd(root / "in", "-o", root / "out", "--settings", settings)

    files, path = places.system(root / "out")
    written = {name.rpartition("/out/")[2] for name in files.find(path)}
    for table in (tmp_path / "local").glob("*.csv"):
        here = table.read_text().replace(f"{tmp_path}/files", f"{root}/in")
        assert places.kept(root / "out" / table.name).decode() == here, table.name
    assert "ledger.sqlite" in written
    assert sum(name.startswith("text/") for name in written) == 3
    assert not any(".part" in name or "-wal" in name or "lock" in name for name in written)

    namnd(root / "in", "-o", root / "by cluster", "--settings", settings, "--scheduler", "local")
    for table in (tmp_path / "local").glob("*.csv"):
        assert places.kept(root / "by cluster" / table.name) == places.kept(root / "out" / table.name)

    again = namnd(root / "in", "-o", root / "out", "--settings", settings)
    assert "0 done" in again.stdout
    assert "3 documents" in namnd(root / "out", command="status").stdout
    # On another machine, which has no folder that stands for the URL: what was put there is fetched.
    os.environ["XDG_CACHE_HOME"] = str(tmp_path / "other home")
    told = namnd(root / "out", command="status").stdout
    assert "3 files; 3 documents, 3 pages done" in told
    assert "0 failed, 0 left" in told
    assert not (tmp_path / "other home").exists()
    retried = namnd("--code", "timeout", "-o", root / "out", command="retry")
    assert "0 done" in retried.stdout
    put(root / "in" / "3.txt", TEXT.replace("25", "99").encode())
    elsewhere = namnd(root / "in", "-o", root / "out", "--settings", settings)
    assert "4 documents" in elsewhere.stdout
    assert "1 done" in elsewhere.stdout
    assert places.kept(root / "out" / "documents.csv").count(b"\n") == 5
