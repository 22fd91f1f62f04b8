from django.urls import include, path

from accounts import views

staff_urls = [
    path("", views.members, name="members"),
    path("invite/", views.invite, name="invite"),
    path("<int:membership_id>/remove/", views.remove, name="remove_member"),
    path(
        "invitations/<int:invitation_id>/withdraw/",
        views.withdraw_invitation_page,
        name="withdraw_invitation",
    ),
]
account_urls = [
    path("profile/", views.profile_page, name="profile"),
    path("consent/", views.consent, name="consent"),
    path("consent/<slug:kind>/withdraw/", views.withdraw, name="withdraw_consent"),
    path("staff/<slug:slug>/members/", include(staff_urls)),
    path("invitations/<str:token>/", views.invitation, name="invitation"),
]
urlpatterns = [
    path("privacy/", views.privacy, name="privacy"),
    path("", include((account_urls, "accounts"))),
]
