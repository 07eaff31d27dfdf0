"""Runs programs of a language model, one at a time, each in a process of its own that this server forks.

Frames on standard input and output are a length (4 bytes, big endian) and that many bytes of JSON. A job is one frame; the
test code of an assertion job is a second frame, which only the checking process reads: neither this server nor the process
of the program ever holds test code or expected results. What the program sends back is data and is parsed as such.

Not covered: side channels, the kernel's own bugs, disk and network of the machine where it allows no namespaces (the list
"isolation" in the first answer says what holds).
"""

import ctypes
import gc
import json
import os
import resource
import select
import signal
import struct
import sys
import time

NEW_NS, NEW_UTS, NEW_IPC, NEW_USER, NEW_PID, NEW_NET = 0x20000, 0x4000000, 0x8000000, 0x10000000, 0x20000000, 0x40000000
MS_RDONLY, MS_NOSUID, MS_NODEV, MS_REMOUNT, MS_BIND, MS_REC, MS_PRIVATE = 1, 2, 4, 32, 4096, 16384, 1 << 18
PR_SET_PDEATHSIG, PR_CAPBSET_DROP, PR_SET_CHILD_SUBREAPER, PR_SET_NO_NEW_PRIVS, PR_SET_DUMPABLE = 1, 24, 36, 38, 4
MNT_DETACH = 2
LAST_CAPABILITY = 40
FILES_BYTES = 32 << 20
MAX_FRAME = 64 << 20
MAX_REPLY = 4 << 20
MAX_ERROR = 4000

libc = ctypes.CDLL(None, use_errno=True)


def checked(result, what):
    if result != 0:
        error = ctypes.get_errno()
        raise OSError(error, what + ": " + os.strerror(error))


def read_exactly(fd, size):
    data = bytearray()
    while len(data) < size:
        piece = os.read(fd, min(size - len(data), 1 << 20))
        if not piece:
            raise EOFError
        data += piece
    return bytes(data)


def read_frame(fd, limit=MAX_FRAME):
    size = struct.unpack(">I", read_exactly(fd, 4))[0]
    if size > limit:
        raise ValueError("frame of %d bytes" % size)
    return json.loads(read_exactly(fd, size).decode("utf-8"))


def write_frame(fd, value):
    body = json.dumps(value).encode("utf-8")
    data = memoryview(struct.pack(">I", len(body)) + body)
    while data:
        data = data[os.write(fd, data) :]


# ---------------------------------------------------------------------------------------------------------------- isolation


def mount(source, target, kind, flags, options=""):
    checked(
        libc.mount(source.encode(), target.encode(), kind.encode(), flags, options.encode()),
        "mount " + target,
    )


class Isolation:
    """The namespaces of the server, entered once; each program's process then gives up every privilege in them.

    The server is the first process of a process namespace, so that no program can signal it and that whatever a program
    leaves behind becomes its child and is killed before the next program starts.
    """

    def __init__(self, user):
        self.user = user
        self.root = os.geteuid() == 0
        self.held = []
        self.namespaces = False
        self.files = False
        self.private = False

    def enter(self, work):
        wanted = NEW_NS | NEW_NET | NEW_IPC | NEW_UTS | NEW_PID
        uid, gid = os.geteuid(), os.getegid()
        if self.root and libc.unshare(wanted) == 0:
            self.held.append("namespaces")
        elif libc.unshare(NEW_USER | wanted) == 0:
            self.root = False
            for name, text in (("setgroups", "deny"), ("uid_map", "0 %d 1" % uid), ("gid_map", "0 %d 1" % gid)):
                with open("/proc/self/" + name, "w") as file:
                    file.write(text)
            self.held.append("user namespaces")
        else:
            libc.prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
            self.held.append("limits only: this machine allows no namespaces, so files and network are open")
            return
        self.namespaces = True
        become_first_process()
        self.held += ["no network", "own processes"]
        try:
            self.narrow_files(work)
            self.files = True
            self.held.append("own read-only files")
        except OSError as error:
            self.held.append("files open (%s)" % error)

    def narrow_files(self, work):
        """A root of its own that holds only the interpreter and the system's libraries, read-only."""
        mount("none", "/", "none", MS_REC | MS_PRIVATE)
        mount("tmpfs", work, "tmpfs", MS_NOSUID, "size=1m,mode=755")
        wanted = ["/usr", "/lib", "/lib32", "/lib64", "/bin", "/sbin", sys.base_prefix, sys.prefix]
        wanted += [path for path in sys.path if os.path.isdir(path)]
        done = []
        for path in wanted:
            path = os.path.normpath(path)
            if any(path == other or path.startswith(other + "/") for other in done) or not os.path.isdir(path):
                continue
            if os.path.islink(path) and "/" not in os.readlink(path).strip("/").replace("usr/", ""):
                os.symlink(os.readlink(path), work + path)
            else:
                os.makedirs(work + path, 0o755, exist_ok=True)
                mount(path, work + path, "none", MS_BIND)
                mount("none", work + path, "none", MS_BIND | MS_REMOUNT | MS_RDONLY | MS_NOSUID | MS_NODEV)
            done.append(path)
        os.makedirs(work + "/dev")
        os.makedirs(work + "/tmp")
        os.makedirs(work + "/etc")
        for device in ("/dev/null", "/dev/zero", "/dev/urandom", "/dev/random"):
            os.close(os.open(work + device, os.O_CREAT | os.O_WRONLY))
            mount(device, work + device, "none", MS_BIND)
        os.chdir(work)
        mount("none", work, "none", MS_REMOUNT | MS_BIND | MS_RDONLY | MS_NOSUID)
        os.chroot(".")
        os.chdir("/")

    def fresh_files(self):
        """An empty directory for the next program: a new one only where the last program left something."""
        if not self.files or self.private and not os.listdir("/tmp"):
            return
        if self.private:
            checked(libc.umount2(b"/tmp", MNT_DETACH), "umount /tmp")
        mount("tmpfs", "/tmp", "tmpfs", MS_NOSUID | MS_NODEV, "size=%d,nr_inodes=4096,mode=1777" % FILES_BYTES)
        self.private = True

    def confine(self, limits, checker=False):
        """Run in the forked process: no privileges, limits. Everything here is irrevocable for it."""
        os.setsid()
        if self.root:
            user = self.user + 1 if checker else self.user
            os.setgroups([])
            os.setresgid(user, user, user)
            os.setresuid(user, user, user)
        if self.namespaces:
            for capability in range(LAST_CAPABILITY + 1):
                libc.prctl(PR_CAPBSET_DROP, capability, 0, 0, 0)
            header = struct.pack("Ii", 0x20080522, 0)
            libc.capset(header, struct.pack("6I", 0, 0, 0, 0, 0, 0))
        libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
        libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
        if checker:
            libc.prctl(PR_SET_DUMPABLE, 0, 0, 0, 0)
        for name, value in (
            (resource.RLIMIT_AS, limits["memory_bytes"]),
            (resource.RLIMIT_CPU, int(limits["test_seconds"] * limits["tests"]) + 2),
            (resource.RLIMIT_FSIZE, limits["file_bytes"]),
            (resource.RLIMIT_NOFILE, limits["open_files"]),
            (resource.RLIMIT_NPROC, limits["processes"]),
            (resource.RLIMIT_CORE, 0),
            (resource.RLIMIT_MEMLOCK, 0),
        ):
            hard = resource.getrlimit(name)[1]
            value = value if hard == resource.RLIM_INFINITY else min(value, hard)
            resource.setrlimit(name, (value, value))

    def end(self, pid):
        """Ends a program and all it started, and waits until they are gone; returns how the program ended."""
        status = 0
        while True:
            self.kill_all(pid)
            try:
                gone, how = os.waitpid(-1, 0)
            except ChildProcessError:
                return status
            if gone == pid:
                status = how

    def kill_all(self, pid):
        for process in (-1,) if self.namespaces else (pid, -pid):
            try:
                os.kill(process, signal.SIGKILL)
            except (ProcessLookupError, PermissionError):
                pass
        if not self.namespaces:
            self.sweep()

    def sweep(self):
        """Without process namespaces: what left the program's group has become a child of this server."""
        for name in os.listdir("/proc"):
            if name.isdigit():
                try:
                    with open("/proc/%s/stat" % name) as file:
                        parent = int(file.read().rsplit(")", 1)[1].split()[1])
                    if parent == os.getpid():
                        os.kill(int(name), signal.SIGKILL)
                except (OSError, ValueError, IndexError):
                    pass


def become_first_process():
    """Goes on as the first process of the new process namespace; the outer one waits for it and passes on how it ended."""
    pid = os.fork()
    if pid == 0:
        libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
        if os.getppid() != 0:
            os._exit(96)
        return
    null = os.open("/dev/null", os.O_RDWR)
    os.dup2(null, 0)
    os.dup2(null, 1)
    status = os.waitpid(pid, 0)[1]
    os._exit(os.waitstatus_to_exitcode(status) & 255)


# -------------------------------------------------------------------------------------------------- values between processes

EXCEPTIONS = {
    kind.__name__: kind
    for kind in (
        Exception, ValueError, TypeError, KeyError, IndexError, ZeroDivisionError, ArithmeticError, AttributeError,
        AssertionError, NotImplementedError, OverflowError, RuntimeError, StopIteration, NameError, RecursionError,
        LookupError, UnicodeError, MemoryError,
    )
}


def encode(value):
    """Plain data as tagged JSON; exact types only, so that a subclass with methods of its own is never taken for data."""
    kind = type(value)
    if value is None or kind in (bool, str):
        return value
    if kind is int:
        return {"i": hex(value)} if abs(value) >= 1 << 53 else value
    if kind is float:
        return {"f": value.hex()}
    if kind is complex:
        return {"c": [value.real.hex(), value.imag.hex()]}
    if kind is bytes:
        return {"b": value.hex()}
    if kind is list:
        return [encode(item) for item in value]
    if kind in (tuple, set, frozenset):
        return {"t" if kind is tuple else "s" if kind is set else "z": [encode(item) for item in value]}
    if kind is dict:
        return {"d": [[encode(key), encode(item)] for key, item in value.items()]}
    if kind.__name__ in ("generator", "range", "map", "filter", "zip", "dict_keys", "dict_values", "dict_items"):
        items = []
        for item in value:
            items.append(encode(item))
            if len(items) > 1000000:
                raise ValueError("too many items")
        return {"g": items}
    raise TypeError("the result is a %s, not plain data" % kind.__name__)


def decode(value):
    if isinstance(value, list):
        return [decode(item) for item in value]
    if not isinstance(value, dict):
        return value
    ((tag, body),) = value.items()
    if tag == "i":
        return int(body, 16)
    if tag == "f":
        return float.fromhex(body)
    if tag == "c":
        return complex(float.fromhex(body[0]), float.fromhex(body[1]))
    if tag == "b":
        return bytes.fromhex(body)
    if tag == "d":
        return {decode(key): decode(item) for key, item in body}
    if tag == "g":
        return iter([decode(item) for item in body])
    return {"t": tuple, "s": set, "z": frozenset}[tag](decode(item) for item in body)


# --------------------------------------------------------------------------------------------------- process of the program


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
    dumps, from_hostile_free_data, frame, read, write = json.dumps, decode, struct.pack, read_frame, os.write

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
        reply({"error": type(error).__name__, "message": str(error)[:500]})
        os._exit(1)
    while True:
        request = read(requests)
        try:
            target = eval(request["name"], namespace)
            arguments = from_hostile_free_data(request["args"])
            named = {key: from_hostile_free_data(value) for key, value in request["kwargs"].items()}
            result = encode(target(*arguments, **named))
            reply({"result": result, "args": [encode(item) if type(item) in (list, dict, set) else None for item in arguments]})
        except BaseException as error:
            reply({"error": type(error).__name__, "message": str(error)[:500]})


# ----------------------------------------------------------------------------------------------------- process of the checks


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


# ------------------------------------------------------------------------------------------------------------------- server


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
        wait_ready(ready_read, 10)
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
    wait_ready(ready_read, 10)
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
        wait_ready(report_read, 10)
        if select.select([report_read], [], [], job["limits"]["total_seconds"])[0]:
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
    deadline = time.monotonic() + job["limits"]["total_seconds"]
    results = []
    try:
        results.append(timed_frame(replies, min(deadline, time.monotonic() + job["limits"]["test_seconds"])))
        if "loaded" in results[0]:
            for arguments in job["cases"]:
                write_frame(requests, {"name": job["entry_point"], "args": [encode(a) for a in arguments], "kwargs": {}})
                reply = timed_frame(replies, min(deadline, time.monotonic() + job["limits"]["test_seconds"]))
                results.append(reply)
                if "result" not in reply:
                    break
    finally:
        isolation.end(pid)
        os.close(requests)
        os.close(replies)
    return {"replies": results}


def timed_frame(fd, deadline):
    """A frame from the program, or why there is none: read piecewise, because the program may stop in the middle of it."""
    data = bytearray()
    size = 4
    while len(data) < size:
        remaining = deadline - time.monotonic()
        if remaining <= 0 or not select.select([fd], [], [], remaining)[0]:
            return {"error": "time limit", "message": ""}
        piece = os.read(fd, min(size - len(data), 1 << 16))
        if not piece:
            return {"error": "the program ended", "message": ""}
        data += piece
        if len(data) == 4 and size == 4:
            size = 4 + struct.unpack(">I", data)[0]
            if size > MAX_REPLY:
                return {"error": "output limit", "message": ""}
    try:
        reply = json.loads(bytes(data[4:]).decode("utf-8"))
        if type(reply) is dict and ("result" in reply or "error" in reply or "loaded" in reply):
            return {key: reply[key] for key in ("result", "error", "message", "loaded") if key in reply}
    except (ValueError, RecursionError):
        pass
    return {"error": "no answer", "message": "what the program sent is not a result"}


def main():
    isolation = Isolation(int(sys.argv[2]))
    isolation.enter(sys.argv[1])
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
