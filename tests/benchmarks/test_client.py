"""The load generator, against a server that speaks HTTP/1.1."""

from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

from benchmarks.client import HOST, BadAnswer, fetch, load, request_for

BODY = b"x" * 300_000


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def setup(self) -> None:
        super().setup()
        self.server.connections += 1

    def do_GET(self) -> None:
        if self.path == "/silent":
            self.close_connection = True
            return
        unchanged = self.headers["If-None-Match"] == '"now"'
        self.send_response(304 if unchanged else 200)
        self.send_header("ETag", '"now"')
        if not unchanged:
            self.send_header("Content-Length", str(len(BODY)))
        self.end_headers()
        if not unchanged:
            self.wfile.write(BODY)

    def log_message(self, *args: object) -> None:
        """Nothing is said in a test."""


@pytest.fixture
def server() -> Iterator[ThreadingHTTPServer]:
    with ThreadingHTTPServer((HOST, 0), Handler) as serving:
        serving.connections = 0
        thread = Thread(target=serving.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield serving
        serving.shutdown()
        thread.join()


def test_an_answer_has_its_status_its_headers_and_its_length(server):
    answer = fetch(server.server_port, request_for("/"))

    assert (answer.status, answer.length) == (200, len(BODY))
    assert answer.headers["etag"] == '"now"'


def test_who_holds_the_page_is_answered_304_without_a_body(server):
    answer = fetch(server.server_port, request_for("/", If_None_Match='"now"'))

    assert (answer.status, answer.length) == (304, 0)


def test_each_client_keeps_its_connection_for_all_its_requests(server):
    burst = load(server.server_port, request_for("/"), clients=4, seconds=0.1)

    assert server.connections == 4
    assert burst.statuses == {200: len(burst.seconds)}
    assert len(burst.seconds) >= 4
    assert burst.length == len(BODY)


def test_a_client_asks_once_more_than_is_counted(server):
    burst = load(server.server_port, request_for("/"), clients=2, seconds=0)

    assert len(burst.seconds) == 2


def test_a_server_that_hangs_up_is_a_bad_answer(server):
    with pytest.raises(BadAnswer, match="closed"):
        fetch(server.server_port, request_for("/silent"))
