"""What a verdict rests on, in sentences for the person who decides.

`careers.sentences` says 'you' to the candidate; this says the same of an applicant.
"""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from careers.enums import Fact, Measure
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
from careers.sentences import device_words, listed, number, years_words

NEARLY_SURE, LIKELY = 0.9, 0.7


def likelihood(probability: float) -> str:
    """How surely a level is met, in words: steps are easier to read than percent."""
    if probability >= NEARLY_SURE:
        return _("almost certainly met")
    if probability >= LIKELY:
        return _("probably met")
    if probability >= 0.5:
        return _("met, but close to the line")
    if probability > 1 - LIKELY:
        return _("short, but close to the line")
    if probability > 1 - NEARLY_SURE:
        return _("probably not met")
    return _("almost certainly not met")


def skill_words(standing: SkillStanding) -> str:
    match standing.state:
        case SkillState.NOT_MEASURED:
            return _("not yet measured, or not shared")
        case SkillState.FIRST_INDICATION:
            return _("a first indication only; it counts nowhere")
    return likelihood(standing.probability or 0.0)


def verdict_reasons(
    found: Readiness, names: Mapping[str, str], thresholds: VerdictThresholds
) -> list[str]:
    """Why the verdict is what it is, the decisive reason first; `names` are skills' by code."""
    essentials = [row for row in found.skill_standings if row.requirement.essential]
    met = [row for row in essentials if row.state is SkillState.MET]
    short = [row for row in essentials if row.state is SkillState.SHORT]
    unmeasured = [row for row in essentials if row.probability is None]
    reasons = []
    if essentials:
        reasons.append(
            ngettext(
                "%(met)d of %(count)d essential skill is met.",
                "%(met)d of %(count)d essential skills are met.",
                len(essentials),
            )
            % {"met": len(met), "count": len(essentials)}
        )
    if unmeasured:
        skills = listed(names[row.requirement.skill] for row in unmeasured)
        reasons.append(_("Essential and not measured: %(skills)s.") % {"skills": skills})
    if short:
        skills = listed(_short_words(row, names) for row in short)
        reasons.append(_("Essential and short: %(skills)s.") % {"skills": skills})
    if found.coverage < thresholds.coverage:
        reasons.append(
            _("%(share)d %% of what counts is measured; a verdict takes %(needed)d %%.")
            % {"share": int(100 * found.coverage), "needed": round(100 * thresholds.coverage)}
        )
    elif found.fit is not None and found.verdict is not Verdict.NOT_ENOUGH_EVIDENCE:
        reasons.append(_fit_words(found, thresholds))
    return reasons


def _short_words(row: SkillStanding, names: Mapping[str, str]) -> str:
    return _("%(skill)s (level %(level)d, asked for: %(asked)d)") % {
        "skill": names[row.requirement.skill],
        "level": row.evidence.level if row.evidence else 0,
        "asked": row.requirement.level,
    }


def _fit_words(found: Readiness, thresholds: VerdictThresholds) -> str:
    values = {
        "fit": int(100 * (found.fit or 0)),
        "ready": round(100 * thresholds.ready_fit),
        "nearly": round(100 * thresholds.nearly_ready_fit),
    }
    if found.verdict is Verdict.DEVELOPING:
        return _("Fit is %(fit)d %%; ‘nearly ready’ takes %(nearly)d %%.") % values
    return _("Fit is %(fit)d %%; ‘ready’ takes %(ready)d %% and every essential.") % values


def measure_state_words(standing: MeasureStanding) -> str:
    match standing.state:
        case MeasureState.MET:
            return _("met")
        case MeasureState.SHORT:
            return _("short")
    return _("not yet measured")


def fact_state_words(standing: FactStanding) -> str:
    match standing.state:
        case FactState.CONFIRMED:
            return _("met, confirmed")
        case FactState.DECLARED:
            return _("met, as declared")
        case FactState.SHORT:
            return _("short")
    return _("not declared")


def measure_words(standing: MeasureStanding) -> str:
    evidence = standing.evidence
    if evidence is None:
        return _("Not measured on a %(device)s, or not shared.") % {
            "device": device_words(standing.requirement.device)
        }
    values = {
        "value": number(evidence.value),
        "error": number(evidence.standard_error),
        "device": device_words(evidence.device),
        "date": date_format(evidence.measured_on, "DATE_FORMAT"),
    }
    match evidence.measure:
        case Measure.NET_WPM:
            text = _("%(value)s ± %(error)s net words a minute on a %(device)s, %(date)s.")
        case Measure.ACCURACY:
            text = _("%(value)s ± %(error)s percent right on a %(device)s, %(date)s.")
        case _:
            text = _("%(value)s ± %(error)s keystrokes an hour on a %(device)s, %(date)s.")
    return text % values


def fact_words(standing: FactStanding) -> str:
    """The declaration that counts; it isn't checked by the portal."""
    evidence = standing.evidence
    if evidence is None:
        return _("Nothing declared.")
    if evidence.fact == Fact.CEFR:
        return _("%(value)s in %(language)s, as declared.") % {
            "value": evidence.value,
            "language": evidence.detail,
        }
    return _("%(years)s, as declared.") % {"years": years_words(evidence.value)}
