"""Keep a process, and all that it will start, from opening sockets: what parses files has no need of any.

By a filter on system calls (seccomp), which asks for no rights and can't be taken off again. Where the kernel
or the processor isn't one that this knows, nothing happens: the filter is a second wall, and nothing that
parses opens a socket by itself.
"""

import contextlib
import ctypes
import errno
import os
import platform
import stat
import struct
import sys
from pathlib import Path

# Numbers of system calls: that which names the processor, seccomp, socket, io_uring_setup (a way round it).
_CALLS = {"x86_64": (0xC000003E, 317, 41, 425), "aarch64": (0xC00000B7, 277, 198, 425)}
_FOREIGN = 0x40000000  # and above: calls of another kind on x86_64 (x32)
_LOAD, _EQUAL, _AT_LEAST, _RETURN = 0x20, 0x15, 0x35, 0x06
_REFUSED, _ALLOWED = 0x00050000 | errno.EACCES, 0x7FFF0000
_SET_FILTER, _NOT_SLOWER = 1, 4  # without the brakes that older kernels put on what has a filter
_NO_NEW_PRIVILEGES = 38
# Looked up here, since a process forked from one with threads may not ask for the lock of the loader.
_LIBC = ctypes.CDLL(None)
_PRCTL, _SYSCALL = getattr(_LIBC, "prctl", None), getattr(_LIBC, "syscall", None)


def seal() -> bool:
    """Refuse sockets from now on, and let go of those that came with a fork. Returns whether it was done."""
    known = _CALLS.get(platform.machine())
    if sys.platform != "linux" or known is None:
        return False
    machine, seccomp, *refused = known
    refuse = len(refused) + 1  # steps from the first test to the refusal, behind the permission
    program = [
        (_LOAD, 0, 0, 4),
        (_EQUAL, 0, refuse + 2, machine),
        (_LOAD, 0, 0, 0),
        (_AT_LEAST, refuse, 0, _FOREIGN),
        *((_EQUAL, refuse - 1 - index, 0, call) for index, call in enumerate(refused)),
        (_RETURN, 0, 0, _ALLOWED),
        (_RETURN, 0, 0, _REFUSED),
    ]
    steps = ctypes.create_string_buffer(b"".join(struct.pack("=HBBI", *step) for step in program))
    filtered = struct.pack("@HP", len(program), ctypes.addressof(steps))
    if _PRCTL is None or _SYSCALL is None or _PRCTL(_NO_NEW_PRIVILEGES, 1, 0, 0, 0):
        return False
    if _SYSCALL(seccomp, _SET_FILTER, _NOT_SLOWER, filtered):
        return False
    _let_go()
    return True


def _let_go() -> None:
    """Put nothing in the place of each open socket, so that whoever holds its number finds nothing."""
    nothing = os.open(os.devnull, os.O_RDWR)
    for path in list(Path("/proc/self/fd").iterdir()):
        with contextlib.suppress(OSError):  # that of the listing itself is closed by now
            if stat.S_ISSOCK(os.fstat(int(path.name)).st_mode):
                os.dup2(nothing, int(path.name), inheritable=False)
    os.close(nothing)
