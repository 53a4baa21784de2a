"""Folders on other systems for tests: `file://`, and a real S3 server on loopback."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

import fsspec
import pytest
from moto.server import ThreadedMotoServer

from pipeline.places import Url


@pytest.fixture(scope="session")
def s3() -> Iterator[str]:
    """The address of a server, one for all: what speaks to it is kept from test to test."""
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture(params=["file", "s3"])
def root(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Url]:
    """An empty folder on another system."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "home"))
    if request.param == "file":
        (tmp_path / "other").mkdir()
        yield Url(f"file://{tmp_path}/other")
        return
    address = request.getfixturevalue("s3")
    for name, value in {
        "AWS_ENDPOINT_URL": address,
        "AWS_ACCESS_KEY_ID": "test",
        "AWS_SECRET_ACCESS_KEY": "test",
        "AWS_DEFAULT_REGION": "us-east-1",
        "AWS_EC2_METADATA_DISABLED": "true",
    }.items():
        monkeypatch.setenv(name, value)
    bucket = "b" + hashlib.sha256(str(tmp_path).encode()).hexdigest()[:12]
    fsspec.filesystem("s3", skip_instance_cache=True).mkdir(bucket)
    yield Url(f"s3://{bucket}/archive")
