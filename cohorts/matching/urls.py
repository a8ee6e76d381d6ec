from django.urls import path

from . import views

app_name = "matching"
urlpatterns = [
    path("<uuid:pk>/", views.proposals, name="proposals"),
    path("<uuid:pk>/propose/", views.propose, name="propose"),
    path("<uuid:pk>/compare/", views.compare, name="compare"),
    path("<uuid:pk>/wishes/", views.wishes, name="wishes"),
    path("<uuid:pk>/bars/", views.bars, name="bars"),
    path("wishes/mentor/<uuid:pk>/", views.wish, {"side": "mentor"}, name="wish"),
    path("wishes/mentee/<uuid:pk>/", views.wish, {"side": "mentee"}, name="wish"),
    path("bars/<uuid:pk>/remove/", views.unbar, name="unbar"),
    path("proposals/<uuid:pk>/", views.proposal, name="proposal"),
    path("proposals/<uuid:pk>/move/", views.move, name="move"),
    path("proposals/<uuid:pk>/swap/", views.swap, name="swap"),
    path("proposals/<uuid:pk>/pin/", views.pin, name="pin"),
    path("proposals/<uuid:pk>/undo/", views.undo, name="undo"),
    path("proposals/<uuid:pk>/resolve/", views.resolve, name="resolve"),
    path("proposals/<uuid:pk>/copy/", views.copy, name="copy"),
    path("proposals/<uuid:pk>/set-aside/", views.set_aside, name="set_aside"),
    path("proposals/<uuid:pk>/publish/", views.publish, name="publish"),
]
