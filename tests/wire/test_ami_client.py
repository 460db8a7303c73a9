"""Each guard of the AMI client, against a server that does what the guard is for."""

import asyncio
from collections.abc import Callable, Iterable
from itertools import islice
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from structlog.testing import capture_logs

from ivr.ami import action_request
from ivr.ami import client as guarded
from ivr.ami.client import AmiClient, AmiRefusedError
from ivr.ami.message import Message
from ivr.errors import AmiError
from tests.wire.fake_ami import (
    LIMIT,
    FakeAmi,
    accepted,
    block,
    eventually,
    free_port,
    listed,
    refused,
    running,
    silence,
)

BANNER = b"Asterisk Call Manager/11.0.0\r\n"


@pytest.fixture(autouse=True)
def _short_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guarded, "FIRST_PAUSE", 0.005)
    monkeypatch.setattr(guarded, "LONGEST_PAUSE", 0.02)


# --- the connection: noticed when it is lost, taken up again, given up cleanly ------------------------


async def test_a_half_open_connection_is_noticed_and_replaced() -> None:
    async with FakeAmi() as ami:
        client = ami.client(ping_interval=0.01, answer_timeout=0.2)
        async with running(client):
            ami.answers["Ping"] = silence
            await eventually(lambda: ami.connections == 2)
            ami.answers["Ping"] = accepted("Pong")
            await eventually(lambda: client.connected)


async def test_answered_pings_keep_the_connection() -> None:
    async with FakeAmi() as ami:
        async with running(ami.client(ping_interval=0.005)):
            await eventually(lambda: ami.count("Ping") >= 10)
        assert ami.connections == 1


async def test_an_unanswered_action_fails_and_is_never_sent_again() -> None:
    async with FakeAmi() as ami:
        ami.answers["Originate"] = silence
        client = ami.client()
        async with running(client):
            originate = asyncio.create_task(client.request("Originate", Channel="PJSIP/101"))
            await eventually(lambda: ami.count("Originate") == 1)
            ami.drop()
            with pytest.raises(AmiError, match="Originate: connection lost"):
                await originate
            await eventually(lambda: ami.connections == 2 and client.connected)
            ami.event("FullyBooted")  # upon which panoramisk sends again what it has put aside
            await client.request("Ping")
        assert ami.count("Originate") == 1


async def test_each_loss_is_noticed_and_logged() -> None:
    async with FakeAmi() as ami:
        client = ami.client()
        with capture_logs() as logs:
            async with running(client):
                ami.half_close()
                await eventually(lambda: ami.connections == 2 and client.connected)
                ami.half_close()
                await eventually(lambda: ami.connections == 3 and client.connected)
        lost = [entry["why"] for entry in logs if entry["event"] == "ami lost"]
        assert lost == ["Asterisk closed the connection"] * 2


async def test_shutdown_ends_the_connection_and_what_waits() -> None:
    seen: list[str] = []
    async with FakeAmi() as ami:
        ami.answers["Status"] = lambda action: block(Event="Shutdown", Restart="True")
        client = ami.client(on_event=lambda message: seen.append(message.header("Event")))
        with capture_logs() as logs:
            async with running(client):
                with pytest.raises(AmiError, match="Asterisk is shutting down"):
                    await client.collect("Status")
                await eventually(lambda: ami.connections == 2)
        assert seen == ["Shutdown"]
        assert [entry["why"] for entry in logs if entry["event"] == "ami lost"] == ["Asterisk is shutting down"]


async def test_cancelling_leaves_nothing_behind() -> None:
    async with FakeAmi() as ami:
        ami.answers["Status"] = silence
        client = ami.client(on_login=asyncio.Event().wait)
        before = asyncio.all_tasks()
        async with running(client):
            status = asyncio.create_task(client.request("Status"))
            await eventually(lambda: ami.count("Status") == 1)
        assert not client.connected
        with pytest.raises(AmiError, match="connection lost: closed by us"):
            await status
        with pytest.raises(AmiError, match="not connected"):
            await client.request("Ping")
        await eventually(lambda: not ami.writers)
        assert asyncio.all_tasks() == before


async def test_cancelled_between_two_attempts() -> None:
    client = AmiClient("127.0.0.1", free_port(), "ivr", "secret")
    task = asyncio.create_task(client.run())
    await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task


def test_pauses_grow_to_a_limit_and_are_spread(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guarded, "FIRST_PAUSE", 0.5)
    monkeypatch.setattr(guarded, "LONGEST_PAUSE", 5.0)
    for pause, middle in zip(guarded._pauses(), (0.5, 1, 2, 4, 5, 5, 5), strict=False):
        assert 0.8 * middle <= pause <= 1.2 * middle
    assert len({round(next(guarded._pauses()), 9) for _ in range(20)}) > 10


async def test_a_refused_login_is_logged_once_and_tried_again() -> None:
    async with FakeAmi() as ami:
        good = ami.answers["Login"]
        ami.answers["Login"] = refused("Authentication failed")
        client = ami.client()
        with capture_logs() as logs:
            task = asyncio.create_task(client.run())
            await eventually(lambda: ami.count("Login") >= 4)
            assert not client.connected
            ami.answers["Login"] = good
            await eventually(lambda: client.connected)
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)
        (why,) = [entry["why"] for entry in logs if entry["event"] == "ami lost"]
        assert why.startswith("login refused for user ivr: check IVR_AMI_USER and IVR_AMI_SECRET")
        assert "secret" not in str(logs)


async def test_on_login_can_ask_and_is_repeated_until_it_succeeds() -> None:
    outcomes: list[str] = []

    async def on_login() -> None:
        try:
            await client.collect("QueueStatus")
            outcomes.append("good")
        except AmiError:
            outcomes.append("refused")
            ami.answers["QueueStatus"] = listed([])
            raise

    async with FakeAmi() as ami:
        client = ami.client(on_login=on_login)
        with capture_logs() as logs:
            async with running(client):
                await eventually(lambda: outcomes == ["refused", "good"])
                ami.drop()
                await eventually(lambda: outcomes == ["refused", "good", "good"])
    failed = [entry for entry in logs if entry["event"] == "ami on_login failed"]
    assert [entry["why"].partition(":")[0] for entry in failed] == ["QueueStatus"]
    assert "exc_info" not in failed[0], "a line, for what a person can mend"


# --- a session for a while: errors that say what to do ------------------------------------------------


async def test_a_session_asks_and_closes() -> None:
    async with FakeAmi() as ami:
        async with ami.client().session() as client:
            assert client.connected
            assert (await client.request("Ping")).header("message") == "Pong"
        assert not client.connected
        await eventually(lambda: not ami.writers)


async def _refusal_of(client: AmiClient) -> str:
    with pytest.raises(AmiError) as caught:
        async with asyncio.timeout(LIMIT), client.session():
            pass
    return str(caught.value)


async def test_nobody_listens() -> None:
    port = free_port()
    why = await _refusal_of(AmiClient("127.0.0.1", port, "ivr", "secret"))
    assert why == f"cannot connect to 127.0.0.1:{port}: connection refused: is Asterisk running?"


async def test_the_secret_is_wrong() -> None:
    async with FakeAmi() as ami:
        why = await _refusal_of(ami.client(user="nobody"))
    assert "login refused for user nobody: check IVR_AMI_USER and IVR_AMI_SECRET against manager.conf" in why
    assert "Authentication failed" in why


@pytest.mark.parametrize("banner", [b"SSH-2.0-OpenSSH_9.2\r\n", b"x" * 300, b"\r\nAsterisk Call Manager/"])
async def test_another_service_listens_and_never_gets_the_secret(banner: bytes) -> None:
    async with FakeAmi() as ami:
        ami.banner = banner
        assert "no Asterisk manager there" in await _refusal_of(ami.client())
        assert ami.raw == b""


@pytest.mark.parametrize("banner", [b"", b"Asterisk Call Mana"])
async def test_a_server_that_says_nothing(banner: bytes) -> None:
    async with FakeAmi() as ami:
        ami.banner = banner
        assert "no answer within 0.05 s" in await _refusal_of(ami.client(answer_timeout=0.05))


async def test_a_server_that_does_not_answer_the_login() -> None:
    async with FakeAmi() as ami:
        ami.answers["Login"] = silence
        assert "Login: no answer within 0.05 s" in await _refusal_of(ami.client(answer_timeout=0.05))


# --- requests -----------------------------------------------------------------------------------------


async def test_asterisk_refuses() -> None:
    async with FakeAmi() as ami, ami.client().session() as client:
        ami.answers["QueueAdd"] = refused("Unable to add interface: Already there")
        with pytest.raises(AmiRefusedError, match="QueueAdd: Unable to add interface: Already there"):
            await client.request("QueueAdd", Queue="q", Interface="PJSIP/101")


@pytest.mark.parametrize(
    ("action", "text"),
    [
        ("QueueAdd", "Added interface to queue"),
        ("Originate", "Originate successfully queued"),
        ("PlayDTMF", "DTMF successfully queued"),
        ("QueueReset", "Results will follow"),
    ],
)
async def test_answers_that_look_like_the_beginning_of_a_list(action: str, text: str) -> None:
    async with FakeAmi() as ami, ami.client(answer_timeout=0.5).session() as client:
        ami.answers[action] = accepted(text)
        assert (await client.request(action)).header("Message") == text
        assert (await client.request("Ping")).header("Message") == "Pong"


async def test_an_event_with_our_id_is_no_answer() -> None:
    async with FakeAmi() as ami, ami.client().session() as client:
        late = accepted("done")
        ami.answers["Originate"] = lambda action: (
            block(Event="OriginateResponse", ActionID=action["ActionID"]) + late(action)
        )
        assert (await client.request("Originate")).header("Message") == "done"


async def test_an_answer_that_comes_too_late_disturbs_nobody() -> None:
    async with FakeAmi() as ami, ami.client(answer_timeout=0.05).session() as client:
        ami.answers["Status"] = silence
        with pytest.raises(AmiError, match=r"Status: no answer within 0\.05 s"):
            await client.request("Status")
        ami.send(accepted("late")(ami.actions[-1]))
        assert (await client.request("Ping")).header("Message") == "Pong"
        assert client._connection is not None
        assert not client._connection.protocol.responses


@pytest.mark.parametrize("bad", ["a\r\nAction: Originate", "a\nX: y", "a\rX: y", "a\0b", "\udcff", "x" * 1100])
async def test_a_value_cannot_carry_another_action(bad: str) -> None:
    async with FakeAmi() as ami, ami.client().session() as client:
        sent = ami.raw
        attempts: list[tuple[str, dict[str, Any]]] = [
            ("UserEvent", {"Value": bad}),
            ("UserEvent", {"Variable": ["good", bad]}),
            ("UserEvent", {bad: "value"}),
            (bad, {}),
        ]
        for action, headers in attempts:
            with pytest.raises(AmiError):
                await client.request(action, headers)
            with pytest.raises(AmiError):
                await client.collect(action, headers)
        await client.request("Ping")
        assert ami.raw.removeprefix(sent).count(b"Action:") == 1
        assert b"Originate" not in ami.raw


async def test_an_action_id_is_ours_and_too_many_headers_are_refused() -> None:
    async with FakeAmi() as ami, ami.client().session() as client:
        for headers in ({"ActionID": "1"}, {"Variable": ["a=b"] * 200}):
            with pytest.raises(AmiError):
                await client.request("UserEvent", headers)
        await client.request("Ping")
        assert ami.count("UserEvent") == 0


async def test_headers_in_any_form() -> None:
    async with FakeAmi() as ami, ami.client().session() as client:
        ami.answers["Originate"] = accepted()
        await client.request("Originate", {"Other-Number": "ä"}, Timeout=3000, Variable=["a=1", "b=2"], Async="true")
        rows = ami.raw.decode().split("\r\n")
        expected = {"Other-Number: ä", "Timeout: 3000", "Variable: a=1", "Variable: b=2", "Async: true"}
        assert expected <= set(rows)


@pytest.mark.parametrize("count", [0, 1, 3000])
async def test_lists_of_any_length_amid_other_events(count: int) -> None:
    seen: list[Message] = []
    wanted = [{"Event": "QueueEntry", "Position": str(number), "Name": "Complete"} for number in range(count)]
    other = block(Event="Newexten", Exten="Complete") + block(Event="AgentComplete", Uniqueid="1.1")
    async with FakeAmi() as ami, ami.client(on_event=seen.append).session() as client:
        ami.answers["QueueStatus"] = listed(wanted, between=other)
        entries = await client.collect("QueueStatus", Queue="premium-queue")
        assert [entry.number("Position") for entry in entries] == list(range(count))
        assert len(seen) == 2 * count


async def test_two_lists_at_once() -> None:
    async with FakeAmi() as ami, ami.client().session() as client:
        ami.answers["One"] = listed([{"Event": "A"}] * 3)
        ami.answers["Two"] = listed([{"Event": "B"}] * 2)
        one, two = await asyncio.gather(client.collect("One"), client.collect("Two"))
        assert ([m.header("Event") for m in one], [m.header("Event") for m in two]) == (["A"] * 3, ["B"] * 2)


async def test_a_refused_list_does_not_wait_for_its_end() -> None:
    async with FakeAmi() as ami, ami.client().session() as client:
        ami.answers["CoreShowChannels"] = refused("Permission denied")
        with pytest.raises(AmiRefusedError, match="CoreShowChannels: Permission denied"):
            await client.collect("CoreShowChannels")


async def test_a_list_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(action_request, "MAX_ANSWER", 10_000)
    async with FakeAmi() as ami, ami.client().session() as client:
        ami.answers["Status"] = listed([{"Event": "Status", "Text": "x" * 100}] * 1000)
        with pytest.raises(AmiError, match="too long"):
            await client.collect("Status")
        assert (await client.request("Ping")).header("Message") == "Pong"


# --- events -------------------------------------------------------------------------------------------


async def test_a_callback_that_raises_does_not_cost_the_next_events() -> None:
    seen: list[str] = []

    def on_event(message: Message) -> None:
        seen.append(message.header("Number"))
        raise ValueError(message)

    async with FakeAmi() as ami, ami.client(on_event=on_event).session() as client:
        with capture_logs() as logs:
            ami.send(b"".join(block(Event="Newchannel", Number=number) for number in range(5)))
            await client.request("Ping")
        assert seen == list("01234")
        assert len(logs) == 5


async def test_an_endless_message_ends_the_connection(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guarded, "MAX_MESSAGE", 10_000)
    async with FakeAmi() as ami:
        with capture_logs() as logs:
            async with running(ami.client()):
                ami.send(b"Event: Newchannel\r\nExten: " + b"9" * 11_000)
                await eventually(lambda: ami.connections == 2)
        assert "a message of more than 10000 bytes" in {entry.get("why") for entry in logs}


def test_the_first_of_repeated_headers_counts() -> None:
    message = Message.from_line("Event: Hangup\r\nUniqueid: 1.1\r\nuniqueid: 2.2\r\nEVENT: Newchannel\r\n: x")
    assert message is not None
    assert (message.header("Event"), message.header("UNIQUEID")) == ("Hangup", "1.1")
    assert message.all("Uniqueid") == ["1.1", "2.2"]
    assert (message.event, message["uniqueid"]) == ("Hangup", "1.1")  # panoramisk's own ways in
    assert message.header("absent") == ""


def test_a_line_feed_alone_begins_no_header() -> None:
    message = Message.from_line("Event: Hangup\r\nCause-txt: x\nUniqueid: 2.2\r\nUniqueid: 1.1")
    assert message is not None
    assert message.header("Uniqueid") == "1.1"


@pytest.mark.parametrize("text", ["", "-1", "1.0", " 1", "٣", "1_0", "9" * 10, "nan"])
def test_what_is_no_number(text: str) -> None:
    assert Message({"Event": "x", "Wait": text}).number("Wait") is None


# --- bytes, in whatever pieces ------------------------------------------------------------------------


class _NoTransport(asyncio.Transport):
    """Takes what is sent to it."""

    def __init__(self) -> None:
        super().__init__()
        self.aborted = False

    def write(self, data: bytes | bytearray | memoryview) -> None:
        pass

    def pause_reading(self) -> None:
        pass

    def resume_reading(self) -> None:
        pass

    def abort(self) -> None:
        self.aborted = True


def _fed(pieces: Iterable[bytes], check: Callable[["guarded._Protocol"], None] = lambda _: None) -> list[Message]:
    """The events that the pieces give. `check` is called after each."""
    seen: list[Message] = []

    async def feed() -> None:
        connection = guarded._Connection(seen.append, answer_timeout=1)
        protocol = guarded._Protocol(connection)
        protocol.connection_made(_NoTransport())
        request = action_request.ActionRequest({"Action": "Status", "ActionID": "7"}, as_list=True)
        connection.send_action(request, as_list=True)
        for piece in pieces:
            if not protocol.closed:
                protocol.data_received(piece)
            check(protocol)
        connection.close()
        await asyncio.wait([request.future])
        request.future.exception()

    asyncio.run(feed())
    return seen


STREAM = BANNER + block(Event="Newchannel", Name="Zoë €  ☎ 𝄞") + block(Event="Hangup", Name="ü")


@pytest.mark.parametrize("size", [1, 2, 3, 5, 7, 11, 1000])
def test_pieces_of_any_size_give_the_same_events(size: int) -> None:
    rest = iter(STREAM)
    seen = _fed(iter(lambda: bytes(islice(rest, size)), b""))
    assert [(m.header("Event"), m.header("Name")) for m in seen] == [
        ("Newchannel", "Zoë €  ☎ 𝄞"),
        ("Hangup", "ü"),
    ]


def test_bytes_that_are_no_utf8_are_replaced() -> None:
    (message,) = _fed([BANNER, b"Event: Newchannel\r\nName: Zo\xeb\xff!\r\n\r\n"])
    assert message.header("Name") == "Zo\ufffd\ufffd!"


PIECES = st.one_of(
    st.binary(max_size=40),
    st.just(b"x" * 300),
    st.sampled_from(
        [
            BANNER, b"\r\n", b"\r\n\r\n", b"\n\n", b": ", b"Event: ", b"Event: Shutdown\r\n",
            b"Event: XComplete\r\n", b"Response: Success\r\n", b"Response: Error\r\n",
            b"Response: Follows\r\n", b"ActionID: 7\r\n", b"actionid: 7\r\n", b"CommandID: 7\r\n",
            b"Message: successfully queued\r\n", b"EventList: start\r\n", b"EventList: Complete\r\n",
            b"SubEvent: Start\r\n", b"Result: %ff\r\n", b"\xe2\x82",
        ]
    ),
)  # fmt: skip


@settings(max_examples=200, deadline=None)
@given(pieces=st.lists(PIECES, max_size=40), greeted=st.booleans())
def test_whatever_the_server_sends_nothing_raises_and_little_is_kept(pieces: list[bytes], greeted: bool) -> None:
    def check(protocol: guarded._Protocol) -> None:
        kept = [request for request in protocol.responses.values() if not request.future.done()]
        assert len(protocol._buffer) <= guarded.MAX_MESSAGE
        assert sum(message.size for request in kept for message in request.responses) <= action_request.MAX_ANSWER
        assert not protocol.factory.awaiting_actions
        assert protocol.transport.aborted == protocol.closed

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(guarded, "MAX_MESSAGE", 500)
        patch.setattr(action_request, "MAX_ANSWER", 200)
        _fed([BANNER, *pieces] if greeted else pieces, check)
