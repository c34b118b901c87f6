"""A client that sends exact bytes and reads what comes back with a parser of its own."""

import socket
from typing import NamedTuple

from claimgate_testing.process import PATIENCE, wait_until


class Malformed(AssertionError):
    """The peer sent what is not HTTP/1.1."""


class Closed(Malformed):
    """The peer closed before the message was complete."""


class Message(NamedTuple):
    """A head and its body; `fields` keeps order, case and repetition."""

    start: str
    fields: list
    body: bytes
    raw: bytes

    @property
    def status(self):
        return int(self.start.split(" ")[1])

    def all(self, name):
        return [value for key, value in self.fields if key.lower() == name.lower()]

    def one(self, name):
        """The value of a field that may come once at most; None where it is missing."""
        values = self.all(name)
        assert len(values) <= 1, f"{name} came {len(values)} times"
        return values[0] if values else None


def split_head(head):
    """The first line and the fields of a head with its blank line. Refuses what is not plain."""
    lines = head.decode("latin-1").split("\r\n")
    if lines[-2:] != ["", ""] or any("\n" in line or "\r" in line or "\0" in line for line in lines):
        raise Malformed(f"line endings of {head!r}")
    fields = []
    for line in lines[1:-2]:
        name, colon, value = line.partition(":")
        if not colon or not name or name != name.strip():
            raise Malformed(f"field {line!r}")
        fields.append((name, value.strip(" \t")))
    return lines[0], fields


class Reader:
    """Takes messages off a socket, byte-exactly; what follows a message stays for the next one."""

    def __init__(self, sock):
        self.sock = sock
        self.buffer = b""

    def more(self):
        piece = self.sock.recv(65536)
        if not piece:
            raise Closed(f"closed after {self.buffer[:200]!r}")
        self.buffer += piece

    def take(self, size):
        while len(self.buffer) < size:
            self.more()
        piece, self.buffer = self.buffer[:size], self.buffer[size:]
        return piece

    def line(self):
        while b"\r\n" not in self.buffer:
            self.more()
        return self.take(self.buffer.index(b"\r\n") + 2)

    def head(self):
        while b"\r\n\r\n" not in self.buffer:
            self.more()
        return self.take(self.buffer.index(b"\r\n\r\n") + 4)

    def chunked(self):
        """(decoded, raw) of a chunked body without extensions or trailers."""
        body, raw = b"", b""
        while True:
            line = self.line()
            size = int(line, 16)
            piece = self.take(size + 2)
            if not piece.endswith(b"\r\n") or line != b"%x\r\n" % size:
                raise Malformed(f"chunk {line!r} {piece[-2:]!r}")
            raw += line + piece
            if size == 0:
                return body, raw
            body += piece[:-2]

    def to_end(self):
        while True:
            piece = self.sock.recv(65536)
            if not piece:
                body, self.buffer = self.buffer, b""
                return body
            self.buffer += piece

    def body(self, fields, bodiless, otherwise):
        """By the one framing field; `otherwise` reads the body of a message without any."""
        lengths = [value for name, value in fields if name.lower() == "content-length"]
        codings = [value for name, value in fields if name.lower() == "transfer-encoding"]
        if len(lengths) + len(codings) > 1 or codings not in ([], ["chunked"]):
            raise Malformed(f"framing {lengths} {codings}")
        if bodiless:
            return b"", b""
        if codings:
            return self.chunked()
        body = self.take(int(lengths[0])) if lengths else otherwise()
        return body, body

    def response(self, method="GET"):
        head = self.head()
        start, fields = split_head(head)
        status = start.split(" ")[1]
        bodiless = method == "HEAD" or status[0] == "1" or status in ("204", "304")
        body, raw = self.body(fields, bodiless, self.to_end)
        return Message(start, fields, body, head + raw)

    def request(self):
        head = self.head()
        start, fields = split_head(head)
        body, raw = self.body(fields, False, lambda: b"")
        return Message(start, fields, body, head + raw)


class Client(Reader):
    """One connection to the gateway."""

    def __init__(self, port, data=b""):
        sock = socket.create_connection(("127.0.0.1", port), timeout=PATIENCE)
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        super().__init__(sock)
        if data:
            self.send(data)

    def send(self, data):
        """Sends all of it. A peer that refuses the rest is for the reader to find out."""
        try:
            self.sock.sendall(data)
        except (BrokenPipeError, ConnectionResetError):
            pass

    def end(self):
        self.sock.shutdown(socket.SHUT_WR)

    def final_response(self, method="GET"):
        """The first one that is not 1xx."""
        while True:
            response = self.response(method)
            if response.status >= 200:
                return response

    def expect_end(self):
        """The peer says no more: not a byte, then the end."""
        try:
            rest = self.buffer + self.sock.recv(65536)
        except ConnectionResetError:
            rest = b""
        assert rest == b"", f"went on: {rest[:200]!r}"

    def wait_until_read(self):
        """Until the other process has taken what was sent from its socket: then the next bytes come in a read of their own."""
        here, there = self.sock.getsockname()[1], self.sock.getpeername()[1]
        wait_until(lambda: _unread(there, here) == 0, "the gateway did not read")

    def close(self):
        self.sock.close()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()


def _unread(local, remote):
    """Bytes that wait in the receive queue of the connection LOCAL <- REMOTE, from Linux's table of sockets."""
    ends = (f"0100007F:{local:04X}", f"0100007F:{remote:04X}")
    with open("/proc/net/tcp", encoding="ascii") as table:
        for line in table:
            columns = line.split()
            if (columns[1], columns[2]) == ends:
                return int(columns[4].split(":")[1], 16)
    return 0


def exchange(port, data, method="GET"):
    """One connection, one final answer."""
    with Client(port, data) as client:
        return client.final_response(method)

