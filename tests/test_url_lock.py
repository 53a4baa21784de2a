"""One run at a time in an output URL, and what becomes of the lock of a run that died."""

import json
import os
import re
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from pipeline import places, url_lock
from pipeline.errors import Halted
from pipeline.places import Url
from pipeline.url_lock import NAME, SILENT, held, is_held

pytest_plugins = ["s3"]
ROOT = Path(__file__).parent.parent


def claim(url: Url, **told: object) -> None:
    """A lock as some run has left it."""
    now = time.time()
    said = {"mark": "other", "pid": 77, "host": "elsewhere", "since": now, "heard": now, **told}
    places.keep(url / NAME, json.dumps(said).encode())


def dead() -> int:
    """The number of a process that is no more."""
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    return ended.pid


def test_a_url_is_held_by_one_and_let_go_of(root: Url) -> None:
    with held(root) as sign:
        about = json.loads(places.kept(root / NAME))
        assert (about["pid"], about["host"]) == (os.getpid(), socket.gethostname())
        assert not places.create(root / NAME, b"mine")
        sign(0.0)
        assert json.loads(places.kept(root / NAME))["heard"] > about["heard"]
    assert not places.exists(root / NAME)


def test_the_lock_of_another_machine_counts_as_long_as_it_is_heard_of(root: Url) -> None:
    claim(root)
    assert is_held(root)
    with (
        pytest.raises(Halted, match=f"process 77 on elsewhere .* remove {re.escape(root / NAME)}"),
        held(root),
    ):
        pass
    claim(root, heard=time.time() - SILENT - 1)
    assert not is_held(root)
    with held(root):
        assert url_lock.there(root).mark != "other"


def test_the_lock_of_a_dead_process_of_this_machine_is_taken_over(root: Url) -> None:
    claim(root, host=socket.gethostname(), pid=dead())
    with held(root):
        pass
    claim(root, host=socket.gethostname(), pid=os.getppid())
    with pytest.raises(Halted, match="another run holds"), held(root):
        pass


def test_who_finds_another_name_in_the_lock_ends_his_run_and_leaves_it(root: Url) -> None:
    with held(root) as sign:
        sign(0.0)
        claim(root)
        with pytest.raises(Halted, match="elsewhere"):
            sign(0.0)
    assert url_lock.there(root).mark == "other"


def test_what_is_no_lock_is_not_taken_for_one(root: Url) -> None:
    places.keep(root / NAME, b"{}")
    with pytest.raises(Halted, match="is no lock"), held(root):
        pass


def test_a_second_run_is_refused(root: Url, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Solbackens kommun")
    claim(root / "out")
    command = [sys.executable, "-m", "pipeline", "run", tmp_path / "a.txt", "-o", root / "out"]
    done = subprocess.run(
        [*map(str, command)], cwd=ROOT, capture_output=True, text=True, timeout=100, check=False
    )
    assert done.returncode == 3
    assert "process 77 on elsewhere" in done.stderr
