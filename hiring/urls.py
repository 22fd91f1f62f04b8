from django.urls import include, path

from hiring.views import applicants, applications, openings, requisitions

app_name = "hiring"

requisition_urls = [
    path("", requisitions.requisition_page, name="requisition"),
    path("edit/", requisitions.edit_page, name="requisition_edit"),
    path("requirements/", requisitions.requirements_page, name="requirements"),
    path("open/", requisitions.open_requisition, name="requisition_open"),
    path("close/", requisitions.close_requisition, name="requisition_close"),
    path("applicants/", applicants.applicants_page, name="applicants"),
    path("applicants/export/", applicants.export, name="applicants_export"),
    path("applicants/move/", applicants.move_many_page, name="applicants_move"),
]
employer_urls = [
    path("", requisitions.requisitions_page, name="requisitions"),
    path("requisitions/new/", requisitions.new_page, name="requisition_new"),
    path("requisitions/<uuid:requisition_id>/", include(requisition_urls)),
    path("applications/<uuid:application_id>/", applicants.applicant_page, name="applicant"),
    path(
        "applications/<uuid:application_id>/move/",
        applicants.move_applicant,
        name="applicant_move",
    ),
]
urlpatterns = [
    path("openings/", openings.openings_page, name="openings"),
    path("openings/<uuid:requisition_id>/", openings.opening_page, name="opening"),
    path("openings/<uuid:requisition_id>/apply/", openings.apply_page, name="apply"),
    path("applications/", applications.applications_page, name="applications"),
    path("applications/<uuid:application_id>/", applications.application_page, name="application"),
    path("applications/<uuid:application_id>/share/", applications.share, name="share"),
    path(
        "applications/<uuid:application_id>/withdraw/",
        applications.withdraw_page,
        name="withdraw",
    ),
    path("hr/<slug:slug>/", include(employer_urls)),
]
