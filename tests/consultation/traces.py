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
        if config.label
        != "search"  # made from the rest, and compared with it elsewhere
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


# What a contribution says, where words are; and what of it nobody may ever change.
WORDS = {"title", "text", "link", "note", "outcome", "transferred_to"}
WORDS |= {"agent_name", "agent_function"}
FIXED = {"number", "kind", "debate_id", "section_id", "hangs_on_id", "author_id"}
FIXED |= {"institution_id", "service", "verification_id", "submitted_at", "language"}
FIXED |= {"origin", "side", "category_id", "contribution_id"}
WORDED = {"proposals.Proposal", "proposals.Appendix", "proposals.OfficialResponse"}
WORDED |= {"arguments.Argument", "arguments.Source"}
# Who gave it, of rows that are nobody else's to give or change.
GIVEN = {"proposals.Vote": "voter_id", "arguments.ArgumentSupport": "supporter_id"}
DATES = {"opens_at", "closes_at", "title", "slug", "question", "confirmation_hours"}


def tampered(before: Rows, person: User, *, moves: bool = False) -> list[Any]:
    """Texts, votes and dates that are not as they were, and are not this person's own.

    A passage that was masked is kept as it was received; that is what is compared.
    Who `moves` periods may change their dates, and what was prepared goes with them.
    """
    after = rows()
    kept = {
        pk: row["words"]
        for (label, pk), row in after.items()
        if label == "register.OriginalWords"
    }
    return [
        (label, pk, held, now)
        for label, pk, held, now in changed(before, after)
        if _is_tampered(label, held, now | _unmasked(label, pk, kept), person)
        and not (moves and _is_moved(label, held, now))
    ]


def _is_moved(label: str, held: dict, now: dict) -> bool:
    if label in {"register.Debate", "register.PeriodMove"}:
        return True
    if not held or not now:
        return False
    differing = {name for name in held if held[name] != now.get(name)}
    return differing <= DERIVED | {"submitted_at", "status_at"}


def _is_tampered(label: str, held: dict, now: dict, person: User) -> bool:
    if label in GIVEN:
        return (held | now)[GIVEN[label]] != person.pk
    if label == "register.PeriodMove":
        return True
    fixed = {"register.Debate": DATES, "register.Contribution": FIXED}.get(label)
    if label in WORDED:
        fixed = FIXED | WORDS
    if not fixed or not held:
        return False
    return any(held[name] != now.get(name) for name in fixed & held.keys())


def _unmasked(label: str, pk: Any, kept: dict[Any, dict[str, str]]) -> dict[str, str]:
    """The words as they were received, of what has a mark over a part of them."""
    if label == "proposals.Appendix":
        words = {key: text for each in kept.values() for key, text in each.items()}
        text = words.get(f"appendix:{pk}")
        return {} if text is None else {"text": text}
    if label not in WORDED:
        return {}
    return {name: text for name, text in kept.get(pk, {}).items() if name in WORDS}
