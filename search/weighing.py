"""How much a contribution says of a stem, and how rare the stem is: BM25.

Robertson and Zaragoza, “The Probabilistic Relevance Framework: BM25 and Beyond”
(2009), with the frequencies of title and text added before they saturate (BM25F).
In thousandths and whole numbers, so that every database adds up the same.
"""

import math
from collections import Counter
from collections.abc import Sequence

# A word of the title counts as so many words of the text.
TITLE = 3
# How soon a repeated word stops counting, and how much the length does.
K1 = 1.2
B = 0.75
# The usual length, in stems: fixed, so that an act never changes others' weights.
USUAL_LENGTH = 100
THOUSAND = 1000
# The longest stem that is kept; longer ones are addresses or typed at random.
LONGEST = 64


def weights(title: Sequence[str], text: Sequence[str]) -> dict[str, int]:
    """What each stem of a contribution weighs in it, between 1 and 2,200."""
    counts = Counter(text)
    for stem in title:
        counts[stem] += TITLE
    length = len(text) + TITLE * len(title)
    shortness = K1 * (1 - B + B * length / USUAL_LENGTH)
    return {
        stem: max(1, round(THOUSAND * count * (K1 + 1) / (count + shortness)))
        for stem, count in counts.items()
        if len(stem) <= LONGEST
    }


def rarity(held: int, total: int) -> int:
    """What holding a stem is worth when `held` documents of `total` do."""
    return round(
        THOUSAND * math.log(1 + (max(total, held) - held + 0.5) / (held + 0.5))
    )
