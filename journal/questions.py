"""Questions that acts put to the database again and again, written once."""

from collections.abc import Callable
from typing import Any

from django.db import connection
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL


class Blank:
    """Where a value comes, by its place among the values."""

    def __init__(self, place: int) -> None:
        self.place = place


class Question:
    """A question about one number or another, whose SQL Django writes only once.

    Writing a statement takes Django several times as long as the database takes to
    answer it. `question` is called once, with a blank for each value:

        VISIBLE = Question(lambda number: Contribution.objects.visible().filter(
            pk=number).values_list("pk"))

    The answer is the rows as the database gives them, so this is for numbers and short
    texts, not for instants.
    """

    def __init__(self, question: Callable[..., QuerySet[Any, Any]]) -> None:
        self.question = question
        self.statement: tuple[str, list[Any]] | None = None

    def __call__(self, *values: int | str) -> list[tuple[Any, ...]]:
        if self.statement is None:
            self.statement = self._written(len(values))
        sql, parameters = self.statement
        filled = [values[p.place] if isinstance(p, Blank) else p for p in parameters]
        with connection.cursor() as cursor:
            cursor.execute(sql, filled)
            rows: list[tuple[Any, ...]] = cursor.fetchall()
        return rows

    def _written(self, count: int) -> tuple[str, list[Any]]:
        blanks = (RawSQL("%s", [Blank(place)]) for place in range(count))
        sql, parameters = self.question(*blanks).query.sql_with_params()
        return sql, list(parameters)
