"""The tree is RFC 6962's, and no two lists of leaves have one root."""

import hashlib
import secrets

from hypothesis import given
from hypothesis import strategies as st

from moderation.seal import verify_seal
from moderation.seal.tree import leaf_hash, node_hash, root_of

# The entries of the certificate transparency log that its implementations test by.
ENTRIES = [
    bytes.fromhex(each)
    for each in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]
# The root over the first so many of them, as published with that log's own code.
ROOTS = {
    0: "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    1: "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    2: "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    3: "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    4: "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    5: "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    6: "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    7: "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    8: "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
}


def by_definition(entries: list[bytes]) -> bytes:
    """Section 2.1, word for word."""
    n = len(entries)
    if n == 0:
        return hashlib.sha256().digest()
    if n == 1:
        return hashlib.sha256(b"\x00" + entries[0]).digest()
    k = max(2**power for power in range(n.bit_length()) if 2**power < n)
    left, right = by_definition(entries[:k]), by_definition(entries[k:])
    return hashlib.sha256(b"\x01" + left + right).digest()


def both(entries: list[bytes]) -> set[bytes]:
    """What the builder and the verifier answer, which share no code."""
    digests = [leaf_hash(entry) for entry in entries]
    theirs = [verify_seal.leaf_hash(entry) for entry in entries]
    return {root_of(digests), verify_seal.root_of(theirs)}


def test_the_roots_are_those_of_the_log_that_the_rfc_was_written_for():
    for count, root in ROOTS.items():
        assert both(ENTRIES[:count]) == {bytes.fromhex(root)}, count


@given(st.lists(st.binary(max_size=3), max_size=80))
def test_the_roots_are_those_of_the_definition(entries):
    assert both(entries) == {by_definition(entries)}


def test_repeating_the_last_leaves_gives_another_root():
    """Two lists had one root where an odd node was paired with itself (CVE-2012-2459)."""  # noqa: E501
    for count in range(1, 20):
        entries = [bytes([place]) for place in range(count)]
        for repeated in range(1, count + 1):
            assert not both(entries) & both(entries + entries[-repeated:])


def test_a_leaf_of_two_digests_is_not_the_node_above_them():
    """A leaf of 64 bytes passed for a node (CVE-2017-12842)."""
    left, right = (leaf_hash(secrets.token_bytes(9)) for _ in range(2))

    root = root_of([left, right])

    assert leaf_hash(left + right) != node_hash(left, right) == root
    assert root_of([leaf_hash(left + right)]) != root
