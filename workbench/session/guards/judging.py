"""The verdict on each address and method: Django's answers to requests beside the generated guard's."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from workbench.diagnostic import Diagnostic, Fidelity
from workbench.policies.policy import View
from workbench.runtime.node import GuardCall, NodeWorker
from workbench.session.guards.comparing import Compared, admitted, compared
from workbench.session.guards.requests import Answer, Tried
from workbench.targets.rules.loaders import OWN, Loader
from workbench.targets.rules.views import GuardFunction
from workbench.verdict import AnswerWitness, Different, Equivalent, Step, Undecided, Verdict

METHOD = "requests"
_WORDS = ("pass", "401", "403", "404")
_VISITOR: Mapping[str, Any] = {
    "id": None, "active": True, "staff": False, "superuser": False, "groups": (), "permissions": ()
}  # fmt: skip
_SHOWN_WITNESSES = 3
_NOT_LOADED = "no object"


@dataclass(frozen=True)
class GuardVerdict:
    """One address and method: its guard, every request, and the verdict."""

    view: View
    method: str
    function: GuardFunction | None
    compared: tuple[Compared, ...]
    verdict: Verdict

    @property
    def id(self) -> str:
        """``GET projects/<int:pk>/``."""
        return f"{self.method} {self.view.route or '/'}"


@dataclass(frozen=True)
class Guards:
    """The generated guards of a project, loaded in Node under ``key``."""

    functions: tuple[GuardFunction, ...]
    loaders: Mapping[str, Loader]  # by model label
    worker: NodeWorker
    key: str
    settings: Mapping[str, Any]  # of the database that contexts are loaded from

    def of(self, view: View, method: str) -> GuardFunction | None:
        """The guard of a view before one of its methods."""
        guards = tuple(guard for guard in view.guards if not guard.methods or method in guard.methods)
        same = (f for f in self.functions if f.view.view == view.view and f.view.guards == guards)
        return next((f for f in same if not f.methods or method in f.methods), None)

    def answers(self, tried: Sequence[Tried]) -> list[tuple[Compared, ...]]:
        """For each view its requests, with what its guard says; a view without a guard lets everybody pass."""
        calls: list[GuardCall] = []
        contexts: dict[str, tuple[str, str, int | str]] = {}
        places = [[self._call(self.of(one.view, a.method), a, calls, contexts) for a in one.answers] for one in tried]
        found = self.worker.ask_guards(self.key, calls, list(contexts.values()), self.settings) if calls else []
        return [compared(one, [_said(place, found) for place in at]) for one, at in zip(tried, places, strict=True)]

    def _call(
        self,
        function: GuardFunction | None,
        answer: Answer,
        calls: list[GuardCall],
        contexts: dict[str, tuple[str, str, int | str]],
    ) -> int | str:
        """The number of the call that answers, or the answer where none is needed."""
        if function is None:
            return "pass"
        about = None
        for rule in function.rules:
            loader = self.loaders.get(rule.permission.model or "")
            thing = next((o for o in answer.objects if o["model"] == rule.permission.model), None)
            if loader is not None and thing is None:
                return _NOT_LOADED
            if loader is not None and thing is not None:
                about = f"{loader.contexts} {thing['pk']}"
                contexts[about] = (about, loader.contexts, thing["pk"])
        user = _user(answer)
        own = f"{OWN} {user['id']}" if function.reads_own and user["id"] is not None else None
        if own is not None:
            contexts[own] = (own, OWN, user["id"])
        calls.append((f"permissions/{function.module}", function.name, user, about, own))
        return len(calls) - 1


def _said(place: int | str, found: Sequence[str]) -> str:
    return place if isinstance(place, str) else found[place]


def _user(answer: Answer) -> Mapping[str, Any]:
    facts = answer.facts or _VISITOR
    named = {"staff": "isStaff", "superuser": "isSiteAdmin"}
    return {named.get(name, name): value for name, value in facts.items()}


def judge(tried: Tried, compared: Sequence[Compared], guards: Guards) -> Iterator[GuardVerdict]:
    """A verdict for each method that the view takes."""
    for method in tried.view.methods:
        of_method = tuple(one for one in compared if one.answer.method == method)
        function = guards.of(tried.view, method)
        if tried.reason or any(one.answer.status != 405 for one in of_method):  # else the method is not taken
            verdict = _verdict(of_method, tried, function)
            yield GuardVerdict(tried.view, method, function, of_method, verdict)


def _verdict(compared: tuple[Compared, ...], tried: Tried, function: GuardFunction | None) -> Verdict:
    """Untranslated guards first, then what no request can tell, then differences."""
    view = tried.view
    if tried.reason:
        return Undecided(METHOD, (tried.reason,))
    if function is not None and function.denies:
        facts = tuple(dict.fromkeys(gap.fact for gap in function.diagnostics))
        return Undecided(METHOD, facts or ("its generated guard lets nobody pass",))
    found = [one for one in compared if one.answer.path not in _missing(compared)]
    if not found:
        return Undecided(METHOD, ("every address tried answers 404 before its guards: no row fits it",))
    unseen = unseen_reason(found, view)
    if unseen:
        return Undecided(METHOD, (unseen,))
    found = admitted(found)
    turned_away = any(one.loose and not one.answer.reached for one in found)
    admits = any(one.typescript == "pass" for one in found)
    if admits and not turned_away and not any(map(_through, found)):
        return Undecided(METHOD, (f"nobody who was tried came through: {_list(found)}",))
    clear = [one for one in found if one.answer.word in _WORDS and one.typescript != _NOT_LOADED]
    wrong = [one for one in clear if not one.agrees]
    rules = function.rules if function else ()
    stubs = [gap for rule in rules for gap in rule.diagnostics if gap.code != "rules-no-filter"]
    if stubs and all(one.typescript != "pass" for one in wrong):
        return Undecided(METHOD, tuple(dict.fromkeys(f"{gap.thing}: {gap.fact}" for gap in stubs)))
    if wrong:
        return Different(METHOD, tuple(_witness(one, view, function) for one in wrong[:_SHOWN_WITNESSES]))
    raised = [one for one in found if one.answer.raised and one.typescript in ("401", "403", "404")]
    unclear = [one for one in found if one not in clear and one not in raised]
    if unclear or not _works(clear, raised):
        return Undecided(METHOD, tuple(dict.fromkeys(_unclear(one) for one in (unclear or raised))))
    return _alike(found, raised)


def _works(clear: Sequence[Compared], raised: Sequence[Compared]) -> bool:
    """Whether a guard that raised for one user let another pass and refused a third: it is the guard that raises."""
    words = {one.answer.word for one in clear}
    return not raised or ("pass" in words and len(words) > 1)


def _through(one: Compared) -> bool:
    return one.answer.word == "pass" and not one.inside


def _list(compared: Sequence[Compared]) -> str:
    return ", ".join(dict.fromkeys(f"{one.answer.user} {one.answer.shown}" for one in compared))


def _missing(compared: Sequence[Compared]) -> set[str]:
    """Addresses at which nobody finds anything."""
    paths = {one.answer.path for one in compared}
    return paths - {one.answer.path for one in compared if one.answer.word != "404"}


def unseen_reason(compared: Sequence[Compared], view: View) -> str:
    """Why no guard explains a refusal: the view decides inside, or something around it does that was not read."""
    inside = next((one.answer for one in compared if one.loose and one.inside), None)
    if inside is not None:
        return f"its own body answers {inside.shown} to {inside.user} ({inside.method}), which no guard before it says"
    before = next((one.answer for one in compared if one.loose), None)
    if before is not None and not view.guards:
        return f"it answers {before.shown} to {before.user} ({before.method}), and no guard was found before it"
    return ""


def _unclear(one: Compared) -> str:
    answer = one.answer
    if one.typescript == _NOT_LOADED:
        return f"{answer.method} {answer.path}: the object that its guard is about is not known from the address"
    return f"{answer.user} ({answer.method}): {answer.word}, before the view ran"


def _witness(one: Compared, view: View, function: GuardFunction | None) -> AnswerWitness:
    guards = "\n".join(guard.source or guard.kind for guard in view.guards) or "no guard"
    said = "pass" if one.answer.word == "pass" else one.answer.shown
    thing = f"{one.answer.method} {one.answer.path}"
    written = function.text.strip() if function else "no guard"
    return AnswerWitness(one.answer.user, thing, said, one.typescript, "may this user come in?", guards, written)


def _alike(compared: Sequence[Compared], raised: Sequence[Compared]) -> Equivalent:
    users = dict.fromkeys(one.answer.user for one in compared)
    paths = {one.answer.path for one in compared}
    step = Step(f"{len(compared)} requests by {len(users)} users to {len(paths)} addresses answered alike")
    assumed = [f"users who were not tried are told apart as these are: {', '.join(users)}"]
    sent = dict.fromkeys(one.answer.location for one in compared if one.answer.sent_elsewhere)
    if sent:
        assumed.append(f"who is sent to another page came past the guards: {', '.join(sent)}")
    if raised:
        names = ", ".join(dict.fromkeys(f"{one.answer.error} for {one.answer.user}" for one in raised))
        assumed.append(f"where Django's guard raises, nobody is let in: {names}")
    return Equivalent(METHOD, (step,), tuple(assumed))


def unseen(verdicts: Sequence[GuardVerdict]) -> dict[View, str]:
    """Views whose generated guard lets in whom Django refuses: it has to deny until a person has looked."""
    found: dict[View, str] = {}
    for one in verdicts:
        loose = [compared for compared in one.compared if compared.loose]
        if loose:
            answer = loose[0].answer
            reason = f"requests show a refusal that no guard explains: {answer.shown} to {answer.user}"
            found.setdefault(one.view, unseen_reason(loose, one.view) or reason)
    return found


def unseen_diagnostic(view: View, reason: str) -> Diagnostic:
    """``guards-unseen``."""
    help = "write the guard by hand; until then its TypeScript guard lets nobody pass"
    return Diagnostic("guards-unseen", view.origin, view.view, reason, help, Fidelity.MANUAL)
