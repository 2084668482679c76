"""One line of each kind, with every field that it may have."""

from typing import Any

COMMON: dict[str, Any] = {
    "debate": "cantines",
    "submitted_at": "2026-09-02T08:00:00.000001+00:00",
    "language": "fr",
    "status": "published",
    "status_at": "2026-09-02T08:00:00.000001+00:00",
}
SIGNATURE: dict[str, Any] = {"author": {"key": "9f", "name": "Aïcha 👍"}}
LINES: dict[str, dict[str, Any]] = {
    "register": {"kind": "register", "version": 2},
    "debate": {
        "kind": "debate",
        "slug": "cantines",
        "title": "Les cantines",
        "question": "Êtes-vous d’accord ?\nDites-le.",
        "opens_at": "2026-09-01T00:00:00+00:00",
        "closes_at": "2026-10-01T00:00:00+00:00",
        "closed_at": "2026-10-02T00:00:00+00:00",
        "accepts": ["arguments", "proposals", "sources", "votes"],
        "sections": [
            {"slug": "menus", "title": "Les menus"},
            {"slug": "achats", "title": "Les achats"},
        ],
    },
    "ground": {
        "kind": "ground",
        "slug": "hors-charte",
        "title": "Hors charte",
        "title_en": "Off the charter",
    },
    "institution": {
        "kind": "institution",
        "slug": "metropole",
        "name": "Métropole",
        "institution_kind": "local_authority",
        "website": "https://metropole.example",
        "siren": "123456789",
        "verifications": [
            {
                "verified_at": "2026-01-01T00:00:00+00:00",
                "attested_by": "La préfecture",
                "evidence": "Un arrêté",
                "revoked_at": "2026-02-01T00:00:00+00:00",
            },
            {
                "verified_at": "2026-03-01T00:00:00+00:00",
                "attested_by": "La préfecture",
                "evidence": "Un autre arrêté",
            },
        ],
    },
    "proposal": COMMON
    | {
        "kind": "proposal",
        "origin": "capcollectif/proposal/61",
        "number": 1,
        "section": "menus",
        "institution": {
            "slug": "metropole",
            "service": "Direction des écoles",
            "verification": "2026-03-01T00:00:00+00:00",
        },
        "title": "Un menu sans viande",
        "text": "<p>Chaque jour, un menu <strong>sans viande</strong>.</p>",
        "themes": ["Alimentation", "Écoles", "école"],
        "appendices": [
            {"kind": "law_in_force", "title": "Article 1", "text": "<p>Ancien.</p>"},
            {"kind": "law_proposed", "title": "Article 1", "text": "<p>Nouveau.</p>"},
            {"kind": "explanatory", "text": "<p>Pourquoi.</p>"},
        ],
        "totals": {
            "agree": {"live": 1, "imported": 2},
            "mixed": {"imported": 3},
            "disagree": {"live": 4},
        },
    },
    "argument": COMMON
    | SIGNATURE
    | {
        "kind": "argument",
        "origin": "capcollectif/argument/61",
        "number": 2,
        "hangs_on": 1,
        "side": "against",
        "title": "Et le goût",
        "text": '=1+1 < 3\u2028<br> "é" \\ 👍\ttrès',
        "totals": {"support": {"live": 5}},
    },
    "source": COMMON
    | SIGNATURE
    | {
        "kind": "source",
        "origin": "capcollectif/source/61",
        "number": 3,
        "hangs_on": 2,
        "category": "Rapport",
        "title": "Un rapport",
        "link": "https://exemple.fr/rapport?a=1&b=2#page",
        "note": "Page 12.\nEt 13.",
        "totals": {"support": {"imported": 6}},
    },
    "response": COMMON
    | {
        "kind": "response",
        "origin": "capcollectif/answer/61",
        "number": 4,
        "hangs_on": 1,
        "submitted_at": "2026-11-02T08:00:00.000001+00:00",
        "status_at": "2026-11-02T08:00:00.000001+00:00",
        "institution": {
            "slug": "metropole",
            "service": "Direction des écoles",
            "verification": "2026-03-01T00:00:00+00:00",
        },
        "masked": True,
        "outcome": "transferred",
        "transferred_to": "La région",
        "text": "<p>Les lycées sont <em>à la région</em>.</p>",
        "agent_name": "Rosa Martin",
        "agent_function": "Directrice",
        "judgement": {
            "judged_at": "2026-11-03T08:00:00+00:00",
            "thanked": True,
            "answers": "partly",
        },
    },
}
