"""The record leaves for an empty site, and nothing is lost on the way."""

from pathlib import Path
from typing import Any

import pytest
from django.db import connection, models, transaction

from accounts.models import Institution, User, Verification
from arguments.models import Argument, Source, SourceCategory
from exchange.counters import counter_differences, misplaced
from proposals.models import Appendix, OfficialResponse, Proposal, ResponseJudgement
from register.models import (
    Citation,
    Contribution,
    ContributionTheme,
    Debate,
    Ground,
    ReceivedTotal,
    Section,
    Tally,
    Theme,
)
from tests.exchange.commands import export, import_bytes
from tests.exchange.rich_record import fill
from tests.exchange.site import Rows, empty, snapshot

Sites = tuple[dict[type[models.Model], Rows], dict[type[models.Model], Rows]]

KINDS = [Proposal, Argument, Source, OfficialResponse]
# The only fields that may differ on the other site, and why.
MAY_DIFFER: dict[type[models.Model], dict[str, str]] = {
    Verification: {
        "recorded_by": "who typed an attestation is not public",
        "revocation_motive": "the format has no place for it",
    },
    Ground: {"position": "each site orders its own charter"},
    Theme: {"slug": "made from the name, on each site in its own order"},
    Appendix: {"position": "the order counts, gaps in it do not"},
    ReceivedTotal: {"carried": "there, votes given live here come with the record"},
    User: dict.fromkeys(
        [
            "password",
            "last_login",
            "is_superuser",
            "email",
            "locale",
            "is_staff",
            "is_active",
            "date_joined",
        ],
        "accounts stay where they are; the record only names authors",
    ),
}
# What a contribution keeps that no reader can read, or that its author withdrew.
KEPT = [
    "number",
    "contribution",
    "kind",
    "debate",
    "section",
    "hangs_on",
    "submitted_at",
    "language",
    "status",
    "status_at",
    "ground",
    "origin",
    "side",
    "category",
    "outcome",
]
# Who typed for an institution is not public.
UNSAID_OF_INSTITUTIONS = {"author"}
# Each site counts the changes of its own pages.
OWN = {"version"}


@pytest.fixture(scope="module")
def sites(
    django_db_setup: None,
    django_db_blocker: Any,
    tmp_path_factory: pytest.TempPathFactory,
) -> Sites:
    """Both sites as plain values, for all the tests of this file; no row is left."""
    with django_db_blocker.unblock(), transaction.atomic():
        fill()
        before, record = snapshot(), export()
        empty()
        result = import_bytes(record, tmp_path_factory.mktemp("record"))
        after = snapshot()
        counted_wrong = [*counter_differences(), *misplaced()]
        transaction.set_rollback(True)
    assert (result.status, result.refusals) == (0, []), result.err
    assert counted_wrong == []
    return before, after


def recorded(rows: Rows) -> set[Any]:
    return {name for name, row in rows.items() if row["status"] != "waiting"}


def visible(rows: Rows) -> set[Any]:
    def stands(name: Any) -> bool:
        return name is None or (
            rows[name]["status"] in {"published", "withdrawn"}
            and stands(rows[name]["hangs_on"])
        )

    return {
        name
        for name, row in rows.items()
        if row["status"] == "published" and stands(name)
    }


def test_the_second_export_is_the_first_byte_for_byte(db: None, tmp_path: Path) -> None:
    fill()
    first = export()
    empty()

    result = import_bytes(first, tmp_path)

    assert result.status == 0, result.err
    assert export() == first
    connection.check_constraints()


def test_a_second_import_changes_nothing(db: None, tmp_path: Path) -> None:
    fill()
    record, before = export(), snapshot()

    result = import_bytes(record, tmp_path)

    assert (result.status, result.refusals) == (0, [])
    assert {result.counts(kind)[1] for kind in ("debate", "proposal", "source")} == {0}
    assert snapshot() == before


@pytest.mark.parametrize("model", KINDS)
def test_every_field_that_a_reader_can_read_is_the_same(
    sites: Sites, model: type[models.Model]
) -> None:
    before, after = (site[model] for site in sites)
    everything = sites[0][Contribution]

    assert after.keys() == recorded(before)
    for number in visible(everything) & before.keys():
        here, there = before[number], after[number]
        unsaid = UNSAID_OF_INSTITUTIONS if here["institution"] else set()
        assert without(there, unsaid | OWN) == without(here, unsaid | OWN)
        assert not any(there[name] for name in unsaid)


@pytest.mark.parametrize("model", KINDS)
def test_what_cannot_be_read_keeps_its_place_and_nothing_else(
    sites: Sites, model: type[models.Model]
) -> None:
    before, after = (site[model] for site in sites)
    withheld = recorded(before) - visible(sites[0][Contribution])

    assert withheld
    for number in withheld:
        here, there = before[number], after[number]
        assert {n: there[n] for n in KEPT if n in there} == {
            n: here[n] for n in KEPT if n in here
        }
        # A withdrawn proposal still counts what can be read under it.
        counts = {"for_count", "against_count", "source_count"}
        left = {n for n in there if there[n]} - set(KEPT) - OWN
        assert left <= (counts if here["status"] == "withdrawn" else set())


@pytest.mark.parametrize(
    "model",
    [Debate, Section, Ground, Institution, Verification, User, Theme, SourceCategory],
)
def test_what_frames_the_contributions_is_the_same(
    sites: Sites, model: type[models.Model]
) -> None:
    before, after = (site[model] for site in sites)
    may_differ = MAY_DIFFER.get(model, {}).keys()

    assert after
    for name, there in after.items():
        assert without(there, may_differ) == without(before[name], may_differ)
    assert before.keys() - after.keys() == NOT_RECORDED[model](sites[0])


@pytest.mark.parametrize("model", [Appendix, ReceivedTotal, ContributionTheme])
def test_what_belongs_to_a_contribution_is_the_same(
    sites: Sites, model: type[models.Model]
) -> None:
    before, after = (site[model] for site in sites)
    shown = visible(sites[0][Contribution])
    may_differ = MAY_DIFFER.get(model, {}).keys()

    for name, here in before.items():
        if name[0] in shown:
            assert without(after[name], may_differ) == without(here, may_differ)
        else:
            assert name not in after


def test_what_authors_say_of_the_responses_is_the_same(sites: Sites) -> None:
    before, after = (site[ResponseJudgement] for site in sites)
    shown = visible(sites[0][Contribution])

    assert after == {number: each for number, each in before.items() if number in shown}
    assert len(before) > len(after) > 0


def test_what_can_be_read_is_cited_and_tallied_the_same(sites: Sites) -> None:
    before, after = sites
    shown = visible(before[Contribution])
    tallies = [
        {name: row for name, row in site[Tally].items() if row["count"]}
        for site in sites
    ]

    assert after[Citation].keys() == {
        (citing, cited) for citing, cited in before[Citation] if citing in shown
    }
    assert before[Citation].keys() > after[Citation].keys() > set()
    assert tallies[0] == tallies[1] != {}


def test_votes_given_live_are_carried_and_no_voter_is(sites: Sites) -> None:
    carried = {
        name: row["carried"]
        for name, row in sites[1][ReceivedTotal].items()
        if row["carried"]
    }

    number = min(number for number, _ in carried)
    assert carried == {
        (number, "agree"): 2,
        (number, "mixed"): 1,
        (number, "disagree"): 1,
        (number + 1, "support"): 1,
    }


def without(row: dict[str, Any], names: Any) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name not in names}


def _unnamed(site: dict[type[models.Model], Rows], model: Any, by: str) -> set[Any]:
    """Rows of a model that nothing which can be read refers to."""
    shown = visible(site[Contribution])
    named = {site[Contribution][number][by] for number in shown}
    return set(site[model]) - named


NOT_RECORDED: dict[type[models.Model], Any] = {
    Debate: lambda site: {"avenir"},
    Section: lambda site: {key for key in site[Section] if key[0] == "avenir"},
    Ground: lambda site: set(),
    SourceCategory: lambda site: set(),
    Institution: lambda site: _unnamed(site, Institution, "institution"),
    Verification: lambda site: {
        key
        for key in site[Verification]
        if key[0] in _unnamed(site, Institution, "institution")
    },
    User: lambda site: (
        set(site[User])
        - {
            row["author"]
            for number, row in site[Contribution].items()
            if number in visible(site[Contribution]) and not row["institution"]
        }
    ),
    Theme: lambda site: (
        set(site[Theme])
        - {
            name
            for number, name in site[ContributionTheme]
            if number in visible(site[Contribution])
        }
    ),
}
