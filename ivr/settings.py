"""What differs from one installation to the next: `IVR_*` in the environment, or a TOML file."""

import json
import os
import re
import tomllib
from collections.abc import Callable
from dataclasses import dataclass, field
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import Annotated, Any, get_args, get_type_hints

from ivr import regular_files
from ivr.errors import FileError, SettingError
from ivr.limits import LARGEST_TEXT_BYTES, LOOKUP_SECONDS

Network = IPv4Network | IPv6Network
_USER = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]{0,63}\$?", re.ASCII)
_SECRET = re.compile(r"[A-Za-z0-9_-]{16,128}|", re.ASCII)  # part of an address, in the dialplan
DEFAULT_FILE = Path("ivr.toml")
ENGINES = ("duckdb", "postgresql", "spark")
_SOURCE = re.compile(r"[a-z][a-z0-9-]{0,31}")
_INTERFACE = re.compile(r"[A-Za-z0-9]{2,10}/[A-Za-z0-9_.@/-]{1,80}")


@dataclass(frozen=True, slots=True)
class _Kind:
    """What a setting must be, in words, and how it is read; `read` raises ValueError or TypeError."""

    words: str
    read: Callable[[object], object]


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value


def _path(value: object) -> Path:
    return Path(_text(value))


def _port(value: object) -> int:
    port = int(value) if isinstance(value, str) else value
    if type(port) is not int or not 1 <= port <= 65535:  # `true` is an int, too
        raise ValueError
    return port


def _port_or_none(value: object) -> int:
    return 0 if value in (0, "0") and value is not False else _port(value)


def _count(value: object) -> int:
    count = int(value) if isinstance(value, str) else value
    if type(count) is not int or not 1 <= count <= 1_000_000:
        raise ValueError
    return count


def _days(value: object) -> int:
    return 0 if value in (0, "0") and value is not False else _count(value)


def _deadline(value: object) -> float:
    seconds = float(value) if isinstance(value, str) else value
    if not isinstance(seconds, float) or not 0 < seconds <= 0.5:
        raise ValueError
    return seconds


def _rest(value: object) -> float:
    seconds = float(value) if isinstance(value, str | int) and not isinstance(value, bool) else value
    if not isinstance(seconds, float) or not 0 <= seconds <= 3600:
        raise ValueError
    return seconds


def _networks(value: object) -> tuple[Network, ...]:
    if isinstance(value, str):
        value = json.loads(value) if value.lstrip().startswith("[") else value.split(",")
    if not isinstance(value, list):
        raise TypeError
    return tuple(ip_network(_text(each).strip()) for each in value)


def _interfaces(value: object) -> tuple[str, ...]:
    """The environment's form is `a,b`."""
    if isinstance(value, str):
        value = value.split(",")
    if not isinstance(value, list) or not value:
        raise TypeError
    found = tuple(_text(each).strip() for each in value)
    if not all(_INTERFACE.fullmatch(each) for each in found):
        raise ValueError
    return found


def _users(value: object) -> tuple[str, ...]:
    if isinstance(value, str):
        value = json.loads(value) if value.lstrip().startswith("[") else value.split(",")
    if not isinstance(value, list) or any(isinstance(each, bool) for each in value):
        raise TypeError
    users = tuple((str(each) if isinstance(each, int) else _text(each)).strip() for each in value)
    if not all(map(_USER.fullmatch, users)):
        raise ValueError
    return users


def _secret(value: object) -> str:
    if not _SECRET.fullmatch(_text(value)):
        raise ValueError
    return _text(value)


def _sources(value: object) -> dict[str, str]:
    """In the environment each source has a variable of its own: see `_named`."""
    if not isinstance(value, dict) or not all(_SOURCE.fullmatch(str(name)) for name in value):
        raise TypeError
    return {str(name): _text(each) for name, each in value.items()}


def _level(value: object) -> str:
    if value not in ("debug", "info", "warning", "error"):
        raise ValueError
    return _text(value)


def _engine(value: object) -> str:
    if value not in ENGINES:
        raise ValueError
    return _text(value)


def _switch(value: object) -> bool:
    """The environment's form is `true` or `false`."""
    found = {"true": True, "false": False}.get(value.lower()) if isinstance(value, str) else value
    if not isinstance(found, bool):
        raise TypeError
    return found


Text = Annotated[str, _Kind("text in quotes", _text)]
Folder = Annotated[Path, _Kind("a path in quotes", _path)]
PathOrNone = Annotated[Path | None, _Kind("a path in quotes", _path)]
Port = Annotated[int, _Kind("a port, 1 to 65535", _port)]
PortOrNone = Annotated[int, _Kind("a port, 1 to 65535, or 0 for none", _port_or_none)]
Count = Annotated[int, _Kind("a number, 1 to 1000000", _count)]
Days = Annotated[int, _Kind("a number of days, or 0 for ever", _days)]
Deadline = Annotated[float, _Kind("a number of seconds above 0, at most 0.5", _deadline)]
Rest = Annotated[float, _Kind("a number of seconds, 0 to 3600; 0: none", _rest)]
Switch = Annotated[bool, _Kind("true or false", _switch)]
Level = Annotated[str, _Kind("debug, info, warning or error", _level)]
Engine = Annotated[str, _Kind("duckdb, postgresql or spark", _engine)]
Networks = Annotated[tuple[Network, ...], _Kind("a list of networks such as 10.0.0.0/8", _networks)]
Users = Annotated[tuple[str, ...], _Kind("a list of users, by name or number", _users)]
Places = Annotated[
    dict[str, str],
    _Kind("names of sources, each with a path or URL in quotes", _sources),
]
Secret = Annotated[str, _Kind("16 to 128 letters, digits, - and _", _secret)]


Interfaces = Annotated[
    tuple[str, ...], _Kind("a list of interfaces such as PJSIP/NAME, Local/N@from-queue/n", _interfaces)
]


@dataclass(frozen=True)
class Settings:
    """Each field is `IVR_` and its name in capitals in the environment, and its plain name in the file.

    The environment wins over the file; a variable that is empty there is as good as not set. What stands below a field,
    or at the end of its line, is its meaning in the documents (`make docs`).
    """

    database_url: Text = field(default="sqlite:///var/ivr.db", repr=False)  # not shown: it may hold a password
    """the database: a SQLite file, or `postgresql://user:password@host/name` (12 or later; a socket:
    `postgresql:///name?host=/run/postgresql`)"""
    policy_dir: Folder = Path("dialplans")  # folder with policy.yaml and agents.yaml
    agi_host: Text = "127.0.0.1"  # address on which FastAGI listens; keep it private
    agi_port: Port = 4577  # its port; the dialplan's global `IVR_AGI` must name the same
    agi_allow: Networks = (
        IPv4Network("127.0.0.0/8"),
        IPv6Network("::1/128"),
    )  # networks from which FastAGI may be asked
    agi_users: Users = ("asterisk",)
    """users of this machine, by name or number, whose processes may ask, besides root and the service's own"""
    agi_secret: Secret = field(default="", repr=False)  # lets others ask who give it: `agi://HOST:PORT/SECRET/route`
    ami_host: Text = "127.0.0.1"  # Asterisk's manager interface
    ami_port: Port = 5038  # its port
    ami_user: Text = "ivr"  # the user in manager.conf
    ami_secret: Text = field(default="", repr=False)  # that user's secret in manager.conf
    sounds_dir: PathOrNone = None
    """Asterisk's sounds/en, for `ivr doctor`, `ivr policy check` and `ivr policy publish`; not set, they look where
    Asterisk usually has it"""
    agent_interfaces: Interfaces = ("PJSIP/NAME",)
    """what agents in `agents.yaml` may be rung by. `NAME` stands for letters, digits, `_`, `.`, `-`; `N` for an
    extension of 1 to 6 digits. For FreePBX: `PJSIP/NAME,Local/N@from-queue/n`. Trunks are refused always"""
    own_queues: Switch = False
    """`true`: members of our queues that nobody declared in `agents.yaml` are removed, whoever added them; else
    `ivr doctor` and the log name them"""
    lookup_deadline: Deadline = LOOKUP_SECONDS  # seconds that a lookup may take, at most 0.5
    snapshot_path: PathOrNone = None
    """file with the last known customers; not set, `snapshot.db` beside the SQLite file, and with PostgreSQL
    `var/snapshot.db`"""
    queue_log: PathOrNone = Path("/var/log/asterisk/queue_log")
    """Asterisk's file of what happens in queues: what happened while the service was away is read
    there; empty: nowhere, and it is lost"""
    live_socket: PathOrNone = None
    """socket on which `ivr top` is told who waits and talks: only the service's user, root and
    members of its group are; not set, `live.sock` beside the SQLite file, and with PostgreSQL
    `var/live.sock`"""
    no_answer_rest: Rest = 30.0
    """seconds for which an agent who did not answer is rung no more; 0: the agent goes on being rung"""
    pin_pepper_file: PathOrNone = None
    """file with the secret that PINs are mixed with before they are hashed (`ivr pin pepper` makes it); not set, there
    is none, and whoever has the database can find PINs by trying all"""
    wrong_pins_per_hour: Count = 200
    """wrong PINs in an hour, over all callers; beyond that only customers' own telephones may try, and the log warns"""
    keep_days: Days = 0
    """days after which calls lose what is personal in them ([how](security.md#old-calls));
    0: never, for what is gone cannot be brought back, and how long to keep it is yours to say"""
    number_key_file: PathOrNone = None
    """file with the key that callers' numbers are hashed with when they are forgotten; it is made
    when it is missing. Not set, `number.key` beside the snapshot"""
    metrics_port: PortOrNone = 0
    """port on which 127.0.0.1 answers Prometheus; 0: none ([figures](run.md#figures))"""
    score_sources: Places = field(default_factory=dict, repr=False)  # a URL may hold a password
    """where the rows of each source of `scoring.yaml` lie: `IVR_SCORE_SOURCES_ORDERS`, in the file
    `[score_sources]` and `orders = "…"`: a CSV or Parquet file, a folder of them, or
    `postgresql://user:password@host/name#table`, `sqlite:///file#table`"""
    score_engine: Engine = "duckdb"
    """what calculates the metrics of scores: `duckdb`, `postgresql` or `spark`
    ([engines](../admin/scores.md#engines))"""
    score_engine_url: Text = field(default="", repr=False)  # it may hold a password
    """the database that calculates with `postgresql`: `postgresql://user:password@host/name`;
    not set, the service's own"""
    log_level: Level = "info"  # debug, info, warning or error


_KINDS: dict[str, _Kind] = {
    name: get_args(hint)[1] for name, hint in get_type_hints(Settings, include_extras=True).items()
}


def load(file: Path | None = None) -> Settings:
    """Settings from `file` (default: IVR_SETTINGS, else ./ivr.toml if there is one) and the environment.

    One that nobody has named, and that lies in the current folder, must not be somebody else's: it says where secrets
    are sent. Raises SettingError, which names the setting and where it comes from.
    """
    chosen = file or (Path(os.environ["IVR_SETTINGS"]) if os.environ.get("IVR_SETTINGS") else None)
    path = chosen or (DEFAULT_FILE if DEFAULT_FILE.exists() else None)
    from_file = _read(path, found=not chosen) if path else {}
    if unknown := [name for name in from_file if name not in _KINDS]:
        raise SettingError(f"{path}: {_shown(unknown[0])}: there is no such setting (known are: {', '.join(_KINDS)})")
    from_environment = {name.lower(): value for name, value in os.environ.items() if value}
    values: dict[str, Any] = {}
    if places := _named(from_environment, "ivr_score_sources_"):
        from_file = {**from_file, "score_sources": _over(from_file.get("score_sources"), places)}
    for name, kind in _KINDS.items():
        if (variable := f"ivr_{name}") in from_environment:
            value, source = from_environment[variable], f"{variable.upper()} in the environment"
        elif name in from_file:
            value, source = from_file[name], f"{path}: {name}"
        else:
            continue
        try:
            values[name] = kind.read(value)
        except (ValueError, TypeError, RecursionError):  # the last: brackets too deep
            raise SettingError(f"{source}: must be {kind.words}") from None
    return Settings(**values)


def _named(environment: dict[str, str], prefix: str) -> dict[str, str]:
    """Return what has a variable a name: IVR_SCORE_SOURCES_OLD_ORDERS is that of `old-orders`."""
    return {
        name.removeprefix(prefix).replace("_", "-"): value
        for name, value in environment.items()
        if name.startswith(prefix)
    }


def _over(in_file: object, named: dict[str, str]) -> object:
    """Return the environment's names over those of the file; what is wrong there stays so."""
    return {**in_file, **named} if isinstance(in_file, dict) else in_file or named


def _shown(name: str) -> str:
    return name if name.isprintable() and len(name) <= 60 else repr(name[:60])


def _read(path: Path, *, found: bool) -> dict[str, Any]:
    """What a file says; one that was `found`, and not named, must be nobody else's."""
    try:
        return tomllib.loads(regular_files.read(path, LARGEST_TEXT_BYTES, trusted=found).decode())
    except regular_files.NotOursError:
        here = path.absolute()
        raise SettingError(
            f"{here}: somebody else may have written it, so it is not read by itself: go to another folder, or, if it "
            f"is the right one, set IVR_SETTINGS={here}"
        ) from None
    except FileError as error:
        raise SettingError(str(error)) from None
    except (ValueError, RecursionError) as error:  # not UTF-8, not TOML, a number too long, brackets too deep
        raise SettingError(f"{path}: not TOML: {error}") from None
