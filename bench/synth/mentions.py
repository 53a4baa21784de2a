"""Slots for what a text gets wrong about a body, and for counters of a document."""

import random


def misspelt(rng: random.Random, name: str) -> str:
    """A name as another hand writes it: a word in another form, a letter doubled, left out or swapped."""
    words = name.split()
    at = max(range(len(words)), key=lambda place: len(words[place]))
    word = words[at]
    middle = rng.randint(1, max(1, len(word) - 3))
    changed = rng.choice([
        word[:middle] + word[middle] + word[middle:],
        word[:middle] + word[middle + 1 :],
        word[:middle] + word[middle + 1] + word[middle] + word[middle + 2 :],
    ])  # fmt: skip
    if changed == word:
        changed = word + "en"
    return " ".join([*words[:at], changed, *words[at + 1 :]])
