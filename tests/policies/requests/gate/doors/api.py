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
