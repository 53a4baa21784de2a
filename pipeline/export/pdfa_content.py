"""What the pages of a PDF/A-2b draw (ISO 19005-2:2011, 6.1.10, 6.1.13, 6.2.2, 6.2.4.3 and 6.2.11).

A font that somebody else embedded may lack glyphs or have other widths than the page says, and only taking
it apart would tell; so a document that is written with one isn't claimed. A scan has no such font. Text that
is never painted needs no font at all (6.2.11.4.1).
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream

from pipeline.export import font

_OPERATORS = frozenset(
    "b B b* B* BDC BI BMC BT BX c cm CS cs d d0 d1 Do DP EI EMC ET EX f F f* G g gs h i ID j J K k l m M MP "  # noqa: SIM905
    "n q Q re RG rg ri s S SC sc SCN scn sh T* Tc Td TD Tf Tj TJ TL Tm Tr Ts Tw Tz v w W W* y ' \"".split()
)
_SHOWS = ("Tj", "TJ", "'", '"')
_INVISIBLE = 3
_INTENTS = ("/RelativeColorimetric", "/AbsoluteColorimetric", "/Perceptual", "/Saturation")
_DEEPEST_STATE = 28
_DEEPEST_FORM = 20
_PACKED_BY_LZW = ("/LZWDecode", "/LZW")
_CMYK = "it has colours of a printing press without saying of which (6.2.4.3)"
_FONT = "it is written with fonts that are not surely whole (6.2.11)"


def broken_content(pdf: Pdf) -> str:
    """The first thing on a page that PDF/A-2b doesn't know, as a reason with its clause; empty for none."""
    look = _Look()
    for page in pdf.pages:
        found = next(look.at(page.obj, page.obj.get(Name.Resources)), "") or _on_notes(look, page.obj)
        if found:
            return found
    return ""


def _on_notes(look: "_Look", page: Object) -> str:
    """The same for what the notes on a page look like."""
    for note in page.get(Name.Annots, Array()):
        looks = note.get(Name.AP, Dictionary()).get(Name.N, Dictionary())
        for drawn in [looks] if isinstance(looks, Stream) else looks.values():
            found = next(look.at(drawn, drawn.get(Name.Resources, Dictionary())), "")
            if found:
                return found
    return ""


@dataclass
class _Look:
    """A walk over contents and the forms that they draw, each form once."""

    seen: set[tuple[int, int]] = field(default_factory=set)

    def at(self, content: Object, resources: Object | None, level: int = 0) -> Iterator[str]:
        """What is wrong with a content."""
        if resources is None:
            yield "a page names no resources of its own (6.2.2)"
            return
        yield from _bad_spaces(resources)
        yield from _bad_instructions(content, resources.get(Name.Font, Dictionary()))
        for thing in resources.get(Name.XObject, Dictionary()).values():
            if thing.objgen in self.seen or level > _DEEPEST_FORM:
                continue
            self.seen.add(thing.objgen)
            if thing.get(Name.Subtype) == Name.Form:
                yield from self.at(thing, thing.get(Name.Resources, resources), level + 1)
            elif _is_cmyk(thing.get(Name.ColorSpace)):
                yield _CMYK


def _bad_instructions(content: Object, fonts: Object) -> Iterator[str]:
    written, mode, stack = "", 0, list[tuple[str, int]]()
    for instruction in pikepdf.parse_content_stream(content):
        name, values = str(instruction.operator), instruction.operands
        if isinstance(instruction, pikepdf.ContentStreamInlineImage):
            yield from _bad_inline(instruction)
        elif name not in _OPERATORS:
            yield "a page draws in a way of its own (6.2.2)"
        elif name == "q":
            stack.append((written, mode))
            if len(stack) > _DEEPEST_STATE:
                yield "a page is nested too deeply (6.1.13)"
        elif name == "Q" and stack:
            written, mode = stack.pop()
        elif name == "Tf":
            written = str(values[0])
        elif name == "Tr":
            mode = int(values[0])
        elif name in _SHOWS and not _is_safe(fonts.get(written), mode):
            yield _FONT
        elif name in ("k", "K") or (name in ("cs", "CS") and _is_cmyk(values[0])):
            yield _CMYK
        elif name == "ri" and str(values[0]) not in _INTENTS:
            yield "it has a rendering intent of its own (6.2.6)"


def _is_safe(used: Object | None, mode: int) -> bool:
    """Whether text may be shown with a font: ours, or none that is embedded for text that isn't painted."""
    if used is None:
        return False
    if used.get(Name.BaseFont) == Name("/" + font.NAME):
        return True
    return (
        mode == _INVISIBLE and str(used.get(Name.Subtype)) in ("/Type1", "/TrueType") and not _embedded(used)
    )


def _embedded(used: Object) -> bool:
    described = used.get(Name.FontDescriptor, Dictionary())
    return any(str(key).startswith("/FontFile") for key in described.keys())  # noqa: SIM118


def _bad_spaces(resources: Object) -> Iterator[str]:
    spaces = resources.get(Name.ColorSpace, Dictionary())
    shadings = resources.get(Name.Shading, Dictionary())
    named = [*spaces.values(), *(shading.get(Name.ColorSpace) for shading in shadings.values())]
    if any(map(_is_cmyk, named)):
        yield _CMYK
    for pattern in resources.get(Name.Pattern, Dictionary()).values():
        if isinstance(pattern, Stream) or Name.Shading in pattern:
            yield "it has patterns, which are not looked into (6.2.4)"


def _bad_inline(image: pikepdf.ContentStreamInlineImage) -> Iterator[str]:
    shown = image.iimage
    if any(str(one) in _PACKED_BY_LZW for one in shown.filters):
        yield "a picture is packed by LZW (6.1.10)"
    if "CMYK" in str(shown.obj.get(Name.ColorSpace, shown.obj.get(Name.CS, ""))):
        yield _CMYK


def _is_cmyk(space: object) -> bool:
    """Whether a colour space is, or stands on, one of printing inks without a profile."""
    if isinstance(space, Array):
        return len(space) > 0 and space[0] != Name.ICCBased and any(map(_is_cmyk, list(space)))
    return isinstance(space, Object) and str(space) in ("/DeviceCMYK", "/CMYK")
