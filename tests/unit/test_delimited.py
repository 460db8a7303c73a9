"""Delimited text as programs write it: letters, separators, names, and what is no row."""

import codecs
import gzip
import os
from pathlib import Path

import pytest

from ivr.delimited import encodings
from ivr.delimited.rows import FormHints, Rows, form_of, opened
from ivr.errors import FileError

Found = tuple[str, str, tuple[str, ...], list[tuple[int, object]], int]
KNOWN = {"id", "name", "phone"}
LINES = "id,name,phone\n1,Ann,\n2,Bo,5\n"
ROWS = [(2, ["1", "Ann", ""]), (3, ["2", "Bo", "5"])]


def read(folder: Path, content: str | bytes, hints: FormHints | None = None) -> Found:
    """Return encoding, separator, names and rows, and how many below them are none."""
    path = folder / "f.csv"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    hints = hints or FormHints()
    file, encoding = opened(path, hints)
    with file:
        form = form_of(file, path, encoding, hints, lambda name: name.lower() in KNOWN)
        assert form
        file.seek(0)
        rows = Rows(file, path, form)
        return encoding.shown, form.separator, form.names, [*rows], len(rows.below)


@pytest.mark.parametrize(
    ("content", "asked", "shown"),
    [
        (LINES.encode(), "", "UTF-8"),
        (codecs.BOM_UTF8 + LINES.encode(), "", "UTF-8"),
        (
            codecs.BOM_UTF8 + LINES.encode(),
            "windows-1252",
            "UTF-8",
        ),  # nobody begins a file with those letters
        (LINES.encode("utf-16"), "", "UTF-16"),
        (codecs.BOM_UTF16_BE + LINES.encode("utf-16-be"), "", "UTF-16"),
        (LINES.encode("utf-16-le"), "utf-16-le", "UTF-16-LE"),
        (LINES.encode("utf-16-be"), "utf-16", "UTF-16-BE"),
        (LINES.encode("utf-16-le"), "utf-16", "UTF-16-LE"),
        (LINES.encode(), "windows-1252", "Windows-1252"),
    ],
)
def test_letters_are_read_by_the_mark_or_as_asked(
    tmp_path: Path,
    content: bytes,
    asked: str,
    shown: str,
) -> None:
    assert read(tmp_path, content, FormHints(asked)) == (
        shown,
        ",",
        ("id", "name", "phone"),
        ROWS,
        0,
    )


@pytest.mark.parametrize("name", encodings.NAMES)
def test_each_encoding_reads_what_it_wrote(tmp_path: Path, name: str) -> None:
    assert read(tmp_path, LINES.encode(encodings._codec(name)), FormHints(name))[3] == ROWS


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("cp1252", "windows-1252"),
        ("ANSI", "windows-1252"),
        ("latin1", "iso-8859-1"),
        ("UTF8", "utf-8"),
        ("Windows-1250", "windows-1250"),
        ("sjis", "shift_jis"),
    ],
)
def test_encodings_have_many_names(written: str, name: str) -> None:
    assert encodings.named(written) == name


@pytest.mark.parametrize(
    "name",
    ["zlib", "rot13", "idna", "unicode_escape", "utf-7", "x\0", "", "windows-1259"],
)
def test_what_is_no_encoding_of_texts_is_none(name: str) -> None:
    assert encodings.named(name) is None
    assert encodings.unknown(name).isprintable()


def test_a_misspelt_encoding_is_put_right() -> None:
    assert (
        encodings.unknown(
            "widnows-1252",
        )
        == "the encoding 'widnows-1252' is not known: is windows-1252 meant?"
    )


@pytest.mark.parametrize(
    ("content", "separator"),
    [
        ("id;name;phone\n1;Ann;\n2;Bo;5\n", ";"),
        ("id\tname\tphone\n1\tAnn\t\n2\tBo\t5\n", "\t"),
        ("id|name|phone\n1|Ann|\n2|Bo|5\n", "|"),
        ('"id";"name";"phone"\n1;Ann;\n2;Bo;5\n', ";"),
        ("id;name,with,commas,in,it;name;phone\n", ";"),
    ],
)
def test_the_separator_is_the_one_that_makes_most_known_columns(
    tmp_path: Path,
    content: str,
    separator: str,
) -> None:
    found = read(tmp_path, content)
    assert found[1] == separator
    assert found[2][0] == "id"
    assert [row for _, row in found[3]] in ([], [row for _, row in ROWS])


@pytest.mark.parametrize("line", ["sep=;", "SEP=;", '"sep=;"'])
def test_excels_first_line_says_the_separator(tmp_path: Path, line: str) -> None:
    found = read(tmp_path, f"{line}\r\nid;a,b,c\r\n1;x\r\n")
    assert found[1:4] == (";", ("id", "a,b,c"), [(3, ["1", "x"])])


@pytest.mark.parametrize("line", ["sep=", "sep=x", "sep=;;"])
def test_another_first_line_of_that_kind_is_refused(tmp_path: Path, line: str) -> None:
    with pytest.raises(FileError, match=r"f\.csv:1: sep= has to be followed by one of"):
        read(tmp_path, f"{line}\n{LINES}")


def test_titles_above_the_names_are_passed_over_when_the_line_is_told(tmp_path: Path) -> None:
    found = read(tmp_path, f'A "title\n\n{LINES}', FormHints(header_line=3))
    assert found[2] == ("id", "name", "phone")
    assert found[3] == [(line + 2, fields) for line, fields in ROWS]


def test_names_may_have_line_breaks_and_spaces(tmp_path: Path) -> None:
    found = read(tmp_path, '\n"id", name ,"pho\r\n  ne"\n1,Ann,\n')
    assert found[2:4] == (("id", "name", "pho ne"), [(4, ["1", "Ann", ""])])


def test_texts_below_an_empty_line_at_the_end_are_no_rows(tmp_path: Path) -> None:
    assert read(tmp_path, f'{LINES}\n"A report"\n"By: Ann, today"\n')[3:] == (ROWS, 2)
    assert read(tmp_path, f"{LINES},,\nA report,,\n")[3:] == (ROWS, 1)


def test_other_rows_below_an_empty_line_are_rows(tmp_path: Path) -> None:
    more = [(5, ["3"]), (6, ["4", "Cy", ""])]
    assert read(tmp_path, f"{LINES}\n3\n4,Cy,\n")[3:] == (ROWS + more, 0)
    assert read(tmp_path, f"{LINES}3\n")[3:] == ([*ROWS, (4, ["3"])], 0)
    many = "".join(f"{n}\n" for n in range(30))
    assert len(read(tmp_path, f"{LINES}\n{many}")[3]) == 2 + 30


@pytest.mark.abuse
@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (
            b"PK\x03\x04" + b"\0" * 50,
            "this is a ZIP file, or a workbook (.xlsx, .ods), no text: save it as CSV",
        ),
        (gzip.compress(LINES.encode(), mtime=0), "this is compressed (gzip), no text"),
        (b"<html><table>", "this is a page in HTML or XML"),
        (LINES.encode("utf-32"), "this is UTF-32: save it as UTF-8"),
        (
            LINES.encode("utf-16-le"),
            "1: there is a NUL byte: it looks like UTF-16: try --encoding utf-16-le",
        ),
        (
            LINES.encode("utf-16-be"),
            "1: there is a NUL byte: it looks like UTF-16: try --encoding utf-16-be",
        ),
        (LINES.encode("utf-16")[:-1], "not UTF-16: is it cut off"),
        (LINES.encode("utf-16") + b"\x00\xdc", "not UTF-16"),
        (
            b"id,name\n1,J\xf6rg\n",
            "2: not UTF-8: save the file as UTF-8, or try --encoding windows-1252",
        ),
        (codecs.BOM_UTF8 + b"id,name\n1,J\xf6rg\n", "2: not UTF-8: is it cut off"),
        (b"id,name\n" + b"1,Ann\n" * 30_000 + b"\xff", "30002: not UTF-8"),
        ('id,"name\n1,Ann\n', "1: a quote is opened in the columns' names and not closed"),
        (
            ",".join(f"c{n}" for n in range(10_000)) + "\n",
            "1: 10,000 columns, and 1,000 at most are read",
        ),
        ("id," + "x" * 1_000_000, "1: the line is longer than 1,000,000 characters"),
        ("id,name\n1," + "x" * 140_000, "2: a field is longer than 131,072 characters"),
        ('id,name\n1,"Ann\n' + "2,Bo\n" * 20, "2: a quote is opened in this row and never closed"),
        ('id,name\n1,"Ann\n' + "2,Bo\n" * 200_000, "2: a field is longer than 131,072 characters"),
    ],
)
def test_what_cannot_be_read_is_refused_with_what_to_do(
    tmp_path: Path,
    content: str | bytes,
    problem: str,
) -> None:
    with pytest.raises(FileError) as refused:
        read(tmp_path, content)
    assert problem in str(refused.value)
    assert str(refused.value).isprintable()


def test_an_encoding_that_does_not_fit_is_told(tmp_path: Path) -> None:
    with pytest.raises(
        FileError,
        match=r"f\.csv:2: not Windows-1252: .* is another --encoding right",
    ):
        read(tmp_path, b"id,name\n1,J\x81rg\n", FormHints("windows-1252"))


@pytest.mark.parametrize(
    ("content", "is_so"),
    [
        (b"Zo\xc3\xab", True),
        (b"Zoe", False),
        (b"Zo\xeb", False),
        (b"a" * 65535 + "ë".encode(), True),
    ],
)
def test_a_file_that_is_utf8_after_all_is_seen(tmp_path: Path, content: bytes, is_so: bool) -> None:
    (tmp_path / "f.csv").write_bytes(content)
    assert encodings.is_utf8_too(tmp_path / "f.csv") is is_so


def test_a_file_that_is_too_large_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "f.csv"
    path.touch()
    os.truncate(path, 4_000_000_001)
    with pytest.raises(FileError, match="larger than 4,000,000,000 bytes: split it"):
        opened(path, FormHints())
