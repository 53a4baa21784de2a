"""Turn typeset pages into what a scanner stored: tilted, blurred, noisy, compressed, read by the wrong OCR.

A page is a greyscale array (rows, columns) of bytes. Nothing here knows what a document says.
"""

import io
import os
import re
import subprocess
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pypdfium2
from numpy.typing import NDArray
from PIL import Image

Page = NDArray[np.uint8]

# A PDF notes when it was written; one fixed time keeps two builds alike.
BUILT = time.struct_time((2024, 9, 2, 8, 0, 0, 0, 246, 0))


@dataclass(frozen=True, slots=True)
class Scanner:
    """How a machine spoils a page.

    `tilt` in degrees, `blur` in pixels, `noise` and `shadow` in grey levels, `ink` from 0 to 1.
    """

    dpi: int
    tilt: float
    blur: float
    noise: float
    ink: float
    jpeg: int
    specks: int = 0
    shadow: float = 0
    punched: bool = False


SCANNERS = {
    "fine": Scanner(dpi=300, tilt=0.2, blur=0.6, noise=2, ink=0.97, jpeg=50),
    "office": Scanner(dpi=200, tilt=-0.5, blur=0.6, noise=4, ink=0.9, jpeg=38),
    "copier": Scanner(dpi=200, tilt=0.8, blur=0.8, noise=6, ink=0.8, jpeg=35, specks=160, punched=True),
    "shaded": Scanner(dpi=200, tilt=1.1, blur=0.8, noise=5, ink=0.78, jpeg=38, shadow=45),
    "clean": Scanner(dpi=150, tilt=0.0, blur=0.4, noise=0, ink=1.0, jpeg=60),
}


def render(pdf: bytes, dpi: int) -> list[Page]:
    """The pages of a PDF in grey."""
    with pypdfium2.PdfDocument(pdf) as document:
        return [np.asarray(page.render(scale=dpi / 72).to_pil().convert("L")) for page in document]


def degrade(page: Page, scanner: Scanner, rng: np.random.Generator) -> Page:
    """The page as that scanner would have stored it."""
    height, width = page.shape
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), scanner.tilt * rng.uniform(0.7, 1.2), 1)
    grey: NDArray[Any] = np.asarray(page, np.float32)
    grey = cv2.warpAffine(grey, turn, (width, height), flags=cv2.INTER_CUBIC, borderValue=255)
    grey = cv2.GaussianBlur(grey, (0, 0), scanner.blur)
    grey = 252 - (255 - grey) * scanner.ink
    grey -= scanner.shadow * np.linspace(0, 1, width, dtype=np.float32) ** 3
    grey += rng.normal(0, scanner.noise, grey.shape) if scanner.noise else 0
    for _ in range(scanner.specks):
        spot = (int(rng.integers(width)), int(rng.integers(height)))
        cv2.circle(grey, spot, int(rng.integers(1, 3)), float(rng.integers(30, 150)), -1)
    if scanner.punched:
        for share in (0.364, 0.636):
            cv2.circle(grey, (int(width * 0.03), int(height * share)), int(width * 0.013), 40.0, -1)
    return np.asarray(np.clip(grey, 0, 255), np.uint8)


def _bilevel(page: Page) -> Image.Image:
    return Image.fromarray(((page > 150) * 255).astype(np.uint8)).convert("1", dither=Image.Dither.NONE)


def _pdf(pages: list[Page], scanner: Scanner) -> bytes:
    dates = {"creationDate": BUILT, "modDate": BUILT}
    images = [Image.fromarray(page) for page in pages]
    return _save(images, "PDF", resolution=scanner.dpi, quality=scanner.jpeg, **dates)


def _tiff(pages: list[Page], scanner: Scanner) -> bytes:
    images = [_bilevel(page) for page in pages]
    return _save(images, "TIFF", compression="group4", dpi=(scanner.dpi, scanner.dpi))


def _png(pages: list[Page], scanner: Scanner) -> bytes:
    sixteen_greys = Image.fromarray(pages[0]).quantize(16)
    return _save([sixteen_greys], "PNG", dpi=(scanner.dpi, scanner.dpi), optimize=True)


def _jpeg(pages: list[Page], scanner: Scanner) -> bytes:
    image = Image.fromarray(pages[0])
    return _save([image], "JPEG", dpi=(scanner.dpi, scanner.dpi), quality=scanner.jpeg)


def _save(images: list[Image.Image], kind: str, **options: Any) -> bytes:
    if len(images) > 1:
        options |= {"save_all": True, "append_images": images[1:]}
    out = io.BytesIO()
    images[0].save(out, kind, **options)
    return out.getvalue()


def _english_layer(pages: list[Page], scanner: Scanner) -> bytes:
    written = time.strftime("D:%Y%m%d%H%M%S", BUILT).encode()
    return re.sub(rb"D:\d{14}", written, _english_ocr(pages, scanner, "pdf"))


def _english_text(pages: list[Page], scanner: Scanner) -> bytes:
    return _english_ocr(pages, scanner, "txt")


def _english_ocr(pages: list[Page], scanner: Scanner, kind: str) -> bytes:
    """What an archive got that ran its scans through Tesseract without choosing a language."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for number, page in enumerate(pages):
            Path(folder, f"{number}.jpg").write_bytes(_jpeg([page], scanner))
        Path(folder, "pages").write_text("".join(f"{number}.jpg\n" for number in range(len(pages))))
        command = ["tesseract", "pages", "out", "-l", "eng", "--dpi", str(scanner.dpi), kind]
        environment = {**os.environ, "OMP_THREAD_LIMIT": "1"}
        subprocess.run(command, cwd=folder, env=environment, check=True, capture_output=True)
        return Path(folder, f"out.{kind}").read_bytes()


KEEPERS: dict[str, Callable[[list[Page], Scanner], bytes]] = {
    "scan": _pdf,
    "english layer": _english_layer,
    "english text": _english_text,
    "tiff": _tiff,
    "png": _png,
    "jpeg": _jpeg,
}
