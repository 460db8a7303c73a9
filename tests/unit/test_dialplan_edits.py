"""`[ivr]` may be edited while callers are there: nobody is at one of its lines for long."""

import re

from tests.unit.test_contract import DIALPLAN, contexts


def within(context: str) -> str:
    """What runs when a context is entered: its lines, and those of its subroutines."""
    lines, found = contexts(DIALPLAN), [context]
    for name in found:
        called = re.findall(r"Gosub(?:If)?\(.*?([a-z]+(?:-[a-z]+)+),s,1", "\n".join(lines[name]))
        found += [each for each in dict.fromkeys(called) if each not in found]
    assert len(found) > 3
    return "\n".join(line for name in found for line in lines[name])


def test_nobody_is_in_the_context_that_admins_change_for_long() -> None:
    """Asterisk goes on by a line's number, which is another one after `dialplan reload`."""
    assert set(re.findall(r"\bWait\(([^)]*)", within("ivr"))) == {"0.2"}
    for application in ("Queue", "Dial", "Playback", "Read", "VoiceMail", "Echo", "Background"):
        assert f"{application}(" not in within("ivr"), "give it a context, and come back to a label"


def test_who_waits_is_in_an_extension_that_no_other_line_is_of() -> None:
    lines = contexts(DIALPLAN)["ivr-wait"]
    (queues,) = [n for n, line in enumerate(lines) if ",Queue(" in line]
    assert lines[queues].startswith("exten => queue,1,")
    assert lines[queues + 1 :] == ["same => n,Goto(s,left)"]
