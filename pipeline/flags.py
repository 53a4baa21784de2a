"""The closed lists of doubts: what a flag on a row, or a reason to review a document, means.

`docs/flags.md` is made from these lists; a flag that isn't here never reaches a table.
"""

FLAGS: dict[str, str] = {
    # Numbers
    "digits_repaired": "letters that look like digits (O, l, S) were read as digits",
    "org_number_invalid": "the check digit doesn't hold: a misprint or a misreading",
    "personal_number": "a personal identity number, masked",
    "prefix_repaired": "a case number's prefix, one look-alike letter off, was set to the nämnd's initials",
    # Money
    "spelled_out": "the sum was written in words",
    "thousands_assumed": "the text or the table says that its sums are in thousands",
    "words_digits_conflict": "the sum in words and the sum in digits disagree; both are rows",
    "sum_mismatch": "the total of a table that isn't the sum of its rows",
    "amount_conflict": "another sum is stated for the same thing elsewhere in the document",
    "kind_assumed": "nothing in the text says what the sum or period is for; the kind is a default",
    # Periods
    "approximate": "the text names a season, a half-year or two short years (17/18), not dates",
    "ambiguous_date": "day, month (3/4/2025) or short year could change places, or the century is in doubt",
    "period_conflict": "another period is stated for the same thing elsewhere in the document",
    "computed": "worked out from a length and a start, or from two clauses",
    # Names and decisions
    "name_completed": "a short name was completed from the document's fullest form",
    "name_conflict": "the document writes the name of this body in ways that differ",
    "org_number_conflict": "the document prints two numbers for this body",
    "number_from_elsewhere": "the number stands elsewhere in the document than the party's own clause",
    # Pages
    "no_layer": "the page had no text layer; read by OCR",
    "bad_layer": "the page's text layer was not trusted; read by OCR",
    "damaged_text": "the text is damaged and was only repaired; no picture gives a better one",
    "doubtful_layer": "the page's own text was kept, though it bears some marks of damage",
    "pasted_picture": "the page has text of its own, and text in a picture that was read by OCR",
    "blank": "nothing on the page",
    "wordless": "something is on the page, but no words that could be read: a picture, or noise",
    "sparse_layer": "the page is a picture with a few words of its own (a stamp, a signature); read by OCR",
    "hidden_layer": "the text is an earlier program's OCR, found sound",
    "unsure": "the OCR engine was unsure of most words on the page",
    "rotated": "the page was turned upright before it was read",
    "deskewed": "the page was straightened before it was read",
    "low_resolution": "the picture has fewer than 150 dots per inch",
    "low_quality": "fewer than nine characters in ten are thought right",
    "low_confidence": "the words that the fact stands on were read with doubt",
}

REVIEW_REASONS: dict[str, str] = {
    "period_conflict": "two periods are stated for the same thing; the operative text was followed",
    "period_missing": "an agreement or a granting decision without a period that could be read",
    "amount_conflict": "different sums are stated for the same thing; the operative text was followed",
    "sum_mismatch": "the stated total is not the sum of its parts",
    "amount_missing": "an agreement or a granting decision with sums, but no total that can be known",
    "org_number_invalid": "an organisation number fails its check digit",
    "org_number_conflict": "one body has two numbers in the document",
    "party_missing": "the public party or the counterparty could not be found",
    "name_conflict": "the name of a party is written in ways that differ",
    "low_quality": "the text is too poor to trust what was found in it",
    "several_matters": "minutes with several matters that grant something; the record is about one of them",
    "page_failed": "a page could not be read; what it says is missing",
    "unsupported_language": "the document is in another language than Swedish; no agreement was looked for",
    "doubtful_party": "a party is less likely right than the threshold asks, by all that speaks for it",
    "doubtful_number": "an organisation number is less likely right than the threshold asks",
    "doubtful_period": "the period is less likely right than the threshold asks",
    "doubtful_amount": "the total is less likely right than the threshold asks",
    "type_unknown": "the type of the document could not be told",
}
