from django.contrib.auth.models import User
