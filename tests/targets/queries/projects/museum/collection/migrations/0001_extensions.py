from django.contrib.postgres.operations import HStoreExtension, TrigramExtension, UnaccentExtension
from django.db import migrations


class Migration(migrations.Migration):
    initial = True
    operations = [HStoreExtension(), TrigramExtension(), UnaccentExtension()]
