"""What benchmarks.server prints of the two engines, beside each other."""

from collections.abc import Iterator
from typing import Any

from benchmarks.measures import percentile
from benchmarks.tables import row

PERCENTS = (50, 95)


def beside(said: dict[str, Any]) -> Iterator[str]:
    """Of one database: what the server's index costs, and how fast both answer."""
    count = said["filled"]["documents"]
    yield f"\n## {said['version']} beside the SQL engine: {count:,} contributions\n"
    yield from cost(said)
    yield ""
    yield from times(said["spent"])
    yield ""
    mean, worst, identical, compared = said["overlap"]
    yield (
        f"- of {said['asked']} first pages: {said['totals']} totals and"
        f" {said['counts']} counts of all facets are the same; of the first ten"
        f" {mean:.2f} are shared, {worst:.1f} at worst; of {compared} that find"
        f" anything {identical} are the same page, in the same order"
    )
    yield f"- the server did not answer in time: {said['unanswered']} time(s)"


def cost(said: dict[str, Any]) -> Iterator[str]:
    """Of the server, after `rebuild` and after everything is put in one segment."""
    filled, merged = said["filled"], said["merged"]
    count, seconds = filled["documents"], said["server_seconds"]
    site = [1000 * said[each] for each in ("reading", "making")]
    share = count * sum(site) / 1000 / seconds
    tables = {k: v for k, v in said["sizes"].items() if k.startswith("search_")}
    sql = said["sql_seconds"]
    yield row(["", "SQL engine", "server"])
    yield row(["---", "--:", "--:"])
    sql_rate = f"{count / sql:,.0f}" if sql else "–"
    yield row(["indexing, seconds", f"{sql:,.1f}" if sql else "–", f"{seconds:,.1f}"])
    yield row(["contributions a second", sql_rate, f"{count / seconds:,.0f}"])
    yield row(["– read and analysed, ms each", "–", f"{site[0]:.2f}"])
    yield row(["– written as it is sent, ms each", "–", f"{site[1]:.2f}"])
    yield row(["– both, of the whole time", "–", f"{share:.0%}"])
    held = [f"{each['bytes'] / 1e6:,.1f}" for each in (filled, merged)]
    sql_size = f"{sum(tables.values()) / 1e6:,.1f}"
    yield row([f"MB as filled, {filled['segments']} segment(s)", sql_size, held[0]])
    yield row([f"MB merged into one, {said['merging']:.1f} s", "–", held[1]])
    for name, size in tables.items():
        yield row([f"– {name}, MB", f"{size / 1e6:,.1f}", "–"])


def times(spent: dict[str, dict[str, list[float]]]) -> Iterator[str]:
    """Ratios are of the server's time to the SQL engine's."""
    sql, server = spent["sql"], spent["server"]
    heads = [f"{engine}, p{each}" for each in PERCENTS for engine in ("SQL", "server")]
    ratios = [f"ratio, p{each}" for each in PERCENTS]
    yield row(["milliseconds", "asked", *heads, *ratios])
    yield row(["---", *["--:"] * (1 + len(heads) + len(ratios))])
    for what, ones in sql.items():
        pairs = [(percentile(ones, p), percentile(server[what], p)) for p in PERCENTS]
        cells = [f"{value:.2f}" for pair in pairs for value in pair]
        compared = [f"{theirs / ours:.2f}x" for ours, theirs in pairs]
        yield row([what, f"{len(ones):,}", *cells, *compared])


def spread(values: list[float], unit: str = "ms") -> str:
    if not values:
        return "–"
    p50, p95 = (percentile(values, each) for each in PERCENTS)
    return f"p50 {p50:,.1f} {unit}, p95 {p95:,.1f} {unit}, worst {max(values):,.1f}"
