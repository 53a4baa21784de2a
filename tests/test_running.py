"""Headers, footers and page numbers are told from the text, and a sentence goes on over them."""

import pytest

from pipeline.extract.layout import furniture
from pipeline.extract.outline import outline
from pipeline.model import Cleaned, Page, Span
from pipeline.reading import Reading
from pipeline.running import running

BODY = "Nämnden har prövat ansökan och finner att verksamheten når de mål som sattes upp i våras, eftersom"
REST = "föreningen har hållit öppet varje kväll. Den får därför 45 000 kronor i bidrag för nästa år."
FILLER = "\n".join(
    f"Rad nummer {word} i mitten av sidan har en egen lydelse." for word in ("ett", "två", "tre")
)


def page(*lines: str) -> str:
    return "\n".join(lines)


def reading(*texts: str) -> Reading:
    return Reading(tuple(Cleaned(Page(n, text), text) for n, text in enumerate(texts, 1)))


RUNNING = [
    pytest.param(("Sida {n} (2)",), (), id="page of pages"),
    pytest.param(("Sida {n} av 2",), (), id="page of pages in words"),
    pytest.param((), ("{n}/2",), id="page with a stroke"),
    pytest.param((), ("– {n} –",), id="number between dashes"),
    pytest.param((), ("1{n}",), id="number alone that counts up"),
    pytest.param(("Vikby kommun", "Protokoll 2024-03-0{n}"), (), id="header with a date"),
    pytest.param(("VIKBY KOMMUN\tPROTOKOLL\t{n} (2)",), (), id="header in cells"),
    pytest.param((), ("Justerandes signatur\tUtdragsbestyrkande",), id="signature line of minutes"),
    pytest.param(
        (), ("Vikby kommun · Box {n}, 999 99 Vikby · 099-100 00", "Org.nr 212000-0000"), id="address"
    ),
    pytest.param(("Kulturnämnden", "Dnr KN 2024/012", "Sida {n}"), (), id="three lines"),
]


@pytest.mark.parametrize(("head", "foot"), RUNNING)
def test_lines_that_return_are_running(head: tuple[str, ...], foot: tuple[str, ...]) -> None:
    own = ([line.format(n=n) for line in head] for n in (1, 2))
    feet = ([line.format(n=n) for line in foot] for n in (1, 2))
    texts = [page(*h, body, *f) for h, body, f in zip(own, (BODY, REST), feet, strict=True)]
    found = [
        [text[s.start : s.end] for s in spans] for text, spans in zip(texts, running(texts), strict=True)
    ]
    for n, lines in enumerate(found, 1):
        assert lines == [line.format(n=n) for line in (*head, *foot)]


BODIES = [
    pytest.param((page(BODY, FILLER), page(REST, "Slut.")), id="nothing returns"),
    pytest.param((page("Ett stycke.", FILLER, "2024"), page(REST, "1999")), id="years at the foot"),
    pytest.param((page(BODY, "12"), page(REST, "7")), id="numbers that don't count up"),
    pytest.param((page("Sida vid sida arbetar de.", BODY),), id="one page"),
    pytest.param(("", "\n\n"), id="empty pages"),
]


@pytest.mark.parametrize("texts", BODIES)
def test_other_lines_are_not(texts: tuple[str, ...]) -> None:
    assert running(texts) == ((),) * len(texts)


def test_a_header_misread_on_one_page_is_running_still() -> None:
    texts = [page("Vikby kommun, kulturnämnden", BODY), page("Vikby kornmun, kulturnämnden", REST)]
    assert [len(spans) for spans in running(texts)] == [1, 1]


def test_a_line_within_the_page_is_not_running() -> None:
    body = "\n".join(
        f"Stycke {'abcdefghijklmn'[n]} är inte likt de andra styckena i texten." for n in range(12)
    )
    texts = [page("Vikby kommun", body, "Bifall till yrkandet", body, "Slut ett"), page("Vikby kommun", REST)]
    assert all("Bifall" not in texts[0][s.start : s.end] for s in running(texts)[0])


@pytest.mark.parametrize(("head", "foot"), RUNNING)
def test_a_sentence_goes_on_over_the_page(head: tuple[str, ...], foot: tuple[str, ...]) -> None:
    texts = [
        page(*(line.format(n=n) for line in head), body, *(line.format(n=n) for line in foot))
        for n, body in ((1, BODY), (2, REST))
    ]
    seen = reading(*texts)
    plan = outline(seen)
    word = seen.text.index("eftersom")
    sentence = plan.sentence(Span(word, word + 8))
    told = " ".join(plan.prose[sentence.start : sentence.end].split())
    assert told == f"{BODY} föreningen har hållit öppet varje kväll."
    assert len(plan.prose) == len(seen.text)
    later = seen.text.index("hållit")
    assert plan.sentence(Span(later, later + 6)) == sentence
    assert seen.evidence(Span(later, later + 6)).page == 2
    for i in furniture(plan):
        line = plan.lines[i].span
        assert plan.sentence(Span(line.start, line.start + 1)) in line


NEW = [
    pytest.param(BODY.replace(", eftersom", "."), "föreningen får bidrag.", id="the sentence has ended"),
    pytest.param(BODY, "Föreningen får bidrag.", id="a capital begins the page"),
    pytest.param("Nämnden beslutar", "att bevilja ansökan", id="a short line"),
    pytest.param(BODY, "a) föreningen får bidrag", id="an item begins the page"),
]


@pytest.mark.parametrize(("last", "first"), NEW)
def test_a_new_page_begins_a_new_sentence(last: str, first: str) -> None:
    seen = reading(page("Vikby kommun", last), page("Vikby kommun", first))
    plan = outline(seen)
    assert plan.prose == seen.text
    start = seen.text.rindex(first)
    assert plan.sentence(Span(start, start + 3)).start == start
