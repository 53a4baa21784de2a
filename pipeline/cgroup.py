"""A limit on memory that the kernel itself keeps: a control group (cgroup v2) for a process and its children.

Where this process may make groups, which is where the group above its own has the memory controller on for
those below and lets us write: below a user's own systemd, in what systemd delegates (`DelegateSubgroup=`), or
for root. Elsewhere there is none, and whoever asks goes without.
"""

import contextlib
import os
import time
from functools import cache
from itertools import count
from pathlib import Path

ROOT = Path("/sys/fs/cgroup")
OWN = Path("/proc/self/cgroup")
PREFIX = "namnd-"
PATIENCE = 10
_NUMBERS = count()


class Group:
    """A group of processes that may hold so many bytes together; beyond them the kernel kills them all."""

    def __init__(self, folder: Path, memory: int) -> None:
        self._folder = folder
        folder.mkdir()
        try:
            (folder / "memory.max").write_text(str(memory))
            (folder / "memory.oom.group").write_text("1")
            with contextlib.suppress(OSError):  # a kernel without swap
                (folder / "memory.swap.max").write_text("0")
        except OSError:
            folder.rmdir()
            raise

    def take(self, pid: int) -> None:
        """Put a process in; what it starts is in, too. Raises OSError."""
        (self._folder / "cgroup.procs").write_text(str(pid))

    def has_burst(self) -> bool:
        """Whether the kernel has killed for lack of memory."""
        with contextlib.suppress(OSError):
            events = dict(line.split() for line in (self._folder / "memory.events").read_text().splitlines())
            return events.get("oom_kill", "0") != "0"
        return False

    def close(self) -> None:
        """Take the group away, once what was in it has died."""
        for _ in range(PATIENCE):
            try:
                self._folder.rmdir()
            except OSError:
                time.sleep(0.01)
            else:
                return


def holding(pid: int, memory: int) -> Group | None:
    """A new group with this process in it; None where none can be made."""
    above = _above(ROOT, OWN)
    if above is None:
        return None
    try:
        group = Group(above / f"{PREFIX}{os.getpid()}-{next(_NUMBERS)}", memory)
    except OSError:
        return None
    try:
        group.take(pid)
    except OSError:
        group.close()
        return None
    return group


@cache
def _above(root: Path, own: Path) -> Path | None:
    """The group below which we may make others; what runs that were killed have left there is taken away."""
    with contextlib.suppress(OSError):
        for line in own.read_text().splitlines():
            if line.startswith("0::/") and line != "0::/":
                above = (root / line[4:]).parent
                if _is_ours(above):
                    for left in above.glob(f"{PREFIX}*-*"):
                        with contextlib.suppress(OSError):  # it has processes still
                            left.rmdir()
                    return above
    return None


def _is_ours(above: Path) -> bool:
    """Whether groups with a limit on memory can be made below this one."""
    if not (os.access(above, os.W_OK) and os.access(above / "cgroup.procs", os.W_OK)):
        return False
    switch = above / "cgroup.subtree_control"
    if "memory" not in switch.read_text().split() and above.stat().st_uid == os.geteuid() != 0:
        switch.write_text("+memory")  # it was given to us, but not yet switched on
    return "memory" in switch.read_text().split()
