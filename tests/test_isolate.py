"""Calls in a process group of their own: answers, errors, limits, and nothing left behind."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psutil
import pytest

from pipeline import isolate
from pipeline.errors import Corrupt, Crashed, OutOfMemory, TimedOut
from pipeline.isolate import Isolation

ROOMY = 1_000_000_000
PATIENCE = 300  # seconds that nothing here takes, however busy the machine
FOR_EVER = 3600
SLEEP = [sys.executable, "-c", f"import time; time.sleep({FOR_EVER})"]
HELD = []


@pytest.fixture
def isolation():
    opened = Isolation(ROOMY)
    yield opened
    opened.close()


@pytest.fixture
def tight():
    opened = Isolation(psutil.Process().memory_info().rss + 400_000_000)
    yield opened
    opened.close()


def gone(pid):
    with contextlib.suppress(psutil.NoSuchProcess):
        for _ in range(PATIENCE * 20):
            if psutil.Process(pid).status() == psutil.STATUS_ZOMBIE:
                return True
            time.sleep(0.05)
        return False
    return True


def echo(value):
    return value


def die(how):
    if how == "signal":
        os.kill(os.getpid(), signal.SIGKILL)
    os._exit(3)


def die_when_used(note):
    """Dies in a child that has served before, as one does whose memory a call before has ruined."""
    if HELD:
        os._exit(3)
    HELD.append(note)
    return os.getpid()


def swell(by, hold=0):
    """Take memory without end, or keep some when done; in a child that has kept some before, stay big."""
    held = [b"x" * by]
    while not hold:
        held.append(b"x" * by)
    if HELD:
        time.sleep(FOR_EVER)
    HELD.append(b"x" * hold)
    return os.getpid()


def start(note=None):
    started = subprocess.Popen(SLEEP)
    if note:
        note.write_text(str(started.pid))
        time.sleep(FOR_EVER)
    return started.pid


def leave_files():
    folder = tempfile.mkdtemp()
    Path(folder, "left").write_text("behind")
    return folder, os.environ["TMPDIR"]


def complain(error):
    raise error


def shout():
    os.write(1, b"a name")
    os.write(2, b"a name")


@pytest.mark.parametrize("answer", [None, 7, "åäö", ("a", (1, 2)), "x" * 5_000_000])
def test_the_answer_comes_back(isolation, answer):
    assert isolation.call(echo, answer, seconds=PATIENCE) == answer


def test_one_child_serves_many_calls(isolation):
    children = {isolation.call(os.getpid, seconds=PATIENCE) for _ in range(50)}
    assert len(children) == 1
    assert os.getpid() not in children


def test_a_document_error_comes_through_with_its_page_and_costs_no_child(isolation):
    child = isolation.call(os.getpid, seconds=PATIENCE)
    with pytest.raises(Corrupt, match="cut off") as caught:
        isolation.call(complain, Corrupt("cut off", 3), seconds=PATIENCE)
    assert caught.value.page == 3
    assert isolation.call(os.getpid, seconds=PATIENCE) == child


def test_a_fault_of_ours_tells_its_place_and_no_text_of_the_document(isolation):
    with pytest.raises(Crashed, match=r"ValueError at test_isolate\.py:\d+") as caught:
        isolation.call(complain, ValueError("Anna Ek 19640823-3234"), seconds=PATIENCE)
    assert "3234" not in str(caught.value)


@pytest.mark.parametrize("used", [False, True])
@pytest.mark.parametrize(("how", "cause"), [("signal", "SIGKILL"), ("exit", "exit status 3")])
def test_an_exit_or_a_signal_is_a_crash_and_the_next_call_gets_a_new_child(isolation, used, how, cause):
    if used:
        isolation.call(echo, 1, seconds=PATIENCE)
    with pytest.raises(Crashed, match=cause):
        isolation.call(die, how, seconds=PATIENCE)
    assert isolation.call(echo, 2, seconds=PATIENCE) == 2


def test_nobody_is_blamed_for_what_a_call_before_has_broken(isolation):
    first = isolation.call(die_when_used, "a", seconds=PATIENCE)
    assert isolation.call(die_when_used, "b", seconds=PATIENCE) != first


def test_a_hang_ends_and_takes_along_what_it_started(isolation, tmp_path):
    note = tmp_path / "pid"
    isolation.call(echo, 1, seconds=PATIENCE)
    for seconds in (1, 10, 100):  # on a busy machine it may be ended before it has started anything
        with pytest.raises(TimedOut):
            isolation.call(start, note, seconds=seconds)
        if note.exists() and note.read_text():
            break
    assert gone(int(note.read_text()))
    assert isolation.call(echo, 2, seconds=PATIENCE) == 2


def test_what_was_started_ends_also_when_all_went_well(isolation):
    pid = isolation.call(start, seconds=PATIENCE)
    assert gone(pid)
    assert isolation.call(echo, 2, seconds=PATIENCE) == 2


def test_memory_has_a_limit(tight):
    with pytest.raises(OutOfMemory):
        tight.call(swell, 10_000_000, seconds=PATIENCE)


def test_memory_counts_what_the_call_started(tight):
    program = f"b = b'x' * 600_000_000; import time; time.sleep({FOR_EVER})"
    with pytest.raises((OutOfMemory, Crashed)):
        tight.call(subprocess.check_call, [sys.executable, "-c", program], seconds=PATIENCE)


def test_what_earlier_calls_hold_on_to_is_not_counted_against_a_later_one(tight):
    holder = tight.call(swell, 1, 250_000_000, seconds=PATIENCE)
    assert tight.call(swell, 330_000_000, 1, seconds=PATIENCE) != holder


def test_a_child_that_has_grown_or_served_long_is_replaced(tight, isolation, monkeypatch):
    monkeypatch.setattr(isolate, "GROWN", 0.1)  # the limit grows with the process that runs the tests
    holder = tight.call(swell, 1, 250_000_000, seconds=PATIENCE)
    later = [tight.call(os.getpid, seconds=PATIENCE) for _ in range(isolate.GROWN_AFTER)]
    assert later[0] == holder
    assert later[-1] != holder
    monkeypatch.setattr(isolate, "LIFE", 20)
    assert len({isolation.call(os.getpid, seconds=PATIENCE) for _ in range(50)}) == 3


def test_nothing_is_printed(isolation, capfd):
    isolation.call(shout, seconds=PATIENCE)
    assert capfd.readouterr() == ("", "")


def test_temporary_files_go_with_the_call_and_their_folder_with_the_child(isolation):
    folder, scratch = isolation.call(leave_files, seconds=PATIENCE)
    assert folder.startswith(scratch)
    assert not Path(folder).exists()
    assert Path(scratch).exists()
    isolation.close()
    assert not Path(scratch).exists()


@pytest.mark.parametrize("busy", [True, False])
def test_the_group_dies_with_its_parent(tmp_path, busy):
    note = tmp_path / "note"
    program = f"""
import os, time
from pathlib import Path
from pipeline.isolate import Isolation
def call(seconds):
    Path({str(note)!r}).write_text(str(os.getpid()) + " " + os.environ["TMPDIR"])
    time.sleep(seconds)
Isolation(10**9).call(call, {FOR_EVER if busy else 0}, seconds={FOR_EVER})
time.sleep({FOR_EVER})
"""
    parent = subprocess.Popen([sys.executable, "-c", program])
    for _ in range(PATIENCE * 20):
        if note.exists() and note.read_text():
            break
        time.sleep(0.05)
    time.sleep(0.2)
    parent.kill()
    parent.wait()
    pid, scratch = note.read_text().split()
    assert gone(int(pid))
    assert not Path(scratch).exists()


def sockets():
    """What the child can open of the network, and how many sockets it holds."""
    opened = 0
    for family in (socket.AF_INET, socket.AF_INET6, socket.AF_UNIX):
        with contextlib.suppress(OSError):
            socket.socket(family).close()
            opened += 1
    held = 0
    for path in list(Path("/proc/self/fd").iterdir()):
        with contextlib.suppress(OSError):  # that of the listing is closed by now
            held += path.readlink().name.startswith("socket:")
    return opened, held


def sockets_of_a_program():
    program = "import socket\ntry: socket.socket()\nexcept OSError: print('none')"
    return subprocess.check_output([sys.executable, "-c", program], text=True).strip()


def test_a_sealed_child_and_what_it_starts_have_no_sockets_not_even_those_of_its_parent():
    sealed, free = Isolation(ROOMY), Isolation(ROOMY, sealed=False)
    with socket.socketpair()[0], contextlib.closing(sealed), contextlib.closing(free):
        assert sealed.call(sockets, seconds=PATIENCE) == (0, 0)
        assert sealed.call(sockets_of_a_program, seconds=PATIENCE) == "none"
        opened, held = free.call(sockets, seconds=PATIENCE)
        assert opened >= 2
        assert held >= 1
