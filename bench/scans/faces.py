"""The typefaces that documents are set in, and where Debian's packages put them.

Needs fonts-ebgaramond, fonts-liberation, fonts-liberation-sans-narrow, fonts-crosextra-carlito,
fonts-crosextra-caladea, fonts-dejavu, fonts-lato, fonts-open-sans, fonts-courier-prime, fonts-texgyre.
"""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from PIL import ImageFont

TRUETYPE = Path("/usr/share/fonts/truetype")
OPENTYPE = Path("/usr/share/fonts/opentype")
GYRE = Path("/usr/share/texmf/fonts/opentype/public/tex-gyre")


@dataclass(frozen=True, slots=True)
class Face:
    """A family by its files. `dev` and `hold` say in which half of the corpus it may be drawn."""

    name: str
    regular: Path
    bold: Path
    dev: bool = True
    hold: bool = True

    def path(self, bold: bool) -> Path:
        return self.bold if bold else self.regular


def _face(name: str, folder: Path, regular: str, bold: str, dev: bool = True, hold: bool = True) -> Face:
    return Face(name, folder / regular, folder / bold, dev, hold)


LIBERATION, DEJAVU, CROSEXTRA = TRUETYPE / "liberation", TRUETYPE / "dejavu", TRUETYPE / "crosextra"
PRIME, GARAMOND = OPENTYPE / "courier-prime", OPENTYPE / "ebgaramond"

# Some faces are in one half alone, so that the final figure has some that nobody saw.
FACES = (
    _face("EB Garamond", GARAMOND, "EBGaramond12-Regular.otf", "EBGaramond12-Bold.otf"),
    _face("Liberation Serif", LIBERATION, "LiberationSerif-Regular.ttf", "LiberationSerif-Bold.ttf"),
    _face("Liberation Sans", LIBERATION, "LiberationSans-Regular.ttf", "LiberationSans-Bold.ttf"),
    _face("Sans Narrow", LIBERATION, "LiberationSansNarrow-Regular.ttf", "LiberationSansNarrow-Bold.ttf"),
    _face("Liberation Mono", LIBERATION, "LiberationMono-Regular.ttf", "LiberationMono-Bold.ttf", hold=False),
    _face("Carlito", CROSEXTRA, "Carlito-Regular.ttf", "Carlito-Bold.ttf"),
    _face("Caladea", CROSEXTRA, "Caladea-Regular.ttf", "Caladea-Bold.ttf"),
    _face("DejaVu Serif", DEJAVU, "DejaVuSerif.ttf", "DejaVuSerif-Bold.ttf", hold=False),
    _face("DejaVu Sans", DEJAVU, "DejaVuSans.ttf", "DejaVuSans-Bold.ttf", dev=False),
    _face("DejaVu Condensed", DEJAVU, "DejaVuSansCondensed.ttf", "DejaVuSansCondensed-Bold.ttf"),
    _face("Lato", TRUETYPE / "lato", "Lato-Regular.ttf", "Lato-Bold.ttf", hold=False),
    _face("Open Sans", TRUETYPE / "open-sans", "OpenSans-Regular.ttf", "OpenSans-Bold.ttf", dev=False),
    _face("Courier Prime", PRIME, "Courier Prime.otf", "Courier Prime Bold.otf", dev=False),
    _face("Pagella", GYRE, "texgyrepagella-regular.otf", "texgyrepagella-bold.otf"),
    _face("Schola", GYRE, "texgyreschola-regular.otf", "texgyreschola-bold.otf", dev=False),
    _face("Bonum", GYRE, "texgyrebonum-regular.otf", "texgyrebonum-bold.otf", hold=False),
)

_LARGE = 200


@lru_cache(maxsize=64)
def _large(path: Path) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(path), _LARGE)


@lru_cache(maxsize=100_000)
def width(text: str, face: Face, bold: bool, size: float) -> float:
    """How wide a text is at a type size, both in points."""
    return float(_large(face.path(bold)).getlength(text)) * size / _LARGE
