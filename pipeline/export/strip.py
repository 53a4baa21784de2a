"""Take an earlier program's hidden text off a page that was read again, and nothing that can be seen.

Hidden is what is shown in rendering mode 3 (ISO 32000-1, 9.3.6), and what is painted before a picture that
covers the whole page. The text may stand in the page's own content or in a form that the page draws.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import pikepdf
from pikepdf import Name, Object, Pdf, Stream

_INVISIBLE = 3
_SHOWS = {"Tj", "TJ", "'", '"'}
_MOVES = {"Td", "TD", "Tm", "T*", "BT", "ET", "'", '"'}
_COVERS = 0.95
MALFORMED = (pikepdf.PikepdfError, ValueError, TypeError, IndexError, KeyError, AttributeError)
"""What reading a PDF's objects raises where they aren't what the standard says."""

_DEEPEST = 8

Instruction = pikepdf.ContentStreamInstruction | pikepdf.ContentStreamInlineImage
Matrix = pikepdf.Matrix


@dataclass
class _State:
    """What `q` keeps and `Q` brings back: the rendering mode and the way to the page."""

    mode: int = 0
    matrix: Matrix = field(default_factory=Matrix)


@dataclass(frozen=True)
class _Seen:
    """What a walk over a page's content found."""

    hidden: set[int]
    shown: set[int]
    covers: list[int]


def strip(pdf: Pdf, page: Object, size: tuple[float, float, float, float]) -> None:
    """Remove the hidden text of a page, whose resources must be its own; `size` is what is shown of it.

    The content stays as it is, byte for byte, where nothing is hidden or it can't be followed.
    """
    try:
        _strip(pdf, page, size)
    except MALFORMED:
        return


def _strip(pdf: Pdf, page: Object, size: tuple[float, float, float, float]) -> None:
    instructions = list(pikepdf.parse_content_stream(page))
    resources = page.get(Name.Resources, pikepdf.Dictionary())
    seen = _walk(instructions, resources, size)
    under = {index for index in seen.shown if seen.covers and index < seen.covers[-1]}
    kept, changed = _without(instructions, seen.hidden | under), bool(seen.hidden | under)
    changed |= _strip_forms(pdf, kept, resources, 0)
    if changed:
        kept = _drop_fonts(_tidied(kept), resources)
        page.Contents = Stream(pdf, pikepdf.unparse_content_stream(kept))


def _walk(
    instructions: Sequence[Instruction], resources: Object, size: tuple[float, float, float, float]
) -> _Seen:
    state, stack = _State(), list[_State]()
    hidden, shown, covers = set[int](), set[int](), list[int]()
    waiting = list[int]()  # hidden shows that a visible one would be moved by, were they gone
    for index, instruction in enumerate(instructions):
        name = str(instruction.operator)
        values = instruction.operands
        if name == "q":
            stack.append(_State(state.mode, state.matrix))
        elif name == "Q" and stack:
            state = stack.pop()
        elif name == "cm":
            state.matrix = Matrix(*map(float, values)) @ state.matrix
        elif name == "Tr":
            state.mode = int(values[0])
        elif name == "Do" and _is_cover(resources, values[0], state.matrix, size):
            covers.append(index)
        if name in _MOVES:
            hidden.update(waiting)
            waiting.clear()
        if name in _SHOWS and state.mode == _INVISIBLE:
            waiting.append(index)
        elif name in _SHOWS:
            waiting.clear()
            shown.add(index)
    return _Seen(hidden | set(waiting), shown, covers)


def _is_cover(
    resources: Object, name: Object, matrix: Matrix, size: tuple[float, float, float, float]
) -> bool:
    """Whether a picture without holes lies over the whole page."""
    picture = resources.get(Name.XObject, pikepdf.Dictionary()).get(str(name))
    if picture is None or picture.get(Name.Subtype) != Name.Image:
        return False
    if picture.get(Name.ImageMask, False) or Name.SMask in picture or Name.Mask in picture:
        return False
    box = matrix.transform(pikepdf.Rectangle(0, 0, 1, 1))
    x0, y0, x1, y1 = size
    wide = max(0.0, min(box.urx, x1) - max(box.llx, x0))
    high = max(0.0, min(box.ury, y1) - max(box.lly, y0))
    return wide * high >= _COVERS * (x1 - x0) * (y1 - y0)


def _without(instructions: Iterable[Instruction], gone: set[int]) -> list[Instruction]:
    """The content without the shows that are gone; what else a show does, it still does (9.4.3)."""
    kept: list[Instruction] = []
    for index, instruction in enumerate(instructions):
        if index not in gone:
            kept.append(instruction)
        elif str(instruction.operator) == "'":
            kept.append(_made("T*"))
        elif str(instruction.operator) == '"':
            kept += [_made("Tw", instruction.operands[0]), _made("Tc", instruction.operands[1]), _made("T*")]
    return kept


def _made(operator: str, *operands: Object) -> Instruction:
    return pikepdf.ContentStreamInstruction(operands, pikepdf.Operator(operator))


def _strip_forms(pdf: Pdf, instructions: list[Instruction], resources: Object, depth: int) -> bool:
    """Replace the forms that a content draws by copies without hidden text; others may draw the originals."""
    changed = False
    names = {str(i.operands[0]) for i in instructions if str(i.operator) == "Do"}
    forms = resources.get(Name.XObject, pikepdf.Dictionary())
    for name in sorted(names):
        form = forms.get(name)
        if form is None or form.get(Name.Subtype) != Name.Form or depth > _DEEPEST:
            continue
        inner = list(pikepdf.parse_content_stream(form))
        seen = _walk(inner, form.get(Name.Resources, resources), (0, 0, 0, 0))
        kept = _without(inner, seen.hidden)
        own = Name.Resources in form
        copy = Stream(pdf, b"")
        for key, value in form.items():
            if key not in ("/Length", "/Filter", "/DecodeParms"):
                copy[key] = value
        if own:
            copy.Resources = own_resources(form.Resources)
        below = _strip_forms(pdf, kept, copy.Resources, depth + 1) if own else False
        if seen.hidden or below:
            kept = _tidied(kept)
            copy.write(pikepdf.unparse_content_stream(_drop_fonts(kept, copy.Resources) if own else kept))
            forms[name] = copy
            changed = True
    return changed


def own_resources(resources: Object) -> Object:
    """A copy of a resource dictionary whose fonts and forms can be changed without others noticing."""
    copy = _copy(resources)
    for key in (Name.Font, Name.XObject):
        if key in copy:
            copy[key] = _copy(copy[key])
    return copy


def _copy(entries: Object) -> Object:
    return pikepdf.Dictionary(dict(entries.items()))


def _drop_fonts(instructions: list[Instruction], resources: Object) -> list[Instruction]:
    """Take away the fonts that nothing is written with any more, unless a form without resources might."""
    fonts = resources.get(Name.Font)
    forms = resources.get(Name.XObject, pikepdf.Dictionary())
    drawn = [forms.get(str(i.operands[0])) for i in instructions if str(i.operator) == "Do"]
    if fonts is None or any(
        form is not None and form.get(Name.Subtype) == Name.Form and Name.Resources not in form
        for form in drawn
    ):
        return instructions
    used = _fonts_in_use(instructions)
    for name in set(fonts.keys()) - used:
        del fonts[name]
    return [i for i in instructions if str(i.operator) != "Tf" or str(i.operands[0]) in used]


def _fonts_in_use(instructions: Iterable[Instruction]) -> set[str]:
    """The names of the fonts that something is written with."""
    font, stack, used = "", list[str](), set[str]()
    for instruction in instructions:
        name = str(instruction.operator)
        if name == "q":
            stack.append(font)
        elif name == "Q" and stack:
            font = stack.pop()
        elif name == "Tf":
            font = str(instruction.operands[0])
        elif name in _SHOWS:
            used.add(font)
    return used


def _tidied(instructions: Iterable[Instruction]) -> list[Instruction]:
    """The content without moves in text objects that show nothing: no place outlasts its text object."""
    kept: list[Instruction] = []
    text: list[Instruction] = []
    for instruction in instructions:
        name = str(instruction.operator)
        if name == "BT" or text:
            text.append(instruction)
        else:
            kept.append(instruction)
        if name == "ET":
            if not any(str(i.operator) in _SHOWS for i in text):
                text = [i for i in text if str(i.operator) not in _MOVES]
            kept += text
            text = []
    return kept + text
