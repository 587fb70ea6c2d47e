"""The ``workbench`` command: a Ctrl-C while our own modules are imported ends it silently, as shells expect."""

from __future__ import annotations

import os
import signal

INTERRUPTED = 130  # 128 + SIGINT


def main() -> None:
    """Imports the commands, then runs them; from then on they answer for an interruption themselves."""
    usual = signal.getsignal(signal.SIGINT)
    if usual is signal.default_int_handler:  # not where the caller has us ignore it
        signal.signal(signal.SIGINT, lambda *_: os._exit(INTERRUPTED))
    from workbench.cli import main as run

    signal.signal(signal.SIGINT, usual)
    run()


if __name__ == "__main__":
    main()
