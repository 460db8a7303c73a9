"""Asterisk's configuration files; tests/lab/test_asterisk_files.py compares with the real one."""

from pathlib import Path

import pytest

from ivr import asterisk_config
from ivr.asterisk_config import ConfigReading, uncommented
from ivr.errors import FileError


def reading(folder: Path, /, **texts: str) -> ConfigReading:
    """What comes of `queues`, one of these texts; the names are those of files, without .conf."""
    for name, text in texts.items():
        (folder / f"{name}.conf").write_text(text)
    return asterisk_config.read(folder / "queues.conf", folder)


@pytest.mark.parametrize(
    ("text", "reads"),
    [
        ("a ; b", ["a"]),
        ("a \\; b ; c", ["a ; b"]),
        (";-- a --; b", ["b"]),
        ("a ;-- b --; c", ["a  c"]),
        (";-- a\nb --; c\nd", ["", "c", "d"]),
        (";-- a ;-- b --; c\n--; d", ["", "d"]),
        (";--- a\nb", ["", "b"]),
        (";----- a --;\nb", ["", "b"]),
        ("; a ;-- b\nc", ["", "c"]),
        ("a --; b\nc\n;-- d\ne", ["a --; b", "", "", "e"]),
    ],
)
def test_comments_are_left_out(text: str, reads: list[str]) -> None:
    assert list(uncommented(text.split("\n"))) == reads


def test_patterns_are_in_asterisks_own_folder(tmp_path: Path) -> None:
    for folder in ("etc/queues.d", "ours/queues.d"):
        (tmp_path / folder).mkdir(parents=True)
        (tmp_path / folder / "a.conf").write_text(f"[{folder[:4].strip('/')}]\n")
    path = tmp_path / "ours/queues.conf"
    path.write_text("#include queues.d/*.conf\n#tryinclude nothing.d/*.conf\n")
    found = asterisk_config.read(path, tmp_path / "etc")
    assert (found.names(), found.problems, found.unseen) == (frozenset({"etc"}), [], "")


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("[a]\n#include b.conf\n", 2, "#include b.conf: there is no such file in "),
        ("[a]\n#include b-*.conf\n", 2, "#include b-*.conf: there is no such file in "),
        ("[a]\n;-- \n--;\n#include /b.conf\n", 4, "#include /b.conf: there is no such file: "),
        ("[a]\n[b\n", 2, "a bracket is not closed"),
        ("a = b\n", 1, "'a = b' stands in no section"),
        ("[a](b)\n", 1, "there is no section b above"),
    ],
)
def test_what_asterisk_refuses_is_told(tmp_path: Path, text: str, line: int, says: str) -> None:
    found = reading(tmp_path, queues=text)
    (problem,) = found.problems
    assert found.refused
    assert (problem.path, problem.line) == (tmp_path / "queues.conf", line)
    assert problem.problem.startswith(says)


def test_files_that_include_one_another_are_told_and_read_once(tmp_path: Path) -> None:
    texts = {"queues": "[a]\n#include b.conf\n[c]\n", "b": "[b]\n\n#include queues.conf\n"}
    found = reading(tmp_path, **texts)
    assert (list(found.sections), found.refused) == (["a", "b", "c"], False)
    (problem,) = found.problems
    assert (problem.path, problem.line) == (tmp_path / "b.conf", 3)
    assert "include one another (queues.conf)" in problem.problem


def test_what_is_run_is_not_run_and_told(tmp_path: Path) -> None:
    found = reading(tmp_path, queues=f"[a]\n#exec touch {tmp_path}/run\n[b]\n")
    assert found.names() == {"a", "b"}
    assert f"{tmp_path}/queues.conf:2: #exec touch {tmp_path}/run is not run" in found.unseen
    assert not (tmp_path / "run").exists()


def test_where_no_asterisk_is_nobody_knows_what_it_includes(tmp_path: Path) -> None:
    path = tmp_path / "queues.conf"
    path.write_text("[a]\n#include queues.d/*.conf\n[b]\n")
    found = asterisk_config.read(path, tmp_path / "etc")
    assert found.names() == {"a", "b"}
    assert found.problems == []
    assert found.unseen.startswith(f"{path}:2: #include queues.d/*.conf: there is no such file")


@pytest.mark.abuse
def test_what_includes_without_end_ends(tmp_path: Path) -> None:
    lines = "#include a.conf\n#include b.conf\n#include c.conf\n" * 20
    chain = {name: f"[{name}]\n{lines}".replace(f"#include {name}.conf\n", "") for name in "abc"}
    found = reading(tmp_path, queues=lines, **chain)
    assert set(found.sections) == set("abc")
    assert found.problems


def test_a_file_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(FileError, match=r"queues\.conf"):
        asterisk_config.read(tmp_path / "queues.conf", tmp_path)
