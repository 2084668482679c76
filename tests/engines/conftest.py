"""The contract of `search.query.SearchEngine`: every test here is of each engine."""

from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone

from register.models import Contribution, Debate
from search.engines.sql import SqlEngine
from search.query import SearchEngine, SearchQuery, SearchResults
from search.typed import parse
from tests.factories import DebateFactory, ProposalFactory, act_on

# One line for each engine: the fixture that makes it. One database is enough to feed a
# server.
ENGINES = [
    pytest.param("sql_engine", id="sql"),
    pytest.param(
        "server_engine", id="server", marks=[pytest.mark.server, pytest.mark.once]
    ),
]

Ask = Callable[..., SearchResults]
Say = Callable[..., Contribution]


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest, db: None) -> SearchEngine:
    made: SearchEngine = request.getfixturevalue(request.param)
    return made


@pytest.fixture
def sql_engine() -> SearchEngine:
    return SqlEngine()


@pytest.fixture
def server_engine(search_server: Any) -> SearchEngine:
    from tests.search.servers import ToldServer

    return ToldServer(search_server)


@pytest.fixture
def ask(engine: SearchEngine) -> Ask:
    """Search now, or at an instant, for what somebody types."""

    def search(typed: str, *, at: Any = None, **options: Any) -> SearchResults:
        query = SearchQuery(parse(typed), **options)
        return engine.search(query, at=at or timezone.now())

    return search


@pytest.fixture
def debate(db: None) -> Debate:
    return DebateFactory()


@pytest.fixture
def say(debate: Debate) -> Say:
    """A proposal with this text, in the debate, that was published by an act."""

    def propose(text: str, title: str = "Titre", **fields: Any) -> Contribution:
        fields.setdefault("debate", debate)
        row = ProposalFactory(title=title, text=f"<p>{text}</p>", **fields)
        act_on(row)
        return row

    return propose
