"""The script that sees to the typefaces of the benchmarks' scans says what is missing, and is silent else."""

import os
import re
import subprocess
from pathlib import Path

ROOT = Path(__file__).parent.parent
SCRIPT = ROOT / "scripts/fonts.sh"


def asked(tmp_path: Path, fonts: Path) -> subprocess.CompletedProcess[str]:
    """The script where there is no apt."""
    tools = tmp_path / "tools"
    tools.mkdir(exist_ok=True)
    bash = next(
        path for folder in os.environ["PATH"].split(os.pathsep) if (path := Path(folder, "bash")).exists()
    )
    variables = {"PATH": str(tools), "FONTS": str(fonts)}
    return subprocess.run([bash, SCRIPT], env=variables, capture_output=True, text=True, check=False)


def test_missing_fonts_are_named_by_their_packages(tmp_path: Path) -> None:
    done = asked(tmp_path, tmp_path)
    assert done.returncode == 1
    assert "apt-get install -y fonts-ebgaramond fonts-liberation " in done.stderr


def test_nothing_is_said_where_all_are_there(tmp_path: Path) -> None:
    for file in re.findall(r"^fonts-\S+ (.+)$", SCRIPT.read_text(), re.MULTILINE):
        path = tmp_path / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    done = asked(tmp_path, tmp_path)
    assert (done.returncode, done.stderr) == (0, "")


def test_the_packages_are_those_that_the_scans_name() -> None:
    named = set(re.findall(r"fonts-[a-z-]+[a-z]", (ROOT / "bench/scans/faces.py").read_text()))
    assert named == set(re.findall(r"^(fonts-\S+) ", SCRIPT.read_text(), re.MULTILINE))
