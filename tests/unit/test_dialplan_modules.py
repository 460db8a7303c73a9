"""Which modules of Asterisk the doctor looks for: those of what the dialplan uses."""

import re
from pathlib import Path

from ivr.asterisk_files import dialplan_modules
from ivr.shipped_files import share

DIALPLAN = """\
[ivr] ; Dial(remark)
exten => s,1,ExecIf($["${CUT(A,-,1)}" = ""]?Set(DB(x/y)=${EPOCH}))   ; VoiceMail(100)
 same => n(asked),tryexec(OWN_THING(${WHAT(1)}))
 same => n,Set(A=${FILTER(a\\;b,${A})}${RAND(1,2)})
"""


def test_the_modules_of_what_a_dialplan_uses(tmp_path: Path) -> None:
    (tmp_path / "ivr.conf").write_text(DIALPLAN, encoding="utf-8")
    (tmp_path / "gone.conf").symlink_to(tmp_path / "nothing")
    assert dialplan_modules.needed(tmp_path) == {
        "app_exec": "ExecIf", "func_cut": "CUT", "func_db": "DB", "func_rand": "RAND", "func_strings": "FILTER",
    }  # fmt: skip


def test_every_name_of_the_shipped_dialplan_is_known() -> None:
    for path in sorted(share("dialplans").glob("*.conf")):
        unknown = {
            name
            for name in dialplan_modules.called(path.read_text(encoding="utf-8"))
            if name[0].isupper() and name not in dialplan_modules.BUILT_IN and dialplan_modules.module_of(name) is None
        }
        assert not unknown, f"{path.name}: tell ivr/asterisk_files/dialplan_modules.py of {unknown}"


def test_the_shipped_asterisk_loads_what_the_shipped_dialplan_needs() -> None:
    modules = (share("asterisk") / "pbx" / "modules.conf").read_text(encoding="utf-8")
    loaded = set(re.findall(r"^load = (\w+)\.so", modules, re.MULTILINE))
    needed = dialplan_modules.needed(share("dialplans"))
    assert {"func_groupcount", "app_queue", "res_agi"} <= needed.keys()
    assert not needed.keys() - loaded
    assert {"func_module", dialplan_modules.OF_SIGNED} <= loaded
    assert dialplan_modules.OPTIONAL.keys() <= needed.keys()
