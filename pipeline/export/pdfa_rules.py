"""What keeps a document from being a PDF/A-2b, as rules with the clauses of ISO 19005-2:2011.

They are stricter than the standard where looking closer would mean taking things apart that scans don't have.
What pages draw is looked at in `pdfa_content.py`, pictures and colour profiles in `pdfa_pictures.py`.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream

from pipeline.export.pdfa_content import broken_content
from pipeline.export.pdfa_pictures import bad_picture, bad_profile

Broken = Callable[[Object], bool]


@dataclass(frozen=True, slots=True)
class Rule:
    """`broken` tells whether an object of the document breaks the clause."""

    clause: str
    why: str
    broken: Broken


def broken(pdf: Pdf) -> str:
    """The first rule that a document breaks, as a clause with the reason; empty where all hold."""
    for rule in CATALOG:
        if rule.broken(pdf.Root):
            return f"{rule.why} ({rule.clause})"
    for thing in _things(pdf):
        for rule in OBJECTS:
            if rule.broken(thing):
                return f"{rule.why} ({rule.clause})"
    return broken_content(pdf)


def _things(pdf: Pdf) -> Iterator[Object]:
    """Every dictionary and stream of the document that something still refers to."""
    waiting: list[Object] = [pdf.Root]
    seen: set[tuple[int, int]] = set()
    while waiting:
        thing = waiting.pop()
        if thing.is_indirect:
            if thing.objgen in seen:
                continue
            seen.add(thing.objgen)
        if isinstance(thing, Dictionary | Stream):
            yield thing
            waiting += [value for _, value in thing.items() if _is_container(value)]
        elif isinstance(thing, Array):
            waiting += [value for value in thing if _is_container(value)]


def _is_container(value: object) -> bool:
    return isinstance(value, Dictionary | Stream | Array)


def _has(*keys: str) -> Broken:
    return lambda thing: any(key in thing for key in keys)


def _is(key: str, *values: str) -> Broken:
    return lambda thing: str(thing.get(key, "")) in values


def _filters(thing: Object) -> set[str]:
    value = thing.get(Name.Filter)
    return {str(one) for one in value} if isinstance(value, Array) else {str(value)}


def _is_stream(thing: Object, *kinds: str) -> bool:
    return isinstance(thing, Stream) and (not kinds or str(thing.get(Name.Subtype)) in kinds)


_ACTIONS = (
    "/Launch /Sound /Movie /ResetForm /ImportData /Hide /SetOCGState /Rendition /Trans /GoTo3DView "  # noqa: SIM905
    "/JavaScript /GoToE".split()
)
_NAMED = ("", "/NextPage", "/PrevPage", "/FirstPage", "/LastPage")
_NOTES = ("/3D", "/Sound", "/Screen", "/Movie", "/FileAttachment", "/RichMedia")
_BLENDS = (
    "/Normal /Compatible /Multiply /Screen /Overlay /Darken /Lighten /ColorDodge /ColorBurn /HardLight "  # noqa: SIM905
    "/SoftLight /Difference /Exclusion /Hue /Saturation /Color /Luminosity".split()
)
_INTENTS = ("", "/RelativeColorimetric", "/AbsoluteColorimetric", "/Perceptual", "/Saturation")
_HIDDEN, _PRINT = 0b100011, 0b100  # invisible, hidden, not viewed; printed
_SIDES = (3.0, 14400.0)
# Namespaces whose properties XMP itself defines; others must be explained in the document (6.6.2.3).
_KNOWN_METADATA = re.compile(
    rb"^(http://www\.w3\.org/1999/02/22-rdf-syntax-ns#|http://www\.w3\.org/XML/1998/namespace"
    rb"|adobe:ns:meta/|http://purl\.org/dc/elements/1\.1/"
    rb"|http://ns\.adobe\.com/(xap/1\.0/.*|pdf/1\.3/|photoshop/1\.0/|tiff/1\.0/|exif/1\.0/(aux/)?"
    rb"|camera-raw-settings/1\.0/|xmp/1\.0/DynamicMedia/)|http://www\.aiim\.org/pdfa/ns/.*)$"
)


def _is_note(thing: Object) -> bool:
    return Name.Subtype in thing and Name.Rect in thing and str(thing.get(Name.Type, "/Annot")) == "/Annot"


def _is_bad_flag(thing: Object) -> bool:
    if not _is_note(thing) or thing.Subtype == Name.Popup:
        return False
    flags = int(thing.get(Name.F, 0))
    return bool(flags & _HIDDEN) or not flags & _PRINT


def _lacks_appearance(thing: Object) -> bool:
    if not _is_note(thing) or str(thing.Subtype) in ("/Popup", "/Link"):
        return False
    x0, y0, x1, y1 = (float(side) for side in thing.Rect.as_list())
    looks = thing.get(Name.AP)
    if looks is None:
        return x0 != x1 or y0 != y1
    return set(looks.keys()) != {"/N"}


def _is_bad_state(thing: Object) -> bool:
    if str(thing.get(Name.TR2, "/Default")) != "/Default":
        return True
    if Name.BM not in thing or str(thing.get(Name.Type, "/ExtGState")) != "/ExtGState":
        return False
    modes = thing.BM if isinstance(thing.BM, Array) else [thing.BM]
    return any(str(mode) not in _BLENDS for mode in modes)


def _is_bad_page(thing: Object) -> bool:
    if Name.MediaBox not in thing:
        return False
    x0, y0, x1, y1 = (float(side) for side in thing.MediaBox.as_list())
    return not all(_SIDES[0] <= abs(side) <= _SIDES[1] for side in (x1 - x0, y1 - y0))


def _is_other_intent(root: Object) -> bool:
    """Whether there is an output intent other than one for PDF/A with an RGB profile."""
    for intent in root.get(Name.OutputIntents, Array()):
        profile = intent.get(Name.DestOutputProfile)
        if str(intent.get(Name.S)) != "/GTS_PDFA1" or not isinstance(profile, Stream):
            return True
        if int(profile.get(Name.N, 0)) != 3 or bad_profile(profile):
            return True
    return False


def _is_odd_metadata(root: Object) -> bool:
    stream = root.get(Name.Metadata)
    if not isinstance(stream, Stream):
        return False
    packet = stream.read_bytes()
    named = re.findall(rb"xmlns(?::[\w.-]+)?\s*=\s*[\"']([^\"']*)", packet)
    return b":RDF" not in packet or any(not _KNOWN_METADATA.match(name) for name in named)


def _is_odd_layering(root: Object) -> bool:
    layers = root.get(Name.OCProperties)
    if layers is None:
        return False
    shown = [layers.get(Name.D, Dictionary()), *layers.get(Name.Configs, Array())]
    return any(Name.AS in one or not str(one.get(Name.Name, "")) for one in shown)


def _fills_in(root: Object) -> bool:
    form = root.get(Name.AcroForm)
    return form is not None and (Name.XFA in form or bool(form.get(Name.NeedAppearances, False)))


def _holds_files(root: Object) -> bool:
    return Name.EmbeddedFiles in root.get(Name.Names, Dictionary()) or Name.AF in root


CATALOG: tuple[Rule, ...] = (
    Rule("6.1.12", "it has permissions of its own", _has("/Perms")),
    Rule("6.2.3", "its output intent is none of PDF/A in RGB", _is_other_intent),
    Rule("6.4.1", "its form leaves the look of fields to the reader", _fills_in),
    Rule("6.5.2", "it acts by itself", _has("/AA")),
    Rule("6.6.2", "its metadata have properties that they don't explain", _is_odd_metadata),
    Rule("6.8", "files are embedded in it", _holds_files),
    Rule("6.9", "its layers switch by themselves or have no name", _is_odd_layering),
    Rule("6.11", "it makes requirements on the reader", _has("/Requirements")),
)
"""Rules for the document's catalog."""

OBJECTS: tuple[Rule, ...] = (
    Rule("6.1.7.1", "a part of it lies in another file", lambda t: _is_stream(t) and "/F" in t),
    Rule("6.1.7.2", "it is packed by LZW", lambda t: _is_stream(t) and "/LZWDecode" in _filters(t)),
    Rule("6.1.7.2", "a part of it is encrypted", lambda t: _is_stream(t) and "/Crypt" in _filters(t)),
    Rule("6.1.13", "a page is too large or too small", _is_bad_page),
    Rule("6.2.4.2", "a colour profile is damaged or too new", lambda t: _is_stream(t) and bad_profile(t)),
    Rule("6.2.5", "it has transfer functions or blend modes of its own", _is_bad_state),
    Rule(
        "6.2.6", "it has a rendering intent of its own", lambda t: str(t.get("/Intent", "")) not in _INTENTS
    ),
    Rule("6.2.8", "a picture has alternates, is smoothed or can't be shown", bad_picture),
    Rule("6.2.9", "it has PostScript in it", lambda t: _is_stream(t, "/PS") or "/Subtype2" in t),
    Rule("6.2.9", "it draws pages of other files", lambda t: _is_stream(t, "/Form") and "/Ref" in t),
    Rule("6.2.10", "it blends in the colours of a printing press", _is("/CS", "/DeviceCMYK")),
    Rule(
        "6.3.1",
        "it has notes with sound, film or files",
        lambda t: _is_note(t) and _is("/Subtype", *_NOTES)(t),
    ),
    Rule("6.3.2", "it has notes that are hidden or not printed", _is_bad_flag),
    Rule("6.3.3", "it has notes whose look is left to the reader", _lacks_appearance),
    Rule("6.5.1", "it starts programs or changes what is shown", _is("/S", *_ACTIONS)),
    Rule(
        "6.5.1",
        "it acts in a way of its own",
        lambda t: str(t.get("/S", "")) == "/Named" and str(t.get("/N", "")) not in _NAMED,
    ),
    Rule("6.5.2", "its pages or fields act by themselves", _has("/AA")),
    Rule("6.8", "files are embedded in it", _has("/EF")),
    Rule("6.10", "it has presentations", _has("/PresSteps")),
)
"""Rules for every dictionary and stream."""
