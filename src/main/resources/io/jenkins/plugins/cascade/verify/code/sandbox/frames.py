"""Frames: a length (4 bytes, big endian) and that many bytes of JSON."""

import json
import os
import select
import struct
import time

MAX_FRAME = 64 << 20
MAX_REPLY = 4 << 20


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


def send_frame(fd, value, deadline):
    """Writes to a process that may not read; whether it took all of it in time."""
    body = json.dumps(value).encode("utf-8")
    data = memoryview(struct.pack(">I", len(body)) + body)
    while data:
        remaining = deadline - time.monotonic()
        if remaining <= 0 or not select.select([], [fd], [], remaining)[1]:
            return False
        try:
            data = data[os.write(fd, data) :]
        except BlockingIOError:
            continue
        except BrokenPipeError:
            return False
    return True


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
