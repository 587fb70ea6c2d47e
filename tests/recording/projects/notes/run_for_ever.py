"""A command that is ended from outside."""

import os
import time

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "settings"
django.setup()

from django.db import connection  # noqa: E402
from journal.models import Tag  # noqa: E402

connection.settings_dict["NAME"] = ":memory:"
with connection.schema_editor() as editor:
    editor.create_model(Tag)
for _ in range(3):
    Tag.objects.filter(word="kept").exists()
print("ready", flush=True)
time.sleep(600)
