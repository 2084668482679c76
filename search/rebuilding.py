"""The search server's index is made again while the earlier one serves."""

import time
from collections.abc import Callable

from django.utils import timezone

from register.models import Contribution
from search.engines.indexed import (
    SETTINGS,
    Indexed,
    abandon_next,
    made_as,
    named,
    write,
)
from search.engines.server import SearchServer, Unavailable, speaking
from search.feeding import as_they_read, keep_refusals
from search.models import Change
from search.tasks import send_changes
from search.turns import LONGEST, STEP, turn

# Whoever was cut short keeps a turn for so long.
PATIENCE = 2 * LONGEST.total_seconds()
# What an index that nobody searches yet is without.
USUAL = {"refresh_interval": SETTINGS["refresh_interval"]}


def rebuild(
    server: SearchServer, *, progress: Callable[[int], None] = lambda _: None
) -> None:
    """Fill a new index with all that readers can read, then search it instead.

    What is written meanwhile is sent to both by the worker, in turns with this: of what
    was read here, nothing can be sent after what was read later. `progress` is told how
    many contributions are done more. Raises Unavailable or Busy; the earlier index then
    serves on, and whoever comes next begins again.
    """
    name = f"{server.index}-{timezone.now():%Y%m%d%H%M%S%f}"
    with turn(patience=PATIENCE), speaking():
        begin(server, name)
    for numbers in Contribution.objects.in_batches():
        if Change.objects.waiting().exists():
            # The worker looks for its turn so often.
            time.sleep(2 * STEP)
        with turn(patience=PATIENCE) as number:
            if named(server, server.next) != [name]:
                raise Unavailable(
                    "What was being filled was abandoned: somebody else began anew, or"
                    " the worker could not write to it."
                )
            said = as_they_read(numbers)
            there = {each: entry for each, entry in said.items() if entry}
            refused = write(server, there, to=server.next, turn=number)
            # What the earlier index refused it lacks for as long as it is searched.
            keep_refusals(refused, refused)
        progress(len(numbers))
    with turn(patience=PATIENCE), speaking():
        serve(server, name)
    _ask_again()


def _ask_again() -> None:
    """What was refused may have been so by the earlier index, of another mind."""
    if Change.objects.refused().update(refusal="", noted_at=timezone.now()):
        send_changes.enqueue()


def begin(server: SearchServer, name: str) -> None:
    """An index that nobody searches yet need not show what it holds."""
    abandon_next(server)
    index = Indexed._index.clone(name=name)  # noqa: SLF001 - as its documentation does
    index.settings(refresh_interval="-1")
    index.get_or_create_mapping().meta("meta", made_as=made_as())
    index.aliases(**{server.next: {}})
    index.create(using=server.patient)


def serve(server: SearchServer, name: str) -> None:
    """In one step for whoever searches; the earlier index goes in the same."""
    client = server.patient
    client.indices.put_settings(index=name, settings=USUAL)
    client.indices.refresh(index=name)
    earlier = [{"remove_index": {"index": e}} for e in named(server, server.index)]
    client.indices.update_aliases(
        actions=[
            {"add": {"index": name, "alias": server.index}},
            {"remove": {"index": name, "alias": server.next}},
            *earlier,
        ]
    )
