from django.urls import path

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
