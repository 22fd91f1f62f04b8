"""People, employers and consent for tests."""

from __future__ import annotations

import factory
from allauth.account.models import EmailAddress

from accounts.consents import give_consent
from accounts.models import (
    Consent,
    ConsentKind,
    ConsentText,
    Employer,
    Membership,
    MembershipRole,
    User,
)

PASSWORD = "correct horse battery"


class UserFactory(factory.django.DjangoModelFactory):
    """A person with a name; `verified=True` for one who opened the link in the e-mail too."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    name = factory.Sequence("Person {}".format)
    email = factory.Sequence("person{}@example.com".format)

    @classmethod
    def _create(cls, model_class, *args, password=None, **fields):
        return model_class.objects.create_user(password=password, **fields)

    @factory.post_generation
    def verified(self, create, extracted, **kwargs):
        if extracted is not None:
            EmailAddress.objects.create(
                user=self, email=self.email, verified=extracted, primary=True
            )


class EmployerFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Employer

    name = factory.Sequence("Employer {}".format)
    slug = factory.Sequence("employer-{}".format)


class MembershipFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Membership

    class Params:
        manager = factory.Trait(role=MembershipRole.MANAGER)

    user = factory.SubFactory(UserFactory)
    employer = factory.SubFactory(EmployerFactory)
    role = MembershipRole.RECRUITER


class ConsentTextFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ConsentText

    kind = ConsentKind.ASSESSMENT
    version = factory.Sequence(lambda number: number + 1)
    title = "Your answers and results"
    body = "We process your **answers**."


def consented(user: User) -> Consent:
    """The person's consent to the newest text, which is made if there is none."""
    text = ConsentText.objects.order_by("-version").first() or ConsentTextFactory()
    return give_consent(user=user, text=text)
