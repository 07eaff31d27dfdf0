"""What a program is held in: namespaces where the kernel allows them, limits everywhere."""

import ctypes
import os
import resource
import signal
import struct
import sys

from syscalls import Filter

NEW_NS, NEW_UTS, NEW_IPC, NEW_USER, NEW_PID, NEW_NET = 0x20000, 0x4000000, 0x8000000, 0x10000000, 0x20000000, 0x40000000
MS_RDONLY, MS_NOSUID, MS_NODEV, MS_REMOUNT, MS_BIND, MS_REC, MS_PRIVATE = 1, 2, 4, 32, 4096, 16384, 1 << 18
MNT_DETACH = 2
PR_SET_PDEATHSIG, PR_SET_DUMPABLE, PR_CAPBSET_DROP, PR_SET_CHILD_SUBREAPER, PR_SET_NO_NEW_PRIVS = 1, 4, 24, 36, 38
CAPABILITY_VERSION_3 = 0x20080522
LAST_CAPABILITY = 40
FILES_BYTES = 32 << 20

libc = ctypes.CDLL(None, use_errno=True)


def checked(result, what):
    if result != 0:
        error = ctypes.get_errno()
        raise OSError(error, what + ": " + os.strerror(error))


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
        self.filter = Filter(libc)

    def enter(self, work, allowed):
        self.separate(work, allowed)
        if self.filter.usable:
            self.held.append("filtered system calls")

    def separate(self, work, allowed):
        wanted = NEW_NS | NEW_NET | NEW_IPC | NEW_UTS | NEW_PID
        uid, gid = os.geteuid(), os.getegid()
        if allowed and self.root and libc.unshare(wanted) == 0:
            self.held.append("namespaces")
        elif allowed and libc.unshare(NEW_USER | wanted) == 0:
            self.root = False
            for name, text in (("setgroups", "deny"), ("uid_map", "0 %d 1" % uid), ("gid_map", "0 %d 1" % gid)):
                with open("/proc/self/" + name, "w") as file:
                    file.write(text)
            self.held.append("user namespaces")
        else:
            libc.prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
            network = "" if self.filter.usable else " and network"
            self.held.append("limits only: no namespaces, so files%s are open" % network)
            if not self.root:
                self.held.append("other processes of this user are open")
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
            header = struct.pack("Ii", CAPABILITY_VERSION_3, 0)
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
        if self.filter.usable:
            checked(self.filter.install(), "filter of system calls")

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
