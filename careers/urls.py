from django.urls import path

from careers.views import declared, roles

app_name = "careers"
urlpatterns = [
    path("roles/", roles.roles, name="roles"),
    path("roles/<slug:code>/", roles.role, name="role"),
    path("career-map/", roles.map_page, name="career_map"),
    path("profile/declared/", declared.declared, name="declared"),
    path("profile/declared/<slug:kind>/add/", declared.edit, name="declared_add"),
    path("profile/declared/<slug:kind>/<int:pk>/", declared.edit, name="declared_edit"),
    path("profile/declared/<slug:kind>/<int:pk>/remove/", declared.remove, name="declared_remove"),
]
