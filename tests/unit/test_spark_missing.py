"""Without pyspark, without Java, and for a database: the engine spark says what to do."""

import sqlite3
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from ivr.warehouse import engines
from tests import scored
from tests.scored import ROWS, metric, read, scoring

SPARK = engines.chosen("spark", "", "")


def error_of(place: str) -> str:
    found = read({"orders": place}, scoring(metric("sum")), engine=SPARK)
    assert not found.states
    return found.sources[0].error


def test_without_pyspark(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyspark.sql", None)
    assert "pip install pyspark" in error_of(scored.in_csv(tmp_path, ROWS))


def test_without_java(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    there = SimpleNamespace(PySparkException=ValueError, Py4JError=ValueError)
    for name in ("pyspark", "pyspark.sql", "pyspark.errors", "py4j", "py4j.protocol"):
        monkeypatch.setitem(sys.modules, name, there)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("JAVA_HOME", raising=False)
    assert "openjdk" in error_of(scored.in_csv(tmp_path, ROWS))


def test_a_database_has_to_be_exported(tmp_path: Path) -> None:
    sqlite3.connect(tmp_path / "shop.db").close()
    assert "export orders as Parquet or CSV" in error_of(f"sqlite:///{tmp_path}/shop.db#orders")
