"""Writes into Asterisk's files which events it makes and sends, from the table: `make docs`."""

import re
from collections.abc import Iterator
from pathlib import Path

from ivr.ami.event_uses import KEYS, NOBODY, SERVICE, TESTS
from ivr.shipped_files import share

PBX = share("asterisk") / "pbx"
_FILTERS = re.compile(r"(^eventfilter\(name\(.*\n)+", re.MULTILINE)
_DISABLED = re.compile(r"^disabledevents = [\w,]*", re.MULTILINE)


def written() -> Iterator[tuple[Path, str]]:
    """Give each file, and what is to be in it."""
    filters = "".join(f"eventfilter(name({name}),method(none)) =\n" for name in SERVICE)
    for name, events in (("manager.conf", KEYS), ("manager_events.conf", TESTS + NOBODY)):
        text = (PBX / name).read_text(encoding="utf-8")
        text = _DISABLED.sub(f"disabledevents = {','.join(events)}", text)
        yield PBX / name, _FILTERS.sub(filters, text)


def main() -> None:
    """Write them anew, and say which have changed."""
    for path, text in written():
        if text != path.read_text(encoding="utf-8"):
            path.write_text(text, encoding="utf-8")
            print(f"wrote {path}")  # noqa: T201


if __name__ == "__main__":
    main()
