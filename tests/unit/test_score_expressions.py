"""Expressions of scoring.yaml: what is let through means the same everywhere."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ivr.domain.scoring.definition import ColumnType
from ivr.policy.scoring.expressions import Checked, ExpressionError, amount, anything, condition

COLUMNS: dict[str, ColumnType] = {
    "amount": "money",
    "minutes": "number",
    "status": "text",
    "n": "whole",
    "Paid": "yes-no",
    "ordered_at": "time",
    "days": "whole",
}

GOOD = [
    ("status = 'paid'", "\"status\" = 'paid'"),
    ("STATUS <> 'O''Neil' and amount > 2.50", "\"status\" <> 'O''Neil' AND \"amount\" > 2.50"),
    ("amount between -1 and 3 or not paid", '"amount" BETWEEN -1 AND 3 OR NOT "Paid"'),
    ("status not in ('a', 'b')", "NOT \"status\" IN ('a', 'b')"),
    ("status like 'a%' and status is not null", '"status" LIKE \'a%\' AND NOT "status" IS NULL'),
    ("(amount - n) * 2 >= 10", '("amount" - "n") * 2 >= 10'),
    ("coalesce(status, '') = ''", "COALESCE(\"status\", '') = ''"),
    ("days = 1 -- a word of some engines", '"days" = 1'),
    ("paid", '"Paid"'),
]
# Each is refused, and the message has this, and begins at this column.
BAD = [
    ("read_csv('/etc/passwd') = 'x'", "the function read_csv() is not allowed", 1),
    ("status = getenv('HOME')", "the function getenv() is not allowed", 10),
    ("status in (select status from orders)", "no other rows can be asked for", None),
    ("amount > (select max(amount) from orders)", "no other rows can be asked for", None),
    ("exists(select 1)", "no other rows can be asked for", None),
    ("status = (from '/etc/passwd')", "", None),
    ("status in '/etc/passwd'", "", None),
    ("random() < 0.5", "is not allowed", None),
    ("sum(amount) over () > 1", "is not allowed", 1),
    ("lag(amount) > 1", "is not allowed", 1),
    ("status = current_user", "is not allowed", None),
    ("list_sum([x for x in [1, 2]]) = 1", "is not allowed", None),
    ("amount::text = 'x'", "is not allowed", None),
    ("case when paid then true end", "is not allowed", None),
    ("status = 'a'; drop table orders", "", None),
    ("status ilike 'x'", "is not allowed", None),
    ("status similar to 'x'", "", None),
    ("amount / 2 > 1", "is not allowed", 1),
    ("amount % 2 = 1", "is not allowed", 1),
    ("status = ?", "", None),
    ("status = $1", "", None),
    ("{'a': 1} = 1", "", None),
    ("orders.amount > 1", "name a column alone", None),
    ("status = 5", "it compares a number with a text", 1),
    ("status = paid", "it compares a text with a yes-no", None),
    ("n in (1, 'a')", "it compares a number with a text", 1),
    ("status in ()", "the list is empty", 1),
    ("status > 'a'", "< and > are for numbers", 1),
    ("status = null", "write is null", 1),
    ("amount", "it has to be true or false of a row", 1),
    ("amount and paid", "each part has to be true or false", 1),
    ("ordered_at > 5", "for that there is `window`", 1),
    ("stats = 'x'", "there is no column 'stats' here: is status meant?", 1),
    ("paid and xyz = 1", "there is no column 'xyz' here: there are amount", 10),
    ("status = 'x", "a quotation mark is not closed", 10),
    ("paid and", "something is wrong or missing", None),
    ("amount >", "something is wrong or missing", None),
    ("amount > 1e300", "is no plain number", 10),
    ("status like 'a\\%'", "a pattern must not have \\", 1),
    ("status like status", "like is for a text and a pattern", 1),
    ("(" * 900, "", None),
    ("not " * 240 + "paid", "nested too deeply", None),
    ("paid and " * 110 + "paid", "nested too deeply", None),
    ("", "", None),
    ("\0", "", None),
]


@pytest.mark.parametrize(("text", "sql"), GOOD)
def test_what_is_let_through_has_its_names_in_quotes(text: str, sql: str) -> None:
    assert condition(text, COLUMNS).sql == sql
    assert condition(sql, COLUMNS).sql == sql  # and comes out as it went in


@pytest.mark.parametrize(("text", "said", "column"), BAD, ids=[text[:40] for text, _, _ in BAD])
def test_all_else_is_refused(text: str, said: str, column: int | None) -> None:
    with pytest.raises(ExpressionError) as caught:
        condition(text, COLUMNS)
    assert said in str(caught.value)
    assert str(caught.value).isprintable()
    if column is not None:
        assert caught.value.column == column


def test_amounts_have_the_digits_of_what_they_are_made_of() -> None:
    assert amount("amount - minutes", COLUMNS, 2) == Checked(
        '"amount" - "minutes"',
        "number",
        3,
        frozenset({"amount", "minutes"}),
    )
    assert amount("-n * 0.25", COLUMNS, 2).digits == 2
    assert anything("status", COLUMNS, 2).kind == "text"
    for text in ("status", "amount * minutes", "amount > 1", "amount + paid"):
        with pytest.raises(ExpressionError):
            amount(text, COLUMNS, 2)


@given(st.text(max_size=60))
def test_whatever_is_written_is_read_or_refused(text: str) -> None:
    try:
        made = condition(text, COLUMNS)
    except ExpressionError:
        return
    assert condition(made.sql, COLUMNS).sql == made.sql


words = st.sampled_from(
    [
        "amount",
        "status",
        "paid",
        "n",
        "'x'",
        "1",
        "=",
        "<",
        "and",
        "or",
        "not",
        "in",
        "(",
        ")",
        ",",
        "is",
        "null",
        "select",
        "from",
        "between",
        "like",
        "case",
        "when",
        "then",
        "end",
        "::",
        "[",
        "]",
        "lambda",
        "x",
        "->",
        "*",
        ".",
    ]
)


@given(st.lists(words, max_size=12))
def test_words_in_any_order_are_read_or_refused(parts: list[str]) -> None:
    try:
        made = condition(" ".join(parts), COLUMNS)
    except ExpressionError:
        return
    assert not {"select", "case", "->", "["} & set(made.sql.lower().split())
