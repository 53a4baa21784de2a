"""Page quality without truth: what lowers it, and what must not."""

from pipeline.audit import page_quality
from pipeline.model import Cleaned, Edit, Page, Span, TextSource, Word
from pipeline.offsets import apply

SOUND = "Nämnden beslutar att förvaltningen ska lämna en skriftlig redovisning av verksamheten varje år. " * 5
RUINED = (
    "Nxmnqen bqslqtar qtt förvqltninqen skq lämnq en skrqftlig rqdovisning qv vqrksamheten vqrje åq. " * 5
)


def cleaned(text: str, confidence: float | None = None) -> Cleaned:
    words, at = [], 0
    for word in text.split():
        start = text.index(word, at)
        at = start + len(word)
        words.append(Word(Span(start, at), None, confidence))
    return Cleaned(Page(1, text, tuple(words), TextSource.OCR), text)


def test_sound_text_that_was_read_surely_is_thought_right() -> None:
    quality = page_quality(cleaned(SOUND, 0.96))
    assert quality.quality == 1.0
    assert quality.flags == ()


def test_unsure_reading_and_unknown_words_both_lower_it() -> None:
    sure, unsure = page_quality(cleaned(SOUND, 0.96)), page_quality(cleaned(SOUND, 0.7))
    ruined = page_quality(cleaned(RUINED, 0.7))
    assert sure.quality is not None
    assert unsure.quality is not None
    assert ruined.quality is not None
    assert sure.quality > unsure.quality > ruined.quality
    assert "low_quality" in ruined.flags


def test_a_short_page_of_names_is_not_blamed_for_unknown_words() -> None:
    assert page_quality(cleaned("Xqz Wvb Kjh", 0.97)).quality == 1.0


def test_an_empty_page_has_no_quality() -> None:
    quality = page_quality(cleaned(""))
    assert quality.quality is None
    assert quality.words == 0


def test_repaired_words_are_counted_and_mended_blanks_are_not() -> None:
    raw = "f6r\u00a0dig"
    edits = (Edit(Span(0, 3), "f6r", "för", "swedish"), Edit(Span(3, 4), "\u00a0", " ", "layout:blank"))
    page = Cleaned(Page(1, raw), apply(raw, edits), (edits,))
    assert page_quality(page).repaired_words == 1
