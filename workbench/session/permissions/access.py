"""Who may do what, cell by cell: kinds of user × permissions, and the objects behind each cell in both systems."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from workbench.diagnostic import Diagnostic, Fidelity, Origin, WorkbenchError
from workbench.display import Badge, Block, Cell, Code, Columns, Displayed, Grid, Judgement, Page, Shown, Text
from workbench.session.permissions.matrix import Matrix
from workbench.session.permissions.questions import Asked
from workbench.session.permissions.witness import facts_of_thing, facts_of_user
from workbench.session.tables.model import verdict_badge
from workbench.targets.rules.table import PolicyRow
from workbench.verdict import Verdict

SHOWN = 20  # objects of one cell or of one user's view
_LEGEND = "“3 of 7”: of 7 generated objects, 3. “≠”: the systems disagree."
_WORDS = {"1": "yes", "0": "no", "x": "no: raises"}


@dataclass(frozen=True)
class Answer:
    """What both systems say of one user, permission and object (None: in general). ``kept``: None without a filter."""

    thing: int | None
    django: str
    typescript: str
    kept: bool | None = None

    @property
    def alike(self) -> bool:
        """Whether all layers say the same; where Django raises, nobody is let in."""
        allowed = self.django == "1"
        return allowed == (self.typescript == "1") and self.kept in (None, allowed)


@dataclass(frozen=True)
class AccessView(Displayed):
    """The matrix as a person reads it. ``rows``: the sources of each permission on both sides, by its full name."""

    matrix: Matrix
    verdicts: Mapping[str, Verdict]
    rows: Mapping[str, PolicyRow]

    @property
    def users(self) -> tuple[str, ...]:
        """The kinds of user that were asked about every object."""
        return self.matrix.users[: self.matrix.askers]

    @property
    def permissions(self) -> tuple[str, ...]:
        """By full name, in the order of the project."""
        return tuple(dict.fromkeys(name for name, _, _ in self._asked()))

    def page(self) -> Page:
        """A table a model: kinds of user down, permissions across, and the verdicts."""
        return Page("Who may do what", (Text(_LEGEND), *self._grids()))

    def cell(self, permission: str, user: str) -> Shown:
        """One cell: the rule on both sides, the objects behind it, the verdict. WorkbenchError for unknown names."""
        _known("permission", permission, self.permissions)
        _known("kind of user", user, self.users)
        blocks = (self._sources(permission), Text(self.told(user)), self._answers(permission, user))
        return Shown(Page(f"{permission}: {user}", (*blocks, self._judgement(permission))))

    def view_as(self, user: str) -> Shown:
        """What one kind of user sees and may do, in both systems. WorkbenchError for a name that is not known."""
        _known("kind of user", user, self.users)
        tables = (self._seen_by(subject, user) for subject in range(len(self.matrix.asked)))
        return Shown(Page(f"As {user}", (Text(self.told(user)), *(table for table in tables if table))))

    def told(self, user: str) -> str:
        """The facts of a kind of user."""
        profile = next(p for p in self.matrix.plan.askers if p.name == user)
        return facts_of_user(profile, self.matrix.data)

    def answers(self, permission: str, user: str) -> tuple[Answer, ...]:
        """What both systems said, object by object."""
        at = self.users.index(user)
        return tuple(a for name, subject, n in self._asked() if name == permission for a in self._said(subject, n, at))

    def _asked(self) -> Iterator[tuple[str, int | None, int]]:
        """Permission, its subject (None: in general), and its number there; in general only where no object was."""
        about = [
            (rule.permission.name, subject, n)
            for subject, one in enumerate(self.matrix.asked)
            for n, rule in enumerate(one.rules)
            if rule.permission.rule is not None
        ]
        yield from about
        for n, rule in enumerate(self.matrix.general):
            yield rule.permission.name, None, n

    def _said(self, subject: int | None, number: int, at: int) -> Iterator[Answer]:
        if subject is None:
            yield Answer(None, self.matrix.django.general[at][number], self.matrix.node.general[at][number])
            return
        django, node = self.matrix.django.subjects[at][subject], self.matrix.node.subjects[subject]
        rows = node.rows[at][number]
        kept = None if rows is None else set(map(str, rows))
        for thing, key in enumerate(self.matrix.asked[subject].read):
            filtered = None if kept is None else str(key) in kept
            yield Answer(thing, django[thing][number], node.can[at][thing][number], filtered)

    def rule(self, permission: str) -> Shown:
        """One permission: the rule on both sides, every kind of user, the verdict. WorkbenchError for unknown names."""
        _known("permission", permission, self.permissions)
        rows = tuple((user, self.told(user), self._count(permission, user)) for user in self.users)
        blocks = (self._sources(permission), Grid(("who", "", "may"), rows), self._judgement(permission))
        return Shown(Page(permission, blocks))

    def _sources(self, permission: str) -> Columns:
        row = self.rows[permission]
        django = Code(row.source or row.who, "python", "Django", row.origin)
        return Columns((django, Code(row.typescript, "typescript", "TypeScript")))

    def _judgement(self, permission: str) -> Judgement:
        return Judgement(self.verdicts[permission], "Django", "TypeScript")

    def _grids(self) -> Iterator[Block]:
        by_model: dict[str, list[str]] = {}
        for name in self.permissions:
            by_model.setdefault(self.rows[name].subject, []).append(name)
        views = {rule.permission.name for one in self.matrix.asked for rule in one.rules if rule.permission.asked}
        for model, found in by_model.items():
            names = [name for name in found if name not in views]
            rows: list[tuple[Cell, ...]] = [(user, *(self._count(name, user) for name in names)) for user in self.users]
            rows.append(("verdict", *(verdict_badge(self.verdicts.get(name)) for name in names)))
            yield Grid(("who", *(_action(name, model) for name in names)), tuple(rows), model)
            if len(names) < len(found):
                yield self._asked_by_views(model, [name for name in found if name in views])

    def _asked_by_views(self, model: str, names: Sequence[str]) -> Grid:
        """What a view, the admin or a rule asked by its name lets through: a row each, since their names are long."""
        rows = tuple(
            (name.partition(".")[2].replace("/", " / "), self._let_in(name), verdict_badge(self.verdicts.get(name)))
            for name in names
        )
        return Grid(("what asks", "who may", "verdict"), rows, f"{model}: what views ask")

    def _let_in(self, name: str) -> str:
        """The kinds of user that may, with the number of objects where it is not all of them."""
        counted = ((user, self._count(name, user)) for user in self.users)
        may = [user if count == "yes" else f"{user} ({count})" for user, count in counted if count != "no"]
        return ", ".join(may) or "nobody"

    def _count(self, permission: str, user: str) -> str:
        """``yes``, ``no`` or ``3 of 7``, by Django; marked where the other system says something else."""
        answers = self.answers(permission, user)
        allowed = sum(answer.django == "1" for answer in answers)
        text = "no" if not allowed else "yes" if allowed == len(answers) else f"{allowed} of {len(answers)}"
        return text if all(answer.alike for answer in answers) else f"{text} ≠"

    def _answers(self, permission: str, user: str) -> Grid:
        """The objects of a cell: those that the user may, first."""
        ordered = sorted(self.answers(permission, user), key=lambda answer: (answer.alike, answer.django != "1"))
        subject = next(found for name, found, _ in self._asked() if name == permission)
        rows = tuple(self._row(answer, subject) for answer in ordered[:SHOWN])
        headings = ("object", "Django", "TypeScript", "kept by the WHERE", "")
        return Grid(headings, rows, "Objects", max(0, len(ordered) - SHOWN))

    def _row(self, answer: Answer, subject: int | None) -> tuple[Cell, ...]:
        kept = "" if answer.kept is None else "yes" if answer.kept else "no"
        said = (_WORDS[answer.django], _WORDS[answer.typescript], kept)
        return (self._thing(subject, answer.thing), *said, "" if answer.alike else Badge("differs", "bad"))

    def _thing(self, subject: int | None, thing: int | None) -> str:
        if subject is None or thing is None:
            return "in general, without an object"
        asked = self.matrix.asked[subject]
        return facts_of_thing(asked.subject, asked.keys[thing], self.matrix.data.rows)

    def _seen_by(self, subject: int, user: str) -> Grid | None:
        """A row an object, a column a permission; nothing about models whose permissions no rule decides."""
        asked, who = self.matrix.asked[subject], self.users.index(user)
        numbers = [n for n, rule in enumerate(asked.rules) if rule.permission.rule is not None]
        if not numbers:
            return None
        columns = [tuple(self._said(subject, number, who)) for number in numbers]
        things = sorted(range(len(asked.keys)), key=lambda thing: -sum(c[thing].django == "1" for c in columns))
        rows = tuple((self._thing(subject, at), *(_both(column[at]) for column in columns)) for at in things[:SHOWN])
        return Grid(("object", *_names(asked, numbers)), rows, asked.subject.model, max(0, len(things) - SHOWN))


def _action(permission: str, model: str) -> str:
    """``change`` for ``processn.change_project``."""
    return permission.partition(".")[2].removesuffix(f"_{model.partition('.')[2].lower()}")


def _names(asked: Asked, numbers: Sequence[int]) -> list[str]:
    return [_action(asked.rules[number].permission.name, asked.subject.model) for number in numbers]


def _both(answer: Answer) -> Cell:
    """One word where the systems agree, both words where they do not."""
    if answer.alike:
        return _WORDS[answer.django]
    return Badge(f"Django {_WORDS[answer.django]}, TypeScript {_WORDS[answer.typescript]}", "bad")


def _known(what: str, name: str, names: Sequence[str]) -> None:
    if name not in names:
        fact, help = f"there is no such {what}", f"One of: {', '.join(names)}."
        raise WorkbenchError(Diagnostic("access-unknown", Origin("permissions"), name, fact, help, Fidelity.ERROR))
