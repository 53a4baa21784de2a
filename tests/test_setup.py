"""`make setup` on machines that lack something: what it installs, what it advises, when it stops.

The script runs in a folder of its own with a PATH of its own, where python3, tesseract, apt-get and sudo are
little programs that write down how they were called; the real path is walked by the continuous integration.
"""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
REAL = ["bash", "grep", "uname", "cksum", "cat", "mkdir", "cp", "rm", "chmod", "env", "dirname"]

PYTHON = """#!/bin/bash
echo "python $*" >>"$LOG"
if [ "$1 $2" = "-m venv" ]; then
  mkdir -p "$3/bin"; cp "$0" "$3/bin/python"; echo "$PWD/$3" >"$3/bin/activate"
fi
"""
TESSERACT = '#!/bin/bash\nprintf "List of languages\\n{languages}\\n"\n'
APT = """#!/bin/bash
echo "apt-get $*" >>"$LOG"
if [ "$1" = install ]; then cp "$FAKES/tesseract-to-come" "$FAKES/tesseract"; fi
"""
SUDO = """#!/bin/bash
if [ "$1" = -n ]; then [ -z "$SUDO_NEEDS_PASSWORD" ]; exit; fi
echo sudo >>"$LOG"; exec "$@"
"""
OLD_PYTHON = "#!/bin/bash\nexit 1\n"
ALL_LANGUAGES = "eng\\nosd\\nswe"


class Machine:
    """A folder with a copy of the setup script, and the programs that this machine has."""

    def __init__(self, folder: Path) -> None:
        self.project, self.fakes, self.log = folder / "project", folder / "bin", folder / "log"
        for path in (self.project / "scripts", self.fakes):
            path.mkdir(parents=True)
        shutil.copy(ROOT / "scripts/setup.sh", self.project / "scripts")
        for name in ("requirements.lock", "pyproject.toml"):
            (self.project / name).write_text("one")
        for name in REAL:
            (self.fakes / name).symlink_to(shutil.which(name) or name)
        self.log.touch()
        self.add("tesseract-to-come", TESSERACT.format(languages=ALL_LANGUAGES))

    def add(self, name: str, text: str) -> None:
        (self.fakes / name).unlink(missing_ok=True)
        (self.fakes / name).write_text(text)
        (self.fakes / name).chmod(0o755)

    def user(self, uid: int) -> None:
        self.add("id", f"#!/bin/bash\necho {uid}\n")

    def setup(self, **more: str) -> tuple[int, str, list[str]]:
        """Exit status, what the user reads, and what was called."""
        self.log.write_text("")
        variables = {"PATH": str(self.fakes), "LOG": str(self.log), "FAKES": str(self.fakes), **more}
        done = subprocess.run(
            ["bash", "scripts/setup.sh"],
            cwd=self.project,
            env=variables,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )
        return done.returncode, done.stdout + done.stderr, self.log.read_text().splitlines()


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    made = Machine(tmp_path)
    made.user(1000)
    made.add("python3", PYTHON)
    return made


def test_root_on_debian_gets_the_missing_packages_from_apt(machine: Machine) -> None:
    machine.user(0)
    machine.add("apt-get", APT)
    status, said, called = machine.setup()
    assert status == 0, said
    install = next(line for line in called if line.startswith("apt-get install"))
    assert {"tesseract-ocr", "tesseract-ocr-swe", "tesseract-ocr-eng", "tesseract-ocr-osd"} <= set(
        install.split()
    )
    assert "sudo" not in called
    assert any("--require-hashes -r requirements.lock" in line for line in called)
    assert any("--no-deps --no-build-isolation -e ." in line for line in called)


def test_a_user_with_sudo_installs_through_it(machine: Machine) -> None:
    machine.add("apt-get", APT)
    machine.add("sudo", SUDO)
    status, said, called = machine.setup()
    assert status == 0, said
    assert "sudo" in called


def test_nothing_is_asked_of_apt_where_tesseract_is_there(machine: Machine) -> None:
    machine.add("tesseract", TESSERACT.format(languages=ALL_LANGUAGES))
    machine.add("apt-get", APT)
    machine.user(0)
    status, _, called = machine.setup()
    assert status == 0
    assert not [line for line in called if line.startswith("apt-get")]


def test_running_again_installs_nothing_until_the_lock_changes(machine: Machine) -> None:
    machine.add("tesseract", TESSERACT.format(languages=ALL_LANGUAGES))

    def installs() -> list[str]:
        return [line for line in machine.setup()[2] if "pip install" in line]

    assert len(installs()) == 2
    assert installs() == []
    (machine.project / "requirements.lock").write_text("two")
    assert len(installs()) == 2


def test_an_environment_that_was_moved_is_made_anew(machine: Machine) -> None:
    machine.add("tesseract", TESSERACT.format(languages=ALL_LANGUAGES))
    machine.setup()
    machine.project = machine.project.rename(machine.project.parent / "elsewhere")
    status, said, called = machine.setup()
    assert status == 0
    assert "making it anew" in said
    assert any("-m venv" in line for line in called)


@pytest.mark.parametrize(
    ("programs", "variables", "must_say"),
    [
        ({}, {}, "apt-get install -y tesseract-ocr tesseract-ocr-swe"),
        ({"apt-get": APT}, {}, "apt-get install -y tesseract-ocr tesseract-ocr-swe"),
        (
            {"apt-get": APT, "sudo": SUDO},
            {"SUDO_NEEDS_PASSWORD": "1"},
            "Swedish (swe) and English (eng) is missing",
        ),
        ({"uname": "#!/bin/bash\necho Darwin\n"}, {}, "brew install tesseract tesseract-lang"),
        (
            {"tesseract": TESSERACT.format(languages="eng\\nosd")},
            {},
            "Swedish (swe) and English (eng) is missing",
        ),
        (
            {"tesseract": TESSERACT.format(languages=ALL_LANGUAGES), "python3": OLD_PYTHON},
            {},
            "Python 3.11 or newer is missing",
        ),
    ],
    ids=["no apt", "no sudo", "sudo wants a password", "macOS", "no Swedish", "old Python"],
)
def test_advice_and_status_1_where_it_may_not_install(
    machine: Machine, programs: dict[str, str], variables: dict[str, str], must_say: str
) -> None:
    for name, text in programs.items():
        machine.add(name, text)
    status, said, called = machine.setup(**variables)
    assert status == 1
    assert must_say in said
    assert "make setup again" in said
    assert not [line for line in called if "pip install" in line or line.startswith("apt-get")]


def test_english_and_swedish_without_osd_is_enough(machine: Machine) -> None:
    machine.add("tesseract", TESSERACT.format(languages="eng\\nswe"))
    status, said, _ = machine.setup()
    assert status == 0
    assert "no osd data" in said


def test_the_lock_names_packages_with_hashes_and_no_address() -> None:
    lines = (ROOT / "requirements.lock").read_text().splitlines()
    packages = [line for line in lines if line and not line.startswith((" ", "#"))]
    assert all("==" in line for line in packages)
    assert not [line for line in lines if "://" in line or " @ " in line or line.startswith("-")]
    assert any(line.startswith("setuptools==") for line in packages), "setup builds without isolation"
    assert len([line for line in lines if "--hash=sha256:" in line]) >= len(packages)


def test_make_alone_lists_every_command() -> None:
    environment = {key: value for key, value in os.environ.items() if not key.startswith("MAKE")}
    listed = subprocess.run(
        ["make", "-C", ROOT], capture_output=True, text=True, check=True, env=environment
    ).stdout
    for command in ("setup", "run", "test", "check", "score", "bench", "clean"):
        assert f"make {command} " in listed
