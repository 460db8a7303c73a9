"""Recognises a prompt in what a caller heard, for an Asterisk that does not tell what it plays.

Both are cut into frames of 10 ms, of each the loudness (log of the energy) and the zero crossings are taken, and the
prompt's beginning is moved along the recording: it is there where both correlate (Pearson's r) like nothing else does.
"""

import io
import math
import wave
from array import array
from collections.abc import Sequence
from itertools import pairwise

RATE = 8000  # samples a second, as telephones have
FRAME = 80  # samples: 10 ms
_WINDOW = 2 * FRAME
_ENOUGH_FRAMES = 120  # of the prompt: somebody who hangs up early has heard its beginning
_LEAST_FRAMES = 25  # a shorter sound is like many others
_ALIKE = 0.9  # the same sound is above 0.99, another one below 0.75
_SILENCE = 40.0  # root of the mean square
_HEADER_BYTES = 44

Features = tuple[list[float], list[float]]


def samples(recording: bytes) -> "array[int]":
    """The samples of a WAV file, 16 bits, mono, 8 kHz; also of one that is still being written."""
    data = recording[_HEADER_BYTES:]
    try:
        with wave.open(io.BytesIO(recording)) as file:
            if (file.getnchannels(), file.getsampwidth(), file.getframerate()) != (1, 2, RATE):
                return array("h")
            data = file.readframes(file.getnframes()) or data
    except (wave.Error, EOFError):
        pass
    return array("h", data[: len(data) // 2 * 2])


def found_at(prompt: "array[int]", recording: "array[int]") -> float | None:
    """Where in the recording the prompt begins, in seconds; None when it is not to be heard."""
    spoken = _without_silence(prompt)
    wanted = _features(spoken[: _ENOUGH_FRAMES * FRAME])
    length = len(wanted[0])
    heard = _features(recording)
    if length < _LEAST_FRAMES or len(heard[0]) < length:
        return None
    likeness, frame = max(
        (min(_likeness(one, other[at : at + length]) for one, other in zip(wanted, heard, strict=True)), -at)
        for at in range(len(heard[0]) - length + 1)
    )
    return -frame * FRAME / RATE if likeness >= _ALIKE else None


def _features(sound: "array[int]") -> Features:
    """Loudness and zero crossings of each frame."""
    loudness, crossings = [], []
    for start in range(0, len(sound) - _WINDOW + 1, FRAME):
        window = sound[start : start + _WINDOW]
        loudness.append(math.log10(1 + sum(sample * sample for sample in window) / _WINDOW))
        crossings.append(float(sum((a < 0) != (b < 0) for a, b in pairwise(window))))
    return loudness, crossings


def _likeness(one: Sequence[float], other: Sequence[float]) -> float:
    """Pearson's r; 0 where one of them never changes."""
    count = len(one)
    mean, its_mean = sum(one) / count, sum(other) / count
    above = [value - mean for value in one]
    its_above = [value - its_mean for value in other]
    spread = math.sqrt(sum(a * a for a in above) * sum(b * b for b in its_above))
    return sum(a * b for a, b in zip(above, its_above, strict=True)) / spread if spread else 0.0


def _without_silence(sound: "array[int]") -> "array[int]":
    """The sound from its first loud frame on."""
    for start in range(0, len(sound), FRAME):
        window = sound[start : start + FRAME]
        if math.sqrt(sum(sample * sample for sample in window) / len(window)) > _SILENCE:
            return sound[start:]
    return array("h")
