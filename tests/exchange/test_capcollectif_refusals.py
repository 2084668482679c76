"""A line that cannot be imported loses only itself, and the report says why."""

import json
from typing import Any

import pytest

from arguments.models import Argument, Source
from proposals.models import Proposal
from register.models import Contribution, Debate
from tests.exchange.platform import (
    Platform,
    argument,
    author,
    opinion,
    source,
    without,
)

BROKEN_LINES = [
    (b'{"opinion": {', "not JSON"),
    (b"\xff\xfe{}", "JSON"),
    (b"[]", "no opinion"),
    (b'{"opinion": null}', "no opinion"),
    (b'"text"', "no opinion"),
    (b"[" * 100_000, "recursion"),
    (b"9" * 5000, "not JSON"),
]
BAD_OPINIONS: list[tuple[dict[str, Any], str]] = [
    ({"title": None}, "title"),
    ({"title": " "}, "title"),
    ({"title": "t" * 256}, "title"),
    ({"title": ["t"]}, "title"),
    ({"title": "nul\0"}, "NUL"),
    ({"title": "demi \ud83d"}, "surrogate"),
    ({"body": 3}, "body"),
    ({"body": "\ude00"}, "surrogate"),
    ({"id": None}, "id"),
    ({"id": "douze"}, "id"),
    ({"created_at": None}, "created_at"),
    ({"created_at": ""}, "created_at"),
    ({"created_at": "hier"}, "created_at"),
    ({"created_at": 20160302}, "created_at"),
    ({"created_at": "2016-03-02T10:00:00"}, "created_at"),
    ({"created_at": "9999-12-31T23:59:59-1200"}, "created_at"),
    ({"created_at": "9999-12-31T10:00:00+0100"}, "future"),
    ({"updated_at": "demain", "is_trashed": True}, "updated_at"),
    ({"author": None}, "author"),
    ({"author": "Camille"}, "author"),
    ({"author": author("")}, "author"),
    ({"author": author("\u2028 ")}, "author"),
    ({"author": author("n" * 151)}, "author"),
    ({"author": author("n" * 201, vip=True)}, "author"),
    ({"author": author(uniqueId=None)}, "uniqueId"),
    ({"author": author(uniqueId="k" * 150)}, "author.key"),
    ({"author": author(uniqueId="\ud83d")}, "author.key"),
    ({"type": None}, "type"),
    ({"type": {"id": 1, "title": "t", "subtitle": "s" * 256}}, "type"),
    ({"type": {"id": None, "title": "t", "subtitle": "s"}}, "id"),
    ({"votes_ok": None}, "votes_ok"),
    ({"votes_ok": "12"}, "votes_ok"),
    ({"votes_mitige": -1}, "mixed"),
    ({"votes_nok": 0.5}, "votes_nok"),
    ({"votes_nok": 10**10}, "disagree"),
    ({"arguments": 5}, "arguments"),
    ({"sources": {"a": 1}}, "sources"),
    ({"appendices": ["a"]}, "object"),
    ({"modals": [None]}, "object"),
]
BAD_ARGUMENTS: list[tuple[Any, str]] = [
    (argument("x" * 2001), "text"),
    (argument(" \n "), "text"),
    (argument(""), "text"),
    (argument("a\0"), "NUL"),
    (argument("\udc00"), "surrogate"),
    (without(argument(), "body"), "body"),
    (argument(type=2), "type"),
    (argument(type="1"), "type"),
    (argument(type=[]), "type"),
    (without(argument(), "type"), "type"),
    (argument(votes_count="beaucoup"), "votes_count"),
    (without(argument(), "id"), "id"),
    (argument(created_at="2016-03-02T09:59:59+0100"), "older"),
    ("un texte", "object"),
    (None, "object"),
]
BAD_SOURCES: list[tuple[dict[str, Any], str]] = [
    ({"link": "javascript:alert(1)"}, "link"),
    ({"link": "data:text/html,x"}, "link"),
    ({"link": "exemple.fr"}, "link"),
    ({"link": ""}, "link"),
    ({"link": None}, "link"),
    ({"link": "https://exemple.fr/\0"}, "link"),
    ({"link": "https://exemple.fr/" + "x" * 2000}, "link"),
    ({"category": None}, "category"),
    ({"category": ""}, "category"),
    ({"category": "c" * 101}, "category"),
    ({"title": ""}, "title"),
]


@pytest.mark.parametrize(("line", "reason"), BROKEN_LINES)
def test_a_broken_line_loses_only_itself(
    platform: Platform, line: bytes, reason: str
) -> None:
    result = platform.imports(opinion(), b"", line, opinion())

    assert result.status == 1
    assert Proposal.objects.count() == 2
    (refusal,) = result.refusals
    assert refusal.startswith("line 3: ")
    assert reason in refusal


@pytest.mark.parametrize(
    ("change", "named"), BAD_OPINIONS, ids=[f"{c}"[:40] for c, _ in BAD_OPINIONS]
)
def test_a_bad_opinion_is_lost_with_what_hangs_on_it_and_nothing_else(
    platform: Platform, change: dict[str, Any], named: str
) -> None:
    bad = opinion() | {"arguments": [argument(), argument()]} | change

    result = platform.imports(opinion(arguments=[argument()]), bad, opinion())

    assert result.status == 1
    assert Proposal.objects.count() == 2
    assert Argument.objects.count() == 1
    (refusal,) = result.refusals
    assert refusal.startswith("line 2: ")
    assert named in refusal
    assert ("2 lost" in refusal) == (not change.keys() & {"arguments", "sources"})


@pytest.mark.parametrize(
    ("bad", "named"), BAD_ARGUMENTS, ids=[n for _, n in BAD_ARGUMENTS]
)
def test_a_bad_argument_loses_only_itself(
    platform: Platform, bad: Any, named: str
) -> None:
    result = platform.imports(opinion(arguments=[argument(), bad, argument()]))

    assert result.status == 1
    assert Argument.objects.count() == 2
    (refusal,) = result.refusals
    assert refusal.startswith("line 1, arguments ")
    assert named in refusal


@pytest.mark.parametrize(
    ("change", "named"), BAD_SOURCES, ids=[f"{c}"[:40] for c, _ in BAD_SOURCES]
)
def test_a_bad_source_loses_only_itself(
    platform: Platform, change: dict[str, Any], named: str
) -> None:
    bad = source(**change)

    result = platform.imports(opinion(sources=[bad, source()]))

    assert result.status == 1
    assert Source.objects.count() == 1
    (refusal,) = result.refusals
    assert refusal.startswith(f"line 1, sources {bad['id']}: ")
    assert named in refusal


def test_an_argument_at_the_closing_instant_is_refused_one_second_before_accepted(
    platform: Platform,
) -> None:
    at = "2016-03-04T23:59:59+0100"
    late = argument(created_at="2016-03-05T00:00:00+0100")

    result = platform.imports(
        opinion(arguments=[argument(created_at=at), late]),
        closes_at="2016-03-05T00:00",
    )

    assert result.status == 1
    assert Argument.objects.count() == 1
    (refusal,) = result.refusals
    assert refusal.startswith(f"line 1, arguments {late['id']}: ")
    assert "outside the debate's period" in refusal


def test_an_id_that_stands_twice_is_refused_the_second_time(platform: Platform) -> None:
    result = platform.imports(
        opinion(id=5, title="Première"),
        opinion(id=5, title="Seconde", arguments=[argument(id=6)]),
        opinion(arguments=[argument(id=6)]),
    )

    assert result.status == 1
    assert Proposal.objects.filter(title="Première").count() == 1
    assert [refusal.split(":")[0] for refusal in result.refusals] == [
        "line 2",
        "line 3, arguments 6",
    ]


def test_two_verified_accounts_with_one_address_do_not_become_one(
    platform: Platform,
) -> None:
    result = platform.imports(
        opinion(author=author("Mairie d'Oz", vip=True)),
        opinion(author=author("Mairie d Oz", vip=True)),
    )

    assert result.status == 1
    assert Proposal.objects.count() == 1
    assert "another institution has the address" in result.err


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"opens_at": "2016-03-27T02:30"}, "2016-03-27"),
        ({"closes_at": "2016-10-30T02:30"}, "2016-10-30"),
        ({"opens_at": "hier"}, "hier"),
        ({"opens_at": "2017-01-01"}, "closes_at must come after opens_at"),
        ({"title": "t" * 256}, "title"),
    ],
)
def test_a_debate_that_cannot_be_is_refused_in_a_sentence(
    platform: Platform, options: dict[str, str], sentence: str
) -> None:
    result = platform.imports(opinion(), **options)

    assert result.status == 1
    assert sentence in result.err
    assert not Debate.objects.exists()


@pytest.mark.parametrize("content", [b"", b"\n\n", b"not json\n", b"{}\n"])
def test_a_file_without_opinions_is_refused_in_a_sentence(
    platform: Platform, content: bytes
) -> None:
    platform.file.write_bytes(content)

    result = platform.run(platform.file)

    assert result.status == 1
    assert "holds no opinion" in result.err
    assert not Contribution.objects.exists()


def test_a_refused_line_says_where_in_a_valid_json_file(platform: Platform) -> None:
    bad = json.loads(json.dumps(opinion(title="")))

    result = platform.imports(opinion(), b"", b"", bad)

    assert [refusal.split(":")[0] for refusal in result.refusals] == ["line 4"]
