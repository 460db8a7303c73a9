"""Settings: from the environment and a file, with messages that say which of the two is wrong."""

import os
from dataclasses import fields
from ipaddress import IPv4Network, IPv6Network
from pathlib import Path

import pytest

from ivr import settings
from ivr.errors import SettingError

KNOWN = [setting.name for setting in fields(settings.Settings)]


@pytest.fixture(autouse=True)
def _nothing_set(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in os.environ:
        if name.upper().startswith("IVR_"):
            monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)


def file(text: str | bytes, name: str = "other.toml") -> Path:
    path = Path(name)
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def refused(path: Path | None = None) -> str:
    with pytest.raises(SettingError) as error:
        settings.load(path)
    assert str(error.value).isprintable()
    return str(error.value)


def test_with_nothing_set_only_this_machine_is_listened_to() -> None:
    loaded = settings.load()
    assert (loaded.agi_host, loaded.ami_host) == ("127.0.0.1", "127.0.0.1")
    assert loaded.agi_allow == (IPv4Network("127.0.0.0/8"), IPv6Network("::1/128"))


def test_the_environment_wins_over_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    path = file("agi_port = 5000\nami_port = 5001")
    monkeypatch.setenv("IVR_AGI_PORT", "6000")
    loaded = settings.load(path)
    assert (loaded.agi_port, loaded.ami_port) == (6000, 5001)


@pytest.mark.parametrize(("text", "seconds"), [("0", 0.0), ("45", 45.0), ("2.5", 2.5), ("'20'", 20.0)])
def test_how_long_an_agent_rests(text: str, seconds: float) -> None:
    assert settings.load(file(f"no_answer_rest = {text}")).no_answer_rest == seconds
    assert settings.load().no_answer_rest == 30.0


def test_a_wrong_value_in_the_file_does_no_harm_when_the_environment_says_otherwise(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("IVR_AGI_PORT", "6000")
    assert settings.load(file("agi_port = 'x'")).agi_port == 6000


def test_which_file(monkeypatch: pytest.MonkeyPatch) -> None:
    file("agi_port = 1", "ivr.toml")
    assert settings.load().agi_port == 1
    monkeypatch.setenv("IVR_SETTINGS", str(file("agi_port = 2", "named.toml")))
    assert settings.load().agi_port == 2
    assert settings.load(file("agi_port = 3")).agi_port == 3
    monkeypatch.setenv("IVR_SETTINGS", "")
    assert settings.load().agi_port == 1


@pytest.mark.parametrize("name", ["agi_prot", "AGI_PORT", "model_config", "_env_file", "_secrets_dir"])
def test_an_unknown_name_is_refused_with_the_known_ones(name: str) -> None:
    said = refused(file(f"{name} = 3"))
    assert said.startswith(f"other.toml: {name}: there is no such setting (known are: database_url, policy_dir, ")
    assert all(known in said for known in KNOWN)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("agi_port = 'x'", "agi_port: must be a port, 1 to 65535"),
        ("agi_port = 65536", "agi_port: must be a port, 1 to 65535"),
        ("agi_port = true", "agi_port: must be a port, 1 to 65535"),
        ("agi_port = 4577.0", "agi_port: must be a port, 1 to 65535"),
        ("agi_host = 3", "agi_host: must be text in quotes"),
        ("policy_dir = 3", "policy_dir: must be a path in quotes"),
        ("agi_allow = ['10.0.0.0/99']", "agi_allow: must be a list of networks such as 10.0.0.0/8"),
        ("agi_allow = [10]", "agi_allow: must be a list of networks"),
        ("agi_users = [true]", "agi_users: must be a list of users"),
        ("agi_users = ['a b']", "agi_users: must be a list of users"),
        ("agi_users = 110", "agi_users: must be a list of users"),
        ("agi_secret = 'short'", "agi_secret: must be 16 to 128 letters, digits, - and _"),
        ("agi_secret = 'a/secret/with/slashes'", "agi_secret: must be"),
        ("lookup_deadline = 0", "lookup_deadline: must be a number of seconds above 0, at most 0.5"),
        ("lookup_deadline = 0.6", "lookup_deadline: must be a number of seconds above 0"),
        ("lookup_deadline = nan", "lookup_deadline: must be a number of seconds above 0"),
        ("no_answer_rest = -1", "no_answer_rest: must be a number of seconds, 0 to 3600; 0: none"),
        ("no_answer_rest = 3601", "no_answer_rest: must be a number of seconds, 0 to 3600"),
        ("no_answer_rest = nan", "no_answer_rest: must be a number of seconds, 0 to 3600"),
        ("no_answer_rest = true", "no_answer_rest: must be a number of seconds, 0 to 3600"),
        ("no_answer_rest = []", "no_answer_rest: must be a number of seconds, 0 to 3600"),
        ("log_level = 'loud'", "log_level: must be debug, info, warning or error"),
        ("log_level = ['info']", "log_level: must be debug, info, warning or error"),
    ],
)
def test_a_wrong_value_in_the_file_is_named(text: str, says: str) -> None:
    assert refused(file(text)).startswith(f"other.toml: {says}")


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("IVR_AGI_PORT", "x", "must be a port, 1 to 65535"),
        ("IVR_LOOKUP_DEADLINE", "1", "must be a number of seconds above 0, at most 0.5"),
        ("IVR_AGI_ALLOW", "everybody", "must be a list of networks"),
        ("IVR_AGI_ALLOW", '["10.0.0.0/8"', "must be a list of networks"),
        ("IVR_AGI_ALLOW", "{}", "must be a list of networks"),
        ("IVR_AGI_ALLOW", "[" * 100_000, "must be a list of networks"),
    ],
)
def test_a_wrong_value_in_the_environment_is_named(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, says: str
) -> None:
    monkeypatch.setenv(name, value)
    assert refused(file("ami_port = 1")).startswith(f"{name} in the environment: {says}")


def test_numbers_in_the_environment_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("IVR_AGI_PORT", "6000")
    monkeypatch.setenv("IVR_LOOKUP_DEADLINE", "0.25")
    loaded = settings.load()
    assert (loaded.agi_port, loaded.lookup_deadline) == (6000, 0.25)


@pytest.mark.parametrize("value", ["10.0.0.0/8,::1", " 10.0.0.0/8 , ::1 ", '["10.0.0.0/8", "::1"]'])
def test_networks_in_the_environment_are_a_list_with_commas_or_json(
    monkeypatch: pytest.MonkeyPatch, value: str
) -> None:
    monkeypatch.setenv("IVR_AGI_ALLOW", value)
    assert settings.load().agi_allow == (IPv4Network("10.0.0.0/8"), IPv6Network("::1/128"))


def test_networks_in_the_file_are_a_list() -> None:
    assert settings.load(file("agi_allow = ['10.0.0.0/8']")).agi_allow == (IPv4Network("10.0.0.0/8"),)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"agi_port", "other.toml: not TOML: "),
        (b"agi_host = 'Z\xfcrich'", "other.toml: not TOML: "),
        (b"agi_port = 1\nagi_port = 2", "other.toml: not TOML: "),
        (b"agi_port = " + b"9" * 5000, "other.toml: not TOML: "),
        (b"agi_allow = " + b"[" * 100_000, "other.toml: not TOML: "),
        (b"[service]\nagi_port = 1", "other.toml: service: there is no such setting"),
    ],
    ids=["half a line", "not UTF-8", "twice", "long number", "deep", "table"],
)
def test_a_file_that_is_no_list_of_settings(content: bytes, says: str) -> None:
    assert refused(file(content)).startswith(says)


def test_a_file_that_was_named_has_to_be_there(monkeypatch: pytest.MonkeyPatch) -> None:
    assert refused(Path("none.toml")) == "none.toml: cannot be read: no such file or directory"
    monkeypatch.setenv("IVR_SETTINGS", "nowhere.toml")
    assert refused() == "nowhere.toml: cannot be read: no such file or directory"
    Path("folder.toml").mkdir()
    assert refused(Path("folder.toml")) == "folder.toml: cannot be read: is a directory: put a plain file there"


@pytest.mark.parametrize(("written", "means"), [("true", True), ("False", False), ("", False)])
def test_a_switch_in_the_environment_is_a_word(monkeypatch: pytest.MonkeyPatch, written: str, *, means: bool) -> None:
    monkeypatch.setenv("IVR_OWN_QUEUES", written)
    assert settings.load().own_queues is means


@pytest.mark.parametrize("text", ["own_queues = 1", "own_queues = 'perhaps'", "own_queues = ['true']"])
def test_a_switch_is_nothing_else(text: str) -> None:
    assert "own_queues: must be true or false" in refused(file(text))


@pytest.mark.abuse
@pytest.mark.parametrize(
    ("owner", "mode"),
    [
        pytest.param(12345, 0o644, marks=pytest.mark.skipif(os.geteuid() != 0, reason="only root gives files away")),
        (os.geteuid(), 0o646),
    ],
)
def test_a_file_that_somebody_else_put_there_is_read_only_when_it_is_named(
    monkeypatch: pytest.MonkeyPatch, owner: int, mode: int
) -> None:
    path = file("agi_port = 1234", "ivr.toml")
    os.chown(path, owner, -1)
    path.chmod(mode)
    assert f"set IVR_SETTINGS={path.absolute()}" in refused()
    monkeypatch.setenv("IVR_SETTINGS", str(path))
    assert settings.load().agi_port == 1234


@pytest.mark.abuse
def test_secrets_are_not_shown() -> None:
    loaded = settings.load(file("ami_secret = 'hush1'\ndatabase_url = 'postgresql://ivr:hush2@db/ivr'"))
    assert loaded.ami_secret == "hush1"
    assert "hush2" in loaded.database_url
    assert "hush" not in f"{loaded!r} {loaded}"
    assert "agi_port" in repr(loaded)


def test_a_wrong_secret_is_not_shown_in_the_message() -> None:
    assert "31337" not in refused(file("ami_secret = 31337"))


@pytest.mark.parametrize("name", KNOWN)
def test_an_empty_variable_is_as_good_as_none(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    default = settings.load()
    monkeypatch.setenv(f"IVR_{name.upper()}", "")
    assert settings.load() == default


def test_an_empty_variable_does_not_win_over_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("IVR_AGI_PORT", "")
    assert settings.load(file("agi_port = 5000")).agi_port == 5000


@pytest.mark.parametrize("value", ["asterisk,110", " asterisk , 110", '["asterisk", 110]'])
def test_users_come_by_name_or_number(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("IVR_AGI_USERS", value)
    assert settings.load().agi_users == ("asterisk", "110")


def test_a_secret_is_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("IVR_AGI_SECRET", "0123456789-abcdef_X")
    loaded = settings.load()
    assert loaded.agi_secret == "0123456789-abcdef_X"
    assert loaded.agi_secret not in repr(loaded)


@pytest.mark.parametrize("value", ["0", "-1", "1.5", "many", "1000001"])
def test_a_number_of_wrong_pins_is_one(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("IVR_WRONG_PINS_PER_HOUR", value)
    assert "must be a number, 1 to 1000000" in refused()
    monkeypatch.setenv("IVR_WRONG_PINS_PER_HOUR", "50")
    assert settings.load().wrong_pins_per_hour == 50
