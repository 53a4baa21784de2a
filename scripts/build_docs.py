#!/usr/bin/env python3
"""Write into the documentation what the code knows best: flags, errors, tables, settings, commands, figures.

    build_docs.py [--check]

A block stands between `<!-- made from NAME -->` and `<!-- end -->` in README.md or docs/*.md. --check
changes nothing, names the files that are behind the code and ends with status 1 if there are any.
"""

import json
import re
import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

import archive_table
import chaos_table
import figure_tables
import hostile_table
import repair_tables
import ruin_table
import typer

from pipeline.cli import app
from pipeline.columns import TABLES
from pipeline.errors import CODES
from pipeline.flags import FLAGS, REVIEW_REASONS
from pipeline.settings import Settings

ROOT = Path(__file__).resolve().parents[1]
BLOCK = re.compile(r"(?P<begin><!-- made from (?P<name>[\w./-]+) -->\n).*?(?P<end><!-- end -->)", re.S)


def main() -> int:
    stale = [path for path in documents() if (text := path.read_text(encoding="utf-8")) != filled(text)]
    for path in stale:
        if "--check" in sys.argv:
            print(f"{path.relative_to(ROOT)} is behind the code: run make docs")
        else:
            path.write_text(filled(path.read_text(encoding="utf-8")), encoding="utf-8")
            print(f"{path.relative_to(ROOT)} written")
    return 1 if stale and "--check" in sys.argv else 0


def documents() -> list[Path]:
    return [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]


def filled(text: str) -> str:
    """The text with every block made anew; an unknown block's name raises KeyError."""
    return BLOCK.sub(lambda m: f"{m['begin']}\n{BLOCKS[m['name']]()}\n\n{m['end']}", text)


def table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [head, tuple("---" for _ in head), *rows]
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines)


def meanings(head: str, known: Mapping[str, str]) -> str:
    return table((head, "meaning"), ((f"`{name}`", text) for name, text in known.items()))


def errors() -> str:
    return table(("code", "what to do"), ((f"`{code}`", advice) for code, advice in CODES.items()))


def tables() -> str:
    parts = []
    for made in TABLES.values():
        key = " Key: " + ", ".join(f"`{name}`" for name in made.key) + "." if made.key else ""
        rows = ((f"`{c.name}`", c.type, c.meaning) for c in made.columns)
        head = f"## {made.name}.csv\n\n{made.meaning[:1].upper()}{made.meaning[1:]}.{key}"
        parts.append(f"{head}\n\n{table(('column', 'type', 'meaning'), rows)}")
    return "\n\n".join(parts)


def settings() -> str:
    """The defaults as a settings file; `cache` is left out since it depends on who runs."""
    values = asdict(Settings())
    named = {"recognition": values.pop("recognition"), "extraction": values.pop("extraction")}
    values.pop("cache")
    lines = ["```toml"]
    for name, content in {**named, "run": values}.items():
        lines += [f"[{name}]", *(f"{key} = {json.dumps(value)}" for key, value in content.items()), ""]
    return "\n".join([*lines[:-1], "```"])


def commands() -> str:
    group: Any = typer.main.get_command(app)
    found = getattr(group, "commands", {group.name: group})
    return "\n\n".join(command(name, found[name]) for name in found)


def command(name: str, made: Any) -> str:
    """One command: its usage, what it does, its options with their defaults."""
    arguments = [argument(p) for p in made.params if p.param_type_name == "argument"]
    options = [p for p in made.params if p.param_type_name == "option" and not p.hidden]
    usage = " ".join(["namnd", name, *arguments, *(["[OPTIONS]"] if options else [])])
    text = f"## namnd {name}\n\n`{usage}`\n\n{' '.join((made.help or '').split())}"
    rows = ((names(p), default(p), p.help or "") for p in options)
    return f"{text}\n\n{table(('option', 'default', 'meaning'), rows)}" if options else text


def argument(made: Any) -> str:
    name = made.name.upper() + ("..." if made.nargs == -1 else "")
    return name if made.required else f"[{name}]"


def names(option: Any) -> str:
    return ", ".join(f"`{name}`" for name in (*option.opts, *option.secondary_opts))


def default(option: Any) -> str:
    value = option.default
    return "" if value is None or value is False or callable(value) else f"`{value}`"


BLOCKS: dict[str, Callable[[], str]] = {
    "pipeline/flags.py": lambda: meanings("flag", FLAGS),
    "pipeline/flags.py/reasons": lambda: meanings("reason", REVIEW_REASONS),
    "pipeline/errors.py": errors,
    "pipeline/columns.py": tables,
    "pipeline/settings.py": settings,
    "pipeline/cli.py": commands,
    "docs/figures.json/facts": figure_tables.facts,
    "docs/figures.json/records": figure_tables.records,
    "docs/figures.json/states": figure_tables.states,
    "docs/bench.json": figure_tables.costs,
    "docs/bench.json/errors": figure_tables.wrong_words,
    "docs/bench.json/repair": repair_tables.repairers,
    "docs/repair.json/ruined": repair_tables.ruined,
    "docs/repair.json/faces": repair_tables.faces,
    "docs/repair.json/made": repair_tables.made,
    "docs/repair.json/letters": repair_tables.letters,
    "docs/repair.json/sound": repair_tables.sound,
    "docs/repair.json/confidence": repair_tables.confidence,
    "docs/ruin.json": ruin_table.kinds,
    "docs/archive.json": archive_table.costs,
    "docs/chaos.json": chaos_table.kills,
    "docs/cluster.json": archive_table.workers,
    "docs/hostile.json": hostile_table.outcome,
    "docs/confidence.json": figure_tables.confidences,
    "docs/extraction.json": figure_tables.ablations,
}

if __name__ == "__main__":
    sys.exit(main())
