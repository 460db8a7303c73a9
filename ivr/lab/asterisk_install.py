"""A real Asterisk 22 for the lab: fetched from Debian into a folder, or one that is already installed.

Fetching needs neither root nor namespaces: apt, with every folder of its own, resolves and downloads the packages,
dpkg-deb unpacks them, and Asterisk is started through the loader that came with it.
"""

import fcntl
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from ivr.errors import LabError

SUITES = ("forky", "sid")
PACKAGES = ("asterisk", "asterisk-core-sounds-en-gsm", "asterisk-moh-opsound-gsm", "sip-tester")
OLDEST, TOO_NEW = (22, 10, 1), (23,)
KEYRING = Path("/usr/share/keyrings/debian-archive-keyring.gpg")
Progress = Callable[[str, float], None]  # what is being done, and how much of it, 0-1


@dataclass(frozen=True, slots=True)
class AsteriskInstall:
    """An Asterisk that can be started: `prefix` goes before a program's path, folders are where its files are."""

    version: str
    prefix: tuple[str, ...]
    sbin: Path
    modules: Path
    data: Path
    sounds: Path
    sipp: tuple[str, ...] | None

    @property
    def asterisk(self) -> list[str]:
        """The command line that runs it, without arguments."""
        return [*self.prefix, str(self.sbin / "asterisk")]


def cache_folder() -> Path:
    """Where fetched Asterisks are kept, shared by all checkouts of one user."""
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "segment-ivr"


def ensure_asterisk(progress: Progress) -> AsteriskInstall:
    """An Asterisk >= 22.10.1 and < 23: from the cache, else fetched, else installed on this machine.

    Raises LabError with every reason when there is none.
    """
    reasons = []
    for suite in SUITES:
        root = cache_folder() / f"asterisk-{suite}"
        if root.is_dir():
            return _in_root(root)
    for suite in SUITES:
        try:
            return _in_root(_fetch(suite, cache_folder() / f"asterisk-{suite}", progress))
        except LabError as error:
            reasons.append(f"Debian {suite}: {error}")
    installed = _installed()
    if isinstance(installed, AsteriskInstall):
        return installed
    raise LabError("no Asterisk 22 to be had. " + "; ".join([*reasons, installed]))


def unpack_beside(install: AsteriskInstall, packages: tuple[str, ...]) -> Path:
    """A folder beside a fetched Asterisk that holds a few small packages of its suite, without what they depend on.

    Raises LabError when that Asterisk was not fetched, or they cannot be.
    """
    home = install.sbin.parents[1]
    if home.parent != cache_folder():
        raise LabError("this Asterisk is the machine's own: its packages are the machine's matter")
    suite = home.name.removeprefix("asterisk-")
    root = home.with_name(f"{'-'.join(packages)}-{suite}")
    if root.is_dir():
        return root
    _check_tools()
    with tempfile.TemporaryDirectory(dir=root.parent) as folder:
        work = Path(folder)
        apt = _apt(work, suite)
        _run([*apt("apt-get"), "-qq", "update"])
        _run([*apt("apt-get"), "-qq", "download", *packages], cwd=work)
        for package in work.glob("*.deb"):
            _run(["dpkg-deb", "-x", str(package), str(work / "root")])
        with _one_at_a_time(root.parent / "lock"):
            if not root.is_dir():
                (work / "root").rename(root)
    return root


def _check_tools() -> None:
    for tool in ("apt-get", "apt-cache", "dpkg-deb"):
        if not shutil.which(tool):
            raise LabError(f"{tool} is missing: this is no Debian machine")
    if not KEYRING.exists():
        raise LabError(f"{KEYRING} is missing: apt-get install debian-archive-keyring")


def _fetch(suite: str, root: Path, progress: Progress) -> Path:
    _check_tools()
    root.parent.mkdir(parents=True, exist_ok=True)
    with _one_at_a_time(root.parent / "lock"), tempfile.TemporaryDirectory(dir=root.parent) as folder:
        if root.is_dir():  # somebody else fetched it while we waited
            return root
        work = Path(folder)
        apt = _apt(work, suite)
        progress(f"reading Debian {suite}'s package list", 0)
        _run([*apt("apt-get"), "-qq", "update"])
        candidate = _run([*apt("apt-cache"), "policy", "asterisk"])
        version = re.search(r"Candidate: (?:\d+:)?(\S+)", candidate)
        if not version or not _fits(version[1]):
            raise LabError(f"its Asterisk is {version[1] if version else 'missing'}, not 22.10.1 or later 22")
        _download([*apt("apt-get"), "-qq", "-y", "--download-only", "install", *PACKAGES], version[1], progress)
        packages = sorted((work / "archives").glob("*.deb"))
        unpacked = work / "root"
        for i, package in enumerate(packages):
            progress(f"unpacking {len(packages)} packages", i / len(packages))
            _run(["dpkg-deb", "-x", str(package), str(unpacked)])
        progress(f"unpacking {len(packages)} packages", 1)
        unpacked.rename(root)
    return root


def _apt(work: Path, suite: str) -> Callable[[str], list[str]]:
    """apt with every folder of its own in `work`, and `suite` of the machine's own mirror as the only source."""
    for folder in ("lists/partial", "archives/partial"):
        (work / folder).mkdir(parents=True)
    (work / "status").touch()
    (work / "sources.list").write_text(f"deb [signed-by={KEYRING}] {_mirror()} {suite} main\n")
    options = {
        "Dir::Etc::SourceList": work / "sources.list",
        "Dir::Etc::SourceParts": "/dev/null",
        "Dir::Etc::Preferences": "/dev/null",
        "Dir::Etc::PreferencesParts": "/dev/null",
        "Dir::State": work,
        "Dir::State::Lists": work / "lists",
        "Dir::State::status": work / "status",
        "Dir::Cache": work,
        "Dir::Cache::archives": work / "archives",
        "Dir::Log": work,
        "APT::Install-Recommends": "false",
        "APT::Sandbox::User": "root",  # the folder is ours alone, apt's own user cannot see it
        "APT::Update::Post-Invoke": "",
        "Acquire::Languages": "none",
        "Acquire::Check-Valid-Until": "false",  # a frozen mirror's Release file may have expired
        "Acquire::Retries": "3",
    }
    return lambda program: [program, *(f"-o{name}={value}" for name, value in options.items())]


def _mirror() -> str:
    """The mirror that this machine already uses; IVR_DEBIAN_MIRROR overrides it."""
    if mirror := os.environ.get("IVR_DEBIAN_MIRROR"):
        return mirror
    sources = [*Path("/etc/apt/sources.list.d").glob("debian*.sources"), Path("/etc/apt/sources.list")]
    for path in sources:
        text = path.read_text(encoding="utf-8", errors="replace") if path.is_file() else ""
        found = re.findall(r"^(?:URIs:\s*|deb\s+(?:\[[^\]]*\]\s+)?)(\S*debian\S*)", text, re.MULTILINE)
        if plain := [uri for uri in found if "security" not in uri]:
            return str(plain[0])
    raise LabError("this machine names no Debian mirror: set IVR_DEBIAN_MIRROR to the address of one")


def _download(command: list[str], version: str, progress: Progress) -> None:
    process = subprocess.Popen(  # noqa: S603 - apt-get with our own options
        [*command, "-oAPT::Status-Fd=1"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=_env(),
    )
    with process:
        for line in process.stdout or ():
            if line.startswith("dlstatus:"):
                progress(
                    f"downloading Asterisk {version.partition('+')[0]} (90 MB)",
                    float(line.split(":")[2]) / 100,
                )
        errors = process.stderr.read() if process.stderr else ""
    if process.returncode:
        raise LabError(f"the download failed: {_last_line(errors)}")


def _run(command: list[str], cwd: Path | None = None) -> str:
    result = subprocess.run(command, capture_output=True, text=True, check=False, env=_env(), cwd=cwd)  # noqa: S603 - ours
    if result.returncode:
        raise LabError(f"{command[0]} failed: {_last_line(result.stderr)}")
    return result.stdout


def _env() -> dict[str, str]:
    return {**os.environ, "LC_ALL": "C", "DEBIAN_FRONTEND": "noninteractive"}


def _last_line(text: str) -> str:
    return (text.strip().splitlines() or ["no reason given"])[-1]


@contextmanager
def _one_at_a_time(path: Path) -> Iterator[None]:
    with path.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _in_root(root: Path) -> AsteriskInstall:
    loaders = sorted(root.glob("usr/lib*/ld-linux*.so.*"))
    libraries = sorted(path.parent for path in root.glob("usr/lib/*/asterisk"))
    if not loaders or not libraries:
        raise LabError(f"{root} holds no complete Asterisk: delete it, and it will be fetched again")
    prefix = (str(loaders[0]), "--library-path", str(libraries[0]))
    data = root / "usr/share/asterisk"
    version = _version([*prefix, str(root / "usr/sbin/asterisk")])
    return AsteriskInstall(
        version=version,
        prefix=prefix,
        sbin=root / "usr/sbin",
        modules=libraries[0] / "asterisk/modules",
        data=data,
        sounds=data / "sounds/en_US_f_Allison",
        sipp=(*prefix, str(root / "usr/bin/sipp")),
    )


def _installed() -> AsteriskInstall | str:
    program = shutil.which("asterisk", path=os.environ.get("PATH", "") + ":/usr/sbin:/usr/local/sbin")
    if not program:
        return "and none is installed on this machine"
    version = _version([program])
    if not _fits(version):
        return f"and the installed {program} is {version}"
    modules = [p for p in Path("/usr").glob("lib*/**/asterisk/modules") if p.is_dir()]
    data = next((d for d in (Path("/usr/share/asterisk"), Path("/var/lib/asterisk")) if (d / "sounds").is_dir()), None)
    if not modules or not data:
        return f"and {program} lies outside the usual folders"
    sipp = shutil.which("sipp")
    return AsteriskInstall(
        version, (), Path(program).parent, modules[0], data, data / "sounds/en", (sipp,) if sipp else None
    )


def _version(command: list[str]) -> str:
    return _run([*command, "-V"]).removeprefix("Asterisk ").strip()


def _fits(version: str) -> bool:
    numbers = tuple(int(part) for part in re.findall(r"\d+", version.partition("+")[0]))
    return OLDEST <= numbers < TOO_NEW
