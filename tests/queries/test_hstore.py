"""An hstore's text, written and read back."""

from __future__ import annotations

import pytest

from workbench.hstore import hstore_text, read_hstore


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ({}, ""),
        ({"a": "1", "b": None}, '"a"=>"1", "b"=>NULL'),
        ({'say "a"': "back\\slash", "=>": ", "}, r'"say \"a\""=>"back\\slash", "=>"=>", "'),
    ],
)
def test_both_ways(value: dict[str, str | None], text: str):
    assert hstore_text(value) == text
    assert read_hstore(text) == value


@pytest.mark.parametrize("text", ["a=>1", '"a"=>"1" "b"=>"2"', '"a"'])
def test_no_hstore(text: str):
    with pytest.raises(ValueError, match="no hstore"):
        read_hstore(text)
