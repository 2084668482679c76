"""Words that somebody may have meant who made one slip of the keyboard."""

from string import ascii_lowercase

SHORTEST_MISTYPED = 5
# There are few longer words, and what is near each costs as much as it is long.
LONGEST_MISTYPED = 20


def one_edit_away(word: str) -> frozenset[str]:
    """What is one letter more, less or other, or two swapped, from a folded word.

    Of a word of fewer than five letters nothing: it is one slip from too many others;
    and nothing of one of more than twenty.
    At most 54 n + 25 spellings for n letters, to be looked up among words that exist.
    """
    if not SHORTEST_MISTYPED <= len(word) <= LONGEST_MISTYPED:
        return frozenset()
    cuts = [(word[:place], word[place:]) for place in range(len(word) + 1)]
    without = {left + right[1:] for left, right in cuts if right}
    swapped = {left + right[1] + right[0] + right[2:] for left, right in cuts[:-2]}
    other = {
        left + letter + right[1:]
        for left, right in cuts
        if right
        for letter in ascii_lowercase
    }
    added = {
        left + letter + right for left, right in cuts for letter in ascii_lowercase
    }
    return frozenset((without | swapped | other | added) - {word})


def is_one_edit(one: str, other: str) -> bool:
    """Whether `one_edit_away` of a word holds the other, found without making it all.

    Of words of any length, and of any letters.
    """
    short, long = sorted((one, other), key=len)
    if short == long or len(long) - len(short) > 1:
        return False
    pairs = enumerate(zip(short, long, strict=False))
    same = next((place for place, (a, b) in pairs if a != b), len(short))
    if len(short) < len(long):
        return short[same:] == long[same + 1 :]
    is_swapped = short[same : same + 2] == long[same : same + 2][::-1]
    rest = same + 2 if is_swapped else same + 1
    return short[rest:] == long[rest:]
