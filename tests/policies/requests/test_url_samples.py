"""A text for an expression: the expression itself has to match it."""

import re
import sys
from pathlib import Path
from types import ModuleType

import pytest

AGENT = Path(__file__).parents[3] / "workbench" / "inspection" / "agent"


def agent_module(name: str) -> ModuleType:
    """A module of the agent that needs neither Django nor the rest of the agent."""
    sys.path.insert(0, str(AGENT))
    try:
        return __import__(name)
    finally:
        sys.path.remove(str(AGENT))


PATTERNS = [
    r"^page/$",
    r"^(?P<pk>\d+)/edit/\Z",
    r"^(?P<slug>[-a-zA-Z0-9_]+)/$",
    r"^(?P<year>[0-9]{4})/(?P<month>0[1-9]|1[0-2])/$",
    r"^(?P<user>@?[\w\-]+)\.(?P<domain>[\w.]+)/?$",
    r"^files/(?P<path>.*)$",
    r"^(?:en|sv)/x{2,3}y*?/[^/.]+/$",
    r"^(?P<id>[0-9a-f]{8}-[0-9a-f]{4})/$",
    r"^(a|b)\\1?\s\S\W[^ab]$".replace("\\\\1", ""),
    r"(?i)^Mixed/(?P<format>[a-z0-9]+)/?$",
]


@pytest.mark.parametrize("pattern", PATTERNS)
def test_the_sample_matches(pattern: str) -> None:
    compiled = re.compile(pattern)
    assert compiled.search(agent_module("url_samples").sample(compiled, {}))


def test_groups_are_filled_by_name() -> None:
    compiled = re.compile(r"^(?P<pk>\d+)/(?:(?P<format>[a-z]+)/)?$")
    sample = agent_module("url_samples").sample
    assert sample(compiled, {"pk": "42"}) == "42/"
    assert sample(compiled, {"pk": "42", "format": "json"}) == "42/json/"
