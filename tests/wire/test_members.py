"""Queue members are brought into step, against an Asterisk with queues of its own."""

import pytest
from structlog.testing import capture_logs

from ivr.ami.members import MOST_TOLD, MemberOutcome, Watchman, bring_into_step
from ivr.domain.agent_interfaces import Interfaces
from ivr.domain.agents import Agent, Change, Member, Strangers
from ivr.errors import AmiError, StoreError
from tests.wire.fake_ami import Answer, FakeAmi, Headers, accepted, listed, refused, silence

ADA, BEN = "PJSIP/101", "PJSIP/102"
LOCAL = "Local/201@from-queue/n"
NAMES = {ADA: "Ada", BEN: "Ben"}
ANY = Interfaces(("PJSIP/NAME", "Local/N@from-queue/n"))
Key = tuple[str, str]


class Owned:
    """Remembers in memory. `log` has what was recorded, in order."""

    def __init__(self, *keys: Key) -> None:
        self.keys = set(keys)
        self.broken = False
        self.log: list[tuple[str, str, str]] = []

    def owned(self) -> set[Key]:
        return set(self.keys)

    def own(self, queue: str, interface: str) -> None:
        if self.broken:
            raise StoreError("the disk is full")
        self.log.append(("own", queue, interface))
        self.keys.add((queue, interface))

    def disown(self, queue: str, interface: str) -> None:
        self.log.append(("disown", queue, interface))
        self.keys.discard((queue, interface))


class Queues:
    """app_queue, as far as AMI shows it."""

    def __init__(self, *queues: str) -> None:
        self.queues = queues
        self.members: dict[Key, Headers] = {}

    def put(self, queue: str, interface: str, penalty: int, membership: str = "dynamic") -> None:
        self.members[queue, interface] = {
            "Event": "QueueMember", "Queue": queue, "Name": NAMES.get(interface, interface), "Location": interface,
            "Membership": membership, "Penalty": str(penalty),
        }  # fmt: skip

    @property
    def penalties(self) -> dict[Key, int]:
        return {key: int(member["Penalty"]) for key, member in self.members.items()}

    def install(self, ami: FakeAmi) -> None:
        params: list[Headers] = [{"Event": "QueueParams", "Queue": queue} for queue in self.queues]
        ami.answers |= {
            "QueueStatus": listed([*params, *self.members.values()]),
            "QueueAdd": lambda action: self._add(action)(action),
            "QueuePenalty": lambda action: self._penalty(action)(action),
            "QueueRemove": lambda action: self._remove(action)(action),
        }

    def _add(self, action: Headers) -> Answer:
        if action["Queue"] not in self.queues:
            return refused("Unable to add interface to queue: No such queue")
        if (action["Queue"], action["Interface"]) in self.members:
            return refused("Unable to add interface: Already there")
        self.put(action["Queue"], action["Interface"], int(action["Penalty"]))
        return accepted("Added interface to queue")

    def _penalty(self, action: Headers) -> Answer:
        self.members[action["Queue"], action["Interface"]]["Penalty"] = action["Penalty"]
        return accepted("Interface penalty set successfully")

    def _remove(self, action: Headers) -> Answer:
        if self.members.pop((action["Queue"], action["Interface"]), None) is None:
            return refused("Unable to remove interface: Not there")
        return accepted("Removed interface from queue")


def agent(name: str, interface: str, **skills: int) -> Agent:
    return Agent(name, interface, skills)


async def step(
    queues: Queues, agents: list[Agent], owned: Owned, *, answers: dict[str, Answer] | None = None
) -> tuple[MemberOutcome, FakeAmi]:
    async with FakeAmi() as ami:
        queues.install(ami)
        ami.answers |= answers or {}
        async with ami.client(answer_timeout=0.1 if answers else 2).session() as client:
            return await bring_into_step(client, agents, owned, ANY), ami


async def test_declared_agents_are_added_with_name_and_rank() -> None:
    queues, owned = Queues("premium", "general"), Owned()
    outcome, ami = await step(queues, [agent("Ada", ADA, premium=5, general=2)], owned)
    assert queues.penalties == {("premium", ADA): 0, ("general", ADA): 3}
    assert owned.keys == queues.penalties.keys()
    assert [change.kind for change in outcome.done] == ["add", "add"]
    adds = [action for action in ami.actions if action["Action"] == "QueueAdd"]
    assert {action["MemberName"] for action in adds} == {"Ada"}


async def test_a_member_is_added_with_the_device_whose_state_counts() -> None:
    queues, owned = Queues("premium"), Owned(("premium", LOCAL))
    queues.put("premium", LOCAL, 0)
    queues.members["premium", LOCAL] |= {"Name": "Eva", "Paused": "1", "PausedReason": "lunch"}
    agents = [agent("Eva", LOCAL, premium=5), agent("Ada", ADA, premium=5)]
    _, ami = await step(queues, agents, owned)
    adds = {action["Interface"]: action for action in ami.actions if action["Action"] == "QueueAdd"}
    assert adds[LOCAL]["StateInterface"] == "hint:201@ext-local"
    assert (adds[LOCAL]["Paused"], adds[LOCAL]["Reason"]) == ("true", "lunch")
    assert not {"StateInterface", "Paused", "Reason"} & adds[ADA].keys()


async def test_a_second_time_changes_nothing() -> None:
    queues, owned = Queues("premium"), Owned()
    ada = agent("Ada", ADA, premium=5)
    await step(queues, [ada], owned)
    outcome, ami = await step(queues, [ada], owned)
    assert outcome == MemberOutcome()
    assert {action["Action"] for action in ami.actions} == {"Login", "QueueStatus"}


@pytest.mark.abuse
async def test_a_changed_skill_and_an_agent_who_left() -> None:
    queues, owned = Queues("premium"), Owned(("premium", ADA), ("premium", BEN))
    queues.put("premium", ADA, 4)
    queues.put("premium", BEN, 0)
    outcome, _ = await step(queues, [agent("Ada", ADA, premium=5)], owned)
    assert queues.penalties == {("premium", ADA): 0}
    assert owned.keys == {("premium", ADA)}
    assert [change.kind for change in outcome.done] == ["set_penalty", "remove"]


async def test_members_of_others_are_left_alone() -> None:
    queues, owned = Queues("premium"), Owned(("premium", BEN))
    queues.put("premium", ADA, 0)
    queues.put("premium", BEN, 0, membership="static")
    queues.put("premium", "PJSIP/103", 0, membership="realtime")
    outcome, _ = await step(queues, [], owned)
    assert outcome == MemberOutcome()
    assert len(queues.members) == 3


async def test_a_queue_that_asterisk_lacks_is_reported_and_stops_nothing() -> None:
    queues, owned = Queues("general"), Owned()
    with capture_logs() as logs:
        outcome, _ = await step(queues, [agent("Ada", ADA, premium=5, general=5)], owned)
    assert queues.penalties == {("general", ADA): 0}
    assert owned.keys == {("general", ADA)}
    assert outcome.failed == [
        (
            Change("add", Member("premium", ADA, "Ada", 0)),
            "QueueAdd: Unable to add interface to queue: No such queue",
        )
    ]
    (warning,) = [entry for entry in logs if entry["event"] == "queue missing"]
    assert (warning["queue"], warning["log_level"]) == ("premium", "warning")
    assert "queues.conf" in warning["hint"]


async def test_ownership_is_recorded_before_the_add_is_sent() -> None:
    queues, owned = Queues("premium"), Owned()
    at_the_add: list[set[Key]] = []

    def add(action: Headers) -> bytes:
        at_the_add.append(owned.owned())
        return accepted()(action)

    await step(queues, [agent("Ada", ADA, premium=5)], owned, answers={"QueueAdd": add})
    assert at_the_add == [{("premium", ADA)}]


async def test_an_add_without_answer_may_have_happened_and_stays_ours() -> None:
    owned = Owned()
    outcome, _ = await step(Queues("premium"), [agent("Ada", ADA, premium=5)], owned, answers={"QueueAdd": silence})
    assert owned.keys == {("premium", ADA)}
    assert len(outcome.failed) == 1


async def test_a_remove_without_answer_is_tried_again_next_time() -> None:
    queues, owned = Queues("premium"), Owned(("premium", ADA))
    queues.put("premium", ADA, 0)
    await step(queues, [], owned, answers={"QueueRemove": silence})
    assert owned.keys == {("premium", ADA)}
    await step(queues, [], owned)
    assert (owned.keys, queues.members) == (set(), {})


async def test_a_refused_step_makes_nobody_elses_member_ours() -> None:
    owned = Owned()
    answers = {"QueueAdd": refused("Unable to add interface: Already there")}
    await step(Queues("premium"), [agent("Ada", ADA, premium=5)], owned, answers=answers)
    assert owned.log == [("own", "premium", ADA), ("disown", "premium", ADA)]
    queues, owned = Queues("premium"), Owned(("premium", ADA))
    queues.put("premium", ADA, 0)
    await step(queues, [], owned, answers={"QueueRemove": refused("Member not dynamic")})
    assert owned.keys == set()


async def test_nothing_is_added_whose_ownership_cannot_be_recorded() -> None:
    queues, owned = Queues("premium"), Owned()
    owned.broken = True
    outcome, ami = await step(queues, [agent("Ada", ADA, premium=5)], owned)
    assert [why for _, why in outcome.failed] == ["the disk is full"]
    assert ami.count("QueueAdd") == 0


async def test_what_others_removed_is_no_longer_ours_but_a_missing_queue_proves_nothing() -> None:
    owned = Owned(("premium", ADA), ("not-loaded", ADA))
    await step(Queues("premium"), [], owned)
    assert owned.keys == {("not-loaded", ADA)}


async def test_members_that_cannot_be_read_are_an_error() -> None:
    with pytest.raises(AmiError, match="QueueStatus: Permission denied"):
        await step(
            Queues("premium"), [], Owned(("premium", ADA)), answers={"QueueStatus": refused("Permission denied")}
        )


OUTSIDE = "Local/0090012345@from-internal/n"


async def watched(
    queues: Queues, owned: Owned, watchman: Watchman, *, only_declared: bool = False
) -> tuple[Strangers, list[tuple[str, str, str]]]:
    """Who is strange in the queue premium beside Ada, and what the log says of it."""
    async with FakeAmi() as ami:
        queues.install(ami)
        async with ami.client().session() as client:
            outcome = await bring_into_step(
                client, [agent("Ada", ADA, premium=5)], owned, queues={"premium"}, only_declared=only_declared
            )
    with capture_logs() as logs:
        watchman.tell(outcome.strangers, removed=only_declared)
    return outcome.strangers, [(e["event"], e.get("interface", ""), e.get("name", "")) for e in logs]


def with_outsider(name: str = "Ada", membership: str = "dynamic") -> Queues:
    queues = Queues("premium", "theirs")
    queues.put("premium", ADA, 0)
    for queue in ("premium", "theirs"):
        queues.put(queue, OUTSIDE, 0, membership)
        queues.members[queue, OUTSIDE]["Name"] = name
    return queues


@pytest.mark.abuse
async def test_a_member_that_nobody_declared_is_told_once_and_stays() -> None:
    queues, owned, watchman = with_outsider("Eve"), Owned(("premium", ADA)), Watchman()
    found, told = await watched(queues, owned, watchman)
    assert [member.interface for member in found.foreign] == [OUTSIDE]  # that of the site's own queue is theirs
    assert told == [("queue member that nobody declared", OUTSIDE, "Eve")]
    assert len(queues.members) == 3
    assert (await watched(queues, owned, watchman))[1] == []
    del queues.members["premium", OUTSIDE]
    assert (await watched(queues, owned, watchman))[0] == Strangers()
    assert len((await watched(with_outsider("Eve"), owned, watchman))[1]) == 1  # it came back


@pytest.mark.abuse
async def test_a_member_with_an_agents_name_is_told_as_such() -> None:
    _, told = await watched(with_outsider("Ada"), Owned(("premium", ADA)), Watchman())
    assert told == [
        ("queue member that nobody declared", OUTSIDE, "Ada"),
        ("two queue members of one name", OUTSIDE, "Ada"),
        ("two queue members of one name", ADA, "Ada"),
    ]


@pytest.mark.abuse
async def test_with_own_queues_a_member_that_nobody_declared_is_removed_from_ours_only() -> None:
    queues, owned = with_outsider(), Owned(("premium", ADA))
    await watched(queues, owned, Watchman(), only_declared=True)
    assert set(queues.members) == {("premium", ADA), ("theirs", OUTSIDE)}
    assert owned.keys == {("premium", ADA)}


@pytest.mark.abuse
async def test_an_agents_interface_in_other_letters_does_not_keep_the_agent_out() -> None:
    """Asterisk takes PJSIP/ADA for PJSIP/ada when a member is added: whoever is there first keeps the other out."""
    queues, owned = Queues("premium"), Owned()
    queues.put("premium", ADA.lower(), 9)
    await watched(queues, owned, Watchman(), only_declared=True)
    assert set(queues.members) == {("premium", ADA)}


@pytest.mark.abuse
async def test_with_own_queues_members_of_a_file_stay_and_nobody_tries_for_ever() -> None:
    queues, owned = with_outsider(membership="static"), Owned(("premium", ADA))
    found, _ = await watched(queues, owned, Watchman(), only_declared=True)
    assert (len(queues.members), len(found.foreign)) == (3, 1)


@pytest.mark.abuse
async def test_thousands_of_strangers_are_a_few_lines() -> None:
    queues, owned, watchman = Queues("premium"), Owned(), Watchman()
    for number in range(3000):
        queues.put("premium", f"PJSIP/x{number}", 0)
    _, told = await watched(queues, owned, watchman)
    assert len(told) == MOST_TOLD + 1
    assert (await watched(queues, owned, watchman))[1] == []


@pytest.mark.abuse
async def test_whoever_cannot_be_removed_stops_nothing() -> None:
    queues, owned = with_outsider(), Owned()
    del queues.members["premium", ADA]
    async with FakeAmi() as ami:
        queues.install(ami)
        ami.answers["QueueRemove"] = refused("Unable to remove interface: Not there")
        async with ami.client().session() as client:
            ada = agent("Ada", ADA, premium=5)
            outcome = await bring_into_step(client, [ada], owned, queues={"premium"}, only_declared=True)
    assert ("premium", ADA) in queues.members
    assert [change.member.interface for change, _ in outcome.failed] == [OUTSIDE]
