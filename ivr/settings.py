"""What differs from one installation to the next: `IVR_*` in the environment, or a TOML file."""

import json
import os
import tomllib
from ipaddress import IPv4Network, IPv6Network
from pathlib import Path
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from ivr.errors import SettingError

Port = Annotated[int, Field(ge=1, le=65535)]
DEFAULT_FILE = Path("ivr.toml")


def _listed(value: object) -> object:
    """A list as the environment can have it: `a,b`, or JSON."""
    if not isinstance(value, str):
        return value
    return json.loads(value) if value.lstrip().startswith("[") else [part.strip() for part in value.split(",")]


Networks = Annotated[list[IPv4Network | IPv6Network], NoDecode, BeforeValidator(_listed)]


class Settings(BaseSettings):
    """Each field is `IVR_` and its name in capitals in the environment, and its plain name in the file.

    The environment wins over the file; a variable that is empty there is as good as not set.
    """

    model_config = SettingsConfigDict(env_prefix="IVR_", env_ignore_empty=True, extra="forbid")

    database_url: str = Field(
        "sqlite:///var/ivr.db",
        repr=False,  # it may hold a password
        description="SQLAlchemy URL of the database",
    )
    policy_dir: Path = Field(Path("dialplans"), description="folder with policy.yaml and agents.yaml")
    agi_host: str = Field("127.0.0.1", description="address on which FastAGI listens; keep it private")
    agi_port: Port = 4573
    agi_allow: Networks = Field(
        [IPv4Network("127.0.0.0/8"), IPv6Network("::1/128")], description="networks that may ask over FastAGI"
    )
    ami_host: str = Field("127.0.0.1", description="Asterisk's manager interface")
    ami_port: Port = 5038
    ami_user: str = "ivr"
    ami_secret: SecretStr = Field(SecretStr(""), description="that user's secret in manager.conf")
    sounds_dir: Path | None = Field(
        None, description="Asterisk's sounds/en, for `ivr doctor`; found by itself if usual"
    )
    lookup_deadline: Annotated[float, Field(gt=0, le=0.5)] = Field(0.1, description="seconds that a lookup may take")
    snapshot_path: Path | None = Field(
        None, description="file with the last known customers; beside the SQLite file if not set"
    )
    log_level: Annotated[str, Field(pattern="^(debug|info|warning|error)$")] = "info"


def load(file: Path | None = None) -> Settings:
    """Settings from `file` (default: IVR_SETTINGS, else ./ivr.toml if there is one) and the environment.

    Raises SettingError, which names the setting and where it comes from.
    """
    chosen = file or (Path(os.environ["IVR_SETTINGS"]) if os.environ.get("IVR_SETTINGS") else None)
    path = chosen or (DEFAULT_FILE if DEFAULT_FILE.exists() else None)
    from_file = _read(path) if path else {}
    known = f" (known are: {', '.join(Settings.model_fields)})"
    if unknown := [name for name in from_file if name not in Settings.model_fields]:
        raise SettingError(f"{path}: {unknown[0]}: there is no such setting{known}")
    in_environment = {name.lower() for name, value in os.environ.items() if value}
    kept = {name: value for name, value in from_file.items() if f"ivr_{name}" not in in_environment}
    try:
        return Settings(**kept)
    except ValidationError as error:
        detail = error.errors()[0]
        name = str(detail["loc"][0]).lower()
        source = f"IVR_{name.upper()} in the environment" if f"ivr_{name}" in in_environment else f"{path}: {name}"
        raise SettingError(f"{source}: {detail['msg'].lower()}") from None


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise SettingError(f"{path}: cannot be read: {(error.strerror or str(error)).lower()}") from None
    except (ValueError, RecursionError) as error:  # not UTF-8, not TOML, a number too long, brackets too deep
        raise SettingError(f"{path}: not TOML: {error}") from None
