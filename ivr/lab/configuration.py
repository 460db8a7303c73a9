"""Asterisk's configuration for one lab: the templates of asterisk/ with the lab's addresses and folders filled in."""

import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from ivr import private_files
from ivr.domain.agent_interfaces import PHONES
from ivr.domain.agents import Agent
from ivr.errors import LabError
from ivr.lab.asterisk_install import AsteriskInstall
from ivr.shipped_files import share

STATIC = "static-http"  # of Asterisk's data folder: what it serves over HTTP
_FEWER_EVENTS = "manager_events.conf"
_PLACEHOLDER = re.compile(r"@([A-Z_]+)@")


def write(
    kind: str,
    home: Path,
    install: AsteriskInstall,
    values: Mapping[str, str],
    *,
    all_events: bool = True,
) -> Path:
    """Write the configuration of `kind` (`pbx` or `carrier`) below `home`; returns the path of asterisk.conf.

    Without `all_events`, Asterisk makes those events only that are made where no tests are.
    """
    folders = {name: home / name.lower() for name in ("ETC", "VARLIB", "SPOOL", "RUN", "LOG")}
    folders["DATA"] = _data(home / "data", install)
    for folder in folders.values():
        private_files.folder(folder)
    fixed = {"MODULES": str(install.modules), "SBIN": str(install.sbin)}
    filled = {**{name: str(path) for name, path in folders.items()}, **values, **fixed}  # RUN may lie elsewhere
    for template in sorted((share("asterisk") / kind).glob("*.conf")):
        if all_events and template.name == _FEWER_EVENTS:
            continue
        private_files.write(folders["ETC"] / template.name, _fill(template, filled))
    return folders["ETC"] / "asterisk.conf"


def phones(agents: Iterable[Agent], address: str) -> str:
    """One endpoint and one AOR for each agent whose interface is PJSIP/NAME; the phone lives at `address`.

    Not for names that stand for something else in pjsip.conf: Asterisk would load none of it.
    """
    phones = [a for a in agents if a.interface.startswith("PJSIP/") and not PHONES.refusal(a.interface)]
    names = sorted({agent.interface.removeprefix("PJSIP/") for agent in phones})
    return "\n".join(
        f"[{name}](phone)\naors = {name}\n\n[{name}](phone-aor)\ncontact = sip:{name}@{address}:5060\n"
        for name in names
    )


def _fill(template: Path, values: Mapping[str, str]) -> str:
    def value(match: re.Match[str]) -> str:
        if match[1] not in values:
            raise LabError(f"{template}: @{match[1]}@ is no placeholder (known are: {', '.join(sorted(values))})")
        return values[match[1]]

    return _PLACEHOLDER.sub(value, template.read_text(encoding="utf-8"))


def _data(home: Path, install: AsteriskInstall) -> Path:
    """Asterisk's data folder, by links: the packages keep the English sounds under their speaker's name."""
    _link_all(home, {entry.name: entry for entry in install.data.iterdir() if entry.name not in ("sounds", STATIC)})
    if (home / STATIC).is_symlink():  # of a lab that was made by an older version
        (home / STATIC).unlink()
    private_files.folder(home / STATIC)  # a folder of our own: we put files into it
    _link_all(home / "sounds/en", {entry.name: entry for entry in install.sounds.iterdir() if entry.name != "ivr"})
    for ours in (share("asterisk") / "sounds").iterdir():  # one folder for each language
        _link_all(home / "sounds" / ours.name, {"ivr": ours / "ivr"})
    return home


def _link_all(folder: Path, links: Mapping[str, Path]) -> None:
    """Make the links in `folder`, and the folder: it was a link itself in labs that were made by an older version."""
    if folder.is_symlink():
        folder.unlink()
    private_files.folder(folder)
    for name, target in links.items():
        (folder / name).unlink(missing_ok=True)
        (folder / name).symlink_to(target)
