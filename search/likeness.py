"""What says nearly the same: few enough, and close enough, to be shown to people.

An engine finds what shares rare words with a text, and prefers what is long. Here each
of the first ones is compared with the text as a whole, in both directions, so that what
says a great deal besides is less close. The site's own postings are compared, which
every act keeps, whatever the engine.
"""

import math
from dataclasses import replace
from datetime import datetime

from django.db.models import BigIntegerField, Sum
from django.db.models.functions import Cast

from register.enums import ContributionKind
from register.models import Contribution
from search.documents import words_of
from search.engines import engine
from search.engines.sql import SqlEngine, documents
from search.engines.statements import held
from search.models import Posting
from search.query import Like, Near, SearchEngine
from search.weighing import THOUSAND, rarity

# How many of those that an engine finds are compared again.
CANDIDATES = 30
# Of how many of the text's stems it is counted how rare they are, and how far.
COUNTED = 40
COMMON = 2_000
# How rare any other stem is taken to be, squared: one contribution in 150 holds it.
USUAL = (5 * THOUSAND) ** 2
# How much the engine's own closeness counts, and from which closeness on something is
# shown. Chosen with `benchmarks/duplicates.py` on the half of the judgements that is
# for choosing: proposals are long and few, arguments short and many.
ENGINE_SHARE = {ContributionKind.PROPOSAL: 0.5, ContributionKind.ARGUMENT: 0.0}
ENOUGH = {ContributionKind.PROPOSAL: 0.14, ContributionKind.ARGUMENT: 0.10}

SQUARE = Cast("weight", BigIntegerField()) * Cast("weight", BigIntegerField())


def like_row(row: Contribution) -> Like:
    """What is looked for beside a contribution that can be read already."""
    words = words_of(row)
    return Like(
        title=words.title,
        text=words.text,
        language=row.language,
        kind=row.kind,
        under=row.hangs_on_id,
        apart_from=row.pk,
    )


def nearest(like: Like, *, at: datetime, by: SearchEngine | None = None) -> list[Near]:
    """Proposals or arguments that are close enough to a text, the closest first."""
    found = (by or engine()).similar(like, at=at, size=CANDIDATES)
    if not found:
        return []
    cosines = _cosines(like, [near.number for near in found])
    share = ENGINE_SHARE[ContributionKind(like.kind)]
    weighed = [
        replace(
            near,
            closeness=share * near.closeness + (1 - share) * cosines[near.number],
        )
        for near in found
        if near.number in cosines
    ]
    enough = ENOUGH[ContributionKind(like.kind)]
    close = [near for near in weighed if near.closeness > enough]
    return sorted(close, key=lambda near: (-near.closeness, near.number))


def nearest_first(like: Like, *, at: datetime, debate: int, side: str) -> list[Near]:
    """In the order in which it is shown to whoever writes: what is said in the same
    debate, and on the same side of a proposal, can be supported instead.

    Of the database: who writes never waits for a server.
    """
    return sorted(
        nearest(like, at=at, by=SqlEngine()),
        key=lambda near: (near.debate != debate, near.side != side),
    )


def _cosines(like: Like, numbers: list[int]) -> dict[int, float]:
    """By number: 0 for what shares no stem with the text, 1 for what says the same.

    In whole numbers up to the roots: the same on every database.
    """
    own, total = like.weights, documents()
    counts = held(like.heaviest(COUNTED), at_most=COMMON).rows()
    worth = {stem: rarity(count, total) ** 2 for stem, count in counts}
    rows = Posting.objects.filter(number__in=numbers).order_by()
    weighed = rows.values_list("number").annotate(square=Sum(SQUARE))
    squares = {number: square * USUAL for number, square in weighed}
    shared = dict.fromkeys(numbers, 0)
    common = rows.filter(stem__in=worth).values_list("number", "stem", "weight")
    for number, stem, weight in common:
        shared[number] += own[stem] * weight * worth[stem]
        squares[number] += weight**2 * (worth[stem] - USUAL)
    square = sum(own[stem] ** 2 * worth.get(stem, USUAL) for stem in own)
    # What was hidden since it was found has no stems any more.
    return {
        number: shared[number] / math.sqrt(square * its_square)
        for number, its_square in squares.items()
        if square * its_square > 0
    }
