"""The server's index is made again while it serves, and loses nothing."""

from contextlib import suppress

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.utils import timezone

from register.models import Contribution
from search.changes import LATE
from search.engines.elastic import ElasticEngine
from search.engines.indexed import digests, named, show_all
from search.engines.server import Unavailable, site_server
from search.feeding import tell
from search.models import Change
from search.query import SearchQuery
from search.rebuilding import begin, rebuild
from search.served import rebuild_if_any, wrong_on_the_server
from search.turns import turn
from search.typed import parse
from tests.factories import ProposalFactory, act_on
from tests.moderation.deciding import hide
from tests.search.servers import closed_port, empty, remove_all

pytestmark = [pytest.mark.django_db, pytest.mark.server, pytest.mark.once]


@pytest.fixture
def rows(search_server) -> list[Contribution]:
    """Three that the server finds."""
    rows = [ProposalFactory(title=f"Le tramway {n}") for n in range(3)]
    act_on(*rows)
    tell(search_server)
    return rows


def found(server, words="tramway") -> set[int]:
    query = SearchQuery(parse(words))
    return set(ElasticEngine(server).search(query, at=timezone.now()).numbers)


def held(server) -> set[int]:
    show_all(server)
    return set(digests(server, after=0, until=None))


@pytest.fixture
def one_by_one(monkeypatch):
    """Batches are of one contribution each."""
    rows = type(Contribution.objects.all())
    whole = rows.in_batches
    monkeypatch.setattr(rows, "in_batches", lambda some, _size=0: whole(some, 1))


def test_what_is_written_meanwhile_is_in_the_new_index(
    search_server, rows, moderator, one_by_one
):
    """Of what was read already, of what was not, and of what was not there."""
    done = []

    def write_after_the_second(count):
        done.append(count)
        if len(done) == 2:
            hide(moderator, rows[0])
            hide(moderator, rows[2])
            act_on(ProposalFactory(title="Le tramway, encore"))
            tell(search_server)
            assert found(search_server) == {rows[1].pk, rows[2].pk + 1}

    earlier = named(search_server, search_server.index)
    rebuild(search_server, progress=write_after_the_second)

    assert named(search_server, search_server.index) != earlier
    assert found(search_server) == {rows[1].pk, rows[2].pk + 1}
    assert list(wrong_on_the_server()) == []


def test_what_was_not_told_before_the_end_is_told_after_it(
    search_server, rows, moderator, one_by_one
):
    begun = []

    def hide_the_first(_count):
        if not begun:
            begun.append(hide(moderator, rows[0]))

    rebuild(search_server, progress=hide_the_first)
    tell(search_server)

    assert found(search_server) == {rows[1].pk, rows[2].pk}
    assert list(wrong_on_the_server()) == []


def test_the_earlier_index_serves_until_the_new_one_is_whole(
    search_server, rows, one_by_one
):
    seen = []
    rebuild(search_server, progress=lambda _: seen.append(found(search_server)))

    assert seen == [{row.pk for row in rows}] * 3
    assert len(search_server.client.indices.get(index=f"{search_server.index}-*")) == 1


def test_one_that_was_interrupted_is_begun_again(search_server, rows, one_by_one):
    def stop(_count):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        rebuild(search_server, progress=stop)
    assert found(search_server) == {row.pk for row in rows}
    act_on(ProposalFactory(title="Le tramway, encore"))
    tell(search_server)

    rebuild(search_server)

    assert named(search_server, search_server.next) == []
    assert len(found(search_server)) == 4
    assert list(wrong_on_the_server()) == []


def test_of_two_at_once_the_first_gives_up_and_the_second_serves(
    search_server, rows, one_by_one
):
    def begin_another(_count):
        begin(search_server, f"{search_server.index}-another")

    with pytest.raises(Unavailable, match="somebody else"):
        rebuild(search_server, progress=begin_another)

    assert found(search_server) == {row.pk for row in rows}
    rebuild(search_server)
    assert found(search_server) == {row.pk for row in rows}


def test_the_command_makes_the_first_index_and_says_how_far_it_is(
    search_server, capsys
):
    rows = [ProposalFactory(title=f"Le tramway {n}") for n in range(3)]
    act_on(*rows)
    remove_all(search_server)

    call_command("reindex", server=True)

    assert found(search_server) == {row.pk for row in rows}
    assert "3/3" in capsys.readouterr().err


def test_the_command_says_why_it_stopped(search_server, rows):
    settings.SEARCH_SERVER = {"index": "absent", "options": closed_port()}
    site_server.cache_clear()

    with pytest.raises(CommandError, match=r"the earlier one serves on.*Connection"):
        call_command("reindex", server=True)


def test_without_a_server_there_is_none_to_make():
    with pytest.raises(CommandError, match="SEARCH_URL"):
        call_command("reindex", server=True)


def verified(capsys) -> list[str]:
    """What `verify --search` names."""
    capsys.readouterr()
    with suppress(SystemExit):
        call_command("verify", search=True)
    return capsys.readouterr().out.splitlines()


def test_verify_names_what_the_server_lacks_holds_too_much_or_otherwise(
    search_server, rows, capsys
):
    lacking, kept, other = rows
    assert verified(capsys) == []
    client, index = search_server.client, search_server.index
    client.delete(index=index, id=str(lacking.pk))
    client.index(index=index, id=str(other.pk), document={"number": other.pk})
    Contribution.objects.filter(pk=kept.pk).update(status="unpublished")
    ours = verified(capsys)

    assert f"#{lacking.pk} can be read and the search server does not find it" in ours
    assert any(each.startswith(f"#{other.pk} is found by the search") for each in ours)
    assert (f"#{kept.pk} is found by the search server and nobody can read it") in ours


def test_verify_names_what_the_server_holds_under_numbers_of_nothing(
    search_server, rows, capsys
):
    for number in (rows[2].pk + 1, 10**9):
        search_server.client.index(
            index=search_server.index, id=str(number), document={"number": number}
        )
    act_on(ProposalFactory(number=rows[2].pk + 5))
    tell(search_server)

    assert verified(capsys) == [
        f"#{number} is found by the search server and nobody can read it"
        for number in (rows[2].pk + 1, 10**9)
    ]


def test_verify_names_what_waits_and_what_is_refused(search_server, rows, capsys):
    long_ago = timezone.now() - 2 * LATE
    Change.objects.create(number=rows[0].pk, noted_at=long_ago)
    Change.objects.create(number=rows[1].pk, refusal="It is too long.")
    # As on every site where people write: the worker is about to.
    Change.objects.create(number=rows[2].pk)

    assert verified(capsys) == [
        f"#{rows[0].pk} has changed and the search server was not told yet",
        f"#{rows[1].pk} is refused by the search server: It is too long.",
    ]


def test_what_is_asked_again_after_a_reindex_makes_nobody_late(search_server, rows):
    refused_at = timezone.now() - 2 * LATE
    Change.objects.create(number=rows[0].pk, refusal="No.", noted_at=refused_at)

    rebuild(search_server)

    assert Change.objects.waiting().get().noted_at > refused_at + LATE
    assert found(search_server) == {row.pk for row in rows}


def test_verify_can_mend_a_server_that_lost_everything(search_server, rows, capsys):
    empty(search_server)
    assert len(verified(capsys)) == 3

    call_command("verify", mend=True, search=True)

    assert verified(capsys) == []
    assert found(search_server) == {row.pk for row in rows}


def test_verify_says_that_the_server_does_not_answer(rows):
    settings.SEARCH_SERVER = {"index": "absent", "options": closed_port()}
    site_server.cache_clear()

    with pytest.raises(CommandError, match="did not answer"):
        call_command("verify", search=True)


def test_what_the_earlier_index_refused_is_sent_to_the_new_one(search_server, rows):
    Change.objects.create(number=rows[0].pk, refusal="It knows no such field.")

    rebuild(search_server)
    tell(search_server)

    assert not Change.objects.exists()
    assert list(wrong_on_the_server()) == []


def test_verify_says_that_the_index_is_made_as_another_version_makes_it(
    search_server, rows
):
    client, index = search_server.client, search_server.index
    client.indices.put_mapping(index=index, meta={"made_as": "long ago"})

    with pytest.raises(CommandError, match=r"another version.*reindex --server"):
        call_command("verify", search=True)
    rebuild(search_server)
    call_command("verify", search=True)


def test_verify_says_that_somebody_speaks_all_the_time(
    search_server, rows, monkeypatch
):
    monkeypatch.setattr("search.rebuilding.PATIENCE", 0.1)

    with turn(), pytest.raises(CommandError, match="all the time"):
        rebuild_if_any()


def test_what_the_earlier_index_refuses_is_known_until_another_serves(
    search_server, rows
):
    Change.objects.create(number=rows[0].pk, refusal="It knows no such field.")

    def stop(_count):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        rebuild(search_server, progress=stop)

    assert Change.objects.refused().get().number == rows[0].pk
