"""File scans the way archives do: as PDF, TIFF, JPEG, with or without a text layer, or as text alone."""

import io
import os
import subprocess
import tempfile
import zlib
from collections.abc import Sequence
from pathlib import Path

import cv2
import numpy as np
import pikepdf
from levels import Scan
from PIL import Image


def pdf(scans: Sequence[Scan]) -> bytes:
    """One picture a page, at its size on paper."""
    made = pikepdf.new()
    for scan in scans:
        high, wide = scan.pixels.shape[:2]
        if scan.jpeg:
            image = pikepdf.Stream(made, _jpeg(scan))
            image.Filter, image.BitsPerComponent = pikepdf.Name.DCTDecode, 8
        else:
            packed = np.packbits(scan.pixels > 127, axis=1).tobytes()
            image = pikepdf.Stream(made, zlib.compress(packed, 9))
            image.Filter, image.BitsPerComponent = pikepdf.Name.FlateDecode, 1
        colour = scan.pixels.ndim == 3
        image.ColorSpace = pikepdf.Name.DeviceRGB if colour else pikepdf.Name.DeviceGray
        image.Type, image.Subtype = pikepdf.Name.XObject, pikepdf.Name.Image
        image.Width, image.Height = wide, high
        size = wide * 72 / scan.dpi[0], high * 72 / scan.dpi[1]
        page = made.add_blank_page(page_size=size)
        page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Im0=image))
        page.Contents = pikepdf.Stream(made, f"q {size[0]:.3f} 0 0 {size[1]:.3f} 0 0 cm /Im0 Do Q".encode())
    return _saved(made)


def tiff(scans: Sequence[Scan]) -> bytes:
    """All pages in one TIFF, Group 4 for 1 bit, else deflated."""
    images = [_image(scan) for scan in scans]
    out = io.BytesIO()
    way = "tiff_adobe_deflate" if scans[0].jpeg else "group4"
    images[0].save(out, "TIFF", save_all=True, append_images=images[1:], compression=way, dpi=scans[0].dpi)
    return out.getvalue()


def jpeg(scans: Sequence[Scan]) -> bytes:
    """The one page as a JPEG that states its resolution."""
    (scan,) = scans
    out = io.BytesIO()
    dpi = round(scan.dpi[0]), round(scan.dpi[1])
    _image(scan).save(out, "JPEG", quality=scan.jpeg, dpi=dpi)
    return out.getvalue()


def layered(scans: Sequence[Scan], language: str) -> bytes:
    """A PDF with the text that Tesseract read in a language, hidden under the picture."""
    made = pikepdf.new()
    for scan in scans:
        with pikepdf.open(io.BytesIO(_tesseract(scan, language, "pdf"))) as one:
            made.pages.extend(one.pages)
    return _saved(made)


def text(scans: Sequence[Scan], language: str) -> bytes:
    """What Tesseract read in a language, pages parted by form feeds."""
    return b"\n\f".join(_tesseract(scan, language, "txt").rstrip(b"\f\n ") for scan in scans)


def _tesseract(scan: Scan, language: str, kind: str) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, "page.jpg" if scan.jpeg else "page.png")
        if scan.jpeg:
            source.write_bytes(_jpeg(scan))
        else:
            _image(scan).save(source, dpi=scan.dpi)
        options = ["-l", language, "--dpi", str(round(scan.dpi[0])), kind]
        command = ["tesseract", str(source), f"{folder}/out", *options]
        environment = {**os.environ, "OMP_THREAD_LIMIT": "1"}
        subprocess.run(command, check=True, capture_output=True, env=environment)
        return Path(folder, f"out.{kind}").read_bytes()


def _jpeg(scan: Scan) -> bytes:
    return cv2.imencode(".jpg", scan.pixels, [cv2.IMWRITE_JPEG_QUALITY, scan.jpeg])[1].tobytes()


def _image(scan: Scan) -> Image.Image:
    if scan.pixels.ndim == 3:
        return Image.fromarray(np.ascontiguousarray(scan.pixels[..., ::-1]))
    image = Image.fromarray(scan.pixels)
    return image if scan.jpeg else image.convert("1")


def _saved(made: pikepdf.Pdf) -> bytes:
    out = io.BytesIO()
    made.save(out, deterministic_id=True)
    return out.getvalue()
