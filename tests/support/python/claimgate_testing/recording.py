"""An origin that writes down every byte that reaches it and answers what the test says."""

import socket
import threading
from typing import NamedTuple

from claimgate_testing.process import PATIENCE, wait_until
from claimgate_testing.raw import Closed, Malformed, Reader

OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"


class Answer(NamedTuple):
    """Bytes to send, and whether the connection ends after them."""

    data: bytes = OK
    close: bool = False


class RecordingUpstream:
    """`answer` is called with each complete request and gives bytes or an Answer. Every connection has its own thread."""

    def __init__(self):
        self.reset()
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=64)
        self.port = self._listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def reset(self):
        """Forgets what it saw and answers plainly again."""
        self.requests = []    # complete requests, in the order of their ends
        self.received = []    # all bytes, a bytearray for each connection on which any came
        self.faults = []      # what was not a well-formed request
        self.ends = 0         # connections that the gateway closed
        self.closed = 0       # connections that it closed itself, after an answer that said so
        self.answer = lambda request: OK
        self.answer_early = lambda head: None  # bytes to answer to a head whose body is still to come

    def _accept(self):
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection):
        with connection:
            reader = _Recorder(connection, self)
            try:
                while True:
                    request = reader.request()
                    self.requests.append(request)
                    answer = self.answer(request)
                    answer = answer if isinstance(answer, Answer) else Answer(answer)
                    connection.sendall(answer.data)
                    if answer.close:
                        connection.close()
                        self.closed += 1
                        return
            except Closed:
                self.ends += 1
            except Malformed as fault:
                self.faults.append(str(fault))
            except OSError:
                self.ends += 1

    @property
    def targets(self):
        return [request.start.split(" ")[1] for request in self.requests]

    @property
    def bytes(self):
        return b"".join(bytes(part) for part in self.received)

    def wait_for_requests(self, count):
        wait_until(lambda: len(self.requests) >= count, f"{count} requests at the origin", PATIENCE)
        return self.requests

    def close(self):
        self._listener.close()


class _Recorder(Reader):
    """Appends what it reads to the record that is current when the bytes come."""

    def __init__(self, sock, upstream):
        super().__init__(sock)
        self.upstream = upstream
        self.record = bytearray()

    def head(self):
        head = super().head()
        early = self.upstream.answer_early(head)
        if early:
            self.sock.sendall(early)
        return head

    def more(self):
        before = len(self.buffer)
        super().more()
        if not any(self.record is part for part in self.upstream.received):
            self.record = bytearray()
            self.upstream.received.append(self.record)
        self.record += self.buffer[before:]
