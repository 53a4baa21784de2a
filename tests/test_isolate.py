"""A call in a process group of its own: answers, errors, limits, and nothing left behind."""

import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psutil
import pytest

from pipeline.errors import Corrupt, Crashed, OutOfMemory, TimedOut
from pipeline.isolate import isolated

ROOMY = 1_000_000_000


def run(call, *arguments, seconds=20.0, memory=ROOMY):
    return isolated(call, *arguments, seconds=seconds, memory=memory)


def gone(pid):
    for _ in range(100):
        if not psutil.pid_exists(pid) or psutil.Process(pid).status() == psutil.STATUS_ZOMBIE:
            return True
        time.sleep(0.03)
    return False


@pytest.mark.parametrize("answer", [None, 7, "åäö", ("a", (1, 2)), "x" * 5_000_000])
def test_the_answer_comes_back(answer):
    assert run(lambda: answer) == answer


def test_a_document_error_comes_through_with_its_page():
    def call():
        raise Corrupt("cut off", 3)

    with pytest.raises(Corrupt, match="cut off") as caught:
        run(call)
    assert caught.value.page == 3


def test_a_fault_of_ours_tells_its_place_and_no_text_of_the_document():
    def call():
        raise ValueError("Anna Ek 19640823-3234")

    with pytest.raises(Crashed, match=r"ValueError at test_isolate\.py:\d+") as caught:
        run(call)
    assert "3234" not in str(caught.value)


def test_an_exit_or_a_signal_is_a_crash():
    with pytest.raises(Crashed, match="SIGKILL"):
        run(lambda: os.kill(os.getpid(), signal.SIGKILL))
    with pytest.raises(Crashed, match="exit status 3"):
        run(lambda: os._exit(3))


def test_a_hang_ends_and_takes_along_what_it_started(tmp_path):
    note = tmp_path / "pid"

    def call():
        started = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
        note.write_text(str(started.pid))
        time.sleep(60)

    begun = time.monotonic()
    with pytest.raises(TimedOut):
        run(call, seconds=1.0)
    assert time.monotonic() - begun < 10
    assert gone(int(note.read_text()))


def test_what_was_started_ends_also_when_all_went_well():
    pid = run(lambda: subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"]).pid)
    assert gone(pid)


def swell():
    held = []
    while True:
        held.append(b"x" * 10_000_000)


def test_memory_has_a_limit():
    with pytest.raises(OutOfMemory):
        run(swell, memory=400_000_000)


def test_memory_counts_what_the_call_started():
    program = "b = b'x' * 600_000_000; import time; time.sleep(20)"

    def call():
        subprocess.run([sys.executable, "-c", program], check=True)

    with pytest.raises((OutOfMemory, Crashed)):
        run(call, memory=400_000_000)


def test_nothing_is_printed(capfd):
    run(lambda: (os.write(1, b"a name"), os.write(2, b"a name")))
    assert capfd.readouterr() == ("", "")


def test_temporary_files_go_with_the_child():
    def call():
        folder = tempfile.mkdtemp()
        Path(folder, "left").write_text("behind")
        return folder, os.environ["TMPDIR"]

    folder, scratch = run(call)
    assert folder.startswith(scratch)
    assert not Path(scratch).exists()


def test_the_group_dies_with_its_parent(tmp_path):
    note = tmp_path / "pid"
    program = f"""
import os, time
from pathlib import Path
from pipeline.isolate import isolated
def call():
    Path({str(note)!r}).write_text(str(os.getpid()))
    time.sleep(60)
isolated(call, seconds=60, memory=10**9)
"""
    parent = subprocess.Popen([sys.executable, "-c", program])
    for _ in range(200):
        if note.exists() and note.read_text():
            break
        time.sleep(0.05)
    parent.kill()
    parent.wait()
    assert gone(int(note.read_text()))
