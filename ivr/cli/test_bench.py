"""Which commands are the test bench's. Its libraries come with the extra `qa`, and the service does without them."""

import importlib.util

from ivr.errors import LabError

MODULES = frozenset({"call", "chaos", "lab", "qa", "qa_load"})  # beside this one, with the bench's commands
LIBRARIES = ("cryptography",)  # what only the bench imports; pyproject.toml has them in the extra


def check() -> None:
    """Raise LabError, which says how to install what is missing, unless the bench's libraries are here."""
    missing = [name for name in LIBRARIES if not _installed(name)]
    if missing:
        raise LabError(
            f"this command is one of the test bench, and {', '.join(missing)} is not installed here: "
            "pip install 'segment-ivr[qa]' (from a checkout: pip install '.[qa]')"
        )


def _installed(library: str) -> bool:
    try:
        return importlib.util.find_spec(library) is not None
    except ImportError:
        return False
