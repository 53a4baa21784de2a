"""A set of words as a tree of letters with a number for each word, mapped into memory.

Nodes are numbered breadth first, so the children of a node stand side by side, in the order of their letters:
those of node `n` are `first[n]` to `first[n + 1]`. Node 0 is the empty beginning. Letters are Latin-1, which
has all that Swedish words are written with; a curly apostrophe counts as a straight one.

To look for many words at once, as a repair does, walk with `child` from `ROOT`: as long as it gives a node,
some word begins so.
"""

from array import array
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

ROOT = 0
NONE = -1  # no such node


@dataclass(frozen=True, slots=True)
class Trie:
    """`labels[n]` leads to node n, `values[n]` is the number of the word that ends there or 0."""

    labels: bytes
    first: memoryview
    values: memoryview

    def child(self, node: int, letter: str) -> int:
        """The node after one more letter, `NONE` where no word goes on so."""
        code = ord(letter)
        return self.labels.find(code, self.first[node], self.first[node + 1]) if code < 256 else NONE

    def node(self, prefix: str) -> int:
        """The node of a beginning, `NONE` where no word begins so."""
        try:
            letters = prefix.encode("latin-1")
        except UnicodeEncodeError:
            letters = prefix.replace("’", "'").encode("latin-1", "replace")
        first, find = self.first, self.labels.find
        node = ROOT
        for letter in letters:
            node = find(letter, first[node], first[node + 1])
            if node < 0:
                return NONE
        return node

    def value(self, word: str) -> int:
        """The number of a word, 0 where the tree lacks it."""
        node = self.node(word)
        return int(self.values[node]) if node > 0 else 0

    def beginnings(self, text: str) -> list[tuple[int, int]]:
        """Length and number of each word that the text begins with, shortest first."""
        node, found = ROOT, []
        first, find, values = self.first, self.labels.find, self.values
        for at, letter in enumerate(text.encode("latin-1", "replace"), 1):
            node = find(letter, first[node], first[node + 1])
            if node < 0:
                break
            if values[node]:
                found.append((at, values[node]))
        return found

    def near(self, word: str) -> list[int]:
        """The numbers of the words with one other letter, one more or one less, in no order."""
        letters = word.encode("latin-1", "replace")
        first = self.first
        node, found = ROOT, []
        for at in range(len(letters) + 1):
            found.append(self._end(node, letters, at + 1))
            for child in range(first[node], first[node + 1]):
                found.append(self._end(child, letters, at))
                if at < len(letters) and self.labels[child] != letters[at]:
                    found.append(self._end(child, letters, at + 1))
            if at < len(letters):
                node = self.labels.find(letters[at], first[node], first[node + 1])
                if node < 0:
                    break
        return [number for number in found if number]

    def _end(self, node: int, letters: bytes, at: int) -> int:
        """The number of the word that goes on from a node with the rest of the letters, or 0."""
        if at > len(letters):
            return 0
        first, find = self.first, self.labels.find
        for letter in letters[at:]:
            node = find(letter, first[node], first[node + 1])
            if node < 0:
                return 0
        return int(self.values[node])

    def words(self, prefix: str = "") -> Iterator[str]:
        """All words that begin so, in the order of code points."""
        start = self.node(prefix)
        stack = [(start, prefix)] if start >= 0 else []
        while stack:
            node, word = stack.pop()
            if self.values[node]:
                yield word
            children = range(self.first[node + 1] - 1, self.first[node] - 1, -1)
            stack += [(child, word + chr(self.labels[child])) for child in children]


def packed(numbers: Mapping[str, int], kind: str = "B") -> dict[str, "array[int]"]:
    """The arrays of the tree of some words, none of which is empty and none numbered 0.

    `kind` is the type of the numbers, as in `struct`.
    """
    words = sorted({word.replace("’", "'"): number for word, number in sorted(numbers.items())}.items())
    encoded = [word.encode("latin-1") for word, _ in words]
    labels, first, values = array("B", [0]), array("I"), array(kind, [0])
    level = [(0, len(encoded), 0)]
    while level:
        deeper = []
        for low, high, depth in level:
            first.append(len(labels))
            at = low + (depth > 0 and len(encoded[low]) == depth)
            while at < high:
                letter = encoded[at][depth]
                end = at + 1
                while end < high and encoded[end][depth] == letter:
                    end += 1
                labels.append(letter)
                values.append(words[at][1] if len(encoded[at]) == depth + 1 else 0)
                deeper.append((at, end, depth + 1))
                at = end
        level = deeper
    first.append(len(labels))
    return {"labels": labels, "first": first, "values": values}


def opened(sections: Mapping[str, memoryview]) -> Trie:
    """The tree whose arrays these are."""
    return Trie(bytes(sections["labels"]), sections["first"], sections["values"])
