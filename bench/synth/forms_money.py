"""How Swedish administrations write sums of money."""

import random

UNITS = "noll ett två tre fyra fem sex sju åtta nio tio elva tolv tretton fjorton femton sexton"
UNITS += " sjutton arton nitton"
TENS = "tjugo trettio fyrtio femtio sextio sjuttio åttio nittio"


def in_words(number: int) -> str:
    """A whole number below a million as one word.

    >>> in_words(225000), in_words(101), in_words(1500)
    ('tvåhundratjugofemtusen', 'etthundraett', 'ettusenfemhundra')
    """
    if number < 20:
        return UNITS.split()[number]
    if number < 100:
        ten, one = divmod(number, 10)
        return TENS.split()[ten - 2] + (in_words(one) if one else "")
    if number < 1000:
        hundred, rest = divmod(number, 100)
        return in_words(hundred) + "hundra" + (in_words(rest) if rest else "")
    thousand, rest = divmod(number, 1000)
    head = "ettusen" if thousand == 1 else in_words(thousand) + "tusen"
    return head.replace("etttusen", "ettusen") + (in_words(rest) if rest else "")


def grouped(value: int, mark: str = " ") -> str:
    """
    >>> grouped(1250000), grouped(45000, ".")
    ('1 250 000', '45.000')
    """
    return f"{value:,}".replace(",", mark)


def money(rng: random.Random, value: int, words: bool = True) -> str:
    """A sum in one of the forms that say just this value; `words` allows it to be spelled out."""
    forms = _whole(value)
    if value % 1000 == 0 and value >= 1000:
        forms += _thousands(value // 1000)
    if value % 10_000 == 0 and value >= 300_000:
        forms += _millions(value)
    if words and value < 1_000_000 and value % 500 == 0:
        word = in_words(value)
        forms += [(2, f"{word} kronor"), (2, f"{word} ({grouped(value)}) kronor")]
        forms += [
            (1, f"{grouped(value)} kronor ({word} kronor)"),
            (1, f"{word} kronor (SEK {grouped(value)})"),
        ]
    (form,) = rng.choices([form for _, form in forms], [weight for weight, _ in forms])
    return form


def _whole(value: int) -> list[tuple[float, str]]:
    spaced = grouped(value)
    return [
        (14, f"{spaced} kr"),
        (9, f"{spaced} kronor"),
        (4, f"{grouped(value, chr(160))} kr"),
        (3, f"{spaced}:-"),
        (2, f"{grouped(value, '.')}:-"),
        (2, f"{grouped(value, '.')} kr"),
        (2, f"{value} kr"),
        (1, f"{value} kronor"),
        (2, f"{spaced} SEK"),
        (2, f"SEK {spaced}"),
        (1, f"{spaced},00 kr"),
        (1, f"{spaced},- kr"),
        (1, f"{spaced} Kr"),
        (1, f"kr {spaced}"),
    ]


def _thousands(thousands: int) -> list[tuple[float, str]]:
    text = grouped(thousands)
    return [(3, f"{text} tkr"), (1, f"{text} kkr"), (1, f"{text} tusen kronor"), (0.5, f"{text} Tkr")]


def _millions(value: int) -> list[tuple[float, str]]:
    text = f"{value / 1_000_000:.2f}".rstrip("0").rstrip(".").replace(".", ",")
    spelled = "miljon kronor" if text == "1" else "miljoner kronor"
    return [(2, f"{text} mnkr"), (2, f"{text} mkr"), (2, f"{text} {spelled}"), (0.5, f"{text} Mkr")]


def bare(rng: random.Random, value: int, thousands: bool) -> str:
    """A table cell's figures without a unit."""
    if thousands:
        return grouped(value // 1000)
    return grouped(value, rng.choice([" ", " ", " ", chr(160)]))
