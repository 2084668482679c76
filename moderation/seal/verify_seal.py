#!/usr/bin/env python3
"""Check a sealed record, offline: python3 verify_seal.py [FOLDER]

Nothing but Python 3.8 or later is needed. It computes the root again from the bytes of
record.jsonl, compares every disclosed name and text with what the record committed to
as the debate was closed, and prints `intact`, or each leaf that differs or is missing;
the exit status is 1 then. Compare the root that it prints with the one that you were
sent by mail, or wrote down: only that tells that the whole record is the same one.

docs/seal-format.md of the software that wrote them says what is checked, and how.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
import sys
from collections import Counter
from pathlib import Path

FILES = ("record.jsonl", "disclosures.jsonl", "withholdings.jsonl")
PARTS = ("name", "text")
DIGEST = re.compile("[0-9a-f]{64}")
SALT = re.compile("[0-9a-f]{32,}")
PLAIN = re.compile(r"[A-Za-z0-9#:+._/ -]{1,120}")
LONGEST_INTEGER = 16


class Report:
    """What is wrong, and what is withheld; `root` is computed from the record alone."""

    def __init__(self):
        self.problems, self.notes, self.size, self.root = [], [], 0, ""
        self.wrong = self.problems.append


def verify(folder: str | Path) -> Report:
    """Check a folder. Returns a Report, whatever the folder holds."""
    report, folder = Report(), Path(folder)
    files = {name: read_lines(folder, name, report) for name in FILES}
    lines = [Line(place, data) for place, data in enumerate(files["record.jsonl"])]
    digests = [leaf_hash(line.data) for line in lines]
    computed = [digest.hex() for digest in digests]
    report.size, report.root = len(lines), root_of(digests).hex()
    check_tree(read_tree(folder, report), lines, computed, report)
    check_checkpoint(folder, lines, report)
    acts = read_acts(files["withholdings.jsonl"], lines, report)
    disclosed = read_disclosures(files["disclosures.jsonl"], lines, report)
    check_parts(lines, disclosed, acts, report)
    return report


class Line:
    """A leaf of the record: its bytes, and what they say if they can be read."""

    def __init__(self, place, data):
        self.data = data
        self.value = parsed(data)
        self.name = self._name(place)
        self.is_contribution = isinstance(self.value.get("submitted_at"), str)

    def _name(self, place):
        value = self.value
        if place == 0:
            return "metadata"
        if isinstance(value.get("submitted_at"), str):
            return "#" + plain(value.get("number"))
        for key in ("number", "slug", "moved_at"):
            if key in value:
                return plain(value.get("kind")) + " " + plain(value[key])
        return f"leaf {place}"


def read_lines(folder, name, report):
    """Lines end with the byte 0x0A, the last one too, and with no other."""
    try:
        data = (folder / name).read_bytes()
    except OSError:
        report.wrong("missing: " + name)
        return []
    lines = data.split(b"\n")
    if lines.pop():
        report.wrong("differs: " + name + " (its last line is cut)")
    return lines


def parsed(data):
    """The object that a line holds; an empty one when it holds none."""
    try:
        value = json.loads(data.decode("utf-8"), **STRICT)
    except (ValueError, RecursionError, MemoryError):
        return {}
    return value if isinstance(value, dict) else {}


def unique(pairs):
    """Of two values under one name, another reader may take the other one."""
    if len(dict(pairs)) < len(pairs):
        raise ValueError
    return dict(pairs)


def integer(digits):
    return int(digits) if len(digits) <= LONGEST_INTEGER else None


STRICT = {"parse_int": integer, "object_pairs_hook": unique}


def plain(value):
    text = str(value) if isinstance(value, (int, str)) else "?"
    return text if PLAIN.fullmatch(text) else "?"


def leaf_hash(data):
    return hashlib.sha256(b"\x00" + data).digest()


def root_of(digests):
    """RFC 6962, section 2.1: split at the largest power of two below their number."""
    if not digests:
        return hashlib.sha256(b"").digest()
    if len(digests) == 1:
        return digests[0]
    split = 1
    while split * 2 < len(digests):
        split *= 2
    left, right = root_of(digests[:split]), root_of(digests[split:])
    return hashlib.sha256(b"\x01" + left + right).digest()


def read_tree(folder, report):
    """The name and digest of every leaf as it was sealed, and the root; or None."""
    try:
        value = parsed((folder / "tree.json").read_bytes())
    except OSError:
        report.wrong("missing: tree.json")
        return None
    leaves = value.get("leaves")
    if not isinstance(leaves, list) or not all(map(is_named_digest, leaves)):
        report.wrong("differs: tree.json (it cannot be read)")
        return None
    root = root_of([bytes.fromhex(digest) for _name, digest in leaves]).hex()
    if value.get("root") != root or value.get("size") != len(leaves):
        report.wrong("differs: tree.json (its root is not that of its leaves)")
    return [(plain(name), digest) for name, digest in leaves]


def is_named_digest(each):
    is_pair = isinstance(each, list) and [type(said) for said in each] == [str, str]
    return is_pair and DIGEST.fullmatch(each[1]) is not None


def check_tree(expected, lines, digests, report):
    """Name each leaf that is not the one that was sealed, or not in its place."""
    if expected is None:
        return
    if [digest for _name, digest in expected] == digests:
        if [name for name, _digest in expected] != [line.name for line in lines]:
            report.wrong("differs: tree.json (its names are not those of the leaves)")
        return
    sealed, found = Counter(digest for _name, digest in expected), Counter(digests)
    lost = left_over(expected, sealed - found)
    strange = left_over(
        [(line.name, digests[place]) for place, line in enumerate(lines)],
        found - sealed,
    )
    for place in sorted(lost.keys() & strange.keys()):
        report.wrong("differs: " + lost.pop(place))
        del strange[place]
    by_name = {name: place for place, name in strange.items()}
    for name in lost.values():
        is_there = strange.pop(by_name.pop(name, None), None)
        report.wrong(("differs: " if is_there else "missing: ") + name)
    for place, name in strange.items():
        report.wrong(f"unknown: {name} (line {place + 1} of record.jsonl)")
    if not sealed - found and not found - sealed:
        for place, (name, digest) in enumerate(expected):
            if digest != digests[place]:
                report.wrong("differs: " + name + " (not in its place)")


def left_over(named, counts):
    """By place, the names of the last leaves that are there too often."""
    found = {}
    for place in range(len(named) - 1, -1, -1):
        name, digest = named[place]
        if counts[digest] > 0:
            counts[digest] -= 1
            found[place] = name
    return dict(sorted(found.items()))


def check_checkpoint(folder, lines, report):
    """Its three lines say which record, how many leaves, and the root."""
    try:
        said = (folder / "checkpoint.txt").read_bytes().split(b"\n")[:3]
    except OSError:
        report.wrong("missing: checkpoint.txt")
        return
    root = base64.b64encode(bytes.fromhex(report.root))
    origin = lines[0].value.get("origin") if lines else None
    if said[1:] != [str(report.size).encode(), root]:
        report.wrong("differs: the root (the checkpoint is not that of the record)")
    elif not isinstance(origin, str) or said[0] != origin.encode("utf-8", "replace"):
        report.wrong("differs: the origin (the checkpoint is of another record)")


def read_acts(data, lines, report):
    """By leaf and part, the last act about it; an act for good is always the last."""
    acts, last = {}, 0
    for place, each in enumerate(map(parsed, data), 1):
        number, leaf, part = each.get("act"), each.get("leaf"), each.get("part")
        is_known = is_leaf(leaf, lines) and part in PARTS and is_count(number)
        if not (is_known and isinstance(each.get("withheld"), bool) and number > last):
            report.wrong(f"differs: withholdings.jsonl (line {place})")
            continue
        last = number
        if not acts.get((leaf, part), {}).get("final"):
            acts[leaf, part] = each
    return acts


def read_disclosures(data, lines, report):
    """By leaf and part, what is disclosed, as it was hashed."""
    disclosed = {}
    for place, each in enumerate(map(parsed, data), 1):
        leaf = each.get("leaf")
        parts = {part: each[part] for part in PARTS if part in each}
        if (
            not is_leaf(leaf, lines)
            or each.keys() - {"leaf", "number", *PARTS}
            or each.get("number") != lines[leaf].value.get("number")
            or not all(isinstance(said, str) for said in parts.values())
            or any((leaf, part) in disclosed for part in parts)
        ):
            report.wrong(f"differs: disclosures.jsonl (line {place})")
            continue
        disclosed.update({(leaf, part): said for part, said in parts.items()})
    return disclosed


def is_count(value):
    return isinstance(value, int) and not isinstance(value, bool)


def is_leaf(value, lines):
    return is_count(value) and 0 <= value < len(lines) and lines[value].is_contribution


def check_parts(lines, disclosed, acts, report):
    """Each part is shown as it was committed to, or withheld by an act."""
    for place, line in enumerate(lines):
        for part in PARTS if line.is_contribution else ():
            said, act = disclosed.get((place, part)), acts.get((place, part))
            is_withheld = act is not None and (act["withheld"] or act.get("final"))
            name = f"{line.name} ({part}"
            if is_withheld:
                report.notes.append(sentence_of(name, act))
            if said is None and not is_withheld:
                report.wrong("missing: " + name + ")")
            elif said is not None and is_withheld:
                report.wrong("differs: " + name + ", withheld and yet there)")
            elif said is not None and not is_committed(said, part, line.value):
                report.wrong("differs: " + name + ")")


def is_committed(said, part, line):
    try:
        data = said.encode("utf-8")
        value = json.loads(said, **STRICT)
    except (ValueError, RecursionError, MemoryError):
        return False
    is_part = isinstance(value, list) and len(value) == 3 and value[1] == part
    is_salted = is_part and isinstance(value[0], str) and SALT.fullmatch(value[0])
    return is_salted and line.get(part) == hashlib.sha256(data).hexdigest()


def sentence_of(name, act):
    words = [f"withheld: {name}) by act {act['act']}"]
    words += [f"decision {act['decision']}"] if is_count(act.get("decision")) else []
    words += ["ground " + plain(act["ground"])] if act.get("ground") else []
    words += ["for good"] if act.get("final") else []
    return ", ".join([*words, plain(act.get("at"))])


def main(arguments):
    report = verify(arguments[1] if len(arguments) > 1 else Path(__file__).parent)
    for sentence in [*(report.problems or ["intact"]), *report.notes]:
        print(sentence)
    root = base64.b64encode(bytes.fromhex(report.root)).decode()
    print(f"{report.size} leaves, root {root}")
    return 1 if report.problems else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv))
