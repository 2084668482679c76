"""The files of a sealed record, and the program that checks them, in one folder."""

import base64
import io
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from tempfile import SpooledTemporaryFile, TemporaryDirectory
from typing import IO, Any

from moderation.enums import SealedPart
from moderation.models import Closing, Withholding
from moderation.seal.leaves import Leaf
from moderation.seal.tree import leaf_hash, root_of
from register import canonical
from register.receipts import written

VERIFIER = Path(__file__).with_name("verify_seal.py")
RECORD, DISCLOSURES = "record.jsonl", "disclosures.jsonl"
NAMES = (
    *(RECORD, DISCLOSURES, "tree.json", "withholdings.jsonl", "checkpoint.txt"),
    VERIFIER.name,
)
BATCH_SIZE = 1_000
IN_MEMORY = 2**20


def write_folder(
    folder: Path, leaves: Iterable[Leaf], acts: Iterable[Withholding] = ()
) -> tuple[int, str]:
    """Write a record as it is published. Returns its size, and its root in hexadecimal.

    Nothing is hashed but what bears a salt: lines without one hold no words.
    """
    named: list[tuple[str, bytes]] = []
    origin = ""
    with (
        (folder / RECORD).open("wb") as record,
        (folder / DISCLOSURES).open("wb") as disclosures,
    ):
        for position, leaf in enumerate(leaves):
            value = canonical.loads(leaf.line) if leaf.number is None else {}
            origin = origin or value["origin"]
            named.append((_name(leaf, value, position), leaf_hash(leaf.line)))
            record.write(leaf.line + b"\n")
            if leaf.name or leaf.text:
                disclosures.write(_disclosed(position, leaf))
    root = root_of(digest for _name, digest in named).hex()
    tree = {
        "size": len(named),
        "root": root,
        "leaves": [[name, digest.hex()] for name, digest in named],
    }
    (folder / "tree.json").write_bytes(canonical.dumps(tree) + b"\n")
    with (folder / "withholdings.jsonl").open("wb") as log:
        log.writelines(canonical.dumps(_act(each)) + b"\n" for each in acts)
    checkpoint = checkpoint_of(origin, len(named), root)
    (folder / "checkpoint.txt").write_text(checkpoint, newline="\n")
    (folder / VERIFIER.name).write_bytes(VERIFIER.read_bytes())
    return len(named), root


def read_folder(folder: Path) -> Iterator[Leaf]:
    """The leaves of a folder in which nothing is withheld."""
    with (
        (folder / RECORD).open("rb") as record,
        (folder / DISCLOSURES).open("rb") as disclosures,
    ):
        for line in record:
            value = canonical.loads(line[:-1])
            if "submitted_at" not in value:
                yield Leaf(line[:-1])
                continue
            said = canonical.loads(next(disclosures)[:-1])
            yield Leaf(line[:-1], value["number"], said["name"], said["text"])


def export_seal(closing: Closing, folder: Path) -> None:
    """Write the record of a closed debate, without what is withheld now.

    Written again when something was withheld meanwhile.
    """
    acts = None
    while acts != (now := _acts(closing)):
        acts = now
        withheld = {(act.leaf_id, act.part) for act in in_force(acts)}
        write_folder(folder, _sealed(closing, withheld), acts)


def seal_as_zip(closing: Closing) -> IO[bytes]:
    """The same folder as one file: the same bytes until something is withheld."""
    out = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 - the caller closes it
    with TemporaryDirectory() as name, zipfile.ZipFile(out, "w") as archive:
        export_seal(closing, Path(name))
        for each in NAMES:
            place = zipfile.ZipInfo(f"{closing.debate.slug}/{each}")
            place.compress_type = zipfile.ZIP_DEFLATED
            with (
                (Path(name) / each).open("rb") as file,
                archive.open(place, "w") as packed,
            ):
                while piece := file.read(IN_MEMORY):
                    packed.write(piece)
    out.seek(0, io.SEEK_SET)
    return out


def checkpoint_of(origin: str, size: int, root: str) -> str:
    """Three lines, in the form of C2SP's tlog-checkpoint: signatures may follow."""
    return f"{origin}\n{size}\n{base64.b64encode(bytes.fromhex(root)).decode()}\n"


def in_force(acts: Iterable[Withholding]) -> Iterator[Withholding]:
    """Of the acts on each part, in order, the last one, where it withholds."""
    last = {(act.leaf_id, act.part): act for act in acts}
    return (act for act in last.values() if act.is_withheld)


def _acts(closing: Closing) -> list[Withholding]:
    acts = Withholding.objects.filter(leaf__closing=closing).order_by("pk")
    return list(acts.select_related("leaf", "ground"))


def _sealed(closing: Closing, withheld: set[tuple[int, str]]) -> Iterator[Leaf]:
    leaves = closing.leaves.order_by("position")
    for each in leaves.iterator(chunk_size=BATCH_SIZE):
        name, text = (
            "" if (each.pk, part) in withheld else getattr(each, part)
            for part in (SealedPart.NAME, SealedPart.TEXT)
        )
        yield Leaf(each.line.encode(), each.contribution_id, name, text)


def _name(leaf: Leaf, value: dict[str, Any], position: int) -> str:
    """How the verifier calls it."""
    if leaf.number is not None:
        return f"#{leaf.number}"
    if position == 0:
        return "metadata"
    known = value.get("number") or value.get("slug") or value.get("moved_at")
    return f"{value['kind']} {known}"


def _disclosed(position: int, leaf: Leaf) -> bytes:
    said = {"leaf": position, "number": leaf.number}
    parts = {"name": leaf.name, "text": leaf.text}
    return (
        canonical.dumps(said | {part: each for part, each in parts.items() if each})
        + b"\n"
    )


def _act(act: Withholding) -> dict[str, Any]:
    return {
        "act": act.pk,
        "leaf": act.leaf.position,
        "number": act.leaf.contribution_id,
        "part": act.part,
        "withheld": act.is_withheld,
        "final": act.is_final,
        "ground": act.ground.slug if act.ground else None,
        "decision": act.decision_id,
        "at": written(act.at),
    }
