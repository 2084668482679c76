"""A load generator: closed-loop clients on keep-alive connections to 127.0.0.1.

Our own, on bare sockets, because it shares two cores with the server it measures: a
library spends more on a request than the fastest page measured here, and every figure
would be its own. A request is bytes made once; of an answer only the status, the
headers and the length of the body are read. Each client asks again as soon as it is
answered, for a given time, so the load is bounded by itself.
"""

import selectors
import socket
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field

HOST = "127.0.0.1"
# How long an answer may take, in seconds.
PATIENCE = 60
CHUNK = 2**18
END_OF_HEADERS = b"\r\n\r\n"


class BadAnswer(OSError):
    """The server sent something that this client does not read, or nothing."""


@dataclass(frozen=True)
class Answer:
    """What came back: `length` is the body's, in bytes."""

    status: int
    headers: dict[str, str]
    length: int


@dataclass
class Burst:
    """What some clients saw in a short time: seconds for each request, and answers."""

    seconds: list[float] = field(default_factory=list)
    statuses: Counter[int] = field(default_factory=Counter)
    length: int = 0

    def add(self, seconds: float, answer: Answer) -> None:
        self.seconds.append(seconds)
        self.statuses[answer.status] += 1
        self.length = answer.length

    def join(self, other: "Burst") -> None:
        self.seconds += other.seconds
        self.statuses += other.statuses
        self.length = other.length


def request_for(address: str, **headers: str) -> bytes:
    """A GET as a server in front that ends TLS passes it on; no compression is asked.

    Underscores in the names of headers stand for hyphens.
    """
    lines = [f"GET {address} HTTP/1.1", f"Host: {HOST}", "X-Forwarded-Proto: https"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return "\r\n".join([*lines, "", ""]).encode()


class Connection:
    """One HTTP/1.1 connection that is kept open, with one request at a time on it."""

    def __init__(self, port: int) -> None:
        self.socket = socket.create_connection((HOST, port), timeout=PATIENCE)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.sent_at = 0.0
        self._head = b""
        self._answer: Answer | None = None
        self._missing = 0

    def close(self) -> None:
        self.socket.close()

    def fileno(self) -> int:
        return self.socket.fileno()

    def send(self, request: bytes) -> None:
        self._head, self._answer = b"", None
        self.sent_at = time.perf_counter()
        self.socket.sendall(request)

    def receive(self) -> Answer | None:
        """Read what is there; the answer once it is whole."""
        chunk = self.socket.recv(CHUNK)
        if not chunk:
            raise BadAnswer("The server closed the connection.")
        if self._answer is None:
            self._head += chunk
            head, end, body = self._head.partition(END_OF_HEADERS)
            if not end:
                return None
            self._answer = read_head(head)
            self._missing = self._answer.length - len(body)
        else:
            self._missing -= len(chunk)
        if self._missing < 0:
            raise BadAnswer("The answer is longer than it said.")
        return None if self._missing else self._answer


def read_head(head: bytes) -> Answer:
    """Status line and headers, their names in small letters.

    Raises BadAnswer for a body whose length is not announced.
    """
    first, *lines = head.decode("latin-1").split("\r\n")
    headers = {}
    for line in lines:
        name, _, value = line.partition(":")
        headers[name.lower()] = value.strip()
    status = int(first.split(" ", 2)[1])
    if "content-length" not in headers and status not in {204, 304}:
        raise BadAnswer(f"The answer {status} does not announce its length.")
    length = 0 if status in {204, 304} else int(headers["content-length"])
    return Answer(status, headers, length)


def fetch(port: int, request: bytes) -> Answer:
    """One request on a connection of its own."""
    with _connections(port, 1) as (connection,):
        connection.send(request)
        while (answer := connection.receive()) is None:
            pass
        return answer


def load(port: int, request: bytes, *, clients: int, seconds: float) -> Burst:
    """The same request from some clients at once, again and again for a while.

    The first answer on each connection is not counted: the other clients were not
    waiting yet. So at least one request of each client is.
    """
    burst = Burst()
    with _connections(port, clients) as connections:
        until = time.perf_counter() + seconds
        for connection in connections:
            connection.send(request)
        fresh, busy = set(connections), set(connections)
        for connection, answer in _answers(connections, busy):
            now = time.perf_counter()
            if connection in fresh:
                fresh.remove(connection)
            else:
                burst.add(now - connection.sent_at, answer)
                if now >= until:
                    busy.remove(connection)
                    continue
            connection.send(request)
    return burst


def _answers(
    connections: list[Connection], busy: set[Connection]
) -> Iterator[tuple[Connection, Answer]]:
    """Whole answers as they come, until no connection is busy."""
    with selectors.DefaultSelector() as selector:
        for connection in connections:
            selector.register(connection, selectors.EVENT_READ, connection)
        while busy:
            ready = selector.select(timeout=PATIENCE)
            if not ready:
                raise BadAnswer(f"No answer came in {PATIENCE} s.")
            for key, _ in ready:
                if answer := key.data.receive():
                    yield key.data, answer


@contextmanager
def _connections(port: int, count: int) -> Iterator[list[Connection]]:
    with ExitStack() as stack:
        opened = [Connection(port) for _ in range(count)]
        for connection in opened:
            stack.callback(connection.close)
        yield opened
