"""A PDF of a picture file: each frame a page of the size that its resolution says, its pixels kept.

A JPEG is taken as it is. Black and white goes by the code of fax machines (CCITT group 4), all else as PNG
does it; neither loses anything. What a PDF can't hold as it is, colour spaces of television and numbers
with a point, is converted first, and a picture that can be seen through is laid on white paper, as it was for
reading. A frame that a camera's note says is turned or mirrored is drawn so. Clauses are of ISO 32000-1.
"""

import io
import struct
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
from pikepdf import Array, Dictionary, Name, Object, Page, Pdf, Stream, String
from PIL import Image, ImageCms

from pipeline import __version__
from pipeline.read import images

_SPACES = {"L": Name.DeviceGray, "I;16": Name.DeviceGray, "RGB": Name.DeviceRGB, "CMYK": Name.DeviceCMYK}
_CHANNELS = {"L": 1, "I;16": 1, "RGB": 3, "CMYK": 4, "P": 1}
_BITS = {"I;16": 16}
_PROFILES = {"L": "GRAY", "RGB": "RGB ", "CMYK": "CMYK"}
_ORIENTATION = 0x0112
_PHOTOMETRIC, _STRIP, _ROWS_PER_STRIP, _STRIP_BYTES = 262, 273, 278, 279
# Where the picture's unit square goes for each note of a camera (Exif 2.3, tag 274).
_TURNS = {
    1: (1, 0, 0, 1, 0, 0),
    2: (-1, 0, 0, 1, 1, 0),
    3: (-1, 0, 0, -1, 1, 1),
    4: (1, 0, 0, -1, 0, 1),
    5: (0, -1, -1, 0, 1, 1),
    6: (0, -1, 1, 0, 0, 1),
    7: (0, 1, 1, 0, 0, 0),
    8: (0, 1, -1, 0, 1, 0),
}


@contextmanager
def document(path: Path) -> Iterator[Pdf]:
    """The picture file as a PDF. Raises Corrupt and TooLarge, as the reader does."""
    with Pdf.new() as pdf:
        with images.opened(path) as image:
            for number in range(int(getattr(image, "n_frames", 1))):
                image.seek(number)
                passed = _jpeg(pdf, path, image) if image.format in ("JPEG", "MPO") and not number else None
                _add_page(pdf, image, _lossless(pdf, image) if passed is None else passed)
        pdf.docinfo[Name.Producer] = String(f"namnd {__version__}")
        yield pdf


def _add_page(pdf: Pdf, image: Image.Image, drawn: Object) -> None:
    orientation = image.getexif().get(_ORIENTATION, 1)
    turn = _TURNS.get(orientation, _TURNS[1])
    dpi = images.resolution(image)
    wide, high = (72 * side / dots for side, dots in zip(image.size, dpi, strict=True))
    if orientation in (5, 6, 7, 8):
        wide, high = high, wide
    a, b, c, d, e, f = turn
    matrix = " ".join(f"{v:.4f}" for v in (a * wide, b * high, c * wide, d * high, e * wide, f * high))
    page = Dictionary(
        Type=Name.Page,
        MediaBox=[0, 0, round(wide, 4), round(high, 4)],
        Resources=Dictionary(XObject=Dictionary(Scan=drawn)),
        Contents=pdf.make_indirect(Stream(pdf, f"q {matrix} cm /Scan Do Q\n".encode())),
    )
    pdf.pages.append(Page(pdf.make_indirect(page)))


def _jpeg(pdf: Pdf, path: Path, image: Image.Image) -> Object | None:
    """The file's own bytes (7.4.8); None for what a PDF reader may take otherwise."""
    if image.mode not in ("L", "RGB", "CMYK"):
        return None
    entries = Dictionary(Filter=Name.DCTDecode)
    if image.mode == "CMYK" and "adobe" in image.info:
        entries.Decode = [1, 0] * 4  # Photoshop writes them inverted
    return _drawn(pdf, image, path.read_bytes(), entries, image.mode)


def _lossless(pdf: Pdf, image: Image.Image) -> Object:
    image = _plain(image)
    if image.mode == "1":
        return _drawn(pdf, image, *_fax(image), "1")
    if image.mode == "CMYK":
        return _drawn(
            pdf, image, zlib.compress(image.tobytes(), 9), Dictionary(Filter=Name.FlateDecode), "CMYK"
        )
    data = _png(image)
    bits = data[24]
    columns = Dictionary(
        Predictor=15, Colors=_CHANNELS[image.mode], BitsPerComponent=bits, Columns=image.width
    )
    entries = Dictionary(Filter=Name.FlateDecode, DecodeParms=columns, BitsPerComponent=bits)
    if image.mode == "P":
        palette = _chunk(data, b"PLTE")
        entries.ColorSpace = Array([Name.Indexed, Name.DeviceRGB, len(palette) // 3 - 1, palette])
    return _drawn(pdf, image, _chunk(data, b"IDAT"), entries, image.mode)


def _plain(image: Image.Image) -> Image.Image:
    """The picture in a form that a PDF can hold."""
    if image.mode in ("RGBA", "LA", "PA", "La", "RGBa") or "transparency" in image.info:
        over = image.convert("RGBA")
        laid = Image.alpha_composite(Image.new("RGBA", over.size, "white"), over).convert("RGB")
        return laid.convert("L") if image.mode in ("LA", "La") else laid
    if image.mode in ("1", "L", "P", "RGB", "CMYK", "I;16"):
        return image.copy()
    if image.mode.startswith("I;16"):
        return Image.fromarray(np.asarray(image).astype(np.uint16))
    if image.mode in ("I", "F"):
        values = np.asarray(image, dtype=np.float64)
        low, high = float(values.min()), float(values.max())
        scale = 255 / (high - low) if high > low else 0.0
        return Image.fromarray(((values - low) * scale).astype(np.uint8))
    return image.convert("RGB")


def _fax(image: Image.Image) -> tuple[bytes, Dictionary]:
    """Group 4 code of a black and white picture (7.4.6), from the one strip of a TIFF made for it."""
    made = io.BytesIO()
    image.save(made, "TIFF", compression="group4", tiffinfo={_ROWS_PER_STRIP: image.height})
    with Image.open(made) as tiff:
        tags = tiff.tag_v2  # type: ignore[attr-defined]
        start, length = tags[_STRIP][0], tags[_STRIP_BYTES][0]
        inverted = tags[_PHOTOMETRIC] == 1
    parameters = Dictionary(K=-1, Columns=image.width, Rows=image.height, BlackIs1=inverted)
    entries = Dictionary(Filter=Name.CCITTFaxDecode, DecodeParms=parameters, BitsPerComponent=1)
    return made.getvalue()[start : start + length], entries


def _png(image: Image.Image) -> bytes:
    made = io.BytesIO()
    image.save(made, "PNG", compress_level=9 if image.mode == "P" else 6)
    return made.getvalue()


def _chunk(png: bytes, wanted: bytes) -> bytes:
    """All that a PNG's chunks of one kind hold (ISO 15948, 5.3)."""
    parts, at = [], 8
    while at < len(png):
        length, kind = struct.unpack(">I4s", png[at : at + 8])
        if kind == wanted:
            parts.append(png[at + 8 : at + 8 + length])
        at += length + 12
    return b"".join(parts)


def _drawn(pdf: Pdf, image: Image.Image, data: bytes, entries: Dictionary, mode: str) -> Object:
    """The picture as an object of the PDF (8.9.5), in its own colours where the file says which those are."""
    drawn = Stream(pdf, data, entries)
    drawn.Type, drawn.Subtype = Name.XObject, Name.Image
    drawn.Width, drawn.Height = image.size
    if Name.BitsPerComponent not in drawn:
        drawn.BitsPerComponent = 8
    if Name.ColorSpace not in drawn:
        drawn.ColorSpace = _space(pdf, image, mode)
    return pdf.make_indirect(drawn)


def _space(pdf: Pdf, image: Image.Image, mode: str) -> Object:
    profile = image.info.get("icc_profile")
    if profile and _PROFILES.get(mode) == _profile_space(profile):
        based = Stream(pdf, zlib.compress(profile, 9), Filter=Name.FlateDecode, N=_CHANNELS[mode])
        return Array([Name.ICCBased, pdf.make_indirect(based)])
    return _SPACES.get(mode, Name.DeviceGray)


def _profile_space(profile: bytes) -> str:
    """The colour space of a profile, empty for what isn't one (ICC.1:2010, 7.2)."""
    try:
        ImageCms.getOpenProfile(io.BytesIO(profile))
    except (ImageCms.PyCMSError, OSError):
        return ""
    return profile[16:20].decode("latin-1")
