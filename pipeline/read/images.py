"""Scans that are picture files: TIFF, PNG and JPEG; a frame is a page."""

import struct
import warnings
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
from PIL import Image, ImageOps, UnidentifiedImageError

from pipeline.errors import Corrupt, TooLarge, Unreadable
from pipeline.read import colour
from pipeline.settings import Recognition
from pipeline.sheet import Picture, Pixels, Sheet

# A4 and its neighbours in inches, long side first: what a scan of unknown resolution is taken for.
_PAPER_LONG, _PAPER_SHORT = 11.69, 8.27
_FAULTS = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    EOFError,
    LookupError,
    RuntimeError,
    SyntaxError,
    TypeError,
    ValueError,
    struct.error,
    zlib.error,
)
"""What Pillow raises on broken files beside OSError: mostly the accidents of its own code."""

_SANE_DPI = (60, 1300)


def count(path: Path, limits: Recognition) -> int:
    """The number of frames. Raises Corrupt; TooLarge above `max_pages`, without a look at those beyond."""
    with opened(path) as image:
        if image.format != "TIFF":
            return int(getattr(image, "n_frames", 1))
        for frame in range(1, limits.max_pages + 1):  # each knows only where the next one is
            try:
                image.seek(frame)
            except EOFError:
                return frame
    raise TooLarge(f"more than {limits.max_pages} pages; the limit is max_pages")


def sheet(path: Path, number: int, limits: Recognition) -> Sheet:
    """Frame `number`, counted from 1. Raises TooLarge before unpacking, Corrupt where that fails."""
    with opened(path) as image:
        try:
            image.seek(number - 1)
        except EOFError as error:
            raise Corrupt("the file ends before this page", number) from error
        width, height = image.size
        dpi_x, dpi_y = resolution(image)
        stretched = abs(dpi_x - dpi_y) > 0.05 * dpi_y  # fax: fewer lines to the inch than points to the line
        stretch = max(dpi_x / dpi_y, dpi_y / dpi_x) if stretched else 1
        if width * height * stretch > limits.max_pixels:
            raise TooLarge(f"{width} x {height} pixels; max_pixels is {limits.max_pixels}", number)
        picture = _picture(image, dpi_x)
    if stretched:
        picture = _squared(picture.pixels, dpi_x, dpi_y)
    height, width = picture.pixels.shape
    return Sheet(
        width=width * 72 / picture.dpi,
        height=height * 72 / picture.dpi,
        image_share=1.0,
        image_dpi=picture.dpi,
        picture=lambda _: picture,
    )


@contextmanager
def opened(path: Path) -> Iterator[Image.Image]:
    """The open image, with whatever the decoders raise about broken bytes turned to Corrupt."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Pillow warns of large pictures; `sheet` refuses them itself
        try:
            with Image.open(path, formats=("TIFF", "PNG", "JPEG")) as image:
                yield image
        except Image.DecompressionBombError as error:
            raise TooLarge("the picture unpacks to an absurd size") from error
        except UnidentifiedImageError as error:
            raise Corrupt("the picture's header can't be read") from error
        except OSError as error:
            if error.errno:  # the disk's word, not the decoder's
                raise Unreadable(error.strerror or "") from error
            raise Corrupt(f"the picture can't be unpacked ({type(error).__name__})") from error
        except _FAULTS as error:
            raise Corrupt(f"the picture can't be unpacked ({type(error).__name__})") from error


def _picture(image: Image.Image, dpi: float) -> Picture:
    """The frame on white paper, turned as the camera's note says; in colour where it has some."""
    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        over = image.convert("RGBA")
        paper = Image.new("RGBA", over.size, "white")
        image = Image.alpha_composite(paper, over)
    elif image.mode.startswith("I") or image.mode == "F":  # 16 and 32 bits a pixel
        values = np.asarray(image, dtype=np.float32)
        low, high = float(values.min()), float(values.max())
        scaled = (values - low) * (255 / (high - low)) if high > low else np.full_like(values, 255)
        return Picture(scaled.astype(np.uint8), dpi)
    upright = _upright(image)
    if upright.mode in ("1", "L", "LA"):
        return Picture(np.array(upright.convert("L")), dpi)
    return colour.picture(np.ascontiguousarray(np.array(upright.convert("RGB"))[:, :, ::-1]), dpi)


def _upright(image: Image.Image) -> Image.Image:
    """The frame as the camera's note says it was held; as it is where the note is broken."""
    image.load()
    try:
        return ImageOps.exif_transpose(image)
    except _FAULTS:
        return image


def resolution(image: Image.Image) -> tuple[float, float]:
    """Dots per inch as the file says, where that makes sense of its size; else as if it were A4."""
    given = image.info.get("dpi") or (0, 0)
    x, y = (float(value or 0) for value in given)
    low, high = _SANE_DPI
    width, height = image.size
    if low <= x <= high and low <= y <= high and 2 <= max(width / x, height / y) <= 50:
        plausible = x not in (72, 96) or max(width / x, height / y) <= 2 * _PAPER_LONG
        if plausible:  # 72 and 96 are what cameras and screens write; a page is not a metre tall
            return x, y
    guess = max(max(width, height) / _PAPER_LONG, min(width, height) / _PAPER_SHORT)
    return guess, guess


def _squared(pixels: Pixels, dpi_x: float, dpi_y: float) -> Picture:
    """The picture with the same resolution both ways, the finer one."""
    height, width = pixels.shape
    dpi = max(dpi_x, dpi_y)
    size = round(width * dpi / dpi_x), round(height * dpi / dpi_y)
    return Picture(np.array(Image.fromarray(pixels).resize(size, Image.Resampling.BICUBIC)), dpi)
