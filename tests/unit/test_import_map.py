"""The map of an import: what it may say, and how what is wrong with it is told."""

from pathlib import Path

import pytest

from ivr.domain.imports import ImportMap
from ivr.errors import FileError
from ivr.policy.import_map import checked
from ivr.store.customer_columns import FILE_NAMES

WHOLE = """
columns: {customer_id: Nr, name: [First, Last], phones: [Phone]}
defaults: {language: de}
values: {tags: {VIP: vip, 7: seven}, remove: {Gone: true}}
yes-words: [Ja, x]
no-words: [Nein, ""]
region: DE
region-column: Country
regions: {Germany: DE}
encoding: cp1252
separator: tab
list-separator: "/"
decimal: ","
header-line: 3
"""


def mistakes(folder: Path, text: str) -> list[str]:
    path = folder / "customers.map.yaml"
    path.write_text(text, encoding="utf-8")
    found = checked(path, FILE_NAMES)
    return [str(each).partition(".yaml:")[2] for each in found] if isinstance(found, list) else []


def test_all_that_it_may_say(tmp_path: Path) -> None:
    path = tmp_path / "m.yaml"
    path.write_text(WHOLE)
    found = checked(path, FILE_NAMES)
    assert isinstance(found, ImportMap)
    assert found.columns == {
        "customer_id": ("Nr",),
        "name": ("First", "Last"),
        "phones": ("Phone",),
    }
    assert (found.defaults, found.values["tags"]) == (
        {"language": "de"},
        {"VIP": "vip", "7": "seven"},
    )
    assert found.values["remove"] == {"Gone": "yes"}
    assert (found.yes_words, found.no_words) == (("Ja", "x"), ("Nein", ""))
    assert (found.region, found.region_column, found.regions) == (
        "DE",
        "Country",
        {"Germany": "DE"},
    )
    assert (found.encoding, found.separator, found.list_separator) == ("windows-1252", "\t", "/")
    assert (found.decimal, found.header_line) == (",", 3)
    assert found.place("columns", "name", 1) == (2, 42)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("colums: {}\nregion: DE\n", "1:1: colums: is not known here: check the spelling"),
        ("columns: {nam: Name}\n", "1:11: columns: there is no column nam: is name meant?"),
        (
            "columns: {x: Name}\n",
            "1:11: columns: there is no column x: ours are customer_id, name,",
        ),
        ("columns: {Name: Name}\n", "1:11: columns.Name"),
        ("columns: {name: []}\n", "1:11: columns.name: is empty"),
        ("columns: [name]\n", "1:1: columns: write names with values"),
        ("columns: {name: Name, name: Last}\n", "1:23: 'name' stands here twice"),
        ("region: XX\n", "1:1: region: there is no region XX"),
        ("region: de\n", "1:1: region: 'de' does not fit: write a country's two capital letters"),
        (
            "regions: {France: FR}\n",
            "1:1: regions: these are read in `region-column`: name that, too",
        ),
        (
            "encoding: widnows-1252\n",
            "1:1: encoding: the encoding 'widnows-1252' is not known: is windows-1252 meant?",
        ),
        ("encoding: zlib\n", "1:1: encoding: the encoding 'zlib' is not known"),
        ('separator: "x"\n', "1:1: separator: "),
        ('decimal: ";"\n', "1:1: decimal: "),
        ("header-line: 0\n", "1:1: header-line: "),
        (
            "yes-words: [x]\nno-words: [a, X]\n",
            "2:15: no-words: 'X' is among the yes-words, too: remove one",
        ),
        ("yes-words: [yes]\n", "1:13: YAML reads 'yes' as true: put it in quotes"),
        (
            "values: {language: {no: nb}}\n",
            "1:21: the key 'no' has another meaning in YAML: put it in quotes",
        ),
        (
            "values: {langauge: {D: de}}\n",
            "1:10: values: there is no column langauge: is language meant?",
        ),
    ],
)
def test_what_is_wrong_is_told_with_its_place(tmp_path: Path, text: str, told: str) -> None:
    found = mistakes(tmp_path, text)
    assert found[0].startswith(told)
    assert all(each.isprintable() for each in found)


def test_all_mistakes_are_told(tmp_path: Path) -> None:
    assert (
        len(
            mistakes(tmp_path, "columns: {nam: N, phone: P}\nvalues: {tag: {}}\nregion: XX\n"),
        )
        == 4
    )


@pytest.mark.abuse
@pytest.mark.parametrize(
    "text",
    ["", "- a\n", "a: &x [*x]\n", "[" * 5000, "columns: !!python/object:os.system x\n"],
)
def test_what_is_no_map_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(FileError):
        mistakes(tmp_path, text)


@pytest.mark.abuse
def test_another_file_is_not_repeated_and_none_elsewhere_is_read(tmp_path: Path) -> None:
    secret = tmp_path / "elsewhere" / "ivr.toml"
    secret.parent.mkdir()
    secret.write_text("ami_secret: correct-horse\n")
    with pytest.raises(FileError) as refused:
        checked(secret, FILE_NAMES)
    assert "correct-horse" not in str(refused.value)
    (tmp_path / "here").mkdir()
    link = tmp_path / "here" / "customers.map.yaml"
    link.symlink_to(secret)
    with pytest.raises(FileError, match="a link that leads out of"):
        checked(link, FILE_NAMES)
