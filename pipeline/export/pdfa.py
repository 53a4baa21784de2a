"""PDF/A-2b where the document allows it (ISO 19005-2): the claim, and the profile that gives colours meaning.

What a source must not have stands in `pdfa_rules.py`. A document that says already which PDF/A it is keeps
that claim, since nothing that we add takes it away.
"""

import re
import warnings
import zlib
from functools import lru_cache

from pikepdf import Array, Dictionary, Name, Pdf, Stream, String
from PIL import ImageCms

from pipeline.export.pdfa_rules import broken
from pipeline.export.strip import MALFORMED

_CLAIM = re.compile(rb"<pdfaid:part>\s*([1-4])|pdfaid:part\s*=\s*[\"']([1-4])")
_SOME_DAY = bytes((7, 208, 0, 1, 0, 1, 0, 0, 0, 0, 0, 0))  # 2000-01-01: a fixed date makes equal files


def claim(pdf: Pdf) -> list[str]:
    """Make the document a PDF/A-2b and say so in it; or say why not.

    Returns a line for the user where the copy is a plain PDF, nothing where it is a PDF/A.
    """
    if _claimed(pdf) in ("2", "3", "4"):
        return []
    try:
        why = broken(pdf)
    except MALFORMED:
        why = "its structure can't be followed (6.1)"
    if why:
        if _claimed(pdf):
            _disown(pdf)
        return [f"plain PDF, not PDF/A-2b: {why}"]
    if Name.OutputIntents not in pdf.Root:
        pdf.Root.OutputIntents = Array([pdf.make_indirect(_intent(pdf))])
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as metadata:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of entries that XMP has no word for; they stay where they are
            metadata.load_from_docinfo(pdf.docinfo)
        metadata["pdfaid:part"] = "2"
        metadata["pdfaid:conformance"] = "B"
    return []


def _claimed(pdf: Pdf) -> str:
    """The part of the standard that a document says it follows, empty for none."""
    found = _CLAIM.search(_metadata(pdf))
    return (found[1] or found[2]).decode() if found else ""


def _metadata(pdf: Pdf) -> bytes:
    stream = pdf.Root.get(Name.Metadata)
    return stream.read_bytes() if isinstance(stream, Stream) else b""


def _disown(pdf: Pdf) -> None:
    """Take away a claim that doesn't hold for the copy."""
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as metadata:
        for name in ("pdfaid:part", "pdfaid:conformance"):
            if name in metadata:
                del metadata[name]


def _intent(pdf: Pdf) -> Dictionary:
    """What colours without a profile mean: those of a screen (6.2.3)."""
    profile = srgb()
    return Dictionary(
        Type=Name.OutputIntent,
        S=Name.GTS_PDFA1,
        OutputConditionIdentifier=String("sRGB"),
        Info=String("sRGB IEC61966-2.1"),
        DestOutputProfile=pdf.make_indirect(
            Stream(pdf, zlib.compress(profile, 9), Filter=Name.FlateDecode, N=3)
        ),
    )


@lru_cache(maxsize=1)
def srgb() -> bytes:
    """A profile of sRGB as LittleCMS makes it, with a fixed date in its head (ICC.1:2010, 7.2)."""
    made = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    return made[:24] + _SOME_DAY + made[36:84] + bytes(16) + made[100:]
