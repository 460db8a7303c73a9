"""Makes the prompts of asterisk/sounds/ from the texts in asterisk/prompts/prompts.yaml, by espeak-ng and sox.

`python -m ivr.lab.prompts` (`make prompts`) writes the same files each time, with the versions that the texts name.
"""

import platform
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from ivr.errors import LabError
from ivr.shipped_files import share

FOLDER = "ivr"  # below each language: our prompts never meet those of Asterisk
FRAME_BYTES, FRAME_SECONDS = 33, 0.02  # of GSM, which every Asterisk plays
_RANGE = re.compile(r"(.+-)(\d+)\.\.(\d+)")
# As loud as Asterisk's own English sounds; no deeper and no higher than a telephone transmits; a breath at both ends.
_EFFECTS = "highpass 200 rate -h 8000 norm -3 gain -l 3 fade t 0.01 -0 0.01 pad 0.1 0.3".split()  # noqa: SIM905 - sox's own words


@dataclass(frozen=True, slots=True)
class Voice:
    """A voice of espeak-ng."""

    name: str
    speed: int
    pitch: int


@dataclass(frozen=True, slots=True)
class Prompts:
    """The texts: voices by language, and for each prompt its text by language."""

    voices: dict[str, Voice]
    texts: dict[str, dict[str, str]]
    made_with: dict[str, str]


def read(path: Path | None = None) -> Prompts:
    """The texts in the file at `path`, else those that belong to this code."""
    path = path or share("asterisk") / "prompts/prompts.yaml"
    written: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    voices = {language: Voice(v["voice"], v["speed"], v["pitch"]) for language, v in written["voices"].items()}
    texts = {name: text for many, text in written["prompts"].items() for name, text in _each(many, text)}
    return Prompts(voices, texts, written["made-with"])


def file_of(sounds: Path, language: str, name: str) -> Path:
    """Where a prompt is, below a folder of sounds."""
    return sounds / language / FOLDER / f"{name}.gsm"


def make(prompts: Prompts, sounds: Path) -> None:
    """Write every prompt in every language below `sounds`, and delete what is no prompt any more."""
    versions()
    for language, voice in prompts.voices.items():
        folder = sounds / language / FOLDER
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in prompts.texts.items():
            speak(text[language], voice, file_of(sounds, language, name))
        for path in folder.glob("*.gsm"):
            if path.stem not in prompts.texts:
                path.unlink()


def speak(text: str, voice: Voice, target: Path) -> None:
    """Have one text spoken into a GSM file."""
    with tempfile.NamedTemporaryFile(suffix=".wav") as spoken:  # a pipe would not tell sox how long it is
        voiced = ["-v", voice.name, "-s", str(voice.speed), "-p", str(voice.pitch)]
        _run(["espeak-ng", "-b", "1", *voiced, "-z", "-w", spoken.name], text.encode())
        _run(["sox", "-D", "-R", "-V1", spoken.name, "-t", "gsm", "-c", "1", str(target), *_EFFECTS])


def versions() -> dict[str, str]:
    """The versions of what is used here, as `made-with` has them; raises LabError when something is missing."""
    said = {"espeak-ng": r"text-to-speech: ([\d.]+)", "sox": r"SoX\S* v([\d.]+)"}
    found = {}
    for program, pattern in said.items():
        if not shutil.which(program):
            raise LabError(f"{program} is missing: apt-get install espeak-ng sox")
        match = re.search(pattern, _run([program, "--version"]).decode(errors="replace"))
        found[program] = match[1] if match else "unknown"
    return {**found, "processor": platform.machine()}


def _each(name: str, text: dict[str, str]) -> Iterator[tuple[str, dict[str, str]]]:
    several = _RANGE.fullmatch(name)
    if not several:
        yield name, text
        return
    for n in range(int(several[2]), int(several[3]) + 1):
        yield f"{several[1]}{n}", {language: one.replace("{n}", str(n)) for language, one in text.items()}


def _run(command: list[str], given: bytes = b"") -> bytes:
    result = subprocess.run(command, input=given, capture_output=True, check=False)  # noqa: S603 - ours
    if result.returncode:
        raise LabError(f"{command[0]} failed: {result.stderr.decode(errors='replace').strip()}")
    return result.stdout


if __name__ == "__main__":
    texts = read()
    if (here := versions()) != texts.made_with:
        sys.stderr.write(f"made with {here}, and the files of before with {texts.made_with}: change made-with too\n")
    make(texts, share("asterisk") / "sounds")
