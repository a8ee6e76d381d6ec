from django.urls import path

from .views import items, meetings, minutes, products

app_name = "meetings"
urlpatterns = [
    path("", meetings.meetings, name="meetings"),
    path("new/", meetings.plan, name="plan"),
    path("<uuid:pk>/", meetings.meeting, name="meeting"),
    path("<uuid:pk>/edit/", meetings.change, name="change"),
    path("<uuid:pk>/cancel/", meetings.cancel, name="cancel"),
    path("<uuid:pk>/roll/", meetings.roll, name="roll"),
    path("<uuid:pk>/record/", meetings.write, name="record"),
    path("<uuid:pk>/issue/", minutes.issue, name="issue"),
    path("<uuid:pk>/reopen/", minutes.open_again, name="reopen"),
    path("minutes/<uuid:pk>/", minutes.minutes, name="minutes"),
    path("minutes/<uuid:pk>/pdf/", minutes.pdf, name="minutes_pdf"),
    path("minutes/<uuid:pk>/remind/", minutes.remind_readers, name="minutes_remind"),
    path("items/", items.items, name="items"),
    path("items/export/", items.export, name="items_export"),
    path("items/<uuid:pk>/", items.item, name="item"),
    path("items/<uuid:pk>/close/", items.close, name="item_close"),
    path("items/<uuid:pk>/back/", items.back, name="item_back"),
    path("items/<uuid:pk>/drop/", items.drop, name="item_drop"),
    path("products/", products.products, name="products"),
    path("products/new/", products.keep, name="keep_product"),
    path("products/<uuid:pk>/", products.product, name="product"),
    path("products/<uuid:pk>/edit/", products.change, name="change_product"),
]
