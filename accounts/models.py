"""People, what they may do, the employers they work for, and what they agreed to."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:
        user = self.model(email=email.lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> User:
        """A platform admin, under the name that Django's command uses."""
        return self.create_user(email, password, is_platform_admin=True, **fields)


class User(AbstractBaseUser):
    """A person with a login. Everyone may be a candidate; the rest are capabilities.

    Working for an employer is a `Membership`. Content admins own skills, items and roles and see
    no candidate data; platform admins create employers and admins.

    An address belongs to an account only once it is verified, and then to one account only
    (allauth's `unique_verified_email`). Until then several may claim it: sign-up can't tell a
    stranger whether an address is known here, nor can a stranger occupy somebody's address.
    """

    email = models.EmailField(_("e-mail address"), db_index=True)
    name = models.CharField(_("name"), max_length=150)
    time_zone = models.CharField(_("time zone"), max_length=60, blank=True)
    is_active = models.BooleanField(_("active"), default=True)
    is_content_admin = models.BooleanField(_("content admin"), default=False)
    is_platform_admin = models.BooleanField(_("platform admin"), default=False)
    date_joined = models.DateTimeField(_("joined"), auto_now_add=True)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(email=Lower("email")), name="user_email_lower_case"
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.email

    @property
    def is_staff(self) -> bool:
        """Whether Django's admin opens for this person; each page of it asks again."""
        return self.is_content_admin or self.is_platform_admin

    def has_perm(self, perm: str, obj: Any = None) -> bool:
        """Always False: rules are predicates in each app's `rules.py`, not Django permissions."""
        return False

    def has_module_perms(self, app_label: str) -> bool:
        return self.is_staff


class Employer(models.Model):
    name = models.CharField(_("name"), max_length=150)
    slug = models.SlugField(max_length=60, unique=True)
    about = models.TextField(_("about"), blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class MembershipRole(models.TextChoices):
    RECRUITER = "recruiter", _("Recruiter")
    MANAGER = "manager", _("Manager: recruits and invites staff")


class Membership(models.Model):
    """Makes a person a member of an employer's staff (HR)."""

    user = models.ForeignKey(User, models.CASCADE, related_name="memberships")
    employer = models.ForeignKey(Employer, models.CASCADE, related_name="memberships")
    role = models.CharField(_("role"), max_length=20, choices=MembershipRole)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "employer"], name="membership_once"),
            models.CheckConstraint(
                condition=models.Q(role__in=MembershipRole.values), name="membership_role_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}, {self.employer} ({self.role})"


class StaffInvitation(models.Model):
    """An offer of a membership by e-mail. Only a digest of its token is stored."""

    employer = models.ForeignKey(Employer, models.CASCADE, related_name="invitations")
    email = models.EmailField(_("e-mail address"))
    role = models.CharField(_("role"), max_length=20, choices=MembershipRole)
    token_digest = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "employer",
                Lower("email"),
                condition=models.Q(accepted_at=None),
                name="staff_invitation_open_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.email} to {self.employer}"


class ConsentKind(models.TextChoices):
    ASSESSMENT = "assessment", _("Processing of assessment data")


class ConsentText(models.Model):
    """The words that people agree to. A version that was agreed to never changes."""

    kind = models.CharField(max_length=30, choices=ConsentKind)
    version = models.PositiveIntegerField()
    title = models.CharField(max_length=150)
    body = models.TextField(help_text="Markdown")
    published_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "version"], name="consent_text_version_once"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.version}"


class Consent(models.Model):
    """One person's agreement to one version of a text, until it is withdrawn."""

    user = models.ForeignKey(User, models.CASCADE, related_name="consents")
    kind = models.CharField(max_length=30, choices=ConsentKind)
    text = models.ForeignKey(ConsentText, models.PROTECT, related_name="+")
    given_at = models.DateTimeField(auto_now_add=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "kind"],
                condition=models.Q(withdrawn_at=None),
                name="consent_active_once",
            ),
            models.CheckConstraint(
                condition=models.Q(withdrawn_at=None)
                | models.Q(withdrawn_at__gte=models.F("given_at")),
                name="consent_withdrawn_after_given",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.kind}"
