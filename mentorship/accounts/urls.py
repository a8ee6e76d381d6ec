from django.urls import path

from .views import acting, cards, mine, people, sign_in

app_name = "accounts"
urlpatterns = [
    path("login/", sign_in.login, name="login"),
    path("logout/", sign_in.logout, name="logout"),
    path("me/", mine.me, name="me"),
    path("password/", mine.password, name="password"),
    path("preferences/", mine.preferences, name="preferences"),
    path("studio/", mine.choose_studio, name="choose_studio"),
    path("", people.accounts, name="accounts"),
    path("new/", people.new_account, name="new_account"),
    path("<uuid:pk>/", people.account, name="account"),
    path("<uuid:pk>/edit/", people.edit_account, name="edit_account"),
    path("<uuid:pk>/roles/", people.grant_role, name="grant_role"),
    path("roles/<uuid:pk>/end/", people.revoke_role, name="revoke_role"),
    path("<uuid:pk>/close/", people.deactivate, name="deactivate"),
    path("<uuid:pk>/reopen/", people.reactivate, name="reactivate"),
    path("<uuid:pk>/password/", people.reset_password, name="reset_password"),
    path("<uuid:pk>/assistants/", people.name_assistant, name="name_assistant"),
    path("assistants/<uuid:pk>/end/", people.end_assistant, name="end_assistant"),
    path("<uuid:pk>/card/", cards.card, name="card"),
    path("<uuid:pk>/card/print/", cards.card_issue, name="card_issue"),
    path("cards/<uuid:pk>/revoke/", cards.card_revoke, name="card_revoke"),
    path("card/<str:token>/", cards.card_sign_in, name="card_sign_in"),
    path("<uuid:pk>/act/", acting.act, name="act"),
    path("act/stop/", acting.stop_acting, name="stop_acting"),
]
