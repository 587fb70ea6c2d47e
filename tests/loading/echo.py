"""A child for the Channel's tests: answers framed JSON, prints as much as it likes, and fails on request."""

import json
import os
import signal
import struct
import sys
import time

incoming = os.fdopen(int(os.environ["WORKBENCH_IN"]), "rb")
outgoing = os.fdopen(int(os.environ["WORKBENCH_OUT"]), "wb")
greeted = []


def answer(request):
    op = request["op"]
    if op == "echo":
        return {"ok": request["value"]}
    if op == "greet":
        greeted.append(request["word"])
        return {"ok": list(greeted)}
    if op == "greeted":
        return {"ok": greeted}
    if op == "pid":
        return {"ok": os.getpid()}
    if op == "read stdin":
        return {"ok": sys.stdin.read()}
    if op == "exit":
        print("last words", file=sys.stderr, flush=True)
        os._exit(request["code"])
    if op == "kill":
        os.kill(os.getpid(), signal.SIGKILL)
    if op == "sleep":
        time.sleep(60)
    return {"error": {"kind": "Unknown", "message": op}}


while head := incoming.read(4):
    request = json.loads(incoming.read(struct.unpack(">I", head)[0]))
    print("noise " * 50, flush=True)
    body = json.dumps({"id": request["id"], **answer(request)}).encode()
    outgoing.write(struct.pack(">I", len(body)) + body)
    outgoing.flush()
