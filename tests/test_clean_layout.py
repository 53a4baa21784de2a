"""Signs and layout that reading mangles: list marks, § and %, words in two, spaced headings, hyphens."""

import pytest

from pipeline.clean import clean_document
from pipeline.model import Page, Span
from pipeline.reading import Reading

AROUND = (
    "Nämnden beslutar om förvaltning och skötsel. Kommunen har ett reglemente för verksamheten, och "
    "föreningen lämnar en redovisning varje år. Socialnämnden behandlar ansökningar om bidrag.\n\n"
)


def cleaned(text: str) -> str:
    (page,) = clean_document((Page(1, AROUND + text),))
    assert page.text.startswith(AROUND)
    return page.text[len(AROUND) :]


MENDED = [
    # list marks
    pytest.param("e Ansökan\ne Stadgar\ne Budget", "• Ansökan\n• Stadgar\n• Budget", id="e"),
    pytest.param("¢ Ansökan\n¢ Stadgar", "• Ansökan\n• Stadgar", id="cent"),
    pytest.param("e Ansökan\n+ Stadgar\n¢ Budget", "• Ansökan\n• Stadgar\n• Budget", id="plus among debris"),
    pytest.param("* Ansökan\n¢ Stadgar", "• Ansökan\n• Stadgar", id="asterisk among debris"),
    pytest.param("» Ansökan\n» Stadgar", "• Ansökan\n• Stadgar", id="guillemets"),
    pytest.param("° Ansökan\n° Stadgar", "• Ansökan\n• Stadgar", id="degrees"),
    pytest.param("© Ansökan\n® Stadgar", "• Ansökan\n• Stadgar", id="copyright and registered"),
    pytest.param("\uf0b7 Ansökan", "• Ansökan", id="dot of the symbol font"),
    pytest.param("\uf0a7 Ansökan\n\uf0d8 Stadgar", "• Ansökan\n• Stadgar", id="square and arrow"),
    pytest.param("\uf02d Ansökan", "– Ansökan", id="dash of the symbol font"),
    pytest.param("e\tAnsökan\n¢\tStadgar", "•\tAnsökan\n•\tStadgar", id="marks in a cell of their own"),
    pytest.param(
        "• Ansökan\n§ Stadgar\n• Budget", "• Ansökan\n• Stadgar\n• Budget", id="section among bullets"
    ),
    # § and $, %
    pytest.param("Enligt 4 kap. 3 $ kommunallagen", "Enligt 4 kap. 3 § kommunallagen", id="after a number"),
    pytest.param("$ 12 Val av justerare", "§ 12 Val av justerare", id="heading of minutes"),
    pytest.param("enligt $$ 4–6 i reglementet", "enligt §§ 4–6 i reglementet", id="several sections"),
    pytest.param("beslut enligt 12 $, 2 stycket", "beslut enligt 12 §, 2 stycket", id="before a comma"),
    pytest.param("ett pris på § 500 USD per licens", "ett pris på $ 500 USD per licens", id="dollars"),
    pytest.param("bidraget US§ 1 200 om året", "bidraget US$ 1 200 om året", id="US dollars"),
    pytest.param("momsen är 25 o/o av priset", "momsen är 25 % av priset", id="o/o"),
    pytest.param("momsen är 25 9/0 av priset", "momsen är 25 % av priset", id="9/0"),
    pytest.param("räntan är 3,5 °/o om året", "räntan är 3,5 % om året", id="degree and o"),
    pytest.param("en andel (40 0/0)", "en andel (40 %)", id="noughts"),
    pytest.param("en tjänst på deltid (75 90)", "en tjänst på deltid (75 %)", id="90"),
    pytest.param("en andel om 100 0/o", "en andel om 100 %", id="nought and o"),
    # words in two
    pytest.param("en ny f örvaltning bildas", "en ny förvaltning bildas", id="first letter"),
    pytest.param("en ny för valtning bildas", "en ny förvaltning bildas", id="half a word"),
    pytest.param(
        "Social nämnden beslutar", "Social nämnden beslutar", id="both are words: not known to be one"
    ),
    pytest.param("ny verk samhet startar", "ny verksamhet startar", id="elsewhere in another form"),
    pytest.param("en redovi sning lämnas", "en redovisning lämnas", id="elsewhere as it is"),
    pytest.param("alla an sökningar om bidrag", "alla an sökningar om bidrag", id="both are words still"),
    pytest.param("den nya kommu nen växer", "den nya kommunen växer", id="ending apart"),
    pytest.param("bland deltag arna fanns", "bland deltagarna fanns", id="neither half is a word"),
    pytest.param("en komm unstyrelse med", "en kommunstyrelse med", id="compound in two"),
    pytest.param("god hush ållning krävs", "god hushållning krävs", id="cut in the middle"),
    pytest.param("stora utmani ngar väntar", "stora utmaningar väntar", id="ending of letters"),
    pytest.param("nya bestäm melser gäller", "nya bestämmelser gäller", id="plural in two"),
    # words run together
    pytest.param("skötsel ochförvaltning", "skötsel och förvaltning", id="och in front"),
    pytest.param("kommunenoch staten", "kommunen och staten", id="och behind"),
    pytest.param("säger attkommunen betalar", "säger att kommunen betalar", id="att in front"),
    pytest.param(
        "bidrag tillföreningen ges", "bidrag tillföreningen ges", id="a preposition may be a prefix"
    ),
    pytest.param("allt somföreningen gör", "allt som föreningen gör", id="som in front"),
    pytest.param("nämnden ellerkommunen", "nämnden eller kommunen", id="eller in front"),
    pytest.param("föreningensamt andra", "föreningen samt andra", id="samt behind"),
    pytest.param("enligtreglemente från i fjol", "enligt reglemente från i fjol", id="enligt in front"),
    pytest.param("det är föreningenmed flera", "det är föreningen med flera", id="med behind"),
    pytest.param("dessaansökningar om det", "dessa ansökningar om det", id="dessa in front"),
    pytest.param("varjeredovisning granskas", "varje redovisning granskas", id="varje in front"),
    pytest.param("allt attnämnden gör", "allt att nämnden gör", id="att again"),
    # spaced headings
    pytest.param("A V T A L", "AVTAL", id="spaced"),
    pytest.param("P R O T O K O L L\t2 0 2 4", "PROTOKOLL 2024", id="spaced, with a tab and a year"),
    pytest.param("Ö V E R E N S K O M M E L S E  2 0 2 4", "ÖVERENSKOMMELSE 2024", id="spaced, with a year"),
    pytest.param("A V T A L  O M  B I D R A G", "AVTAL OM BIDRAG", id="spaced words"),
    pytest.param("F Ö R S L A G T I L L B E S L U T", "FÖRSLAG TILL BESLUT", id="no wider gap"),
    pytest.param("B e s l u t", "Beslut", id="small letters"),
    pytest.param("K A L L E L S E", "KALLELSE", id="summons"),
    pytest.param("T J Ä N S T E S K R I V E L S E", "TJÄNSTESKRIVELSE", id="a compound"),
    pytest.param("Y T T R A N D E\n\nDnr 12", "YTTRANDE\n\nDnr 12", id="above a case number"),
    pytest.param("N Ä M N D E N  B E S L U T A R", "NÄMNDEN BESLUTAR", id="two words"),
    pytest.param("S T A D G A R  F Ö R  F Ö R E N I N G E N", "STADGAR FÖR FÖRENINGEN", id="three words"),
    # hyphens
    pytest.param("till kommun-\nstyrelsen i maj", "till kommunstyrelsen\ni maj", id="cut"),
    pytest.param("till kommun¬\nstyrelsen i maj", "till kommunstyrelsen\ni maj", id="not sign for a hyphen"),
    pytest.param("till kommun\u00ad\nstyrelsen i maj", "till kommunstyrelsen\ni maj", id="soft hyphen"),
    pytest.param("till kommun- styrelsen i maj", "till kommunstyrelsen i maj", id="line end made a blank"),
    pytest.param("en verk-\nsamhet\n\nNytt", "en verksamhet\n\nNytt", id="alone below"),
    pytest.param("ett IOP-\navtal med", "ett IOP-avtal\nmed", id="acronym"),
    pytest.param("via e-\npost till", "via e-post\ntill", id="one letter"),
    pytest.param("ordförande Anna-\nLena Ek", "ordförande Anna-Lena\nEk", id="double name"),
    pytest.param("på 70-\ntalet byggdes", "på 70-talet\nbyggdes", id="number"),
    pytest.param("social\u00ad\noch miljönämnden", "social-\noch miljönämnden", id="suspended, by PDFium"),
    pytest.param("kommun\u00adstyrelsen", "kommunstyrelsen", id="soft hyphen within a line"),
    pytest.param("en för-\nvaltning.", "en förvaltning.", id="the document has it whole"),
    pytest.param("ombud-\ns-\nman", "ombudsman", id="cut twice"),
]


@pytest.mark.parametrize(("ruined", "whole"), MENDED)
def test_mended(ruined: str, whole: str) -> None:
    assert cleaned(ruined) == whole


KEPT = [
    pytest.param("e Fritid är en förening\nsom finns här", id="lone e"),
    pytest.param("+ Skola\n+ Fritid", id="plus signs"),
    pytest.param("* Skola\n* Fritid", id="asterisks"),
    pytest.param("§ 12 Val\n§ 13 Mötet avslutas", id="sections of minutes"),
    pytest.param("ett pris på $ 112 eller 5 $", id="dollars"),
    pytest.param("omgång 9/10 och 0/1 samt 1/2", id="fractions"),
    pytest.param("tel. 25 90 00, av 90 sidor", id="ninety"),
    pytest.param("klasserna A B C D E och F", id="letters in a row"),
    pytest.param("1 2 3 4 5 6 7 8", id="figures in a row"),
    pytest.param("A\tB\tC\tD\tE", id="heads of columns"),
    pytest.param("J A Berg och K G Ek", id="initials"),
    pytest.param("för- och nackdelar, in- och utgående", id="suspended hyphens"),
    pytest.param("arbetsmarknads-\noch socialnämnden", id="suspended at the line's end"),
    pytest.param("kultur-, fritids- samt miljöfrågor", id="several suspended"),
    pytest.param("kultur- fritids- och miljöfrågor", id="several without commas"),
    pytest.param("åren 2021 -\n2022", id="dash at the line's end"),
    pytest.param("Anna-Lena, IOP-avtal, e-post, 70-tal, väst-samverkan", id="real hyphens"),
    pytest.param("i dag, till exempel, över huvud taget, så kallad", id="words that go apart"),
    pytest.param("vän ort, rök fritt, kommun styrelse", id="written apart by mistake"),
    pytest.param("de Geer, von Platen, af Ugglas, Ek och Al", id="names with small words"),
    pytest.param("Attendo, Samhall, Somaliland, Ellerby, Dettmar", id="names that begin like small words"),
    pytest.param(
        "epizootiska, återstå, enligtsbo, därtill, varmed, härför", id="words that end like small words"
    ),
    pytest.param("alternativ e, punkt f och antal n", id="single letters that number"),
]


@pytest.mark.parametrize("text", KEPT)
def test_left_alone(text: str) -> None:
    assert cleaned(text) == text


BODY = "Nämnden har prövat ansökan och finner att verksamheten når de mål som kommun-"
OVER = [
    pytest.param("styrelsen satte upp i våras.", "kommunstyrelsen", "satte upp", id="goes on"),
    pytest.param("styrelsen, satte upp i våras.", "kommunstyrelsen,", "satte upp", id="comma"),
    pytest.param("styrelsen\nsatte upp i våras.", "kommunstyrelsen", "satte upp", id="alone on its line"),
]


@pytest.mark.parametrize(("below", "word", "goes_on"), OVER)
def test_a_word_cut_by_the_end_of_a_page_is_joined(below: str, word: str, goes_on: str) -> None:
    texts = (f"Vikby\tProtokoll\n{BODY}\nSida 1 (2)", f"Vikby\tProtokoll\n{below}\nSida 2 (2)")
    upper, lower = pages = clean_document(tuple(Page(n, text) for n, text in enumerate(texts, 1)))
    assert upper.text.split("\n")[1].endswith(" " + word)
    assert lower.text.split("\n")[1].startswith(goes_on)
    reading = Reading(pages)
    at = reading.text.index(word)
    assert reading.evidence(Span(at, at + len(word))).raw.startswith("kommun-")
    again = clean_document(tuple(Page(page.page.number, page.text) for page in pages))
    assert all(page.passes == () for page in again)


UNCUT = [
    pytest.param(("bygg- och mark-\nSida 1", "och miljöfrågor\nSida 2"), id="suspended hyphen"),
    pytest.param((f"{BODY}\nSida 1 (2)", "Styrelsen beslutar.\nSida 2 (2)"), id="a capital below"),
    pytest.param((f"{BODY}\nSida 1 (2)", "\n\nSida 2 (2)"), id="nothing below"),
    pytest.param(("Post\tKommun-\nSida 1 (2)", "styrelse\tNämnd\nSida 2 (2)"), id="table"),
]


@pytest.mark.parametrize("texts", UNCUT)
def test_other_ends_of_pages_stay(texts: tuple[str, ...]) -> None:
    pages = clean_document(tuple(Page(n, text) for n, text in enumerate(texts, 1)))
    assert tuple(page.text for page in pages) == texts
