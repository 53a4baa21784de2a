"""A second reading of a page that reads poorly, with its picture softened, and both readings fused.

Noise, thresholds and fax give letters ragged edges and holes, and Tesseract's model takes them for others. A
blur of about a tenth of a millimetre closes them and costs sharp letters little; on pages that read well it
gains nothing, so only the others are read twice.
"""

from collections.abc import Callable

import cv2
import numpy as np

from pipeline.recognize import evidence
from pipeline.recognize.fuse import fuse
from pipeline.recognize.trust import confidence
from pipeline.sheet import Picture, Token

Reader = Callable[[Picture], list[Token]]

_POOR = 0.92  # mean confidence: clean scans lie above 0.93, faxes about 0.9
_BLUR = 0.13  # standard deviation, millimetres


def reread(tokens: list[Token], picture: Picture, read: Reader, known: evidence.Known) -> list[Token]:
    """The words as they are where they were read well; else the better of two readings, place by place."""
    if confidence(tokens) >= _POOR:
        return tokens
    again = read(soft(picture))
    first, second = (tokens, again) if confidence(tokens) >= confidence(again) else (again, tokens)
    return fuse(first, second, evidence.better(known))


def soft(picture: Picture) -> Picture:
    """The picture a little out of focus."""
    sigma = _BLUR * picture.dpi / 25.4
    return Picture(np.asarray(cv2.GaussianBlur(picture.pixels, (0, 0), sigma), np.uint8), picture.dpi)
