"""Is everything in place? Each check is a verdict and, when it is bad, what to do."""

import datetime as dt
import re
import time
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from ivr.agi import probe
from ivr.agi.request import AgiError
from ivr.ami.client import AmiClient
from ivr.ami.message import Message
from ivr.domain.agent import declared_members
from ivr.errors import AmiError, FileError, PinError, StoreError
from ivr.lab.configuration import share
from ivr.policy import files, texts
from ivr.policy.files import Bundle
from ivr.policy.texts import Texts
from ivr.settings import Settings
from ivr.store import migrate, peppers, pin_limits, pins, versions
from ivr.store.engine import reader
from ivr.store.versions import Publication

_NEEDED_ACTIONS = {
    "QueueStatus": "agent", "QueueAdd": "agent", "QueuePenalty": "agent", "QueueRemove": "agent",
    "QueueChangePriorityCaller": "agent", "CoreShowChannels": "reporting",
}  # fmt: skip
# Device states with which app_queue rings nobody (devicestate.h); unknown (0) is rung.
_NOT_REACHABLE = {"4": "no such phone", "5": "unavailable"}
_SAYING = {"say", "greeting"}  # of policy.yaml: what follows them is played
_NOTHING = {"", "none", "null", "~"}
_SPOKEN = {"position": "ivr/position-*", "wait": "ivr/wait-*"}  # words of the policy for what depends on the queue
SOUND_DIRS = (Path("/usr/share/asterisk/sounds/en"), Path("/var/lib/asterisk/sounds/en"))


@dataclass(frozen=True, slots=True)
class Verdict:
    """One line of the doctor's report. `mend` says what to do when it is not `ok`."""

    about: str
    ok: bool
    says: str
    mend: str = ""


async def examine(settings: Settings) -> AsyncIterator[Verdict]:
    """Every check in turn, as it is done."""
    said = await _asked(settings)
    verdict, bundle = _policy(settings, said if isinstance(said, dict) else {})
    yield verdict
    if bundle and (empty := bundle.queues_without_agents()):
        mend = "give an agent a skill for it in agents.yaml"
        yield Verdict("agents", False, f"nobody serves {', '.join(empty)}", mend)
    elif bundle:
        yield Verdict("agents", True, f"{len(bundle.agents)} declared, every queue has some")
    database = _database(settings)
    yield database
    if database.ok:
        yield _pins(settings)
    yield _agi(settings, said)
    async for verdict in _asterisk(settings, bundle):
        yield verdict
    yield _sounds(settings, bundle)


def _database(settings: Settings) -> Verdict:
    try:
        engine = reader(settings.database_url)
        try:
            at = migrate.current(engine)
        finally:
            engine.dispose()
    except StoreError as error:
        return Verdict("database", False, str(error), "check IVR_DATABASE_URL; `ivr migrate` makes a new database")
    if at != migrate.head():
        return Verdict("database", False, f"at version {at or 'none'}, not {migrate.head()}", "run `ivr migrate`")
    return Verdict("database", True, f"reachable, at version {at}")


def _pins(settings: Settings) -> Verdict:
    """Whether PINs can be verified, and how many were tried wrongly of late."""
    about = "PINs"
    try:
        engine = reader(settings.database_url)
        try:
            in_use, tries = pins.peppers_in_use(engine), pin_limits.wrong_tries(engine, time.time())
        finally:
            engine.dispose()
    except StoreError as error:
        return Verdict(about, False, str(error), "see the line `database`")
    try:
        known = peppers.load(settings.pin_pepper_file)
    except PinError as error:
        return Verdict(
            about, False, f"none can be verified: {error}", "until then no PIN is right; calls go on without"
        )
    lost = {pepper: count for pepper, count in in_use.items() if pepper and known.get(pepper) is None}
    if lost:
        says = f"{sum(lost.values())} cannot be verified: their pepper ({', '.join(sorted(lost))}) is not "
        says += (
            f"in {settings.pin_pepper_file}"
            if settings.pin_pepper_file
            else "there, for IVR_PIN_PEPPER_FILE is not set"
        )
        return Verdict(
            about, False, says, "restore the file as it was; or give these customers new PINs: `ivr pin set`"
        )
    wrong = f"{tries.day} tried wrongly in the last 24 hours"
    if tries.day:
        wrong += f", for {tries.customers} {'customer' if tries.customers == 1 else 'customers'}"
    if tries.hour >= settings.wrong_pins_per_hour:
        says = f"{wrong}, {tries.hour} of them in the last hour: only customers' own telephones may try now"
        mend = "is somebody trying PINs? the table pin_tries says from where; IVR_WRONG_PINS_PER_HOUR is the limit"
        return Verdict(about, False, says, mend)
    return Verdict(about, True, f"{sum(in_use.values())}{_peppered(in_use, known)}; {wrong}")


def _peppered(in_use: Mapping[str, int], known: peppers.Peppers) -> str:
    if known.newest is None:
        return ", without a pepper" if in_use else ""
    old = sum(count for pepper, count in in_use.items() if pepper != known.newest.id)
    return f", {old} of them not yet with the newest pepper" if old else ", with the newest pepper" if in_use else ""


async def _asked(settings: Settings) -> dict[str, str] | AgiError | None:
    """What the service says of itself; None when it is not our service that answers."""
    try:
        return probe.verdict(await probe.ask(settings.agi_host, settings.agi_port, "check"))
    except AgiError as error:
        return error


def _agi(settings: Settings, said: dict[str, str] | AgiError | None) -> Verdict:
    about, where = "AGI", f"agi://{settings.agi_host}:{settings.agi_port}"
    if isinstance(said, AgiError):
        return Verdict(about, False, f"{where}: {said}", "start the service: `ivr serve`")
    if said is None:
        return Verdict(about, False, f"{where} answers, but not like our service", "who else listens on that port?")
    if said.get("database") != "yes":
        return Verdict(about, False, f"{where} answers, but cannot ask the database", "see the line `database`")
    return Verdict(about, True, f"{where} takes decisions, with policy {said.get('policy')}")


def _policy(settings: Settings, said: Mapping[str, str]) -> tuple[Verdict, Bundle | None]:
    """Which policy is in force, from where, and whether the service works with it; and that policy."""
    of_files: Bundle | FileError
    try:
        of_files = files.load(settings.policy_dir)
    except FileError as error:
        of_files = error
    try:
        published = _published(settings)
    except StoreError as error:
        bundle = of_files if isinstance(of_files, Bundle) else None
        works = f"; the service works with {said['policy']}" if "policy" in said else ""
        says = f"what is published cannot be read{works}: {error}"
        return Verdict("policy", False, says, "see the line `database`; the last good version stays at work"), bundle
    if published is None:
        return _of_files(settings, said, of_files)
    return _of_publication(published, said, of_files)


def _of_files(settings: Settings, said: Mapping[str, str], found: Bundle | FileError) -> tuple[Verdict, Bundle | None]:
    about = "policy"
    if isinstance(found, FileError):
        mend = "mend that line; the service goes on with the last good version"
        return Verdict(about, False, str(found), mend), None
    version = found.policy.version
    if said and said.get("policy") != version:
        says = f"the service works with policy {said.get('policy')}, the files are {version}"
        return Verdict(about, False, says, "does it read the same folder (IVR_POLICY_DIR)? its log says"), found
    return Verdict(about, True, f"version {version}, from the files in {settings.policy_dir}"), found


def _of_publication(
    published: tuple[Publication, Bundle | FileError | StoreError],
    said: Mapping[str, str],
    of_files: Bundle | FileError,
) -> tuple[Verdict, Bundle | None]:
    publication, found = published
    at = dt.datetime.fromtimestamp(publication.at, dt.UTC).astimezone().strftime("%Y-%m-%d %H:%M")
    what = f"version {publication.version}, published by {publication.author}, {at} ({publication.message})"
    works = said.get("policy")
    if not isinstance(found, Bundle):
        says = f"{what}, cannot be used: {found}" + (f"; the service works with {works}" if works else "")
        return Verdict("policy", False, says, "publish one that can: `ivr policy publish`, `ivr policy rollback`"), None
    if works is not None and works != publication.version:
        says = f"{what}, is not in force: the service works with {works}"
        return Verdict("policy", False, says, "its log says why; `ivr policy rollback` goes back"), found
    hint = ""
    if not isinstance(of_files, Bundle) or of_files.policy.version != publication.version:
        hint = "; the files differ, and say nothing until they are published, or this is withdrawn"
    return Verdict("policy", True, f"{what}{hint}"), found


def _published(settings: Settings) -> tuple[Publication, Bundle | FileError | StoreError] | None:
    """What is published, and what is made of it; None when the files count. Raises StoreError."""
    engine = reader(settings.database_url)
    try:
        last = versions.log(engine, 1)
        if not last or last[0].kind == "withdraw":
            return None
        try:
            read = versions.texts_of(engine, last[0].version)
            return last[0], files.parse(Texts(read.policy, read.agents), Path(f"version {read.version}"))
        except (StoreError, FileError) as error:
            return last[0], error
    finally:
        engine.dispose()


async def _asterisk(settings: Settings, bundle: Bundle | None) -> AsyncIterator[Verdict]:
    client = AmiClient(
        settings.ami_host,
        settings.ami_port,
        settings.ami_user,
        settings.ami_secret,
        events="off",
    )
    try:
        async with client.session():
            yield Verdict("AMI login", True, f"{settings.ami_user}@{settings.ami_host}:{settings.ami_port}")
            yield await _rights(client)
            yield await _dialplan(client)
            async for verdict in _queues(client, bundle):
                yield verdict
    except AmiError as error:
        yield Verdict("AMI login", False, str(error), "asterisk/pbx/manager.conf shows the user that it needs")


async def _rights(client: AmiClient) -> Verdict:
    listed = await client.request("ListCommands")
    missing = {right for action, right in _NEEDED_ACTIONS.items() if not listed.header(action)}
    if missing:
        mend = f"add {','.join(sorted(missing))} to write= of that user in manager.conf; `manager reload`"
        return Verdict("AMI rights", False, f"the user may not: {', '.join(sorted(missing))}", mend)
    return Verdict("AMI rights", True, "everything that is needed")


async def _dialplan(client: AmiClient) -> Verdict:
    try:
        lines = await client.collect("ShowDialPlan", Context="ivr-ask")
    except AmiError:
        lines = []
    if not any(line.header("Application") == "AGI" for line in lines):
        mend = "#include dialplans/ivr.conf in extensions.conf; `dialplan reload`"
        return Verdict("dialplan", False, "the context ivr-ask is not loaded", mend)
    return Verdict("dialplan", True, "loaded")


async def _queues(client: AmiClient, bundle: Bundle | None) -> AsyncIterator[Verdict]:
    if bundle is None:
        return
    status = await client.collect("QueueStatus")
    present = {event.header("Queue") for event in status if event.header("Event") == "QueueParams"}
    for queue in sorted(bundle.queues()):
        if queue not in present:
            mend = "is it in dialplans/queues.conf, and that in Asterisk's queues.conf (#include)? `queue reload all`"
            yield Verdict(f"queue {queue}", False, "Asterisk does not know it", mend)
        else:
            members = [e for e in status if e.header("Event") == "QueueMember" and e.header("Queue") == queue]
            declared = {m.interface for m in declared_members(bundle.agents) if m.queue == queue}
            yield _members(f"queue {queue}", members, declared)


def _members(about: str, members: Sequence[Message], declared: set[str]) -> Verdict:
    missing = declared - {member.header("Location") for member in members}
    away = [
        f"{member.header('Name')} ({_NOT_REACHABLE.get(member.header('Status'), 'paused')})"
        for member in members
        if member.header("Status") in _NOT_REACHABLE or member.header("Paused") == "1"
    ]
    if missing:
        mend = "is the service logged in to AMI? its log says"
        return Verdict(about, False, f"without {', '.join(sorted(missing))}", mend)
    if len(away) == len(members):
        mend = "are the phones registered, and not paused?"
        return Verdict(about, False, f"nobody can be rung: {', '.join(away)}", mend)
    return Verdict(about, True, f"{len(members)} agents" + (f"; away: {', '.join(away)}" if away else ""))


def _sounds(settings: Settings, bundle: Bundle | None) -> Verdict:
    folder = settings.sounds_dir or next((d for d in SOUND_DIRS if d.is_dir()), None)
    if folder is None or not folder.is_dir():
        mend = "set IVR_SOUNDS_DIR to Asterisk's sounds/en"
        return Verdict("sounds", False, f"no folder {folder or SOUND_DIRS[0]}", mend)
    named = dict(played(settings.policy_dir, bundle.texts if bundle else None))
    missing = [f"{sound} ({where})" for sound, where in sorted(named.items()) if not _is_there(folder, sound)]
    if missing:
        mend = "put the file there (those of ivr/ are in asterisk/sounds/en), or mend that line"
        return Verdict("sounds", False, f"{folder} lacks {', '.join(missing)}", mend)
    ours = [sound for sound in named if sound.startswith("ivr/")]
    english = [
        language
        for language in sorted(path.name for path in (share("asterisk") / "sounds").iterdir() if path.name != "en")
        if not all(_is_there(folder.parent / language, sound) for sound in ours)
    ]
    note = f"; some are missing in {' and '.join(english)}: callers hear them in English" if english else ""
    return Verdict("sounds", True, f"{len(named)} played, all in {folder}{note}")


def _is_there(folder: Path, sound: str) -> bool:
    return any(folder.glob(f"{sound}.*"))


def played(folder: Path, in_force: Texts | None = None) -> Iterator[tuple[str, str]]:
    """Each sound that dialplan and policy name, and where; * stands for what depends on the call.

    The dialplan is that in the folder, and so is the policy, if no other is in force.
    """
    for path in sorted(folder.glob("*.conf")):
        for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), 1):
            for sound in _in_dialplan(line.partition(";")[0]):
                yield sound, f"{path}:{number}"
    file = folder / texts.POLICY
    try:
        written = "" if in_force and not file.exists() else file.read_text(encoding="utf-8")
        root = yaml.compose(in_force.policy if in_force else written, yaml.SafeLoader)
    except (OSError, ValueError, yaml.YAMLError):
        return  # the line `policy` says what is wrong with it
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
