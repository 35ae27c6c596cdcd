"""A ledger refuses what would not come back when it is read again."""

from dataclasses import replace

import pytest

from tests.scaffold.plans.ledgers import MODEL, RATING


def test_values_that_would_not_come_back_are_refused() -> None:
    with pytest.raises(ValueError, match="newline character only"):
        replace(MODEL, text="a\r\n")
    with pytest.raises(ValueError, match="names a file twice"):
        replace(RATING, files=(MODEL, MODEL))
    with pytest.raises(ValueError, match="must be an identifier"):
        replace(RATING, entity="../rating")
