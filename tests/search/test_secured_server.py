"""A server behind TLS: whose certificate is taken, and what it is told of who asks."""

import json
import ssl
from base64 import b64encode
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
import trustme

from config.search import search_from_url
from search.engines.server import SearchServer, Unavailable


class Guarded(BaseHTTPRequestHandler):
    """Says who it is to whom it knows."""

    admitted: str
    heard: list[str | None]

    def do_GET(self) -> None:
        said = self.headers["authorization"]
        self.heard.append(said)
        version = {"number": "3.8.0", "distribution": "opensearch"}
        content = json.dumps({"version": version}).encode()
        self.send_response(200 if said == self.admitted else 401)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *args: object) -> None:
        pass


@dataclass
class Door:
    """Where it is, who signed its certificate, and who asked."""

    port: int
    authority: Path
    heard: list[str | None] = field(default_factory=list)

    def server(
        self, *, user: str = "", host: str = "localhost", **beside: str
    ) -> SearchServer:
        return SearchServer(
            **search_from_url(f"https://{user}{host}:{self.port}", **beside)
        )


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture
def door(request, authority: trustme.CA, tmp_path: Path) -> Iterator[Door]:
    """It is called localhost, and no more; it admits one, of the test's choice."""
    authority.cert_pem.write_to_path(tmp_path / "authority.pem")
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert("localhost").configure_cert(context)
    handler = type("Handler", (Guarded,), {"admitted": request.param, "heard": []})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as https:
        https.socket = context.wrap_socket(https.socket, server_side=True)
        Thread(target=https.serve_forever, daemon=True).start()
        yield Door(https.server_port, tmp_path / "authority.pem", handler.heard)
        https.shutdown()


KEY = "ApiKey a2V5OnNlY3JldA=="
PASSWORD = "Basic " + b64encode(b"site:p@ss/w#rd:1").decode()


@pytest.mark.parametrize("door", [KEY], indirect=True)
def test_a_key_is_told_to_the_server_of_our_own_authority(door):
    server = door.server(api_key="a2V5OnNlY3JldA==", ca_file=str(door.authority))

    assert server.client.info()["version"]["number"] == "3.8.0"
    assert door.heard == [KEY] * 2


@pytest.mark.parametrize("door", [PASSWORD], indirect=True)
def test_a_user_and_a_password_of_any_signs_are_told(door):
    server = door.server(user="site:p%40ss%2Fw%23rd%3A1@", ca_file=str(door.authority))

    assert server.client.info()["version"]["number"] == "3.8.0"


@pytest.mark.parametrize("door", [KEY], indirect=True)
def test_a_server_whose_certificate_nobody_known_signed_is_told_nothing(door):
    server = door.server(api_key="a2V5OnNlY3JldA==")

    with pytest.raises(Unavailable, match=r"(?i)certificate"):
        server.client.info()
    assert door.heard == []


@pytest.mark.parametrize("door", [KEY], indirect=True)
def test_a_certificate_of_another_name_is_not_taken(door):
    server = door.server(
        host="127.0.0.1", api_key="a2V5OnNlY3JldA==", ca_file=str(door.authority)
    )

    with pytest.raises(Unavailable, match=r"127\.0\.0\.1"):
        server.client.info()
    assert door.heard == []


@pytest.mark.parametrize("door", [PASSWORD], indirect=True)
def test_a_wrong_password_is_said_and_not_repeated(door):
    server = door.server(user="site:wrong-SECRET@", ca_file=str(door.authority))

    with pytest.raises(Unavailable, match="401") as refused:
        server.client.info()
    assert "SECRET" not in str(refused.value)
