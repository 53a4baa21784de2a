"""Laws of the offset maps and of `Reading`: nothing moves that wasn't edited, and every span leads back."""

from hypothesis import given
from hypothesis import strategies as st

from pipeline.model import Box, Cleaned, Edit, Page, Span, Word
from pipeline.offsets import apply, to_clean, to_raw
from pipeline.reading import PAGE_BREAK, Reading

LETTERS = "aåbö 1-\n"


@st.composite
def edited(draw: st.DrawFn, text: str) -> tuple[Edit, ...]:
    """Sorted edits of a text that don't overlap; none is empty on both sides."""
    cuts = sorted(draw(st.lists(st.integers(0, len(text)), max_size=8)))
    edits = []
    for start, end in zip(cuts[::2], cuts[1::2], strict=False):
        if edits and start < edits[-1].span.end + 1:  # two edits at one place would be one edit
            continue
        new = draw(st.text(LETTERS, max_size=3))
        if start < end or new:
            edits.append(Edit(Span(start, end), text[start:end], new, "test"))
    return tuple(edits)


@st.composite
def passes(draw: st.DrawFn) -> tuple[str, tuple[tuple[Edit, ...], ...], str]:
    """A raw text, up to three passes over it, and the text after them."""
    raw = text = draw(st.text(LETTERS, max_size=30))
    done = []
    for _ in range(draw(st.integers(0, 3))):
        edits = draw(edited(text))
        done.append(edits)
        text = apply(text, edits)
    return raw, tuple(done), text


@given(passes())
def test_untouched_characters_map_to_themselves(case: tuple[str, tuple[tuple[Edit, ...], ...], str]) -> None:
    raw, done, clean = case
    for at in range(len(clean)):
        origin = to_raw(Span(at, at + 1), done)
        assert 0 <= origin.start <= origin.end <= len(raw)
        if to_clean(origin, done) == Span(at, at + 1) and len(origin) == 1 and not _touched(at, done):
            assert raw[origin.start] == clean[at]


@given(passes())
def test_back_and_forth_covers_where_it_began(case: tuple[str, tuple[tuple[Edit, ...], ...], str]) -> None:
    raw, done, clean = case
    for at in range(len(raw)):
        there = to_clean(Span(at, at + 1), done)
        assert 0 <= there.start <= there.end <= len(clean)
        if len(there):
            assert Span(at, at + 1) in to_raw(there, done)


@given(passes(), st.data())
def test_order_is_kept(case: tuple[str, tuple[tuple[Edit, ...], ...], str], data: st.DataObject) -> None:
    _, done, clean = case
    a, b, c = sorted(data.draw(st.lists(st.integers(0, len(clean)), min_size=3, max_size=3)))
    first, whole = to_raw(Span(a, b), done), to_raw(Span(a, c), done)
    assert whole.start == first.start or a == b
    assert first.end <= whole.end or b == c


@given(passes())
def test_spans_stay_inside(case: tuple[str, tuple[tuple[Edit, ...], ...], str]) -> None:
    raw, done, clean = case
    assert to_clean(Span(0, len(raw)), done) in Span(0, len(clean))
    assert to_raw(Span(0, len(clean)), done) in Span(0, len(raw))


@given(st.text(LETTERS, max_size=30))
def test_no_edits_no_change(text: str) -> None:
    assert apply(text, ()) == text
    assert to_raw(Span(0, len(text)), ((),)) == Span(0, len(text)) == to_clean(Span(0, len(text)), ((),))


@given(st.lists(passes(), min_size=1, max_size=4))
def test_a_reading_leads_back_to_page_and_raw(
    cases: list[tuple[str, tuple[tuple[Edit, ...], ...], str]],
) -> None:
    reading = Reading(
        tuple(Cleaned(Page(n + 1, raw), clean, done) for n, (raw, done, clean) in enumerate(cases))
    )
    assert reading.text == PAGE_BREAK.join(clean for _, _, clean in cases)
    for index, (raw, done, clean) in enumerate(cases):
        start = reading.starts[index]
        assert reading.text[start : start + len(clean)] == clean
        for at in range(len(clean)):
            page, local = reading.locate(Span(start + at, start + at + 1))
            assert (page, local) == (index, Span(at, at + 1))
            origin = to_raw(local, done)
            evidence = reading.evidence(Span(start + at, start + at + 1))
            assert evidence.raw == raw[origin.start : origin.end]
            assert (evidence.page, evidence.box, evidence.word_confidence) == (index + 1, None, None)


def test_words_and_boxes_follow_the_edits() -> None:
    """`kommun-` on one line and `styrelsen` on the next are one word in two boxes."""
    raw = "i kommun-\nstyrelsen f6r"
    words = (
        Word(Span(0, 1), Box(0, 0, 5, 10), 0.99),
        Word(Span(2, 9), Box(10, 0, 60, 10), 0.95),
        Word(Span(10, 19), Box(0, 20, 70, 30), 0.9),
        Word(Span(20, 23), Box(80, 20, 95, 30), 0.6),
    )
    joined = (Edit(Span(8, 20), "-\nstyrelsen ", "styrelsen\n", "hyphen"),)
    mended = (Edit(Span(18, 21), "f6r", "för", "swedish"),)
    reading = Reading((Cleaned(Page(1, raw, words), "i kommunstyrelsen\nför", (joined, mended)),))
    assert apply(apply(raw, joined), mended) == reading.text
    word = reading.evidence(Span(2, 17))
    assert (word.raw, word.box, word.word_confidence) == ("kommun-\nstyrelsen ", Box(0, 0, 70, 30), 0.9)
    last = reading.evidence(Span(18, 21))
    assert (last.raw, last.box, last.word_confidence) == ("f6r", Box(80, 20, 95, 30), 0.6)


def test_a_span_over_a_page_break_is_cut() -> None:
    reading = Reading((Cleaned(Page(1, "ett"), "ett"), Cleaned(Page(2, "två"), "två")))
    assert reading.locate(Span(2, 6)) == (0, Span(2, 3))
    assert reading.page_index(3) == 0
    assert reading.page_index(4) == 1


def _touched(at: int, done: tuple[tuple[Edit, ...], ...]) -> bool:
    """Whether the last passes made the character at this place of the final text."""
    span = Span(at, at + 1)
    for edits in reversed(done):
        moved = 0
        for edit in edits:
            start = edit.span.start + moved
            if span.overlaps(Span(start, start + len(edit.new))):
                return True
            moved += len(edit.new) - len(edit.span)
        span = to_raw(span, (edits,))
    return False
