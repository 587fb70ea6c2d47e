"""Rules of every fate: translated, raising in Python, beyond translation."""

import rules
from django.db import connection


@rules.predicate
def is_member(user, club):
    return user.is_authenticated and club.memberships.filter(user=user).exists()


@rules.predicate
def is_host(user, club):
    return club.memberships.filter(user=user, role="host").exists()


@rules.predicate
def is_owner(user, club):
    return club.owner == user


@rules.predicate
def is_open(user, club):
    return club.open


@rules.predicate
def is_grand(user, club):
    return club.level > 5


@rules.predicate
def is_host_of_club(user, meeting):
    return is_host(user, meeting.club)


@rules.predicate
def is_cancelled(user, meeting):
    return meeting.cancelled


@rules.predicate
def breaks_the_transaction(user, club):
    """What a database refuses ends its transaction: the questions after it must not feel that."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT no_such_column FROM club_club")
    return True


@rules.predicate
def remembers(user, club):
    """Keeps its answer on the object: right within a request, wrong if an object outlives its user."""
    if not hasattr(club, "_remembered"):
        club._remembered = club.memberships.filter(user_id=user.pk).exists()
    return club._remembered


rules.add_perm("club.view_club", is_open | is_member)
rules.add_perm("club.change_club", is_owner | (is_member & is_host & ~is_grand))
rules.add_perm("club.delete_club", is_owner & rules.is_active)
rules.add_perm("club.break_club", breaks_the_transaction)
rules.add_perm("club.greet_club", remembers)
rules.add_perm("club.audit_club", rules.is_staff | rules.is_group_member("auditors"))
rules.add_rule("change_club", is_owner | rules.is_superuser)  # less than the permission of that name allows
rules.add_perm("club.change_meeting", is_host_of_club & ~is_cancelled)
