"""The demo employer, its openings, and who applies to them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import transaction

from accounts.models import Employer, Membership, MembershipRole, User
from careers.enums import Verdict
from careers.models import Occupation
from careers.queries.requirements import with_requirements
from hiring.actions.applications import apply, withdraw
from hiring.actions.requisitions import draft_requisition, open_requisition
from hiring.actions.stages import move
from hiring.enums import Stage
from hiring.errors import SeatsFilled
from hiring.models import Application, Requisition

from .people import LONGEST_AGO, Person

EMPLOYER_SLUG = "lighthouse-customer-care"
EMPLOYER_NAME = "Lighthouse Customer Care"
ABOUT = (
    "We answer calls, chats and e-mails for telecom, travel and retail companies, "
    "from sites in Cebu, Bogotá and Johannesburg and from home."
)
OPENINGS = {
    "customer-service-agent-voice": (
        "Customer service agent, calls",
        "Cebu, on site",
        60,
        "You take calls from customers of a mobile network: bills, plans, moving house.\n\n"
        "- Shifts: days and evenings, five days a week\n"
        "- Training: four weeks, paid\n"
        "- Contract: permanent after six months",
    ),
    "technical-support-agent": (
        "Technical support agent, home internet",
        "Bogotá, partly from home",
        24,
        "You help customers get their home internet working again, by phone and chat.\n\n"
        "- Shifts: between 7:00 and 22:00\n"
        "- Training: five weeks, paid\n"
        "- You get a headset and a second screen",
    ),
    "team-lead": (
        "Team lead, customer service",
        "Johannesburg, on site",
        4,
        "You lead a team of fourteen agents: coaching, planning the day, reading the numbers.\n\n"
        "- Two years of work with customers are usual\n"
        "- Coaching of your own in the first half year",
    ),
}
"""By role: title, place, seats and description."""

APPLIES = 0.75
APPLIES_ELSEWHERE = 0.15
STATEMENTS = (
    "", "", "", "I can start in two weeks.", "Evening shifts suit me best.",
    "I have helped customers in a shop and would like to do so by phone.",
    "I took the typing test on my phone, since I had no keyboard at hand.",
)  # fmt: skip
CHANCES = {
    Verdict.READY: 0.97,
    Verdict.NEARLY_READY: 0.88,
    Verdict.DEVELOPING: 0.5,
    Verdict.NOT_ENOUGH_EVIDENCE: 0.65,
}
"""How likely the demo recruiters are to take somebody one stage further."""
WAITS = 0.25
"""Share of applications that nobody has moved on from a stage."""
NOTES = ("", "", "Called, friendly and clear.", "Asked about the shifts.", "Good references.")


@dataclass(slots=True)
class Openings:
    """The open requisitions and the member of staff who moves applications."""

    requisitions: list[Requisition]
    recruiter: User
    hired: Counter[object] = field(default_factory=Counter)
    """By requisition, for applications that are written in sets."""

    @property
    def occupations(self) -> list[Occupation]:
        return [requisition.occupation for requisition in self.requisitions]

    def planned_application(
        self, person: Person, role: Occupation, after: datetime, now: datetime
    ) -> tuple[Requisition, datetime, str] | None:
        """Where and when this person applies, and with which words."""
        random = person.stream("application")
        own = [row for row in self.requisitions if row.occupation_id == role.pk]
        if random.random() > (APPLIES if own else APPLIES_ELSEWHERE) or not self.requisitions:
            return None
        at = after + timedelta(days=random.uniform(0.1, 4))
        chosen = random.choice(own or self.requisitions)
        return (chosen, at, random.choice(STATEMENTS)) if at < now else None

    def take_seat(self, requisition: Requisition) -> bool:
        """Whether one more may be hired; counts them."""
        if self.hired[requisition.pk] >= requisition.seats:
            return False
        self.hired[requisition.pk] += 1
        return True

    def apply_by_action(
        self, user: User, person: Person, role: Occupation, after: datetime, now: datetime
    ) -> None:
        planned = self.planned_application(person, role, after, now)
        if planned is None:
            return
        requisition, at, statement = planned
        application = apply(candidate=user, requisition=requisition, statement=statement, now=at)
        stage: str = Stage.APPLIED
        for step in planned_moves(person, Verdict(application.verdict), at, now):
            if step.stage == Stage.WITHDRAWN:
                withdraw(application=application, now=step.at)
                return
            try:
                move(
                    application=application,
                    from_stage=stage,
                    to_stage=step.stage,
                    moved_by=self.recruiter,
                    now=step.at,
                    note=step.note,
                )
            except SeatsFilled:
                return
            stage = step.stage


@dataclass(frozen=True, slots=True)
class PlannedMove:
    stage: str
    at: datetime
    note: str


def planned_moves(
    person: Person, verdict: Verdict, applied_at: datetime, now: datetime
) -> Iterator[PlannedMove]:
    """What becomes of an application until `now`: some are answered fast, some are waiting."""
    random = person.stream("stages")
    at = applied_at
    withdraws = random.random() < 0.06
    for stage in (Stage.SCREENING, Stage.INTERVIEW, Stage.OFFER, Stage.HIRED):
        at += timedelta(days=random.uniform(1, 7))
        if at >= now or random.random() < WAITS:
            return
        if withdraws and stage != Stage.SCREENING:
            yield PlannedMove(Stage.WITHDRAWN, at, "")
            return
        if random.random() > CHANCES[verdict]:
            yield PlannedMove(Stage.REJECTED, at, "")
            return
        yield PlannedMove(stage, at, random.choice(NOTES))


@transaction.atomic
def ensure_openings(
    manager: User, recruiter: User, occupations: list[Occupation], now: datetime
) -> Openings:
    """The demo employer with its staff and openings; what exists is left as it is."""
    employer, created = Employer.objects.get_or_create(
        slug=EMPLOYER_SLUG, defaults={"name": EMPLOYER_NAME, "about": ABOUT}
    )
    for user, role in ((manager, MembershipRole.MANAGER), (recruiter, MembershipRole.RECRUITER)):
        Membership.objects.get_or_create(user=user, employer=employer, defaults={"role": role})
    if created:
        by_code = {occupation.code: occupation for occupation in occupations}
        for code, (title, location, seats, description) in OPENINGS.items():
            if code in by_code:
                _open(employer, by_code[code], title, location, seats, description, manager, now)
    requisitions = (
        Requisition.objects.filter(employer=employer, state="open")
        .select_related("employer", "occupation", "requirements")
        .prefetch_related(*with_requirements())
        .order_by("title")
    )
    hired = Application.objects.filter(stage=Stage.HIRED, requisition__in=requisitions)
    seats_taken = Counter(hired.values_list("requisition", flat=True))
    return Openings(list(requisitions), recruiter, seats_taken)


def _open(
    employer: Employer,
    occupation: Occupation,
    title: str,
    location: str,
    seats: int,
    description: str,
    manager: User,
    now: datetime,
) -> None:
    """Opened before the first of the simulated candidates joined."""
    requisition = draft_requisition(
        employer=employer,
        occupation=occupation,
        title=title,
        location=location,
        description=description,
        seats=seats,
        drafted_by=manager,
    )
    opened_at = now - LONGEST_AGO - timedelta(days=7)
    open_requisition(requisition=requisition, opened_by=manager, now=opened_at)
    Requisition.objects.filter(pk=requisition.pk).update(created_at=opened_at)
