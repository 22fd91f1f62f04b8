from django.urls import include, path

from assessments.views import attempts, catalogue, profile

app_name = "assessments"

question_urls = [
    path("", attempts.question_page, name="question"),
    path("save/", attempts.save_answer, {"and_next": False}, name="save"),
    path("next/", attempts.save_answer, {"and_next": True}, name="save_and_next"),
    path("flag/", attempts.flag, name="flag"),
    path("report/", attempts.report, name="report"),
]
attempt_urls = [
    path("", attempts.attempt_page, name="attempt"),
    path("status/", attempts.status, name="status"),
    path("review/", attempts.review_page, name="review"),
    path("submit/", attempts.submit, name="submit"),
    path("result/", attempts.result_page, name="result"),
    path("questions/<int:position>/", include(question_urls)),
]
urlpatterns = [
    path("try/", catalogue.practice, name="taste"),
    path("try/<int:number>/", catalogue.practice, name="taste_question"),
    path("assessments/", catalogue.catalogue_page, name="catalogue"),
    path("assessments/<slug:code>/", catalogue.assessment_page, name="detail"),
    path("assessments/<slug:code>/start/", catalogue.start, name="start"),
    path("assessments/<slug:code>/practice/", catalogue.practice, name="practice"),
    path(
        "assessments/<slug:code>/practice/<int:number>/",
        catalogue.practice,
        name="practice_question",
    ),
    path("batteries/<slug:code>/", catalogue.battery_page, name="battery"),
    path("skills/", profile.skill_profile_page, name="skill_profile"),
    path("skills/<slug:code>/", catalogue.skill_page, name="skill"),
    path("attempts/<uuid:attempt_id>/", include(attempt_urls)),
]
