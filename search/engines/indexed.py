"""What a search server holds of a contribution, and in which index.

The same stems as the site's own index, as tokens of their own: the server analyses
nothing, so that every engine finds the same.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from typing import Any

from elasticsearch import Elasticsearch
from elasticsearch.dsl import Document, Keyword, Long, MetaField, Search, Text
from elasticsearch.helpers import streaming_bulk

from search.documents import Entry
from search.engines.ordering import microseconds
from search.engines.server import SearchServer, Unavailable, speaking
from search.facets import Facet
from search.weighing import K1, THOUSAND, USUAL_LENGTH, B

# `search.weighing.weights`, of one stem and times what the question says that it is
# worth; both round halves to the even number.
WEIGHT = f"""
double shortness = {K1} * (1 - {B} + {B} * doc.length / {USUAL_LENGTH}.0);
double worth = {THOUSAND}.0 * doc.freq * {K1 + 1} / (doc.freq + shortness);
return query.boost * Math.max(1, Math.rint(worth));
"""
SETTINGS = {
    "number_of_shards": 1,
    "auto_expand_replicas": "0-1",
    "refresh_interval": "1s",
    # For how long it is remembered in which turn something was removed.
    "gc_deletes": "10m",
    "similarity": {"of_the_site": {"type": "scripted", "script": {"source": WEIGHT}}},
}
# Of titles, beginnings of so many letters are looked up and no longer searched for.
PREFIXES = {"min_chars": 2, "max_chars": 12}
# At once, in number and in bytes: a proxy in between lets a megabyte through.
SENT_AT_ONCE = 500
LARGEST = 2**19
GONE = 404
NEWER_IS_THERE = 409
# More rows than these no server gives in one answer.
MOST_AT_ONCE = 10_000
# What the server says when it is not about this document: it is full, read-only, being
# started, or has not this index. With anything else it refuses the document.
LATER = {401, 403, GONE, 408, 429, 502, 503, 504}
OF_ANOTHER_VERSION = (
    "The search server's index was made by another version of this program:"
    " manage.py reindex --server makes it again."
)


def _facet() -> Keyword:
    """Counted with nearly every question: the first to ask shall not wait for more."""
    return Keyword(eager_global_ordinals=True)


class Indexed(Document):
    """One contribution. Its facets are as `search.facets` names them."""

    number = Long()
    # What it hangs on.
    above = Long()
    # Microseconds since 1970.
    submitted = Long()
    # Each as often as it is said; one of the title three times.
    stems = Text(analyzer="whitespace", similarity="of_the_site", index_options="freqs")
    # Folded, for exact phrases.
    words = Text(analyzer="whitespace", norms=False)
    title = Text(
        analyzer="whitespace",
        norms=False,
        index_options="docs",
        index_prefixes=PREFIXES,
    )
    debate = _facet()
    kind = _facet()
    side = _facet()
    section = _facet()
    theme = _facet()
    signed = _facet()
    month = _facet()
    sourced = _facet()
    # Of all the others, by which `verify` knows them.
    digest = Keyword(index=False, doc_values=False)

    class Index:
        settings = SETTINGS

    class Meta:
        dynamic = MetaField("strict")
        # All can be made again from the register, and is not kept twice.
        source = MetaField(includes=["digest"])


def made_as() -> str:
    """What an index that is made now is like: another version may make another."""
    content = json.dumps(Indexed._index.to_dict(), sort_keys=True)  # noqa: SLF001
    return hashlib.sha256(content.encode()).hexdigest()


def body(entry: Entry) -> dict[str, Any]:
    said = sorted(entry.occurrences.items())
    content: dict[str, Any] = {
        "number": entry.number,
        "above": entry.above,
        "submitted": microseconds(entry.submitted_at),
        "stems": " ".join(stem for stem, count in said for _ in range(count)),
        "words": entry.words.strip(),
        "title": " ".join(sorted(entry.title_words)),
    }
    content |= {facet.value: list(entry.facets.values(facet)) for facet in Facet}
    digest = hashlib.sha256(json.dumps(content).encode()).hexdigest()
    return content | {"digest": digest}


def write(
    server: SearchServer, entries: Mapping[int, Entry | None], *, to: str, turn: int
) -> dict[int, str]:
    """Send what these contributions say now, or that they are no longer to be found.

    To an alias alone: what it names is made here, and by nothing that is sent.

    Returns what is refused, by number: nothing is held of it there any more. Raises
    Unavailable when any of it may not have arrived.
    """
    refused = _sent(server, entries, alias=to, turn=turn)
    if refused:
        _sent(server, dict.fromkeys(refused), alias=to, turn=turn)
    return refused


def _sent(
    server: SearchServer,
    entries: Mapping[int, Entry | None],
    *,
    alias: str,
    turn: int,
) -> dict[int, str]:
    refused: dict[int, str] = {}
    with speaking():
        answers = streaming_bulk(
            server.patient,
            _actions(entries, alias, turn),
            chunk_size=SENT_AT_ONCE,
            max_chunk_bytes=LARGEST,
            raise_on_error=False,
            require_alias=True,
        )
        for done, answer in answers:
            ((act, result),) = answer.items()
            if done or _is_known(result):
                continue
            said = str(result.get("error", result["status"]))
            if act != "index" or result["status"] in LATER:
                raise Unavailable(f"#{result['_id']}: {said}")
            refused[int(result["_id"])] = said
    return refused


def _is_known(result: dict[str, Any]) -> bool:
    """A removal of what is not there; or a later turn has spoken of it."""
    was_not_there = result["status"] == GONE and result.get("result") == "not_found"
    return was_not_there or result["status"] == NEWER_IS_THERE


def _actions(
    entries: Mapping[int, Entry | None], alias: str, turn: int
) -> Iterator[dict[str, Any]]:
    versioned = {"_index": alias, "version": turn, "version_type": "external_gte"}
    for number, entry in entries.items():
        action = {**versioned, "_id": str(number)}
        if entry:
            yield {**action, "_op_type": "index", "_source": body(entry)}
        else:
            yield {**action, "_op_type": "delete"}


def is_filling(server: SearchServer) -> bool:
    """Whether changes go to an index that is being filled too.

    Raises Unavailable when none is searched, or one of another version of this program:
    what it does not know it would refuse, and then be without.
    """
    there = aliased(server.patient, server)
    if not there[server.index]:
        raise Unavailable(
            f"There is no index “{server.index}”: manage.py reindex makes one."
        )
    if not is_as_now(server):
        raise Unavailable(OF_ANOTHER_VERSION)
    return bool(there[server.next])


def abandon_next(server: SearchServer) -> None:
    """Remove what was being filled, if anything was."""
    for left in named(server, server.next):
        with speaking():
            server.patient.indices.delete(index=left)


def named(server: SearchServer, alias: str) -> list[str]:
    """The indexes that have this alias."""
    return aliased(server.patient, server)[alias]


def aliased(client: Elasticsearch, server: SearchServer) -> dict[str, list[str]]:
    """By alias of the site's, the indexes that have it."""
    with speaking():
        there = client.indices.get_alias(index=f"{server.index}-*")
    return {
        alias: sorted(name for name, each in there.items() if alias in each["aliases"])
        for alias in (server.index, server.next)
    }


def show_all(server: SearchServer) -> None:
    """Let everything that was sent be found, at once."""
    with speaking():
        server.patient.indices.refresh(index=server.index)


def is_as_now(server: SearchServer) -> bool:
    """Whether one index is searched, and made as this version makes it."""
    with speaking():
        there = server.patient.indices.get_mapping(index=server.index).body
    made = [each["mappings"].get("_meta", {}).get("made_as") for each in there.values()]
    return made == [made_as()]


def digests(server: SearchServer, *, after: int, until: int | None) -> dict[int, str]:
    """Of what the server finds from the number after one until another, or the last."""
    numbers = {"gt": after} if until is None else {"gt": after, "lte": until}
    asked = Search(index=server.index).filter("range", number=numbers)
    asked = asked.source(["digest"]).sort("number").extra(size=MOST_AT_ONCE)
    with speaking():
        answer = asked.using(server.patient).execute()
    # Of what somebody else put there, nothing is known.
    return {hit.meta.sort[0]: getattr(hit, "digest", "") for hit in answer}
