"""The Channel against a child that prints, crashes, hangs and refuses to end."""

import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from workbench.process import Channel, ChannelDied, ChannelError, ChannelTimeout, Hook

ECHO = Path(__file__).with_name("echo.py")


@pytest.fixture
def channel():
    with Channel([sys.executable, ECHO], name="echo", hooks=[Hook("greet", 10, {"word": "hello"})]) as channel:
        yield channel


def is_gone(pid: int) -> bool:
    """Neither running nor a zombie of ours."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    return False


def test_starts_lazily_and_answers_while_it_prints(channel):
    assert channel.pid is None
    assert [channel.request("echo", timeout=10, value=n) for n in range(3)] == [0, 1, 2]
    assert channel.greetings == [["hello"]]


def test_frames_larger_than_a_pipe_travel_both_ways(channel):
    text = "ü" * 3_000_000
    assert channel.request("echo", timeout=30, value=text) == text


def test_standard_input_is_at_its_end(channel):
    assert channel.request("read stdin", timeout=10) == ""


def test_an_error_object_arrives_whole_and_leaves_the_child_running(channel):
    pid = channel.request("pid", timeout=10)
    with pytest.raises(ChannelError, match=r"^echo: Unknown: nonsense$") as caught:
        channel.request("nonsense", timeout=10)
    assert caught.value.error == {"kind": "Unknown", "message": "nonsense"}
    assert channel.request("pid", timeout=10) == pid


def test_an_exit_is_reported_with_what_was_printed_and_the_next_request_starts_anew(channel):
    with pytest.raises(ChannelDied, match=r"^echo: ended with exit code 3$") as caught:
        channel.request("exit", timeout=10, code=3)
    assert (caught.value.exit_code, caught.value.signal) == (3, None)
    assert caught.value.tail.endswith("last words\n")
    assert channel.request("greeted", timeout=10) == ["hello"]


def test_a_kill_is_reported_by_its_signal(channel):
    with pytest.raises(ChannelDied, match=r"^echo: ended by SIGKILL$") as caught:
        channel.request("kill", timeout=10)
    assert (caught.value.exit_code, caught.value.signal) == (None, "SIGKILL")


def test_killed_between_two_requests_it_starts_anew(channel):
    pid = channel.request("pid", timeout=10)
    os.kill(pid, signal.SIGKILL)
    channel._child.process.wait(10)
    assert channel.request("pid", timeout=10) != pid


def test_a_time_out_kills_the_child(channel):
    pid = channel.request("pid", timeout=10)
    with pytest.raises(ChannelTimeout, match=r"^echo: sleep did not answer within 0.2 s$"):
        channel.request("sleep", timeout=0.2)
    assert is_gone(pid)
    assert channel.request("echo", timeout=10, value=1) == 1


def test_control_c_while_waiting_ends_the_child_and_leaves_the_channel_usable(channel):
    pid = channel.request("pid", timeout=10)
    threading.Timer(0.3, signal.pthread_kill, [threading.main_thread().ident, signal.SIGINT]).start()
    with pytest.raises(KeyboardInterrupt):
        channel.request("sleep", timeout=30)
    assert is_gone(pid)
    assert channel.request("echo", timeout=10, value=2) == 2


def test_requests_of_several_threads_do_not_mix(channel):
    answers = {}

    def ask(number):
        answers[number] = channel.request("echo", timeout=30, value=number)

    threads = [threading.Thread(target=ask, args=[n]) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == {n: n for n in range(8)}


def test_close_reaps_the_child(channel):
    pid = channel.request("pid", timeout=10)
    channel.close()
    assert is_gone(pid)


def test_a_forgotten_channel_ends_its_child():
    channel = Channel([sys.executable, ECHO], name="echo")
    pid = channel.request("pid", timeout=10)
    del channel
    assert is_gone(pid)


def test_the_child_ends_with_a_killed_parent():
    program = (
        "import os, signal, sys; from workbench.process import Channel\n"
        f"c = Channel([sys.executable, {str(ECHO)!r}], name='echo')\n"
        "print(c.request('pid', timeout=10), flush=True); os.kill(os.getpid(), signal.SIGKILL)"
    )
    # the pipe of `run` is at its end only when the child, who inherits nothing of it, cannot hold it either
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=30)
    assert run.returncode == -signal.SIGKILL
    pid = int(run.stdout)
    for _ in range(100):
        if is_gone(pid):
            return
        threading.Event().wait(0.1)
    pytest.fail(f"{pid} outlived its parent")
