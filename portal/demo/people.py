"""Who the simulated candidates are. Pure: the seed and a number settle everything."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from math import sqrt
from random import Random

from .sitting import Typist

CORRELATION = 0.5
"""Between any two skills of one person, as in the simulation of verdicts."""
LONGEST_AGO = timedelta(days=110)


@dataclass(frozen=True, slots=True)
class Country:
    time_zone: str
    language: str
    given: str
    family: str


COUNTRIES = (
    Country(
        "Asia/Manila",
        "Filipino",
        "Maria Jose Angelica Mark Jasmine Paolo Kristine Ramon Liza Carlo",
        "Santos Reyes Cruz Bautista Ocampo Garcia Mendoza Torres Villanueva Dela-Cruz",
    ),
    Country(
        "Asia/Kolkata",
        "Hindi",
        "Priya Arjun Ananya Rahul Kavya Vikram Neha Suresh Divya Imran",
        "Sharma Iyer Patel Reddy Nair Gupta Khan Das Kulkarni Menon",
    ),
    Country(
        "Africa/Johannesburg",
        "Zulu",
        "Thandi Sipho Lerato Themba Naledi Johan Zanele Pieter Ayanda Bongani",
        "Nkosi Dlamini Botha Khumalo Naidoo Mokoena van-Wyk Mthembu Sithole Ndlovu",
    ),
    Country(
        "America/Bogota",
        "Spanish",
        "Camila Andrés Valentina Santiago Laura Felipe Daniela Julián Paola Mateo",
        "Rodríguez Gómez Ramírez Moreno Castro Vargas Rojas Ortiz Suárez Peña",
    ),
    Country(
        "America/Mexico_City",
        "Spanish",
        "Fernanda Luis Ximena Carlos Regina Diego Sofía Jorge Mariana Iván",
        "Hernández López Flores Morales Jiménez Cruz Aguilar Ríos Salazar Méndez",
    ),
    Country(
        "Africa/Nairobi",
        "Swahili",
        "Wanjiku Otieno Achieng Kamau Njeri Kiprop Amina Mwangi Faith Brian",
        "Kariuki Odhiambo Mutua Wekesa Cheruiyot Njoroge Omondi Kilonzo Maina Barasa",
    ),
    Country(
        "Africa/Lagos",
        "Yoruba",
        "Chiamaka Tunde Ngozi Emeka Folake Segun Aisha Ifeanyi Bisi Musa",
        "Okafor Adeyemi Balogun Eze Bello Nwosu Ogunleye Abubakar Obi Lawal",
    ),
    Country(
        "Africa/Cairo",
        "Arabic",
        "Nour Ahmed Mariam Omar Salma Youssef Dina Karim Heba Tarek",
        "Hassan Mahmoud Farouk Nasser Saleh Mansour Fahmy Ibrahim Zaki Sabry",
    ),
    Country(
        "Europe/Warsaw",
        "Polish",
        "Agnieszka Piotr Katarzyna Tomasz Magda Paweł Ewa Krzysztof Zofia Jakub",
        "Nowak Wiśniewski Wójcik Kamiński Zając Mazur Krawczyk Dudek Pawlak Sikora",
    ),
    Country(
        "America/Sao_Paulo",
        "Portuguese",
        "Beatriz João Larissa Rafael Juliana Thiago Bruna Gustavo Letícia Caio",
        "Silva Souza Oliveira Pereira Costa Almeida Ribeiro Carvalho Barbosa Rocha",
    ),
    Country(
        "America/Jamaica",
        "English",
        "Shanice Andre Kerry-Ann Damion Tanisha Ricardo Simone Jerome Althea Omar",
        "Brown Campbell Clarke Grant Morgan Reid Stewart Thompson Walters Bailey",
    ),
    Country(
        "Asia/Dhaka",
        "Bengali",
        "Farhana Tanvir Nusrat Rakib Sadia Arif Tasnim Mahmud Rumana Shakib",
        "Rahman Akter Hossain Islam Chowdhury Sultana Karim Sarkar Miah Haque",
    ),
)
EMPLOYERS = (
    "Northwind Contact", "Bluebay Services", "Harbour Support", "Summit Care", "Lakeside Retail",
    "Metro Telecom", "Greenfield Bank", "Orchid Hotels",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Person:
    """One simulated candidate. `general` is the ability that all skills share."""

    number: int
    seed: int
    email: str
    name: str
    country: Country
    joined_at: datetime
    general: float
    pace: float
    typist: Typist
    english: str

    def stream(self, purpose: str) -> Random:
        """Chance of this person's own, so that one decision doesn't move the others."""
        return Random(f"{self.seed}/{self.number}/{purpose}")

    def theta(self, skill: str) -> float:
        special = self.stream(f"ability {skill}").gauss(0, 1)
        return sqrt(CORRELATION) * self.general + sqrt(1 - CORRELATION) * special


def email_pattern(seed: int) -> str:
    """How the addresses of a seed's candidates end."""
    return f"@seed-{seed}.example.com"


def person(seed: int, number: int, now: datetime) -> Person:
    random = Random(f"{seed}/{number}/person")
    country = random.choice(COUNTRIES)
    given = random.choice(country.given.split())
    family = random.choice(country.family.split()).replace("-", " ")
    general = random.gauss(0.15, 1)
    typing = 0.5 * general + sqrt(0.75) * random.gauss(0, 1)
    on_phone = random.random() < 0.15
    return Person(
        number=number,
        seed=seed,
        email=f"candidate-{number:06d}{email_pattern(seed)}",
        name=f"{given} {family}",
        country=country,
        joined_at=now - LONGEST_AGO * random.betavariate(1, 1.4) - timedelta(hours=5),
        general=general,
        pace=min(max(random.lognormvariate(-0.05, 0.3), 0.4), 1.9),
        typist=Typist(
            gross_wpm=max(12.0, (28 if on_phone else 42) + 11 * typing),
            accuracy=min(max(0.965 + 0.015 * typing, 0.85), 0.999),
            device="phone" if on_phone else "keyboard",
        ),
        english="C2" if country.language == "English" else _english(general, random),
    )


def _english(general: float, random: Random) -> str:
    level = general + random.gauss(0, 0.8)
    return "B1" if level < -0.6 else "B2" if level < 0.9 else "C1"
