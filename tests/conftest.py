"""What tests share: the folder of the factories on the path, and one run over the sample archive."""

import subprocess
import sys
from pathlib import Path

import hypothesis
import pytest

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(Path(__file__).parent))

# How long an example takes says how busy the machine is, not whether a law holds. The examples are the same
# each time, so that a failure tells of the change that it follows; `make fuzz` looks for new ones.
hypothesis.settings.register_profile(
    "patient", deadline=None, derandomize=True, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("patient")


@pytest.fixture(scope="session")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Settings with a page store of the tests' own, so that every page is read anew once."""
    folder = tmp_path_factory.mktemp("settings")
    path = folder / "namnd.toml"
    path.write_text(f'[run]\ncache = "{folder / "cache"}"\n')
    return path


@pytest.fixture(scope="session")
def extracted(tmp_path_factory: pytest.TempPathFactory, settings: Path) -> Path:
    """The tables of the sample archive, as `make run` writes them."""
    folder = tmp_path_factory.mktemp("extracted")
    command = [sys.executable, "-m", "pipeline", "run", "data/raw", "-o", folder, "--settings", settings]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=600, check=False)
    assert done.returncode == 0, done.stderr
    return folder
