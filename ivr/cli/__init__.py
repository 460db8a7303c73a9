"""The `ivr` command."""

from typing import Annotated

import typer

from ivr.cli import lazy

app = lazy.group(
    """Segment-aware call routing for Asterisk: premium callers to the best agents, everybody served.

    Example:  ivr explain pbx1-1763900000.12
    """,
    {
        "serve": "service:serve",
        "migrate": "service:migrate",
        "doctor": "service:doctor",
        "health": "health:health",
        "top": "top:top",
        "call": "call:call",
        "calls": "calls:calls",
        "explain": "explain:explain",
        "demo": "lab:demo",
        "chaos": "chaos:chaos",
    },
)
app.add_typer(
    lazy.group(
        """Bring data in.

        Example:  ivr import customers customers.csv
        """,
        {"customers": "import_customers:customers", "schema": "import_customers:schema"},
    ),
    name="import",
)
score = lazy.group(
    """Scores from data: what customers are worth and need, calculated.

        Example:  ivr score check dialplans
        """,
    {
        "check": "score_file:check",
        "schema": "score_file:schema",
        "calibrate": "score_data:calibrate",
        "inventory": "score_inventory:inventory",
        "run": "score_data:run",
        "explain": "score_explain:explain",
        "publish": "score_versions:publish",
        "runs": "score:runs",
        "show": "score:show",
        "diff": "score_diff:diff",
        "report": "score_report:report",
        "rollback": "score_rollback:rollback",
    },
)
score.add_typer(
    lazy.group(
        """Published versions of the scoring: scoring.yaml and its calibration together.

        Example:  ivr score versions log
        """,
        {
            "log": "score_versions:log",
            "show": "score_versions:show",
            "rollback": "score_versions:rollback",
            "withdraw": "score_versions:withdraw",
        },
    ),
    name="versions",
)
app.add_typer(score, name="score")
app.add_typer(
    lazy.group(
        """The PINs by which customers prove who they are.

        Example:  ivr pin set C0001
        """,
        {"set": "pin:set_pin", "clear": "pin:clear", "unlock": "pin:unlock", "pepper": "pin:pepper"},
        lazy.PinGroup,
    ),
    name="pin",
)
app.add_typer(
    lazy.group(
        """A real Asterisk, a carrier, agents' phones and the service, on this machine.

        Example:  ivr lab up
        """,
        {
            "up": "lab:up",
            "down": "lab:down",
            "status": "lab:status",
            "logs": "lab:logs",
            "asterisk": "lab:asterisk",
        },
    ),
    name="lab",
)
app.add_typer(
    lazy.group(
        """Test calls with a verdict: scenarios in files, real SIP, a report.

        Example:  ivr qa run -k quick
        """,
        {
            "run": "qa:run",
            "new": "qa:new",
            "from-call": "qa:from_call",
            "schema": "qa:schema",
            "load": "qa_load:load",
        },
    ),
    name="qa",
)
app.add_typer(
    lazy.group(
        """The policy: check it, try it, publish it.

        Example:  ivr policy check dialplans
        """,
        {
            "check": "policy:check",
            "schema": "policy:schema",
            "parts": "policy:parts",
            "facts": "policy:facts",
            "explain": "policy_decisions:explain",
            "diff": "policy_decisions:diff",
            "publish": "policy_versions:publish",
            "log": "policy_versions:log",
            "show": "policy_versions:show",
            "rollback": "policy_versions:rollback",
            "withdraw": "policy_versions:withdraw",
        },
    ),
    name="policy",
)


def _version(wanted: bool) -> None:
    if wanted:
        lazy.imported("version:show")()
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool,
        typer.Option(
            "--version", "-V", callback=_version, is_eager=True,
            help="print the versions of program, Python, contract, schema, policy and scoring",
        ),
    ] = False,
) -> None:  # fmt: skip
    pass
