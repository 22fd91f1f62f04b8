"""What simulated candidates declare: languages, work, certificates. Nothing is saved here."""

from __future__ import annotations

from datetime import timedelta

from accounts.models import User
from careers.models import HeldCertificate, LanguageSkill, Occupation, WorkExperience

from .people import EMPLOYERS, Person

EXPERIENCED = {"entry": 0.45}
TITLES = {
    "customer-support": "Customer service agent",
    "technical-support": "Help desk agent",
    "sales-and-collections": "Sales agent",
    "data-and-back-office": "Data entry clerk",
    "finance": "Accounts payable clerk",
    "hr-services": "HR assistant",
    "operations-and-leadership": "Senior agent",
}
LONGER_FOR_SENIORS = 3


def languages(person: Person, user: User) -> list[LanguageSkill]:
    certificate = person.stream("certificate").random() < 0.2 and person.english != "C2"
    found = [
        LanguageSkill(
            candidate=user,
            language="English",
            cefr=person.english,
            certificate=f"Placement test, {person.english}" if certificate else "",
        )
    ]
    if person.country.language != "English":
        found.append(LanguageSkill(candidate=user, language=person.country.language, cefr="C2"))
    return found


def work_experience(person: Person, user: User, role: Occupation) -> list[WorkExperience]:
    """Up to two jobs, one after the other; people who aim high have worked for longer."""
    random = person.stream("work")
    senior = role.seniority != "entry"
    if random.random() > EXPERIENCED.get(role.seniority, 0.95):
        return []
    jobs = []
    ends = person.joined_at.date() - timedelta(days=random.randrange(5, 200))
    for place in range(random.choice((1, 1, 2))):
        days = int(random.lognormvariate(5.9, 0.5)) * (LONGER_FOR_SENIORS if senior else 1)
        starts = ends - timedelta(days=days)
        jobs.append(
            WorkExperience(
                candidate=user,
                title=TITLES.get(role.family, "Agent"),
                family=role.family,
                employer_name=random.choice(EMPLOYERS),
                started_on=starts,
                ended_on=None if place == 0 and random.random() < 0.4 else ends,
            )
        )
        ends = starts - timedelta(days=random.randrange(10, 120))
    return jobs


def certificates(person: Person, user: User) -> list[HeldCertificate]:
    random = person.stream("certificates")
    if random.random() > 0.25:
        return []
    name, issuer = random.choice(
        (
            ("Customer service foundations", "City College"),
            ("Spreadsheets, intermediate", "Open Learning Centre"),
            ("Touch typing", "Skills Workshop"),
            ("IT support basics", "Technical Institute"),
        )
    )
    issued = person.joined_at.date() - timedelta(days=random.randrange(60, 1200))
    return [HeldCertificate(candidate=user, name=name, issuer=issuer, issued_on=issued)]
