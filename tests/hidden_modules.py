"""Processes in which some modules cannot be imported, also not by the processes that they start themselves."""

import os
from dataclasses import dataclass
from pathlib import Path

# Python imports a module of this name when it starts, before anything of ours.
_HOOK = """
import os
import sys


def note(file, line):
    with open(os.path.join({folder!r}, file), "a", encoding="utf-8") as out:
        out.write(line + "\\n")


class Hidden:
    @staticmethod
    def find_spec(name, path=None, target=None):
        if any(name == each or name.startswith(each + ".") for each in {hidden!r}):
            note("tried", name)
            raise ModuleNotFoundError("No module named " + repr(name), name=name)


sys.meta_path.insert(0, Hidden)
note("processes", str(os.getpid()))
"""


@dataclass(frozen=True, slots=True)
class HiddenModules:
    """The modules `hidden`, and those below them; `folder` is for this alone."""

    folder: Path
    hidden: tuple[str, ...]

    def environment(self) -> dict[str, str]:
        """The environment of a process in which they are hidden."""
        self.folder.mkdir(exist_ok=True)
        hook = _HOOK.format(folder=str(self.folder), hidden=self.hidden)
        (self.folder / "sitecustomize.py").write_text(hook, encoding="utf-8")
        own = {name: value for name, value in os.environ.items() if not name.startswith(("IVR_", "PYTHON"))}
        return own | {"PYTHONPATH": str(self.folder)}

    def tried(self) -> list[str]:
        """What was tried to be imported all the same."""
        return self._noted("tried")

    def processes(self) -> set[str]:
        """The processes in which they were hidden."""
        return set(self._noted("processes"))

    def _noted(self, name: str) -> list[str]:
        file = self.folder / name
        return file.read_text(encoding="utf-8").splitlines() if file.exists() else []
