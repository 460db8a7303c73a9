"""A real Asterisk 22 for the lab: fetched from Debian into a folder, or one that is already installed.

Fetching needs neither root nor namespaces: apt, with every folder of its own, resolves and downloads the packages,
dpkg-deb unpacks them, and Asterisk is started through the loader that came with it. The packages are kept, because
Debian moves on to the next major version one day: what was kept, here or on another machine, needs no network.
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
_TRUST = f"signed-by={KEYRING}"  # how apt knows that the packages are Debian's
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


def packages_folder() -> Path:
    """Where fetched packages are kept, in a folder for each suite. One that was copied from elsewhere is as good."""
    return cache_folder() / "packages"


def ensure_asterisk(progress: Progress) -> AsteriskInstall:
    """An Asterisk >= 22.10.1 and < 23: from the cache, else from kept packages, else fetched, else this machine's own.

    Raises LabError with what was found in each place, and the ways out, when there is none.
    """
    kept = sorted({package.parent for package in packages_folder().rglob("asterisk_*.deb")})
    for name in dict.fromkeys((*SUITES, *(folder.name for folder in kept))):
        root = cache_folder() / f"asterisk-{name}"
        if root.is_dir():
            return _in_root(root)
    found = []
    for folder in kept:
        try:
            return _in_root(_unpack_kept(folder, cache_folder() / f"asterisk-{folder.name}", progress))
        except LabError as error:
            found.append(f"{folder}: {error}")
    for suite in SUITES:
        try:
            return _in_root(_fetch(suite, cache_folder() / f"asterisk-{suite}", progress))
        except LabError as error:
            found.append(f"Debian {suite}: {error}")
    installed = _installed()
    if isinstance(installed, AsteriskInstall):
        return installed
    raise LabError(_ways_out([*found, installed]))


def _ways_out(found: list[str]) -> str:
    oldest = ".".join(str(part) for part in OLDEST)
    return "\n".join(
        (
            "no Asterisk 22 to be had. What was found:",
            *(f"- {each}" for each in found),
            f"Known good are {oldest} and what follows it as {OLDEST[0]}. Two ways out:",
            "- a mirror of a day that had it: IVR_DEBIAN_MIRROR=ADDRESS make demo (docs/develop/tests.md)",
            f"- packages kept from before: copy {packages_folder()} from a machine that has an Asterisk of ours to the",
            "  same place here; make demo unpacks them by itself",
        )
    )


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
    kept = packages_folder() / suite / "beside"
    with tempfile.TemporaryDirectory(dir=root.parent) as folder:
        work = Path(folder)
        if not all(any(kept.glob(f"{name}_*.deb")) for name in packages):
            _check_tools()
            apt = _apt(work, suite if suite in SUITES else SUITES[0])
            _run([*apt("apt-get"), "-qq", "update"])
            _run([*apt("apt-get"), "-qq", "download", *packages], cwd=work)
            kept.mkdir(parents=True, exist_ok=True)
            for package in work.glob("*.deb"):
                package.replace(kept / package.name)
        for name in packages:
            for package in kept.glob(f"{name}_*.deb"):
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
        mirror = _mirror()
        progress(f"reading Debian {suite}'s package list", 0)
        try:
            _run([*apt("apt-get"), "-qq", "update"])
        except LabError as error:
            raise LabError(f"cannot be read from {mirror}: {error}") from None
        version = _candidate(_run([*apt("apt-cache"), "policy", "asterisk"]))
        if not version:
            raise LabError(f"has no Asterisk ({mirror})")
        if problem := _misfit(version):
            raise LabError(f"has {problem} ({mirror})")
        _download([*apt("apt-get"), "-qq", "-y", "--download-only", "install", *PACKAGES], version, progress)
        archives = work / "archives"
        _unpack(archives, work / "root", progress)
        (work / "root").rename(root)
        _keep(archives, packages_folder() / suite, work / "replaced")
    return root


def _candidate(policy: str) -> str | None:
    """The version that apt would install, without its epoch."""
    found = re.search(r"Candidate: (?:\d+:)?(\d\S*)", policy)
    return found[1] if found else None


def _unpack(packages: Path, root: Path, progress: Progress) -> None:
    debs = sorted(packages.glob("*.deb"))
    for i, package in enumerate(debs):
        progress(f"unpacking {len(debs)} packages", i / len(debs))
        _run(["dpkg-deb", "-x", str(package), str(root)])
    progress(f"unpacking {len(debs)} packages", 1)


def _keep(archives: Path, kept: Path, replaced: Path) -> None:
    """Keep the packages that were fetched, in place of any that were no good."""
    for leftover in (archives / "lock", archives / "partial"):  # apt's own
        shutil.rmtree(leftover) if leftover.is_dir() else leftover.unlink(missing_ok=True)
    kept.parent.mkdir(exist_ok=True)
    if kept.exists():
        kept.rename(replaced)
    archives.rename(kept)


def _unpack_kept(packages: Path, root: Path, progress: Progress) -> Path:
    if not shutil.which("dpkg-deb"):
        raise LabError("dpkg-deb is missing: this is no Debian machine")
    with _one_at_a_time(root.parent / "lock"), tempfile.TemporaryDirectory(dir=root.parent) as folder:
        if root.is_dir():  # somebody else unpacked them while we waited
            return root
        mains = sorted(packages.glob("asterisk_*.deb"))
        if len(mains) > 1:
            raise LabError(
                f"holds several Asterisks ({', '.join(each.name for each in mains)}): keep one and its packages"
            )
        version, built = (
            _run(["dpkg-deb", "-f", str(mains[0]), field]).strip() for field in ("Version", "Architecture")
        )
        if problem := _misfit(version.rpartition(":")[2]):
            raise LabError(f"holds {problem}")
        if built != (ours := _run(["dpkg", "--print-architecture"]).strip()):
            raise LabError(f"holds packages for {built}, and this machine is {ours}")
        work = Path(folder) / "root"
        _unpack(packages, work, progress)
        try:
            _in_root(work)
        except LabError as error:  # some were not copied, or not whole
            raise LabError(f"not all that Asterisk {version} needs is there ({error})") from None
        work.rename(root)
    return root


def _apt(work: Path, suite: str) -> Callable[[str], list[str]]:
    """apt with every folder of its own in `work`, and `suite` of the machine's own mirror as the only source."""
    for folder in ("lists/partial", "archives/partial"):
        (work / folder).mkdir(parents=True)
    (work / "status").touch()
    (work / "sources.list").write_text(f"deb [{_TRUST}] {_source(_mirror())} {suite} main\n")
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
        "APT::Update::Error-Mode": "any",  # else an unreachable mirror is but a warning, as if it had no Asterisk
        "Acquire::Languages": "none",
        "Acquire::Check-Valid-Until": "false",  # a frozen mirror's Release file may have expired
        "Acquire::Retries": "3",
    }
    return lambda program: [program, *(f"-o{name}={value}" for name, value in options.items())]


def _source(mirror: str) -> str:
    """The mirror as apt's sources name it. apt uses a folder's packages where they are, and we want to keep them."""
    return re.sub(r"^file:", "copy:", mirror)


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
        raise LabError(f"the download failed: {_reason(errors)}")


def _run(command: list[str], cwd: Path | None = None) -> str:
    try:
        result = subprocess.run(command, capture_output=True, text=True, check=False, env=_env(), cwd=cwd)  # noqa: S603 - ours
    except OSError as error:  # missing, or built for another processor
        raise LabError(f"{command[0]} cannot be run: {error.strerror}") from None
    if result.returncode:
        raise LabError(f"{command[0]} failed: {_reason(result.stderr)}")
    return result.stdout


def _env() -> dict[str, str]:
    return {**os.environ, "LC_ALL": "C", "DEBIAN_FRONTEND": "noninteractive"}


def _reason(text: str) -> str:
    """What a program says went wrong: apt's first error, which is why the others came; else the last line."""
    lines = text.strip().splitlines() or ["no reason given"]
    return next((line for line in lines if line.startswith("E: ")), lines[-1])


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
        return "this machine: none is installed"
    version = _version([program])
    if problem := _misfit(version):
        return f"this machine: {program} is {problem}"
    modules = [p for p in Path("/usr").glob("lib*/**/asterisk/modules") if p.is_dir()]
    data = next((d for d in (Path("/usr/share/asterisk"), Path("/var/lib/asterisk")) if (d / "sounds").is_dir()), None)
    if not modules or not data:
        return f"this machine: {program} lies outside the usual folders"
    sipp = shutil.which("sipp")
    return AsteriskInstall(
        version, (), Path(program).parent, modules[0], data, data / "sounds/en", (sipp,) if sipp else None
    )


def _version(command: list[str]) -> str:
    return _run([*command, "-V"]).removeprefix("Asterisk ").strip()


def _misfit(version: str) -> str | None:
    """What is wrong with an Asterisk of this version; None when it is one of those that we know to be good."""
    numbers = tuple(int(part) for part in re.findall(r"\d+", re.split(r"[+~]", version)[0]))
    if numbers < OLDEST:
        return f"Asterisk {version}, which is older than {'.'.join(str(part) for part in OLDEST)}"
    return f"Asterisk {version}, another major version" if numbers >= TOO_NEW else None
