"""Names that people see: no character in them hides something, or does something to a screen."""

import os
import shutil
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ivr.__main__ import main
from ivr.domain.showable import showable, unshowable
from ivr.errors import FileError
from ivr.policy import loader, texts
from ivr.shipped_files import share

pytestmark = pytest.mark.abuse

HIDING = [
    "\u202e", "\u202a", "\u2066", "\u200e", "\u200b", "\ufeff", "\u00ad", "\u2028", "\u2029", "\u0085", "\u009b",
    "\u009d", "\u0080", "\u007f", "\u001b", "\u0007", "\u00a0", "\U000e0041", "\ufffe", "\u2060", "\u061c", "\u180e",
]  # fmt: skip
NAMES = [
    "Anna Berg",
    "Zoë O'Neill",
    "Ærø",
    "李小龍",
    "\u0645\u062d\u0645\u062f",
    "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645",
    "क्\u200dष",
    "ශ්\u200dරී",
    "👨\u200d👩\u200d👧 Smith",
    "👩🏽\u200d⚕\ufe0f",
    "🏳\ufe0f\u200d🌈",
    "❤\ufe0f\u200d🔥",
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(share("dialplans"), tmp_path / "dialplans"))


def written(text: str) -> str:
    """As in YAML, where any character can be written so."""
    return '"' + "".join(f"\\U{ord(c):08x}" for c in text) + '"'


@pytest.mark.parametrize("sign", [*HIDING, "\u200c", "\u200d"])
@pytest.mark.parametrize("name", ["Anna{}Berg", "{}Anna", "Anna{}", "\u0645\u062d\u0645\u062f{}"])
def test_an_agent_has_none_of_them(folder: Path, sign: str, name: str) -> None:
    path = folder / texts.AGENTS
    path.write_text(path.read_text().replace("name: Anna Berg", f"name: {written(name.format(sign))}"))
    with pytest.raises(FileError, match=r"agents\.yaml:\d+:\d+: agents\.0\.name: ") as refused:
        loader.load(folder)
    assert str(refused.value).isprintable()


@pytest.mark.parametrize("sign", HIDING)
def test_nor_has_a_rule(folder: Path, sign: str) -> None:
    path = folder / texts.POLICY
    assert "name: blocked" in path.read_text()
    path.write_text(path.read_text().replace("name: blocked", f"name: {written(f'a{sign}b')}", 1))
    with pytest.raises(FileError, match=r"policy\.yaml:\d+:\d+: ") as refused:
        loader.load(folder)
    assert str(refused.value).isprintable()


@pytest.mark.parametrize("sign", ["|", ";", ",", '"'])
def test_no_agent_has_a_sign_that_asterisk_writes_between_members(folder: Path, sign: str) -> None:
    """One in a name costs every member behind it in that queue when Asterisk restarts."""
    path = folder / texts.AGENTS
    path.write_text(path.read_text().replace("name: Anna Berg", f"name: {written(f'Anna{sign}Berg')}"))
    with pytest.raises(FileError, match=r"without , ; \| or a quotation mark"):
        loader.load(folder)


@pytest.mark.parametrize("name", NAMES)
def test_every_language_has_its_names(folder: Path, name: str) -> None:
    assert unshowable(name) is None
    assert showable(name) == name
    path = folder / texts.AGENTS
    path.write_text(path.read_text().replace("name: Anna Berg", f"name: {written(name)}"))
    assert loader.load(folder).agents[0].name == name


@pytest.mark.parametrize(
    "name",
    [
        "👨\u200d",
        "\u200d👨",
        "👨\u200cx",
        "👨\u200c👩",
        "👨\u200d\u200d👩",
        "x\u200d👨",
        "👨\u200dx",
        "👨\u200d\u202e👩",
    ],
)
def test_a_joiner_that_joins_nothing_is_not_shown(name: str) -> None:
    assert unshowable(name) is not None
    assert "\u200d" not in showable(name)
    assert "\u200c" not in showable(name)


@given(st.text())
def test_whatever_is_left_is_showable(text: str) -> None:
    shown = showable(showable(text))
    assert unshowable(shown) is None
    assert [c for c in shown if not c.isprintable() and c not in "\u200c\u200d"] == []


@pytest.mark.parametrize(
    "arguments",
    [("policy", "check", "{}"), ("policy", "explain", "--policy", "{}", "--from", "1000", "--to", "1000"),
     ("qa", "run", "{}"), ("qa", "run", "{}/bad.yaml"), ("import", "customers", "{}/none")],
)  # fmt: skip
def test_what_a_file_is_called_does_nothing_to_a_terminal(
    tmp_path: Path, arguments: tuple[str, ...], monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    hostile = tmp_path / "a\x1b[31m\u202eb"
    hostile.mkdir()
    (hostile / "bad.yaml").write_text("\t: [")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "500")
    monkeypatch.setenv("IVR_DATABASE_URL", f"sqlite:///{tmp_path}/ivr.db")
    monkeypatch.setenv("IVR_POLICY_DIR", str(tmp_path))
    before = os.umask(0o077)
    monkeypatch.setattr(sys, "argv", ["ivr", *(each.format(hostile) for each in arguments)])
    try:
        with pytest.raises(SystemExit) as ended:
            main()
    finally:
        os.umask(before)
    told = "".join(capfd.readouterr())
    assert ended.value.code not in (0, None)
    assert "\x1b[31m" not in told
    assert "\u202e" not in told
    assert told.strip()
