"""What the doctor says of the way from the dialplan to the service."""

import asyncio
import os
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from ivr.agi.contract import CONTRACT
from ivr.application.doctor import agi as agi_check
from ivr.application.doctor import dialplan, events, media, modules, trunks
from ivr.application.doctor.ports import EventUses, Manager, ServiceState, Unanswered
from ivr.asterisk_files import dialplan_modules
from ivr.errors import SettingError
from ivr.service import app, doctor
from ivr.service.doctor import Verdict
from ivr.service.doctor_adapters import AsteriskManager, PolicyFolder
from ivr.settings import Settings
from ivr.shipped_files import share
from tests.wire.fake_ami import FakeAmi, Headers, block, free_port, listed, refused, running

ASKS = f"${{IVR_AGI}}{',' * 9},{CONTRACT}"
OLD_DEFAULT = "0?Set(GLOBAL(IVR_AGI)=agi://127.0.0.1:4573/route)"


async def asks(agi: str | None, settings: Settings, *, default: str = OLD_DEFAULT, answers: bool = True) -> Verdict:
    """The verdict on a dialplan with this global (None: our user may not read it)."""

    def value(action: Headers) -> bytes:
        return block(Response="Success", ActionID=action["ActionID"], Variable=action["Variable"], Value=agi)

    said = ServiceState("x", database_answers=True, contract=CONTRACT) if answers else Unanswered("nobody_listens")
    async with FakeAmi() as ami:
        ami.answers["ShowDialPlan"] = listed([
            {"Event": "ListDialplan", "Context": "ivr-ask", "Application": "ExecIf", "AppData": default},
            {"Event": "ListDialplan", "Context": "ivr-ask", "Application": "AGI", "AppData": ASKS},
        ])  # fmt: skip
        ami.answers["Getvar"] = refused("Permission denied") if agi is None else value
        client = ami.client()
        async with running(client):
            return await dialplan.asks_service(doctor.ports(settings), AsteriskManager(client), said)


@pytest.mark.parametrize(
    ("agi", "settings"),
    [
        ("agi://127.0.0.1:4577/route", Settings()),
        ("agi://localhost:4577/route", Settings()),
        ("agi://10.0.0.5:4577/route", Settings(agi_host="0.0.0.0")),  # noqa: S104
        ("agi://10.0.0.5/route", Settings(agi_host="10.0.0.5", agi_port=4573)),  # Asterisk's own default
        ("/opt/segment-ivr/bin/ivr-agi", Settings()),
        (None, Settings()),
        ("", Settings(agi_port=4573)),
    ],
)
async def test_a_dialplan_that_asks_where_the_service_listens(agi: str | None, settings: Settings) -> None:
    verdict = await asks(agi, settings)
    assert verdict.ok
    assert (agi or "") in verdict.says


@pytest.mark.parametrize(
    ("agi", "settings", "says", "mend"),
    [
        ("", Settings(), "asks agi://127.0.0.1:4573/route, and the service listens on 127.0.0.1:4577",
         "IVR_AGI_PORT=4573"),  # a dialplan from before this version
        ("agi://127.0.0.1:4573/route", Settings(), "asks agi://127.0.0.1:4573/route", "agi://127.0.0.1:4577/route"),
        ("agi://127.0.0.1/route", Settings(), "asks agi://127.0.0.1/route", "agi://127.0.0.1:4577/route"),
        ("agi://127.0.0.2:4577/route", Settings(), "listens on 127.0.0.1:4577", "IVR_AGI_HOST=127.0.0.2"),
        ("agi://127.0.0.1:1/route", Settings(agi_host="0.0.0.0"), "asks agi://127.0.0.1:1/", "agi://127.0.0.1:4577/"),  # noqa: S104
        ("agi://127.0.0.1:port/route", Settings(), "which is no address", "agi://127.0.0.1:4577/route"),
        ("agi://[::1/route", Settings(), "which is no address", "agi://127.0.0.1:4577/route"),
    ],
)  # fmt: skip
async def test_a_dialplan_that_asks_elsewhere(agi: str, settings: Settings, says: str, mend: str) -> None:
    verdict = await asks(agi, settings)
    assert not verdict.ok
    assert says in verdict.says
    assert mend in verdict.mend
    assert "0.0.0.0" not in verdict.mend  # noqa: S104 - nobody can ask there


async def of_port(settings: Settings) -> Verdict:
    """The verdict on the port of the settings."""
    ports = doctor.ports(settings)
    return agi_check.answers(ports, await ports.service.state())


async def _settings(port: int, folder: Path) -> Settings:
    return Settings(database_url=f"sqlite:///{folder}/ivr.db", agi_port=port)


@pytest.mark.abuse
async def test_a_port_that_another_program_holds_is_told_with_that_program(tmp_path: Path) -> None:
    async def another(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readline()
        writer.write(b'VERBOSE "another AGI server" 1\n')
        await asyncio.sleep(0.05)
        writer.close()

    server = await asyncio.start_server(another, "127.0.0.1", 0)
    async with server:
        settings = await _settings(server.sockets[0].getsockname()[1], tmp_path)
        verdict = await of_port(settings)
        assert not verdict.ok
        assert f"process {os.getpid()}" in verdict.says
        assert "IVR_AGI_PORT" in verdict.mend


async def test_a_service_whose_port_is_taken_says_by_whom(tmp_path: Path) -> None:
    server = await asyncio.start_server(lambda reader, writer: writer.close(), "127.0.0.1", 0)
    async with server:
        port = server.sockets[0].getsockname()[1]
        service = app.Service(
            Settings(database_url=f"sqlite:///{tmp_path}/ivr.db", policy_dir=share("dialplans"), agi_port=port)
        )
        with pytest.raises(
            SettingError, match=rf"127.0.0.1:{port}: .* \(process {os.getpid()}\) listens there already"
        ):
            await service.run(asyncio.Event())


async def test_a_port_on_which_nobody_listens_wants_a_service(tmp_path: Path) -> None:
    settings = await _settings(free_port(), tmp_path)
    verdict = await of_port(settings)
    assert (verdict.ok, "ivr serve" in verdict.mend, "process" in verdict.says) == (False, True, False)


@pytest.mark.abuse
@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("agi://127.0.0.1:4577/route", "agi://127.0.0.1:4577/route"),
        ("agi://10.0.0.5:4577/0123456789abcdef/route", "agi://10.0.0.5:4577/SECRET/route"),
        ("agi://[::1]:4577/a/b/route", "agi://[::1]:4577/SECRET/route"),
        ("/opt/segment-ivr/bin/ivr-agi", "/opt/segment-ivr/bin/ivr-agi"),
        ("", ""),
    ],
)
def test_a_secret_in_the_dialplans_address_is_not_shown(address: str, shown: str) -> None:
    assert dialplan.without_secret(address) == shown


async def says_of(values: dict[str, str], check: Callable[[Manager], Awaitable[Verdict]]) -> Verdict:
    """A verdict on an Asterisk that has these values; what it has not, it finds empty, as Asterisk does."""

    def value(action: Headers) -> bytes:
        found = values.get(action["Variable"], "")
        return block(Response="Success", ActionID=action["ActionID"], Variable=action["Variable"], Value=found)

    async with FakeAmi() as ami:
        ami.answers["Getvar"] = value
        client = ami.client()
        async with running(client):
            return await check(AsteriskManager(client))


LOADED = {f"IFMODULE({name}.so)": "1" for name in dialplan_modules.needed(share("dialplans"))}
SIGNS = {"IVR_STIR_SHAKEN": "yes"}


@pytest.mark.parametrize(
    ("values", "ok", "can_wait", "says"),
    [
        (LOADED, True, False, "are loaded"),
        ({**LOADED, "IFMODULE(res_stir_shaken.so)": "0"}, True, False, "are loaded"),
        ({**LOADED, **SIGNS, "IFMODULE(res_stir_shaken.so)": "0"}, False, False, "res_stir_shaken (for STIR_SHAKEN)"),
        ({**LOADED, **SIGNS}, False, False, "res_pjsip_stir_shaken"),
        ({**LOADED, "IFMODULE(func_groupcount.so)": "0"}, False, True, "func_groupcount (no limit of calls"),
        ({**LOADED, "IFMODULE(app_queue.so)": "0"}, False, False, "app_queue (for "),
        ({}, False, True, "func_module is not"),
    ],
)
async def test_modules_that_the_dialplan_needs(values: dict[str, str], ok: bool, can_wait: bool, says: str) -> None:
    verdict = await says_of(values, lambda asterisk: modules.loaded(asterisk, PolicyFolder(share("dialplans"))))
    assert (verdict.ok, verdict.can_wait) == (ok, can_wait)
    assert says in verdict.says
    assert ok or "module load " in verdict.mend


TRUNK = {
    "identify_by": "ip", "auth": "", "allow_transfer": "no", "trust_id_inbound": "yes", "trust_connected_line": "no",
}  # fmt: skip


@pytest.mark.abuse
@pytest.mark.parametrize(
    ("name", "fields", "says", "mend"),
    [
        ("carrier", TRUNK, "stay who they are", ""),
        ("carrier", {**TRUNK, "trust_id_inbound": "no", "trust_connected_line": "yes"}, "stay who they are", ""),
        ("DAHDI", {}, "no PJSIP", ""),
        ("carrier", {**TRUNK, "trust_connected_line": "yes"}, "later message", "trust_connected_line = no"),
        ("carrier", {**TRUNK, "allow_transfer": "true"}, "REFER", "allow_transfer = no"),
        ("carrier", {**TRUNK, "identify_by": "username,ip"}, "into From", "identify_by = ip"),
        ("carier", {}, "no PJSIP endpoint of that name", "func_pjsip_endpoint"),
    ],
)
async def test_a_trunk_that_is_believed(name: str, fields: dict[str, str], says: str, mend: str) -> None:
    values = {f"PJSIP_ENDPOINT({name},{key})": value for key, value in fields.items()}
    verdict = await says_of(values, lambda asterisk: trunks.told_apart(asterisk, name))
    assert verdict.ok == (not mend)
    assert says in verdict.says
    assert mend in verdict.mend


SEEN = {"IFMODULE(func_config.so)": "1"}
SILENCE = "AST_CONFIG(asterisk.conf,options,transmit_silence)"
SILENCE_ONCE = "AST_CONFIG(asterisk.conf,options,transmit_silence_during_record)"


@pytest.mark.parametrize(
    ("values", "ok", "says"),
    [
        ({**SEEN, SILENCE: "yes"}, True, "is sent"),
        ({**SEEN, SILENCE_ONCE: "True"}, True, "is sent"),
        ({**SEEN, SILENCE: "no"}, False, "may end the call"),
        (SEEN, False, "may end the call"),
        ({}, True, "func_config is not loaded"),
    ],
)
async def test_silence_for_callers(values: dict[str, str], ok: bool, says: str) -> None:
    verdict = await says_of(values, media.sound_goes_on)
    assert (verdict.ok, verdict.can_wait) == (ok, not ok)
    assert says in verdict.says
    assert ok or "transmit_silence = yes" in verdict.mend


USES = EventUses(used=("AgentConnect", "Hold"), useless=("Newexten", "VarSet"))
NOT_MADE = "AST_CONFIG(manager.conf,general,disabledevents,{})"


@pytest.mark.parametrize(
    ("values", "ok", "says"),
    [
        ({**SEEN, NOT_MADE.format(0): "Newexten, varset"}, True, "those that are used"),
        ({**SEEN, NOT_MADE.format(0): "X", NOT_MADE.format(1): "Newexten"}, True, "1 kinds are"),
        (SEEN, True, "2 kinds are made that are of no use to us (Newexten, VarSet)"),
        ({**SEEN, NOT_MADE.format(0): "hold"}, False, "not made, and needed: Hold"),
        ({}, True, "func_config is not loaded"),
    ],
)
async def test_events_that_asterisk_makes(values: dict[str, str], ok: bool, says: str) -> None:
    verdict = await says_of(values, lambda asterisk: events.made(asterisk, USES))
    assert verdict.ok == ok
    assert says in verdict.says
    assert ok or "disabledevents" in verdict.mend


@pytest.mark.parametrize(
    ("modes", "says", "mend"),
    [
        ({"one": "auto", "two": "auto"}, "arrive (dtmf_mode auto)", ""),
        ({"one": "auto", "two": "rfc4733"}, "not heard on two", "auto in the endpoint two"),
        ({"one": "info", "two": ""}, "arrive (dtmf_mode info)", ""),
    ],
)
async def test_keys_in_whatever_way_they_come(modes: dict[str, str], says: str, mend: str) -> None:
    values = {f"PJSIP_ENDPOINT({name},dtmf_mode)": mode for name, mode in modes.items()}

    async def check(asterisk: Manager) -> Verdict:
        verdict = await media.keys_arrive(asterisk, list(modes))
        assert verdict is not None
        return verdict

    verdict = await says_of(values, check)
    assert (verdict.ok, verdict.can_wait) == (not mend, bool(mend))
    assert says in verdict.says
    assert mend in verdict.mend
