"""Users that Django made sign in through real Better Auth on the same PostgreSQL, and nobody else does."""

from __future__ import annotations

import pytest

from workbench.session.sign_in.proof import SignInProof

PROOFS = ("bookshop_proof", "members_proof")
DEFAULT_HASHERS = {"pbkdf2_sha256", "pbkdf2_sha1", "argon2", "bcrypt_sha256", "scrypt"}


@pytest.mark.parametrize("name", PROOFS)
def test_both_answer_alike(name: str, request: pytest.FixtureRequest) -> None:
    proof: SignInProof = request.getfixturevalue(name)
    assert [item.id for item in proof.items if item.verdict.word == "different"] == []
    assert proof.false_accepts == ()
    assert all(trial.alike for trial in proof.trials)
    assert len(proof.trials) > 900


@pytest.mark.parametrize("name", PROOFS)
def test_every_hasher_signed_somebody_in(name: str, request: pytest.FixtureRequest) -> None:
    proof: SignInProof = request.getfixturevalue(name)
    signed_in = {trial.attempt.person.algorithm for trial in proof.trials if trial.better_auth.accepted}
    assert signed_in >= DEFAULT_HASHERS


def test_hashes_at_full_price_sign_in(bookshop_proof: SignInProof) -> None:
    dear = [trial for trial in bookshop_proof.trials if trial.attempt.person.kind == "full cost"]
    accepted = {trial.attempt.person.algorithm for trial in dear if trial.better_auth.accepted}
    assert accepted == DEFAULT_HASHERS
    assert {t.attempt.person.stored.split("$")[1] for t in dear if "pbkdf2" in t.attempt.person.algorithm} == {
        "1000000"
    }


def test_every_kind_of_refusal_was_met(bookshop_proof: SignInProof) -> None:
    """Guards the trial itself: without these users it would show nothing."""
    kinds = {trial.attempt.person.kind for trial in bookshop_proof.trials}
    assert kinds >= {
        "inactive", "unusable password", "hash without its last letter", "hash of another user", "no address",
        "shared address", "accented name", "password with a NUL", "hash of no form",
    }  # fmt: skip
    tried = {trial.attempt.what for trial in bookshop_proof.trials}
    assert tried >= {
        "its password in NFD", "its password in NFKC", "72 bytes of it and another end", "a NUL more", "nothing",
        "half a letter", "its stored hash", "name with a NUL", "name in NFD", "wide name", "placeholder",
    }  # fmt: skip


def test_where_djangos_form_and_authenticate_differ_the_form_is_followed(bookshop_proof: SignInProof) -> None:
    """HMAC pads its key with NULs: authenticate() alone takes a password with one more; the form does not."""
    found = {(trial.attempt.what, trial.form, trial.authenticate) for trial in bookshop_proof.form_decides}
    assert ("a NUL more", False, True) in found
    assert ("name between spaces", True, False) in found


@pytest.mark.parametrize("name", PROOFS)
def test_what_was_moved_was_counted_first(name: str, request: pytest.FixtureRequest) -> None:
    proof: SignInProof = request.getfixturevalue(name)
    people = {trial.attempt.person for trial in proof.trials}
    counted = {what: users for what, users, _ in proof.preflight}
    assert counted["users"] == len({person.id for person in people})
    assert counted["inactive"] == len([person for person in people if not person.is_active])
    assert counted["superusers"] == len([person for person in people if person.is_superuser])
    assert not any(stops for _, _, stops in proof.preflight)


def test_hashers_of_the_projects_own_are_not_vouched_for(members_proof: SignInProof) -> None:
    undecided = {item.id: item.verdict.reasons for item in members_proof.items if item.verdict.word == "undecided"}
    assert undecided == {
        "hasher peppered": ("an algorithm of the project's own has no translation",),
        "hasher md5": ("its own encode() may compute something else",),
    }
    counted = {what: users for what, users, _ in members_proof.preflight}
    assert counted["password hash that Django accepts and Better Auth cannot verify"] == 2


def test_a_backend_without_a_translation_is_undecided_and_its_users_are_refused(any_case_proof: SignInProof) -> None:
    proof = any_case_proof
    undecided = {item.id: item.verdict.reasons for item in proof.items if item.verdict.word == "undecided"}
    refused = [trial for trial in proof.trials if trial.refused_as_said]
    assert [item.id for item in proof.items if item.verdict.word == "different"] == []
    assert proof.false_accepts == ()
    assert {trial.form for trial in refused} == {True} and not any(t.better_auth.accepted for t in refused)
    assert "name in upper case" in {trial.attempt.what for trial in refused}
    backend = "people.backends.AnyCaseBackend"
    assert undecided["user: superuser"][0] == (
        f"{backend} signs superuser@example.org in by name in upper case; it has no translation: "
        "Better Auth refuses them"
    )
    assert f"{len(refused)} refused since their backend has no translation" in repr(proof)
