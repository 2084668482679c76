"""How much a contribution says of a stem, and how rare the stem is: BM25.

Robertson and Zaragoza, “The Probabilistic Relevance Framework: BM25 and Beyond”
(2009), with the frequencies of title and text added before they saturate (BM25F).
In thousandths and whole numbers, so that every database adds up the same.
"""

import math
from collections import Counter
from collections.abc import Mapping, Sequence

# A word of the title counts as so many words of the text.
TITLE = 3
# How soon a repeated word stops counting, and how much the length does.
K1 = 1.2
B = 0.75
# The usual length, in stems: fixed, so that an act never changes others' weights.
USUAL_LENGTH = 100
THOUSAND = 1000
# Up to here Lucene counts a length one by one, and from there on in so many bits.
EXACT = 24
BITS = 4
# The longest stem that is kept; longer ones are addresses or typed at random.
LONGEST = 64


def occurrences(title: Sequence[str], text: Sequence[str]) -> Counter[str]:
    """How often a contribution says each stem, in its title and in its text."""
    counts = Counter(stem for stem in text if len(stem) <= LONGEST)
    for stem in title:
        if len(stem) <= LONGEST:
            counts[stem] += TITLE
    return counts


def weights(counts: Mapping[str, int]) -> dict[str, int]:
    """What each stem of a contribution weighs in it, between 1 and 2,200."""
    length = as_kept(sum(counts.values()))
    shortness = K1 * (1 - B + B * length / USUAL_LENGTH)
    return {
        stem: max(1, round(THOUSAND * count * (K1 + 1) / (count + shortness)))
        for stem, count in counts.items()
    }


def as_kept(length: int) -> int:
    """A length as a search server keeps it: in one byte, so that above 40 only its
    first bits count, as if somebody had counted to some part in ten.

    Lucene's `SmallFloat.intToByte4`, and back. Every engine takes this length, so that
    they all weigh alike.
    """
    beyond = length - EXACT
    if beyond < 2**BITS:
        return length
    shift = beyond.bit_length() - BITS
    return EXACT + (beyond >> shift << shift)


def rarity(held: int, total: int) -> int:
    """What holding a stem is worth when `held` documents of `total` do."""
    return round(
        THOUSAND * math.log(1 + (max(total, held) - held + 0.5) / (held + 0.5))
    )
