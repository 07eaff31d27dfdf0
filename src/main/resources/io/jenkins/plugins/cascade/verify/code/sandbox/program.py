"""The process of a program. It holds the program and its inputs, never expected results or test code."""

import json
import os
import struct
import sys

from frames import read_frame
from values import EXCEPTIONS, decode, encode


def become_main():
    module = type(sys)("__main__")
    sys.modules["__main__"] = module
    sys.argv = ["program.py"]
    return module.__dict__


def only_fds(*kept):
    top = max(kept) + 1
    for fd in range(3, top):
        if fd not in kept:
            try:
                os.close(fd)
            except OSError:
                pass
    os.closerange(top, 4096)


def run_program(isolation, job, stdin, stdout, stderr, ready):
    """One run on one input: the program is the whole process."""
    os.dup2(stdin, 0)
    os.dup2(stdout, 1)
    os.dup2(stderr, 2)
    only_fds(ready)
    isolation.confine(job["limits"])
    os.chdir("/tmp")
    os.write(ready, b"+")
    os.close(ready)
    sys.stdin = open(0, encoding="utf-8", errors="replace")
    sys.stdout = open(1, "w", encoding="utf-8", errors="replace")
    sys.stderr = open(2, "w", encoding="utf-8", errors="replace", buffering=1)
    code = 1
    try:
        exec(compile(job["program"], "program.py", "exec"), become_main())
        if "threading" in sys.modules:
            sys.modules["threading"]._shutdown()
        code = 0
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else 0 if end.code is None else 1
    except BaseException as error:
        os.write(2, ("%s: %s" % (type(error).__name__, str(error)[:500])).encode("utf-8", "replace"))
    try:
        sys.stdout.flush()
    except BaseException:
        code = code or 1
    os._exit(code & 255)


def kind_of(error):
    """The first of its classes that the checks know, so that they can expect a program's own kind of ValueError."""
    for kind in type(error).__mro__:
        if EXCEPTIONS.get(kind.__name__) is kind and kind is not Exception:
            return kind.__name__
    return type(error).__name__


def message_of(error):
    kind = type(error).__name__
    return str(error) if kind == kind_of(error) else "%s: %s" % (kind, error)


def serve_program(isolation, job, requests, replies, ready):
    """Loads the program, then calls its functions with arguments that come one request at a time."""
    null = os.open("/dev/null", os.O_RDWR)
    for fd in (0, 1, 2):
        os.dup2(null, fd)
    only_fds(requests, replies, ready)
    isolation.confine(job["limits"])
    os.chdir("/tmp")
    os.write(ready, b"+")
    os.close(ready)
    namespace = become_main()
    dumps, rebuild, frame, read, write = json.dumps, decode, struct.pack, read_frame, os.write

    def reply(value):
        try:
            body = dumps(value).encode("utf-8")
        except (ValueError, RecursionError, UnicodeError) as error:
            body = dumps({"error": type(error).__name__, "message": "the result cannot be sent"}).encode()
        data = memoryview(frame(">I", len(body)) + body)
        while data:
            data = data[write(replies, data) :]

    try:
        exec(compile(job["program"], "program.py", "exec"), namespace)
        reply({"loaded": sorted(name for name, value in namespace.items() if callable(value))[:1000]})
    except BaseException as error:
        reply({"error": kind_of(error), "message": message_of(error)[:500]})
        os._exit(1)
    while True:
        request = read(requests)
        try:
            target = eval(request["name"], namespace)
            arguments = rebuild(request["args"])
            named = {key: rebuild(value) for key, value in request["kwargs"].items()}
            result = encode(target(*arguments, **named))
            reply({"result": result, "args": [encode(item) if type(item) in (list, dict, set) else None for item in arguments]})
        except BaseException as error:
            reply({"error": kind_of(error), "message": message_of(error)[:500]})
