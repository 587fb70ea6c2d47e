"""The same with views that never answer."""

from gate_settings import *  # noqa: F403

ROOT_URLCONF = "fault_urls"
