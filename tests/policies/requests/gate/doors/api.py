from django.db.models import Q
from rest_framework import permissions, serializers, viewsets

from doors.models import Door


class DoorSerializer(serializers.ModelSerializer):
    class Meta:
        model = Door
        fields = ["slug", "open"]


class IsLong(permissions.BasePermission):
    def has_permission(self, request, view):
        return request.user.is_staff or request.user.is_superuser


class ByModel(viewsets.ModelViewSet):
    queryset = Door.objects.all()
    serializer_class = DoorSerializer
    permission_classes = [permissions.DjangoModelPermissions]


class ByAction(viewsets.ModelViewSet):
    queryset = Door.objects.all()
    serializer_class = DoorSerializer

    def get_permissions(self):
        if self.action in ("list", "retrieve"):
            return [permissions.AllowAny()]
        return [(permissions.IsAuthenticated & IsLong)()]


class OwnsDoor(permissions.BasePermission):
    def has_object_permission(self, request, view, obj):
        return obj.owner_id is not None and obj.owner_id == request.user.pk


class OpenOrOwn(permissions.BasePermission):
    """Whoever is signed in looks at a door; only its owner paints it."""

    def has_permission(self, request, view):
        return bool(request.user and request.user.is_authenticated)

    def has_object_permission(self, request, view, obj):
        if request.method in permissions.SAFE_METHODS:
            return obj.open or obj.owner == request.user
        return obj.owner == request.user


class ByOwner(viewsets.ModelViewSet):
    queryset = Door.objects.all()
    serializer_class = DoorSerializer
    permission_classes = [permissions.IsAdminUser | (permissions.IsAuthenticated & OwnsDoor)]


class Narrowed(viewsets.ModelViewSet):
    """Doors that are closed, and somebody else's, are not there at all; others are looked at, or painted by owners."""

    queryset = Door.objects.all()
    serializer_class = DoorSerializer
    permission_classes = [OpenOrOwn]

    def get_queryset(self):
        return super().get_queryset().filter(Q(open=True) | Q(owner=self.request.user))


class OwnObject(viewsets.ModelViewSet):
    queryset = Door.objects.all()
    serializer_class = DoorSerializer
    permission_classes = [OwnsDoor]

    def get_object(self):
        return Door.objects.get(slug=self.kwargs["pk"])


class Unread(permissions.BasePermission):
    def has_object_permission(self, request, view, obj):
        return obj.slug in request.headers


class ByHeader(viewsets.ModelViewSet):
    queryset = Door.objects.all()
    serializer_class = DoorSerializer
    permission_classes = [Unread]


class ByUser(viewsets.ModelViewSet):
    queryset = Door.objects.all()
    serializer_class = DoorSerializer

    def get_permissions(self):
        return [permissions.AllowAny()] if self.request.user.is_staff else [permissions.IsAuthenticated()]
