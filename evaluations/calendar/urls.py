from django.urls import path

from .views import feeds, pages

app_name = "calendar"
urlpatterns = [
    path("", pages.month, name="month"),
    path("agenda/", pages.agenda, name="agenda"),
    path("entries/<str:on>/<slug:uid>.ics", pages.entry, name="entry"),
    path("subscribe/", feeds.feeds, name="feeds"),
    path("subscribe/<uuid:pk>/revoke/", feeds.revoke, name="revoke"),
    path("feed/<str:secret>.ics", feeds.feed, name="feed"),
]
