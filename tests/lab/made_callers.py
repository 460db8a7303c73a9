"""Callers of all sorts, most of them hostile, and answers of all sorts: made, from a seed."""

import random
from collections.abc import Callable
from typing import Any, NamedTuple
from urllib.parse import quote

from ivr.agi.variables import VARIABLES, answer
from ivr.domain.policy import Step
from ivr.domain.routing.decision import Decision
from tests.lab.scripted import decision

CLEAN = tuple(f"+1202555{last:04}" for last in range(150, 190))
REMEMBERED = "+12025550191"
WORDS = ("anonymous", "private", "restricted", "withheld", "unknown", "unavailable")
NUMBERS = (
    *WORDS,
    "Anonymous",
    "aNoNyMoUs1",
    "unavailable-7",
    "",
    "0",
    "1",
    "+",
    "++",
    "-1",
    "1+1",
    "1e5",
    "9" * 20,
    "9" * 21,
    "9" * 300,
    "02079460001",
    "%2B12025550101",
    "+1-202-555-0101",
    "1.2.3",
    "+12025550101;npdi;rn=+1",
    "+12025550101;phone-context=x",
    "1000",
    "s",
    "T",
    "h",
    "i",
    quote("1\nagi_network_script: check\n\n"),
    quote("+12025550166\r\nQueue: premium\r\n"),
    quote("1|2|3"),
    quote('",IVR_QUEUE=premium,"'),
    quote('" = "" | "1" = "1'),
    quote("1 | 1"),
    quote("${SHELL(touch /tmp/ivr-owned)}"),
    quote("$[1/0]"),
    quote("\N{TELEPHONE RECEIVER}"),
    quote("500&PJSIP/x"),
    quote("')(]["),
    quote("\\"),
    quote("1\\,2"),
    quote(" 1"),
    quote("1 "),
    quote("(1"),
    quote("1)"),
    quote("\t1"),
    quote("1;2"),
    quote("1\x7f"),
)
NAMES = (
    *WORDS,
    "Anonymous",
    "An onymous 1",
    "PRIVATE.",
    "restricted,",
    "A.B, C",
    "x" * 40,
    "x" * 41,
    "x" * 500,
    "a,IVR_QUEUE=premium",
    '"',
    '" = "" | "1" = "1',
    "\\",
    "\\\\",
    '\\"',
    "(",
    ")",
    "a(b",
    "${EXTEN}",
    "$[1=1]",
    "]?ivr-usual,s,1)",
    "Jos\N{LATIN SMALL LETTER E WITH ACUTE}",
    "\N{FIRE}",
    "a|b",
    "a;b",
    "<sip:boss@x>",
    " ",
    "  Ada",
    "Ada ",
    "1",
    "0",
    "prohib",
    "a\tb",
)
PREMIUM = "+442079460006"
PAI = f"P-Asserted-Identity: <sip:{PREMIUM}@carrier.example>\r\n"
TEL = f"P-Asserted-Identity: <tel:{PREMIUM}>\r\n"
RPID = f"Remote-Party-ID: <sip:{PREMIUM}@carrier.example>;party=calling"
HEADERS = (
    PAI,
    PAI + TEL,
    TEL,
    "P-Asserted-Identity: <sip:x>\r\n",
    "P-Asserted-Identity:\r\n",
    "Privacy: id\r\n",
    "Privacy: none\r\n",
    "Privacy: none\r\nPrivacy: id\r\n",
    "Privacy:\r\n",
    "privacy : ID ;Critical\r\n",
    f"{PAI}Privacy: id\r\n",
    f"{RPID};privacy=full\r\n",
    f"{RPID};privacy=off\r\n",
    f"{RPID}\r\n",
    "X-Privacy: id\r\n",
    "Privacy-X: id\r\n",
    "X-P-Asserted-Identity: <sip:1@x>\r\n",
    "X-!%*_`'~+.: 1\r\n",
    "X-IVR-Segment: premium\r\nX-IVR-Customer: C0001\r\n",
    f"X-Long: {'a' * 4500}\r\nPrivacy: id\r\n",
    f"X-{'a' * 1490}: 1\r\n",
    f"X-{'a' * 1480}: 1\r\nPrivacy: id\r\n",
    "Subject: premium\r\n",
    "".join(f"X-{'a' * 60}{n}: 1\r\n" for n in range(60)) + "Privacy: id\r\n",
    "Diversion: <sip:1%0Aagi_arg_1: forged%0A@x>;reason=unconditional\r\n",
    'Diversion: "Shy" <sip:+12025550199@x>;reason=no-answer\r\n',
    "Identity: x\r\n",
    "Identity: a.b.c;info=<http://127.0.0.1/x>;alg=ES256;ppt=shaken\r\n",
    "Identity:\r\n",
    f"P-Preferred-Identity: <sip:{PREMIUM}@x>\r\n",
    "History-Info: <sip:1@x>;index=1\r\n",
)
DIALLED = ("1000", "1001", "1003", "774", "77412345", "+442079460999", "020794609990", "1(000)")
DIRECTLY = (
    *DIALLED,
    "1" * 19,
    "1" * 20,
    "1" * 21,
    "1" * 300,
    "+",
    "0",
    quote("1000\nagi_arg_1: x\n\n"),
    quote("1000|premium"),
    quote("1,IVR_AGI=/bin/true"),
    quote("1000&PJSIP/x"),
    quote('1" = "" | "1'),
    quote("1(2"),
    quote("1)"),
    quote("1000 "),
    "1000a",
    quote("1${EXTEN}"),
)
NO_ACTION = "IVR_ACTION=bogus,IVR_QUEUE=premium,IVR_RUNG=live,IVR_ASK=,IVR_TYPED="
_MORE_RANDOM = "0123456789+abcANon.,;|&\"'\\(){}[]$<>=?:! \r\n\t\0\x80\xff%"

Answer = Callable[[str], bytes | None]
"""Make what the service writes, of the request's mark, before it closes. None: it hangs."""


class Caller(NamedTuple):
    """One call: as it comes by SIP, and what the service says to it."""

    directly: bool  # from the trunk that leads straight into [ivr]
    number: str
    name: str
    headers: str
    dialled: str
    answer: Answer
    told: dict[str, str] | None  # what a whole answer sets; None for one that is not whole


def _pairs(made: Decision, mark: str, typed: str = "") -> list[str]:
    return answer(made, mark, typed).removeprefix('EXEC MSet "').removesuffix('"').split(",")


def _whole(typed: str = "", **changed: Any) -> tuple[Answer, dict[str, str]]:
    made = decision(**changed)
    told = dict.fromkeys(VARIABLES, "")
    pairs = _pairs(made, "1-1", typed)
    for pair in pairs:
        name, _, value = pair.partition("=")
        told[name] = value
    del told["IVR_DONE"]
    return (lambda mark: f"{answer(made, mark, typed)}\n".encode()), told


def dying(after: int, *, each: bool = False) -> Answer:
    """Make the answer of a service that dies when it has said so many variables.

    In one line that is cut there; or `each` variable in a line of its own.
    """

    def says(mark: str) -> bytes:
        premium = decision(queue="premium", segment="premium", customer_id="C0001", priority=100)
        pairs = _pairs(premium, mark)[:after]
        if each:
            return "".join(f"EXEC Set {pair}\n" for pair in pairs).encode()
        return f'EXEC MSet "{",".join(pairs)}'.encode()

    return says


def _answers(chance: random.Random) -> tuple[Answer, dict[str, str] | None]:
    queue = chance.choice(("general-queue", "premium", "standard"))
    told: dict[str, Any] = {
        "queue": queue,
        "priority": chance.randint(0, 100),
        "language": chance.choice((None, "en", "de")),
    }
    told |= {"segment": chance.choice((None, "premium", "standard")), "label": "A B & C"}
    told["steps"] = chance.choice(((), (Step(45, queue="general-queue"),)))
    if chance.random() < 0.6:
        return _whole(**told)
    other: list[Callable[[], tuple[Answer, dict[str, str] | None]]] = [
        lambda: _whole(**told, rung="snapshot"),
        lambda: _whole(rung="default"),
        lambda: _whole(action="refuse", queue=None, say=("hello",)),
        lambda: _whole(action="voicemail", queue=None, say=("ivr/voicemail",)),
        lambda: _whole(action="end", queue=None, say=("ivr/closed",)),
        lambda: _whole(**told, ask="menu", ask_sound=("hello",), ask_keys="12*"),
        lambda: _whole(**told, test=True),
        lambda: _whole("xxxx", **told),
        lambda: (dying(chance.randrange(24)), None),
        lambda: (dying(chance.randrange(24), each=True), None),
        lambda: ((lambda mark: b'EXEC MSet "IVR_QUEUE=premium,IVR_DONE=1-1"\n'), None),
        lambda: ((lambda mark: b""), None),
        lambda: ((lambda mark: f'EXEC MSet "{NO_ACTION},IVR_DONE={mark}"\n'.encode()), None),
    ]
    return chance.choice(other)()


def _one_of(chance: random.Random, usual: tuple[str, ...], others: tuple[str, ...]) -> str:
    """Choose a usual value three times of four; else one of the others, or anything."""
    if chance.random() < 0.75:
        return chance.choice(usual)
    if chance.random() < 0.8:
        return chance.choice(others)
    return quote("".join(chance.choices(_MORE_RANDOM, k=chance.randint(1, 30))))


def made(count: int, seed: int = 1) -> list[Caller]:
    """Make so many callers."""
    chance = random.Random(seed)
    callers = []
    for _ in range(count):
        directly = chance.random() < 0.4
        name = _one_of(chance, ("", "", "Ada", "Ada Lovelace"), NAMES)
        dialled = _one_of(chance, ("1000",), DIRECTLY) if directly else chance.choice(DIALLED)
        headers = "" if chance.random() < 0.75 else chance.choice(HEADERS)
        number = _one_of(chance, (*CLEAN, *(REMEMBERED,) * 8), NUMBERS)
        callers.append(Caller(directly, number, name, headers, dialled, *_answers(chance)))
    return callers
