"""Plain text in whatever encoding it was saved: to characters, and to pages."""

import codecs
import re
from pathlib import Path

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # begins like UTF-16, so it is asked for first
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CONTROLS = bytes(b for b in range(32) if b not in b"\t\n\x0b\x0c\r\x1b\x00") + b"\x7f"
_CONTROL = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f]")
_ESCAPED = re.compile("[\udc80-\udcff]")
_SEVERAL_BYTES = re.compile("[^\x00-\x7f\ud800-\udfff]")
_SAMPLE = 65_536


def decode(data: bytes) -> str:
    r"""The characters of a text file, with `\n` for every kind of line end and no control characters.

    Byte order marks are believed; else UTF-16 is known by its NULs, UTF-8 by its own rules, and the rest is
    Windows-1252, which Latin-1 text is part of. A stray byte in a UTF-8 text is read as Windows-1252.
    """
    text = _characters(data).replace("\r\n", "\n").replace("\r", "\n")
    return _CONTROL.sub("", text)


def is_text(head: bytes) -> bool:
    """Whether these first bytes of a file look like text and not like a program's data."""
    if head.startswith(tuple(mark for mark, _ in _BOMS)) or _utf16(head):
        return True
    if not head:
        return False
    strange = sum(head.count(bytes([control])) for control in _CONTROLS)
    return strange <= 1 + len(head) // 100 and head.count(b"\x00") <= 1 + len(head) // 10


def pages(path: Path) -> list[str]:
    """The pages of a text file, parted by form feeds; a form feed at the very end begins no page."""
    parts = decode(path.read_bytes()).split("\f")
    if len(parts) > 1 and not parts[-1].strip():
        parts.pop()
    return parts


def _characters(data: bytes) -> str:
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, errors="replace")
    if encoding := _utf16(data):
        return data.decode(encoding, errors="replace")
    escaped = data.decode("utf-8", errors="surrogateescape")
    stray = len(_ESCAPED.findall(escaped))
    if stray == 0:
        return escaped
    if stray > len(_SEVERAL_BYTES.findall(escaped)):
        return _windows(data)
    return _ESCAPED.sub(lambda match: _windows(bytes([ord(match[0]) - 0xDC00])), escaped)


def _utf16(data: bytes) -> str:
    """The kind of UTF-16 where there is no mark: Latin letters leave every other byte empty."""
    sample = data[: _SAMPLE - _SAMPLE % 2]
    if len(sample) < 4:
        return ""
    even, odd = sample[::2].count(0) / len(sample[::2]), sample[1::2].count(0) / len(sample[1::2])
    if odd > 0.4 and even < 0.05:
        return "utf-16-le"
    if even > 0.4 and odd < 0.05:
        return "utf-16-be"
    return ""


def _windows(data: bytes) -> str:
    """Windows-1252, where its five unused bytes are read as Latin-1 reads them."""
    text = data.decode("cp1252", errors="surrogateescape")
    return _ESCAPED.sub(lambda match: chr(ord(match[0]) - 0xDC00), text)
