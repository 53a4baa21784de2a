"""PDF/A-2b: what a claim stands on, and what keeps a document from being one."""

import io

import pikepdf
import pytest
from copying import page, paper, result
from papers import picture, put, scanned
from pikepdf import Array, Dictionary, Name, Pdf, Stream, String
from PIL import ImageCms

from pipeline.export import font, pdf, pdfa
from pipeline.export.pdfa_pictures import bad_picture, bad_profile
from pipeline.export.pdfa_rules import CATALOG, OBJECTS

AS_IT_IS = {"stream_decode_level": pikepdf.StreamDecodeLevel.none, "fix_metadata_version": False}
RDF = (
    '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
    '<rdf:Description rdf:about="" {}/></rdf:RDF></x:xmpmeta>'
)


@pytest.fixture(scope="module")
def scan():
    return scanned(picture(paper(), dpi=100), 100)


@pytest.fixture
def copy(scan, tmp_path):
    """The copy of a scan, after a change to the source, and what is said of it."""

    def made(change=lambda document: None):
        with Pdf.open(io.BytesIO(scan)) as document:
            change(document)
            document.save(tmp_path / "scan.pdf", compress_streams=False, **AS_IT_IS)
        notes = pdf.write(result(tmp_path / "scan.pdf", page()), tmp_path / "copy.pdf")
        return tmp_path / "copy.pdf", notes

    return made


def first(document):
    return document.pages[0].obj


def drawn(document):
    return next(iter(document.pages[0].get_images().values()))


def added(document, value):
    document.Root.Extra = document.make_indirect(value)


def note(document, **entries):
    made = {"Type": Name.Annot, "Subtype": Name.Link, "Rect": [0, 0, 9, 9], "F": 4, **entries}
    first(document).Annots = Array([document.make_indirect(Dictionary(**made))])


def content(document, data, **resources):
    page = first(document)
    page.Contents = Array([page.Contents, document.make_indirect(Stream(document, data))])
    for name, value in resources.items():
        page.Resources[f"/{name}"] = value


def lzw(document):
    added(document, Stream(document, b"\x80\x0b\x60\x50\x22\x0c\x0c\x85\x01", Filter=Name.LZWDecode))


def xmp(document, properties):
    packet = RDF.format(properties).encode()
    document.Root.Metadata = document.make_stream(packet, Type=Name.Metadata, Subtype=Name.XML)


def action(kind, **entries):
    return lambda document: note(document, A=Dictionary(S=Name(f"/{kind}"), **entries))


HELVETICA = Dictionary(F=Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica))
BROKEN = (
    ("6.1.7.1", lambda d: added(d, Stream(d, b"", F=String("elsewhere")))),
    ("6.1.7.2", lzw),
    ("6.1.10", lambda d: content(d, b"BI /W 1 /H 1 /BPC 8 /CS /G /F /LZW ID \x80\x00 EI")),
    ("6.1.12", lambda d: d.Root.__setitem__("/Perms", Dictionary())),
    ("6.1.13", lambda d: first(d).__setitem__("/MediaBox", Array([0, 0, 20000, 20]))),
    ("6.1.13", lambda d: content(d, b"q " * 40 + b"Q " * 40)),
    ("6.2.2", lambda d: content(d, b"1 2 glow")),
    ("6.2.3", lambda d: d.Root.__setitem__("/OutputIntents", Array([Dictionary(S=Name.GTS_PDFX)]))),
    ("6.2.4.3", lambda d: content(d, b"0 0 0 1 k")),
    ("6.2.4.3", lambda d: content(d, b"", ColorSpace=Dictionary(C=Array([Name.Pattern, Name.DeviceCMYK])))),
    ("6.2.4.3", lambda d: drawn(d).__setitem__("/ColorSpace", Name.DeviceCMYK)),
    ("6.2.5", lambda d: added(d, Dictionary(Type=Name.ExtGState, TR2=Name.Own))),
    ("6.2.5", lambda d: added(d, Dictionary(Type=Name.ExtGState, BM=Name.Own))),
    ("6.2.6", lambda d: content(d, b"/Own ri")),
    ("6.2.6", lambda d: drawn(d).__setitem__("/Intent", Name.Own)),
    ("6.2.8", lambda d: drawn(d).__setitem__("/Interpolate", True)),
    ("6.2.9", lambda d: added(d, Stream(d, b"", Subtype=Name.PS))),
    ("6.2.9", lambda d: added(d, Stream(d, b"", Subtype=Name.Form, Ref=Dictionary()))),
    ("6.2.10", lambda d: first(d).__setitem__("/Group", Dictionary(S=Name.Transparency, CS=Name.DeviceCMYK))),
    ("6.2.11", lambda d: content(d, b"BT /F 9 Tf (seen) Tj ET", Font=HELVETICA)),
    ("6.3.1", lambda d: note(d, Subtype=Name.Movie)),
    ("6.3.2", lambda d: note(d, F=0)),
    ("6.3.2", lambda d: note(d, F=6)),
    ("6.3.3", lambda d: note(d, Subtype=Name.Stamp)),
    ("6.4.1", lambda d: d.Root.__setitem__("/AcroForm", Dictionary(Fields=Array(), NeedAppearances=True))),
    ("6.5.1", action("Launch")),
    ("6.5.1", action("JavaScript")),
    ("6.5.1", action("Named", N=Name.Print)),
    ("6.5.2", lambda d: d.Root.__setitem__("/AA", Dictionary())),
    ("6.5.2", lambda d: first(d).__setitem__("/AA", Dictionary())),
    ("6.6.2", lambda d: xmp(d, 'xmlns:own="http://kommun.example/" own:a="b"')),
    ("6.8", lambda d: d.attachments.__setitem__("a.txt", b"bifogat")),
    ("6.9", lambda d: d.Root.__setitem__("/OCProperties", Dictionary(D=Dictionary(AS=Array())))),
    ("6.10", lambda d: first(d).__setitem__("/PresSteps", Dictionary())),
    ("6.11", lambda d: d.Root.__setitem__("/Requirements", Array())),
)
HARMLESS = (
    lambda d: None,
    action("URI", URI=String("https://granliden.example")),
    action("Named", N=Name.NextPage),
    lambda d: content(d, b"1 0 0 rg 0 0 9 9 re f /RelativeColorimetric ri"),
    lambda d: content(d, b"BT 3 Tr /F 9 Tf (unseen) Tj ET", Font=HELVETICA),
    lambda d: content(d, b"BT /F 9 Tf ET", Font=HELVETICA),
    lambda d: added(d, Dictionary(Type=Name.ExtGState, BM=Name.Multiply, TR2=Name.Default)),
    lambda d: xmp(d, 'xmlns:dc="http://purl.org/dc/elements/1.1/" dc:source="a"'),
    lambda d: d.docinfo.__setitem__("/Egen", String("uppgift")),
    lambda d: first(d).__setitem__("/Group", Dictionary(S=Name.Transparency, CS=Name.DeviceRGB)),
)


@pytest.mark.parametrize(("clause", "change"), BROKEN, ids=[f"{n}-{c}" for n, (c, _) in enumerate(BROKEN)])
def test_what_breaks_a_clause_is_written_plain_and_told(copy, clause, change):
    path, notes = copy(change)
    assert [note.partition(":")[0] for note in notes] == ["plain PDF, not PDF/A-2b"]
    assert notes[0].endswith(f"({clause})")
    with Pdf.open(path) as document:
        assert b"pdfaid" not in (document.Root.Metadata.read_bytes() if "/Metadata" in document.Root else b"")


@pytest.mark.parametrize("change", HARMLESS)
def test_what_breaks_none_is_claimed(copy, change):
    path, notes = copy(change)
    assert notes == []
    with Pdf.open(path) as document, document.open_metadata() as metadata:
        assert (metadata["pdfaid:part"], metadata["pdfaid:conformance"]) == ("2", "B")


def test_every_rule_is_tried():
    tried = {clause for clause, _ in BROKEN}
    assert {rule.clause for rule in (*CATALOG, *OBJECTS)} - tried == {"6.2.4.2"}  # a profile's; see below


def test_a_claimed_file_is_built_as_the_standard_says(copy):
    """6.1.2 header, 6.1.3 trailer, 6.2.3 output intent, 6.6.2 metadata; the font as 6.2.11 has it."""
    path, _ = copy()
    data = path.read_bytes()
    assert data.startswith(b"%PDF-1.7\n%")
    assert all(byte > 127 for byte in data[10:14])
    with Pdf.open(path) as document:
        assert len(document.trailer.ID) == 2
        assert "/Encrypt" not in document.trailer
        assert "/Filter" not in document.Root.Metadata
        (intent,) = document.Root.OutputIntents
        assert (intent.S, intent.DestOutputProfile.N) == ("/GTS_PDFA1", 3)
        assert not bad_profile(intent.DestOutputProfile)
        (used,) = (made for made in first(document).Resources.Font.values() if made.Subtype == "/Type0")
        (descendant,) = used.DescendantFonts
        glyphs = descendant.CIDToGIDMap.read_bytes()
        assert descendant.DW == 1000 * font.WIDTH
        assert len(glyphs) == 2 * 65536
        assert set(glyphs[2::2]) == {0}
        assert set(glyphs[3::2]) == {1}
        assert descendant.FontDescriptor.FontFile2.Length1 == len(font.truetype())


def test_the_profile_of_colours_is_always_the_same():
    assert pdfa.srgb() == pdfa.srgb()
    opened = ImageCms.getOpenProfile(io.BytesIO(pdfa.srgb()))
    assert "sRGB" in ImageCms.getProfileDescription(opened)


def test_a_claim_that_a_source_makes_is_kept_where_it_still_holds(copy):
    claim = 'xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/" pdfaid:part="{}"'

    def said(part, otherwise=lambda document: None):
        path, notes = copy(lambda document: (xmp(document, claim.format(part)), otherwise(document)))
        with Pdf.open(path) as document:
            return pdfa._claimed(document), bool(notes)

    assert said(2) == ("2", False)
    assert said(3, lambda d: d.attachments.__setitem__("a.txt", b"bifogat")) == ("3", False)
    assert said(1) == ("2", False)
    assert said(1, action("JavaScript")) == ("", True)


def jp2(channels=3, depth=7, method=1, space=16):
    def box(kind, data):
        return (8 + len(data)).to_bytes(4, "big") + kind + data

    head = box(b"ihdr", b"\0\0\0\1\0\0\0\1" + channels.to_bytes(2, "big") + bytes((depth, 7, 0, 0)))
    colour = box(b"colr", bytes((method, 0, 0)) + space.to_bytes(4, "big"))
    return box(b"jP  ", b"\r\n\x87\n") + box(b"jp2h", head + colour) + box(b"jp2c", b"")


@pytest.mark.parametrize(
    ("data", "bad"),
    [(jp2(), False), (jp2(1, space=17), False), (jp2(2), True), (jp2(depth=255), True), (jp2(space=19), True),
     (jp2(method=4), True), (b"\xff\x4f\xff\x51", True), (b"", True)],
)  # fmt: skip
def test_jpeg_2000_pictures(data, bad):
    with Pdf.new() as document:
        made = Stream(document, data, Subtype=Name.Image, Filter=Name.JPXDecode)
        assert bad_picture(made) is bad


@pytest.mark.parametrize(
    ("change", "n", "bad"),
    [(lambda p: p, 3, False), (lambda p: p, 4, True), (lambda p: p[:100], 3, True),
     (lambda p: p[:8] + b"\5" + p[9:], 3, True), (lambda p: p[:36] + b"none" + p[40:], 3, True)],
)  # fmt: skip
def test_colour_profiles(change, n, bad):
    with Pdf.new() as document:
        assert bad_profile(Stream(document, change(pdfa.srgb()), N=n)) is bad


def test_a_structure_that_cannot_be_followed_is_not_claimed(tmp_path, scan):
    source = put(tmp_path, "scan.pdf", scan)
    with Pdf.open(source, allow_overwriting_input=True) as document:
        document.Root.OutputIntents = Array([1])
        document.save(source)
    (note,) = pdf.write(result(source, page()), tmp_path / "copy.pdf")
    assert note.endswith("(6.1)")
