"""Views that decide by themselves, as people write them: permission classes, and querysets narrowed by who asks."""

from django.db.models import Count, Q
from django.views.generic import DetailView, ListView
from guardian.mixins import PermissionListMixin
from guardian.shortcuts import get_objects_for_user
from rest_framework import generics, permissions, viewsets

from gallery.models import Folder, Paper


# --- permission classes
class AuthorOrReadOnly(permissions.BasePermission):
    def has_object_permission(self, request, view, obj):
        if request.method in permissions.SAFE_METHODS:
            return True
        return obj.author == request.user


class StaffDestroys(permissions.BasePermission):
    message = "Only staff."

    def has_permission(self, request, view):
        if view.action == "destroy":
            return request.user.is_staff
        return bool(request.user and request.user.is_authenticated)


class Reviews(permissions.BasePermission):
    def has_object_permission(self, request, view, obj):
        return self.reviews(request.user, obj) or self.is_final(obj)

    def reviews(self, user, paper):
        return paper.reviewers.filter(pk=user.pk).exists()

    def is_final(self, paper):
        return paper.status == Paper.Status.FINAL


class SignedInStaff(permissions.IsAuthenticated):
    def has_permission(self, request, view):
        return super().has_permission(request, view) and request.user.is_staff


class TeamOf(permissions.IsAuthenticated):
    def has_object_permission(self, request, view, obj):
        return obj.team is not None and request.user.team == obj.team


class Leads(TeamOf):
    def has_object_permission(self, request, view, obj):
        return super().has_object_permission(request, view, obj) and obj.team.lead == request.user


class Secret(permissions.BasePermission):
    def has_permission(self, request, view):
        return False

    def has_object_permission(self, request, view, obj):
        return obj.secret


class MayDelete(permissions.BasePermission):
    def has_object_permission(self, request, view, obj):
        return request.user.has_perm("gallery.delete_paper", obj)


class Papers(viewsets.ModelViewSet):
    queryset = Paper.objects.all()


class ByAuthor(Papers):
    permission_classes = [AuthorOrReadOnly]


class ByStaff(Papers):
    permission_classes = [StaffDestroys, AuthorOrReadOnly]


class ByReview(Papers):
    permission_classes = [Reviews]


class ByTeam(Papers):
    permission_classes = [TeamOf]


class ByLead(Papers):
    permission_classes = [Leads]


class Composed(Papers):
    permission_classes = [(AuthorOrReadOnly | SignedInStaff) & ~Secret]


class Alternatives(Papers):
    permission_classes = [SignedInStaff | (permissions.IsAuthenticated & Reviews)]


class Chosen(Papers):
    def get_permissions(self):
        if self.action == "destroy":
            return [MayDelete()]
        if self.action in ("update", "partial_update"):
            return [permissions.IsAuthenticated(), AuthorOrReadOnly()]
        return [permissions.AllowAny(), Reviews()]


class OnObjects(viewsets.ModelViewSet):
    queryset = Folder.objects.all()
    permission_classes = [permissions.DjangoObjectPermissions]


class One(generics.RetrieveUpdateDestroyAPIView):
    queryset = Paper.objects.all()
    permission_classes = [permissions.IsAuthenticatedOrReadOnly & AuthorOrReadOnly]


CLASSES = [ByAuthor, ByStaff, ByReview, ByTeam, ByLead, Composed, Alternatives, Chosen, OnObjects]
ACTIONS = {"get": "retrieve", "put": "update", "delete": "destroy"}


# --- narrowed querysets
class Mine(ListView):
    def get_queryset(self):
        return Paper.objects.filter(author=self.request.user)


class MineOrAll(ListView):
    model = Paper

    def get_queryset(self):
        user = self.request.user
        if user.is_superuser:
            return super().get_queryset()
        if not user.is_authenticated:
            return Paper.objects.none()
        return Paper.objects.filter(Q(author=user) | Q(reviewers=user)).distinct()


class Narrowed(ListView):
    queryset = Paper.objects.order_by("title")

    def get_queryset(self):
        papers = super().get_queryset().exclude(secret=True)
        papers = papers.select_related("team").annotate(amount=Count("comments"))
        if self.request.user.is_staff:
            return papers
        return papers.filter(team__lead=self.request.user)


class Either(ListView):
    def get_queryset(self):
        user = self.request.user
        return Paper.objects.filter(author_id=user.pk) | Paper.objects.filter(status="final")


class Reviewed(DetailView):
    model = Paper

    def get_queryset(self):
        return self.request.user.reviews.filter(status="draft")


class Helped(DetailView):
    model = Paper

    def base(self):
        return Paper.objects.filter(rank__gte=1)

    def get_queryset(self):
        return self.base().filter(comments__user_id=self.request.user.pk, comments__kind="good")


class OfTeam(ListView):
    def get_queryset(self):
        user = self.request.user
        return Paper.objects.of_team(user.team_id) if user.is_authenticated else Paper.objects.filter(status="final")


class Listed(ListView):
    model = Folder

    def get_queryset(self):
        return [folder for folder in Folder.objects.all() if folder.public or folder.owner_id == self.request.user.pk]


class Twice(Mine):
    def get_queryset(self):
        return super().get_queryset().filter(status="draft")


class Granted(ListView):
    def get_queryset(self):
        return get_objects_for_user(self.request.user, "gallery.view_paper", Paper, accept_global_perms=False)


class GrantedToUser(ListView):
    def get_queryset(self):
        names = ["gallery.view_folder", "gallery.change_folder"]
        return get_objects_for_user(self.request.user, names, klass=Folder, any_perm=True, use_groups=False)


class GrantedFinal(ListView):
    def get_queryset(self):
        granted = get_objects_for_user(self.request.user, "change_paper", klass=Paper, with_superuser=False)
        return granted.filter(status="final")


class GrantedByMixin(PermissionListMixin, ListView):
    model = Folder
    permission_required = "gallery.view_folder"
    get_objects_for_user_extra_kwargs = {"accept_global_perms": False}


class Api(viewsets.ModelViewSet):
    queryset = Paper.objects.all()

    def get_queryset(self):
        return self.queryset.filter(folder__owner=self.request.user)


def granted_folders(request):
    return get_objects_for_user(request.user, "gallery.change_folder", accept_global_perms=False)


ROWS = [Mine, MineOrAll, Narrowed, Either, Reviewed, Helped, OfTeam, Listed, Twice, Granted, GrantedToUser]
ROWS += [GrantedFinal, GrantedByMixin]
