"""Is everything in place? Each check is a verdict and, when it is bad, what to do."""

import asyncio
import datetime as dt
import os
import re
import time
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import yaml

from ivr import regular_files
from ivr.agi import admission, peer, probe
from ivr.agi.admission import ROOT
from ivr.agi.contract import CONTRACT, UNSAID
from ivr.agi.request import AgiError
from ivr.ami.client import AmiClient, AmiRefusedError
from ivr.ami.members import member_of
from ivr.ami.message import Message
from ivr.asterisk_files import dialplan_modules
from ivr.domain.agent_interfaces import Interfaces
from ivr.domain.agents import Member, declared_members, strangers
from ivr.domain.routing.wording import length
from ivr.domain.showable import one_line
from ivr.errors import AmiError, FileError, PinError, SettingError, StoreError
from ivr.lab.configuration import share
from ivr.overdue import OverdueError, in_time
from ivr.policy import loader, texts
from ivr.policy.loader import Bundle
from ivr.policy.texts import Texts
from ivr.service import manager_login
from ivr.settings import Settings
from ivr.store import migrate, peppers, pin_limits, pins, snapshot, versions
from ivr.store.engine import reader
from ivr.store.sqlite_file import snapshot_path
from ivr.store.versions import Publication

_NEEDED_ACTIONS = {
    "QueueStatus": "agent", "QueueAdd": "agent", "QueuePenalty": "agent", "QueueRemove": "agent",
    "QueueChangePriorityCaller": "agent", "CoreShowChannels": "reporting",
}  # fmt: skip
# Device states with which app_queue rings nobody (devicestate.h); unknown (0) is rung.
_NOT_REACHABLE = {"4": "no such phone", "5": "unavailable"}
_SAYING = {"say", "greeting"}  # of policy.yaml: what follows them is played
_DEFAULT_AGI = re.compile(r"GLOBAL\(IVR_AGI\)=([^)\s]+)\)")  # of dialplans/ivr.conf, when nobody has set the global
_AGI_OF_ASTERISK = 4573  # where Asterisk asks when an address has no port
_NOTHING = {"", "none", "null", "~"}
_SPOKEN = {"position": "ivr/position-*", "wait": "ivr/wait-*"}  # words of the policy for what depends on the queue
_FIRST_SNAPSHOT_SECONDS = 5.0  # until a service that was started just now has taken it
_OLD_SNAPSHOT_SECONDS = 1200.0  # after several that could not be taken
_SAME_ADDRESS = (
    "make ListenStream= of the systemd socket (segment-ivr.socket), and agi_host and agi_port of the settings, the "
    "same; then `systemctl daemon-reload`, and restart both units"
)
_MAILBOX, _MESSAGES = "100", 100  # of dialplans/ivr.conf, when nobody says anything else
_NEARLY_FULL = 0.8
_PATIENCE = 5.0  # seconds for reading the policy
_YES = {"true", "yes"}  # of an endpoint's settings: Asterisk says either
# Channels without endpoints: a trunk is known by the kind then.
_OTHER_CHANNELS = {"DAHDI", "IAX2", "SIP", "MGCP", "SKINNY", "MOTIF", "OOH323", "LOCAL"}
_MOST_LISTED = 5  # members that nobody declared, in a line
_MOST_BYTES = 1_000_000  # of a dialplan, and of a policy
SOUND_DIRS = (Path("/usr/share/asterisk/sounds/en"), Path("/var/lib/asterisk/sounds/en"))


@dataclass(frozen=True, slots=True)
class Verdict:
    """One line of the doctor's report. `mend` says what to do when it is not `ok`.

    `can_wait`: calls are served all the same.
    """

    about: str
    ok: bool
    says: str
    mend: str = ""
    can_wait: bool = False


async def examine(settings: Settings) -> AsyncIterator[Verdict]:
    """Every check in turn, as it is done."""
    said = await _asked(settings)
    verdict, bundle = _policy(settings, said if isinstance(said, dict) else {})
    yield verdict
    if isinstance(said, dict) and "overdue" in said:
        says = f"the service has waited for {settings.policy_dir} for {said['overdue']} s: no change is taken up"
        yield Verdict("policy folder", False, says, "is it on a network drive that is away? calls are not affected")
    if bundle and (empty := bundle.queues_without_agents()):
        mend = "give an agent a skill for it in agents.yaml"
        yield Verdict("agents", False, f"nobody serves {', '.join(empty)}", mend)
    elif bundle:
        yield Verdict("agents", True, f"{len(bundle.agents)} declared, every caller comes to some")
    database = _database(settings)
    yield database
    if database.ok:
        yield _pins(settings)
    yield _agi(settings, said)
    yield await _snapshot(settings, served=isinstance(said, dict))
    async for verdict in _asterisk(settings, bundle, said):
        yield verdict
    try:
        yield in_time(lambda: _sounds(settings, bundle), _PATIENCE)
    except OverdueError as error:
        yield Verdict("sounds", False, str(error), "see the line `policy`")


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


async def _snapshot(settings: Settings, *, served: bool) -> Verdict:
    """The last known customers, for when the database cannot be asked. A service that has just started writes them."""
    about, path = "snapshot", settings.snapshot_path or snapshot_path(settings.database_url)
    patient_until = time.monotonic() + _FIRST_SNAPSHOT_SECONDS
    while (at := snapshot.taken_at(path)) is None and served and time.monotonic() < patient_until:  # noqa: ASYNC110 - it is a file
        await asyncio.sleep(0.1)
    if at is None and not _customers(settings):
        return Verdict(about, True, "none: there are no customers in the database yet")
    if at is None:
        mend = "the service takes one when it starts: its log says why not (IVR_SNAPSHOT_PATH)"
        return Verdict(about, False, f"{path}: none that can be read", mend)
    age = max(time.time() - at, 0)
    if age > _OLD_SNAPSHOT_SECONDS:
        mend = "the service takes one every five minutes: does it run, and what does its log say?"
        return Verdict(about, False, f"{path}: {length(age)} old", mend)
    return Verdict(about, True, f"{length(age)} old")


def _customers(settings: Settings) -> bool:
    """Whether there are any; also when that cannot be said."""
    try:
        engine = reader(settings.database_url)
        try:
            return snapshot.any_customers(engine)
        finally:
            engine.dispose()
    except StoreError:
        return True


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
        return await probe.check(settings.agi_host, settings.agi_port, settings.agi_secret)
    except AgiError as error:
        return error


def _agi(settings: Settings, said: dict[str, str] | AgiError | None) -> Verdict:
    about, where = "AGI", f"agi://{settings.agi_host}:{settings.agi_port}"
    whose = peer.whose(settings.agi_host, settings.agi_port)
    if not isinstance(said, dict):
        says, mend = _unasked(said)
        return Verdict(about, False, f"{where}{says}{whose}", mend)
    listening = {held.uid for held in peer.listeners(settings.agi_host, settings.agi_port)}
    if os.geteuid() != ROOT and listening - {ROOT, os.geteuid()}:
        mend = "is that the service's user? Then ask as that user, or as root; else end that program"
        return Verdict(about, False, f"{where} answers, but the port is not yours{whose}", mend)
    if said.get("database") != "yes":
        return Verdict(about, False, f"{where} answers, but cannot ask the database", "see the line `database`")
    if elsewhere := said.get("elsewhere"):
        says = f"{where} answers, and the service listens on {elsewhere}, which is not what the settings say{whose}"
        return Verdict(about, False, says, _SAME_ADDRESS, can_wait=True)
    if _contract_of_service(said) != CONTRACT:
        says = f"{where} answers with contract {_contract_of_service(said)}, this program is of contract {CONTRACT}"
        return Verdict(about, False, says, "restart the service, so that it is of the version that is installed")
    refused = said.get("refused", "none").replace(":", " ").replace(",", ", ")
    note = "" if refused == "none" else f"; since it started it has refused: {refused} (its log says whom)"
    return Verdict(about, True, f"{where} takes decisions, with policy {said.get('policy')}{whose}{note}")


def _unasked(said: AgiError | None) -> tuple[str, str]:
    """Why the service could not be asked, and what to do."""
    other = (
        "if that is not our service: end it, or set IVR_AGI_PORT to a free port, "
        "and the dialplan's global IVR_AGI to the same one"
    )
    if said is None:
        return " answers, but not like our service", other
    if isinstance(said, probe.NotLetError):
        mend = "ask as root, or as the service's user; if the port is not the service's, end the program that has it"
        return f": {said}", mend
    if isinstance(said, probe.NobodyListensError):
        held = (
            "if systemd holds its port, does ListenStream= of segment-ivr.socket say the same as agi_host and agi_port?"
        )
        return f": {said}", f"start the service: `ivr serve`; {held}"
    return f": {said}", other


def _may_ask(settings: Settings) -> Verdict:
    """Whether the service answers the Asterisk that we are logged in to."""
    about = "AGI users"
    if settings.agi_secret:
        return Verdict(about, True, "who gives the secret may ask; Asterisk's IVR_AGI must have it")
    of_asterisk = {held.uid for held in peer.listeners(settings.ami_host, settings.ami_port)}
    if not of_asterisk:
        mend = "set IVR_AGI_SECRET, and put it into the dialplan's IVR_AGI: agi://HOST:PORT/SECRET/route"
        return Verdict(about, False, "Asterisk is not on this machine, and there is no secret", mend)
    try:
        users = admission.users_who_may(settings.agi_users)
    except SettingError as error:
        return Verdict(about, False, str(error), "mend that setting, and restart the service")
    users |= {held.uid for held in peer.listeners(settings.agi_host, settings.agi_port)}
    who = " and ".join(peer.name_of(uid) for uid in sorted(of_asterisk))
    if of_asterisk - users:
        return Verdict(about, False, f"Asterisk is {who}, and may not ask", "name that user in IVR_AGI_USERS")
    return Verdict(about, True, f"Asterisk is {who}, and may ask")


def _policy(settings: Settings, said: Mapping[str, str]) -> tuple[Verdict, Bundle | None]:
    """Which policy is in force, from where, and whether the service works with it; and that policy."""
    of_files = _read(settings)
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


def _read(settings: Settings) -> Bundle | FileError:
    try:
        return in_time(lambda: loader.load(settings.policy_dir, Interfaces(settings.agent_interfaces)), _PATIENCE)
    except OverdueError as error:
        return FileError(settings.policy_dir, None, str(error))
    except FileError as error:
        return error


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
            return last[0], loader.parse(
                Texts(read.policy, read.agents), Path(f"version {read.version}"), Interfaces(settings.agent_interfaces)
            )
        except (StoreError, FileError) as error:
            return last[0], error
    finally:
        engine.dispose()


def _contract_of_service(said: dict[str, str] | AgiError | None) -> int:
    """Of the service that answered: one of the first contract does not say. Without an answer, that of this program."""
    if not isinstance(said, dict):
        return CONTRACT
    number = said.get("contract", "")
    return int(number) if number.isascii() and number.isdigit() else UNSAID


async def _asterisk(
    settings: Settings, bundle: Bundle | None, said: dict[str, str] | AgiError | None
) -> AsyncIterator[Verdict]:
    client = manager_login.client(settings, events="off")
    try:
        async with client.session():
            yield Verdict("AMI login", True, f"{settings.ami_user}@{settings.ami_host}:{settings.ami_port}")
            yield await _rights(client)
            yield _may_ask(settings)
            answers = isinstance(said, dict)
            yield await _dialplan(client, settings, _contract_of_service(said), answers=answers)
            yield await _modules(client, settings)
            for trunk in _trunks(bundle) if bundle else ():
                yield await _trunk(client, trunk)
            async for verdict in _full_mailboxes(client, bundle):
                yield verdict
            async for verdict in _queues(client, bundle, settings):
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


async def _dialplan(client: AmiClient, settings: Settings, service: int, *, answers: bool = True) -> Verdict:
    """`answers`: the service does, where the settings say that it listens."""
    try:
        lines = await client.collect("ShowDialPlan", Context="ivr-ask")
    except AmiError:
        lines = []
    asks = next((line.header("AppData") for line in lines if line.header("Application") == "AGI"), None)
    if asks is None:
        mend = "#include dialplans/ivr.conf in extensions.conf; `dialplan reload`"
        return Verdict("dialplan", False, "the context ivr-ask is not loaded", mend)
    contract = contract_of_dialplan(asks)
    where = await _asks(client, lines, settings, answers=answers)
    if not where.ok:
        return where
    loaded = f"loaded, of contract {contract}"
    if contract < service:
        says = f"{loaded}; the service is of {service}: calls are served, without what is new"
        mend = "put this version's dialplans/ivr.conf in its place, with your own lines; `dialplan reload`"
        return Verdict("dialplan", False, says, mend, can_wait=True)
    if contract > service:
        says = f"{loaded}; the service is of {service}, and treats calls as far as it knows"
        return Verdict("dialplan", False, says, "upgrade the service, and start it again", can_wait=True)
    return Verdict("dialplan", True, f"{loaded}{where.says}")


async def _asks(client: AmiClient, lines: Sequence[Message], settings: Settings, *, answers: bool) -> Verdict:
    """Whether the dialplan, whose `lines` these are, asks where the service listens; `says` begins with `; ` if so."""
    try:
        asked = (await client.request("Getvar", Variable="IVR_AGI")).header("Value").strip()
    except AmiRefusedError:  # this user may not: then it is not for us to say
        return Verdict("dialplan", True, "")
    if not asked:  # then the dialplan takes its own default, as soon as the first call comes
        applications = (line.header("AppData") for line in lines)
        asked = next((found[1] for data in applications if (found := _DEFAULT_AGI.search(data))), "")
    verdict = await asyncio.to_thread(_listens_there, _without_secret(asked), settings)
    if not verdict.ok and not answers and await _is_ours(asked, settings):
        says = f"asks {_without_secret(asked)}, and the service listens there: the settings say "
        mend = f"are these the settings of the service? Then {_SAME_ADDRESS}"
        return Verdict("dialplan", False, f"{says}{settings.agi_host}:{settings.agi_port}", mend)
    return verdict


async def _is_ours(asked: str, settings: Settings) -> bool:
    """Whether our service answers at an AGI address."""
    try:
        address = urlsplit(asked)
        host, port = address.hostname or "", address.port or _AGI_OF_ASTERISK
        return await probe.check(host, port, settings.agi_secret) is not None
    except (AgiError, ValueError):
        return False


def _without_secret(address: str) -> str:
    """An AGI address as it may be shown: what stands between host and the last word may be a secret."""
    return re.sub(r"^(agi://[^/]*/).*/", r"\1SECRET/", address)


def contract_of_dialplan(asks: str) -> int:
    """The contract of a dialplan, by what it gives to AGI(): the address, nine arguments, and then the number."""
    number = "".join(asks.split(",")[10:11]).strip()
    return int(number) if re.fullmatch(r"[0-9]{1,6}", number, re.ASCII) else UNSAID


def _listens_there(asked: str, settings: Settings) -> Verdict:
    """Whether the service listens at the address that is asked. May take a while: names are looked up."""
    about, listens = "dialplan", f"{settings.agi_host}:{settings.agi_port}"
    on_all = settings.agi_host in ("0.0.0.0", "::")  # noqa: S104 - nothing listens because of this
    right = f"agi://{'127.0.0.1' if on_all else settings.agi_host}:{settings.agi_port}/route"
    if not asked.startswith("agi://"):
        return Verdict(about, True, f"; starts {asked} for each call" if asked else "")
    try:
        address = urlsplit(asked)
        host, port = address.hostname or "", address.port or _AGI_OF_ASTERISK
    except ValueError:
        mend = f"set the global IVR_AGI in extensions.conf to {right}; `dialplan reload`"
        return Verdict(about, False, f"asks {asked}, which is no address", mend)
    same_host = peer.same_host(host, settings.agi_host)
    if same_host and port == settings.agi_port:
        return Verdict(about, True, f"; asks {asked}")
    there = f"IVR_AGI_PORT={port}" if same_host else f"IVR_AGI_HOST={host} IVR_AGI_PORT={port}"
    mend = (
        f"set the global IVR_AGI in extensions.conf to {right}, or take up the dialplans/ivr.conf of this version, and "
        f"`dialplan reload`; or have the service listen there ({there})"
    )
    return Verdict(about, False, f"asks {asked}, and the service listens on {listens}", mend)


async def _modules(client: AmiClient, settings: Settings) -> Verdict:
    """Whether Asterisk has loaded what the dialplan uses: without a function it goes on, and finds it empty."""
    about, folder = "modules", settings.policy_dir
    needed = await asyncio.to_thread(dialplan_modules.needed, folder)
    if not needed:
        return Verdict(about, True, f"not looked at: no dialplan in {folder}")
    if dialplan_modules.SIGNED in needed and await _value(client, "IVR_STIR_SHAKEN") != "yes":
        del needed[dialplan_modules.SIGNED]
    elif dialplan_modules.SIGNED in needed:
        needed[dialplan_modules.OF_SIGNED] = needed[dialplan_modules.SIGNED]
    loaded = {module: await _value(client, f"IFMODULE({module}.so)") for module in sorted(needed)}
    if "1" not in loaded.values():  # Asterisk finds a function that it does not know empty
        says = f"not to be seen whether the {len(needed)} that the dialplan needs are loaded: func_module is not"
        return Verdict(about, False, says, _load(["func_module"]), can_wait=True)
    missing = [module for module, there in loaded.items() if there != "1"]
    if needs := [module for module in missing if module not in dialplan_modules.OPTIONAL]:
        says = ", ".join(f"{module} (for {needed[module]})" for module in needs)
        return Verdict(about, False, f"not loaded, and calls go wrong without: {says}", _load(missing))
    if missing:
        says = ", ".join(f"{module} ({dialplan_modules.OPTIONAL[module]})" for module in missing)
        return Verdict(about, False, f"not loaded: {says}", _load(missing), can_wait=True)
    return Verdict(about, True, f"the {len(needed)} that the dialplan needs are loaded")


def _load(modules: Sequence[str]) -> str:
    commands = ", ".join(f"`module load {module}.so`" for module in modules)
    return f"`load = …` for each in modules.conf (Debian has them in asterisk-modules); and now: {commands}"


async def _value(client: AmiClient, variable: str) -> str:
    """What Asterisk has for a variable or function; empty also where this user may not ask."""
    try:
        return (await client.request("Getvar", Variable=variable)).header("Value").strip()
    except AmiRefusedError:
        return ""


def _trunks(bundle: Bundle) -> Sequence[str]:
    """Those whose calls are worth more than others': of customers, and of tests."""
    of_tests = bundle.policy.test.trunks if bundle.policy.test else ()
    return list(dict.fromkeys((*bundle.policy.trust.trunks, *of_tests)))


async def _trunk(client: AmiClient, name: str) -> Verdict:
    """Whether a trunk whose callers are believed is known by its address or a secret, and brings nothing in later."""
    about, mend = f"trunk {name}", f"in the endpoint {name} of pjsip.conf; `module reload res_pjsip.so`"
    by = await _endpoint(client, name, "identify_by")
    if not by and name.upper() in _OTHER_CHANNELS:
        return Verdict(about, True, "no PJSIP: not to be seen how its calls are told apart")
    if not by:
        says = "Asterisk shows no PJSIP endpoint of that name: its calls are not looked at"
        wanted = "is it the endpoint's name (`pjsip show endpoints`)? func_pjsip_endpoint has to be loaded"
        return Verdict(about, False, says, wanted, can_wait=True)
    secret = await _endpoint(client, name, "auth")
    if "username" in by and not secret:
        says = f"whoever writes {name} into From is taken for it: it is known by its name, without a secret"
        return Verdict(about, False, says, f"identify_by = ip {mend}")
    if await _endpoint(client, name, "allow_transfer") in _YES:
        return Verdict(about, False, "its callers can pass an agent on (REFER)", f"allow_transfer = no {mend}")
    # Where no identity of the trunk's is believed, Asterisk takes none in the middle of a call either.
    believed = [await _endpoint(client, name, field) for field in ("trust_id_inbound", "trust_connected_line")]
    if all(each in _YES for each in believed):
        says = "a later message of its callers' can change who calls, and bring a number that is withheld into the call"
        return Verdict(about, False, says, f"trust_connected_line = no {mend}")
    known = f"known by {'a secret' if secret else 'its address'}"
    return Verdict(about, True, f"{known}; its callers pass nobody on, and stay who they are")


async def _endpoint(client: AmiClient, name: str, field: str) -> str:
    """A setting of a PJSIP endpoint; empty where there is none of that name, or func_pjsip_endpoint is not loaded."""
    return await _value(client, f"PJSIP_ENDPOINT({name},{field})")


async def _full_mailboxes(client: AmiClient, bundle: Bundle | None) -> AsyncIterator[Verdict]:
    """Mailboxes that take no more messages, or soon will; the others need no line."""
    treatments = bundle.policy.treatments.values() if bundle else ()
    try:
        said = (await client.request("Getvar", Variable="IVR_MESSAGES_PER_MAILBOX")).header("Value")
        most = int(said) if said.isascii() and said.isdigit() else 0 if said else _MESSAGES
        for mailbox in sorted({_MAILBOX, *(treatment.mailbox for treatment in treatments)} - {""}):
            answer = await client.request("Getvar", Variable=f"VM_INFO({mailbox}@ivr,count)")
            waiting = int(answer.header("Value") or 0)
            if most and waiting >= _NEARLY_FULL * most:
                mend = f"hear what is in SPOOL/voicemail/ivr/{mailbox}/INBOX, and move it away; who leaves so many?"
                yield Verdict(f"mailbox {mailbox}", False, f"{waiting} messages wait, and it takes {most}", mend)
    except (AmiError, ValueError):
        return  # no app_voicemail: there is no mailbox


async def _queues(client: AmiClient, bundle: Bundle | None, settings: Settings) -> AsyncIterator[Verdict]:
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
    yield _strangers(bundle, status, settings)


def _strangers(bundle: Bundle, status: Sequence[Message], settings: Settings) -> Verdict:
    """Who is in our queues without standing in agents.yaml: calls reach them, too."""
    about, declared = "strangers", declared_members(bundle.agents)
    present = [member for event in status if (member := member_of(event)) is not None]
    found = strangers(declared, present, (), bundle.own_queues())
    names = {member.interface for member in declared}
    if found.foreign:
        who = _listed(found.foreign)
        mend = "who added them? `queue remove member INTERFACE from QUEUE`; with own_queues = true the service does"
        if settings.own_queues:
            mend = "the service removes them within a minute; those of queues.conf only you can"
        return Verdict(about, False, f"nobody declared {who}", mend, can_wait=True)
    if found.namesakes:
        who = _listed([m for m in found.namesakes if m.interface not in names] or found.namesakes)
        return Verdict(about, False, f"two members of one name: {who}", "give each a name of its own", can_wait=True)
    return Verdict(about, True, "none in our queues")


def _listed(members: Sequence[Member]) -> str:
    """A few of them. Whoever added them chose the names, which may do things to a terminal."""
    named = [one_line(f"{m.interface} ({m.name}) in {m.queue}") for m in members[:_MOST_LISTED]]
    more = len(members) - len(named)
    return ", ".join(named) + (f" and {more} more" if more else "")


def _members(about: str, members: Sequence[Message], declared: set[str]) -> Verdict:
    missing = declared - {member.header("Location") for member in members}
    away = [
        f"{one_line(member.header('Name'))} ({_NOT_REACHABLE.get(member.header('Status'), 'paused')})"
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
        for number, line in enumerate(_lines(path), 1):
            for sound in _in_dialplan(line.partition(";")[0]):
                yield sound, f"{path}:{number}"
    file = folder / texts.POLICY
    try:
        written = "" if in_force and not file.exists() else regular_files.text(file, _MOST_BYTES, folder)
        root = yaml.compose(in_force.policy if in_force else written, yaml.SafeLoader)
    except (FileError, ValueError, yaml.YAMLError):
        return  # the line `policy` says what is wrong with it
    place = file if in_force is None or in_force.policy == written else f"policy {in_force.version}"
    for word, line_number in _in_policy(root):
        yield _SPOKEN.get(word, word), f"{place}:{line_number}"


def _lines(path: Path) -> list[str]:
    """Of a dialplan; none of what cannot be read: Asterisk cannot either, and the line `dialplan` says so."""
    try:
        return regular_files.read(path, _MOST_BYTES).decode(errors="replace").splitlines()
    except FileError:
        return []


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
