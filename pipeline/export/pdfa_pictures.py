"""Pictures and colour profiles of a PDF/A-2b (ISO 19005-2:2011, 6.2.4.2 and 6.2.8)."""

import struct
from collections.abc import Iterator

import pikepdf
from pikepdf import Array, Name, Object, Stream

_SPACES = {b"GRAY": 1, b"RGB ": 3, b"Lab ": 3, b"CMYK": 4}
_CLASSES = (b"scnr", b"mntr", b"prtr", b"spac")
_NEWEST = 4
_BITS = (1, 2, 4, 8, 16)
_FORBIDDEN = ("/Alternates", "/OPI")


def bad_picture(thing: Object) -> bool:
    """Whether an object is a picture with alternates, smoothing, or samples that readers needn't know."""
    if not isinstance(thing, Stream) or thing.get(Name.Subtype) != Name.Image:
        return False
    if any(key in thing for key in _FORBIDDEN) or bool(thing.get(Name.Interpolate, False)):
        return True
    value = thing.get(Name.Filter)
    filters = [str(one) for one in value] if isinstance(value, Array) else [str(value)]
    if filters[-1] == "/JPXDecode":
        return len(filters) > 1 or not _sound_jpx(thing.read_raw_bytes())
    return not thing.get(Name.ImageMask, False) and int(thing.get(Name.BitsPerComponent, 8)) not in _BITS


def bad_profile(thing: Object) -> bool:
    """Whether a stream is a colour profile that isn't whole, is too new, or of another number of colours."""
    if Name.N not in thing or Name.Type in thing or Name.FunctionType in thing:
        return False
    try:
        data = thing.read_bytes()
    except pikepdf.PdfError:
        return True
    if len(data) < 128 or data[36:40] != b"acsp" or data[8] > _NEWEST or data[12:16] not in _CLASSES:
        return True
    return _SPACES.get(data[16:20]) != int(thing.N)


def _sound_jpx(data: bytes) -> bool:
    """Whether JPEG 2000 data are of 1, 3 or 4 colours, one depth, and a known colour space (6.2.8.3)."""
    head, colours = b"", []
    for kind, content in _boxes(data):
        if kind == b"jp2h":
            for inner, value in _boxes(content):
                head = value if inner == b"ihdr" else head
                colours += [value] if inner == b"colr" else []
    if len(head) < 14 or len(colours) != 1 or not colours[0]:
        return False
    channels, depth = struct.unpack(">H", head[8:10])[0], head[10]
    method = colours[0][0]
    named = struct.unpack(">I", colours[0][3:7])[0] if method == 1 and len(colours[0]) >= 7 else 0
    return channels in (1, 3, 4) and depth != 255 and (depth & 0x7F) < 38 and method in (1, 2) and named != 19


def _boxes(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """The boxes of a JP2 file (ISO 15444-1, annex I); none of a bare code stream."""
    at = 0
    while at + 8 <= len(data):
        length, kind = struct.unpack(">I4s", data[at : at + 8])
        start = at + 8
        if length == 1 and at + 16 <= len(data):
            length, start = struct.unpack(">Q", data[at + 8 : at + 16])[0], at + 16
        end = at + length if length else len(data)
        if end < start or end > len(data):
            return
        yield kind, data[start:end]
        at = end
