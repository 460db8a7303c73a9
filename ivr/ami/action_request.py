"""An action, checked before it is sent, and what has come in answer to it."""

import re
from collections.abc import Mapping, Sequence

from panoramisk.actions import Action

from ivr.ami.message import Message
from ivr.errors import AmiError

Value = str | int | Sequence[str]  # a sequence gives the header once for each, as for `Variable`
MAX_ANSWER = 1 << 26  # characters of one list: some 50,000 channels
MAX_LINE = 1022  # bytes that Asterisk reads in one line (manager.c: inbuf), without its CR LF
MAX_LINES = 128  # headers that Asterisk reads in one action (AST_MAX_MANHEADERS); more vanish
HEADER_NAME = re.compile(r"[A-Za-z0-9_-]{1,80}", re.ASCII)
BREAKS_OUT = re.compile(r"[\r\n\0]")  # would begin a header or an action of its own


class ActionRequest(Action):  # type: ignore[misc]  # panoramisk ships no types
    """An action and what has come in answer to it, by plain rules in place of panoramisk's guesses.

    panoramisk takes 'successfully queued' and 'Added interface to queue' for the beginning of a
    list, looks then for an Async header that is not there (which ends the connection) or waits for
    ever; and a list that is refused never completes. Here the caller says which it is: one answer,
    or a list.
    """

    def __init__(self, headers: Mapping[str, Value], *, as_list: bool) -> None:
        super().__init__(headers, as_list=as_list)
        self._size = 0

    def add_message(self, message: Message) -> bool:
        """Take a message that carries our ActionID; True when the answer is whole."""
        if "event" in message and not self.as_list:
            return False
        self.responses.append(message)
        self._size += message.size
        if self.future.done():
            return True
        if self._size > MAX_ANSWER:
            error = AmiError(f"{self['action']}: the answer is too long to be true")
            self.future.set_exception(error)
        elif not self.as_list or not message.success or message.ends_list:
            self.future.set_result(self.responses)
        else:
            return False
        return True


def checked(action: str, headers: Mapping[str, Value], *, as_list: bool) -> ActionRequest:
    """Make the request, if Asterisk would read it as what it is; AmiError if not."""
    for name, value in {"Action": action, **headers}.items():
        values = (value,) if isinstance(value, str | int) else value
        if not HEADER_NAME.fullmatch(name) or name.lower() == "actionid":
            raise AmiError(f"{action!r}: {name!r} cannot be a header")
        if any(BREAKS_OUT.search(str(text)) for text in values):
            raise AmiError(f"{action!r}: {name} must be one line")
    request = ActionRequest({**headers, "Action": action}, as_list=as_list)
    try:
        lines = str(request).encode().split(b"\r\n")
    except UnicodeEncodeError:
        raise AmiError(f"{action}: a header cannot be written as UTF-8") from None
    if len(lines) > MAX_LINES or max(map(len, lines)) > MAX_LINE:
        raise AmiError(f"{action}: Asterisk reads {MAX_LINES} headers of {MAX_LINE} bytes at most")
    return request
