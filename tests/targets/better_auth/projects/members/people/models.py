"""Members: a custom user model with keys of its own and without first and last names."""

import uuid

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models


class MemberManager(BaseUserManager):
    def create_user(self, email, password=None, **more):
        member = self.model(email=email, **more)
        member.set_password(password)
        member.save(using=self._db)
        return member


class Member(AbstractBaseUser, PermissionsMixin):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    email = models.EmailField("e-mail", unique=True, db_column="e mail")
    full_name = models.CharField(max_length=100, blank=True)
    number = models.PositiveIntegerField(unique=True)
    born = models.DateField()
    is_active = models.BooleanField(default=True)
    is_staff = models.BooleanField(default=False)
    date_joined = models.DateTimeField(auto_now_add=True)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["number", "born"]

    objects = MemberManager()

    class Meta:
        db_table = "user"  # the name that Better Auth's own table would have
