# ruff: noqa: SIM201, RET503
"""Predicates as people write them. Each is asked about every user and object, in Django and in Node."""

import datetime
from datetime import date, timedelta
from decimal import Decimal

import rules
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, F, Q
from django.utils import timezone

from gallery.models import Comment, Folder, Paper, Team, User

GRACE = 7
WORDS = ("draft", "final")
PAPERS, FOLDERS = [], []


def paper(function):
    PAPERS.append(function)
    return function


def folder(function):
    FOLDERS.append(function)
    return function


# --- nullable references, guards, properties, methods
@paper
def team_lead_guarded(user, paper):
    return paper.team and paper.team.lead == user


@paper
def team_lead_unguarded(user, paper):
    return paper.team.lead_id == user.pk


@paper
def team_lead_unguarded_negated(user, paper):
    return not paper.team.lead_id == user.pk


@paper
def team_lead_by_none(user, paper):
    if paper.team is None:
        return False
    if paper.team.lead is None:
        return True
    return paper.team.lead == user


@paper
def lead_by_method(user, paper):
    return paper.team is not None and paper.team_lead() == user


@paper
def is_author(user, paper):
    return paper.is_author(user)


@paper
def open_property(user, paper):
    return paper.is_open and not user.is_anonymous


@paper
def same_team(user, paper):
    return user.is_authenticated and user.team_id is not None and user.team_id == paper.team_id


@paper
def same_team_objects(user, paper):
    return user.is_authenticated and user.team == paper.team


@paper
def not_same_team(user, paper):
    return user.team != paper.team


@paper
def name_of_team(user, paper):
    return paper.team.name in ["red", "blue"]


@paper
def local_names(user, paper):
    team = paper.team
    mine = paper.author == user
    if team is None:
        return mine
    lead = team.lead
    return mine or lead == user


@paper
def raised_at_assignment(user, paper):
    lead = paper.team.lead
    return user.is_staff or lead == user


# --- the user's own fields and rows
@paper
def editor_role(user, paper):
    return user.role == "editor"


@paper
def editor_choice(user, paper):
    return user.is_authenticated and user.role == User.Role.EDITOR


@paper
def editor_property(user, paper):
    return user.is_editor and paper.status == Paper.Status.DRAFT


@paper
def not_editor(user, paper):
    return not user.role == "editor"


@paper
def by_email(user, paper):
    return user.is_authenticated and user.email.endswith("@museum.example")


@paper
def by_username(user, paper):
    return user.username != "ada"


@paper
def profile_level(user, paper):
    return user.profile.level >= 2


@paper
def profile_has(user, paper):
    return hasattr(user, "profile") and user.profile.verified


@paper
def profile_tried(user, paper):
    if not user.is_authenticated:
        return False
    try:
        profile = user.profile
    except User.profile.RelatedObjectDoesNotExist:
        return False
    return profile.level > 1


@paper
def method_of_user(user, paper):
    return user.leads_team(paper.team)


@paper
def reviews_it(user, paper):
    return paper in user.reviews.all()


@paper
def reviews_it_filter(user, paper):
    return user.reviews.filter(pk=paper.pk).exists()


@paper
def wrote_something(user, paper):
    return user.papers.filter(status="final").exists()


@paper
def leads_a_team(user, paper):
    return user.is_authenticated and Team.objects.filter(lead=user, name="red").exists()


@paper
def is_the_class(user, paper):
    return isinstance(user, User) and isinstance(paper, Paper) and not isinstance(user, AnonymousUser)


@paper
def defaults(user, paper):
    return getattr(paper, "rank", None) == 3 or getattr(user, "is_staff", False)


# --- many to many, groups
@paper
def reviewer_in(user, paper):
    return user in paper.reviewers.all()


@paper
def reviewer_filter(user, paper):
    return paper.reviewers.filter(pk=user.pk).exists()


@paper
def reviewer_values(user, paper):
    return user.pk in paper.reviewers.values_list("pk", flat=True)


@paper
def reviewer_role(user, paper):
    return paper.reviewers.filter(role="editor", team=paper.team_id).exists()


@paper
def reader_group(user, paper):
    return paper.readers.filter(pk__in=user.groups.all()).exists()


@paper
def reader_group_users(user, paper):
    return paper.readers.filter(user=user).exists()


@paper
def group_names(user, paper):
    return "editors" in user.groups.values_list("name", flat=True)


@paper
def group_loop(user, paper):
    return any(group.name == settings.EDITORS for group in user.groups.all())


# --- rows: any, all, loops, counts, get, first, Q, exclude, Exists
@paper
def any_comment(user, paper):
    return any(c.user == user and c.kind == "good" for c in paper.comments.all())


@paper
def all_comments(user, paper):
    return all(c.kind == "good" for c in paper.comments.filter(user__is_staff=False))


@paper
def comment_scores(user, paper):
    return any([paper.rank == 1, paper.rank == 2])


@paper
def guarded_scores(user, paper):
    return any(c.score is not None and c.score > 2 for c in paper.comments.all())


@paper
def loop(user, paper):
    for comment in paper.comments.all():
        if comment.user_id != user.id:
            continue
        if comment.kind == "good":
            return True
    return False


@paper
def loop_denying(user, paper):
    for comment in paper.comments.select_related("user"):
        if comment.kind == "bad" and comment.user.is_active:
            return False
    return True


@paper
def nested(user, paper):
    return any(c.user.team == paper.team for c in paper.comments.all())


@paper
def counted(user, paper):
    return paper.comments.filter(kind="good").count() >= 2


@paper
def lengths(user, paper):
    return len(paper.comments.all()) == 1 or not paper.reviewers.count()


@paper
def either_way(user, paper):
    return Comment.objects.filter(Q(kind="good") | Q(score__gt=2), paper=paper, user=user).exists()


@paper
def not_bad(user, paper):
    return paper.comments.exclude(kind="bad").filter(user=user).exists()


@paper
def not_scored(user, paper):
    return paper.comments.filter(~Q(score__gte=2)).exists()


@paper
def across(user, paper):
    return paper.comments.filter(user__team__lead=user).exists()


@paper
def not_across(user, paper):
    return paper.comments.exclude(user__team__lead=user).exists()


@paper
def with_exists(user, paper):
    return Paper.objects.filter(Exists(Comment.objects.filter(paper=paper, user_id=user.pk)), pk=paper.pk).exists()


@paper
def by_subquery(user, paper):
    return paper.comments.filter(user__in=paper.reviewers.all()).exists()


@paper
def columns_of_row(user, paper):
    return paper.comments.filter(user=F("paper__author")).exists()


@paper
def first_comment(user, paper):
    comment = paper.comments.filter(user_id=user.pk).first()
    if comment is None:
        return False
    return comment.kind == "good"


@paper
def first_unguarded(user, paper):
    return not paper.comments.filter(user_id=user.pk).first().kind == "bad"


@paper
def get_comment(user, paper):
    try:
        comment = Comment.objects.get(paper=paper, user_id=user.pk)
    except Comment.DoesNotExist:
        return paper.author == user
    return comment.kind == "good" and comment.score is None


@paper
def folder_papers(user, paper):
    return paper.folder is not None and paper.folder.papers.filter(author=user).exists()


@paper
def queryset_method(user, paper):
    return user.is_authenticated and user.papers.of_team(paper.team_id).exists()


# --- values: nothing, numbers, decimals, dates, truth of what is no truth value
@paper
def truth_of_rank(user, paper):
    return bool(paper.rank)


@paper
def truth_of_secret(user, paper):
    return paper.secret


@paper
def not_secret(user, paper):
    return not paper.secret and paper.secret is not None


@paper
def rank_between(user, paper):
    return paper.rank is not None and 1 <= paper.rank < 3


@paper
def rank_unguarded(user, paper):
    return paper.rank > 1 or user.is_staff


@paper
def cheap(user, paper):
    return paper.price is not None and paper.price < Decimal("10.5")


@paper
def price_is(user, paper):
    return paper.price == 20


@paper
def published(user, paper):
    return paper.published_at is not None and paper.published_at <= timezone.now()


@paper
def fresh(user, paper):
    if not paper.published_at:
        return False
    return paper.published_at > timezone.now() - timedelta(days=GRACE)


@paper
def due(user, paper):
    return paper.deadline is not None and paper.deadline >= date.today()


@paper
def overdue(user, paper):
    return not (paper.deadline and paper.deadline + timedelta(days=1) > datetime.date.today())


@paper
def worded(user, paper):
    return paper.title.startswith(("The", "A ")) or "%" in paper.title


# --- skipping, combined
def skips_unless_author(user, paper):
    if paper.author != user:
        return None
    return paper.status == "draft"


def skips_by_and(user, paper):
    return paper.team and paper.team.name == "red"


def falls_through(user, paper):
    if paper.status == "final":
        return user.is_staff


# --- trees
@folder
def above_by_loop(user, folder):
    node = folder
    while node is not None:
        if node.owner == user:
            return True
        node = node.parent
    return False


@folder
def above_stopping(user, folder):
    while folder:
        if folder.public:
            return True
        if not folder.inherits:
            break
        folder = folder.parent
    return user.is_staff


@folder
def above_only(user, folder):
    node = folder
    while node.parent is not None:
        node = node.parent
        if node.owner_id == user.pk:
            return True
    return False


@folder
def hidden_above(user, folder):
    node = folder
    while node is not None and node.inherits:
        if node.name == "secret":
            return False
        node = node.parent
    return True


@folder
def above_by_recursion(user, folder):
    if folder is None:
        return False
    return folder.owner == user or above_by_recursion(user, folder.parent)


@folder
def above_by_method(user, folder):
    return folder.may_open(user)


@folder
def above_in_list(user, folder):
    return any(node.owner_id == user.id for node in folder.ancestors())


@folder
def papers_above(user, folder):
    return user.is_authenticated and Paper.objects.filter(folder__in=folder.ancestors(), author=user).exists()


@folder
def children_mine(user, folder):
    return Folder.objects.filter(parent=folder, owner=user).exists()


@paper
def folder_above(user, paper):
    return paper.folder is not None and above_by_recursion(user, paper.folder)


@paper
def asks_folder(user, paper):
    return paper.folder is not None and user.has_perm("gallery.above_by_loop_folder", paper.folder)


for function in PAPERS:
    rules.add_perm(f"gallery.{function.__name__}_paper", rules.predicate(function))
for function in FOLDERS:
    rules.add_perm(f"gallery.{function.__name__}_folder", rules.predicate(function))

skip_author = rules.predicate(skips_unless_author)
skip_and, skip_end = rules.predicate(skips_by_and), rules.predicate(falls_through)
rules.add_perm("gallery.skip_alone_paper", skip_author)
rules.add_perm("gallery.skip_not_paper", ~skip_author)
rules.add_perm("gallery.skip_or_paper", skip_author | rules.is_staff)
rules.add_perm("gallery.skip_and_paper", skip_author & rules.is_staff)
rules.add_perm("gallery.skip_second_paper", rules.is_staff & skip_author)
rules.add_perm("gallery.skip_second_or_paper", rules.is_staff | skip_and)
rules.add_perm("gallery.skip_both_paper", skip_and & skip_end)
rules.add_perm("gallery.skip_xor_paper", skip_and ^ rules.is_active)
rules.add_perm("gallery.skip_xor_second_paper", rules.is_active ^ ~skip_end)
rules.add_perm("gallery.change_paper", rules.predicate(is_author))


# --- bound to their predicate, and asked by name
@rules.predicate(bind=True)
def bound(self, user, paper):
    return paper.author == user


@rules.predicate(bind=True)
def bound_skipping(self, user, paper):
    if paper.team is None:
        return None
    return paper.team.name == "red"


@rules.predicate(bind=True)
def bound_ending(self, user, paper):
    if not user.is_staff:
        return None
    return paper.status == "final"


rules.add_perm("gallery.bound_paper", bound)
rules.add_perm("gallery.bound_skipping_paper", bound_skipping | bound)
rules.add_perm("gallery.bound_ending_paper", bound_ending & ~bound)
rules.add_rule("read_paper", rules.predicate(reviewer_in) | bound)
rules.add_rule("leave", rules.is_staff & ~rules.is_superuser)
rules.add_rule("gallery.open_folder", rules.predicate(above_by_method))
