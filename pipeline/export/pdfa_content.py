"""What the pages of a PDF/A-2b draw (ISO 19005-2:2011, 6.1.10, 6.1.13, 6.2.2 and 6.2.4.3)."""

from collections.abc import Iterator

import pikepdf
from pikepdf import Array, Name, Object, Pdf, Stream

_OPERATORS = frozenset(
    "b B b* B* BDC BI BMC BT BX c cm CS cs d d0 d1 Do DP EI EMC ET EX f F f* G g gs h i ID j J K k l m M MP "  # noqa: SIM905
    "n q Q re RG rg ri s S SC sc SCN scn sh T* Tc Td TD Tf Tj TJ TL Tm Tr Ts Tw Tz v w W W* y ' \"".split()
)
_INTENTS = ("/RelativeColorimetric", "/AbsoluteColorimetric", "/Perceptual", "/Saturation")
_DEEPEST_STATE = 28
_DEEPEST_FORM = 20
_PACKED_BY_LZW = ("/LZWDecode", "/LZW")


def broken_content(pdf: Pdf) -> str:
    """The first thing on a page that PDF/A-2b doesn't know, as a reason with its clause; empty for none."""
    seen: set[tuple[int, int]] = set()
    for page in pdf.pages:
        found = next(_broken(page.obj, page.obj.get(Name.Resources), seen, 0), "")
        if found:
            return found
    return ""


def _broken(
    content: Object, resources: Object | None, seen: set[tuple[int, int]], level: int
) -> Iterator[str]:
    if resources is None:
        yield "a page names no resources of its own (6.2.2)"
        return
    yield from _bad_spaces(resources)
    depth = 0
    for instruction in pikepdf.parse_content_stream(content):
        name = str(instruction.operator)
        if isinstance(instruction, pikepdf.ContentStreamInlineImage):
            yield from _bad_inline(instruction)
            continue
        depth += (name == "q") - (name == "Q")
        if name not in _OPERATORS:
            yield "a page draws in a way of its own (6.2.2)"
        elif depth > _DEEPEST_STATE:
            yield "a page is nested too deeply (6.1.13)"
        elif name in ("k", "K") or (name in ("cs", "CS") and _is_cmyk(instruction.operands[0])):
            yield _CMYK
        elif name == "ri" and str(instruction.operands[0]) not in _INTENTS:
            yield "it has a rendering intent of its own (6.2.6)"
    for thing in resources.get(Name.XObject, pikepdf.Dictionary()).values():
        if thing.objgen in seen or level > _DEEPEST_FORM:
            continue
        seen.add(thing.objgen)
        if thing.get(Name.Subtype) == Name.Form:
            yield from _broken(thing, thing.get(Name.Resources, resources), seen, level + 1)
        elif _is_cmyk(thing.get(Name.ColorSpace)):
            yield _CMYK


_CMYK = "it has colours of a printing press without saying of which (6.2.4.3)"


def _bad_spaces(resources: Object) -> Iterator[str]:
    spaces = resources.get(Name.ColorSpace, pikepdf.Dictionary())
    shadings = resources.get(Name.Shading, pikepdf.Dictionary())
    named = [*spaces.values(), *(shading.get(Name.ColorSpace) for shading in shadings.values())]
    if any(map(_is_cmyk, named)):
        yield _CMYK
    for pattern in resources.get(Name.Pattern, pikepdf.Dictionary()).values():
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
