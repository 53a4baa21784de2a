"""The documentation says what the code does: nothing undocumented, nothing invented, no dead link."""

import os
import re
import subprocess
import sys
import tomllib
from dataclasses import fields
from pathlib import Path

import pytest
import typer

from pipeline.cli import app
from pipeline.columns import TABLES
from pipeline.errors import CODES
from pipeline.flags import FLAGS, REVIEW_REASONS
from pipeline.settings import Extraction, Recognition, Settings, load

ROOT = Path(__file__).parents[1]
DOCUMENTS = [ROOT / f"{name}.md" for name in ("README", "CONTRIBUTING", "CHANGELOG")]
DOCUMENTS += sorted((ROOT / "docs").glob("*.md"))
LINK = re.compile(r"\]\(([^)\s]+)\)")
HEADING = re.compile(r"^#+ (.+)$", re.M)
FENCE = re.compile(r"```.*?```", re.S)


def text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def anchors(path: Path) -> set[str]:
    """The anchors that a Markdown viewer gives to headings: lower case, dashes for blanks, no punctuation."""
    headings = HEADING.findall(FENCE.sub("", path.read_text(encoding="utf-8")))
    return {re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-") for heading in headings}


def test_what_is_made_from_the_code_is_up_to_date() -> None:
    checked = [sys.executable, "scripts/build_docs.py", "--check"]
    done = subprocess.run(checked, cwd=ROOT, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda p: p.name)
def test_links_lead_somewhere(path: Path) -> None:
    for link in LINK.findall(FENCE.sub("", path.read_text(encoding="utf-8"))):
        if "://" in link:
            continue
        target, _, anchor = link.partition("#")
        aim = (path.parent / target) if target else path
        assert aim.exists(), f"{path.name} links to {link}"
        assert not anchor or anchor in anchors(aim), f"{path.name} links to {link}"


@pytest.mark.parametrize("path", [p for p in DOCUMENTS if p.parent.name == "docs"], ids=lambda p: p.name)
def test_every_page_can_be_reached_from_the_readme(path: Path) -> None:
    assert f"docs/{path.name}" in text("README.md")


def test_every_command_and_option_is_documented() -> None:
    group = typer.main.get_command(app)
    commands = getattr(group, "commands", {})
    assert commands
    documented = text("docs/commands.md")
    for name, command in commands.items():
        assert f"## namnd {name}\n" in documented
        assert f"namnd {name}" in text("README.md")
        for parameter in command.params:
            if parameter.param_type_name == "option":
                assert f"`{parameter.opts[0]}`" in documented, f"namnd {name} {parameter.opts[0]}"


@pytest.mark.parametrize("table", TABLES.values(), ids=lambda t: t.name)
def test_every_table_and_column_is_documented(table) -> None:  # type: ignore[no-untyped-def]
    section = text("docs/tables.md").split(f"## {table.name}.csv\n")[1].split("\n## ")[0]
    assert f"`{table.name}.csv`" in text("README.md")
    for column in table.columns:
        assert column.meaning
        assert f"| `{column.name}` | {column.type} |" in section


@pytest.mark.parametrize(("head", "known"), [("flag", FLAGS), ("reason", REVIEW_REASONS), ("code", CODES)])
def test_closed_lists_are_documented_whole_and_nothing_else_is(head: str, known: dict[str, str]) -> None:
    section = text("docs/flags.md").split(f"| {head} |")[1].split("\n\n")[0]
    assert re.findall(r"^\| `(\w+)` \|", section, re.M) == list(known)
    assert all(known.values())


def test_every_setting_is_explained() -> None:
    named = set(re.findall(r"`(\w+)`", text("docs/settings.md")))
    settings = [f.name for kind in (Recognition, Extraction, Settings) for f in fields(kind)]
    assert set(settings) - {"recognition", "extraction"} <= named


def test_the_settings_file_in_the_documentation_holds_the_defaults(tmp_path: Path) -> None:
    example = re.findall(r"```toml\n(.*?)```", text("docs/settings.md"), re.S)[0]
    (tmp_path / "settings.toml").write_text(example)
    assert load(tmp_path / "settings.toml") == Settings()


def test_every_make_command_in_the_documentation_exists() -> None:
    known = set(re.findall(r"^([a-z-]+):", text("Makefile"), re.M))
    for path in [*DOCUMENTS, *(ROOT / "pipeline").rglob("*.py")]:
        content = path.read_text(encoding="utf-8")
        shown = re.findall(r"(?:`|^)make ([a-z -]+)", content, re.M)
        named = {word for line in shown for word in line.split(" #")[0].split()}
        assert named <= known, f"{path.name}: make {sorted(named - known)}"


def test_the_version_is_the_same_everywhere() -> None:
    from pipeline import __version__

    assert tomllib.loads(text("pyproject.toml"))["project"]["version"] == __version__
    assert f"## [{__version__}]" in text("CHANGELOG.md")


def test_the_continuous_integration_runs_commands_that_exist() -> None:
    known = set(re.findall(r"^([a-z-]+):", text("Makefile"), re.M))
    steps = re.findall(r"^step make (\S+)", text(".ci/run"), re.M)
    assert {"setup", "check", "test", "run"} <= set(steps) <= known
    assert os.access(ROOT / ".ci/run", os.X_OK)


def test_every_extractor_is_held_apart_from_the_others() -> None:
    """A module of pipeline/extract that has a KIND is an extractor; `.importlinter` names them all."""
    extractors = {
        path.stem
        for path in (ROOT / "pipeline/extract").glob("*.py")
        if re.search(r"^KIND\b", path.read_text(encoding="utf-8"), re.M)
    }
    contract = text(".importlinter").split("[importlinter:contract:extractors]")[1].split("\n[")[0]
    assert set(re.findall(r"pipeline\.extract\.(\w+)", contract)) == extractors


def test_every_cleaning_rule_is_held_apart_from_the_others() -> None:
    order = text("pipeline/clean/__init__.py").split("RULES: ")[1].split("\n)")[0]
    contract = text(".importlinter").split("[importlinter:contract:rules]")[1].split("\n[")[0]
    assert set(re.findall(r"pipeline\.clean\.(\w+)", contract)) == set(re.findall(r"(\w+)\.find", order))


def test_the_architecture_names_the_layers_that_are_held() -> None:
    contract = text(".importlinter").split("layers =\n")[1].split("\n\n")[0]
    held = [sorted(re.findall(r"\w+", line)) for line in contract.splitlines()]
    rows = re.findall(r"^\| \d+ \| (.*) \|$", text("docs/architecture.md"), re.M)
    assert [sorted(re.findall(r"\w+", row)) for row in rows] == held


def test_the_architecture_says_what_every_module_is_for() -> None:
    known = {path.stem for path in (ROOT / "pipeline").iterdir() if not path.name.startswith("__")}
    table = text("docs/architecture.md").split("## Laws")[0]
    assert known - {"flow", "model"} <= set(re.findall(r"`(\w+)(?:\.py|/)?`", table))
