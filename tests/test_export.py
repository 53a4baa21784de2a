"""Copies of documents: words at their places whatever the cleaner did, files that nobody loses."""

import os
import re
import subprocess
import sys
from dataclasses import replace
from itertools import combinations
from pathlib import Path

import alto_schema
import copying
import pytest
from copying import page, paper, result
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from papers import picture, put, scanned

from pipeline.errors import UsageError
from pipeline.export import Order, alto, copied, hocr, planned
from pipeline.export.baseline import fitted
from pipeline.export.lines import blocks
from pipeline.flow import Result
from pipeline.model import Box, Cleaned, Document, Edit, Page, Source, Span, TextSource, Word
from pipeline.offsets import apply, to_clean

ROOT = Path(__file__).parent.parent
SCHEMA = alto_schema.schema()
ALTO = "{http://www.loc.gov/standards/alto/ns-v4#}"
XHTML = "{http://www.w3.org/1999/xhtml}"


# Words and lines


def cleaned(raw: str, *passes: list[tuple[str, str]], others: dict[str, str] | None = None) -> Cleaned:
    """A page of one letter wide, one line high, on which each pass made each of its changes once."""
    words = []
    for match in re.finditer(r"\S+", raw):
        line, column = (
            raw.count("\n", 0, match.start()),
            match.start() - raw.rfind("\n", 0, match.start()) - 1,
        )
        box = Box(10.0 * column, 20.0 * line, 10.0 * (column + len(match[0])), 20.0 * line + 10)
        words.append(Word(Span(*match.span()), box, 0.9, (others or {}).get(match[0], "")))
    text, made = raw, []
    for changes in passes:
        edits = []
        for old, new in changes:
            at = text.index(old)
            edits.append(Edit(Span(at, at + len(old)), old, new, "test"))
        made.append(tuple(sorted(edits, key=lambda edit: edit.span)))
        text = apply(text, made[-1])
    read = Page(1, raw, tuple(words), TextSource.OCR, 600.0, 800.0, 200)
    return Cleaned(read, text, tuple(made))


def laid(page: Cleaned):
    return blocks(page, [(word, to_clean(word.span, page.passes)) for word in page.page.words])


def shown(page: Cleaned) -> list[list[list[str]]]:
    return [[[word.printed for word in line.words] for line in block] for block in laid(page)]


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        (cleaned("ett två\ntre\n\nfyra\tfem"), [[["ett", "två"], ["tre"]], [["fyra", "fem"]]]),
        (cleaned("f6r alla", [("f6r", "för")]), [[["för", "alla"]]]),
        (cleaned("en för ening till", [("för ening", "förening")]), [[["en", "förening", "till"]]]),
        (cleaned("iden kommun", [("iden", "i den")]), [[["i", "den", "kommun"]]]),
        (cleaned("» punkt ~", [("» ", ""), (" ~", "")]), [[["punkt"]]]),
        (cleaned("kommun-\nstyrelsen, i", [("-\nstyrelsen, ", "styrelsen,\n")]),
         [[["kommun\xad"], ["styrelsen,", "i"]]]),
        (cleaned("ett IOP-\navtal om", [("-\navtal ", "-avtal\n")]), [[["ett", "IOP-"], ["avtal", "om"]]]),
        (cleaned("vård- \noch omsorg"), [[["vård-"], ["och", "omsorg"]]]),
        (cleaned("kommun-\nstyreisen i", [("-\nstyreisen ", "styreisen\n")],
                 [("kommunstyreisen", "kommunstyrelsen")]), [[["kommun\xad"], ["styrelsen", "i"]]]),
        (cleaned(""), []),
    ],
)  # fmt: skip
def test_every_printed_word_gets_its_share_of_the_cleaned_text(page, expected):
    assert shown(page) == expected


def test_words_made_one_share_a_box_and_words_made_two_part_it():
    ((line,),) = laid(cleaned("för ening", [("för ening", "förening")]))
    assert [(word.box.x0, word.box.x1) for word in line.words] == [(0, 90)]
    ((line,),) = laid(cleaned("iden", [("iden", "i den")]))
    assert [(word.text, word.box.x0, word.box.x1) for word in line.words] == [("i", 0, 8), ("den", 16, 40)]


def test_what_was_read_before_and_besides_is_kept():
    ((line,),) = laid(cleaned("f6r tal", [("f6r", "för")], others={"f6r": "far", "tal": "tal"}))
    assert [(word.raw, word.other) for word in line.words] == [("f6r", "far"), ("", "")]


def test_text_without_places_has_no_lines():
    read = Page(1, "ord", (Word(Span(0, 3)),))
    assert laid(Cleaned(read, "ord")) == ()


@given(st.lists(st.sampled_from(["ord", "kommun-", "\n", "\n\n", "\t", "12", "–"]), max_size=12), st.data())
def test_no_word_is_lost_or_doubled(parts, data):
    """Whatever the cleaner made of a line, the copy's words are the words of its text, in order."""
    raw = " ".join(parts)
    words = re.findall(r"\S+", raw)
    changes = [(words[0], data.draw(st.sampled_from(["nytt", "två ord", words[0]])))] if words else []
    page = cleaned(raw, changes)
    found = " ".join(word.text for block in laid(page) for line in block for word in line.words)
    assert found.split() == page.text.split()


@pytest.mark.parametrize(
    ("words", "slope", "foot", "size"),
    [
        ([("Hus", Box(0, 0, 30, 7.2)), ("gul", Box(40, 0, 60, 9.3))], 0, 7.2, 10),
        ([("sen", Box(0, 2.2, 30, 7.2)), ("om", Box(40, 2.2, 60, 7.2))], 0, 7.2, 10),
        (
            [("Ab", Box(0, 0, 10, 10)), ("Ab", Box(90, 1, 110, 11)), ("Ab", Box(190, 2, 210, 12))],
            0.01,
            9.95,
            13.9,
        ),
        ([("–", Box(0, 3, 9, 4)), ("Hus", Box(20, 0, 50, 7.2))], 0, 7.2, 10),
    ],
)
def test_baselines(words, slope, foot, size):
    line = fitted(words)
    assert (line.slope, line.foot, line.size) == pytest.approx((slope, foot, size), abs=0.06)


def test_one_wrong_box_moves_no_baseline():
    boxes = [Box(30 * n, 0, 30 * n + 20, 10) for n in range(9)]
    boxes[4] = Box(120, 0, 140, 30)
    line = fitted([("Hus", box) for box in boxes])
    assert (line.slope, line.foot) == pytest.approx((0, 10), abs=0.01)


# ALTO and hOCR


@pytest.fixture(scope="module")
def read(tmp_path_factory):
    """A document of two pages: one printed, one on which the cleaner was at work."""
    folder = tmp_path_factory.mktemp("read")
    source = put(folder, "Avtal & bilaga.pdf", scanned(picture(paper(), dpi=100), 100))
    made = result(source, page(), page(2, rotation=90))
    second = cleaned("f6r kommun-\nstyrelsen i\tdag", [("f6r", "för"), ("-\nstyrelsen ", "styrelsen\n")],
                     others={"dag": "dåg"})  # fmt: skip
    second = replace(second, page=replace(second.page, number=2, rotation=90, flags=("rotated",)))
    pages = (made.reading.pages[0], second)
    reading = replace(made.reading, pages=pages)
    return replace(made, reading=reading, document=replace(made.document, pages=tuple(p.page for p in pages)))


def test_alto_is_valid(read):
    SCHEMA.assertValid(etree.fromstring(alto.document(read)))


def test_the_schema_refuses_what_is_wrong(read):
    for wrong in (b'WC="1.9', b'ID="page_2', b'HPOS="x', b"<SP/><SP"):
        right = {
            b'WC="1.9': b'WC="0.9',
            b'ID="page_2': b'ID="page_1',
            b'HPOS="x': b'HPOS="',
            b"<SP/><SP": b"<SP",
        }
        data = alto.document(read)
        assert right[wrong] in data
        broken = (
            data.replace(right[wrong], wrong) if wrong != b'ID="page_2' else data.replace(wrong, right[wrong])
        )
        assert not SCHEMA.validate(etree.fromstring(broken))


def test_alto_has_every_word_at_its_place(read):
    (first, _) = etree.fromstring(alto.document(read)).iter(ALTO + "Page")
    strings = list(first.iter(ALTO + "String"))
    words = read.document.pages[0].words
    assert [string.get("CONTENT") for string in strings] == read.document.pages[0].text.split()
    for string, word in zip(strings, words, strict=True):
        place = [int(string.get(side)) for side in ("HPOS", "VPOS", "WIDTH", "HEIGHT")]
        box = Box(place[0], place[1], place[0] + place[2], place[1] + place[3])
        there = [round(side * 1200 / 72) for side in (word.box.x0, word.box.y0, word.box.x1, word.box.y1)]
        assert (box.x0, box.y0, box.x1, box.y1) == pytest.approx(there, abs=1)


def test_alto_tells_halves_losers_and_turns(read):
    root = etree.fromstring(alto.document(read))
    second = list(root.iter(ALTO + "Page"))[1]
    halves = [
        (s.get("CONTENT"), s.get("SUBS_TYPE"), s.get("SUBS_CONTENT")) for s in second.iter(ALTO + "String")
    ]
    assert halves == [
        ("för", None, None),
        ("kommun", "HypPart1", "kommunstyrelsen"),
        ("styrelsen", "HypPart2", "kommunstyrelsen"),
        ("i", None, None),
        ("dag", None, None),
    ]
    assert [hyphen.get("CONTENT") for hyphen in second.iter(ALTO + "HYP")] == ["-"]
    lost = [(a.get("PURPOSE"), a.text) for a in second.iter(ALTO + "ALTERNATIVE")]
    assert lost == [("before cleaning", "f6r"), ("second reading", "dåg")]
    told = [step.text for step in root.iter(ALTO + "processingStepDescription")]
    assert ["turned 90 degrees clockwise" in text for text in told] == [False, True]


PROPERTY = {
    "bbox": r"\d+ \d+ \d+ \d+",
    "baseline": r"-?\d+\.\d+ -?\d+",
    "x_wconf": r"100|\d\d?",
    "image": r'"[^";]+"',
    "ppageno": r"\d+",
    "scan_res": r"\d+ \d+",
    "x_source": r'"[^";]+#page=\d+(&rotate=(90|180|270))?"',
}
# Of two boxes of one kind, the share of the larger that both may cover: what hocr-tools' hocr-check allows.
OVERLAP = 0.2
TAGS = {"ocr_page": "div", "ocr_carea": "div", "ocr_par": "p", "ocr_line": "span", "ocrx_word": "span"}
INSIDE = {"ocr_carea": "ocr_page", "ocr_par": "ocr_carea", "ocr_line": "ocr_par", "ocrx_word": "ocr_line"}
NEEDED = {
    "ocr_page": {"image", "bbox", "ppageno", "scan_res", "x_source"},
    "ocr_carea": {"bbox"},
    "ocr_par": {"bbox"},
    "ocr_line": {"bbox", "baseline"},
    "ocrx_word": {"bbox", "x_wconf"},
}


def box(element) -> Box:
    return Box(*map(float, properties(element)["bbox"].split()))


def area(box: Box) -> float:
    return max(0.0, box.x1 - box.x0) * max(0.0, box.y1 - box.y0)


def both(one: Box, other: Box) -> Box:
    return Box(max(one.x0, other.x0), max(one.y0, other.y0), min(one.x1, other.x1), min(one.y1, other.y1))


def properties(element) -> dict[str, str]:
    return dict(part.strip().split(" ", 1) for part in element.get("title").split(";"))


def test_hocr_is_valid_by_its_specification(read):
    """XHTML; metadata and capabilities (hOCR 1.2, 11 and 12); elements in place, with their properties."""
    root = etree.fromstring(hocr.document(read), etree.XMLParser(load_dtd=False))
    assert root.tag == XHTML + "html"
    named = {meta.get("name"): meta.get("content") for meta in root.iter(XHTML + "meta")}
    assert named["ocr-system"].startswith("namnd ")
    assert named["ocr-number-of-pages"] == "2"
    marked = [element for element in root.iter() if element.get("class")]
    assert {element.get("class") for element in marked} <= set(named["ocr-capabilities"].split())
    assert len({element.get("id") for element in marked}) == len(marked)
    for element in marked:
        kind, told = element.get("class"), properties(element)
        assert element.tag == XHTML + TAGS[kind]
        assert set(told) >= NEEDED[kind]
        assert all(re.fullmatch(PROPERTY[name], value) for name, value in told.items()), told
        assert kind == "ocr_page" or element.getparent().get("class") == INSIDE[kind]
        if kind in INSIDE:
            x0, y0, x1, y1 = map(int, told["bbox"].split())
            a0, b0, a1, b1 = map(int, properties(element.getparent())["bbox"].split())
            assert a0 <= x0 <= x1 <= a1
            assert b0 <= y0 <= y1 <= b1


def test_hocr_names_what_a_reader_of_it_needs(read):
    """The metadata that hOCR 1.2 demands and recommends, and pages in order, each once."""
    root = etree.fromstring(hocr.document(read))
    named = [meta.get("name") for meta in root.iter(XHTML + "meta") if meta.get("name")]
    assert sorted(named) == [
        "ocr-capabilities", "ocr-langs", "ocr-number-of-pages", "ocr-scripts", "ocr-system"
    ]  # fmt: skip
    found = [e for e in root.iter(XHTML + "div") if e.get("class") == "ocr_page"]
    assert [properties(element)["ppageno"] for element in found] == ["0", "1"]
    assert all(element.getparent().tag == XHTML + "body" for element in found)


@pytest.mark.parametrize("kind", ["ocr_carea", "ocr_par", "ocr_line"])
def test_areas_paragraphs_and_lines_of_hocr_lie_apart(read, kind):
    root = etree.fromstring(hocr.document(read))
    for sheet in root.iterfind(f".//{XHTML}div[@class='ocr_page']"):
        boxes = [box(element) for element in sheet.iter() if element.get("class") == kind]
        for one, other in combinations(boxes, 2):
            assert area(both(one, other)) <= OVERLAP * max(area(one), area(other), 1.0)


def test_hocr_has_every_word_at_its_place(read):
    root = etree.fromstring(hocr.document(read))
    (first, second) = root.iterfind(f".//{XHTML}div[@class='ocr_page']")
    words = [(e.text, properties(e)["bbox"]) for e in first.iterfind(f".//{XHTML}span[@class='ocrx_word']")]
    boxes = (word.box for word in read.document.pages[0].words)
    places = [" ".join(str(round(s * 200 / 72)) for s in (b.x0, b.y0, b.x1, b.y1)) for b in boxes]
    assert words == list(zip(read.document.pages[0].text.split(), places, strict=True))
    assert properties(second)["x_source"].endswith('#page=2&rotate=90"')
    assert "kommun\xad" in [e.text for e in second.iter(XHTML + "span")]


@pytest.mark.parametrize("maker", [alto.document, hocr.document])
def test_odd_characters_do_no_harm(read, maker):
    page = cleaned("<b>&\x01 \ud800 ä\ufffe")
    odd = replace(
        read,
        source=replace(read.source, paths=('od"d;\udce5<&\x02.pdf',)),
        reading=replace(read.reading, pages=(page,)),
        document=replace(read.document, pages=(page.page,)),
        qualities=read.qualities[:1],
    )
    root = etree.fromstring(maker(odd))
    assert "<b>&\ufffd" in [e.get("CONTENT") or e.text for e in root.iter()]


# Files


def source(path: str, digest: str = "1") -> Source:
    return Source((path,), digest * 64, "application/pdf", 1)


def test_copies_have_names_of_their_own(tmp_path):
    sources = [source("a/avtal.pdf"), source("b/Avtal.tif", "2"), source("c/beslut.pdf", "3")]
    order = planned(sources, tmp_path / "new" / "out", ("pdf", "alto", "hocr"))
    assert [order.path(s, "pdf").name for s in sources] == [
        "avtal-11111111.searchable.pdf",
        "Avtal-22222222.searchable.pdf",
        "beslut.searchable.pdf",
    ]
    assert order.path(sources[2], "alto") == tmp_path / "new" / "out" / "beslut.alto.xml"
    assert order.path(sources[2], "hocr").name == "beslut.hocr"
    long = Order(tmp_path, ("pdf",)).path(source("å" * 120 + ".pdf"), "pdf").name
    assert len(os.fsencode(long)) <= 255


def test_nothing_is_written_over(tmp_path):
    original = put(tmp_path, "a.searchable.pdf", b"original")
    put(tmp_path, "b.searchable.pdf", b"other")
    both = [source(str(original)), source("a.pdf", "2")]
    with pytest.raises(UsageError, match="itself"):
        planned(both, tmp_path, ("pdf",), force=True)
    with pytest.raises(UsageError, match="--force"):
        planned([source("b.pdf")], tmp_path, ("pdf",))
    planned([source("b.pdf")], tmp_path, ("pdf",), force=True)
    with pytest.raises(UsageError, match=r"b\.searchable"):
        planned([source("x.pdf")], tmp_path / "b.searchable.pdf", ("pdf",))


def test_a_file_that_came_meanwhile_is_left_alone(tmp_path, read):
    order = planned([read.source], tmp_path, ("alto",))
    path = order.path(read.source, "alto")
    path.write_text("of another")
    done = copied(read, order)
    assert (done.written, [f.code for f in done.failures]) == ((), ["unreadable"])
    assert path.read_text() == "of another"
    assert [p.name for p in tmp_path.iterdir()] == [path.name]
    assert copied(read, replace(order, force=True)).written == (str(path),)


def test_a_copy_that_fails_costs_no_other(tmp_path, read):
    lost = replace(read, source=replace(read.source, paths=(str(tmp_path / "gone.pdf"),)))
    done = copied(lost, planned([lost.source], tmp_path, ("pdf", "hocr")))
    assert [Path(path).name for path in done.written] == ["gone.hocr"]
    assert [(f.stage, f.code) for f in done.failures] == [("export", "unreadable")]


def test_a_text_has_no_copy_and_an_unread_document_keeps_its_failure(tmp_path, read):
    text = replace(read, source=replace(read.source, media_type="text/plain"))
    order = planned([text.source], tmp_path, ("pdf", "alto"))
    assert [f.code for f in copied(text, order).failures] == ["unsupported"]
    failure = copied(text, order).failures[0]
    for pages in (None, replace(read.reading, pages=())):
        unread = Result(read.source, Document(read.source, ()), pages, failures=(failure,))
        assert copied(unread, order).failures == (failure,)
    assert list(tmp_path.iterdir()) == []


# The command


def namnd(*arguments, cwd):
    command = [sys.executable, "-m", "pipeline", "export", *arguments]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.run(
        command, cwd=cwd, env=environment, capture_output=True, text=True, timeout=300, check=False
    )


def test_export_reads_masks_and_goes_on(tmp_path, settings):
    """One sideways scan, one broken file: the scan is copied, upright and masked, the other is told."""
    lines = (*copying.LINES, "Ansvarig är Anna Ek med personnummer 19640823-3234.")
    pixels = picture(copying.pdf(lines), dpi=200)
    put(tmp_path, "scan.pdf", scanned(pixels.T[::-1].copy()))
    put(tmp_path, "cut.pdf", b"%PDF-1.4 cut")
    done = namnd("scan.pdf", "cut.pdf", "--pdf", "--alto", "--hocr", "--settings", settings, cwd=tmp_path)
    assert done.returncode == 1
    assert "cut.pdf" in done.stderr
    assert "(corrupt)" in done.stderr
    made = {path.name for path in tmp_path.iterdir() if not path.name.startswith(".coverage")}
    assert made == {"scan.pdf", "cut.pdf", "scan.searchable.pdf", "scan.alto.xml", "scan.hocr"}
    words = [word for word, _ in copying.words(tmp_path / "scan.searchable.pdf")]
    assert {"Nämnden", "Föreningen", "älven."} <= set(words)
    assert any("-****" in word for word in words)
    for name in ("scan.alto.xml", "scan.hocr"):
        assert "3234" not in (tmp_path / name).read_text()
    assert "3234" not in "".join(words)
    again = namnd("scan.pdf", "--pdf", "--settings", settings, cwd=tmp_path)
    assert (again.returncode, "--force" in again.stderr) == (2, True)


def test_export_wants_to_know_what(tmp_path):
    put(tmp_path, "a.pdf", b"%PDF-")
    done = namnd("a.pdf", cwd=tmp_path)
    assert (done.returncode, "--alto" in done.stderr) == (2, True)
