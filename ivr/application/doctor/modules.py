import asyncio
from collections.abc import Sequence

from ivr.application.doctor.ports import AdminFolder, Manager
from ivr.application.doctor.values import value
from ivr.application.doctor.verdicts import Verdict


async def loaded(manager: Manager, folder: AdminFolder) -> Verdict:
    """Whether Asterisk has loaded what the dialplan uses: without a function it goes on, and finds it empty."""
    about, found = "modules", await asyncio.to_thread(folder.modules)
    needed = dict(found.needed)
    if not needed:
        return Verdict(about, True, f"not looked at: no dialplan in {folder.path}")
    if found.signed in needed and await value(manager, "IVR_STIR_SHAKEN") != "yes":
        del needed[found.signed]
    elif found.signed in needed:
        needed[found.of_signed] = needed[found.signed]
    there = {module: await value(manager, f"IFMODULE({module}.so)") for module in sorted(needed)}
    if "1" not in there.values():  # Asterisk finds a function that it does not know empty
        says = f"not to be seen whether the {len(needed)} that the dialplan needs are loaded: func_module is not"
        return Verdict(about, False, says, _load(["func_module"]), can_wait=True)
    missing = [module for module, is_there in there.items() if is_there != "1"]
    if needs := [module for module in missing if module not in found.optional]:
        says = ", ".join(f"{module} (for {needed[module]})" for module in needs)
        return Verdict(about, False, f"not loaded, and calls go wrong without: {says}", _load(missing))
    if missing:
        says = ", ".join(f"{module} ({found.optional[module]})" for module in missing)
        return Verdict(about, False, f"not loaded: {says}", _load(missing), can_wait=True)
    return Verdict(about, True, f"the {len(needed)} that the dialplan needs are loaded")


def _load(modules: Sequence[str]) -> str:
    commands = ", ".join(f"`module load {module}.so`" for module in modules)
    return f"`load = …` for each in modules.conf (Debian has them in asterisk-modules); and now: {commands}"
