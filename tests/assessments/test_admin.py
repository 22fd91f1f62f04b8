"""The admin of content staff: who reaches it, what it saves, what it never shows."""

import pytest
from django.contrib import admin
from django.urls import reverse
from django.utils import timezone

from assessments import models
from assessments.actions.bank import save_item
from assessments.admin.item_form import key_text, read_key_text
from assessments.enums import Publication, ReportState
from assessments.item_types.registry import ITEM_TYPES
from assessments.models import Item, ItemReport
from assessments.queries.bank import current_content
from assessments.tasks import renew_estimates_of_skill
from core.models import AuditEvent
from tests.factories.assessments import (
    KEYS,
    AssessmentFactory,
    begin,
    item_content,
    make_bank,
    make_candidate,
    make_item,
    take,
)

CONTENT_MODELS = ["skilldomain", "skill", "item", "assessment", "battery", "itemreport"]


@pytest.fixture
def content_admin(client, db):
    person = make_candidate("Content Admin", consents=False)
    person.is_content_admin = True
    person.save()
    client.force_login(person)
    return person


@pytest.fixture
def platform_admin(client, db):
    person = make_candidate("Platform Admin", consents=False)
    person.is_platform_admin = True
    person.save()
    client.force_login(person)
    return person


def url(model, page, *arguments):
    return reverse(f"admin:assessments_{model}_{page}", args=arguments)


def editor_fields(content):
    """What the editor posts for `content`."""
    fields = {
        **{
            name: getattr(content, name)
            for name in ("code", "use", "facet", "level", "discrimination", "seconds", "stem")
        },
        "explanation": content.explanation,
        "key": key_text(content.type, content.key),
        "options-TOTAL_FORMS": 6,
        "options-INITIAL_FORMS": 6,
    }
    for name in ("unit", "decimals", "passage"):
        if getattr(content, name) is not None:
            fields[name] = getattr(content, name)
    if content.exhibit:
        fields |= {f"exhibit_{key}": value for key, value in content.exhibit.model_dump().items()}
    if content.slips:
        fields["slips"] = "\n".join(f"{slip.value}: {slip.rationale}" for slip in content.slips)
    for place, code in enumerate("abcdef"):
        option = next((row for row in content.options if row.code == code), None)
        fields[f"options-{place}-code"] = code
        fields[f"options-{place}-text"] = option.text if option else ""
        fields[f"options-{place}-rationale"] = option.rationale if option else ""
    return fields


def edit(client, item, **changes):
    """Open the editor, change some fields, save; the response is followed."""
    address = url("item", "change", item.pk)
    form = client.get(address).context["form"]
    fields = editor_fields(current_content(item)) | {"loaded": form["loaded"].value()}
    return client.post(address, fields | changes, follow=True)


def current(item):
    return item.versions.get(is_current=True)


# Access ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("model", CONTENT_MODELS)
def test_a_content_admin_opens_every_list(client, content_admin, model):
    assert client.get(url(model, "changelist")).status_code == 200


@pytest.mark.parametrize("model", CONTENT_MODELS)
def test_a_platform_admin_does_not_edit_content(client, platform_admin, model):
    assert client.get(url(model, "changelist")).status_code == 403


def test_extra_time_is_for_platform_admins_only(client, content_admin):
    assert client.get(url("accommodation", "changelist")).status_code == 403
    assert client.get(url("accommodation", "add")).status_code == 403
    assert "ccommodation" not in client.get(reverse("admin:index")).content.decode()


def test_a_platform_admin_gives_extra_time_and_the_audit_holds_no_percentage(
    client, platform_admin
):
    candidate = make_candidate()

    response = client.post(
        url("accommodation", "add"), {"email": candidate.email.upper(), "extra_time_percent": 25}
    )

    assert response.status_code == 302
    assert candidate.accommodation.extra_time_percent == 25
    event = AuditEvent.objects.get(subject_type="assessments.accommodation")
    assert event.actor_id == platform_admin.pk
    assert event.changes == {"personal_fields": ["candidate_id", "extra_time_percent"]}


@pytest.mark.parametrize("email", ["nobody@example.org", "no address"])
def test_extra_time_needs_somebody_who_signed_up(client, platform_admin, email):
    page = client.post(url("accommodation", "add"), {"email": email, "extra_time_percent": 25})

    assert page.status_code == 200
    assert page.context["adminform"].form.errors["email"]


def item_pages(item):
    return [
        url("item", "changelist"),
        url("item", "add"),
        url("item", "change", item.pk),
        url("item", "preview", item.pk),
        url("item", "draft"),
    ]


def test_a_candidate_and_employer_staff_are_refused(client, db):
    item = make_item(AssessmentFactory().skill)
    client.force_login(make_candidate())

    for address in item_pages(item):
        assert client.get(address, follow=True).status_code == 403
    assert Item.objects.get().versions.get().stem == current_content(item).stem


def test_without_a_login_the_admin_asks_for_one(client, db):
    item = make_item(AssessmentFactory().skill)

    for address in item_pages(item):
        response = client.get(address)
        assert response.status_code == 302
        assert reverse("account_login") in response.headers["Location"]


def test_a_platform_admin_sees_no_key(client, platform_admin):
    item = make_item(AssessmentFactory().skill)

    for address in item_pages(item):
        assert client.get(address).status_code == 403


@pytest.mark.parametrize(
    "model",
    ["Attempt", "AttemptItem", "ItemResponse", "PartScore", "SpeedMeasure", "SkillEstimate",
     "EstimateEvidence", "PartScoring", "ScoringVersion"],
)
def test_what_candidates_did_has_no_page(model):
    assert getattr(models, model) not in admin.site._registry


def test_no_page_of_a_content_admin_names_a_candidate(client, content_admin):
    candidate = make_candidate("Zebulon Quist")
    assessment = AssessmentFactory()
    item = make_bank(assessment.skill, 4)[0]
    attempt = take(candidate, assessment)
    report = ItemReport.objects.create(attempt_item=attempt.items.first(), text="Wrong sum.")

    pages = [
        reverse("admin:index"),
        *(url(model, "changelist") for model in CONTENT_MODELS),
        url("item", "change", item.pk),
        url("item", "preview", item.pk),
        url("item", "history", item.pk),
        url("itemreport", "change", report.pk),
        url("assessment", "change", assessment.pk),
        url("skill", "change", assessment.skill_id),
    ]
    for address in pages:
        response = client.get(address)
        assert response.status_code == 200, address
        text = response.content.decode()
        assert "Zebulon" not in text
        assert candidate.email not in text
        assert str(attempt.pk) not in text


# The list ----------------------------------------------------------------------------------------


def test_items_are_found_by_words_skill_type_use_level_and_status(client, content_admin):
    skill = AssessmentFactory().skill
    wanted = make_item(skill, "numeric", level=5, stem="What is the refund?")
    make_item(skill, use="practice", level=1)
    Item.objects.filter(pk=make_item(skill, level=2).pk).update(status="retired")

    def codes(query):
        found = client.get(url("item", "changelist") + query).context["cl"].result_list
        return [item.code for item in found]

    assert len(codes("")) == 3
    for query in ("?q=refund", f"?q={wanted.code}", "?item_type__exact=numeric", "?level=5"):
        assert codes(query) == [wanted.code], query
    for query in ("?use__exact=practice", "?status__exact=retired", "?level=1"):
        assert len(codes(query)) == 1
    assert len(codes(f"?skill__id__exact={skill.pk}")) == 3


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_is_constant(client, content_admin, rows, django_assert_num_queries):
    assessment = AssessmentFactory()
    for _ in range(rows):
        make_item(assessment.skill)

    with django_assert_num_queries(6):
        client.get(url("item", "changelist"))


@pytest.mark.parametrize(
    ("action", "before", "after"),
    [("retire", Publication.ACTIVE, "retired"), ("activate", Publication.RETIRED, "active")],
)
def test_items_are_retired_and_activated_with_an_audit_event(
    client, content_admin, action, before, after
):
    skill = AssessmentFactory().skill
    items = [make_item(skill) for _ in range(2)]
    Item.objects.update(status=before)

    for _ in range(2):
        client.post(
            url("item", "changelist"),
            {"action": action, "_selected_action": [item.pk for item in items]},
        )

    assert set(Item.objects.values_list("status", flat=True)) == {after}
    events = AuditEvent.objects.filter(action="item status changed")
    assert [event.changes for event in events] == [{"status": [str(before), after]}] * 2


def test_nothing_of_the_content_can_be_deleted(client, content_admin):
    assessment = AssessmentFactory()
    item = make_item(assessment.skill)

    for model, row in (("item", item), ("assessment", assessment), ("skill", assessment.skill)):
        assert client.post(url(model, "delete", row.pk), {"post": "yes"}).status_code == 403
    assert Item.objects.exists()


# The editor --------------------------------------------------------------------------------------


@pytest.mark.parametrize("item_type", KEYS)
def test_every_type_is_added_and_read_back(client, content_admin, item_type):
    skill = AssessmentFactory().skill
    content = item_content(
        item_type, exhibit={"kind": "bill", "title": "Bill", "body": "| a |\n|---|\n| 1 |"}
    )

    response = client.post(
        f"{url('item', 'add')}?type={item_type}&skill={skill.code}", editor_fields(content)
    )

    item = Item.objects.get(code=content.code)
    assert response.headers["Location"] == url("item", "change", item.pk)
    assert current_content(item) == content
    event = AuditEvent.objects.get(subject_type="assessments.item")
    assert (event.action, event.actor_id) == ("item added", content_admin.pk)


@pytest.mark.parametrize("item_type", KEYS)
def test_saving_without_a_change_changes_nothing(client, content_admin, item_type):
    item = make_item(AssessmentFactory().skill, item_type)
    before = current_content(item)

    page = edit(client, item)

    assert "is saved" in page.content.decode()
    assert current_content(item) == before
    assert item.versions.count() == 1
    assert not AuditEvent.objects.filter(subject_type="assessments.item").exists()


def test_line_ends_of_a_browser_are_no_change(client, content_admin):
    item = used_item()
    content = current_content(item).model_copy(update={"stem": "One\n\nTwo\nthree."})
    save_item(content=content, skill=item.skill)

    edit(client, item, stem="One\r\n\r\nTwo\r\nthree.", explanation=content.explanation)

    assert current(item).stem == "One\n\nTwo\nthree."
    assert item.versions.count() == 2


def test_line_ends_of_a_browser_are_no_change_of_an_assessment(client, content_admin):
    assessment = AssessmentFactory(instructions="One\n\nTwo", blueprint=[{"count": 1}])
    fields = assessment_fields(
        assessment, [{"count": 1, "level_min": 1, "level_max": 5, "ORDER": 1}]
    ) | {"instructions": "One\r\n\r\nTwo"}

    client.post(url("assessment", "change", assessment.pk), fields)

    assessment.refresh_from_db()
    assert assessment.instructions == "One\n\nTwo"
    assert not AuditEvent.objects.filter(subject_type="assessments.assessment").exists()


def test_adding_asks_for_skill_and_type_first(client, content_admin):
    skill = AssessmentFactory().skill

    text = client.get(url("item", "add")).content.decode()

    assert f'value="{skill.code}"' in text
    assert all(f'value="{code}"' in text for code in ITEM_TYPES)
    assert client.get(url("item", "add") + "?type=numeric&skill=no").status_code == 404


def test_an_unused_item_is_changed_in_place_and_audited(client, content_admin):
    item = make_item(AssessmentFactory().skill, level=3)
    before = current(item).stem

    edit(client, item, stem="A clearer stem.", level=4)

    assert (current(item).number, current(item).stem, current(item).level) == (
        1, "A clearer stem.", 4,
    )
    event = AuditEvent.objects.get(action="item changed")
    assert event.changes == {"stem": [before, "A clearer stem."], "level": [3, 4]}
    assert event.actor_id == content_admin.pk


def used_item():
    assessment = AssessmentFactory(blueprint=[{"count": 1}])
    item = make_item(assessment.skill)
    begin(make_candidate(), assessment)
    begin(make_candidate(), assessment)
    return item


def test_the_editor_says_before_saving_that_a_used_item_gets_a_new_version(client, content_admin):
    item = used_item()

    text = client.get(url("item", "change", item.pk)).content.decode()

    assert "2 attempts have shown version 1, so it stays as it is." in text
    assert "saving makes version 2" in text


def test_a_used_item_gets_a_new_version(client, content_admin):
    item = used_item()
    before = current(item).stem

    text = edit(client, item, stem="Reworded.").content.decode()

    assert [version.stem for version in item.versions.order_by("number")] == [before, "Reworded."]
    assert "stays as it is" not in text
    assert "(current)" in text


def test_a_changed_key_of_a_used_item_is_a_new_scoring(client, content_admin):
    item = used_item()

    edit(client, item, key="d")

    assert item.versions.count() == 1
    assert [row.number for row in current(item).scorings.order_by("number")] == [1, 2]
    assert current_content(item).key == "d"


def test_an_option_is_taken_away_by_emptying_it(client, content_admin):
    item = make_item(AssessmentFactory().skill)

    edit(client, item, **{"options-3-text": "", "options-3-rationale": ""})

    assert [option["code"] for option in current(item).options] == ["a", "b", "c"]


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"key": "z"}, "key", "the code of one option"),
        ({"key": ""}, "key", "required"),
        ({"stem": " "}, "stem", "required"),
        ({"level": "6"}, "level", "less than or equal to 5"),
        ({"discrimination": "9"}, "discrimination", "2.5"),
        ({"seconds": "5"}, "seconds", "10"),
        ({"facet": "unknown"}, "facet", "Select a valid choice"),
        ({"exhibit_kind": "note", "exhibit_body": "x"}, "exhibit_title", "at least 1 character"),
        ({"explanation": ""}, "explanation", "required"),
    ],
)
def test_an_error_stands_at_its_field_and_nothing_is_saved(
    client, content_admin, changes, field, words
):
    item = make_item(AssessmentFactory().skill)
    before = current_content(item)

    page = edit(client, item, **{"stem": "Changed.", **changes})

    assert words in str(page.context["form"].errors[field])
    assert "Nothing is saved yet" in page.content.decode()
    assert current_content(item) == before


def test_an_error_of_an_option_stands_at_that_option(client, content_admin):
    item = make_item(AssessmentFactory().skill)

    page = edit(client, item, **{"options-2-rationale": ""})

    errors = page.context["form"].options.errors
    assert "at least 1 character" in str(errors[2]["rationale"])
    assert not any(errors[place] for place in (0, 1, 3))


def test_what_somebody_else_saved_meanwhile_is_not_overwritten(client, content_admin):
    item = make_item(AssessmentFactory().skill)
    loaded = client.get(url("item", "change", item.pk)).context["form"]["loaded"].value()
    edit(client, item, stem="Theirs.")

    page = edit(client, item, stem="Mine.", loaded=loaded)

    assert "Somebody changed this item while you were editing" in page.content.decode()
    assert "Mine." in page.content.decode()
    assert current(item).stem == "Theirs."


def test_a_code_that_exists_already_is_refused(client, content_admin):
    item = make_item(AssessmentFactory().skill)
    content = item_content(code=item.code, stem="Another.")

    page = client.post(
        f"{url('item', 'add')}?type=single-choice&skill={item.skill.code}", editor_fields(content)
    )

    assert "exists already" in str(page.context["form"].errors["code"])
    assert current(item).stem != "Another."


@pytest.mark.parametrize(
    ("item_type", "key", "text"),
    [
        ("single-choice", "b", "b"),
        ("multiple-choice", ["a", "d"], "a, d"),
        ("situational", ["b", "a", "d", "c"], "b, a, d, c"),
        ("rating", {"a": 4, "b": 1}, "a=4, b=1"),
        ("numeric", {"value": "42.50", "tolerance": "0"}, "42.50"),
        ("numeric", {"value": "42.50", "tolerance": "0.01"}, "42.50 ± 0.01"),
        ("typing", None, ""),
    ],
)
def test_a_key_is_written_and_read_in_words(item_type, key, text):
    assert key_text(item_type, key) == text
    assert read_key_text(item_type, text) == key


@pytest.mark.parametrize("text", ["a=x, b=1", "nonsense", "=", "a=4=5", "42.50 ± x ± y", ""])
@pytest.mark.parametrize("item_type", KEYS)
def test_a_garbled_key_is_an_error_and_no_crash(client, content_admin, item_type, text):
    if item_type == "typing":
        return
    item = make_item(AssessmentFactory().skill, item_type)

    page = edit(client, item, key=text)

    assert page.status_code == 200
    assert page.context["form"].errors["key"]


# Preview -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("item_type", KEYS)
def test_the_preview_shows_the_question_and_below_it_the_answers(
    client, content_admin, item_type
):
    item = make_item(AssessmentFactory().skill, item_type)

    text = client.get(url("item", "preview", item.pk)).content.decode()

    question, answers = text.split("For admins only")
    assert current(item).stem in question
    assert "SECRET" not in question
    assert "EXPLANATION-SECRET" in answers


def test_older_versions_can_be_looked_at(client, content_admin):
    item = used_item()
    before = current(item).stem
    edit(client, item, stem="Reworded.")
    address = url("item", "preview", item.pk)

    assert before in client.get(f"{address}?version=1").content.decode()
    assert "Reworded." in client.get(address).content.decode()
    assert client.get(f"{address}?version=9").status_code == 404
    assert client.get(f"{address}?version=x").status_code == 200


def test_a_draft_is_previewed_without_being_saved(client, content_admin):
    item = make_item(AssessmentFactory().skill)
    form = client.get(url("item", "change", item.pk)).context["form"]
    fields = editor_fields(current_content(item)) | {
        "loaded": form["loaded"].value(), "stem": "Only a draft with <b>HTML</b>.",
    }

    text = client.post(f"{url('item', 'draft')}?item={item.pk}", fields).content.decode()

    assert "Only a draft with &lt;b&gt;HTML&lt;/b&gt;." in text
    assert "not saved" in text
    assert "Only a draft" not in current(item).stem


# Reports, skills, assessments, batteries ---------------------------------------------------------


def test_reports_are_read_and_settled(client, content_admin):
    assessment = AssessmentFactory(blueprint=[{"count": 1}])
    make_item(assessment.skill)
    attempt = begin(make_candidate(), assessment)
    report = ItemReport.objects.create(attempt_item=attempt.items.get(), text="Two are right.")

    text = client.get(url("itemreport", "change", report.pk)).content.decode()
    for _ in range(2):
        client.post(
            url("itemreport", "changelist"), {"action": "settle", "_selected_action": [report.pk]}
        )

    assert "Two are right." in text
    assert ItemReport.objects.get().state == ReportState.SETTLED
    event = AuditEvent.objects.get(action="item report settled")
    assert event.actor_id == content_admin.pk
    assert client.post(
        url("itemreport", "change", report.pk), {"text": "Forged"}
    ).status_code == 403


def formset(prefix, rows, **extra):
    fields = {f"{prefix}-TOTAL_FORMS": len(rows), f"{prefix}-INITIAL_FORMS": 0}
    for place, row in enumerate(rows):
        fields |= {f"{prefix}-{place}-{name}": value for name, value in row.items()}
    return fields | extra


def assessment_fields(assessment, rows):
    names = ("name", "summary", "instructions", "stated_minutes", "stated_kilobytes",
             "time_limit_seconds", "cool_down_days", "validity_days", "status", "device")
    fields = {name: getattr(assessment, name) for name in names}
    return formset("blueprint", rows, **fields)


def test_a_changed_blueprint_is_a_new_form_and_audited(client, content_admin):
    assessment = AssessmentFactory(blueprint=[{"count": 4}])
    make_bank(assessment.skill, 4)
    attempt = begin(make_candidate(), assessment)
    rows = [
        {"count": 1, "level_min": 3, "level_max": 5, "ORDER": 2},
        {"count": 2, "level_min": 1, "level_max": 2, "facet": "noticing", "ORDER": 1},
    ]

    response = client.post(
        url("assessment", "change", assessment.pk), assessment_fields(assessment, rows)
    )

    assert response.status_code == 302
    form = assessment.test_forms.get(is_current=True)
    assert form.number == 2
    assert [(row.count, row.facet and row.facet.code) for row in form.rows.all()] == [
        (2, "noticing"), (1, None),
    ]
    attempt.refresh_from_db()
    assert attempt.test_form.number == 1
    assert AuditEvent.objects.get(action="blueprint changed").changes["blueprint"] == [
        [{"count": 4}],
        [{"count": 2, "level_max": 2, "facet": "noticing"}, {"count": 1, "level_min": 3}],
    ]


def test_an_unchanged_blueprint_makes_no_form(client, content_admin):
    assessment = AssessmentFactory(blueprint=[{"count": 4}])
    rows = [{"count": 4, "level_min": 1, "level_max": 5, "ORDER": 1}]
    fields = assessment_fields(assessment, rows) | {"stated_minutes": 99}

    client.post(url("assessment", "change", assessment.pk), fields)

    assessment.refresh_from_db()
    assert assessment.stated_minutes == 99
    assert assessment.test_forms.count() == 1
    changes = AuditEvent.objects.get(subject_type="assessments.assessment").changes
    assert changes == {"stated_minutes": [15, 99]}


@pytest.mark.parametrize(
    "rows", [[], [{"count": 0}], [{"count": 1, "level_min": 4, "level_max": 2}]]
)
def test_an_impossible_blueprint_is_refused(client, content_admin, rows):
    assessment = AssessmentFactory()

    page = client.post(
        url("assessment", "change", assessment.pk), assessment_fields(assessment, rows)
    )

    assert page.status_code == 200
    assert assessment.test_forms.count() == 1


def test_a_battery_is_put_in_order(client, content_admin):
    first, second, third = (AssessmentFactory() for _ in range(3))
    battery = models.Battery.objects.create(code="agent", name="Agent", summary="S")
    models.BatteryStep.objects.create(battery=battery, assessment=first, position=1)
    models.BatteryStep.objects.create(battery=battery, assessment=second, position=2)
    rows = [
        {"assessment": first.code, "break_minutes": 5, "ORDER": 2},
        {"assessment": second.code, "break_minutes": 0, "ORDER": 1},
        {"assessment": third.code, "break_minutes": 0, "ORDER": 3},
    ]
    fields = {"name": "Agent", "summary": "S", "status": "active"}

    response = client.post(
        url("battery", "change", battery.pk), formset("steps", rows, **fields)
    )

    assert response.status_code == 302
    assert [(step.assessment, step.break_minutes) for step in battery.steps.all()] == [
        (second, 0), (first, 5), (third, 0),
    ]
    assert AuditEvent.objects.filter(action="battery steps changed").count() == 1


def test_an_assessment_stands_in_a_battery_once(client, content_admin):
    row = {"assessment": AssessmentFactory().code, "break_minutes": 0}
    battery = models.Battery.objects.create(code="agent", name="Agent", summary="S")
    fields = {"name": "Agent", "summary": "S", "status": "active"}

    page = client.post(
        url("battery", "change", battery.pk), formset("steps", [row, row], **fields)
    )

    assert "only once" in page.content.decode()


def skill_fields(skill, **changes):
    fields = {
        name: getattr(skill, name)
        for name in ("name", "position", "definition", "cut_2", "cut_3", "cut_4", "cut_5")
    } | {"domain": skill.domain_id}
    for prefix, rows, names in (
        ("levels", skill.levels.all(), ("level", "title", "description", "at_work")),
        ("facets", skill.facets.all(), ("code", "name", "position")),
    ):
        fields |= {f"{prefix}-TOTAL_FORMS": len(rows), f"{prefix}-INITIAL_FORMS": len(rows)}
        for place, row in enumerate(rows):
            fields |= {f"{prefix}-{place}-{name}": getattr(row, name) for name in names}
            fields |= {f"{prefix}-{place}-id": row.pk, f"{prefix}-{place}-skill": skill.pk}
            if prefix == "levels":
                fields[f"{prefix}-{place}-behaviours"] = "\n".join(row.behaviours)
    return fields | changes


def test_behaviours_are_edited_one_a_line_and_audited(client, content_admin):
    skill = AssessmentFactory().skill
    lines = "First, with a comma.\r\n\r\nSecond."

    client.post(
        url("skill", "change", skill.pk), skill_fields(skill, **{"levels-1-behaviours": lines})
    )

    assert skill.levels.get(level=2).behaviours == ["First, with a comma.", "Second."]
    event = AuditEvent.objects.get(subject_type="assessments.skilllevel")
    assert event.changes["behaviours"][1] == ["First, with a comma.", "Second."]


def test_changed_cuts_give_everybody_new_levels(client, content_admin):
    assessment = AssessmentFactory()
    make_bank(assessment.skill, 4)
    candidate = make_candidate()
    take(candidate, assessment, now=timezone.now())
    cuts = {"cut_2": -5, "cut_3": -4, "cut_4": -3, "cut_5": -2}
    before = candidate.skill_estimates.get(is_current=True).level

    client.post(
        url("skill", "change", assessment.skill_id), skill_fields(assessment.skill, **cuts)
    )
    renew_estimates_of_skill(skill_id=assessment.skill_id)

    assert before < 5
    assert candidate.skill_estimates.get(is_current=True).level == 5
    event = AuditEvent.objects.get(subject_type="assessments.skill")
    assert event.changes["cut_5"] == [1.5, -2.0]


def test_cuts_that_do_not_ascend_are_refused(client, content_admin):
    skill = AssessmentFactory().skill

    page = client.post(url("skill", "change", skill.pk), skill_fields(skill, cut_2=3))

    assert "The cut scores must ascend." in page.content.decode()
