"""Texts from grammars: weighted, nested alternatives in plain files.

    [rule]            a rule; each line below it is an alternative, `3| text` one of weight three
    <rule>            one of its alternatives;  `@name` within it is the variable's value: <clause.@plan>
    <a|b|c>           one of these;  <?text> is there half of the time
    {slot a b}        a fact or a filler, made by the caller
    ¶  ↵              a new block, a new line

A fifth of the alternatives of a long rule are kept out of the half `develop`, so that the half `measure` has
wordings as well as layouts that nobody worked on.
"""

import hashlib
import random
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent / "grammars"
KEPT_BACK = 5  # one alternative in so many is for the measuring half alone
LONG = 5  # in rules with at least so many

Alternatives = tuple[tuple[float, str], ...]


@cache
def rules() -> Mapping[str, Alternatives]:
    """All rules of the folder by name."""
    found: dict[str, list[tuple[float, str]]] = {}
    for path in sorted(FOLDER.glob("*.txt")):
        name = ""
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.startswith("[") and line.endswith("]"):
                name = line[1:-1]
                if name in found:
                    raise ValueError(f"{path.name}: rule {name} stands twice")
                found[name] = []
            elif line.strip() and not line.startswith("#!"):
                weight, bar, text = line.partition("| ")
                plain = not (bar and weight.isdigit())
                found[name].append((1.0, line) if plain else (float(weight), text))
    return {name: tuple(alternatives) for name, alternatives in found.items()}


def in_half(text: str, half: str) -> bool:
    """Whether an alternative may be drawn in a half."""
    digest = hashlib.sha256(text.encode()).digest()
    return half == "measure" or digest[0] % KEPT_BACK != 0


@cache
def alternatives(name: str, half: str) -> Alternatives:
    """The alternatives of a rule that a half may draw from. An unknown rule is a KeyError."""
    every = rules()[name]
    kept = tuple(one for one in every if in_half(one[1], half))
    return kept if len(every) >= LONG and kept else every


@dataclass(frozen=True, slots=True)
class Expander:
    """Expands texts with one document's draws, half, variables and slots."""

    rng: random.Random
    half: str
    variables: Mapping[str, str]
    slot: Callable[[str], str]

    def rule(self, name: str) -> str:
        """One alternative of a rule, expanded; the empty alternative is written `-`."""
        chosen = alternatives(name, self.half)
        (text,) = self.rng.choices([text for _, text in chosen], [weight for weight, _ in chosen])
        return "" if text == "-" else self.text(text)

    def text(self, text: str) -> str:
        """A text with everything in it expanded, from left to right."""
        return "".join(self._piece(kind, piece) for kind, piece in pieces(text))

    def _piece(self, kind: str, piece: str) -> str:
        if kind == "slot":
            return self.slot(piece)
        if kind == "text":
            return piece
        if piece.startswith("?"):
            return self.text(piece[1:]) if self.rng.random() < 0.5 else ""
        options = list(split(piece))
        if len(options) > 1:
            return self.text(self.rng.choice(options))
        return self.rule(self.named(piece))

    def named(self, name: str) -> str:
        """A rule's name with its variables filled in; a part that no rule has falls away."""
        parts = [self.variables[part[1:]] if part.startswith("@") else part for part in name.split(".")]
        while len(parts) > 1 and ".".join(parts) not in rules():
            parts.pop()
        return ".".join(parts)


def pieces(text: str) -> Iterator[tuple[str, str]]:
    """Plain text, slots and choices in order."""
    at = 0
    while at < len(text):
        char = text[at]
        if char == "{":
            end = text.index("}", at)
            yield "slot", text[at + 1 : end]
            at = end + 1
        elif char == "<":
            end = _closing(text, at)
            yield "choice", text[at + 1 : end]
            at = end + 1
        else:
            end = min((place for place in (text.find("{", at), text.find("<", at)) if place >= 0), default=-1)
            end = len(text) if end < 0 else end
            yield "text", text[at:end]
            at = end


def _closing(text: str, start: int) -> int:
    depth = 0
    for at in range(start, len(text)):
        depth += {"<": 1, ">": -1}.get(text[at], 0)
        if depth == 0:
            return at
    raise ValueError(f"no closing >: {text}")


def split(text: str) -> Iterator[str]:
    """The options of a choice, at the bars that stand outside other choices."""
    depth, start = 0, 0
    for at, char in enumerate(text):
        depth += {"<": 1, ">": -1}.get(char, 0)
        if char == "|" and depth == 0:
            yield text[start:at]
            start = at + 1
    yield text[start:]
