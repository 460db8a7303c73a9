"""Says whether the locks know the Python that runs this, before pip is asked for anything. Older ones can run it."""

import platform
import sys
import sysconfig

OLDEST, NEWEST = (3, 11), (3, 14)
VERSIONS = tuple(f"3.{minor}" for minor in range(OLDEST[1], NEWEST[1] + 1))


def problem(version: "tuple[int, int]", kind: str = "CPython", without_gil: bool = False) -> "str | None":
    """What is wrong with a Python of this version, and what to do about it; None when the locks know it."""
    if OLDEST <= version <= NEWEST and kind == "CPython" and not without_gil:
        return None
    name = f"{kind} {version[0]}.{version[1]}{' without GIL' if without_gil else ''}"
    return (
        f"{sys.executable} is {name}, and the packages in requirements/ are for CPython {VERSIONS[0]} to "
        f"{VERSIONS[-1]}: make PYTHON=/path/to/python{VERSIONS[-2]} (after make clean, if .venv is there already)"
    )


if __name__ == "__main__":
    sys.exit(
        problem(
            (sys.version_info[0], sys.version_info[1]),
            platform.python_implementation(),
            bool(sysconfig.get_config_var("Py_GIL_DISABLED")),
        )
    )
