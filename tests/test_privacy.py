"""Personal identity numbers are masked, and nothing else is. All numbers are invented."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.flow import understand
from pipeline.model import CaseNumber, Decision, Document, Finding, Page, Party, Source, Span, Word
from pipeline.privacy import mask, mask_text, mask_value
from pipeline.settings import Recognition, Settings

MASKED = [
    ("640823-3234", "640823-****"),
    ("19640823-3234", "19640823-****"),
    ("196408233234", "19640823****"),
    ("6408233234", "640823****"),
    ("640823–3234", "640823–****"),
    ("640823 — 3234", "640823 — ****"),
    ("640823-\n3234", "640823-\n****"),
    ("640823\n3234", "640823\n****"),
    ("640823\t3234", "640823\t****"),
    ("640823 3234", "640823 ****"),
    ("140823+3234", "140823+****"),
    ("640883-3238", "640883-****"),  # samordningsnummer
    ("19640883-3238", "19640883-****"),
    ("64O823-3Z34", "64O823-****"),
    ("6408Z3-3234", "6408Z3-****"),
    ("I96408Z3-3234", "I96408Z3-****"),
    ("1964-08-23-3234", "1964-08-23-****"),
    ("Pnr:640823-3234.", "Pnr:640823-****."),
    ("(640823-3234)", "(640823-****)"),
    ("640823-3234/640823-3234", "640823-****/640823-****"),
    ("640823-3234, 640823-3234", "640823-****, 640823-****"),
    ("640823-9999", "640823-****"),  # with a separator even if the check digit fails: it may be misread
    ("000229-1234", "000229-****"),
    ("64 08\n23-3234", "64 08\n23-****"),  # broken inside the date
    ("1964-\n08-23-3234", "1964-\n08-23-****"),
    ("640823    -   3234", "640823    -   ****"),
    ("640823\u20113234", "640823\u2011****"),
    ("640823\u00ad-\u200b3234", "640823\u00ad-\u200b****"),  # what isn't seen parts nothing
    ("640823\uff0d3234", "640823\uff0d****"),
    ("６４０８２３-３２３４", "６４０８２３-****"),
    ("٦٤٠٨٢٣-٣٢٣٤", "٦٤٠٨٢٣-****"),
    ("640823&#45;3234", "640823&#45;****"),
    ("640823&#x2d;&#8203;3234", "640823&#x2d;&#8203;****"),
    ("640823-&#51;234", "640823-********"),
    ("640823â€“3234", "640823â€“****"),
    ("6 4 0 8 2 3 - 3 2 3 4", "6 4 0 8 2 3 - * * * *"),  # the boxes of a form
    ("6|4|0|8|2|3|3|2|3|4", "6|4|0|8|2|3|*|*|*|*"),
]
KEPT = [
    "2024-09-27 2024-",  # a day and the year of a case number, cut by the line
    "802400-0006",
    "8024000006",
    "16802400-0006",
    "212000-1124",
    "556677-8899",
    "20210701–20230630",
    "20230701-20260630",
    "230101–230630",
    "210701-230630",
    "2021-07-01--2023-06-30",
    "2021-07-01 – 2023-06-30",
    "210701 2023",
    "den 210701 2500 kr",
    "641323-3234",
    "640832-3234",
    "640899-3234",
    "6408233235",
    "070-121 31 41",
    "0701-21 31 41",
    "08-640 82 33",
    "5732-1180",
    "640-8233",
    "62 18 04-5",
    "1 275 000",
    "64 08\n23 3234",  # figures of a table, one row above the other
    "SN 2023-00456",
    "KS-2017-00871",
    "tel 090-16 24 18",
    "640823-32345",
    "1640823-3234",
    "abc640823-3234x",
    "6 4 0 8 2 4 3 2 3 4",
    "8&#48;2400-0006",
    "8 0 2 4 0 0 - 0 0 0 6",
]


@pytest.mark.parametrize(("text", "masked"), MASKED)
def test_masked(text, masked):
    assert mask_text(text) == masked
    assert mask_text(f"Hej {text} och") == f"Hej {masked} och"


@pytest.mark.parametrize("text", KEPT)
def test_kept(text):
    assert mask_text(text) == text
    assert mask_text(f"Hej {text} och") == f"Hej {text} och"


def luhn(digits):
    doubled = [int(d) * (2 - i % 2) for i, d in enumerate(digits)]
    return str(-sum(d - 9 if d > 9 else d for d in doubled) % 10)


days = st.dates(date(1900, 1, 1), date(2029, 12, 31))
serials = st.integers(0, 999).map("{:03}".format)


@given(days, serials, st.sampled_from("-–—+"), st.booleans(), st.booleans())
def test_every_number_is_masked(day, serial, dash, century, coordination):
    number = day.day + 60 * coordination
    short = f"{day:%y%m}{number:02}"
    born = f"{day:%Y}{short[2:]}" if century else short
    last = serial + luhn(short + serial)
    for joint in ("", dash, f" {dash} ", f"{dash}\n"):
        assert mask_text(f"nr {born}{joint}{last}.") == f"nr {born}{joint}****."


@given(st.integers(100_000, 999_999), st.integers(0, 9999), st.sampled_from(["-", " - ", "–", ""]))
def test_organisation_numbers_stay(first, last, dash):
    if str(first)[2] >= "2":
        text = f"org.nr {first}{dash}{last:04}"
        assert mask_text(text) == text


@given(
    days,
    days,
    st.sampled_from(["-", "–", " – ", " till "]),
    st.sampled_from(["%Y%m%d", "%y%m%d", "%Y-%m-%d"]),
)
def test_periods_stay(start, end, dash, form):
    text = f"tiden {start:{form}}{dash}{end:{form}}."
    assert mask_text(text) == text


@given(st.text(alphabet="0123456789OlIS-– \n\t.kr", max_size=60))
def test_length_stays_and_twice_is_once(text):
    once = mask_text(text)
    assert len(once) == len(text)
    assert mask_text(once) == once


def test_a_page_keeps_its_words_in_place():
    words = (Word(Span(0, 4)), Word(Span(5, 16)))
    page = mask(Page(1, "Anna 640823-3234", words))
    assert page.text == "Anna 640823-****"
    assert page.words == words


@pytest.mark.parametrize(
    ("text", "span", "other", "kept"),
    [
        ("Anna 640823-3234", (5, 16), "640823-3284", ""),  # the word itself is masked
        ("Anna 640823-8234x", (5, 17), "640823-3234", ""),  # only the reading that lost is a number
        ("Anna 640823 - 32", (14, 16), "3234", ""),  # the number stretches over words
        ("beviljar 225 000 kr", (9, 12), "226", "226"),
        ("org.nr 802400-0006", (7, 18), "802400-0008", "802400-0008"),
    ],
)
def test_a_second_reading_tells_no_secret(text, span, other, kept):
    page = mask(Page(1, text, (Word(Span(*span), other=other),)))
    assert page.words[0].other == kept


REPAIRED = "Kontakt är Anna Ek, 640823&ndash;3234, och fr&aring;gan f&ouml;rb&auml;ttras n&auml;r som helst."


@pytest.mark.parametrize(
    ("settings", "last"), [(Settings(), "****"), (Settings(Recognition(keep_personal_numbers=True)), "3234")]
)
def test_what_only_a_repair_brings_to_light_is_masked_in_the_raw_text_too(settings, last):
    result = understand(
        Document(Source(("a.txt",), "0" * 64, "text/plain", 1), (Page(1, REPAIRED),)), settings
    )
    (page,) = result.reading.pages
    assert last in page.text
    assert last in page.page.text
    assert len(page.page.text) == len(REPAIRED)
    assert ("3234" in page.text + page.page.text) == (last == "3234")


@pytest.mark.parametrize(
    ("value", "masked"),
    [
        (Decision(1, "decided", "att 640823 3234 får"), Decision(1, "decided", "att 640823 **** får")),
        (
            Party("counterparty", "Anna Ek", contact="640823-3234"),
            Party("counterparty", "Anna Ek", contact="640823-****"),
        ),
        (CaseNumber("KS 2019/4"), CaseNumber("KS 2019/4")),
        (date(1964, 8, 23), date(1964, 8, 23)),
        ("Avtal med 640823-3234", "Avtal med 640823-****"),
    ],
)
def test_values_that_join_what_stands_apart_are_masked(value, masked):
    finding = Finding("decision", Span(0, 1), value, 0.9, "test")
    assert mask_value(finding).value == masked
