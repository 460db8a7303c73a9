"""Customers from CSV files: what is taken, what is refused, and how that is said."""

import csv
import gc
import io
import multiprocessing
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, event, select

from ivr.errors import FileError, StoreError
from ivr.numbers.e164 import PhoneNumbers
from ivr.store import customer_batches, tables
from ivr.store.customer_columns import NAMES
from ivr.store.customers_csv import ImportReport, import_customers
from tests.databases import Database

USUAL = NAMES[:10]  # what most files have, and what few do
RARE = NAMES[10:]
HEADER = ",".join(USUAL)
WHOLE = ",".join(NAMES)
PIN_HASH = "$argon2id$v=19$m=32768,t=2,p=1$c2FsdHNhbHRzYWx0$" + "A" * 43
NOTHING: dict[str, object] = {
    "products": "", "contract": "", "open_case": False, "lapsed": False, "prefers_self_service": False,
    "customer_number": "", "pin_hash": "",
}  # fmt: skip
Load = Callable[..., ImportReport]


@pytest.fixture
def load(tmp_path: Path, engine: Engine) -> Load:
    """Imports a file with the given content (str or bytes), and calls it c.csv."""

    def do(content: str | bytes, progress: Callable[[int, int], None] = lambda done, rows: None) -> ImportReport:
        path = tmp_path / "c.csv"
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return import_customers(engine, path, PhoneNumbers(), "GB", progress)

    return do


def row(**fields: str) -> str:
    """A good row of the file, but for `fields`."""
    values = {"customer_id": "C1", "name": "Ann", "phones": "+442079460001"} | fields
    line = io.StringIO()
    csv.writer(line, lineterminator="\n").writerow([values.get(column, "") for column in USUAL])
    return line.getvalue().removesuffix("\n")


def rows(*lines: str) -> str:
    return "\n".join([HEADER, *lines]) + "\n"


def whole_row(**fields: str) -> str:
    """A good row of a file with all columns, but for `fields`."""
    line = io.StringIO()
    csv.writer(line, lineterminator="").writerow([fields.get(column, "") for column in RARE])
    return f"{row(**fields)},{line.getvalue()}"


def attributes(engine: Engine, customer_id: str = "C1") -> dict[str, object]:
    kept = stored(engine)[customer_id]
    return {column: kept[column] for column in RARE}


def stored(engine: Engine) -> dict[str, dict[str, Any]]:
    with engine.connect() as connection:
        found = {
            each.customer_id: dict(each._mapping) | {"phones": []}
            for each in connection.execute(select(tables.customers))
        }
        for each in connection.execute(select(tables.phones).order_by(tables.phones.c.number)):
            found[each.customer_id]["phones"].append(each.number)
    return found


def only_problem(report: ImportReport) -> str:
    assert (report.rows_ok, report.rows_bad, len(report.problems)) == (0, 1, 1)
    return report.problems[0].partition("c.csv:")[2]


# Good rows ---------------------------------------------------------------------------------------------


def test_every_column(engine: Engine, load: Load) -> None:
    report = load(
        "blocked,need,potential,value,tags,language,preferred_agent,name,phones,customer_id\n"
        'Yes,0,100,72.5, vip ; new;vip ,en,Bo Li,"Ann, the ""boss""",020 7946 0001;+44 20 7946 0002; 02079460001,C-1\n'
    )
    assert (report.rows_ok, report.rows_bad, report.problems, report.stopped_at_line) == (1, 0, (), None)
    assert report.seconds > 0
    kept = stored(engine)["C-1"]
    assert kept.pop("updated_at") == kept.pop("scored_at") > 1_600_000_000
    assert kept == {
        "customer_id": "C-1", "name": 'Ann, the "boss"', "value": 72.5, "potential": 100.0, "need": 0.0,
        "language": "en", "tags": "vip;new", "preferred_agent": "Bo Li", "blocked": True,
        "phones": ["+442079460001", "+442079460002"],
        **NOTHING,
    }  # fmt: skip


def test_every_column_that_may_be_there(engine: Engine, load: Load) -> None:
    fields = {
        "products": " tv; mobile ;tv", "contract": "gold", "open_case": "yes", "lapsed": "1",
        "prefers_self_service": "TRUE", "customer_number": "00420", "pin_hash": PIN_HASH,
    }  # fmt: skip
    report = load(f"{WHOLE}\n{whole_row(**fields)}\n{whole_row(customer_id='C2')}\n")
    assert (report.rows_ok, report.problems) == (2, ())
    assert attributes(engine) == {
        "products": "tv;mobile", "contract": "gold", "open_case": True, "lapsed": True,
        "prefers_self_service": True, "customer_number": "00420", "pin_hash": PIN_HASH,
    }  # fmt: skip
    assert attributes(engine, "C2") == NOTHING


def test_what_the_file_has_no_column_for_stays(engine: Engine, load: Load) -> None:
    fields = {"products": "tv", "open_case": "yes", "customer_number": "420", "pin_hash": PIN_HASH}
    load(f"{WHOLE}\n{whole_row(**fields)}\n")
    before = attributes(engine)
    load(rows(row(name="Anna"), row(customer_id="C2")))
    assert stored(engine)["C1"]["name"] == "Anna"
    assert attributes(engine) == before
    assert attributes(engine, "C2") == NOTHING
    load(f"{HEADER},open_case\n{row()},no\n")  # one of them only
    assert attributes(engine) == before | {"open_case": False}
    load(f"{WHOLE}\n{whole_row()}\n")  # what is there and empty is emptied
    assert attributes(engine) == NOTHING


def test_what_is_left_empty(engine: Engine, load: Load) -> None:
    load(rows(row(phones="")))
    kept = stored(engine)["C1"]
    assert [kept[column] for column in USUAL[2:]] == [[], None, None, None, "", "", "", False]


@pytest.mark.parametrize(
    "name",
    [
        "x,IVR_QUEUE=premium",
        "a \"b\" 'c'",
        "Zoë 😀",
        "名前",
        "${SHELL(id)}",
        "=1+1",
        "'; DROP TABLE customers; --",
        "\u0639\u0644\u06cc\u200c\u0631\u0636\u0627",
        "ශ්\u200dරී",
        "👨\u200d👩\u200d👧 Smith",
    ],
)
def test_names_are_kept_as_they_are(engine: Engine, load: Load, name: str) -> None:
    assert load(rows(row(name=name))).rows_ok == 1
    assert stored(engine)["C1"]["name"] == name


@pytest.mark.parametrize(
    "text", [("yes", True), ("TRUE", True), ("1", True), ("No", False), ("false", False), ("0", False)]
)
def test_blocked(engine: Engine, load: Load, text: tuple[str, bool]) -> None:
    load(rows(row(blocked=text[0])))
    assert stored(engine)["C1"]["blocked"] is text[1]


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_files_of_all_systems(engine: Engine, load: Load, ending: str, mark: str) -> None:
    assert load(mark + ending.join([HEADER, row(), "", row(customer_id="C2"), "," * 9, ""])).rows_ok == 2
    assert set(stored(engine)) == {"C1", "C2"}


def test_a_second_import_replaces_customers_and_their_numbers(engine: Engine, load: Load) -> None:
    load(rows(row(value="80", phones="+442079460001;+442079460002"), row(customer_id="C2", name="Bo")))
    load(rows(row(name="Anna", phones="+442079460003")))
    kept = stored(engine)
    assert (kept["C1"]["name"], kept["C1"]["value"], kept["C1"]["phones"]) == ("Anna", None, ["+442079460003"])
    assert (kept["C2"]["name"], kept["C2"]["phones"]) == ("Bo", ["+442079460001"])


def test_a_file_without_rows(engine: Engine, load: Load) -> None:
    report = load(HEADER)
    assert (report.rows_ok, report.rows_bad, stored(engine)) == (0, 0, {})


# Bad rows ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("column", "text", "problem"),
    [
        ("customer_id", "", "'' does not fit: write 1 to 64 letters"),
        ("customer_id", "a b", "'a b' does not fit"),
        ("customer_id", "x" * 65, f"'{'x' * 40}…' does not fit"),
        ("customer_id", "é", "'é' does not fit"),
        ("name", "", "empty: write the customer's name"),
        ("name", "x" * 101, "101 characters long: write at most 100"),
        ("name", "a\x1b[2Jb", "'a\\x1b[2Jb' has a character that cannot be shown (U+001B): remove it"),
        ("name", "a\nb", "'a\\nb' has a character that cannot be shown (U+000A)"),
        ("name", "a\u202eb", "'a\\u202eb' has a character that cannot be shown (U+202E)"),
        ("phones", "1000", "'1000' is not a telephone number: write it like +442079460001"),
        ("phones", "+442079460001;call me", "'call me' is not a telephone number"),
        ("value", "7.2,5", "'7.2,5' is no number from 0 to 100: write it like 72.5, or nothing"),
        ("value", "1,234", "'1,234' is no number from 0 to 100"),
        ("value", "100.1", "'100.1' is no number from 0 to 100"),
        ("value", "-1", "'-1' is no number from 0 to 100"),
        ("potential", "inf", "'inf' is no number"),
        ("potential", "nan", "'nan' is no number"),
        ("potential", "1e999", "'1e999' is no number"),
        ("need", "1_0", "'1_0' is no number"),
        ("need", "٣", "'٣' is no number"),
        ("need", "9" * 300, f"'{'9' * 40}…' is no number"),
        ("need", "...", "'...' is no number"),
        ("language", "e1", "'e1' is no language: write two letters like en, or nothing"),
        ("language", "eng", "'eng' is no language"),
        ("language", "en\n", "'en\\n' is no language"),
        ("tags", "vip;Very Important", "'Very Important' does not fit: write 1 to 32 of a-z, 0-9, _ and -"),
        ("tags", "x" * 33, f"'{'x' * 33}' does not fit"),
        ("preferred_agent", "x" * 61, "61 characters long: write at most 60"),
        (
            "preferred_agent",
            "a\x00b".replace("\x00", "\x7f"),
            "'a\\x7fb' has a character that cannot be shown (U+007F)",
        ),
        ("blocked", "maybe", "'maybe' does not fit: write yes or no, or nothing for no"),
    ],
)
def test_a_bad_field_is_named(engine: Engine, load: Load, column: str, text: str, problem: str) -> None:
    said = only_problem(load(rows(row(**{column: text}))))
    assert said.startswith(f"2: {column}: {problem}")
    assert said.isprintable()
    assert stored(engine) == {}


@pytest.mark.parametrize(
    ("column", "text", "problem"),
    [
        ("products", "Mobile", "'Mobile' does not fit: write 1 to 32 of a-z, 0-9, _ and -, and ; between them"),
        ("contract", "a b", "'a b' does not fit: write one word, 1 to 32 of a-z"),
        ("contract", "x" * 33, f"'{'x' * 33}' does not fit"),
        ("open_case", "perhaps", "'perhaps' does not fit: write yes or no, or nothing for no"),
        ("lapsed", "2", "'2' does not fit"),
        ("prefers_self_service", "\x07", "'\\x07' does not fit"),
        ("customer_number", "12-34", "'12-34' does not fit: write 1 to 20 digits"),
        ("customer_number", "9" * 21, "'999999999999999999999' does not fit"),
        ("customer_number", "٣", "'٣' does not fit"),
        ("pin_hash", "x", "no hash of argon2id (what stands there is not shown): write $argon2id$v=19$m="),
    ],
)
def test_a_bad_field_that_may_be_missing_is_named(
    engine: Engine, load: Load, column: str, text: str, problem: str
) -> None:
    said = only_problem(load(f"{WHOLE}\n{whole_row(**{column: text})}\n"))
    assert said.startswith(f"2: {column}: {problem}")
    assert said.isprintable()
    assert stored(engine) == {}


@pytest.mark.parametrize(
    "text",
    [
        "8642", "86 42 it is", PIN_HASH.replace("argon2id", "argon2i"), PIN_HASH.replace("m=32768", "m=4194304"),
        PIN_HASH.replace("t=2", "t=0"), PIN_HASH.replace("t=2", "t=99"), PIN_HASH.replace("p=1", "p=9"),
        PIN_HASH.replace("m=32768", "m=7"), "$2b$12$" + "x" * 53, PIN_HASH + "\n",
    ],
)  # fmt: skip
def test_a_pin_that_is_no_hash_is_refused_and_never_repeated(engine: Engine, load: Load, text: str) -> None:
    said = only_problem(load(f"{WHOLE}\n{whole_row(pin_hash=text)}\n"))
    assert text.strip() not in said
    assert "8642" not in said
    assert stored(engine) == {}


def test_good_rows_are_kept_and_lines_are_right_after_fields_with_newlines(engine: Engine, load: Load) -> None:
    report = load(
        rows(
            row(),
            "",
            row(customer_id="C2", preferred_agent="two\nlines\r\nor three"),
            row(customer_id="C3", value="x"),
            row(customer_id="C4"),
            row(customer_id="C5") + ",more",
            row(customer_id="C1"),
            "C6,only",
        )
    )
    assert (report.rows_ok, report.rows_bad) == (2, 5)
    said = [problem.partition("c.csv:")[2] for problem in report.problems]
    assert [problem.split(" ")[0] for problem in said] == ["4:", "7:", "9:", "10:", "11:"]
    assert said[2] == "9: 11 fields, and the header has 10: put a field that has a comma in it in quotes"
    assert said[3] == "10: customer_id: 'C1' is in line 2 already: make them one row"
    assert set(stored(engine)) == {"C1", "C4"}


def test_quotes_that_do_not_fit_spoil_one_row(engine: Engine, load: Load) -> None:
    report = load(rows(row(), '"C2"x,' + "," * 8, row(customer_id="C3")))
    assert (report.rows_ok, report.rows_bad) == (2, 1)
    assert "c.csv:3: the quotes do not fit" in report.problems[0]
    assert set(stored(engine)) == {"C1", "C3"}


def test_the_first_hundred_problems_are_kept(load: Load) -> None:
    report = load(rows(*[row(customer_id="?")] * 250))
    assert (report.rows_bad, len(report.problems)) == (250, 100)


def test_customers_in_two_batches_are_still_the_same(
    engine: Engine, load: Load, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(customer_batches, "BATCH", 2)
    done: list[int] = []
    report = load(
        rows(*[row(customer_id=f"C{n % 5}", value=str(n)) for n in range(7)]), lambda written, _: done.append(written)
    )
    assert (report.rows_ok, report.rows_bad) == (5, 2)
    assert done == [2, 4, 6, 7]
    assert stored(engine)["C0"]["value"] == 0


# Files that cannot be used -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ("", "the file is empty: its first line has to be customer_id,name,"),
        ("\n\n", "the file is empty"),
        (
            HEADER.replace("need", "nead"),
            "1: the column nead is not known: is need meant? Known are customer_id,",
        ),
        (HEADER.replace("need", "DOB"), "1: the column DOB is not known: known are customer_id, name,"),
        (HEADER + ",need", "1: the column need is there twice: remove one"),
        (HEADER.replace(",phones", ""), "1: the column phones is missing: the first line has to name customer_id,"),
        ("C1,Ann,+442079460001,,,,,,,", "1: no line with the columns' names: the first has to be customer_id,"),
        (rows(row(), row(name="a\0b")), "3: there is a NUL byte"),
        (rows(row()).encode() + b"\xff\n", "3: not UTF-8: save the file as UTF-8, or try --encoding windows-1252"),
        (rows(row(), 'C2,"Bo', row(customer_id="C3")), "3: a quote is opened in this row and never closed"),
        (rows(row(), "", row(name="x" * 200_000)), "4: a field is longer than 131,072 characters"),
        (rows(row(), "x," * 600_000), "3: the line is longer than 1,000,000 characters"),
    ],
)
def test_a_broken_file_is_refused_as_a_whole(engine: Engine, load: Load, content: str | bytes, problem: str) -> None:
    with pytest.raises(FileError) as caught:
        load(content)
    assert problem in str(caught.value)
    assert stored(engine) == {}


def test_a_file_that_is_not_there(tmp_path: Path, engine: Engine) -> None:
    (tmp_path / "file").touch()
    for path, problem in [
        (tmp_path / "none.csv", "no such file"),
        (tmp_path, "is a directory: put a plain file there"),
        (tmp_path / "file" / "c.csv", "not a directory"),
    ]:
        with pytest.raises(FileError, match=problem):
            import_customers(engine, path, PhoneNumbers(), "GB")


# The way there -----------------------------------------------------------------------------------------


def many(count: int) -> str:
    return rows(*[row(customer_id=f"C{n}", phones=f"+44207946{n:04d}") for n in range(count)], row(name=""))


def test_a_large_file_is_read_by_other_processes(engine: Engine, load: Load, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(customer_batches, "MANY_ROWS", 100)
    monkeypatch.setattr(customer_batches, "BATCH", 20)
    told: list[tuple[int, int]] = []
    report = load(many(199), lambda done, rows: told.append((done, rows)))
    assert (report.rows_ok, report.rows_bad) == (199, 1)
    assert "c.csv:201: name: empty" in report.problems[0]
    assert told == [(done, 200) for done in range(20, 201, 20)]
    assert len(stored(engine)) == 199
    assert multiprocessing.active_children() == []


@pytest.mark.parametrize("many_rows", [20, 20_000])
def test_an_interrupted_import_leaves_whole_customers(
    engine: Engine, load: Load, monkeypatch: pytest.MonkeyPatch, many_rows: int
) -> None:
    monkeypatch.setattr(customer_batches, "MANY_ROWS", many_rows)
    monkeypatch.setattr(customer_batches, "BATCH", 10)
    writes: list[int] = []

    def interrupt(_: object, __: object, statement: str, *___: object) -> None:
        if statement.startswith("INSERT INTO phones"):
            writes.append(1)
            if len(writes) == 3:
                raise KeyboardInterrupt

    event.listen(engine, "after_cursor_execute", interrupt)
    report = load(many(99))
    assert (report.rows_ok, report.rows_bad, report.stopped_at_line) == (20, 0, 21)
    event.remove(engine, "after_cursor_execute", interrupt)
    kept = stored(engine)
    assert len(kept) == 20
    assert all(len(each["phones"]) == 1 for each in kept.values())
    assert multiprocessing.active_children() == []
    assert gc.isenabled()
    assert load(many(99)).rows_ok == 99


def test_a_database_that_fails_says_how_far_it_came(
    database: Database, engine: Engine, load: Load, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(customer_batches, "BATCH", 10)

    def drop(done: int, _: int) -> None:
        if done == 20:
            database.edit("ALTER TABLE phones RENAME TO elsewhere")

    problem = r'(no such table: phones|relation "phones" does not exist).*: .*\(the rows up to line 21 are imported\)'
    with pytest.raises(StoreError, match=problem):
        load(many(30), drop)
    database.edit("ALTER TABLE elsewhere RENAME TO phones")
    assert len(stored(engine)) == 20


def test_another_writer_gets_its_turn_between_batches(
    database: Database, load: Load, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(customer_batches, "BATCH", 10)
    free: list[bool] = []
    report = load(many(30), lambda *_: free.append(database.is_free()))
    assert report.rows_ok == 30
    assert free == [True] * 4


# Anything at all ---------------------------------------------------------------------------------------

fields = st.one_of(
    st.text(max_size=20),
    st.sampled_from(
        ["C1", "+442079460001", "50", "1e1", "vip;new", "en", "yes", '"', "\n", "\r", ",", "\x00", "\ufeff"]
    ),
)
shuffled = st.permutations(USUAL).map(",".join)
files = st.one_of(
    st.binary(max_size=200),
    st.text(max_size=200).map(lambda text: text.encode("utf-8", "surrogatepass")),
    st.builds(
        lambda header, table: "\n".join([header, *(",".join(line) for line in table)]).encode("utf-8", "surrogatepass"),
        st.one_of(st.just(HEADER), shuffled),
        st.lists(st.lists(fields, min_size=8, max_size=11), max_size=6),
    ),
    st.builds(
        lambda table: rows(*(row(**dict(zip(USUAL, line, strict=True))) for line in table)).encode(
            "utf-8", "surrogatepass"
        ),
        st.lists(st.lists(fields, min_size=10, max_size=10), max_size=6),
    ),
)


@pytest.mark.thorough
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(content=files)
def test_any_file_gives_a_report_or_is_refused(engine: Engine, load: Load, content: bytes) -> None:
    try:
        report = load(content)
    except FileError as error:
        assert str(error).isprintable()  # noqa: PT017 - refusing the file is one of two good ends
        return
    assert len(report.problems) == report.rows_bad
    assert all(problem.isprintable() for problem in report.problems)
    assert report.rows_ok <= len(stored(engine))
    for kept in stored(engine).values():
        assert kept["name"].isprintable()
        assert all(kept[score] is None or 0 <= kept[score] <= 100 for score in ("value", "potential", "need"))
