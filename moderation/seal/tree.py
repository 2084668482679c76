"""The Merkle tree of RFC 6962 §2.1, exactly: no padding, no node twice."""

import hashlib
from collections.abc import Iterable


def leaf_hash(data: bytes) -> bytes:
    return hashlib.sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\x01" + left + right).digest()


def root_of(leaf_hashes: Iterable[bytes]) -> bytes:
    """The root over these leaves; of none at all, the digest of nothing.

    What is on the left of each split is a perfect tree. Those that are complete so far
    are kept, the largest first; two of one height make one of the next.
    """
    complete: list[tuple[int, bytes]] = []
    for digest in leaf_hashes:
        height, node = 0, digest
        while complete and complete[-1][0] == height:
            node = node_hash(complete.pop()[1], node)
            height += 1
        complete.append((height, node))
    if not complete:
        return hashlib.sha256().digest()
    _height, root = complete.pop()
    while complete:
        root = node_hash(complete.pop()[1], root)
    return root
