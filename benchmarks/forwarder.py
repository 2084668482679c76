"""The way to a server, which can be cut: a port of this machine that passes on."""

import socket
import threading
from contextlib import suppress

HOST = "127.0.0.1"
AT_ONCE = 1 << 16


class Forwarder:
    """Whoever speaks to its port speaks to the server, while it is open.

    While it is closed, nobody listens there, and who spoke is cut short: as when a
    server has gone, and nobody needs to end one. While it hangs, whoever comes is let
    in and never hears anything.
    """

    def __init__(self, host: str, port: int) -> None:
        self.server = (host, port)
        self.port = 0
        self._listener: socket.socket | None = None
        self._lock = threading.Lock()
        self._connected: set[socket.socket] = set()
        self._passes = threading.Event()

    def open(self) -> None:
        """On the port that it had before, if it had one."""
        listener = socket.socket()
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((HOST, self.port))
        listener.listen(64)
        self.port = listener.getsockname()[1]
        self._listener = listener
        self._passes.set()
        threading.Thread(target=self._accept, args=[listener], daemon=True).start()

    def hang(self) -> None:
        """Until it is closed."""
        self._passes.clear()

    def close(self) -> None:
        with self._lock:
            ended = [*filter(None, [self._listener]), *self._connected]
            self._listener, self._connected = None, set()
        for each in ended:
            _end(each)
        self._passes.set()

    def _accept(self, listener: socket.socket) -> None:
        with suppress(OSError):
            while True:
                near, _from = listener.accept()
                self._join(listener, near)

    def _join(self, listener: socket.socket, near: socket.socket) -> None:
        try:
            far = socket.create_connection(self.server, timeout=5)
        except OSError:
            _end(near)
            return
        far.settimeout(None)
        for each in (near, far):
            each.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        with self._lock:
            is_open = self._listener is listener
            if is_open:
                self._connected |= {near, far}
        if not is_open:
            _end(near)
            _end(far)
            return
        for pair in ((near, far), (far, near)):
            threading.Thread(target=self._pass_on, args=pair, daemon=True).start()

    def _pass_on(self, source: socket.socket, sink: socket.socket) -> None:
        """Until one of them ends, and then both have."""
        with suppress(OSError):
            while said := source.recv(AT_ONCE):
                self._passes.wait()
                sink.sendall(said)
        with self._lock:
            self._connected -= {source, sink}
        _end(source)
        _end(sink)


def _end(connection: socket.socket) -> None:
    """Shut down, so that whoever waits for it in another thread is woken."""
    with suppress(OSError):
        connection.shutdown(socket.SHUT_RDWR)
    connection.close()
