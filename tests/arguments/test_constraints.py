import pytest

from tests.constraints import Breaks, assert_refused, cases
from tests.factories import ArgumentFactory, ArgumentSupportFactory, SourceFactory


def two_supports_of_one_person():
    first = ArgumentSupportFactory()
    ArgumentSupportFactory(argument=first.argument, supporter=first.supporter)


BREAKS: Breaks = {
    "argument_takes_a_side": [lambda: ArgumentFactory(side="neither")],
    "one_support_per_person_per_argument": [two_supports_of_one_person],
    "source_link_is_a_web_address": [
        lambda: SourceFactory(link="javascript:alert(1)"),
        lambda: SourceFactory(link="ftp://exemple.fr/rapport.pdf"),
        lambda: SourceFactory(link="exemple.fr"),
    ],
}


@pytest.mark.parametrize(("name", "break_it"), cases(BREAKS))
def test_the_database_refuses_what_breaks(db, name, break_it):
    assert_refused(name, break_it)
