import time
from collections.abc import Mapping, Sequence

from ivr.application.doctor.ports import PinsInUse, Ports
from ivr.application.doctor.verdicts import Verdict
from ivr.errors import PinError, StoreError
from ivr.settings import Settings

_ABOUT = "PINs"


def verifiable(ports: Ports) -> Verdict:
    """Whether PINs can be verified, and how many were tried wrongly of late."""
    try:
        found = ports.database.pins(time.time())
    except StoreError as error:
        return Verdict(_ABOUT, False, str(error), "see the line `database`")
    try:
        known = ports.peppers.ids()
    except PinError as error:
        return Verdict(
            _ABOUT, False, f"none can be verified: {error}", "until then no PIN is right; calls go on without"
        )
    lost = {pepper: count for pepper, count in found.of_peppers.items() if pepper and pepper not in known}
    if lost:
        return _lost(lost, ports.settings)
    wrong = _wrong(found)
    if found.wrong_of_hour >= ports.settings.wrong_pins_per_hour:
        says = f"{wrong}, {found.wrong_of_hour} of them in the last hour: only customers' own telephones may try now"
        mend = "is somebody trying PINs? the table pin_tries says from where; IVR_WRONG_PINS_PER_HOUR is the limit"
        return Verdict(_ABOUT, False, says, mend)
    return Verdict(_ABOUT, True, f"{sum(found.of_peppers.values())}{_peppered(found.of_peppers, known)}; {wrong}")


def _lost(lost: Mapping[str, int], settings: Settings) -> Verdict:
    says = f"{sum(lost.values())} cannot be verified: their pepper ({', '.join(sorted(lost))}) is not "
    says += (
        f"in {settings.pin_pepper_file}" if settings.pin_pepper_file else "there, for IVR_PIN_PEPPER_FILE is not set"
    )
    return Verdict(_ABOUT, False, says, "restore the file as it was; or give these customers new PINs: `ivr pin set`")


def _wrong(found: PinsInUse) -> str:
    wrong = f"{found.wrong_of_day} tried wrongly in the last 24 hours"
    if found.wrong_of_day:
        wrong += f", for {found.customers_of_day} {'customer' if found.customers_of_day == 1 else 'customers'}"
    return wrong


def _peppered(in_use: Mapping[str, int], known: Sequence[str]) -> str:
    if not known:
        return ", without a pepper" if in_use else ""
    old = sum(count for pepper, count in in_use.items() if pepper != known[0])
    return f", {old} of them not yet with the newest pepper" if old else ", with the newest pepper" if in_use else ""
