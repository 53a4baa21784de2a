"""Text of a document made safe to look at."""

_PICTURES = {code: 0x2400 + code for code in range(32) if chr(code) not in "\t\n"} | {0x7F: 0x2421}


def visible(text: str) -> str:
    """Control characters as pictures of themselves (U+2400 and on), so that none can act on a terminal."""
    return text.translate(_PICTURES)
