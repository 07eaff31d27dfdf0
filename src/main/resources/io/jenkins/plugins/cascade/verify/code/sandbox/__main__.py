"""Runs programs of a language model, one at a time, each in a process of its own that this server forks.

Frames on standard input and output are a length (4 bytes, big endian) and that many bytes of JSON. A job is one frame; the
test code of an assertion job is a second frame, which only the checking process reads: neither this server nor the process
of the program ever holds test code or expected results. What the program sends back is data and is parsed as such.

Not covered: side channels, the kernel's own bugs, the disk of the machine where it allows no namespaces and its network where it
allows no filter of system calls either (the list "isolation" in the first answer says what holds). Memory is limited for each
process of a program, not for all of them together.
"""

import _sitebuiltins
import builtins
import gc
import os
import select
import signal
import sys
import time

from checks import check_program
from frames import MAX_REPLY, read_frame, send_frame, timed_frame, write_frame
from isolation import Isolation
from program import run_program, serve_program
from values import encode

MAX_ERROR = 4000
SETUP_SECONDS = 10
NOT_READ = {"error": "the program ended", "message": "or does not read what it is called with"}


def wait_ready(fd, seconds):
    """The clock of a program starts when its process says that it is set up."""
    readable = select.select([fd], [], [], seconds)[0]
    if not readable or os.read(fd, 1) != b"+":
        raise OSError("the process of the program could not be set up")


def ended(status):
    if os.WIFSIGNALED(status):
        return "signal %d" % os.WTERMSIG(status)
    return "exit %d" % os.WEXITSTATUS(status)


def run_test(isolation, job, text, deadline):
    """One program on one input; returns what it wrote and how it ended."""
    stdin = os.memfd_create("input")
    os.write(stdin, text.encode("utf-8", "surrogatepass"))
    os.lseek(stdin, 0, os.SEEK_SET)
    out_read, out_write = os.pipe()
    err_read, err_write = os.pipe()
    ready_read, ready_write = os.pipe()
    pid = os.fork()
    if pid == 0:
        try:
            run_program(isolation, job, stdin, out_write, err_write, ready_write)
        finally:
            os._exit(97)
    for fd in (stdin, out_write, err_write, ready_write):
        os.close(fd)
    output, error, end = bytearray(), bytearray(), None
    try:
        wait_ready(ready_read, SETUP_SECONDS)
        deadline = min(deadline, time.monotonic() + job["limits"]["test_seconds"])
        streams = {out_read: output, err_read: error}
        while streams and end is None:
            remaining = deadline - time.monotonic()
            readable = select.select(list(streams), [], [], max(0, remaining))[0] if remaining > 0 else []
            if not readable:
                end = "time limit"
            for fd in readable:
                piece = os.read(fd, 1 << 16)
                if not piece:
                    del streams[fd]
                elif fd == out_read:
                    output += piece
                    if len(output) > job["limits"]["output_bytes"]:
                        end = "output limit"
                elif len(error) < MAX_ERROR:
                    error += piece
        end = end or exited(pid, deadline)
    finally:
        status = isolation.end(pid)
        for fd in (out_read, err_read, ready_read):
            os.close(fd)
    return {
        "end": ended(status) if end is None else end,
        "output": output[: job["limits"]["output_bytes"]].decode("utf-8", "replace"),
        "error": error[:MAX_ERROR].decode("utf-8", "replace"),
    }


def exited(pid, deadline):
    """How a program ends that closed its output: None leaves the answer to the one who reaps it."""
    handle = os.pidfd_open(pid)
    try:
        done = select.select([handle], [], [], max(0, deadline - time.monotonic()))[0]
        return None if done else "time limit"
    finally:
        os.close(handle)


def run_tests(isolation, job):
    deadline = time.monotonic() + job["limits"]["total_seconds"]
    results = []
    for text in job["inputs"]:
        result = run_test(isolation, job, text, deadline)
        results.append(result)
        if result["end"] != "exit 0":
            break
    return {"runs": results}


def start_server(isolation, job):
    request_read, request_write = os.pipe()
    reply_read, reply_write = os.pipe()
    ready_read, ready_write = os.pipe()
    pid = os.fork()
    if pid == 0:
        try:
            serve_program(isolation, job, request_read, reply_write, ready_write)
        finally:
            os._exit(97)
    for fd in (request_read, reply_write, ready_write):
        os.close(fd)
    wait_ready(ready_read, SETUP_SECONDS)
    os.close(ready_read)
    return pid, request_write, reply_read


def run_asserts(isolation, job):
    pid, requests, replies = start_server(isolation, job)
    report_read, report_write = os.pipe()
    checker = os.fork()
    if checker == 0:
        try:
            check_program(isolation, job, requests, replies, report_write)
        finally:
            os._exit(97)
    for fd in (requests, replies, report_write):
        os.close(fd)
    report = None
    try:
        wait_ready(report_read, SETUP_SECONDS)
        if select.select([report_read], [], [], job["limits"]["test_seconds"])[0]:
            report = read_frame(report_read, MAX_REPLY)
        else:
            report = {"passed": False, "detail": "time limit"}
    except EOFError:
        report = {"passed": False, "detail": "the checks ended early"}
    finally:
        isolation.end(pid)
        os.close(report_read)
    return {"report": report}


def run_cases(isolation, job):
    """Calls one function with arguments known in advance; the results are compared by whoever knows the expected ones."""
    pid, requests, replies = start_server(isolation, job)
    os.set_blocking(requests, False)
    deadline = time.monotonic() + job["limits"]["total_seconds"]
    results = []
    try:
        results.append(timed_frame(replies, min(deadline, time.monotonic() + job["limits"]["test_seconds"])))
        if "loaded" in results[0]:
            for arguments in job["cases"]:
                limit = min(deadline, time.monotonic() + job["limits"]["test_seconds"])
                request = {"name": job["entry_point"], "args": [encode(a) for a in arguments], "kwargs": {}}
                reply = timed_frame(replies, limit) if send_frame(requests, request, limit) else NOT_READ
                results.append(reply)
                if "result" not in reply:
                    break
    finally:
        isolation.end(pid)
        os.close(requests)
        os.close(replies)
    return {"replies": results}


def preload():
    """What most programs import is imported once, here, and not in every process again."""
    for name in ("bisect", "collections", "functools", "heapq", "itertools", "math", "re", "string", "typing"):
        __import__(name)
    for name in ("exit", "quit"):
        setattr(builtins, name, _sitebuiltins.Quitter(name, "Ctrl-D (i.e. EOF)"))


def main():
    """Arguments: an empty directory, the user number for programs, "namespaces" or "limits", directories of installed packages."""
    sys.path.pop(0)
    sys.path += sys.argv[4:]
    preload()
    isolation = Isolation(int(sys.argv[2]))
    isolation.enter(sys.argv[1], sys.argv[3] == "namespaces")
    gc.freeze()
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    os.environ.clear()
    os.environ.update(PATH="/usr/bin:/bin", LANG="C.UTF-8", HOME="/tmp")
    write_frame(1, {"isolation": isolation.held, "python": sys.version.split()[0]})
    modes = {"tests": run_tests, "asserts": run_asserts, "cases": run_cases}
    while True:
        try:
            job = read_frame(0)
        except EOFError:
            return
        started = time.monotonic()
        isolation.fresh_files()
        answer = modes[job["mode"]](isolation, job)
        answer["seconds"] = time.monotonic() - started
        write_frame(1, answer)


main()
