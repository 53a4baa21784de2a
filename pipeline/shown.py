"""How a file's name is shown: it is data of its owner, may hold a personal number, and orders nothing."""

from pipeline.privacy import mask_text


def masked(path: str) -> str:
    """The path without personal numbers, also those between underscores; it keeps its length.

    >>> masked("akter/ek_19640823-3234.pdf")
    'akter/ek_19640823-****.pdf'
    """
    hidden = mask_text(path.replace("_", " "))
    return "".join("_" if was == "_" else now for was, now in zip(path, hidden, strict=True))


def plain(path: str) -> str:
    """The path masked, on one line, with what can't be printed as its escape."""
    shown = (ch if ch.isprintable() else ch.encode("unicode_escape").decode() for ch in masked(path))
    return "".join(shown)
