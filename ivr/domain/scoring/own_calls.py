"""What is known of the calls that this product records, as a source of scores.

The columns never change their meaning; there may come more.
"""

from collections.abc import Mapping

from ivr.domain.scoring.definition import ColumnType

CUSTOMER = "customer_id"
TIME = "began_at"
COLUMNS: Mapping[str, ColumnType] = {
    "outcome": "text",
    "abandoned": "yes-no",
    "queue": "text",
    "segment": "text",
    "channel": "text",
    "wait_seconds": "number",
    "agent_minutes": "number",
    "line_minutes": "number",
}
SERVING = {
    "channel": "channel",
    "agent-minutes": "agent_minutes",
    "line-minutes": "line_minutes",
}
CHANNEL = "phone"
"""What `channel` says of every call."""
