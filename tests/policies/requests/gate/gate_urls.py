from django.conf.urls.i18n import i18n_patterns
from django.contrib.auth.decorators import login_required
from django.urls import include, path, re_path
from doors import api, decorated, views
from rest_framework.routers import SimpleRouter

router = SimpleRouter()
router.register("model", api.ByModel, basename="model")
router.register("action", api.ByAction, basename="action")
router.register("owner", api.ByOwner, basename="owner")
router.register("narrowed", api.Narrowed, basename="narrowed")
router.register("own-object", api.OwnObject, basename="own-object")
router.register("by-user", api.ByUser, basename="by-user")
router.register("header", api.ByHeader, basename="header")

nested = ([path("hall/", views.hall, name="hall"), path("<slug:slug>/", login_required(views.by_slug))], "inner")

urlpatterns = [
    path("hall/", views.hall),
    path("wrapped/", login_required(views.hall)),
    path("stacked/", views.stacked),
    path("raising/", views.raising),
    path("several/", views.several),
    path("tested/", views.tested),
    path("group/", views.in_group),
    path("staff/", views.Staff.as_view()),
    path("mixin/", views.Mixin.as_view()),
    path("mixin-raising/", views.MixinRaising.as_view()),
    path("dispatched/", views.Dispatched.as_view()),
    path("only-post/", views.only_post),
    path("by-method/", views.ByMethod.as_view()),
    path("door/<int:pk>/", views.DoorPage.as_view()),
    path("door/<int:pk>/object/", views.by_function),
    path("dynamic/", views.Dynamic.as_view()),
    re_path(r"^archive/(?P<year>[0-9]{4})/(?:(?P<month>0[1-9]|1[0-2])/)?$", views.archive),
    path("inside/", views.inside),
    path("elsewhere/", views.elsewhere),
    path("odd/", views.odd),
    path("make/", views.make),
    path("made/", views.made),
    path("effects/", views.effects),
    path("broken/", views.broken),
    path("fewer/<int:number>/", views.Fewer.as_view()),
    path("nested/", include(nested, namespace="deep")),
    path("api/", include(router.urls)),
    path("allowing/", decorated.allowing(["is_staff"], ["doors.paint_door", "doors.sell_door"])(decorated.page)),
    path("visitors/", decorated.visitors_only(decorated.page)),
    path("hidden/", decorated.hidden(decorated.page)),
    path("hidden/class/", decorated.Hidden.as_view()),
    path("hours/", decorated.in_office_hours(decorated.page)),
    path("open/", decorated.while_open(decorated.page)),
    path("careless/", decorated.careless(decorated.page)),
    path("by-name/", decorated.by_name(decorated.page)),
    path("colleagues/", decorated.colleagues),
    path("joined/", decorated.joined),
    path("watched/", decorated.watched(decorated.page)),
    *i18n_patterns(path("local/", login_required(views.hall))),
]
