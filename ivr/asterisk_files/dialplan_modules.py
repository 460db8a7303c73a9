"""Which modules of Asterisk a dialplan needs, by the applications and functions that it uses."""

import re
from collections.abc import Iterator
from pathlib import Path

from ivr import asterisk_config, regular_files
from ivr.errors import FileError
from ivr.limits import LARGEST_TEXT_BYTES

# As `core show application NAME` and `core show function NAME` say it under [Provided By]. Applications are written in
# any case, functions in capitals, and no name is both.
_OF_APPLICATIONS = {
    "AGI": "res_agi", "Dial": "app_dial", "DBdeltree": "app_db", "ExecIf": "app_exec", "Gosub": "app_stack",
    "GosubIf": "app_stack", "Log": "app_verbose", "Originate": "app_originate", "Playback": "app_playback",
    "Queue": "app_queue", "QueueLog": "app_queue", "Read": "app_read", "Return": "app_stack", "TryExec": "app_exec",
    "UserEvent": "app_userevent", "VoiceMail": "app_voicemail",
}  # fmt: skip
_OF_FUNCTIONS = {
    "CALLERID": "func_callerid", "CHANNEL": "func_channel", "CUT": "func_cut", "DB": "func_db",
    "DB_DELETE": "func_db", "DEVICE_STATE": "func_devstate", "DIALPLAN_EXISTS": "func_dialplan",
    "FIELDQTY": "func_strings", "FILTER": "func_strings", "GLOBAL": "func_global",
    "GROUP": "func_groupcount", "GROUP_COUNT": "func_groupcount", "HANGUPCAUSE": "func_hangupcause",
    "IF": "func_logic", "IMPORT": "func_logic", "LEN": "func_strings", "PJSIP_ENDPOINT": "func_pjsip_endpoint",
    "PJSIP_HEADER": "res_pjsip_header_funcs", "PJSIP_HEADERS": "res_pjsip_header_funcs",
    "QUEUE_GET_CHANNEL": "app_queue", "QUEUE_MEMBER": "app_queue", "QUEUE_MEMBER_LIST": "app_queue",
    "RAND": "func_rand", "REDIRECTING": "func_callerid", "SHIFT": "func_strings",
    "STIR_SHAKEN": "res_stir_shaken", "STRREPLACE": "func_strings", "TIMEOUT": "func_timeout",
    "TOLOWER": "func_strings", "TOUPPER": "func_strings", "URIDECODE": "func_uri",
    "URIENCODE": "func_uri", "VM_INFO": "app_voicemail",
}  # fmt: skip
# Asterisk's own, which need no module; TRUNC is a function of its expressions.
BUILT_IN = frozenset({"Answer", "Goto", "GotoIf", "Hangup", "MSet", "NoOp", "Set", "TRUNC", "Wait"})

OPTIONAL = {
    "app_db": "counts of messages are not swept",
    "app_originate": "after the service hung, one caller waits for it in the probe's place",
    "app_voicemail": "nobody can leave a message",
    "func_devstate": "without the service, an agent who does not answer is rung again and again",
    "func_groupcount": "no limit of calls at once holds",
    "func_hangupcause": "a phone that forwards with 301 or 305 is rung again and again",
    "func_pjsip_endpoint": "no agent can call a colleague, and trunks cannot be checked",
}
"""Those without which calls are served all the same, each with what is missing then."""
SIGNED = "res_stir_shaken"
"""Needed only where numbers are signed (the dialplan's global IVR_STIR_SHAKEN), and then OF_SIGNED as well."""
OF_SIGNED = "res_pjsip_stir_shaken"

# (What follows a bracket is an option with an argument.)
_CALLED = re.compile(r"(?<![\w$)])([A-Za-z]\w*)\(")
_BY_NAME = {name.lower(): module for name, module in _OF_APPLICATIONS.items()}


def needed(folder: Path) -> dict[str, str]:
    """The modules that the dialplans of a folder need, each with a name that it is needed for.

    Names that nobody has told us of are left out: they are of the admin's own lines. So is a file that cannot be read.
    """
    found: dict[str, str] = {}
    for path in sorted(folder.glob("*.conf")):
        try:
            text = regular_files.read(path, LARGEST_TEXT_BYTES).decode(errors="replace")
        except FileError:
            continue
        for name in called(text):
            if (module := module_of(name)) is not None:
                found.setdefault(module, name)
    return dict(sorted(found.items()))


def module_of(name: str) -> str | None:
    """The module that an application or function is of; None for what is built in, or unknown."""
    return _OF_FUNCTIONS.get(name) or _BY_NAME.get(name.lower())


def called(text: str) -> Iterator[str]:
    """The name of each application and function that a dialplan uses, one at a time."""
    for line in asterisk_config.uncommented(text.splitlines()):
        yield from _CALLED.findall(line)
