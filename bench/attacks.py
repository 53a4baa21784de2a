"""Files of our own that mean harm: each takes a parser somewhere that it should come back from.

`FILES` has them by name, each a function that makes the bytes. Small on disk, all of them.
"""

import io
import struct
import zlib
from collections.abc import Callable, Sequence

from PIL import Image

HUGE = 2**31 - 1
HELLO = b"BT /F1 12 Tf 72 700 Td (Norrviks kommun, Kvastefjordslund 640823-3234, KFN-2021-7) Tj ET"
_FONT = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
_MEGABYTE = 1 << 20


def pdf(contents: bytes = b"", page: bytes = b"", more: Sequence[bytes] = (), catalog: bytes = b"") -> bytes:
    """A PDF of one page. Object 4 is its contents, 5 a font, those in `more` begin at 6."""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R %b >>" % catalog,
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R %b /Contents 4 0 R >>"
        % (page or b"/MediaBox [0 0 595 842] /Resources << /Font << /F1 5 0 R >> >>"),
        contents or stream(HELLO),
        _FONT,
        *more,
    ]
    return assembled(objects)


def assembled(objects: Sequence[bytes], trailer: bytes = b"") -> bytes:
    """Objects, numbered from 1, with a table of where they are."""
    data, places = bytearray(b"%PDF-1.7\n"), []
    for number, body in enumerate(objects, start=1):
        places.append(len(data))
        data += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    begin = len(data)
    data += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    data += b"".join(b"%010d 00000 n \n" % place for place in places)
    data += b"trailer\n<< /Size %d /Root 1 0 R %b >>\n" % (len(objects) + 1, trailer)
    return bytes(data + b"startxref\n%d\n%%%%EOF\n" % begin)


def stream(data: bytes, entries: bytes = b"") -> bytes:
    return b"<< /Length %d %b >>\nstream\n%b\nendstream" % (len(data), entries, data)


def packed(data: bytes, entries: bytes = b"") -> bytes:
    return stream(zlib.compress(data), b"/Filter /FlateDecode " + entries)


def zeros(megabytes: int, byte: bytes = b" ") -> bytes:
    """So much of one byte, deflated."""
    packer = zlib.compressobj(6)
    block = byte * _MEGABYTE
    return b"".join([*(packer.compress(block) for _ in range(megabytes)), packer.flush()])


def bomb(megabytes: int = 600) -> bytes:
    """Contents that unpack to so much."""
    return pdf(stream(zeros(megabytes), b"/Filter /FlateDecode"))


def bomb_in_a_bomb(megabytes: int = 600) -> bytes:
    """The same, packed twice: a few hundred bytes."""
    return pdf(stream(zlib.compress(zeros(megabytes)), b"/Filter [/FlateDecode /FlateDecode]"))


def nested(depth: int = 200_000, begin: bytes = b"[", end: bytes = b"]") -> bytes:
    """An object within objects within objects, beside a page that is sound."""
    return pdf(more=[begin * depth + end * depth])


def nested_in_a_stream(depth: int = 50_000) -> bytes:
    """The same, within a packed stream of objects."""
    body = b"9 0 " + b"[" * depth + b"]" * depth
    return pdf(more=[packed(body, b"/Type /ObjStm /N 1 /First 4 ")])


def crowded(objects: int = 300_000) -> bytes:
    """So many objects that nobody asks for."""
    return pdf(more=[b"0"] * objects)


def crowded_stream(objects: int = 200_000) -> bytes:
    """The same within a packed stream: a few kilobytes."""
    head = b"".join(b"%d %d " % (number + 10, 2 * number) for number in range(objects))
    return pdf(
        more=[packed(head + b"0 " * objects, b"/Type /ObjStm /N %d /First %d " % (objects, len(head)))]
    )


def forms(width: int = 10, depth: int = 20) -> bytes:
    """Forms that each draw the next one many times over."""
    more = []
    for level in range(depth):
        after = b"/Resources << /XObject << /X %d 0 R >> /Font << /F1 5 0 R >> >>" % (7 + level)
        entries = b"/Type /XObject /Subtype /Form /BBox [0 0 595 842] " + after
        more.append(stream(b"/X Do " * width if level < depth - 1 else HELLO, entries))
    page = b"/MediaBox [0 0 595 842] /Resources << /XObject << /X 6 0 R >> >>"
    return pdf(stream(b"/X Do"), page, more)


def form_in_itself() -> bytes:
    own = b"/Type /XObject /Subtype /Form /BBox [0 0 595 842] /Resources << /XObject << /X 6 0 R >> >>"
    page = b"/MediaBox [0 0 595 842] /Resources << /XObject << /X 6 0 R >> >>"
    return pdf(stream(b"/X Do"), page, [stream(b"/X Do /X Do", own)])


def pages_in_a_circle() -> bytes:
    return assembled(
        [b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 9 >>"]
    )


def pages_far_down(depth: int = 20_000) -> bytes:
    """A page below so many folders of pages."""
    levels = [b"<< /Type /Pages /Kids [%d 0 R] /Count 1 >>" % (number + 3) for number in range(depth)]
    return assembled(
        [b"<< /Type /Catalog /Pages 2 0 R >>", *levels, b"<< /Type /Page /MediaBox [0 0 9 9] >>"]
    )


def pages_said() -> bytes:
    """A count of pages that isn't true."""
    return pdf().replace(b"/Count 1", b"/Count %d" % HUGE)


def wide_paper() -> bytes:
    return pdf(page=b"/MediaBox [0 0 %d %d] /UserUnit 75000" % (HUGE, HUGE))


def annotated(number: int = 5_000) -> bytes:
    """So many notes on one page, each with an appearance to be drawn."""
    note = b"<< /Type /Annot /Subtype /FreeText /Rect [9 9 99 99] /Contents (x) /AP << /N 6 0 R >> >>"
    look = stream(HELLO, b"/Type /XObject /Subtype /Form /BBox [0 0 90 90]")
    listed = b" ".join(b"%d 0 R" % (7 + index) for index in range(number))
    return pdf(page=b"/MediaBox [0 0 595 842] /Annots [%b]" % listed, more=[look, *[note] * number])


def large_picture(side: int = 60_000) -> bytes:
    """A picture of so many dots each way, nearly all of which aren't there."""
    entries = (
        b"/Type /XObject /Subtype /Image /BitsPerComponent 8 /ColorSpace /DeviceRGB /Width %d /Height %d "
    )
    picture = packed(b"\xff" * 1000, entries % (side, side))
    page = b"/MediaBox [0 0 595 842] /Resources << /XObject << /X 6 0 R >> >>"
    return pdf(stream(b"595 0 0 842 0 0 cm /X Do"), page, [picture])


def large_inline() -> bytes:
    inside = b"BI /W 60000 /H 60000 /BPC 8 /CS /RGB /F /Fl ID %b EI" % zlib.compress(b"\xff" * 1000)
    return pdf(stream(b"595 0 0 842 0 0 cm " + inside))


def font_bomb(megabytes: int = 600) -> bytes:
    """A table of letters that unpacks to so much."""
    font = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /ToUnicode 6 0 R >>"
    return pdf(more=[stream(zeros(megabytes), b"/Filter /FlateDecode")]).replace(_FONT, font)


def states(number: int = 3_000_000) -> bytes:
    """Drawing states opened and never closed."""
    return pdf(packed(b"q " * number + HELLO))


def table_in_a_circle() -> bytes:
    """A table of objects that names itself as the one before it."""
    plain = pdf()
    begin = plain.rindex(b"xref\n0 ")
    return plain.replace(b"/Root 1 0 R", b"/Root 1 0 R /Prev %d" % begin)


def table_said() -> bytes:
    """A packed table of objects that says it is endless."""
    table = packed(b"\x01\x00\x00\x00" * 10, b"/Type /XRef /Size %d /W [1 2 1] /Root 1 0 R " % HUGE)
    plain = pdf()
    begin = plain.rindex(b"xref\n0 ")
    return plain[:begin] + b"99 0 obj\n%b\nendobj\nstartxref\n%d\n%%%%EOF\n" % (table, begin)


def calling() -> bytes:
    """Whatever a PDF may ask a reader to start, fetch or send when it is opened."""
    web = b"http://127.0.0.1:9/"
    more = [
        b"<< /S /Launch /F (/bin/touch) /Win << /F (cmd.exe) /P (/c calc) >> /Next 7 0 R >>",
        b"<< /S /URI /URI (%b) /Next 8 0 R >>" % web,
        b"<< /S /JavaScript /JS (app.launchURL\\('%b'\\); this.submitForm\\('%b'\\)) /Next 9 0 R >>"
        % (web, web),
        b"<< /S /SubmitForm /F << /FS /URL /F (%b) >> /Next 10 0 R >>" % web,
        b"<< /S /GoToR /F (/etc/passwd) /D [0 /Fit] >>",
        b"<< /Type /Filespec /F (a.exe) /EF << /F 12 0 R >> >>",
        stream(b"MZ", b"/Type /EmbeddedFile"),
    ]
    names = b"/OpenAction 6 0 R /AA << /WC 8 0 R >> /Names << /EmbeddedFiles << /Names [(a) 11 0 R] >> >>"
    page = b"/MediaBox [0 0 595 842] /AA << /O 6 0 R >> /Resources << /Font << /F1 5 0 R >> >>"
    elsewhere = b"<< /Length 0 /F << /FS /URL /F (%b) >> /FFilter /FlateDecode >>\nstream\n\nendstream" % web
    return pdf(elsewhere, page, more, names)


def tiff_in_a_circle() -> bytes:
    """A TIFF whose second frame is followed by its first."""
    data = bytearray(tiff(2))
    second = struct.unpack_from("<I", data, 8 + 2 + 12 * 8)[0]
    struct.pack_into("<I", data, second + 2 + 12 * 8, 8)
    return bytes(data)


def tiff(frames: int = 20_000, width: int = 8, height: int = 8) -> bytes:
    """So many frames that share one strip of white."""
    data = bytearray(b"II*\0" + struct.pack("<I", 8))
    size = 2 + 12 * 8 + 4
    strip = 8 + size * frames
    tags = ((256, width), (257, height), (258, 1), (259, 1), (262, 1), (273, strip), (278, height), (279, 8))
    for frame in range(frames):
        after = 8 + size * (frame + 1) if frame < frames - 1 else 0
        data += struct.pack("<H", 8)
        data += b"".join(struct.pack("<HHII", tag, 4, 1, value) for tag, value in tags)
        data += struct.pack("<I", after)
    return bytes(data + b"\xff" * 8)


def png(width: int = 50_000, height: int = 50_000, note: bytes = b"") -> bytes:
    """A PNG that says it is so large, with so little in it."""
    parts = [(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))]
    parts += [(b"zTXt", b"Comment\0\0" + note)] if note else []
    parts += [(b"IDAT", zlib.compress(bytes(1000))), (b"IEND", b"")]
    made = (struct.pack(">I", len(d)) + k + d + struct.pack(">I", zlib.crc32(k + d)) for k, d in parts)
    return b"\x89PNG\r\n\x1a\n" + b"".join(made)


def jpeg() -> bytes:
    """A small picture that says it is as large as they come."""
    data = io.BytesIO()
    Image.new("L", (16, 16), 255).save(data, "JPEG")
    frame = data.getvalue().index(b"\xff\xc0")
    return data.getvalue()[: frame + 5] + b"\xff\xff\xff\xff" + data.getvalue()[frame + 9 :]


COSTLY = ("forms.pdf", "form in itself.pdf")
"""Those that take all the time or memory there is: one of each is enough."""

FILES: dict[str, Callable[[], bytes]] = {
    "bomb.pdf": bomb,
    "bomb in a bomb.pdf": bomb_in_a_bomb,
    "font bomb.pdf": font_bomb,
    "nested arrays.pdf": nested,
    "nested dictionaries.pdf": lambda: nested(100_000, b"<< /A ", b" >>"),
    "nested unclosed.pdf": lambda: nested(500_000, b"[", b""),
    "nested in a stream.pdf": nested_in_a_stream,
    "crowded.pdf": crowded,
    "crowded stream.pdf": crowded_stream,
    "forms.pdf": forms,
    "form in itself.pdf": form_in_itself,
    "pages in a circle.pdf": pages_in_a_circle,
    "pages far down.pdf": pages_far_down,
    "pages said.pdf": pages_said,
    "wide paper.pdf": wide_paper,
    "annotated.pdf": annotated,
    "large picture.pdf": large_picture,
    "large inline.pdf": large_inline,
    "states.pdf": states,
    "table in a circle.pdf": table_in_a_circle,
    "table said.pdf": table_said,
    "calling.pdf": calling,
    "circle.tif": tiff_in_a_circle,
    "frames.tif": tiff,
    "large.tif": lambda: tiff(1, 400_000, 400_000),
    "large.png": png,
    "noted.png": lambda: png(20, 20, zeros(200)),
    "large.jpg": jpeg,
    "line.txt": lambda: b"Norrviks kommun " * 20_000,
    "nul.txt": lambda: b"\0" * 1_000_000,
    "half nul.txt": lambda: b"ab\0" * 100_000,
    "pages.txt": lambda: b"\f" * 20_000,
    "lines.txt": lambda: b"\n" * 100_000,
    "tabs.txt": lambda: b"1\t" * 50_000,
    "open.txt": lambda: b"(" * 200_000,
    "digits.txt": lambda: b"640823-" * 5_000,
    "stacked.txt": ("a" + "\N{COMBINING RING ABOVE}" * 100_000).encode,
}
