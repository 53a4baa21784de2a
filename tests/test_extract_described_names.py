"""Names that go on in lower case after a dash, as bodies for a cause are often called."""

import pytest

from pipeline.extract.running_names import organisations

SENTENCES = [
    ("Lyktan – förening för samtal (org.nr 802467-1235) beviljas 5 000 kr", "Lyktan – förening för samtal"),
    ("avtalet med\nLyktan – förening för samtal, org.nr", "Lyktan – förening för samtal"),
    ("Lyktan – förening för psykisk hälsa beviljas medel", "Lyktan – förening för psykisk hälsa"),
    ("Lyktan – förening för samtal bedriver ett kafé", "Lyktan – förening för samtal"),
    ("Lyktan - förening för barn och unga får medel", "Lyktan - förening för barn och unga"),
    ("stöd till Norrsele IF – en förening för alla", "Norrsele IF"),
]


@pytest.mark.parametrize(("sentence", "name"), SENTENCES)
def test_a_described_body_is_named_in_full(sentence: str, name: str) -> None:
    assert [found for *_, found in organisations(sentence)][-1] == name
