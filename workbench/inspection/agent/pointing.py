"""Points every alias of the loaded project at the scratch database that queries run on."""

import os

FILES = set()  # type: set # of scratch databases, which code that is confined may still write


def point_to(database):
    """``database``: the entries of DATABASES to replace. An open connection to another database is closed.

    One that broke inside a transaction is opened anew: Django would refuse it for all that comes after.
    """
    from django.db import connections

    if str(database.get("ENGINE", "")).endswith("sqlite3"):
        FILES.add(os.path.realpath(str(database["NAME"])))
    for alias in connections:
        connection = connections[alias]
        if connection.closed_in_transaction:
            connection.in_atomic_block = connection.closed_in_transaction = False
            connection.close()
        if any(connection.settings_dict.get(name) != value for name, value in database.items()):
            connection.close()
            connection.settings_dict.update(database)
