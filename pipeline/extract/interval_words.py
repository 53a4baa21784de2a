"""The words that make two dates a range, a date a beginning or an end, and a count of years a term."""

import re

from pipeline.extract.dates import DASH
from pipeline.extract.forgiving import BENT
from pipeline.extract.points import YEAR

_OPEN = r"[\s\[(*_\\]*"
_CLOSE = r"[\s\])*_\\]*"
_TOM = (
    r"(?:t\.?\s?o\.?\s?m\.?(?!\w)|(?:fram\s+)?till?\s*(?:och\s+med|o\.?\s?m\.?)?|tom\b|intill"
    r"|to\b|until|through|through to)"
)
_FROM = (
    rf"(?:fr\.?\s?o\.?\s?m\.?(?!\w)|from\b|fr{BENT['å']}n(?:\s+(?:och\s+med|o\s?m))?"
    rf"|r{BENT['ä']}knat\s+fr{BENT['å']}n)"
)
BETWEEN = re.compile(
    rf"{_CLOSE}(?:{DASH}{{1,2}}|/|,?\s*{_TOM}){_OPEN}(?:(?:med\s+)?(?:utg{BENT['å']}ngen"
    rf"|slutet)\s+av\s+)?(?:{BENT['å']}r\s+)?",
    re.IGNORECASE,
)
STARTS = re.compile(
    rf"(?:{_FROM}|tr{BENT['ä']}der\s+i\s+kraft|ikrafttr{BENT['ä']}dande"
    rf"|b{BENT['ö']}rjar(?:\s+g{BENT['ä']}lla)?|start(?:ar|datum|dag|er)?|med\s+start"
    rf"|p{BENT['å']}b{BENT['ö']}rjas|inleds|med\s+b{BENT['ö']}rjan|tilltr{BENT['ä']}d\w*"
    rf"|avtalsstart|begynnelsedag|from and including"
    rf"|starts?|commences|from)(?:\s+{BENT['ä']}r)?[\s:|\t\[*_(]*(?:den\s+|on\s+)?$",
    re.IGNORECASE,
)
ENDS = re.compile(
    rf"(?:{_TOM}|upph{BENT['ö']}r(?:\s+att\s+g{BENT['ä']}lla)?(?:\s+(?:den|vid|med))?"
    rf"|l{BENT['ö']}per\s+ut|avslutas|slutar|f{BENT['ä']}rdigst{BENT['ä']}ll\w*|slutf{BENT['ö']}r\w*|slut(?:datum|dag)?"
    rf"|l{BENT['ä']}ngst\s+till|avtalsslut|utg{BENT['å']}r|ends?|expires"
    rf"|until)[\s:|\t\[*_(]*(?:den\s+|on\s+|utg{BENT['å']}ngen\s+av\s+)?$",
    re.IGNORECASE,
)
_COUNT = r"(?P<count>\d{1,2}\s*|[^\W\d_]{2,8}\s+)(?:\(\w+\)\s*)?"
_UNIT = (
    rf"(?:(?P<years>{BENT['å']}rs?|kalender{BENT['å']}r)|(?P<months>m{BENT['å']}nad(?:er)?s?"
    rf"|m{BENT['å']}n))\b"
)
TERM_FROM = re.compile(
    rf"(?<![^\W_]){_COUNT}{_UNIT}[^.;:\d]{{0,45}}?(?:{_FROM}|med\s+start"
    rf"|med\s+b{BENT['ö']}rjan)\s*(?:med\s+)?(?:[^\W\d_]+dag(?:en)?,?\s+)?{_OPEN}(?:den\s+)?$",
    re.IGNORECASE,
)
COUNT_OF = re.compile(rf"(?<![^\W_])(?<!inom )(?<!senast ){_COUNT}{_UNIT}", re.IGNORECASE)
TERM_AFTER = re.compile(
    rf"^{_CLOSE}(?:[^\W\d_]+\s+){{0,2}}?,?\s*(?P<ahead>(?:i|under"
    rf"|f{BENT['ö']}r)\s+(?:en\s+tid\s+av\s+)?)?{_COUNT}{_UNIT}"
    rf"(?P<on>\s+fram{BENT['å']}t)?",
    re.IGNORECASE,
)
TERM_WORD = re.compile(
    rf"(?:g{BENT['ä']}ller|g{BENT['ä']}lla|\w*period(?:en)?|\w*tid(?:en)?|avser|avseende|under)[\s:|*_]*$",
    re.IGNORECASE,
)
SHORT_YEARS = re.compile(
    rf"(?<![\w./:–-])(?P<year>{YEAR})\s?(?P<mark>{DASH}|/)\s?(?P<end>\d\d)(?![\w/:]|\.\d|{DASH}\d)"
)
YEAR_NOUN = re.compile(
    rf"(?:(?:kalender|verksamhets|bidrags|avtals|anslags|budget"
    rf"|r{BENT['ä']}kenskaps)?{BENT['å']}ret|(?:verksamhets|bidrags|avtals|kalender|r{BENT['ä']}kenskaps){BENT['å']}r"
    rf"|hela(?:\s+{BENT['å']}r)?)[\s:*_]*$",
    re.IGNORECASE,
)
YEAR_FOR = re.compile(
    rf"(?<!\w)(?:f{BENT['ö']}r|avseende|avser|avs{BENT['å']}g|g{BENT['ä']}ller|g{BENT['ä']}llde)(?:\s+{BENT['å']}r)?[\s*_]*$",
    re.IGNORECASE,
)
# A verb of terms right before `under`: `Samarbetet pågår under 2025`, never `Under 2024 kostade`.
_THE_TERM_IS = (
    rf"(?:g{BENT['ä']}ller|g{BENT['ä']}lla|l{BENT['ö']}per|p{BENT['å']}g{BENT['å']}r|genomf{BENT['ö']}rs"
    rf"|anv{BENT['ä']}nd(?:as?|s)?|omfattar|f{BENT['ö']}rl{BENT['ä']}ngs|bundna\s+av\s+\w+)"
)
YEAR_UNDER = re.compile(
    rf"{_THE_TERM_IS}[^\S\n]*\n?[^\S\n]*(?-i:under)(?:\s+{BENT['å']}r)?[\s*_]*$"
    rf"|(?:avtalstid|avtalsperiod|l{BENT['ö']}ptid)(?:en)?\s+{BENT['ä']}r\s+$",
    re.IGNORECASE,
)
# What a report calls itself before the year that it is about.
YEAR_REPORTED = re.compile(
    rf"\w*(?:redovisning|rapport|ber{BENT['ä']}ttelse|uppf{BENT['ö']}ljning)\s+(?:{BENT['å']}r(?:et)?\s+)?$",
    re.IGNORECASE,
)
PART_FOR = re.compile(
    rf"(?<!\w)(?:f{BENT['ö']}r|avseende|avser|g{BENT['ä']}ller|omfattar|period(?:en)?|tiden"
    rf"|termin(?:en)?)[\s:|*_]*$",
    re.IGNORECASE,
)
YEAR_TITLE = re.compile(
    rf"(?:\w*bidrag(?:et|en)?|\w*st{BENT['ö']}d(?:et)?|\w*avtal(?:et)?"
    rf"|\w*{BENT['ö']}verenskommelse[nr]?|partnerskap(?:et)?|IOP)\s+(?:{BENT['å']}r\s+)?$",
    re.IGNORECASE,
)
YEARS_NOUN = re.compile(rf"{BENT['å']}ren\s*:?\s*$", re.IGNORECASE)
# A term without an end: `tills vidare från och med P`, `från och med P och tills vidare`.
UNTIL_FURTHER = r"tills\s?v[i1l]dare"
OPEN_FROM = re.compile(
    rf"{UNTIL_FURTHER}\b[^.;:\d]{{0,45}}?(?:{_FROM}|med\s+start|med\s+b{BENT['ö']}rjan)\s*(?:med\s+)?{_OPEN}"
    rf"(?:den\s+)?$",
    re.IGNORECASE,
)
OPEN_AFTER = re.compile(
    rf"^{_CLOSE},?\s*(?:\.\s+(?:Det|Den|[^\W\d_]*(?:[Aa]vtal|[Kk]ontrakt)et|[ÖOöo]verenskommelsen)\s+)?"
    rf"(?:(?:och|g{BENT['ä']}ller|l{BENT['ö']}per|d{BENT['ä']}refter|sedan|fortl{BENT['ö']}per|p{BENT['å']}g{BENT['å']}r|att|sig)"
    rf"\s+){{0,4}}{UNTIL_FURTHER}\b",
    re.IGNORECASE,
)
# A last day sets an end to such a term after all.
AT_LONGEST = re.compile(rf"l{BENT['ä']}ngst\b|som\s+mest\b", re.IGNORECASE)
# What prolongs a term to a last day, nothing but words between.
PROLONGED = re.compile(
    rf"(?:f{BENT['ö']}rl{BENT['ä']}ng(?:s|as|er|t|ts|ning)?|prolongeras?|utstr{BENT['ä']}cks?)\b[^.;:\d]{{0,60}}?"
    rf"(?:{_TOM}|att\s+g{BENT['ä']}lla\s+{_TOM})\s*(?:den\s+|utg{BENT['å']}ngen\s+av\s+)?$",
    re.IGNORECASE,
)
# What prolongs a term by a count of years or months, or to another pair of days.
PROLONGED_BY = re.compile(
    rf"(?<![^\W_])(?:f{BENT['ö']}rl{BENT['ä']}nge?s|prolongeras|(?<=att )f{BENT['ö']}rl{BENT['ä']}nga)\b"
    rf"[^.;:]{{0,90}}?\s(?:med\s+)?(?:ytterligare\s+)?{_COUNT}{_UNIT}",
    re.IGNORECASE,
)
PROLONGS_AS = re.compile(
    rf"f{BENT['ö']}rl{BENT['ä']}ng(?:s|es|er)\b|prolongeras|utstr{BENT['ä']}cks", re.IGNORECASE
)
CHANGES_TO = re.compile(
    rf"[\s,]*(?:{BENT['ä']}ndras|utstr{BENT['ä']}cks|f{BENT['ö']}rl{BENT['ä']}ngs|justeras|ers{BENT['ä']}tts)"
    rf"\s+(?:h{BENT['ä']}rmed\s+)?(?:till|med|av|att\s+g{BENT['ä']}lla)\s+(?:perioden\s+|tiden\s+)?(?:den\s+)?",
    re.IGNORECASE,
)
# What makes it a mere possibility, or something that happens by itself.
WHETHER = re.compile(
    r"(?:\A\s*|[.,;:]\s+)om\b|\b(?:kan|kunna|får|rätt|möjlighet\w*|option\w*|automatiskt|såvida|inte|utan|i\s+sänder|i\s+taget"
    r"|åt\s+gången|senast)\b",
    re.IGNORECASE,
)
COUNTED = re.compile(rf"[^.;\n]{{0,12}}?\b(?:{_FROM}|{_TOM})\s*(?:den\s+)?\d", re.IGNORECASE)
LAST_DAY = re.compile(
    rf"(?:g{BENT['å']}r\s+ut|l{BENT['ö']}per\s+ut|upph{BENT['ö']}r(?:\s+att\s+g{BENT['ä']}lla)?|{_TOM})"
    rf"\s*(?:den\s+|vid\s+|per\s+)?(?:utg{BENT['å']}ngen\s+av\s+)?$",
    re.IGNORECASE,
)
# Some days of one month: `24–26 juni`, `mellan den 3 och 5 maj`.
DAYS_OF_MONTH = re.compile(
    rf"(?:(?<![\d.,/:–§-])(?<!nr )(?<!kl )(?<!kl\. )(?<!§ )(?<!sid )(?<!telefon )(?P<first>\d{{1,2}})"
    rf"(?:\s?{DASH}\s?|\s+(?:till|t\.?\s?o\.?\s?m\.?|tom)(?:\s+och\s+med)?\s+(?:den\s+)?)"
    rf"|(?<=mellan den )(?P<from>\d{{1,2}})\s+och\s+(?:den\s+)?)(?P<last>\d{{1,2}})(?!\d)"
    rf"[.:ae]*\s+(?=[^\W\d_])",
    re.IGNORECASE,
)
# Two labels side by side above the two dates of a form.
FROM_AND_TO = re.compile(
    rf"(?:{_FROM}|start\w*|b{BENT['ö']}rjan)[^\n\t]{{0,12}}\t(?:{_TOM}|slut\w*)[^\n\t]{{0,12}}\s*$",
    re.IGNORECASE,
)
EXACT_FOLLOWS = re.compile(rf"\s*[(,]\s*(?=\d)[^()\n]{{6,24}}(?:{DASH}|till?\b|t\.?o\.?m)")
# The next field of a form, its label above its date.
FORM_FIELD = re.compile(r"\s*\n\s*[^\W\d_]{4,24}(?: [^\W\d_]{3,16})?:?\s*\n?\s*")
