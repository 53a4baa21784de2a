"""Ways to break a PDF: its objects, its streams, the content of its pages, its bytes."""

import io
import random
import zlib
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Operator, Pdf, Stream, String

from fuzz.picture_files import bytes_changed

_NUMBERS: tuple[Any, ...] = (
    0, 1, -1, 2, 45, 90, 255, 65_536, 10**6, 2**31 - 1, -(2**31), 2**40, Decimal("0.00001"), Decimal("-0.5"),
    Decimal("1e9"),
)  # fmt: skip
_OPERATORS = (
    "q", "Q", "cm", "BT", "ET", "Tf", "Td", "TD", "Tm", "T*", "Tj", "TJ", "Tc", "Tw", "Tz", "TL", "Tr", "Ts",
    "'", '"', "Do", "re", "m", "l", "c", "h", "f", "S", "n", "W", "gs", "BI", "ID", "EI", "sh", "d0", "BX",
)  # fmt: skip
_NAMES = (
    "/Type", "/Page", "/Pages", "/Catalog", "/Font", "/XObject", "/Form", "/Image", "/MediaBox", "/CropBox",
    "/Rotate", "/UserUnit", "/Parent", "/Kids", "/Count", "/Contents", "/Resources", "/Annots", "/Length",
    "/Filter", "/FlateDecode", "/LZWDecode", "/ASCII85Decode", "/DCTDecode", "/JPXDecode", "/Crypt", "/BBox",
    "/JBIG2Decode", "/CCITTFaxDecode", "/RunLengthDecode", "/DecodeParms", "/Predictor", "/Columns", "/N",
    "/Width", "/Height", "/BitsPerComponent", "/ColorSpace", "/DeviceGray", "/Indexed", "/SMask", "/Matrix",
    "/Type3", "/Encoding", "/Identity-H", "/ToUnicode", "/Widths", "/FirstChar", "/LastChar", "/FontMatrix",
    "/DescendantFonts", "/W", "/DW", "/CIDToGIDMap", "/OpenAction", "/JS", "/Launch", "/AcroForm", "/Type0",
)  # fmt: skip
_REACH = 12  # dictionaries within one another

_Change = Callable[[Pdf, random.Random], None]


def mutated(data: bytes, rng: random.Random) -> bytes:
    """The file with a few changes to its objects, or to its bytes where it no longer has any."""
    if rng.random() < 0.15:
        return bytes_changed(data, rng)
    try:
        with pikepdf.open(io.BytesIO(data), suppress_warnings=True) as document:
            for _ in range(rng.choice((1, 1, 2, 3, 5))):
                rng.choice(_CHANGES)(document, rng)
            return _saved(document, rng)
    except Exception:  # whatever becomes of a file that earlier changes have broken
        return bytes_changed(data, rng)


def _saved(document: Pdf, rng: random.Random) -> bytes:
    out = io.BytesIO()
    document.save(
        out,
        deterministic_id=True,
        compress_streams=rng.random() < 0.3,
        object_stream_mode=rng.choice(list(pikepdf.ObjectStreamMode.__members__.values())),
        fix_metadata_version=False,
        encryption=False,
    )
    saved = out.getvalue()
    return bytes_changed(saved, rng) if rng.random() < 0.1 else saved


def _holders(document: Pdf) -> Iterator[Object]:
    """Every dictionary and array, those within others too."""
    waiting = [(thing, 0) for thing in document.objects]
    while waiting:
        thing, depth = waiting.pop()
        if not isinstance(thing, (Dictionary, Array, Stream)) or depth > _REACH:
            continue
        yield thing
        inner = (thing[key] for key in thing.keys()) if not isinstance(thing, Array) else iter(thing)  # noqa: SIM118
        waiting += [(each, depth + 1) for each in inner if isinstance(each, Object) and not each.is_indirect]


def _value(document: Pdf, rng: random.Random) -> Any:
    """A value of any type, or a way to any object, the one that holds it too."""
    match rng.randrange(8):
        case 0 | 1:
            return rng.choice(_NUMBERS)
        case 2:
            return Name(rng.choice(_NAMES))
        case 3:
            return String(rng.choice(("", "\0", "åäö", "a" * 300)))
        case 4:
            return rng.choice((True, False, None))
        case 5:
            return Array([rng.choice(_NUMBERS) for _ in range(rng.choice((0, 1, 4, 6)))])
        case 6:
            return Dictionary({rng.choice(_NAMES): rng.choice(_NUMBERS)})
        case _:
            return rng.choice(list(document.objects))


def _entry(document: Pdf, rng: random.Random) -> None:
    """An entry of some dictionary or array gets another value, goes, or comes."""
    holder = rng.choice(list(_holders(document)))
    if isinstance(holder, Array):
        if len(holder) == 0 or rng.random() < 0.2:
            holder.append(_value(document, rng))
        else:
            at = rng.randrange(len(holder))
            if rng.random() < 0.2:
                del holder[at]
            else:
                holder[at] = _value(document, rng)
        return
    keys = sorted(holder.keys())
    key = rng.choice(keys) if keys and rng.random() < 0.8 else rng.choice(_NAMES)
    if rng.random() < 0.2 and key in keys:
        del holder[key]
    else:
        holder[key] = _value(document, rng)


def _number(document: Pdf, rng: random.Random) -> None:
    """A number becomes an extreme one."""
    places = [
        (holder, key)
        for holder in _holders(document)
        for key in (range(len(holder)) if isinstance(holder, Array) else sorted(holder.keys()))
        if isinstance(holder[key], (int, Decimal))
    ]
    if places:
        holder, key = rng.choice(places)
        holder[key] = rng.choice(_NUMBERS)


def _page(document: Pdf, rng: random.Random) -> None:
    """What a page says of itself: size, turn, unit, the page again."""
    page = rng.choice(list(document.pages))
    match rng.randrange(6):
        case 0:
            page.obj["/Rotate"] = rng.choice((0, 45, 90, 180, 270, -90, 450, 10**9))
        case 1:
            page.obj["/MediaBox"] = Array([rng.choice((*_NUMBERS, 595, 842)) for _ in range(4)])
        case 2:
            page.obj["/CropBox"] = Array([rng.choice((*_NUMBERS, 100, 200, 595)) for _ in range(4)])
        case 3:
            page.obj["/UserUnit"] = rng.choice(_NUMBERS)
        case 4:
            document.pages.append(page)
        case _:
            page.obj["/Resources"] = _value(document, rng)


def _streams(document: Pdf) -> list[Stream]:
    return [thing for thing in document.objects if isinstance(thing, Stream)]


def _stream(document: Pdf, rng: random.Random) -> None:
    """The bytes of a stream changed, packed or not, or taken for what they aren't."""
    streams = _streams(document)
    if not streams:
        return
    stream = rng.choice(streams)
    kind = rng.randrange(4)
    if kind == 0:
        stream["/Filter"] = Name(rng.choice([name for name in _NAMES if name.endswith("Decode")]))
    elif kind == 1:
        stream.write(bytes_changed(stream.read_raw_bytes(), rng), filter=_packing(stream))
    elif kind == 2:
        plain = bytes_changed(stream.read_bytes(), rng)
        stream.write(zlib.compress(plain) if rng.random() < 0.5 else plain)
    else:
        stream.write(stream.read_bytes() * rng.choice((0, 2, 50)))


def _packing(stream: Stream) -> Any:
    return stream.get("/Filter")


def _content(document: Pdf, rng: random.Random) -> None:
    """Operators of a page's content changed, doubled, moved, or given other numbers and strings."""
    page = rng.choice(list(document.pages))
    steps: list[Any] = [(list(step.operands), step.operator) for step in pikepdf.parse_content_stream(page)]
    if not steps:
        return
    for _ in range(rng.choice((1, 2, 6))):
        at = rng.randrange(len(steps))
        operands, operator = steps[at]
        match rng.randrange(6):
            case 0:
                steps[at] = operands, Operator(rng.choice(_OPERATORS))
            case 1:
                steps.insert(rng.randrange(len(steps)), steps[at])
            case 2:
                steps.insert(rng.randrange(len(steps)), steps.pop(at))
            case 3:
                steps[at : at + 1] = [steps[at]] * rng.choice((0, 3, 200))
                steps = steps or [([], Operator("n"))]
            case _ if operands:
                new = rng.choice(
                    (*_NUMBERS, String("640823-3234 1 000 kr"), Name("/F1"), Array([1, String("å")]))
                )
                operands[rng.randrange(len(operands))] = new
            case _:
                steps[at] = [rng.choice(_NUMBERS) for _ in range(rng.randrange(7))], operator
    page.obj["/Contents"] = document.make_stream(pikepdf.unparse_content_stream(steps))


_CHANGES: tuple[_Change, ...] = (
    _entry,
    _entry,
    _number,
    _page,
    _stream,
    _stream,
    _content,
    _content,
    _content,
)
