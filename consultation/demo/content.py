"""From the demonstration's files to lines of the register.

The files say on which day of its debate something was said; the dates are computed
from today, so that one debate is over, one open and one to come.
"""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any

from django.utils import timezone

from exchange.lines import DebateLine, InstitutionLine, line_from_value
from register.text import clean_rich_text, clean_text, clean_title

FOLDER = Path(__file__).parent
# Days from today to the beginning and the end of each debate.
PERIODS = {"bibliotheque": (-75, -45), "places": (-18, 24), "eau": (12, 42)}
# A person speaks under a key that no account of a real site can have.
KEY = "demo/{}"


def load(name: str) -> dict[str, Any]:
    return tomllib.loads((FOLDER / f"{name}.toml").read_text("utf-8"))


def midnight(days: int) -> datetime:
    """The beginning of a day, counted from today, by the clocks here."""
    day = timezone.localdate() + timedelta(days=days)
    return timezone.make_aware(datetime.combine(day, time()))


def debate_line(name: str, content: dict[str, Any]) -> DebateLine:
    opens, closes = PERIODS[name]
    value = {
        "kind": "debate",
        "slug": content["slug"],
        "title": clean_title(content["title"]),
        "question": clean_text(content["question"]),
        "opens_at": midnight(opens),
        "closes_at": midnight(closes),
        "accepts": sorted(content["accepts"]),
        "sections": content["section"],
    }
    line = line_from_value(value)
    assert isinstance(line, DebateLine)  # noqa: S101 - its kind says so
    return line


def institution_line(content: dict[str, Any]) -> InstitutionLine:
    verifications = [
        {
            "verified_at": midnight(-each["day"]),
            "attested_by": each["attested_by"],
            "evidence": clean_text(each["evidence"]),
            "revoked_at": midnight(-each["revoked_day"])
            if "revoked_day" in each
            else None,
        }
        for each in content.get("verification", [])
    ]
    line = line_from_value(
        {
            "kind": "institution",
            "slug": content["slug"],
            "name": content["name"],
            "institution_kind": content["kind"],
            "website": content.get("website", ""),
            "siren": content.get("siren", ""),
            "verifications": verifications,
        }
    )
    assert isinstance(line, InstitutionLine)  # noqa: S101 - its kind says so
    return line


@dataclass
class Said:
    """One contribution of the demonstration, before it has a number."""

    content: dict[str, Any]
    kind: str
    debate: DebateLine
    hangs_on: "Said | None" = None
    number: int = 0

    @property
    def submitted_at(self) -> datetime:
        opens_on = timezone.localtime(self.debate.opens_at)
        day = opens_on.date() + timedelta(days=self.content["day"])
        at = time.fromisoformat(self.content["time"])
        return timezone.make_aware(datetime.combine(day, at))


def everything_said(debate: DebateLine, content: dict[str, Any]) -> Iterator[Said]:
    for proposal in content.get("proposal", []):
        said = Said(proposal, "proposal", debate)
        yield said
        for argument in proposal.get("argument", []):
            answer = Said(argument, "argument", debate, said)
            yield answer
            for source in argument.get("source", []):
                yield Said(source, "source", debate, answer)
        for source in proposal.get("source", []):
            yield Said(source, "source", debate, said)


def contribution_value(
    said: Said, names: dict[str, str], institutions: dict[str, InstitutionLine]
) -> dict[str, Any]:
    """The line of a contribution that has its number. `names` are those of persons."""
    content, at = said.content, said.submitted_at
    value: dict[str, Any] = {
        "kind": said.kind,
        "number": said.number,
        "debate": said.debate.slug,
        "submitted_at": at,
        "language": "fr",
        "title": clean_title(content.get("title", "")),
    }
    value |= _status(content, at)
    value |= _signature(content, at, names, institutions)
    if said.hangs_on:
        value["hangs_on"] = said.hangs_on.number
    return value | _WORDS[said.kind](content)


def _status(content: dict[str, Any], at: datetime) -> dict[str, Any]:
    later = at + timedelta(hours=5)
    if ground := content.get("hidden"):
        return {"status": "hidden", "status_at": later, "ground": ground}
    if content.get("withdrawn"):
        return {"status": "withdrawn", "status_at": later}
    return {"status": "published", "status_at": at}


def _signature(
    content: dict[str, Any],
    at: datetime,
    names: dict[str, str],
    institutions: dict[str, InstitutionLine],
) -> dict[str, Any]:
    if "institution" not in content:
        person = content["author"]
        return {"author": {"key": KEY.format(person), "name": names[person]}}
    in_force = [
        part.verified_at
        for part in institutions[content["institution"]].verifications
        if part.verified_at <= at and (not part.revoked_at or at < part.revoked_at)
    ]
    return {
        "institution": {
            "slug": content["institution"],
            "service": content.get("service", ""),
            "verification": in_force[0] if in_force else None,
        }
    }


def _proposal(content: dict[str, Any]) -> dict[str, Any]:
    return {
        "section": content["section"],
        "text": clean_rich_text(content["text"]),
        "themes": sorted(content.get("themes", [])),
        "appendices": [
            {
                "kind": appendix["kind"],
                "title": clean_title(appendix.get("title", "")),
                "text": clean_rich_text(appendix["text"]),
            }
            for appendix in content.get("appendix", [])
        ],
    }


def _argument(content: dict[str, Any]) -> dict[str, Any]:
    return {"side": content["side"], "text": clean_text(content["text"])}


def _source(content: dict[str, Any]) -> dict[str, Any]:
    return {
        "category": content["category"],
        "link": content["link"],
        "note": clean_text(content.get("note", "")),
    }


_WORDS = {"proposal": _proposal, "argument": _argument, "source": _source}
