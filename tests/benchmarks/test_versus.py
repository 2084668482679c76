"""What is printed of a search server beside the SQL engine, and of its absence."""

import socket
import threading

import pytest

from benchmarks import own_index
from benchmarks.forwarder import Forwarder
from benchmarks.served import Failed
from benchmarks.troubles import caught_up, hidden
from benchmarks.versus import cost, times

HIDDEN = {
    "act": 20,
    "found": True,
    "still": 0,
    "reader": 30,
    "instead": False,
    "server": 900,
}


def test_the_server_s_time_stands_beside_the_sql_engine_s_with_their_ratio():
    spent = {"sql": {"newest": [4, 2, 8]}, "server": {"newest": [6, 6, 12]}}

    assert list(times(spent))[2:] == [
        "| newest | 3 | 4.00 | 6.00 | 8.00 | 12.00 | 1.50x | 1.50x |"
    ]


def test_what_the_site_itself_takes_of_the_indexing_is_a_part_of_its_time():
    filled = {"bytes": 3_000_000, "segments": 4, "documents": 1_000}
    said = {
        "filled": filled,
        "merged": filled | {"bytes": 2_000_000},
        "server_seconds": 4.0,
        "sql_seconds": 0.0,
        "reading": 0.0015,
        "making": 0.0005,
        "merging": 1.0,
        "sizes": {"search_posting": 9_000_000, "arguments": 900},
    }

    table = list(cost(said))

    assert "| indexing, seconds | – | 4.0 |" in table
    assert "| contributions a second | – | 250 |" in table
    assert "| – both, of the whole time | – | 50% |" in table
    assert "| MB as filled, 4 segment(s) | 9.0 | 3.0 |" in table
    assert "| MB merged into one, 1.0 s | – | 2.0 |" in table


def test_what_is_still_found_after_it_was_hidden_is_a_target_missed():
    said = "\n".join(hidden([HIDDEN, HIDDEN | {"still": 2, "server": None}]))

    assert "- **missed** · a reader found it after it was hidden: 2 time(s)" in said
    assert "- **missed** · 1 of 2 are gone" in said


def test_a_server_that_never_catches_up_is_a_target_missed():
    returned = {"spent": [1.0], "instead": 1, "after": 120.0}
    caught = {"waited": 90, "began": 5.0, "done": None}

    _, waits, reader = caught_up(caught, returned)

    assert waits.startswith("- **missed** · nothing waits any more after not in")
    assert reader.endswith("by the server again not in 120 s")


@pytest.mark.parametrize("host", ["search.example.org", "10.0.0.1"])
def test_only_a_server_of_this_machine_is_measured(monkeypatch, host):
    monkeypatch.setenv("SEARCH_URL", f"http://{host}:9200")

    with pytest.raises(Failed):
        own_index.address()


@pytest.fixture
def echo():
    """A server that says again the first thing that it is told."""
    listener = socket.create_server(("127.0.0.1", 0))

    def answer():
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            with connection:
                connection.sendall(connection.recv(100))

    threading.Thread(target=answer, daemon=True).start()
    yield listener.getsockname()[1]
    listener.shutdown(socket.SHUT_RDWR)
    listener.close()


def ask(port: int) -> bytes:
    with socket.create_connection(("127.0.0.1", port), timeout=5) as connection:
        connection.sendall(b"here")
        return connection.recv(100)


def is_ended(connection: socket.socket) -> bool:
    """Cut short, or refused while it still waited to be accepted."""
    try:
        return connection.recv(100) == b""
    except ConnectionResetError:
        return True


def test_the_way_to_a_server_can_be_cut_and_opened_again(echo):
    way = Forwarder("127.0.0.1", echo)
    way.open()
    assert ask(way.port) == b"here"
    with socket.create_connection(("127.0.0.1", way.port), timeout=5) as spoken:
        spoken.sendall(b"")

        way.close()

        assert is_ended(spoken)
    with pytest.raises(ConnectionRefusedError):
        ask(way.port)

    way.open()
    assert ask(way.port) == b"here"
    way.close()


def test_a_server_that_hangs_lets_in_and_says_nothing(echo):
    way = Forwarder("127.0.0.1", echo)
    way.open()
    way.hang()

    with socket.create_connection(("127.0.0.1", way.port), timeout=0.2) as connection:
        connection.sendall(b"here")
        with pytest.raises(TimeoutError):
            connection.recv(100)

    way.close()
    way.open()
    assert ask(way.port) == b"here"
    way.close()
