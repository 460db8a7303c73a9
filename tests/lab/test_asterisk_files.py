"""Asterisk's configuration files as we read them, against what the real Asterisk reads in them."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from ivr import asterisk_config
from ivr.lab.lab import Lab

pytestmark = pytest.mark.shared

COMMENTS = r"""[c-plain] ; [c-not-1]
;[c-not-2]
;-- [c-not-3]
[c-not-4] --; [c-behind]
[c-one-line];-- not --;(!)
;-- one ;-- two --; still one
[c-not-5]
--;
[c-after-nested]
;--- begins none
[c-after-three]
;------------------
[c-after-many]
;----;[c-not-6]
[c-escaped\;]
\;-- [c-not-7]
x = y ;-- begins here
[c-not-8] \--;
[c-after-escape]
x = --; [c-not-9]
[c-not-10]
;-- [c-not-11]
[c-after-stray]
;-- never ends
[c-not-12]
"""
SECTIONS = """[s-template](!)
[s-like](s-template)
[s-both](!,s-template)
[s-like](+)
x=y
[S-LIKE](+)
[ s spaced ]
#INCLUDE <more/s-included.conf>
# include more/missing.conf
#unknown missing.conf
#tryinclude more/missing.conf
#exec /bin/false
[s-last]
"""
FILES = {
    "a-comments.conf": COMMENTS,
    "a-sections.conf": SECTIONS,
    "more/s-included.conf": "[s-included]\n",
    "a-glob.conf": '[g-1st]\n#include "more/g-*.conf"\n[g-9th]\n#tryinclude more/nothing-*\n',
    "more/g-1.conf": "[g-1]\n",
    "more/g-2.conf": "[g-2]\n;-- goes on in the next file\n[g-not-1]\n",
    "more/g-3.conf": "[g-not-2]\n--;\n[g-3]\n",
    "more/.g-4.conf": "[g-not-3]\n",
    "a-braces.conf": "#include more/b-{one,two}.conf\n",
    "more/b-one.conf": "[b-one]\n",
    "more/b-two.conf": "[b-two]\n",
    "a-cycle.conf": "[y-first]\n#include more/y-1.conf\n[y-last]\n",
    "more/y-1.conf": "[y-1]\n#include more/y-2.conf\n[y-1-last]\n",
    "more/y-2.conf": "[y-2]\n#include more/y-1.conf\n[y-2-last]\n",
    "a-missing.conf": "[m-first]\n#include more/m-1.conf\n[m-last]\n",
    "more/m-1.conf": "[m-1]\n#include more/missing.conf\n[m-not]\n",
    "a-no-base.conf": "[n-first]\n[n-not](nobody)\n[n-not-either]\n",
    "a-bracket.conf": "[k-first]\n[k-not\n[k-not-either]\n",
    "a-deep.conf": "[d-0]\n#include more/d-1.conf\n[d-0-last]\n",
    **{f"more/d-{n}.conf": f"[d-{n}]\n#include more/d-{n + 1}.conf\n" for n in range(1, 13)},
    "a-inherits-section.conf": "x=y\n[h-first]\n",
    "a-bom.conf": "\ufeff[u-first]\n",
}
BROKEN = {
    "missing": "[not-1]\n#include more/missing.conf\n",
    "missing by pattern": "[not-1]\n#include more/missing-*.conf\n",
    "folder": "[not-1]\n#include more\n",
    "bracket": "[not-1]\n[not-2\n",
    "no base": "[not-1](nobody)\n",
    "more of nothing": "[not-1](+)\n",
    "more of a template": "[not-1](!)\n[not-1](+)\n",
    "option without end": "[not-1](!\n",
}


@contextmanager
def queues(lab: Lab, more: str) -> Iterator[Path]:
    """The lab's queues.conf with more at its end, as Asterisk has read it; then again as it was."""
    path = lab.home / "pbx/etc/queues.conf"
    before = path.read_text()
    path.write_text(f"{before}\n{more}")
    try:
        lab.cli("queue reload all")
        yield path
    finally:
        path.write_text(before)
        lab.cli("queue reload all")


def shown(lab: Lab) -> set[str]:
    """The queues that Asterisk has."""
    return set(re.findall(r"^(.+?) has \d+ calls", lab.cli("queue show"), re.MULTILINE))


def test_asterisk_reads_what_we_read(lab: Lab) -> None:
    etc = lab.home / "pbx/etc"
    (etc / "more").mkdir(exist_ok=True)
    written = [etc / name for name in FILES]
    for path, text in zip(written, FILES.values(), strict=True):
        path.write_text(text)
    try:
        for name in (name for name in FILES if name.startswith("a-")):
            with queues(lab, f"#include {name}\n") as path:
                read = asterisk_config.read(path, etc)
                assert not read.refused, name
                assert shown(lab) == read.names() - {"general"}, name
                assert not any("not" in queue for queue in shown(lab)), name
                assert any(queue[1] == "-" for queue in shown(lab)), name
    finally:
        for path in written:
            path.unlink()


def test_where_asterisk_takes_up_nothing_we_say_so(lab: Lab) -> None:
    etc = lab.home / "pbx/etc"
    (etc / "more").mkdir(exist_ok=True)
    before = shown(lab)
    for name, more in BROKEN.items():
        with queues(lab, more) as path:
            assert shown(lab) == before, name
            assert asterisk_config.read(path, etc).refused, name
