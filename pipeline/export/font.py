"""A font without ink: every character is half a type size wide and draws nothing.

Invisible text needs a font all the same, since readers of PDF take the place and the meaning of characters
from it. A character's code is its number in Unicode, all codes are shown by one glyph, and a table tells
readers which character a code is; that is how Tesseract does it, too. The glyph is a line from one corner of
its box to the other and back: nothing to fill, yet it has a box. Of a glyph without one, PDFium takes single
letters, and all words on a page that is turned, for nothing at all.

Clauses are of ISO 32000-1 and, for the checks that a PDF/A must pass, of ISO 19005-2.
"""

import struct
import zlib
from collections.abc import Iterator

from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream

WIDTH = 0.5
"""How far a character goes, in parts of the type size."""

NAME = "NamndGlyphless"
_EM = 1000
_ASCENT, _DESCENT = 800, -200
_EPOCH = 2_082_844_800  # TrueType counts seconds from 1904; a fixed date makes equal files
_GLYPH_WIDTH = int(WIDTH * _EM)
# One contour of two points, both on the curve, each told by its distance from the one before.
_GLYPH = struct.pack(">hhhhh", 1, 0, _DESCENT, _GLYPH_WIDTH, _ASCENT) + struct.pack(
    ">HHBBhhhh", 1, 0, 1, 1, 0, _GLYPH_WIDTH, _DESCENT, _ASCENT - _DESCENT
)


def embedded(pdf: Pdf) -> Object:
    """The font as an object of a PDF."""
    descriptor = Dictionary(
        Type=Name.FontDescriptor,
        FontName=Name("/" + NAME),
        Flags=5,  # of one width, with characters beyond Latin
        FontBBox=[0, _DESCENT, _GLYPH_WIDTH, _ASCENT],
        ItalicAngle=0,
        Ascent=_ASCENT,
        Descent=_DESCENT,
        CapHeight=_ASCENT,
        StemV=80,
        FontFile2=_packed(pdf, truetype(), Length1=len(truetype())),
    )
    cid_font = Dictionary(
        Type=Name.Font,
        Subtype=Name.CIDFontType2,
        BaseFont=Name("/" + NAME),
        CIDSystemInfo=Dictionary(Registry=b"Adobe", Ordering=b"Identity", Supplement=0),
        FontDescriptor=pdf.make_indirect(descriptor),
        DW=_GLYPH_WIDTH,
        # Never glyph 0, which is for characters that a font lacks (19005-2, 6.2.11.8).
        CIDToGIDMap=_packed(pdf, b"\0\0" + b"\0\1" * 0xFFFF),
    )
    return pdf.make_indirect(
        Dictionary(
            Type=Name.Font,
            Subtype=Name.Type0,
            BaseFont=Name("/" + NAME),
            Encoding=Name("/Identity-H"),
            DescendantFonts=Array([pdf.make_indirect(cid_font)]),
            ToUnicode=_packed(pdf, to_unicode()),
        )
    )


def encoded(text: str) -> str:
    """A text as a hexadecimal string of a content stream; what the font can't say becomes U+FFFD."""
    known = "".join(char if 0 < ord(char) <= 0xFFFD and not _lone(char) else "\ufffd" for char in text)
    return f"<{known.encode('utf-16-be').hex().upper()}>"


def truetype() -> bytes:
    """The font file, with the tables that a PDF asks for (32000-1, 9.9)."""
    head = struct.pack(
        ">IIIIHHqqhhhhHHhhh",
        *(0x00010000, 0x00010000, 0, 0x5F0F3CF5, 0x000B, _EM, _EPOCH, _EPOCH),
        *(0, _DESCENT, _GLYPH_WIDTH, _ASCENT, 0, 8, 2, 0, 0),
    )
    hhea = struct.pack(
        ">IhhhHhhhhhhhhhhhH",
        *(0x00010000, _ASCENT, _DESCENT, 0, _GLYPH_WIDTH, 0, 0, _GLYPH_WIDTH, 1, 0, 0, 0, 0, 0, 0, 0, 2),
    )
    maxp = struct.pack(">IHHHHHHHHHHHHHH", 0x00010000, 2, 2, 1, 0, 0, 1, *[0] * 8)
    tables = {
        b"cmap": struct.pack(">HHHHI", 0, 1, 3, 0, 12) + struct.pack(">12H", *_NO_CHARACTERS),
        b"glyf": _GLYPH,
        b"head": head,
        b"hhea": hhea,
        b"hmtx": struct.pack(">HhHh", _GLYPH_WIDTH, 0, _GLYPH_WIDTH, 0),
        b"loca": struct.pack(">HHH", 0, 0, len(_GLYPH) // 2),  # nothing, then the glyph
        b"maxp": maxp,
    }
    data = _file(tables)
    adjustment = (0xB1B0AFBA - _sum(data)) & 0xFFFFFFFF
    at = data.index(head) + 8
    return data[:at] + struct.pack(">I", adjustment) + data[at + 4 :]


# A table of no characters: format 4 with the one segment that must end it.
_NO_CHARACTERS = (4, 24, 0, 2, 2, 0, 0, 0xFFFF, 0, 0xFFFF, 1, 0)


def _file(tables: dict[bytes, bytes]) -> bytes:
    count = len(tables)
    power = count.bit_length() - 1
    start = struct.pack(">IHHHH", 0x00010000, count, 16 << power, power, count * 16 - (16 << power))
    at = len(start) + 16 * count
    directory, body = b"", b""
    for tag, data in tables.items():
        directory += struct.pack(">4sIII", tag, _sum(data), at + len(body), len(data))
        body += data + b"\0" * (-len(data) % 4)
    return start + directory + body


def _sum(data: bytes) -> int:
    padded = data + b"\0" * (-len(data) % 4)
    numbers: tuple[int, ...] = struct.unpack(f">{len(padded) // 4}I", padded)
    return sum(numbers) & 0xFFFFFFFF


def to_unicode() -> bytes:
    """The table from codes to characters: each is its own, over the basic plane (32000-1, 9.10.3)."""
    ranges = list(_ranges())
    lines = [
        "/CIDInit /ProcSet findresource begin",
        "12 dict begin",
        "begincmap",
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def",
        "/CMapName /Adobe-Identity-UCS def",
        "/CMapType 2 def",
        "1 begincodespacerange",
        "<0000> <FFFF>",
        "endcodespacerange",
    ]
    for start in range(0, len(ranges), 100):  # no more than a hundred at a time
        part = ranges[start : start + 100]
        lines += [f"{len(part)} beginbfrange", *part, "endbfrange"]
    lines += ["endcmap", "CMapName currentdict /CMap defineresource pop", "end", "end"]
    return "\n".join(lines).encode("ascii")


def _ranges() -> Iterator[str]:
    """One range for each first byte, since only the last may count up; no halves of pairs, no byte order."""
    for high in range(256):
        if not 0xD8 <= high <= 0xDF:
            first, last = (1 if high == 0 else 0), {0xFE: 0xFE, 0xFF: 0xFD}.get(high, 0xFF)
            yield f"<{high:02X}{first:02X}> <{high:02X}{last:02X}> <{high:02X}{first:02X}>"


def _lone(char: str) -> bool:
    """Half of a pair, or the mark of byte order: codes that stand for no character."""
    return "\ud800" <= char <= "\udfff" or char == "\ufeff"


def _packed(pdf: Pdf, data: bytes, **entries: int) -> Stream:
    return Stream(pdf, zlib.compress(data, 9), Filter=Name.FlateDecode, **entries)
