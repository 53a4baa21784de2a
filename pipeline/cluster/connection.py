"""The way to a scheduler: one that was started before, or one of this machine's own with its workers."""

import logging
import signal
from collections.abc import Iterator
from contextlib import contextmanager

from distributed import Client, LocalCluster

from pipeline.errors import UsageError
from pipeline.settings import Settings

LOCAL = "local"
PROTOCOLS = ("tcp://", "tls://")
WAIT_FOR_SCHEDULER = 20.0
WAIT_FOR_WORKERS = 120.0


@contextmanager
def quiet() -> Iterator[None]:
    """Keep Dask's own complaints off stderr: what they mean for the run is told as an error of ours."""
    names = [name for name in logging.root.manager.loggerDict if name.partition(".")[0] == "distributed"]
    levels = {name: logging.getLogger(name).level for name in names}  # Dask gives some of them one each
    try:
        for name in levels:
            logging.getLogger(name).setLevel(logging.CRITICAL + 1)
        yield
    finally:
        for name, level in levels.items():
            logging.getLogger(name).setLevel(level)


@contextmanager
def connected(address: str, settings: Settings) -> Iterator[Client]:
    """Who hands work to the workers. Raises UsageError where there is no scheduler or no worker."""
    if address == LOCAL:
        with _own_cluster(settings) as cluster, Client(cluster, set_as_default=False) as client:
            yield client
        return
    if not address.startswith(PROTOCOLS):
        raise UsageError(f"--scheduler is `{LOCAL}` or an address such as tcp://HOST:8786, not {address!r}")
    with _called(address) as client:
        try:
            client.wait_for_workers(1, timeout=WAIT_FOR_WORKERS)
        except TimeoutError as error:
            raise UsageError(f"{address}: no worker has joined (dask worker {address})") from error
        yield client


@contextmanager
def _called(address: str) -> Iterator[Client]:
    try:
        client = Client(address, timeout=WAIT_FOR_SCHEDULER, set_as_default=False)
    except (OSError, TimeoutError, ValueError) as error:
        raise UsageError(f"{address}: no scheduler answers ({type(error).__name__})") from error
    with client:
        yield client


def _own_cluster(settings: Settings) -> LocalCluster:
    """A scheduler and workers of this machine's own, heard on loopback alone.

    What counts in memory are the processes that read pages, and they have limits of their own.
    """
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the run, which closes its workers
    try:
        return LocalCluster(
            n_workers=settings.worker_count,
            threads_per_worker=1,
            host="127.0.0.1",
            dashboard_address="127.0.0.1:0",
            memory_limit=0,
            silence_logs=logging.CRITICAL,
        )
    finally:
        signal.signal(signal.SIGINT, before)
