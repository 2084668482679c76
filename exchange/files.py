"""Files as operators have them, compressed or not."""

import gzip
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, cast

# What may go wrong while a file is read: it is missing, cut short, damaged.
UNREADABLE = (OSError, EOFError, zlib.error)


@contextmanager
def reading(path: Path) -> Iterator[BinaryIO]:
    """The bytes of a file, decompressed when its name ends in `.gz`."""
    if path.suffix == ".gz":
        with gzip.open(path, "rb") as compressed:
            yield cast("BinaryIO", compressed)
    else:
        with path.open("rb") as file:
            yield file
