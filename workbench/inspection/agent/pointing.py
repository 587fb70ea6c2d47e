"""Points every alias of the loaded project at the scratch database that queries run on."""


def point_to(database):
    """``database``: the entries of DATABASES to replace. An open connection to another database is closed."""
    from django.db import connections

    for alias in connections:
        connection = connections[alias]
        if any(connection.settings_dict.get(name) != value for name, value in database.items()):
            connection.close()
            connection.settings_dict.update(database)
