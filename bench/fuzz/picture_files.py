"""Small PNG, JPEG and TIFF files, and ways to break their headers: seeds and mutations for pictures."""

import io
import random
import struct
import zlib
from collections.abc import Iterator

import numpy as np
from PIL import Image

_PNG = b"\x89PNG\r\n\x1a\n"
_NUMBERS = (0, 1, 2, 3, 7, 8, 16, 32, 255, 256, 65_535, 65_536, 2**24, 2**31 - 1, 2**31, 2**32 - 1)
_TYPES = (0, 1, 2, 3, 4, 5, 7, 11, 12, 13, 99)  # of TIFF values
_TAGS = (254, 256, 257, 258, 259, 262, 266, 273, 274, 277, 278, 279, 282, 283, 284, 296, 317, 322, 324, 347)


def seeds() -> Iterator[bytes]:
    """Each format in its modes, compressions and depths, with resolution, turn and transparency."""
    grey = _page()
    colour = grey.convert("RGB")
    for mode in ("1", "L", "LA", "P", "RGB", "RGBA", "I;16"):
        yield _saved(grey.convert(mode), "PNG", dpi=(150, 150))
    yield _saved(grey.convert("P"), "PNG", transparency=3)
    turned = Image.Exif()
    turned[0x0112] = 6
    yield _saved(grey, "JPEG", dpi=(150, 150), exif=turned)
    yield _saved(colour, "JPEG", progressive=True)
    yield _saved(colour.convert("CMYK"), "JPEG", quality=30)
    for mode, packing in (
        ("1", "group4"), ("1", "group3"), ("1", "packbits"), ("L", "tiff_lzw"), ("L", None), ("RGB", "jpeg"),
        ("RGB", "tiff_adobe_deflate"), ("I;16", None), ("F", None), ("CMYK", "tiff_lzw"), ("P", "packbits"),
    ):  # fmt: skip
        yield _saved(grey.convert(mode), "TIFF", compression=packing, dpi=(204, 98))
    more = [grey.convert("1"), grey.convert("1").rotate(90, expand=True)]
    yield _saved(more[0], "TIFF", save_all=True, append_images=more, compression="group4")


def mutated(data: bytes, rng: random.Random) -> bytes:
    """The file with a few changes, most of them such that its parts still hang together."""
    for _ in range(rng.choice((1, 1, 2, 3, 6))):
        kind = rng.random()
        if kind < 0.2 or len(data) < 16:
            data = bytes_changed(data, rng)
        elif data.startswith(_PNG):
            data = _png(data, rng)
        elif data.startswith(b"\xff\xd8"):
            data = _jpeg(data, rng)
        else:
            data = _tiff(data, rng)
    return data


def bytes_changed(data: bytes, rng: random.Random) -> bytes:
    """Any file with bytes changed, left out, put in or cut off."""
    new = bytearray(data)
    at = rng.randrange(len(new) + 1)
    match rng.randrange(5):
        case 0:
            new[at : at + 1] = rng.randbytes(1)
        case 1:
            new[at : at + rng.choice((1, 2, 4, 16))] = b""
        case 2:
            new[at:at] = rng.randbytes(rng.choice((1, 2, 4, 16)))
        case 3:
            new[at : at + 4] = struct.pack(rng.choice("<>") + "I", rng.choice(_NUMBERS))
        case _:
            del new[at:]
    return bytes(new)


def _page() -> Image.Image:
    """A few lines on grey paper."""
    pixels = np.full((90, 64), 230, np.uint8)
    pixels[10:80:9, 6:56] = 30
    pixels[10:80:9, 20:24] = 200
    pixels[:, 60] = np.arange(90)
    return Image.fromarray(pixels)


def _saved(image: Image.Image, kind: str, **how: object) -> bytes:
    file = io.BytesIO()
    image.save(file, kind, **how)
    return file.getvalue()


def _png(data: bytes, rng: random.Random) -> bytes:
    """A chunk changed, doubled, moved or left out, with a sum that fits."""
    chunks = []
    at = len(_PNG)
    while at + 8 <= len(data):
        length = int.from_bytes(data[at : at + 4], "big")
        chunks.append((data[at + 4 : at + 8], data[at + 8 : at + 8 + length]))
        at += 12 + length
    if not chunks:
        return bytes_changed(data, rng)
    which = rng.randrange(len(chunks))
    name, body = chunks[which]
    match rng.randrange(6):
        case 0:
            chunks.insert(rng.randrange(len(chunks) + 1), chunks[which])
        case 1:
            del chunks[which]
        case 2:
            chunks.insert(rng.randrange(len(chunks)), chunks.pop(which))
        case 3 if name == b"IDAT":
            chunks[which] = name, zlib.compress(rng.randbytes(rng.choice((0, 5, 4000))))
        case 4:
            new = rng.choice(
                (b"IHDR", b"PLTE", b"tRNS", b"pHYs", b"IEND", b"iTXt", b"eXIf", b"acTL", b"iCCP")
            )
            chunks[which] = new, body
        case _:
            chunks[which] = name, bytes_changed(body, rng)
    return _PNG + b"".join(
        struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
        for name, body in chunks
    )


def _jpeg(data: bytes, rng: random.Random) -> bytes:
    """A segment of the header changed, doubled or left out, with a length that fits."""
    segments = []
    at = 2
    while at + 4 <= len(data) and data[at] == 0xFF and data[at + 1] != 0xDA:
        length = int.from_bytes(data[at + 2 : at + 4], "big")
        segments.append((data[at + 1], data[at + 4 : at + 2 + length]))
        at += 2 + length
    if not segments:
        return bytes_changed(data, rng)
    which = rng.randrange(len(segments))
    mark, body = segments[which]
    match rng.randrange(4):
        case 0:
            segments.insert(rng.randrange(len(segments)), segments[which])
        case 1:
            del segments[which]
        case 2:
            segments[which] = rng.choice((0xC0, 0xC2, 0xC4, 0xDB, 0xDD, 0xE0, 0xE1, 0xED, 0xEE, 0xFE)), body
        case _:
            segments[which] = mark, bytes_changed(body, rng)
    head = b"".join(
        bytes((0xFF, mark)) + struct.pack(">H", min(65_535, len(body) + 2)) + body for mark, body in segments
    )
    return data[:2] + head + data[at:]


def _tiff(data: bytes, rng: random.Random) -> bytes:
    """An entry of a directory with another tag, type, count or value."""
    order = ">" if data.startswith(b"MM") else "<"
    new = bytearray(data)
    (at,) = struct.unpack_from(order + "I", data, 4)
    if at + 2 > len(data):
        return bytes_changed(data, rng)
    (entries,) = struct.unpack_from(order + "H", data, at)
    entries = min(entries, (len(data) - at - 6) // 12)
    if entries < 1:
        return bytes_changed(data, rng)
    if rng.random() < 0.1:  # where the next directory lies: this one, or nowhere
        struct.pack_into(order + "I", new, at + 2 + 12 * entries, rng.choice((at, *_NUMBERS)))
        return bytes(new)
    entry = at + 2 + 12 * rng.randrange(entries)
    match rng.randrange(4):
        case 0:
            struct.pack_into(order + "H", new, entry, rng.choice(_TAGS))
        case 1:
            struct.pack_into(order + "H", new, entry + 2, rng.choice(_TYPES))
        case 2:
            struct.pack_into(order + "I", new, entry + 4, rng.choice(_NUMBERS))
        case _:
            struct.pack_into(order + "I", new, entry + 8, rng.choice((*_NUMBERS, at, len(data) - 8)))
    return bytes(new)
