"""What requests left in the database, and whose it is."""

from collections.abc import Iterator
from typing import Any

from accounts.models import User
from register.models import Debate
from tests.test_conventions import OUR_APPS

Rows = dict[tuple[str, Any], dict[str, Any]]
# Whose a row is.
OWNERS = ("author_id", "owner_id", "voter_id", "supporter_id", "actor_id", "user_id")
OWNERS += ("reporter_id",)
# What other people's acts change of a contribution.
DERIVED = {"version", "counted"} | {
    f"{name}_count"
    for name in ("for", "against", "source", "agree", "mixed", "disagree", "support")
}


def rows() -> Rows:
    return {
        (model._meta.label, values[model._meta.pk.attname]): values
        for config in OUR_APPS
        for model in config.get_models()
        for values in model._base_manager.values()
    }


def changed(before: Rows, after: Rows) -> Iterator[tuple[str, Any, dict, dict]]:
    for place in before.keys() | after.keys():
        held, now = before.get(place, {}), after.get(place, {})
        if held != now:
            yield (*place, held, now)


def wrongs(before: Rows, person: User | None, debate: Debate) -> list[Any]:
    """Rows that changed and are neither this person's nor counted from theirs."""
    owner = person.pk if person else None
    after = rows()
    return [
        (label, pk, held, now)
        for label, pk, held, now in changed(before, after)
        if not _is_theirs(label, held or now, owner, after)
        or (now.get("debate_id", debate.pk) != debate.pk)
        if not (held and now and {k for k in now if now[k] != held[k]} <= DERIVED)
    ]


def _is_theirs(label: str, row: dict, owner: int | None, after: Rows) -> bool:
    if label == "accounts.User":
        return row["id"] == owner
    if label in {"register.Tally", "register.Theme", "accounts.Mail"}:
        return True
    for name in OWNERS:
        if name in row:
            return row[name] == owner
    names = ("contribution_id", "citing_id", "content_object_id")
    number = next((row[name] for name in names if name in row), None)
    contribution = after.get(("register.Contribution", number), {})
    return contribution.get("author_id", -1) == owner


def but_drafts(before: Rows, owner: User | None) -> list[Any]:
    """What changed, but for what this person typed, kept for them."""
    return [
        (label, pk, held, now)
        for label, pk, held, now in changed(before, rows())
        if label != "register.Draft" or (held | now)["owner_id"] != (owner and owner.pk)
    ]
