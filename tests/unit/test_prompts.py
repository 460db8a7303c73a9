"""The prompts: every one has a text and a file in every language, and the files are those that the texts make."""

import re
from pathlib import Path

import pytest

from ivr.errors import LabError
from ivr.lab import prompts
from ivr.shipped_files import share

LANGUAGES = ["de", "en", "fr"]
SOUNDS = share("asterisk") / "sounds"
PROMPTS = prompts.read()
NAMES = sorted(PROMPTS.texts)


def seconds(path: Path) -> float:
    frames, rest = divmod(path.stat().st_size, prompts.FRAME_BYTES)
    assert rest == 0, f"{path} is no GSM"
    return frames * prompts.FRAME_SECONDS


@pytest.mark.parametrize("name", NAMES)
def test_a_prompt_is_there_in_every_language(name: str) -> None:
    text = PROMPTS.texts[name]
    assert re.fullmatch(r"[a-z]+(-[a-z0-9]+)*", name)
    assert sorted(text) == LANGUAGES
    for language, words in text.items():
        spoken = seconds(prompts.file_of(SOUNDS, language, name))
        assert words.strip()
        # Silence around it is 0.4 s; nobody speaks more than 30 letters a second, or fewer than 5.
        assert 0.4 + len(words) / 30 < spoken < 1.5 + len(words) / 5, f"{name}.{language}: {spoken:.1f} s"


@pytest.mark.parametrize("language", LANGUAGES)
def test_there_is_no_file_without_a_text(language: str) -> None:
    assert {path.name for path in (SOUNDS / language / prompts.FOLDER).iterdir()} == {f"{name}.gsm" for name in NAMES}


def test_every_language_has_a_voice() -> None:
    assert sorted(PROMPTS.voices) == LANGUAGES
    assert sorted(path.name for path in SOUNDS.iterdir()) == LANGUAGES


def test_a_range_is_one_prompt_for_each_number() -> None:
    assert [n for n in range(30) if f"position-{n}" in PROMPTS.texts] == list(range(1, 21))
    assert PROMPTS.texts["position-12"]["en"] == "You are number 12 in the queue."
    assert "{" not in "".join(words for text in PROMPTS.texts.values() for words in text.values())


@pytest.mark.thorough  # seconds of processor time
def test_the_files_are_made_again_byte_by_byte(tmp_path: Path) -> None:
    try:
        here = prompts.versions()
    except LabError as error:
        pytest.skip(str(error))
    if here != PROMPTS.made_with:
        pytest.skip(f"the files were made with {PROMPTS.made_with}, and here is {here}")
    prompts.make(PROMPTS, tmp_path)
    made, kept = (
        {path.relative_to(root): path.read_bytes() for path in root.rglob("*.gsm")} for root in (tmp_path, SOUNDS)
    )
    assert [str(path) for path in sorted(made.keys() | kept) if made.get(path) != kept.get(path)] == []
