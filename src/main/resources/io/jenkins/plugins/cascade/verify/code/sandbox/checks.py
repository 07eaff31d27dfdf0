"""The process of the test code: it calls the program's functions in their own process and believes nothing but data."""

import os

from frames import MAX_REPLY, read_frame, write_frame
from program import only_fds
from values import EXCEPTIONS, decode, encode


class ProgramFailure(BaseException):
    """The program is gone, or what it sent is no answer."""


class Candidate:
    """Stands for a function of the program; its results are data that was parsed, never objects of the program."""

    def __init__(self, name, requests, replies):
        self.name, self.requests, self.replies = name, requests, replies

    def __call__(self, *args, **kwargs):
        request = {"name": self.name, "args": [encode(a) for a in args], "kwargs": {k: encode(v) for k, v in kwargs.items()}}
        try:
            write_frame(self.requests, request)
            reply = read_frame(self.replies, MAX_REPLY)
            if "result" in reply:
                for argument, after in zip(args, reply["args"]):
                    copy_back(argument, after)
                return decode(reply["result"])
            kind = EXCEPTIONS.get(reply["error"], Exception)
            message = str(reply["message"])
        except (OSError, EOFError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
            raise ProgramFailure("%s: %s" % (type(error).__name__, error)) from None
        raise kind(message)


def copy_back(argument, after):
    """What a function changed in its arguments is changed in the caller's too."""
    if after is None:
        return
    value = decode(after)
    if type(argument) is list and type(value) is list:
        argument[:] = value
    elif type(argument) in (dict, set) and type(value) is type(argument):
        argument.clear()
        argument.update(value)


def check_program(isolation, job, requests, replies, report):
    """Runs the test code, which is read here and nowhere else, against stand-ins for the program's functions."""
    tests = read_frame(0)
    null = os.open("/dev/null", os.O_RDWR)
    for fd in (0, 1, 2):
        os.dup2(null, fd)
    only_fds(requests, replies, report)
    isolation.confine(dict(job["limits"], processes=0), checker=True)
    os.write(report, b"+")
    passed, detail = False, ""
    try:
        loaded = read_frame(replies, MAX_REPLY)
        if "loaded" not in loaded:
            raise ProgramFailure("%s: %s" % (loaded.get("error"), loaded.get("message")))
        code = compile(tests["test_code"], "tests.py", "exec")
        namespace = {"__name__": "tests"}
        for name in code_names(code):
            if name in loaded["loaded"] and not hasattr(__builtins__, name):
                namespace[name] = Candidate(name, requests, replies)
        entry = tests.get("entry_point") or ""
        candidate = Candidate(entry, requests, replies)
        if entry.isidentifier():
            namespace[entry] = candidate
        namespace["candidate"] = candidate
        exec(code, namespace)
        if "check" in namespace:
            namespace["check"](candidate)
        passed = True
    except ProgramFailure as failure:
        detail = str(failure)
    except BaseException as error:
        detail = "%s: %s" % (type(error).__name__, str(error)[:300])
    write_frame(report, {"passed": passed, "detail": detail})
    os._exit(0)


def code_names(code):
    names = set(code.co_names)
    for constant in code.co_consts:
        if isinstance(constant, type(code)):
            names |= code_names(constant)
    return names
