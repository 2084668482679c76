"""Which kind of server it is, and how it is spoken to."""

import json
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from django.core.exceptions import ImproperlyConfigured

from config.search import search_from_url
from search.checks import the_search_server_is_reached_by_tls
from search.engines.server import PlainNode, SearchServer, Unavailable
from tests.search.servers import closed_port

OWN_TYPE = "application/vnd.elasticsearch+json; compatible-with=8"


class Introduces(BaseHTTPRequestHandler):
    """Answers who it is, and remembers which media types it was spoken to in."""

    version: dict[str, str]
    heard: list[str]
    after = 0.0

    def do_GET(self) -> None:
        self.heard.append(self.headers["accept"])
        time.sleep(self.after)
        said = json.dumps({"version": self.version}).encode()
        self.send_response(200)
        self.send_header("content-type", "application/json")
        if "distribution" not in self.version:
            self.send_header("x-elastic-product", "Elasticsearch")
        self.send_header("content-length", str(len(said)))
        self.end_headers()
        self.wfile.write(said)

    def log_message(self, *args: object) -> None:
        pass


@pytest.fixture
def slow(monkeypatch) -> None:
    """It thinks about whom to let in for longer than a reader waits."""
    monkeypatch.setattr(Introduces, "after", 0.6)


@pytest.fixture
def introduced(request) -> Iterator[tuple[SearchServer, list[str]]]:
    handler = type("Handler", (Introduces,), {"version": request.param, "heard": []})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as http:
        Thread(target=http.serve_forever, daemon=True).start()
        address = f"http://127.0.0.1:{http.server_port}"
        yield SearchServer(index="any", options={"hosts": address}), handler.heard
        http.shutdown()


OLD_OR_OTHER = [
    {"number": "7.10.2"},
    {"number": "7.17.29"},
    {"number": "3.8.0", "distribution": "opensearch"},
]
GENUINE = [{"number": "8.19.0"}, {"number": "9.2.1"}, {"number": "10.0.0"}]


@pytest.mark.parametrize("introduced", OLD_OR_OTHER, ids=str, indirect=True)
def test_older_servers_and_the_other_line_are_spoken_to_plainly(introduced):
    server, heard = introduced

    server.client.info()

    assert heard == ["application/json"] * 2
    assert isinstance(server.client.transport.node_pool.get(), PlainNode)


@pytest.mark.parametrize("introduced", GENUINE, ids=str, indirect=True)
def test_elasticsearch_from_8_on_is_spoken_to_in_its_own_types(introduced):
    """Asked once who it is, in words that every server knows."""
    server, heard = introduced

    server.client.info()
    server.client.info()

    assert heard == ["application/json", OWN_TYPE, OWN_TYPE]


@pytest.mark.parametrize("introduced", GENUINE[:1], ids=str, indirect=True)
def test_what_is_too_slow_for_a_reader_is_not_for_the_worker(slow, introduced):
    server, _heard = introduced

    with pytest.raises(Unavailable):
        server.client.info()
    assert server.patient.info()["version"]["number"]


def test_why_a_server_was_not_reached_is_said():
    nowhere = SearchServer(index="any", options=closed_port())

    with pytest.raises(Unavailable, match="Connection refused"):
        nowhere.client.info()


@pytest.mark.server
@pytest.mark.once
def test_the_server_of_the_tests_answers_who_it_is(server_with_index):
    assert server_with_index.client.info()["version"]["number"]


@pytest.mark.parametrize(
    ("url", "index", "options"),
    [
        (
            "http://localhost:9200",
            "consultation",
            {"hosts": "http://localhost:9200"},
        ),
        (
            "https://recherche.exemple.fr/belrive",
            "belrive",
            {"hosts": "https://recherche.exemple.fr:443"},
        ),
        (
            "https://site:p%40ss@[::1]:9243/belrive/",
            "belrive",
            {"hosts": "https://[::1]:9243", "basic_auth": ("site", "p@ss")},
        ),
    ],
)
def test_an_address_says_where_the_server_is_and_what_the_index_is_called(
    url, index, options
):
    assert search_from_url(url) == {"index": index, "options": options}


def test_a_key_and_a_certificate_come_beside_the_address():
    found = search_from_url("https://h:9200", api_key="secret", ca_file="/ca.pem")

    assert found["options"]["api_key"] == "secret"
    assert found["options"]["ca_certs"] == "/ca.pem"


@pytest.mark.parametrize(
    ("url", "beside"),
    [
        ("https://site:pass@h:9200", {"api_key": "key"}),
        ("http://h:9200", {"ca_file": "/ca.pem"}),
    ],
)
def test_what_contradicts_itself_is_refused(url, beside):
    with pytest.raises(ImproperlyConfigured, match="SEARCH_URL"):
        search_from_url(url, **beside)


@pytest.mark.parametrize(
    "password",
    [
        "12/34SECRET",
        "pa/SECRET",
        "p#SECRET",
        "p?SECRET",
        "p[SECRET",
        "p\N{FULLWIDTH COLON}SECRET",
    ],
)
def test_nothing_of_a_password_is_said_again(password):
    with pytest.raises(ImproperlyConfigured) as refused:
        search_from_url(f"https://site:{password}@host:9200")

    assert "SECRET" not in str(refused.value)
    assert "%2F" in str(refused.value)


def test_no_address_is_no_server():
    assert search_from_url("") is None


@pytest.mark.parametrize(
    "url",
    [
        "localhost:9200",
        "redis://h",
        "https://",
        "http://h/Majuscule",
        "http://h/a/b",
        "http://h:99999",
    ],
)
def test_another_address_is_refused_in_plain_words(url):
    with pytest.raises(ImproperlyConfigured, match="SEARCH_URL"):
        search_from_url(url)


@pytest.mark.parametrize(
    ("url", "warned"),
    [
        ("http://search.exemple.fr:9200", ["search.W001"]),
        ("https://search.exemple.fr:9200", []),
        ("http://127.0.0.1:9200", []),
        ("http://[::1]:9200", []),
        ("", []),
    ],
)
def test_a_deployment_without_tls_to_the_server_is_warned_of(settings, url, warned):
    settings.SEARCH_SERVER = search_from_url(url)

    assert [each.id for each in the_search_server_is_reached_by_tls()] == warned
