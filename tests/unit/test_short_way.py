"""The short way of the usual caller, as the dialplan's text has it."""

import re
from collections.abc import Iterator

import pytest

from ivr.agi.variables import VARIABLES
from tests.unit.test_contract import DIALPLAN, REPOSITORY, asked, contexts, set_by

SHORT, LONG = "ivr-usual", "ivr-ask"
MARKED = re.compile(r'"\$\{IVR_DONE\}" !?= "\$\{CALL_MARK\}"')
REASON = re.compile(r"; +(\d+)\. \S.*")


def expression(line: str) -> tuple[list[str], str]:
    """Return what is in each pair of outer brackets of an expression, and what is outside."""
    found: list[str] = []
    outside, depth, start = "", 0, 0
    text = line[line.index("$[") + 2 :]
    for place, letter in enumerate(text):
        depth -= letter == ")"
        if depth == 0 and letter == "]":
            return found, outside
        if depth == 0 and letter == ")":
            found.append(text[start:place])
        elif depth == 0 and letter == "(":
            start = place + 1
        elif depth == 0:
            outside += letter
        depth += letter == "("
    raise AssertionError(line)


def conditions(line: str) -> list[str]:
    """Return the conditions of a line's expression, each of which is in brackets."""
    found, outside = expression(line)
    assert set(outside) <= set(" &|"), outside
    return found


def reasons(heading: str) -> int:
    """Count the numbered lines below a remark that holds this."""
    lines = DIALPLAN[DIALPLAN.index(heading) :].splitlines()[1:]
    numbers = []
    for line in lines:
        if found := REASON.match(line):
            numbers.append(int(found[1]))
        elif numbers and not line.startswith(";      "):
            break
    assert numbers == list(range(1, len(numbers) + 1))
    return len(numbers)


def line_of(context: str, *words: str) -> str:
    """Return the one line of a context that has all these words."""
    (found,) = [line for line in contexts(DIALPLAN)[context] if all(word in line for word in words)]
    return found


@pytest.mark.parametrize(
    ("heading", "context", "leads"),
    [
        ("The usual caller is clean", "ivr", "]?ivr-usual,s,1)"),
        ("At `room`, without having asked", SHORT, "]?room)"),
        ("At `asked`, as if [ivr-ask]", SHORT, "]?asked)"),
    ],
)
def test_each_condition_of_the_short_way_has_a_line_with_its_reason(
    heading: str,
    context: str,
    leads: str,
) -> None:
    assert len(conditions(line_of(context, leads))) == reasons(heading) > 3


def test_both_ways_ask_and_tell_alike() -> None:
    lines = contexts(DIALPLAN)
    asks = [lines[context][asks_at(lines[context])] for context in (SHORT, LONG)]
    assert asks[0].partition("AGI(")[2] == asks[1].partition("AGI(")[2]
    assert asks[0].partition("AGI(")[2].removesuffix(")").split(",") == asked(DIALPLAN)
    for tells in ("UserEvent(IvrRouted,", "NONE,IVRROUTED,"):
        both = [line_of(context, tells).partition(tells)[2] for context in (SHORT, "ivr-decided")]
        assert both[0] == both[1]
    begins = [line_of(context, "IVRSTART").partition("QueueLog(")[2] for context in (SHORT, "ivr")]
    assert begins[0] == begins[1]
    mark = r"CALL_MARK=\$\{EPOCH\}-\$\{RAND\(100000000,999999999\)\}"
    assert all(re.search(mark, "\n".join(lines[context])) for context in (SHORT, LONG))
    crowd = conditions(line_of("ivr", "ivr-crowd"))
    assert conditions(line_of(SHORT, "]?room)"))[2:] == crowd


def answers_in(line: str) -> set[str]:
    """Return the variables of the service's answer that a line reads."""
    return {name for name in re.findall(r"\$\{(IVR_[A-Z_]+)", line) if name in VARIABLES}


def after_requests() -> Iterator[str]:
    """Give each line that may run after a request, before anything has set all variables."""
    lines = contexts(DIALPLAN)
    short, long = (lines[context][asks_at(lines[context]) + 1 :] for context in (SHORT, LONG))
    yield short[0]
    yield from short[short.index("same => n,Goto(ivr,${CALL_DID},greet)") + 1 :]
    yield from long
    yield lines["ivr-fall-back"][0]
    yield from lines["ivr-without"]


def asks_at(lines: list[str]) -> int:
    """Return the number of the line that asks the service."""
    return next(n for n, line in enumerate(lines) if re.search(r",AGI\(", line))


@pytest.mark.abuse
def test_nothing_reads_an_answer_before_its_mark_has_been_seen() -> None:
    """Half an answer may be set, or what another dialplan has set for somebody else."""
    read = [line for line in after_requests() if answers_in(line)]
    assert len(read) == 3
    for line in read:
        assert MARKED.search(line), line
    first = conditions(line_of(SHORT, "]?asked)"))[0]
    assert first == '"${IVR_DONE}" != "${CALL_MARK}"'


def test_who_comes_back_from_a_request_looks_first_whether_the_answer_is_whole() -> None:
    for name, lines in contexts(DIALPLAN).items():
        for number, line in enumerate(lines):
            if not re.search(r"Gosub\(ivr-ask,(s|T),", line):
                continue
            follows = lines[number + 1]
            if follows in ("same => n,Goto(asked)", "same => n,Goto(ivr,${CALL_DID},asked)"):
                follows = line_of("ivr", "n(asked),")
            assert re.search(r'\$\["\$\{CALL_WHOLE\}" = ("" \||"1"\])', follows), (name, line)
    whole, falls_back = contexts(DIALPLAN)["ivr-fall-back"][0], line_of("ivr", "n(asked),")
    assert '["${CALL_WHOLE}" = ""]?ivr-without,s,1)' in whole
    assert '"${CALL_WHOLE}" = "" | (' in falls_back


def test_nothing_reads_an_answer_before_the_request() -> None:
    """But the step of the fail-open ladder, which is cleared, and in which a crowd is recalled."""
    lines = contexts(DIALPLAN)
    own = lines["ivr"]
    asks = next(n for n, line in enumerate(own) if "Gosub(ivr-ask" in line)
    before = [*own[:asks], *lines[SHORT][: asks_at(lines[SHORT])]]
    for context in ("ivr-attestation", "ivr-privacy", "ivr-asserted"):
        before += lines[context]
    assert set().union(*map(answers_in, before)) == set()
    assert set().union(*map(answers_in, lines["ivr-crowd"])) == {"IVR_RUNG"}
    assert "IVR_RUNG" in set_by(own[0])


@pytest.mark.abuse
def test_only_the_dialplan_takes_back_the_limit_of_a_second() -> None:
    """A service that stands still after it had done so would hold the call for ever."""
    sources = [path.read_text(encoding="utf-8") for path in (REPOSITORY / "ivr").rglob("*.py")]
    sets = sum("TIMEOUT(absolute)" in source for source in sources)
    assert sets == 1, "that of a PIN, which makes it longer"
    assert not any("TIMEOUT(absolute)=0" in source for source in sources)
    assert not any("TIMEOUT" in name for name in VARIABLES)
    for name, lines in contexts(DIALPLAN).items():
        asks = [n for n, line in enumerate(lines) if re.search(r",AGI\(", line)]
        for number in asks:
            assert "TIMEOUT(absolute)=1" in "\n".join(lines[:number]), name
            after = "\n".join(lines[number + 1 :])
            assert "TIMEOUT(absolute)=0" in after or name == "ivr-probe"  # which hangs up


def test_the_usual_caller_asks_asterisks_sip_side_twice_and_calls_no_subroutine() -> None:
    """Each time the call waits for another thread; and each step is told to all who watch."""
    lines = contexts(DIALPLAN)
    greets = lines[SHORT].index("same => n,Goto(ivr,${CALL_DID},greet)")
    usual = [*lines["ivr"][:2], *lines[SHORT][: greets + 1]]
    assert re.findall(r"PJSIP_\w+|CHANNEL\(pjsip", "\n".join(usual)) == [
        "CHANNEL(pjsip",
        "PJSIP_HEADERS",
    ]
    assert not any("Gosub" in line for line in usual)
    assert len(usual) + 1 <= 12  # and the Goto() of numbers.conf
