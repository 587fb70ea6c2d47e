"""The verdicts of a trial of the sign-in: a hasher's, a kind of user's, and those of the steps around them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from workbench.runtime.sign_in import auth_packages
from workbench.runtime.typescript import TypeChecker
from workbench.session.check import Item
from workbench.session.sign_in.trial import Entry, Scene, Trial
from workbench.targets.better_auth.render import typescript_modules
from workbench.targets.rendering import Rendering
from workbench.verdict import AnswerWitness, AttributeWitness, Different, Equivalent, Step, Undecided, Verdict

KIND = "sign-in"
METHOD = "real sign-ins"
_NOBODY = Undecided("none", ("nobody could be signed in to try it",))
_ASSUMPTION = "Django's own login form: it strips and normalises a login name, and refuses inactive users"


def items(scene: Scene, trials: Sequence[Trial], entries: Sequence[Entry]) -> tuple[Item, ...]:
    """In the order of the tuple below the hashers and the kinds."""
    signed_in = [entry for entry in entries if entry.entered.cookie]
    steps = (Item(f"sign-in: {name}", KIND, judge(scene, entries) if signed_in else _NOBODY) for name, judge in _STEPS)
    return (*_by_hasher(trials, scene), *_by_kind(trials), *steps)


def compiled(rendering: Rendering) -> Item:
    """The real compiler on all modules, under ``strict``, beside Better Auth's own types; with all diagnostics."""
    return Item("sign-in: the modules compile", KIND, _compiled(rendering), diagnostics=rendering.diagnostics)


def _compiled(rendering: Rendering) -> Verdict:
    with TypeChecker(auth_packages) as checker:
        errors = checker.check(typescript_modules(rendering))
    if errors:
        found = tuple(AttributeWitness(f"{e.file}:{e.line}", f"TS{e.code}", "", e.message) for e in errors)
        return Different("TypeScript compiler", found)
    return Equivalent("TypeScript compiler", (Step("the modules below auth/ compile under strict"),))


def _by_hasher(trials: Sequence[Trial], scene: Scene) -> Iterator[Item]:
    for hasher in scene.subject.record.hashers:
        name = hasher.algorithm or hasher.name
        mine = [trial for trial in trials if trial.attempt.person.algorithm == hasher.algorithm]
        reasons = [note.fact for note in scene.subject.rendering.diagnostics if note.thing == name]
        verdict = _verdict(mine) if mine else Undecided("none", tuple(reasons) or ("no user has such a hash",))
        yield Item(f"hasher {name}", KIND, verdict, hasher.origin)


def _by_kind(trials: Sequence[Trial]) -> Iterator[Item]:
    kinds: dict[str, list[Trial]] = {}
    for trial in trials:
        kinds.setdefault(trial.attempt.person.kind, []).append(trial)
    for kind, mine in kinds.items():
        yield Item(f"user: {kind}", KIND, _verdict(mine))


def _verdict(trials: Sequence[Trial]) -> Verdict:
    unlike = [trial for trial in trials if not trial.alike]
    different = tuple(_witness(trial) for trial in unlike if not trial.refused_as_said)
    if different:
        return Different(METHOD, different)
    if unlike:
        return Undecided(METHOD, tuple(dict.fromkeys(map(_untranslated, unlike))))
    users = len({trial.attempt.person.login for trial in trials})
    accepted = sum(trial.better_auth.accepted for trial in trials)
    return _alike(f"{users} users, {len(trials)} sign-ins answered alike: {accepted} accepted")


def _alike(fact: str) -> Verdict:
    return Equivalent(METHOD, (Step(fact),), (_ASSUMPTION,))


def _witness(trial: Trial) -> AnswerWitness:
    left = "signs in" if trial.form is True else f"fails with {trial.form}" if trial.form else "refuses"
    answer = trial.better_auth
    right = f"signs in user {answer.user}" if answer.accepted else f"refuses ({answer.code})"
    person = trial.attempt.person
    return AnswerWitness(f"{person.login} ({person.kind})", trial.attempt.what, left, right)


def _untranslated(trial: Trial) -> str:
    person, what = trial.attempt.person, trial.attempt.what
    return f"{trial.untranslated} signs {person.login} in by {what}; it has no translation: Better Auth refuses them"


def _upgraded(scene: Scene, entries: Sequence[Entry]) -> Verdict:
    """The hash that a sign-in left is our own, and passwords get the answers that Django gives."""
    kept = [_entry_witness(entry, "its hash", "replaced", "Django's still") for entry in entries if "$" in entry.stored]
    later = [trial for entry in entries for trial in entry.later]
    kept += [_witness(trial) for trial in later if not (trial.alike or trial.refused_as_said)]
    return _judged(kept, f"{len(entries)} hashes replaced; {len(later)} sign-ins after it answered alike")


def _sessions(scene: Scene, entries: Sequence[Entry]) -> Verdict:
    """The cookie is its user's session."""
    wrong = [
        _entry_witness(entry, "requireSession()", f"user {entry.person.id}", str(entry.entered.session))
        for entry in entries
        if entry.entered.session != entry.person.id
    ]
    forged = next((entry.entered.cookie for entry in entries if entry.entered.cookie), "")
    for what, cookie in (("no cookie", ""), ("a cookie with another signature", f"{forged[:-6]}AAAAA%3D")):
        if (found := scene.worker.ask(cookie)) != 401:
            wrong.append(AnswerWitness("visitor", what, "401", str(found)))
    return _judged(wrong, f"{len(entries)} sessions are their users'; without a cookie or with a forged one: 401")


def _site_admins(scene: Scene, entries: Sequence[Entry]) -> Verdict:
    """requireSiteAdmin() lets superusers through, and nobody else."""
    has_flag = scene.subject.users.superuser is not None
    wrong, admins = [], 0
    for entry in entries:
        expected: str | int = entry.person.id if has_flag and entry.person.is_superuser else 403
        admins += expected != 403
        if entry.entered.site_admin != expected:
            wrong.append(_entry_witness(entry, "requireSiteAdmin()", str(expected), str(entry.entered.site_admin)))
    return _judged(wrong, f"{admins} superusers admitted, {len(entries) - admins} others refused")


def _locked(scene: Scene, entries: Sequence[Entry]) -> Verdict:
    """A locked account has no session any more, and gets none."""
    entry = next(entry for entry in entries if entry.entered.cookie)  # items() sees that there is one
    scene.lock(entry.person)
    found = scene.worker.ask(entry.entered.cookie or "")
    (answer,) = scene.worker.attempt([(entry.person.login, entry.person.password or "")])
    wrong = [] if found == 401 else [_entry_witness(entry, "its session, locked", "401", str(found))]
    wrong += [_entry_witness(entry, "its password, locked", "refused", "accepted")] if answer.accepted else []
    return _judged(wrong, "its session ends with the next request, and its password is refused")


def _one_answer(scene: Scene, entries: Sequence[Entry]) -> Verdict:
    """Nobody learns from a refusal whether the name, the password or the account was wrong."""
    people = {person.kind: person for person in scene.people}
    inactive = people.get("inactive") if scene.subject.users.active else None
    plain = scene.people[0]
    pairs = [(plain.login, "wrong"), (f"nobody-{plain.login}", "wrong"), (plain.login, "")]
    pairs += [(inactive.login, inactive.password or "")] if inactive else []
    answers = {(answer.status, answer.code) for answer in scene.worker.attempt(pairs)}
    said = sorted(f"{status} {code}" for status, code in answers)
    witness = AnswerWitness(plain.login, "refusals", "one answer", ", ".join(said))
    return _judged([witness] if len(answers) > 1 else [], f"{len(pairs)} refusals for different reasons: {said[0]}")


def _cut(scene: Scene, entries: Sequence[Entry]) -> Verdict:
    """A part of a hash verifies no password; the whole one does."""
    found = scene.cut_hashes()
    wrong = [
        AnswerWitness(f"{cut.algorithm} hash", f"its first {cut.length} letters", str(cut.django), str(cut.ours))
        for cut in found
        if cut.ours != (cut.django is True) or cut.ours != cut.whole
    ]
    return _judged(wrong, f"{len(found)} beginnings of hashes: those that are whole verify, no other does")


def _entry_witness(entry: Entry, thing: str, left: str, right: str) -> AnswerWitness:
    return AnswerWitness(f"{entry.person.login} ({entry.person.kind})", thing, left, right)


def _judged(wrong: Iterable[AnswerWitness], fact: str) -> Verdict:
    witnesses = tuple(wrong)
    return Different(METHOD, witnesses) if witnesses else _alike(fact)


_STEPS: tuple[tuple[str, Callable[[Scene, Sequence[Entry]], Verdict]], ...] = (
    ("hash replaced", _upgraded),
    ("requireSession()", _sessions),
    ("requireSiteAdmin()", _site_admins),
    ("cut hashes", _cut),
    ("one answer to every refusal", _one_answer),
    ("account locked afterwards", _locked),
)
