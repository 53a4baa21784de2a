"""Every column of every output table, one line each: name, type, meaning.

The order and the names are the output contract's; a column of our own goes last. `docs/tables.md` and
`datapackage.json` are made from this list.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Column:
    """`type` is a Table Schema type: string, integer, number, boolean or date."""

    name: str
    type: str
    meaning: str


@dataclass(frozen=True, slots=True)
class Table:
    """One CSV file; `key` names the columns that identify a row, empty where none do."""

    name: str
    meaning: str
    columns: tuple[Column, ...]
    key: tuple[str, ...] = ()

    @property
    def header(self) -> tuple[str, ...]:
        return tuple(column.name for column in self.columns)


def _columns(text: str) -> tuple[Column, ...]:
    rows = (line.strip().split(" | ", 2) for line in text.strip().splitlines())
    return tuple(Column(name.strip(), kind.strip(), meaning.strip()) for name, kind, meaning in rows)


DOC_ID = "doc_id | string | first 16 hex digits of the SHA-256 of the file's bytes"
PLACE = """
page       | integer | page, from 1
x0         | number  | left edge of the evidence in PDF points, origin top left; empty for text inputs
y0         | number  | top edge
x1         | number  | right edge
y1         | number  | bottom edge
char_start | integer | first character in the page's cleaned text (text/DOC_ID.json)
char_end   | integer | character after the last
"""
RAW = "raw | string | the characters as they stood before cleaning"
TRUST = """
confidence | number | estimated probability that the row is right, 0 to 1
rule       | string | the rule that found it
flags      | string | doubts, joined by ';', each explained in docs/flags.md
"""


def _table(name: str, meaning: str, columns: str, key: tuple[str, ...] = ()) -> Table:
    return Table(
        name, meaning, _columns("\n".join(line for line in columns.splitlines() if line.strip())), key
    )


_ALL = (
    _table(
        "documents",
        "one row per document: the resolved record",
        f"""
{DOC_ID}
source_path | string | where the file lies; several files with the same bytes are joined by '|'
media_type | string | the file's type, told by its content
pages | integer | number of pages
text_source | string | text_layer, ocr, mixed or plain_text
document_type | string | agreement, staff_report, minutes, decision, application, report or other
title | string | the document's main heading
municipality | string | name without 'kommun' or 'stad'; the region for a region's document
board | string | the nämnd by its own full name
case_number | string | the document's own diarienummer, in normal form
document_date | date | meeting, signature or letterhead date
public_party | string | the public parties, joined by '|'
public_org_number | string | their organisation numbers, joined by '|'
counterparty | string | the other parties, joined by '|'
counterparty_org_number | string | their organisation numbers, joined by '|'
period_start | date | first day of the period that the agreement or decision covers
period_end | date | last day of that period
amount_total_sek | number | what the public party commits over the period, SEK; empty when it can't be known
quality | number | estimated share of right characters, 0 to 1
needs_review | boolean | whether there is any reason to look at the document
review_reasons | string | the reasons, joined by ';', each explained in docs/flags.md
""",
        ("doc_id",),
    ),
    _table(
        "pages",
        "one row per page: the OCR audit",
        f"""
{DOC_ID}
page | integer | page, from 1
text_source | string | text_layer, ocr or plain_text
width_pt | number | width of the upright page in PDF points
height_pt | number | height of the upright page in PDF points
dpi | integer | resolution that the page was read at; empty without OCR
rotation | integer | degrees clockwise that the page was turned to stand upright
words | integer | number of words
mean_word_confidence | number | mean of the OCR engine's word confidences, 0 to 1; empty without OCR
lexicon_rate | number | share of the words that the lexicon knows, 0 to 1
repaired_words | integer | words that the cleaner changed
quality | number | estimated share of right characters, 0 to 1
seconds | number | always empty: timings differ between runs and would change the table's bytes (see docs)
flags | string | doubts, joined by ';', each explained in docs/flags.md
""",
        ("doc_id", "page"),
    ),
    _table(
        "parties",
        "who the agreement is between, or whom the decision grants or obliges",
        f"""
{DOC_ID}
role | string | public or counterparty
name | string | the party as its own clause names it
canonical_name | string | the same string for the same organisation across documents
org_number | string | NNNNNN-NNNN; empty where none is printed
org_number_valid | boolean | whether its check digit holds; empty without a number
address | string | street, postal code and town
contact | string | contact persons named for the party
{PLACE}
{RAW}
{TRUST}
""",
    ),
    _table(
        "org_numbers",
        "each distinct organisation number of a document",
        f"""
{DOC_ID}
org_number | string | NNNNNN-NNNN; empty for a personal number
kind | string | organisation or personnummer
valid | boolean | whether the check digit holds
party_name | string | the body that the text ties the number to
{PLACE}
{RAW}
{TRUST}
""",
    ),
    _table(
        "periods",
        "each period stated, once per kind, start and end",
        f"""
{DOC_ID}
kind | string | agreement, previous, option or other
start | date | first day
end | date | last day
precision | string | day, month or year, as written
{PLACE}
{RAW}
{TRUST}
""",
    ),
    _table(
        "amounts",
        "each sum of money stated, once per kind, amount, year and frequency",
        f"""
{DOC_ID}
kind | string | funding (committed by the public party through this document) or other
amount_sek | number | SEK
year | integer | the calendar year that the sum is for
frequency | string | once, month, year or empty
payer | string | who pays, where the text says
payee | string | who is paid, where the text says
{PLACE}
{RAW}
{TRUST}
""",
    ),
    _table(
        "case_numbers",
        "each diarienummer of a document",
        f"""
{DOC_ID}
case_number | string | in normal form
own | boolean | whether it is the document's own
{PLACE}
{RAW}
{TRUST}
""",
    ),
    _table(
        "decisions",
        "the decision points (beslutspunkter, att-satser)",
        f"""
{DOC_ID}
number | integer | the point's number in its list, from 1
status | string | proposed or decided
text | string | the cleaned sentence
{PLACE}
{TRUST}
section | string | the paragraph of the minutes, such as '§ 112'
""",
    ),
    _table(
        "persons",
        "people with a function in the document",
        f"""
{DOC_ID}
name | string | the person
title | string | professional title or role
organisation | string | the body that the text ties the person to
function | string | contact, signatory, responsible, recipient or other
{PLACE}
{RAW}
{TRUST}
""",
    ),
    _table(
        "repairs",
        "every change that the cleaner made to a word",
        f"""
{DOC_ID}
page | integer | page, from 1
char_start | integer | first character in the page's cleaned text (text/DOC_ID.json)
char_end | integer | character after the last
original | string | what stood there
repaired | string | what stands there now
method | string | the cleaning rule
confidence | number | estimated probability that the change is right, 0 to 1
runner_up | string | the best rejected reading
""",
    ),
    _table(
        "chains",
        "agreements that continue one another, in order of period",
        """
chain_id | string | the doc_id of the chain's first document and the counterparty's place in it
position | integer | place in the chain, from 1
doc_id | string | first 16 hex digits of the SHA-256 of the file's bytes
counterparty_org_number | string | NNNNNN-NNNN
public_org_number | string | NNNNNN-NNNN
period_start | date | first day
period_end | date | last day
amount_total_sek | number | SEK
links | string | why it is tied to the others: org_number, case_number, name, joined by ';'
gap_days | integer | days without an agreement since the one before; negative where they overlap
amount_change_sek | number | the total less that of the term before; empty where either isn't known
""",
        ("chain_id", "position"),
    ),
    _table(
        "errors",
        "what could not be read",
        """
source_path | string | where the file lies
doc_id | string | empty where the file could not even be read
page | integer | page, from 1; empty where the whole document failed
stage | string | the stage that failed
code | string | the kind of failure, from the list in docs/flags.md
message | string | what failed
""",
    ),
)

TABLES: dict[str, Table] = {table.name: table for table in _ALL}
