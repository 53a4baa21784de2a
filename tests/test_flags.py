"""The closed lists of flags: what the code sets is explained, and what is explained is set."""

import ast
import csv
from collections.abc import Iterator
from pathlib import Path

from pipeline.columns import TABLES
from pipeline.flags import FLAGS, REVIEW_REASONS
from pipeline.recognize import FLAGS as PAGE_FLAGS

PIPELINE = Path(__file__).parents[1] / "pipeline"
TREES = {
    path.relative_to(PIPELINE).as_posix(): ast.parse(path.read_text(encoding="utf-8"))
    for path in PIPELINE.rglob("*.py")
    if path.name not in ("flags.py", "build.py")
}


def literals(node: ast.AST) -> Iterator[str]:
    """The strings that a value may hold: those that it is compared with are not among them."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value:
        yield node.value
    for child in ast.iter_child_nodes(node):
        if not isinstance(child, ast.Compare):
            yield from literals(child)


def flags_set(tree: ast.AST) -> Iterator[str]:
    """What a module hands on as flags: `flags=...`, `flags.append(...)`, the sixth value of a Finding."""
    for node in ast.walk(tree):
        match node:
            case ast.keyword(arg="flags", value=value):
                yield from literals(value)
            case ast.Assign(targets=[ast.Name(id="flags")], value=value):
                yield from literals(value)
            case ast.Call(func=ast.Attribute(value=ast.Name(id="flags"), attr="append"), args=[value]):
                yield from literals(value)
            case ast.Call(func=ast.Name(id="Finding"), args=[_, _, _, _, _, value, *_]):
                yield from literals(value)


def test_every_flag_that_the_code_sets_is_explained() -> None:
    found = {name: set(flags_set(tree)) for name, tree in TREES.items()}
    assert sum(map(len, found.values())) > 10
    assert {name: flags - set(FLAGS) for name, flags in found.items() if flags - set(FLAGS)} == {}


def test_every_flag_of_a_page_is_explained() -> None:
    assert set(PAGE_FLAGS) <= set(FLAGS)


def test_every_flag_that_is_explained_is_set_somewhere() -> None:
    written = {text for tree in TREES.values() for text in literals(tree)}
    assert set(FLAGS) <= written
    on_rows = {flag for tree in TREES.values() for flag in flags_set(tree)}
    assert set(FLAGS) & set(REVIEW_REASONS) <= on_rows | set(PAGE_FLAGS)


def test_every_reason_that_is_explained_is_given_somewhere() -> None:
    resolving = [tree for name, tree in TREES.items() if name.startswith("resolve/")]
    assert set(REVIEW_REASONS) <= {text for tree in resolving for text in literals(tree)}


def test_the_tables_hold_flags_and_reasons_of_the_closed_lists_alone(extracted: Path) -> None:
    seen = {"flags": set(), "review_reasons": set()}
    for name in TABLES:
        with (extracted / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                for column, known in seen.items():
                    known.update(row.get(column, "").split(";"))
    assert seen["flags"] - {""} <= set(FLAGS)
    assert seen["review_reasons"] - {""} <= set(REVIEW_REASONS)
    assert seen["flags"] & set(PAGE_FLAGS)
