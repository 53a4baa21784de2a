"""What `namnd compare` counts: by hand, by law, and as jiwer does."""

import json
from pathlib import Path

import jiwer
import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from pipeline.cli import app, main
from pipeline.compare import Comparison, compare, compared, pairs, report
from pipeline.compare.counts import Errors, Letter, Repair
from pipeline.errors import UsageError

TRUTH = "Nämnden beviljar föreningen 40 000 kr för året och till en fest."
RUINED = "Namnden beviljar foreningen 40 000 kr f6r aret och till en fest."
TEXTS = st.text(st.sampled_from("åäöaoe 1-§\n"), max_size=60)


def one(truth: str, text: str, before: str | None = None) -> Comparison:
    return compare((truth,), (text,), None if before is None else (before,))


@pytest.mark.parametrize(
    ("truth", "text", "characters", "words"),
    [
        ("för", "för", Errors(3), Errors(1)),
        ("för", "f6r", Errors(3, replaced=1), Errors(1, replaced=1)),
        ("för", "fo\u0308r", Errors(3), Errors(1)),
        ("för  ett\når", "för ett år", Errors(10), Errors(3)),
        ("ett år till", "ett till", Errors(11, missing=3), Errors(3, missing=1)),
        ("ett till", "ett är till", Errors(8, made_up=3), Errors(2, made_up=1)),
        ("nämnden", "näm nden", Errors(7, made_up=1), Errors(1, replaced=1, made_up=1)),
        ("", "år", Errors(0, made_up=2), Errors(0, made_up=1)),
        ("år", "", Errors(2, missing=2), Errors(1, missing=1)),
        ("", "", Errors(), Errors()),
    ],
)
def test_characters_and_words_are_counted(truth: str, text: str, characters: Errors, words: Errors) -> None:
    found = one(truth, text)
    assert (found.characters, found.words) == (characters, words)


@pytest.mark.parametrize(
    ("text", "letter", "count"),
    [
        ("fjärde året", "ä", Letter(1, 1, 1)),
        ("fjarde aret", "ä", Letter(1, 0, 0)),
        ("fjärde äret", "ä", Letter(1, 2, 1)),
        ("fjärde äret", "å", Letter(1, 0, 0)),
        ("fjärde Året", "Å", Letter(0, 1, 0)),
    ],
)
def test_each_swedish_letter_has_its_counts(text: str, letter: str, count: Letter) -> None:
    assert one("fjärde året", text).letters[letter] == count


def test_precision_and_recall_of_what_never_stood_there_are_unknown() -> None:
    assert (Letter().recall, Letter().precision) == (None, None)
    assert (Letter(4, 2, 1).recall, Letter(4, 2, 1).precision) == (0.25, 0.5)


@pytest.mark.parametrize(
    ("before", "after", "repair"),
    [
        ("f6r ett ar", "för ett år", Repair(fixed=2, kept=1)),
        ("f6r ett ar", "far ett ar", Repair(wrongly_fixed=1, left=1, kept=1)),
        ("för ett år", "för ett är", Repair(broken=1, kept=2)),
        ("f örett år", "för ett år", Repair(fixed=2, kept=1)),
        ("för år", "för år", Repair(left=1, kept=2)),
    ],
)
def test_what_a_repair_did_is_told_word_by_word(before: str, after: str, repair: Repair) -> None:
    assert one("för ett år", after, before).repair == repair


def test_blocks_that_are_taken_for_others_are_counted_and_moved_text_is_not() -> None:
    assert one("summan om", "surnrnan orn").confusions == {("mm", "rnrn"): 1, ("m", "rn"): 1}
    assert one("hela stycket flyttades hit", "hit").confusions == {}


def test_order_is_one_count_and_presence_another() -> None:
    found = one("ett två tre fyra", "tre fyra ett två")
    assert (found.words.wrong, found.unordered.wrong) == (4, 0)


def test_dashes_and_quotation_marks_may_be_level() -> None:
    found = one("2023–2025 ”bidrag”", '2023-2025 "bidrag"')
    assert (found.words.wrong, found.levelled.wrong) == (2, 0)


def test_pages_are_compared_one_by_one_where_they_can() -> None:
    beside = compare(("ett", "två"), ("ett", "tva"))
    joined = compare(("ett", "två"), ("ett\ntva",))
    assert [page.wrong for page in beside.pages] == [0, 1]
    assert beside.median_page == pytest.approx(1 / 6)
    assert joined.characters == Errors(7, replaced=1)
    assert len(joined.pages) == 1


@given(TEXTS, TEXTS)
def test_the_rates_are_those_of_jiwer(truth: str, text: str) -> None:
    truth, text = " ".join(truth.split()), " ".join(text.split())
    found = one(truth, text)
    if truth:
        assert found.words.rate == pytest.approx(jiwer.wer(truth, text))
        assert found.characters.rate == pytest.approx(jiwer.cer(truth, text))


@given(TEXTS, TEXTS, TEXTS)
def test_every_true_word_has_one_fate(truth: str, before: str, after: str) -> None:
    repair = one(truth, after, before).repair
    assert repair is not None
    assert sum(getattr(repair, name) for name in Repair.__slots__) == len(truth.split())


@given(st.lists(st.tuples(TEXTS, TEXTS), max_size=4))
def test_documents_add_up(cases: list[tuple[str, str]]) -> None:
    both = sum((one(*case) for case in cases), Comparison())
    assert both.characters.total == sum(one(*case).characters.total for case in cases)
    assert both.words.wrong == sum(one(*case).words.wrong for case in cases)
    assert len(both.pages) == len(cases)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    pages = [{"page": 1, "text": TRUTH, "raw_text": TRUTH.replace("ö", "6")}]
    (tmp_path / "run.json").write_text(json.dumps({"pages": pages}), encoding="utf-8")
    (tmp_path / "truth.txt").write_text(TRUTH, encoding="utf-8")
    (tmp_path / "truth.json").write_text(json.dumps({"pages": [TRUTH]}), encoding="utf-8")
    (tmp_path / "long.txt").write_text("\n".join([TRUTH] * 9), encoding="utf-8")
    (tmp_path / "raw.txt").write_text("\n".join([RUINED] * 9), encoding="utf-8")
    return tmp_path


def test_the_json_of_a_run_has_both_texts(folder: Path) -> None:
    found = compared(pairs(folder / "truth.txt", folder / "run.json"))
    assert found.repair == Repair(fixed=2, kept=10)
    assert found == compared(pairs(folder / "truth.json", folder / "run.json"))


def test_the_command_repairs_on_demand_and_tells_all_counts(folder: Path) -> None:
    told = folder / "told.json"
    arguments = [
        "compare",
        str(folder / "long.txt"),
        str(folder / "raw.txt"),
        "--repair",
        "--json",
        str(told),
    ]
    done = CliRunner().invoke(app, arguments)
    assert done.exit_code == 0, done.output
    assert "36 of 36 wrong words" in " ".join(done.output.split())
    assert json.loads(told.read_text(encoding="utf-8"))["repair"]["fixed"] == 36


def test_folders_are_compared_name_by_name(tmp_path: Path) -> None:
    for name, truth, text in (("a", "för", "for"), ("b", "år", "år")):
        for kind, content in (("truth", truth), ("text", text)):
            (tmp_path / kind).mkdir(exist_ok=True)
            (tmp_path / kind / f"{name}.txt").write_text(content, encoding="utf-8")
    found = compared(pairs(tmp_path / "truth", tmp_path / "text"))
    assert (found.words, len(found.pages)) == (Errors(2, replaced=1), 2)


@pytest.mark.parametrize(
    ("truth", "text", "message"),
    [
        ("truth.txt", "none.txt", "no such file"),
        ("truth.txt", "bad.json", "not a text of the form"),
        ("truth.txt", "scan.pdf", "namnd run"),
        (".", "empty", "has no text for"),
        ("empty", ".", "no texts"),
    ],
)
def test_what_cannot_be_compared_is_named(
    folder: Path,
    truth: str,
    text: str,
    message: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    (folder / "bad.json").write_text('{"pages": 3}', encoding="utf-8")
    (folder / "scan.pdf").write_bytes(b"%PDF-1.7\n" + bytes(range(256)))
    (folder / "empty").mkdir()
    monkeypatch.setattr("sys.argv", ["namnd", "compare", str(folder / truth), str(folder / text)])
    with pytest.raises(SystemExit) as stopped:
        main()
    assert stopped.value.code == 2
    assert message in capsys.readouterr().err
    with pytest.raises(UsageError):
        compared(pairs(folder / truth, folder / text))


def test_every_rate_is_told_with_its_counts() -> None:
    told = list(report.rows(one("för ett år", "för ett ar", "f6r ett ar")))
    assert all(any(map(str.isdigit, counts)) for _, _, counts in told)
    assert ("fixed", "50.00 %", "1 of 2 wrong words") in told
