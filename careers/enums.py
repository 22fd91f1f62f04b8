"""Kinds that the career app knows."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Family(TextChoices):
    CUSTOMER_SUPPORT = "customer-support", _("Customer support")
    TECHNICAL_SUPPORT = "technical-support", _("Technical support")
    SALES_AND_COLLECTIONS = "sales-and-collections", _("Sales and collections")
    DATA_AND_BACK_OFFICE = "data-and-back-office", _("Data and back office")
    FINANCE = "finance", _("Finance")
    HR_SERVICES = "hr-services", _("HR services")
    OPERATIONS_AND_LEADERSHIP = "operations-and-leadership", _("Operations and leadership")


class Seniority(TextChoices):
    ENTRY = "entry", _("Entry")
    SENIOR = "senior", _("Senior")
    SPECIALIST = "specialist", _("Specialist")
    LEAD = "lead", _("Lead")
    MANAGER = "manager", _("Manager")
    EXECUTIVE = "executive", _("Senior management")


class Source(TextChoices):
    ONET = "onet", _("O*NET")
    INDUSTRY = "industry", _("Industry minimum")
    JUDGEMENT = "judgement", _("Expert judgement")


class Confidence(TextChoices):
    LOW = "low", _("Low")
    MEDIUM = "medium", _("Medium")
    HIGH = "high", _("High")


class Measure(TextChoices):
    NET_WPM = "net-wpm", _("Typing speed, net words a minute")
    ACCURACY = "accuracy", _("Typing accuracy, percent")
    KEYSTROKES_PER_HOUR = "keystrokes-per-hour", _("Keystrokes an hour")


class Fact(TextChoices):
    CEFR = "cefr", _("Language level (CEFR)")
    YEARS_EXPERIENCE = "years-experience", _("Years of experience")


class Cefr(TextChoices):
    A1 = "A1", "A1"
    A2 = "A2", "A2"
    B1 = "B1", "B1"
    B2 = "B2", "B2"
    C1 = "C1", "C1"
    C2 = "C2", "C2"


class Verdict(TextChoices):
    READY = "ready", _("Ready")
    NEARLY_READY = "nearly-ready", _("Nearly ready")
    DEVELOPING = "developing", _("Developing")
    NOT_ENOUGH_EVIDENCE = "not-enough-evidence", _("Not enough evidence yet")
