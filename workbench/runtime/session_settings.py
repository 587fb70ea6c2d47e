"""The settings of every session of ours: what both drivers and the wire's readers rely on."""

from __future__ import annotations

SESSION = {
    "timezone": "UTC",
    "datestyle": "ISO, MDY",
    "intervalstyle": "postgres",
    "bytea_output": "hex",
    "extra_float_digits": "1",
    "client_min_messages": "error",
}


def session_options(time_zone: str = "UTC", **extra: str) -> str:
    """The ``options`` of a connection: fixed formats, the given time zone, anything else named."""
    settings = {**SESSION, "timezone": time_zone, **extra}
    return " ".join(f"-c {name}={_escaped(value)}" for name, value in settings.items())


def _escaped(value: str) -> str:
    return value.replace("\\", "\\\\").replace(" ", "\\ ")
