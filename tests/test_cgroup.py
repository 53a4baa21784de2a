"""Groups of processes whose memory the kernel limits: made where that is allowed, done without elsewhere."""

import os
from pathlib import Path

import pytest

from pipeline import cgroup
from pipeline.isolate import Isolation

FILES = ("cgroup.procs", "cgroup.subtree_control")


@pytest.fixture
def made_up(tmp_path, monkeypatch):
    """A folder as the kernel shows groups: we are in `user/run`, and memory is limited below `user`."""
    for folder in (tmp_path, tmp_path / "user", tmp_path / "user" / "run"):
        folder.mkdir(exist_ok=True)
        for name in FILES:
            (folder / name).write_text("")
    (tmp_path / "user" / "cgroup.subtree_control").write_text("cpu memory pids")
    own = tmp_path / "own"
    own.write_text("3:cpuset:/\n0::/user/run\n")
    monkeypatch.setattr(cgroup, "ROOT", tmp_path)
    monkeypatch.setattr(cgroup, "OWN", own)
    return tmp_path / "user"


def groups(user):
    return sorted(path.name for path in user.glob("namnd-*"))


def emptied(folder: Path) -> None:
    """Without a group's files, which the kernel takes along with its folder."""
    for path in list(folder.iterdir()):
        path.unlink()


def test_a_process_is_put_in_a_group_beside_ours_with_its_limit(made_up):
    group = cgroup.holding(4711, 10**9)
    (name,) = groups(made_up)
    assert name.startswith(f"namnd-{os.getpid()}-")
    told = {path.name: path.read_text() for path in (made_up / name).iterdir()}
    assert told == {
        "memory.max": "1000000000",
        "memory.oom.group": "1",
        "memory.swap.max": "0",
        "cgroup.procs": "4711",
    }
    assert not group.has_burst()
    (made_up / name / "memory.events").write_text("low 0\nhigh 0\nmax 9\noom 1\noom_kill 1\n")
    assert group.has_burst()


def test_an_empty_group_is_taken_away_also_one_that_a_killed_run_has_left(made_up):
    (made_up / "namnd-1-0").mkdir()
    (made_up / "namnd-2-0").mkdir()
    (made_up / "namnd-2-0" / "cgroup.procs").write_text("1")
    group = cgroup.holding(4711, 10**9)
    (own,) = set(groups(made_up)) - {"namnd-2-0"}
    emptied(made_up / own)
    group.close()
    assert groups(made_up) == ["namnd-2-0"]


@pytest.mark.parametrize("lacking", ["memory", "group", "root", "v1", "all"])
def test_where_none_can_be_made_there_is_none(made_up, lacking):
    match lacking:
        case "memory":
            switch = made_up / "cgroup.subtree_control"
            switch.unlink()
            switch.symlink_to("/dev/null")  # what is written doesn't switch it on
        case "group":
            (made_up / "cgroup.procs").unlink()
        case "root":
            cgroup.OWN.write_text("0::/\n")
        case "v1":
            cgroup.OWN.write_text("4:memory:/user/run\n")
        case "all":
            cgroup.OWN.unlink()
    assert cgroup.holding(4711, 10**9) is None
    assert groups(made_up) == []


def test_calls_are_made_in_groups_where_there_are_any(made_up):
    isolation = Isolation(10**9)
    pid = isolation.call(os.getpid, seconds=300)
    (name,) = groups(made_up)
    assert (made_up / name / "cgroup.procs").read_text() == str(pid)
    emptied(made_up / name)
    isolation.close()
    assert groups(made_up) == []


def test_calls_are_made_without_groups_too(made_up):
    (made_up / "cgroup.procs").unlink()
    isolation = Isolation(10**9)
    assert isolation.call(os.getppid, seconds=300) == os.getpid()
    isolation.close()
