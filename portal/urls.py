from django.conf import settings
from django.contrib import admin
from django.urls import include, path

from portal import views

urlpatterns = [
    path("", views.home, name="home"),
    path("measurement/", views.measurement, name="measurement"),
    path("accounts/", include("allauth.account.urls")),
    path("", include("accounts.urls")),
    path("", include("assessments.urls")),
    path("", include("careers.urls")),
    path("", include("learning.urls")),
    path("", include("hiring.urls")),
    path("admin/", admin.site.urls),
]

if not settings.IN_PRODUCTION:
    urlpatterns += [
        path("styleguide/", views.style_guide, name="style-guide"),
        path("mailbox/", views.mailbox, name="mailbox"),
    ]
