"""Why a role says what it says, in sentences that a candidate understands.

Pure but for translation. Nobody fails here: a requirement is met, still to reach, or not yet
measured.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from django.utils.formats import date_format, number_format
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.enums import Device
from assessments.psychometrics.scales import score_band
from careers.enums import Fact, Measure
from careers.enums import Verdict as VerdictLabel
from careers.matching.fit import (
    FactStanding,
    FactState,
    MeasureStanding,
    MeasureState,
    Readiness,
    SkillStanding,
    SkillState,
    Verdict,
    VerdictThresholds,
)
from careers.matching.gaps import Advice


def listed(names: Iterable[str]) -> str:
    """'A, B and C'."""
    return get_text_list(list(names), _("and"))


def capitalised(text: str) -> str:
    return text[:1].upper() + text[1:]


def number(value: Decimal | str) -> str:
    """A measure as the reader writes numbers, without zeros that say nothing."""
    return number_format(f"{Decimal(value).normalize():f}")


def verdict_words(verdict: str, exceptions: Sequence[Mapping[str, str]] = ()) -> str:
    """'Ready, except typing speed on a keyboard': `exceptions` as readiness stores them.

    Only 'ready' needs the restriction at once; beside other verdicts it is one reason of several.
    """
    if verdict == Verdict.READY and exceptions:
        open_points = listed(exception_words(exception) for exception in exceptions)
        return _("Ready, except %(exceptions)s") % {"exceptions": open_points}
    return str(VerdictLabel(verdict).label)


def exception_sentence(verdict: str, exceptions: Sequence[Mapping[str, str]]) -> str:
    """What stands beside a verdict: empty where nothing does."""
    if not exceptions:
        return ""
    if verdict == Verdict.READY:
        return verdict_words(verdict, exceptions) + "."
    open_points = listed(exception_words(exception) for exception in exceptions)
    return _("Also open: %(exceptions)s.") % {"exceptions": open_points}


def exception_words(exception: Mapping[str, str]) -> str:
    """What one measure or declared fact is called in the middle of a sentence."""
    match exception.get("measure"), exception.get("device"):
        case Measure.ACCURACY, Device.PHONE:
            return _("typing accuracy on a phone")
        case Measure.ACCURACY, _device:
            return _("typing accuracy on a keyboard")
        case Measure.KEYSTROKES_PER_HOUR, _device:
            return _("keystrokes an hour")
        case Measure.NET_WPM, Device.PHONE:
            return _("typing speed on a phone")
        case Measure.NET_WPM, _device:
            return _("typing speed on a keyboard")
    minimum = exception["minimum"]
    if exception.get("fact") == Fact.CEFR:
        return _("language level %(minimum)s") % {"minimum": minimum}
    return years_words(minimum)


def years_words(years: str) -> str:
    text = number(years)
    count = 1 if text == "1" else 2
    return ngettext("%(years)s year of experience", "%(years)s years of experience", count) % {
        "years": text
    }


def essentials_measured(measured: int, essentials: int) -> str:
    return _("Measured %(measured)d of %(essentials)d essentials.") % {
        "measured": measured,
        "essentials": essentials,
    }


def essentials_met(met: int, essentials: int) -> str:
    return _("You met %(met)d of %(essentials)d essentials.") % {
        "met": met,
        "essentials": essentials,
    }


def next_measurement(name: str, minutes: int) -> str:
    return ngettext(
        "Next: %(name)s (%(minutes)d minute).", "Next: %(name)s (%(minutes)d minutes).", minutes
    ) % {"name": name, "minutes": minutes}


def still_to_reach(name: str, level: int) -> str:
    return _("Still to reach: %(name)s, level %(level)d.") % {"name": name, "level": level}


def map_reason(
    met: int,
    essentials: int,
    *,
    to_measure: tuple[str, int] | None,
    to_reach: tuple[str, int] | None,
) -> str:
    """One line for a role in a list.

    `to_measure` is the weightiest skill not yet measured with the minutes that takes; `to_reach`
    the weightiest gap with the level asked. Measuring goes first, since it may show no gap.
    """
    parts = [essentials_met(met, essentials)] if essentials else []
    if to_measure is not None:
        parts.append(next_measurement(*to_measure))
    elif to_reach is not None:
        parts.append(still_to_reach(*to_reach))
    return " ".join(parts)


def skill_asked(level: int) -> str:
    return _("This role asks for level %(level)d.") % {"level": level}


def skill_sentence(standing: SkillStanding) -> str:
    """What is known of one required skill, and what is asked."""
    evidence, asked = standing.evidence, standing.requirement.level
    if evidence is None:
        return _("Not yet measured.") + " " + skill_asked(asked)
    if standing.state is SkillState.FIRST_INDICATION:
        indication = ngettext(
            "A first indication from %(count)d response, too few to count here.",
            "A first indication from %(count)d responses, too few to count here.",
            evidence.parts,
        ) % {"count": evidence.parts}
        return indication + " " + skill_asked(asked)
    low, high = score_band(evidence.theta, evidence.sem)
    sentence = ngettext(
        "You are at level %(level)d (between %(low).0f and %(high).0f of 100, %(count)d response, "
        "%(date)s); this role asks for level %(asked)d.",
        "You are at level %(level)d (between %(low).0f and %(high).0f of 100, %(count)d responses, "
        "%(date)s); this role asks for level %(asked)d.",
        evidence.parts,
    ) % {
        "level": evidence.level,
        "low": low,
        "high": high,
        "count": evidence.parts,
        "date": date_format(evidence.measured_on, "DATE_FORMAT"),
        "asked": asked,
    }
    if standing.is_uncertain and standing.state is SkillState.MET:
        sentence += " " + _("That is close to the line, so it may change.")
    return sentence


def measure_asked(measure: str, device: str, minimum: Decimal) -> str:
    values = {"minimum": number(minimum), "device": device_words(device)}
    match measure:
        case Measure.NET_WPM:
            text = _("This role asks for %(minimum)s net words a minute on a %(device)s.")
        case Measure.ACCURACY:
            text = _("This role asks for %(minimum)s percent right characters on a %(device)s.")
        case _:
            text = _("This role asks for %(minimum)s keystrokes an hour on a %(device)s.")
    return text % values


def device_words(device: str) -> str:
    return _("phone") if device == Device.PHONE else _("keyboard")


def measure_sentence(standing: MeasureStanding) -> str:
    """What was measured on which device and when, and what is asked."""
    asked, evidence = standing.requirement, standing.evidence
    if evidence is None:
        lead = _("Not yet measured on a %(device)s.") % {"device": device_words(asked.device)}
        return lead + " " + measure_asked(asked.measure, asked.device, asked.minimum)
    match asked.measure:
        case Measure.NET_WPM:
            text = _(
                "You typed %(value)s net words a minute on a %(device)s on %(date)s; this role "
                "asks for %(minimum)s."
            )
        case Measure.ACCURACY:
            text = _(
                "%(value)s percent of what you typed on a %(device)s on %(date)s was right; this "
                "role asks for %(minimum)s percent."
            )
        case _:
            text = _(
                "You made %(value)s keystrokes an hour on a %(device)s on %(date)s; this role "
                "asks for %(minimum)s."
            )
    return text % {
        "value": number(evidence.value),
        "device": device_words(asked.device),
        "date": date_format(evidence.measured_on, "DATE_FORMAT"),
        "minimum": number(asked.minimum),
    }


def fact_asked(fact: str, minimum: str) -> str:
    if fact == Fact.CEFR:
        return _("This role asks for language level %(minimum)s.") % {"minimum": minimum}
    return _("This role asks for %(years)s.") % {"years": years_words(minimum)}


def fact_sentence(standing: FactStanding) -> str:
    """What the candidate declared, and what is asked."""
    asked, evidence = standing.requirement, standing.evidence
    if evidence is None:
        return _("You have declared nothing about this yet.") + " " + fact_asked(
            str(asked.fact), asked.minimum
        )
    if asked.fact == Fact.CEFR:
        text = _("You declared %(value)s in %(language)s; this role asks for %(minimum)s.") % {
            "value": evidence.value,
            "language": evidence.detail,
            "minimum": asked.minimum,
        }
    else:
        text = _("You declared %(value)s; this role asks for %(minimum)s.") % {
            "value": years_words(evidence.value),
            "minimum": number(asked.minimum),
        }
    if standing.state is FactState.CONFIRMED:
        text += " " + _("It is confirmed.")
    return text


def state_words(state: SkillState | MeasureState | FactState) -> str:
    match state:
        case SkillState.MET | MeasureState.MET:
            return _("met")
        case FactState.CONFIRMED:
            return _("met, confirmed")
        case FactState.DECLARED:
            return _("met, as declared")
        case SkillState.FIRST_INDICATION:
            return _("first indication")
        case FactState.UNKNOWN:
            return _("not declared")
        case SkillState.NOT_MEASURED | MeasureState.UNKNOWN:
            return _("not yet measured")
        case _:
            return _("still to reach")


def verdict_reasons(
    readiness: Readiness, names: Mapping[str, str], thresholds: VerdictThresholds
) -> list[str]:
    """Why the verdict is what it is; `names` are the skills' names by code."""
    essentials = [row for row in readiness.skill_standings if row.requirement.essential]
    met = [row for row in essentials if row.state is SkillState.MET]
    short = [row for row in essentials if row.state is SkillState.SHORT]
    unmeasured = [row for row in essentials if row.probability is None]
    reasons = [essentials_met(len(met), len(essentials))] if essentials else []
    if unmeasured:
        skills = listed(names[row.requirement.skill] for row in unmeasured)
        reasons.append(_("Not yet measured: %(skills)s.") % {"skills": skills})
    if short:
        skills = listed(
            _("%(name)s (level %(level)d)")
            % {"name": names[row.requirement.skill], "level": row.requirement.level}
            for row in short
        )
        reasons.append(_("Still to reach: %(skills)s.") % {"skills": skills})
    if readiness.coverage < thresholds.coverage:
        reasons.append(
            _(
                "So far %(share)d percent of what counts is measured; "
                "a verdict takes %(needed)d percent."
            )
            % {
                "share": int(100 * readiness.coverage),
                "needed": round(100 * thresholds.coverage),
            }
        )
    elif (
        readiness.fit is not None
        and not (unmeasured or short)
        and readiness.verdict is not Verdict.READY
    ):
        reasons.append(
            _(
                "Over everything measured your fit is %(fit)d percent; "
                "‘ready’ takes %(needed)d percent."
            )
            % {"fit": int(100 * readiness.fit), "needed": round(100 * thresholds.ready_fit)}
        )
    return reasons


def advice_words(advice: Advice) -> str:
    match advice:
        case Advice.STUDY:
            return _("Study: a course closes this gap.")
        case Advice.MEASURE_AGAIN:
            return _("Your result is close to the line. Measuring again may already settle it.")
        case Advice.MEASURE:
            return _("Measure it first: nothing is known to be missing.")


def closes_words(name: str, from_level: int, to_level: int) -> str:
    return _("Towards %(name)s from level %(from)d to level %(to)d") % {
        "name": name,
        "from": from_level,
        "to": to_level,
    }


def opens_words(titles: Iterable[str]) -> str:
    return _("It comes first because %(courses)s builds on it") % {"courses": listed(titles)}


def unclosable_words(name: str, level: int, *, course_finished: bool) -> str:
    """Why no course is recommended for a gap."""
    values = {"name": name, "level": level}
    if course_finished:
        return (
            _(
                "%(name)s, level %(level)d: you finished the course for it. Only a new "
                "measurement shows whether the gap is closed."
            )
            % values
        )
    return (
        _(
            "%(name)s, level %(level)d: no course here leads there yet. Practise it at work, and "
            "ask somebody who does it well for feedback."
        )
        % values
    )


def next_assessment_reason(role: str, *, counts_afterwards: bool) -> str:
    """Why this assessment comes next."""
    reason = _("Of all tests, this one tells most about the role ‘%(role)s’ for the time it takes.")
    if not counts_afterwards:
        reason += " " + _("You may need one more test before the skill counts.")
    return reason % {"role": role}
