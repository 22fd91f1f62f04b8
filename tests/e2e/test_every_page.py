"""Every kind of page, as each kind of user, on a phone and on a desk, light and dark."""

from __future__ import annotations

import pytest
from conftest import DESKTOP, PHONE, assert_accessible, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
PUBLIC = [
    *("/", "/try/", "/assessments/", "/assessments/listening/", "/skills/empathy/", "/roles/"),
    *("/assessments/listening/practice/", "/batteries/customer-service-agent-voice/"),
    *("/roles/quality-analyst/", "/courses/", "/courses/empathy-1-to-2/", "/openings/"),
    *("/measurement/", "/privacy/", "/styleguide/", "/accounts/login/", "/accounts/signup/"),
    *("/accounts/password/reset/", "/no-such-page/"),
]
CANDIDATE = [
    *("/", "/skills/", "/career-map/", "/roles/customer-service-agent-voice/", "/courses/"),
    *("/courses/mine/", "/applications/", "/profile/", "/profile/declared/", "/accounts/email/"),
    *("/accounts/password/change/", "/privacy/", "/assessments/", "/openings/"),
    "/batteries/customer-service-agent-voice/",
]
SIZES = pytest.mark.parametrize(
    ("size", "scheme"), [(PHONE, "light"), (DESKTOP, "dark")], ids=["phone", "desk-dark"]
)


@SIZES
def test_public_pages(visit, size, scheme):
    page = visit(size, color_scheme=scheme)
    for path in PUBLIC:
        page.goto(path)
        assert_accessible(page)


@SIZES
@pytest.mark.parametrize("who", ["candidate@example.com", "new@example.com"])
def test_a_candidates_pages(visit, size, scheme, who):
    page = visit(size, color_scheme=scheme)
    sign_in(page, who)
    for path in CANDIDATE:
        page.goto(path)
        assert_accessible(page)


@SIZES
def test_pages_of_hr_staff(visit, portal, size, scheme):
    page = visit(size, color_scheme=scheme)
    sign_in(page, "hr@example.com")
    rows = portal.query(
        "SELECT e.slug, r.id, a.id FROM hiring_application a JOIN hiring_requisition r "
        "ON r.id = a.requisition_id JOIN accounts_employer e ON e.id = r.employer_id "
        "WHERE a.stage = 'applied' LIMIT 1"
    )
    [(slug, requisition, application)] = rows
    for path in (
        f"/hr/{slug}/",
        f"/hr/{slug}/requisitions/new/",
        f"/hr/{slug}/requisitions/{requisition}/",
        f"/hr/{slug}/requisitions/{requisition}/edit/",
        f"/hr/{slug}/requisitions/{requisition}/requirements/",
        f"/hr/{slug}/requisitions/{requisition}/applicants/",
        f"/hr/{slug}/applications/{application}/",
        f"/staff/{slug}/members/",
        f"/openings/{requisition}/",
    ):
        page.goto(path)
        assert_accessible(page)


def test_a_content_admin_edits_a_used_item_into_a_new_version(visit, portal):
    page = visit(DESKTOP)
    sign_in(page, "content@example.com")
    [(item, before)] = portal.query(
        "SELECT i.id, max(v.number) FROM assessments_item i JOIN assessments_itemversion v "
        "ON v.item_id = i.id WHERE v.frozen_at IS NOT NULL AND i.item_type = 'single-choice' "
        "GROUP BY i.id ORDER BY i.id LIMIT 1"
    )
    page.goto(f"/admin/assessments/item/{item}/change/")
    page.locator("textarea[name=stem]").fill("A customer asks you to repeat the date. You say:")
    page.get_by_role("button", name="Save", exact=True).click()
    page.wait_for_load_state()
    [(after,)] = portal.query(
        "SELECT max(number) FROM assessments_itemversion WHERE item_id = %s", item
    )
    assert after == before + 1
    response = page.goto("/admin/accounts/user/")
    assert response is not None
    assert response.status == 403
