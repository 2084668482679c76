"""What was received, where moderators have put a mark over a part of it since."""

from register.models import Contribution, OriginalWords


def as_received(row: Contribution) -> Contribution:
    """The same row, of its kind, with the words that its author sent.

    They are for the author and for receipts: no page shows them.
    """
    kept = row.is_masked and OriginalWords.objects.filter(pk=row.pk).first()
    if kept:
        words = kept.words
        for field in words.keys() & {f.name for f in row._meta.fields}:  # noqa: SLF001
            setattr(row, field, words[field])
    return row
