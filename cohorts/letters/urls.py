from django.urls import path

from .views import launch, papers

app_name = "letters"
urlpatterns = [
    path("appointments/<uuid:pk>/", papers.appointments, name="appointments"),
    path("appointments/<uuid:pk>/issue/", papers.appointment_issue_all, name="appointment_issue_all"),
    path("appointment/<uuid:pk>/", papers.appointment, name="appointment"),
    path("appointment/<uuid:pk>/pdf/", papers.appointment_pdf, name="appointment_pdf"),
    path("appointment/<uuid:pk>/void/", papers.appointment_void, name="appointment_void"),
    path("appointment/issue/<uuid:pk>/", papers.appointment_issue, name="appointment_issue"),
    path("agreements/<uuid:pk>/", papers.agreements, name="agreements"),
    path("agreements/<uuid:pk>/draw/", papers.agreement_draw_all, name="agreement_draw_all"),
    path("agreement/<uuid:pk>/", papers.agreement, name="agreement"),
    path("agreement/<uuid:pk>/pdf/", papers.agreement_pdf, name="agreement_pdf"),
    path("agreement/<uuid:pk>/edit/", papers.agreement_edit, name="agreement_edit"),
    path("agreement/<uuid:pk>/sign/", papers.agreement_sign, name="agreement_sign"),
    path("agreement/<uuid:pk>/withdraw/", papers.agreement_withdraw, name="agreement_withdraw"),
    path("agreement/draw/<uuid:pk>/", papers.agreement_draw, name="agreement_draw"),
    path("launch/<uuid:pk>/", launch.launch, name="launch"),
    path("launch/<uuid:pk>/open/", launch.launch_open, name="launch_open"),
    path("launch/<uuid:pk>/edit/", launch.launch_edit, name="launch_edit"),
    path("launch/<uuid:pk>/add/", launch.launch_add, name="launch_add"),
    path("launch/items/<uuid:pk>/move/", launch.launch_move, name="launch_move"),
    path("launch/items/<uuid:pk>/remove/", launch.launch_remove, name="launch_remove"),
    path("launch/remind/mentee/<uuid:pk>/", launch.launch_remind_mentee, name="launch_remind_mentee"),
    path("launch/remind/mentor/<uuid:pk>/", launch.launch_remind_mentor, name="launch_remind_mentor"),
from .views import letters, verify, writing

app_name = "letters"
urlpatterns = [
    path("", letters.letters, name="letters"),
    path("verify/", verify.verify, name="verify"),
    path("verify/<str:code>/", verify.verify_code, name="verify_code"),
    path("write/<uuid:pk>/", writing.letter_write, name="letter_write"),
    path("<uuid:pk>/", letters.letter, name="letter"),
    path("<uuid:pk>/take-back/", letters.take_back, name="letter_take_back"),
    path("<uuid:pk>/pdf/", letters.letter_pdf, name="letter_pdf"),
    path("<uuid:pk>/file/", letters.letter_file, name="letter_file"),
    path("<uuid:pk>/reply/", letters.reply, name="reply"),
    path("<uuid:pk>/reply/photo/", letters.reply_photo, name="reply_photo"),
    path("<uuid:pk>/reply/transcribe/", letters.transcribe, name="transcribe"),
    path("<uuid:pk>/reply/confirm/", letters.confirm, name="confirm"),
]
