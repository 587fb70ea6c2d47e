"""A session that ends without closing anything leaves nothing behind."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.runtime.conftest import eventually, gone

_SESSION = """
from workbench.runtime.node import NodeWorker
from workbench.runtime.postgres import PostgresServer
from workbench.runtime.typescript import TypeChecker
server, worker, checker = PostgresServer(), NodeWorker(), TypeChecker()
server.create_database()
worker.load({"a.ts": "export const a = 1;"})
assert checker.check({"a.ts": "export const a = 1;"}) == ()
print(server.host, server.cluster.process.pid, worker.pid, checker.pid, sep="\\n", flush=True)
"""


def test_the_interpreters_end_is_enough() -> None:
    done = subprocess.run([sys.executable, "-c", _SESSION], capture_output=True, text=True, check=True)
    host, *processes = done.stdout.splitlines()
    assert done.stderr == ""
    assert not Path(host).exists()
    assert all(eventually(lambda process=process: gone(int(process))) for process in processes)
