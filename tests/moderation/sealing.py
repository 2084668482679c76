"""A debate with one of everything that the seal has to hold."""

import io
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from accounts.models import User
from arguments.models import Argument, Source
from exchange.counters import recount
from moderation.actions import (
    Reasons,
    close_debate,
    hide_contribution,
    mask_passage,
    withhold_part,
)
from moderation.enums import SealedPart
from moderation.models import Closing
from moderation.seal.folder import export_seal
from proposals.models import Proposal
from register.actions.posting import give_receipt
from register.models import Contribution, Debate, Ground, PeriodMove
from tests.factories import (
    AppendixFactory,
    ArgumentFactory,
    ArgumentSupportFactory,
    DebateFactory,
    ProposalFactory,
    SectionFactory,
    SourceFactory,
    VoteFactory,
    act_on,
)

TELEPHONE = "06 12 34 56 78"


@dataclass
class Discussion:
    """Some contributions of one debate; `under` hangs on what is hidden."""

    debate: Debate
    proposal: Proposal
    argument: Argument
    source: Source
    masked: Proposal
    hidden: Proposal
    under: Argument
    withdrawn: Argument
    institutional: Proposal

    @property
    def closing(self) -> Closing:
        return Closing.objects.get(debate=self.debate.pk)


def discuss(moderator: User, **fields: object) -> Discussion:
    """Everything decided: nothing waits, and the debate can be closed."""
    debate = DebateFactory(ended=True, confirmation_hours=0, **fields)
    section = SectionFactory(debate=debate)
    proposal = ProposalFactory(
        debate=debate, section=section, title="Ouvrir le dimanche", themes=["Lecture"]
    )
    AppendixFactory(proposal=proposal, text="<p>Exposé</p>")
    argument = ArgumentFactory(hangs_on=proposal, text="Je dis « oui » à #1")
    masked = ProposalFactory(debate=debate, text=f"<p>Appelez le {TELEPHONE}.</p>")
    AppendixFactory(proposal=masked, text=f"<p>Ou bien {TELEPHONE}</p>")
    hidden = ProposalFactory(debate=debate, title="Une injure")
    said = Discussion(
        debate=debate,
        proposal=proposal,
        argument=argument,
        source=SourceFactory(hangs_on=argument, note="page 3"),
        masked=masked,
        hidden=hidden,
        under=ArgumentFactory(hangs_on=hidden, text="Sous une injure"),
        withdrawn=ArgumentFactory(hangs_on=proposal, withdrawn=True, text="Repris"),
        institutional=ProposalFactory(
            debate=debate, institutional=True, service="Voirie"
        ),
    )
    VoteFactory(proposal=proposal)
    VoteFactory(proposal=hidden)
    ArgumentSupportFactory(argument=argument)
    PeriodMove.objects.create(
        debate=debate,
        moved_at=debate.opens_at,
        opens_at_before=debate.opens_at,
        closes_at_before=debate.closes_at - timedelta(days=1),
        opens_at=debate.opens_at,
        closes_at=debate.closes_at,
        motive="Une semaine de vacances.",
    )
    _act(debate, moderator, said)
    return said


def _act(debate: Debate, moderator: User, said: Discussion) -> None:
    rows = list(debate.contributions.all())
    for model in (Proposal, Argument, Source):
        for row in model.objects.filter(debate=debate):
            give_receipt(row)
    recount([row.pk for row in rows])
    act_on(*rows)
    hide_contribution(
        actor=moderator, contribution=said.hidden, reasons=because("insults")
    )
    mask_passage(
        actor=moderator,
        contribution=said.masked,
        reasons=because("personal-data"),
        passage=TELEPHONE,
    )


def because(slug: str) -> Reasons:
    return Reasons(ground=Ground.objects.get(slug=slug), facts="Voici pourquoi.")


def sealed(moderator: User, **fields: object) -> Discussion:
    said = discuss(moderator, **fields)
    close_debate(debate=said.debate, actor=moderator)
    return said


def export(said: Discussion, folder: Path) -> Path:
    folder.mkdir(exist_ok=True)
    export_seal(said.closing, folder)
    return folder


def withhold(actor: User, contribution: Contribution, part: SealedPart) -> None:
    ground = Ground.objects.get(slug="personal-data")
    withhold_part(contribution=contribution, part=part, ground=ground, actor=actor)


@dataclass(frozen=True)
class Checked:
    status: int
    lines: Sequence[str]

    @property
    def problems(self) -> list[str]:
        words = ("differs", "missing", "unknown")
        return [line for line in self.lines if line.startswith(words)]

    @property
    def withheld(self) -> list[str]:
        return [line for line in self.lines if line.startswith("withheld")]


def check(folder: Path) -> Checked:
    """As anybody does it: in another process, alone with the files."""
    done = subprocess.run(
        [sys.executable, "-I", "verify_seal.py"],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stderr == ""
    return Checked(done.returncode, done.stdout.splitlines())


def read_lines(file: Path) -> list[bytes]:
    return io.BytesIO(file.read_bytes()).readlines()
