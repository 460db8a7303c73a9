"""The way to the service: whether it answers on its port, whose that is, and whether Asterisk may ask."""

import os

from ivr.application.doctor.ports import Ports, ServiceState, Unanswered
from ivr.application.doctor.verdicts import Verdict
from ivr.errors import SettingError

SAME_ADDRESS = (
    "make ListenStream= of the systemd socket (segment-ivr.socket), and agi_host and agi_port of the settings, the "
    "same; then `systemctl daemon-reload`, and restart both units"
)
_ROOT = 0


def answers(ports: Ports, answer: ServiceState | Unanswered) -> Verdict:
    """Whether our service answers on its port, and takes decisions."""
    host, port = ports.settings.agi_host, ports.settings.agi_port
    about, where = "AGI", f"agi://{host}:{port}"
    whose = ports.local_ports.whose(host, port)
    if isinstance(answer, Unanswered):
        says, mend = _unanswered(answer)
        return Verdict(about, False, f"{where}{says}{whose}", mend)
    listening = ports.local_ports.holders(host, port)
    if os.geteuid() != _ROOT and listening - {_ROOT, os.geteuid()}:
        mend = "is that the service's user? Then ask as that user, or as root; else end that program"
        return Verdict(about, False, f"{where} answers, but the port is not yours{whose}", mend)
    if not answer.database_answers:
        return Verdict(about, False, f"{where} answers, but cannot ask the database", "see the line `database`")
    if answer.elsewhere:
        says = (
            f"{where} answers, and the service listens on {answer.elsewhere}, which is not what the settings say{whose}"
        )
        return Verdict(about, False, says, SAME_ADDRESS, can_wait=True)
    if answer.contract != ports.service.contract:
        says = f"{where} answers with contract {answer.contract}, this program is of contract {ports.service.contract}"
        return Verdict(about, False, says, "restart the service, so that it is of the version that is installed")
    refused = answer.refused.replace(":", " ").replace(",", ", ")
    note = "" if refused == "none" else f"; since it started it has refused: {refused} (its log says whom)"
    return Verdict(about, True, f"{where} takes decisions, with policy {answer.policy}{whose}{note}")


def _unanswered(answer: Unanswered) -> tuple[str, str]:
    """Why the service could not be asked, and what to do."""
    other = (
        "if that is not our service: end it, or set IVR_AGI_PORT to a free port, "
        "and the dialplan's global IVR_AGI to the same one"
    )
    if answer.kind == "another_program":
        return " answers, but not like our service", other
    if answer.kind == "not_let_in":
        mend = "ask as root, or as the service's user; if the port is not the service's, end the program that has it"
        return f": {answer.why}", mend
    if answer.kind == "nobody_listens":
        held = (
            "if systemd holds its port, does ListenStream= of segment-ivr.socket say the same as agi_host and agi_port?"
        )
        return f": {answer.why}", f"start the service: `ivr serve`; {held}"
    return f": {answer.why}", other


def may_ask(ports: Ports) -> Verdict:
    """Whether the service answers the Asterisk that we are logged in to."""
    about, settings, local_ports = "AGI users", ports.settings, ports.local_ports
    if settings.agi_secret:
        return Verdict(about, True, "who gives the secret may ask; Asterisk's IVR_AGI must have it")
    of_asterisk = local_ports.holders(settings.ami_host, settings.ami_port)
    if not of_asterisk:
        mend = "set IVR_AGI_SECRET, and put it into the dialplan's IVR_AGI: agi://HOST:PORT/SECRET/route"
        return Verdict(about, False, "Asterisk is not on this machine, and there is no secret", mend)
    try:
        users = local_ports.users_who_may(settings.agi_users)
    except SettingError as error:
        return Verdict(about, False, str(error), "mend that setting, and restart the service")
    users |= local_ports.holders(settings.agi_host, settings.agi_port)
    who = " and ".join(local_ports.name_of(uid) for uid in sorted(of_asterisk))
    if of_asterisk - users:
        return Verdict(about, False, f"Asterisk is {who}, and may not ask", "name that user in IVR_AGI_USERS")
    return Verdict(about, True, f"Asterisk is {who}, and may ask")
