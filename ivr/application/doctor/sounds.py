"""The sounds that dialplan and policy name: whether Asterisk has a file for each."""

import re
from collections.abc import Iterator

import yaml

from ivr import asterisk_config
from ivr.application.doctor.ports import AdminFolder, SoundFolder
from ivr.application.doctor.verdicts import Verdict
from ivr.errors import FileError
from ivr.policy import texts
from ivr.policy.loader import Bundle
from ivr.policy.texts import Texts

_SAYING = {"say", "greeting"}  # of policy.yaml: what follows them is played
_NOTHING = {"", "none", "null", "~"}
_SPOKEN = {"position": "ivr/position-*", "wait": "ivr/wait-*"}  # words of the policy for what depends on the queue


def there(folder: AdminFolder, sounds: SoundFolder, bundle: Bundle | None) -> Verdict:
    """Whether Asterisk has each sound that is played."""
    if not sounds.is_there():
        mend = "set IVR_SOUNDS_DIR to Asterisk's sounds/en"
        return Verdict("sounds", False, f"no folder {sounds.path}", mend)
    named = dict(played(folder, bundle.texts if bundle else None))
    missing = [f"{sound} ({where})" for sound, where in sorted(named.items()) if not sounds.has(sound)]
    if missing:
        mend = "put the file there (those of ivr/ are in asterisk/sounds/en), or mend that line"
        return Verdict("sounds", False, f"{sounds.path} lacks {', '.join(missing)}", mend)
    ours = [sound for sound in named if sound.startswith("ivr/")]
    english = [each for each in sounds.languages() if not all(sounds.has(sound, each) for sound in ours)]
    note = f"; some are missing in {' and '.join(english)}: callers hear them in English" if english else ""
    return Verdict("sounds", True, f"{len(named)} played, all in {sounds.path}{note}")


def played(folder: AdminFolder, in_force: Texts | None = None) -> Iterator[tuple[str, str]]:
    """Each sound that dialplan and policy name, and where; * stands for what depends on the call.

    The dialplan is that in the folder, and so is the policy, if no other is in force.
    """
    for path, lines in folder.dialplans():
        for number, line in enumerate(asterisk_config.uncommented(lines), 1):
            for sound in _in_dialplan(line):
                yield sound, f"{path}:{number}"
    try:
        written = folder.policy_text()
        root = yaml.compose(in_force.policy if in_force else written, yaml.SafeLoader)
    except (FileError, ValueError, yaml.YAMLError):
        return  # the line `policy` says what is wrong with it
    file = folder.path / texts.POLICY
    place = file if in_force is None or in_force.policy == written else f"policy {in_force.version}"
    for word, line_number in _in_policy(root):
        yield _SPOKEN.get(word, word), f"{place}:{line_number}"


def _in_dialplan(line: str) -> Iterator[str]:
    line = re.sub(r"\$\{\w+\}", "*", line)
    for sounds in re.findall(r"(?:Playback|Back[gG]round)\(([^),]+)", line):
        yield from (sound for sound in sounds.split("&") if re.fullmatch(r"\w[\w/*-]*", sound))
    yield from re.findall(r"(?<![\w/.-])ivr/[\w*-]+", line)


def _in_policy(node: yaml.Node | None, key: str = "") -> Iterator[tuple[str, int]]:
    if isinstance(node, yaml.MappingNode):
        for name, value in node.value:
            yield from _in_policy(value, str(name.value))
    elif isinstance(node, yaml.SequenceNode):
        for value in node.value:
            yield from _in_policy(value, key)
    elif isinstance(node, yaml.ScalarNode):
        word = str(node.value)
        if word.startswith("ivr/") or (key in _SAYING and word not in _NOTHING):
            yield word, node.start_mark.line + 1
