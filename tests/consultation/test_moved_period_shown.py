"""Readers of a debate learn that its period was moved, from when to when, and why."""

from datetime import timedelta

import pytest
from django.utils.timezone import localtime

from register.actions import move_period

pytestmark = pytest.mark.django_db


def test_both_instants_and_the_motive_are_on_the_debates_page(read, page, organiser):
    debate = page.debate
    later = debate.closes_at + timedelta(days=3)
    move_period(
        debate=debate,
        opens_at=debate.opens_at,
        closes_at=later,
        motive="Une panne du site, dimanche.",
        actor=organiser,
    )

    document = read(page.url)

    note = document.select_one(".note")
    assert "Une panne du site, dimanche." in note.get_text()
    instants = [each["datetime"] for each in note.find_all("time")]
    assert [each[:16] for each in instants[1:]] == [
        local(later),
        local(debate.closes_at),
    ]


def local(instant):
    return localtime(instant).isoformat()[:16]


def test_a_period_that_never_moved_says_nothing(read, page):
    assert read(page.url).select_one(".note") is None
