"""A filter of system calls (seccomp): what no program needs and namespaces do not hold, such as memory that outlives it."""

import ctypes
import os
import struct

PR_SET_SECCOMP, MODE_FILTER = 22, 2
LOAD, EQUAL, AT_LEAST, RETURN = 0x20, 0x15, 0x35, 0x06
NUMBER_AT, ARCHITECTURE_AT, FIRST_ARGUMENT_AT = 0, 4, 16
ALLOW, REFUSE, KILL = 0x7FFF0000, 0x00050001, 0x80000000
UNIX_SOCKET = 1

# In this order: shmget, shmat, semget, msgget, mq_open, ptrace, mount, umount2, add_key, request_key, keyctl, unshare, setns,
# perf_event_open, process_vm_readv, process_vm_writev, kcmp, bpf, userfaultfd.
X86_64 = (29, 30, 64, 68, 240, 101, 165, 166, 248, 249, 250, 272, 308, 298, 310, 311, 312, 321, 323)
AARCH64 = (194, 196, 190, 186, 180, 117, 40, 39, 217, 218, 219, 97, 268, 241, 270, 271, 272, 280, 282)
# The same everywhere: io_uring_setup, open_tree, move_mount, fsopen, pidfd_getfd, mount_setattr, memfd_secret.
NEW = (425, 428, 429, 430, 438, 442, 447)
MACHINES = {"x86_64": (0xC000003E, X86_64, 41, 0x40000000), "aarch64": (0xC00000B7, AARCH64, 198, 0x40000000)}


def instructions(architecture, refused, socket, foreign):
    """Sockets only within the machine; calls by another architecture's numbers end the process."""
    numbers = refused + NEW
    refusal = 5 + len(numbers) + 4
    code = [
        (LOAD, 0, 0, ARCHITECTURE_AT),
        (EQUAL, 1, 0, architecture),
        (RETURN, 0, 0, KILL),
        (LOAD, 0, 0, NUMBER_AT),
        (AT_LEAST, refusal - 5, 0, foreign),
    ]
    code += [(EQUAL, refusal - 6 - index, 0, number) for index, number in enumerate(numbers)]
    code += [
        (EQUAL, 0, 2, socket),
        (LOAD, 0, 0, FIRST_ARGUMENT_AT),
        (EQUAL, 0, 1, UNIX_SOCKET),
        (RETURN, 0, 0, ALLOW),
        (RETURN, 0, 0, REFUSE),
    ]
    return code


class Filter:
    """The filter for this machine; usable is false where there is none or the kernel does not take it."""

    def __init__(self, libc):
        self.libc = libc
        machine = MACHINES.get(os.uname().machine)
        self.usable = False
        if machine is not None:
            code = instructions(*machine)
            self.code = ctypes.create_string_buffer(b"".join(struct.pack("HBBI", *one) for one in code))
            self.program = ctypes.create_string_buffer(struct.pack("HxxxxxxP", len(code), ctypes.addressof(self.code)))
            self.usable = self.tried()

    def tried(self):
        pid = os.fork()
        if pid == 0:
            self.libc.prctl(38, 1, 0, 0, 0)
            os._exit(0 if self.install() == 0 else 1)
        return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 0

    def install(self):
        """For this process and all it starts, for good; the process must have given up gaining privileges."""
        return self.libc.prctl(PR_SET_SECCOMP, MODE_FILTER, self.program, 0, 0)
