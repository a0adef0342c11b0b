"""The examples in the test server's own documentation are true."""

import doctest
import importlib

import pytest


@pytest.mark.parametrize("name", ["a1", "formats", "masks"])
def test_examples_are_true(name: str) -> None:
    module = importlib.import_module(f"tests.sheets_server.{name}")
    result = doctest.testmod(module)

    assert result.attempted > 0
    assert result.failed == 0
