"""Files that take long to write: one at a time in each process of the server.

Each holds a thread and much of a processor until it is written, however slowly it is
read; the other threads go on answering readers.
"""

from collections.abc import Iterator
from threading import Lock

from django.http import HttpResponse
from django.utils.translation import gettext as _

# For how many seconds a file waits for the one before it.
PATIENCE = 1
_turn = Lock()


class InTurn:
    """The chunks of one file; its end, or `close`, lets the next file be written."""

    def __init__(self, chunks: Iterator[bytes]) -> None:
        self.chunks = chunks
        self.has_turn = True

    def __iter__(self) -> "InTurn":
        return self

    def __next__(self) -> bytes:
        try:
            return next(self.chunks)
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        if self.has_turn:
            self.has_turn = False
            _turn.release()

    __del__ = close


def in_turn(chunks: Iterator[bytes]) -> InTurn | None:
    """None while another file is being written."""
    return InTurn(chunks) if _turn.acquire(timeout=PATIENCE) else None


def busy() -> HttpResponse:
    sentence = _("Another file is being written: please try again in a minute.")
    return later(sentence, status=503, seconds=60)


def later(sentence: str, *, status: int, seconds: int) -> HttpResponse:
    return HttpResponse(
        f"{sentence}\n",
        status=status,
        content_type="text/plain; charset=utf-8",
        headers={"Retry-After": str(seconds), "Cache-Control": "no-store"},
    )
