from django.urls import path

from learning import views

app_name = "learning"
urlpatterns = [
    path("courses/", views.catalogue, name="catalogue"),
    path("courses/mine/", views.mine, name="mine"),
    path("courses/<slug:code>/", views.course, name="course"),
    path("courses/<slug:code>/enrol/", views.enrol, name="enrol"),
    path("courses/<slug:code>/complete/", views.complete, name="complete"),
    path("courses/<slug:code>/undo/", views.undo, name="undo"),
    path("courses/<slug:code>/leave/", views.leave, name="leave"),
]
