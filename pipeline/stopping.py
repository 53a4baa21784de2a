"""Asked to stop: the first signal lets the pages in hand be finished, the second ends at once."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

SIGNALS = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)


@dataclass
class Stop:
    """Which signal has asked for an end, 0 for none."""

    signal: int = 0

    def asked(self) -> bool:
        return self.signal != 0

    @property
    def status(self) -> int:
        """The exit status that a shell knows the signal by."""
        return 128 + self.signal


@contextmanager
def listening() -> Iterator[Stop]:
    """Listen for signals in the main thread for as long as the block lasts."""
    stop = Stop()
    before = {number: signal.getsignal(number) for number in SIGNALS}

    def asked(number: int, _: object) -> None:
        stop.signal = number
        for each in SIGNALS:
            signal.signal(each, signal.SIG_DFL)

    for number in SIGNALS:
        if before[number] is not signal.SIG_IGN:  # as under nohup
            signal.signal(number, asked)
    try:
        yield stop
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
