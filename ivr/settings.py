"""What differs from one installation to the next: `IVR_*` in the environment, or a TOML file."""

import os
import tomllib
from ipaddress import IPv4Network, IPv6Network
from pathlib import Path
from typing import Annotated, Any

from pydantic import Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from ivr.errors import SettingError

Port = Annotated[int, Field(ge=1, le=65535)]
DEFAULT_FILE = Path("ivr.toml")


class Settings(BaseSettings):
    """Each field is `IVR_` and its name in capitals in the environment, and its plain name in the file.

    The environment wins over the file.
    """

    model_config = SettingsConfigDict(env_prefix="IVR_", extra="forbid")

    database_url: str = Field("sqlite:///var/ivr.db", description="SQLAlchemy URL of the database")
    policy_dir: Path = Field(Path("dialplans"), description="folder with policy.yaml and agents.yaml")
    agi_host: str = Field("127.0.0.1", description="address on which FastAGI listens; keep it private")
    agi_port: Port = 4573
    agi_allow: list[IPv4Network | IPv6Network] = Field(
        [IPv4Network("127.0.0.0/8"), IPv6Network("::1/128")], description="networks that may ask over FastAGI"
    )
    ami_host: str = Field("127.0.0.1", description="Asterisk's manager interface")
    ami_port: Port = 5038
    ami_user: str = "ivr"
    ami_secret: SecretStr = Field(SecretStr(""), description="that user's secret in manager.conf")
    sounds_dir: Path | None = Field(
        None, description="Asterisk's sounds/en, for `ivr doctor`; found by itself if usual"
    )
    lookup_deadline: Annotated[float, Field(gt=0, le=0.5)] = Field(
        0.1, description="seconds that a lookup may take"
    )
    log_level: Annotated[str, Field(pattern="^(debug|info|warning|error)$")] = "info"


def load(file: Path | None = None) -> Settings:
    """Settings from `file` (default: IVR_SETTINGS, else ./ivr.toml if there is one) and the environment.

    Raises SettingError, which names the setting and where it comes from.
    """
    chosen = file or (Path(os.environ["IVR_SETTINGS"]) if os.environ.get("IVR_SETTINGS") else None)
    path = chosen or (DEFAULT_FILE if DEFAULT_FILE.exists() else None)
    from_file = _read(path) if path else {}
    in_environment = {name.lower() for name in os.environ}
    kept = {name: value for name, value in from_file.items() if f"ivr_{name}" not in in_environment}
    try:
        return Settings(**kept)
    except ValidationError as error:
        detail = error.errors()[0]
        name = str(detail["loc"][0]).lower()
        source = (
            f"IVR_{name.upper()} in the environment" if f"ivr_{name}" in in_environment else f"{path}: {name}"
        )
        known = "" if name in Settings.model_fields else f" (known are: {', '.join(Settings.model_fields)})"
        raise SettingError(f"{source}: {detail['msg'].lower()}{known}") from None


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise SettingError(f"{path}: cannot be read: {(error.strerror or str(error)).lower()}") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingError(f"{path}: not TOML: {error}") from None
