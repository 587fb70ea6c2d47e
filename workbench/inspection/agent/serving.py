"""The agent's loop: framed JSON requests from one descriptor, answers on the other."""

import json
import os
import queue
import struct
import threading
import traceback

from .failing import AgentError
from .operations import OPERATIONS, operation

_LENGTH = struct.Struct(">I")


def serve():
    """Answers requests until the workbench closes the pipe."""
    incoming, outgoing = (_own_descriptor(name) for name in ("WORKBENCH_IN", "WORKBENCH_OUT"))
    requests = queue.Queue()  # type: queue.Queue
    threading.Thread(target=_receive, args=(incoming, requests), daemon=True).start()
    while True:
        request = requests.get()
        _send(outgoing, dict(answer(request), id=request["id"]))


def answer(request):
    """``{"ok": …}`` or ``{"error": …}`` for one request."""
    if request["op"] not in OPERATIONS:
        return {"error": {"kind": "agent-failed", "message": "no such operation", "thing": request["op"]}}
    try:
        return {"ok": operation(request["op"])(request)}
    except AgentError as error:
        return {"error": error.as_dict()}
    except (Exception, SystemExit) as error:
        return {"error": unexpected(error)}


def unexpected(error):
    """An error object for what no operation foresaw; the traceback is for our own log, not for the display."""
    text = "".join(traceback.format_exception(type(error), error, error.__traceback__))
    return {"kind": type(error).__name__, "message": str(error), "traceback": text}


def _own_descriptor(name):
    descriptor = int(os.environ.pop(name))
    os.set_inheritable(descriptor, False)  # what the project starts must not hold our pipes open
    return descriptor


def _receive(descriptor, requests):
    """Puts requests into the queue; leaves at once when the workbench is gone, whatever the project is doing."""
    while True:
        head = _read(descriptor, 4)
        body = _read(descriptor, _LENGTH.unpack(head)[0]) if head else b""
        if not body:
            os._exit(0)
        requests.put(json.loads(body.decode("utf-8")))


def _read(descriptor, size):
    data = b""
    while len(data) < size:
        piece = os.read(descriptor, min(size - len(data), 1 << 20))
        if not piece:
            return b""
        data += piece
    return data


def _send(descriptor, message):
    body = json.dumps(message).encode("utf-8")
    rest = memoryview(_LENGTH.pack(len(body)) + body)
    while rest:
        rest = rest[os.write(descriptor, rest) :]
