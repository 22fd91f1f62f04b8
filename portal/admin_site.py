"""Django's admin, open to content admins and platform admins, with the portal's own sign-in."""

from django.contrib.admin import AdminSite
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class PortalAdminSite(AdminSite):
    site_header = _("Career readiness portal: administration")
    site_title = _("Administration")
    index_title = _("Content and people")

    def login(self, request: HttpRequest, extra_context: dict | None = None) -> HttpResponse:
        """Use the portal's sign-in, which is rate-limited.

        Somebody who is signed in already would be sent back and forth between the two.
        """
        if request.user.is_authenticated and not self.has_permission(request):
            raise PermissionDenied
        return redirect_to_login(request.GET.get("next", reverse("admin:index")))
