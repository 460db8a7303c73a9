"""The queues that a caller waited in, and the talks: for people to read."""

from collections.abc import Iterator, Sequence

from rich.markup import escape

from ivr.domain.calls.stays import Stay, Talk


def course_lines(
    stays: Sequence[Stay],
    talks: Sequence[Talk],
    parts: Sequence[str],
    part_of: str,
) -> Iterator[str]:
    """Make the lines, in Rich's markup.

    `parts` are the calls that agents made for this one, `part_of` the one this one was made for.
    """
    yield from _titled("waited", [_stay(stay) for stay in stays])
    yield from _titled("talked", [_talk(talk) for talk in talks])
    made = [f"call {part}, which an agent made for this caller" for part in parts]
    yield from _titled("with", made)
    if part_of:
        yield from _titled("part of", [f"call {part_of}: an agent made this one for that caller"])


def _titled(title: str, lines: Sequence[str]) -> Iterator[str]:
    for place, line in enumerate(lines):
        yield f"[cyan]{'' if place else title:<12}[/] {escape(line)}"


def _stay(stay: Stay) -> str:
    about = [f"in {stay.queue}"]
    if stay.wait_seconds is not None:
        about.append(f"{stay.wait_seconds:.1f} s")
    answered = stay.how == "answered"
    about.append(f"answered by {stay.agent or stay.interface}" if answered else stay.how)
    if stay.priority is not None:
        about.append(f"priority {stay.priority}")
    if stay.within is not None:
        about.append(f"{stay.verdict} (within {stay.within:g} s)")
    return ", ".join(about) + _told(stay)


def _talk(talk: Talk) -> str:
    about = [f"with {talk.agent or talk.interface}"]
    about.append("going on" if talk.seconds is None else f"{talk.seconds:.1f} s")
    if talk.passed_how:
        about.append(f"then passed on to {talk.passed_to or '?'} ({talk.passed_how} transfer)")
    elif talk.ended_by:
        about.append(f"ended by the {talk.ended_by}")
    return ", ".join(about) + _told(talk)


def _told(part: Stay | Talk) -> str:
    return "" if part.source == "ami" else " (from queue_log: whole seconds)"
