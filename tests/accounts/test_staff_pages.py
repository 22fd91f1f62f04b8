"""Who may see and change the staff of an employer."""

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.actions import invite_staff
from accounts.models import Membership, MembershipRole, StaffInvitation
from tests.accounts.helpers import link_in, mails
from tests.factories.accounts import EmployerFactory, MembershipFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def employer():
    return EmployerFactory(slug="acme", name="Acme")


@pytest.fixture
def manager(employer):
    return MembershipFactory(employer=employer, manager=True).user


@pytest.fixture
def recruiter(employer):
    return MembershipFactory(employer=employer).user


@pytest.fixture
def invitation(employer, manager):
    return invite_staff(
        employer=employer,
        email="new@example.com",
        role=MembershipRole.RECRUITER,
        invited_by=manager,
        now=timezone.now(),
    )


@pytest.fixture
def link(invitation):
    return link_in(mails("new@example.com")[-1], "/invitations/")


def other_people(employer):
    return {
        "stranger": UserFactory(),
        "other employer's manager": MembershipFactory(manager=True).user,
        "content admin": UserFactory(is_content_admin=True),
        "platform admin": UserFactory(is_platform_admin=True),
    }


def staff_urls(employer, invitation):
    """Each page as (method, address)."""
    slug = employer.slug
    member = MembershipFactory(employer=employer)
    remove = reverse("accounts:remove_member", args=[slug, member.pk])
    return [
        ("get", reverse("accounts:members", args=[slug])),
        ("post", reverse("accounts:invite", args=[slug])),
        ("get", remove),
        ("post", remove),
        ("post", reverse("accounts:withdraw_invitation", args=[slug, invitation.pk])),
    ]


def test_for_everybody_else_the_pages_dont_exist(client, employer, invitation):
    urls = staff_urls(employer, invitation)
    for who, user in other_people(employer).items():
        client.force_login(user)
        for method, url in urls:
            assert getattr(client, method)(url).status_code == 404, (who, method, url)


def test_anonymous_people_sign_in_first(client, employer, invitation):
    for method, url in staff_urls(employer, invitation):
        response = getattr(client, method)(url)
        assert response.url == f"{reverse('account_login')}?next={url}"


def test_recruiters_read_but_dont_write(client, employer, recruiter, invitation):
    client.force_login(recruiter)
    page = client.get(reverse("accounts:members", args=[employer.slug])).content.decode()
    assert "Invite somebody" not in page
    assert "/remove/" not in page
    for method, url in staff_urls(employer, invitation)[1:]:
        assert getattr(client, method)(url).status_code == 403, (method, url)
    assert StaffInvitation.objects.filter(pk=invitation.pk).exists()


def test_a_manager_invites(client, employer, manager):
    client.force_login(manager)
    form = {"email": "Jo@example.com", "role": "recruiter"}
    response = client.post(reverse("accounts:invite", args=[employer.slug]), form, follow=True)
    assert "on its way" in response.content.decode()
    assert "jo@example.com" in response.content.decode()
    assert len(mails("jo@example.com")) == 1


@pytest.mark.parametrize(
    "form",
    [{"email": "no address", "role": "recruiter"}, {"email": "a@example.com", "role": "owner"}, {}],
)
def test_a_bad_invitation_is_shown_again(client, employer, manager, form):
    client.force_login(manager)
    response = client.post(reverse("accounts:invite", args=[employer.slug]), form)
    assert response.status_code == 422
    assert response.context["form"].errors
    assert mails() == []


def test_inviting_a_member_says_so(client, employer, manager, recruiter):
    client.force_login(manager)
    form = {"email": recruiter.email, "role": "recruiter"}
    response = client.post(reverse("accounts:invite", args=[employer.slug]), form)
    assert "already on the staff" in response.content.decode()


def test_a_manager_removes_a_member_after_a_question(client, employer, manager, recruiter):
    client.force_login(manager)
    member = Membership.objects.get(user=recruiter)
    url = reverse("accounts:remove_member", args=[employer.slug, member.pk])
    assert recruiter.name in client.get(url).content.decode()
    assert Membership.objects.filter(pk=member.pk).exists()
    client.post(url)
    assert not Membership.objects.filter(pk=member.pk).exists()
    client.force_login(recruiter)
    assert client.get(reverse("accounts:members", args=[employer.slug])).status_code == 404


def test_a_manager_cant_remove_another_employers_staff(client, employer, manager):
    client.force_login(manager)
    foreign = MembershipFactory()
    url = reverse("accounts:remove_member", args=[employer.slug, foreign.pk])
    assert client.post(url).status_code == 404
    assert Membership.objects.filter(pk=foreign.pk).exists()


def test_the_last_manager_is_told_why_not(client, employer, manager):
    client.force_login(manager)
    own = Membership.objects.get(user=manager)
    url = reverse("accounts:remove_member", args=[employer.slug, own.pk])
    response = client.post(url, follow=True)
    assert "needs a manager" in response.content.decode()
    assert Membership.objects.filter(pk=own.pk).exists()


def test_whoever_leaves_lands_on_the_start_page(client, employer, manager):
    MembershipFactory(employer=employer, manager=True)
    client.force_login(manager)
    own = Membership.objects.get(user=manager)
    response = client.post(reverse("accounts:remove_member", args=[employer.slug, own.pk]))
    assert response.url == reverse("home")


def test_a_manager_withdraws_an_invitation(client, employer, manager, invitation, link):
    client.force_login(manager)
    client.post(reverse("accounts:withdraw_invitation", args=[employer.slug, invitation.pk]))
    assert client.get(link).status_code == 404


def test_the_list_costs_the_same_for_one_and_three(
    client, employer, manager, django_assert_num_queries
):
    client.force_login(manager)
    for number in range(3):
        MembershipFactory(employer=employer)
        invite_staff(
            employer=employer,
            email=f"new{number}@example.com",
            role=MembershipRole.RECRUITER,
            invited_by=manager,
            now=timezone.now(),
        )
        # Session, user, own membership, staff, invitations, and the navigation's employers.
        with django_assert_num_queries(6):
            client.get(reverse("accounts:members", args=[employer.slug]))


def test_the_link_tells_a_stranger_to_sign_up_with_that_address(client, link):
    page = client.get(link).content.decode()
    assert "new@example.com" in page
    assert f"?next={link.replace('/', '%2F')}" in page
    assert client.post(link).url.startswith(reverse("account_login"))


def test_sign_up_from_the_link_comes_back_to_it_and_accepts(client, employer, link):
    form = {
        "name": "Jo",
        "email": "new@example.com",
        "password1": "correct horse battery",
        "old_enough": "on",
        "next": link,
    }
    assert client.post(reverse("account_signup"), form).url == link
    response = client.post(link)
    assert response.url == reverse("accounts:members", args=[employer.slug])
    assert Membership.objects.get(user__email="new@example.com").employer == employer


def test_with_another_address_the_link_says_which_one(client, link):
    client.force_login(UserFactory(email="other@example.com"))
    page = client.get(link).content.decode()
    assert "signed in as other@example.com" in page
    assert "Accept" not in page
    assert "is for new@example.com" in client.post(link, follow=True).content.decode()
    assert not Membership.objects.filter(user__email="other@example.com").exists()


def test_an_expired_link_says_so(client, invitation, link):
    client.force_login(UserFactory(email="new@example.com"))
    StaffInvitation.objects.update(expires_at=timezone.now())
    assert "expired" in client.get(link).content.decode()
    assert "expired" in client.post(link, follow=True).content.decode()
    assert not Membership.objects.filter(user__email="new@example.com").exists()


def test_a_used_link_says_so(client, link):
    client.force_login(UserFactory(email="new@example.com"))
    client.post(link)
    assert "used already" in client.get(link).content.decode()


@pytest.mark.parametrize("token", ["guess", "a" * 43, "%27%22"])
def test_a_guessed_link_isnt_found(client, token):
    assert client.get(f"/invitations/{token}/").status_code == 404
    client.force_login(UserFactory())
    assert client.post(f"/invitations/{token}/").status_code == 404
