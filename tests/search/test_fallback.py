"""Whatever becomes of the server, readers are answered, at once and wholly."""

import socket
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from types import SimpleNamespace

import pytest
from django.utils import timezone

from moderation.actions import mask_passage
from search.changes import LATE, unread_changes
from search.engines import asking, engine, fallback
from search.engines.asking import _whole
from search.engines.elastic import ElasticEngine
from search.engines.fallback import REST, ServerOrDatabase
from search.engines.server import BUDGET, SearchServer, Unavailable
from search.engines.sql import SqlEngine
from search.feeding import tell
from search.models import Change
from search.query import Like, SearchQuery, Sort
from search.typed import parse
from tests.factories import ProposalFactory, act_on
from tests.moderation.deciding import hide, publish, reasons
from tests.search.servers import closed_port, empty, with_server

pytestmark = pytest.mark.django_db


@pytest.fixture
def rows():
    rows = [ProposalFactory(title=f"Le tramway {n}") for n in range(3)]
    act_on(*rows)
    return rows


@pytest.fixture
def clock(monkeypatch):
    """What the engine takes for the time, which a test moves on."""
    now = SimpleNamespace(seconds=1_000.0)
    monkeypatch.setattr(
        fallback, "time", SimpleNamespace(monotonic=lambda: now.seconds)
    )
    return now


@pytest.fixture
def silent() -> Iterator[SimpleNamespace]:
    """A server that takes calls and never answers; it counts them."""
    with socket.create_server(("127.0.0.1", 0), backlog=50) as listener:
        listener.setblocking(False)
        calls: list[socket.socket] = []

        def count() -> int:
            while True:
                try:
                    calls.append(listener.accept()[0])
                except BlockingIOError:
                    return len(calls)

        options = {"hosts": f"http://127.0.0.1:{listener.getsockname()[1]}"}
        yield SimpleNamespace(options=options, calls=count)
        for each in calls:
            each.close()


@with_server
def test_a_slow_database_is_not_taken_for_a_silent_server(
    search_server, rows, monkeypatch
):
    tell(search_server)

    def slowly():
        time.sleep(BUDGET)
        return unread_changes()

    monkeypatch.setattr(asking, "unread_changes", slowly)
    query = SearchQuery(parse("tramway"))
    both = ServerOrDatabase(ElasticEngine(search_server), SqlEngine())

    assert not both.search(query, at=timezone.now()).is_instead


def asked_of(options) -> ServerOrDatabase:
    server = SearchServer(index="absent", options=options)
    return ServerOrDatabase(ElasticEngine(server), SqlEngine())


def ask(engine, words="tramway"):
    return engine.search(SearchQuery(parse(words)), at=timezone.now())


def test_without_the_server_the_database_answers_and_says_so(rows):
    results = ask(asked_of(closed_port()))

    assert set(results.numbers) == {row.pk for row in rows}
    assert results.is_instead


def test_suggestions_and_what_is_alike_go_on_too(rows):
    engine = asked_of(closed_port())
    like = Like("Le tramway 1", "", "fr", "proposal")

    assert engine.suggest("tram", at=timezone.now(), size=8)
    assert engine.similar(like, at=timezone.now(), size=8)


def test_who_finds_it_silent_waits_a_little_and_the_next_ones_do_not(rows, silent):
    engine = asked_of(silent.options)

    began = time.monotonic()
    assert ask(engine).is_instead
    waited = time.monotonic() - began
    for _ in range(5):
        assert ask(engine).is_instead

    assert waited >= BUDGET / 2
    assert silent.calls() == 1


def test_when_it_has_rested_one_reader_tries_again(rows, silent, clock):
    engine = asked_of(silent.options)
    ask(engine)

    clock.seconds += REST + 1
    ask(engine)
    ask(engine)

    assert silent.calls() == 2


def test_while_one_reader_tries_again_the_others_go_on_without(rows, clock):
    """As a server that comes back is slow at first."""
    asked = []

    class Slow(SqlEngine):
        def search(self, query, *, at):
            asked.append(query)
            if len(asked) == 1:
                raise Unavailable
            if len(asked) == 2:
                assert ask(both).is_instead
            return super().search(query, at=at)

    both = ServerOrDatabase(Slow(), SqlEngine())
    ask(both)
    clock.seconds += REST + 1

    assert not ask(both).is_instead
    assert not ask(both).is_instead
    assert len(asked) == 3


@with_server
def test_a_server_that_answers_is_asked(search_server, rows):
    tell(search_server)

    results = ask(engine())

    assert set(results.numbers) == {row.pk for row in rows}
    assert not results.is_instead


@with_server
def test_a_server_that_comes_back_is_asked_again(search_server, rows, clock):
    tell(search_server)
    both = engine()
    both.server = ElasticEngine(SearchServer(index="absent", options=closed_port()))
    assert ask(both).is_instead
    both.server = ElasticEngine(search_server)
    assert ask(both).is_instead

    clock.seconds += REST + 1

    assert not ask(both).is_instead


@with_server
def test_a_server_without_the_index_does_not_answer(search_server, rows):
    other = SearchServer(
        index=f"{search_server.index}-absent", options=search_server._options
    )

    assert ask(ServerOrDatabase(ElasticEngine(other), SqlEngine())).is_instead


@with_server
def test_a_server_that_is_late_is_not_asked_and_is_no_fault(search_server, rows):
    tell(search_server)
    row = ProposalFactory(title="Le tramway, encore")
    act_on(row)
    Change.objects.update(noted_at=timezone.now() - 2 * LATE)
    both = engine()

    results = ask(both)
    assert (results.total, results.is_instead) == (4, True)

    tell(search_server)
    assert not ask(both).is_instead


@with_server
def test_what_is_hidden_is_counted_no_more_before_the_server_knows(
    search_server, rows, moderator
):
    tell(search_server)

    hide(moderator, rows[0])
    results = ask(engine())

    assert (results.total, results.is_instead) == (2, False)
    assert sum(results.counts["kind"].values()) == 2
    assert set(engine().suggest("tram", at=timezone.now(), size=8)) == {
        row.pk for row in rows[1:]
    }


@with_server
def test_the_database_is_not_asked_what_the_server_knows(
    search_server, rows, django_assert_num_queries
):
    """Only which debates have begun, and what the server has not been told."""
    tell(search_server)
    both = engine()

    with django_assert_num_queries(2):
        assert ask(both).total == 3


@pytest.mark.parametrize(
    ("timed_out", "failed"), [(True, 0), (False, 1)], ids=["late", "in part"]
)
def test_what_a_part_of_the_index_says_is_no_answer(timed_out, failed):
    from elasticsearch.dsl import Search
    from elasticsearch.dsl.response import Response

    said = {"timed_out": timed_out, "_shards": {"total": 2, "failed": failed}}

    with pytest.raises(Unavailable):
        _whole(Response(Search(), said | {"hits": {"hits": []}}))


@with_server
def test_an_empty_server_that_was_told_nothing_finds_nothing(search_server, rows):
    """So that what is found in the other tests comes from there."""
    tell(search_server)
    empty(search_server)

    assert ask(engine()).total == 0


@with_server
def test_masked_words_are_found_no_more_before_the_server_knows(
    search_server, rows, moderator
):
    tell(search_server)
    row = ProposalFactory(title="Un puits", text="<p>Madame Quidam le creuse.</p>")
    publish(row)
    tell(search_server)
    assert ask(engine(), "quidam").total == 1

    mask_passage(
        actor=moderator,
        contribution=row,
        reasons=reasons("personal-data"),
        passage="Madame Quidam",
    )

    results = ask(engine(), "quidam")
    assert (results.total, results.is_instead) == (0, False)
    tell(search_server)
    assert ask(engine(), "quidam").total == 0
    assert list(ask(engine(), "puits").numbers) == [row.pk]


NO_SERVERS = {
    "nothing": b"",
    "no object": b"[]",
    "an object of something else": b"{}",
    "words": b"OK",
    "a page": b"<html>Welcome</html>",
    "a version of something else": b'{"version": {"number": "x"}}',
}


@pytest.mark.parametrize("said", NO_SERVERS.values(), ids=NO_SERVERS)
def test_what_answers_and_is_no_search_server_does_not_answer(rows, said, answering):
    for kind in ("application/json", "text/html"):
        both = asked_of(answering(said, kind))

        assert ask(both).is_instead
        assert ask(both).total == 3


def test_what_was_one_and_answers_something_else_does_not_answer(rows, answering):
    info = b'{"version": {"number": "7.10.2"}}'

    assert ask(asked_of(answering(info, "application/json"))).is_instead


@pytest.fixture
def answering():
    """How something is reached that always answers these bytes, as of this kind."""
    servers = []

    def serve(said: bytes, kind: str) -> dict[str, str]:
        class Says(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self.send_response(200)
                self.send_header("content-type", kind)
                self.send_header("content-length", str(len(said)))
                self.end_headers()
                self.wfile.write(said)

            do_POST = do_GET  # noqa: N815

            def log_message(self, *args: object) -> None:
                pass

        http = ThreadingHTTPServer(("127.0.0.1", 0), Says)
        Thread(target=http.serve_forever, daemon=True).start()
        servers.append(http)
        return {"hosts": f"http://127.0.0.1:{http.server_port}"}

    yield serve
    for http in servers:
        http.shutdown()
        http.server_close()


def test_what_is_never_asked_of_the_server_does_not_say_that_it_is_well(
    rows, silent, clock
):
    """Once it has rested, only who asked it knows."""
    both = asked_of(silent.options)
    ask(both)
    clock.seconds += REST + 1

    by_support = SearchQuery(parse("tramway"), sort=Sort.SUPPORTED)
    assert not both.search(by_support, at=timezone.now()).is_instead
    assert both.suggest("", at=timezone.now(), size=8) == []
    assert silent.calls() == 1

    for _ in range(3):
        ask(both)
    assert silent.calls() == 2


@with_server
def test_a_server_that_was_late_as_it_had_rested_is_asked_once_it_knows(
    search_server, rows, clock
):
    tell(search_server)
    both = engine()
    both.silent_until = clock.seconds - 1
    act_on(ProposalFactory(title="Le tramway, encore"))
    Change.objects.update(noted_at=timezone.now() - 2 * LATE)
    assert ask(both).is_instead

    tell(search_server)

    assert not ask(both).is_instead


@with_server
def test_no_word_that_was_masked_is_told_apart_from_one_never_said(
    search_server, moderator
):
    """By what is said to be missing, or to have been meant."""
    row = ProposalFactory(title="Un puits", text="<p>Madame Quidam le creuse.</p>")
    publish(row)
    tell(search_server)
    mask_passage(
        actor=moderator,
        contribution=row,
        reasons=reasons("personal-data"),
        passage="Madame Quidam",
    )

    masked, never = ask(engine(), "quidam"), ask(engine(), "quidbm")

    assert (masked.missing, never.missing) == (["quidam"], ["quidbm"])
    assert masked.correction == never.correction == ""
    assert masked.is_instead is never.is_instead is False
