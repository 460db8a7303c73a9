"""The list of a customer's columns: what is not derived from it has them all, too."""

from dataclasses import fields

import pytest

from ivr.cli import import_customers
from ivr.domain.customers import SCORES, Customer
from ivr.lab import sample_customers
from ivr.qa.scenarios.form import GivenCustomer
from ivr.store.customer_columns import CUSTOMER_COLUMNS, NAMES, STORED, CustomerColumn, Kind, listed
from ivr.store.tables import customers

NOT_IN_FILES = {"attributes", "scored_at", "scores_run", "scoring_version", "contacts"}
BESIDE = {"customer_id": "id", "phones": "phone", "pin_hash": "pin"}
"""Columns whose name in a scenario is another."""


def test_a_customer_has_a_field_for_each_column() -> None:
    known = {column.attribute for column in STORED} - set(SCORES)
    assert {field.name for field in fields(Customer)} == known | {"scores"} | NOT_IN_FILES
    assert {column.name for column in STORED if column.kind is Kind.SCORE} == set(SCORES)


def test_the_table_has_each_column_and_when_the_row_and_its_scores_came_in() -> None:
    names = [column.name for column in STORED]
    assert customers.columns.keys() == [*names, "updated_at", "scored_at"]


@pytest.mark.parametrize("column", CUSTOMER_COLUMNS, ids=lambda column: column.name)
def test_a_scenario_can_give_each_column(column: CustomerColumn) -> None:
    assert BESIDE.get(column.name, column.name) in GivenCustomer.model_fields


def test_the_sample_has_each_column() -> None:
    assert tuple(sample_customers.rows()[0]) == NAMES


def test_help_names_each_column_with_what_it_holds() -> None:
    text = import_customers.customers.__doc__ or ""
    assert listed(required=True) in text
    assert listed(required=False) in text
    first = "value, potential, need (0-100 or empty), language, tags ("
    assert listed(required=False).startswith(first)
    assert "prefers_self_service (yes or no), customer_number (digits)" in text
