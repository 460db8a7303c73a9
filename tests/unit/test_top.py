"""`ivr top`: what it shows of a state, how old that is, and what it says without a service."""

import json
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console
from typer.testing import CliRunner

from ivr.cli import app, common, top
from ivr.cli.live_board import Sort, board
from ivr.errors import IvrError

NOW = 1000.0


def caller(number: str, **more: Any) -> dict[str, Any]:
    usual = {
        "call_id": number,
        "number": number,
        "segment": "premium",
        "priority": 100,
        "queue": "premium",
        "state": "waiting",
        "since": 910.0,
        "position": 1,
        "agent": "",
        "rings": "",
        "rule": "vip",
        "reason": "value 91",
        "test": False,
    }
    return {**usual, **more}


AGENT = {
    "agent": "Anna",
    "interface": "PJSIP/anna",
    "state": "paused",
    "since": 940.0,
    "reason": "lunch",
    "call_id": "",
    "queues": ["premium"],
}
QUEUE = {"queue": "premium", "waiting": 7, "longest_wait": 90.0, "agents": 3, "free": 2}


def state(*callers: dict[str, Any], at: float | None = NOW) -> dict[str, Any]:
    return {
        "type": "state",
        "seq": 1,
        "at": NOW,
        "callers": {"at": at, "rows": list(callers), "more": 0},
        "agents": {"at": at, "rows": [AGENT], "more": 0},
        "queues": {"at": at, "rows": [QUEUE]},
    }


def drawn(told: dict[str, Any], sort: Sort = "priority", now: float = NOW) -> str:
    console = Console(width=160, force_terminal=False)
    with console.capture() as captured:
        console.print(board(told, sort, now))
    return captured.get()


def test_all_of_it_is_shown() -> None:
    text = drawn(state(caller("+44201"), caller("+44202", rings="Ben", test=True)))
    for words in ("+44201", "1:30", "vip: value 91", "Ben rings", "+44202 (test)", "paused: lunch"):
        assert words in text
    queue = next(line for line in text.splitlines() if line.startswith("premium"))
    assert queue.split() == ["premium", "7", "1:30", "3", "2"]
    assert "0 s old" in text
    assert "!" not in text


def test_what_is_old_is_marked_and_then_has_no_figures() -> None:
    told = state(caller("+44201"), at=NOW - 4)
    assert drawn(told).count("4 s old !") == 3
    assert "1:30" in drawn(told)
    gone = drawn(told, now=NOW + 8)
    assert gone.count("nobody hears from Asterisk") == 3
    queue = next(line for line in gone.splitlines() if line.startswith("premium"))
    assert queue.split() == ["premium", "–", "–", "–", "–"]  # noqa: RUF001
    assert "1:30" not in gone
    assert "+44201" in gone, "who it was is still there"


def test_what_was_never_known_is_no_zero() -> None:
    text = drawn(state(at=None))
    assert text.count("not known so far") == 3
    assert " 7 " not in text


def test_what_is_sent_is_text_and_nothing_else() -> None:
    text = drawn(state(caller("[red]x[/]", reason="a\x1b[2Jb\nc")))
    assert "[red]x[/]" in text
    assert "\x1b" not in text
    assert "a\\x1b[2Jb\\nc" in text


@pytest.mark.parametrize(
    ("sort", "order"),
    [
        ("priority", ["b", "a", "c", "d"]),
        ("wait", ["c", "b", "a", "d"]),
        ("segment", ["a", "b", "c", "d"]),
        ("queue", ["c", "b", "a", "d"]),
    ],
)
def test_callers_are_sorted_and_those_who_talk_come_last(sort: Sort, order: list[str]) -> None:
    told = state(
        caller("a", segment="a", priority=5, since=30.0, queue="z"),
        caller("b", segment="b", priority=9, since=20.0, queue="z"),
        caller("c", segment="c", priority=1, since=10.0, queue="y"),
        caller("d", segment="a", priority=99, since=1.0, queue="a", state="talking", agent="Anna"),
    )
    lines = [line.split() for line in drawn(told, sort).splitlines()]
    assert [line[1] for line in lines if len(line) > 1 and line[1] in "abcd"] == order


@contextmanager
def service(path: Path, *lines: bytes) -> Iterator[None]:
    """A service that says this to whoever comes, and no more."""
    ends = []
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as listener:
        listener.bind(str(path))
        listener.listen()

        def serve() -> None:
            end, _ = listener.accept()
            ends.append(end)
            end.sendall(b"".join(line + b"\n" for line in lines))
            end.shutdown(socket.SHUT_WR)

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield
        thread.join(5)
    for end in ends:
        end.close()


def ivr_top(path: Path, *options: str) -> Any:
    return CliRunner().invoke(app, ["top", *options], env={"IVR_LIVE_SOCKET": str(path)})


def line(told: object) -> bytes:
    return json.dumps(told).encode()


def test_one_picture_as_json_and_as_text(tmp_path: Path) -> None:
    for number, options in enumerate((("--once", "--json"), ("--once",), ())):
        path = tmp_path / f"{number}.sock"
        others = line({"type": "hello"}), line({"type": "new"})
        with service(path, *others, line(state(caller("+1")))):
            done = ivr_top(path, *options)
        assert done.exit_code == 0, done.exception
        if "--json" in options:
            assert json.loads(done.stdout) == state(caller("+1"))
        else:
            assert "+1" in done.stdout


def test_reasons_that_are_looked_up_are_waited_for(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(top, "_ANSWER_SECONDS", 0.2)
    path = tmp_path / "1.sock"
    with service(path, line(state(caller("+1", reason=None)))):
        done = ivr_top(path, "--once")
    assert "has closed" in str(done.exception)
    path = tmp_path / "2.sock"
    with service(path, line(state(caller("+1")))):
        assert ivr_top(path, "--once").exit_code == 0


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"type": "refused", "why": "this user may not read it"}, "as the service's user or root"),
        ({"type": "refused", "why": "too many read already"}, "too many read already"),
        ([], "not of our service"),
        ({"type": "state", "callers": 3}, "not of our service"),
        ({**state(), "agents": {"rows": [3]}}, "not of our service"),
    ],
)
def test_what_else_may_be_said(tmp_path: Path, said: object, words: str) -> None:
    with service(tmp_path / "live.sock", line(said)):
        done = ivr_top(tmp_path / "live.sock", "--once")
    assert isinstance(done.exception, IvrError)
    assert words in str(done.exception)


def test_without_a_service_it_says_how_to_start_one(tmp_path: Path) -> None:
    done = ivr_top(tmp_path / "live.sock")
    assert isinstance(done.exception, IvrError)
    assert "start it with `ivr serve`" in str(done.exception)
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as left:
        left.bind(str(tmp_path / "left.sock"))
    done = ivr_top(tmp_path / "left.sock")
    assert "connection refused" in str(done.exception)


def test_a_service_that_went_away_is_found_again(tmp_path: Path) -> None:
    path = tmp_path / "live.sock"
    with service(path, line(state(caller("+1")))):
        feed = top._LiveFeed(path)
        with feed:
            assert feed.newest(5) == state(caller("+1"))
            with pytest.raises(IvrError, match="has closed"):
                feed.newest(5)
    path.unlink()
    with pytest.raises(IvrError, match="start it"):
        feed.open()
    with pytest.raises(IvrError, match="let go"):
        feed.newest(1)
    with service(path, line(state(caller("+2")))), feed:
        assert feed.newest(5) == state(caller("+2"))


def test_who_may_not_is_told_who_may(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(self: socket.socket, address: object) -> None:
        raise PermissionError

    monkeypatch.setattr(socket.socket, "connect", refused)
    done = ivr_top(tmp_path / "live.sock")
    assert "may not read" in str(done.exception)
    assert "member of the group" in str(done.exception)


def test_an_interruption_ends_it_quietly(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(common, "out", Console(force_terminal=True))
    monkeypatch.setattr(top, "board", interrupted)
    with service(tmp_path / "live.sock", line(state())):
        done = ivr_top(tmp_path / "live.sock")
    assert (done.exit_code, done.exception) == (0, None)
