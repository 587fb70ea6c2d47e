"""PASSWORD_HASHERS: which of them ``django-passwords.ts`` verifies, and why it does not verify the others."""

from __future__ import annotations

from collections.abc import Iterator

from workbench.diagnostic import Diagnostic, Fidelity, Origin
from workbench.inspection.sign_in_records import HasherRecord, SignInRecord

VERIFIED = ("pbkdf2_sha256", "pbkdf2_sha1", "argon2", "bcrypt_sha256", "bcrypt", "scrypt", "md5")
_UNSALTED = ("unsalted_md5", "unsalted_sha1", "crypt")
_RESET = "Users with such a hash need a new password; preflight.sql counts them."


def verdicts(record: SignInRecord) -> dict[str, bool]:
    """Algorithm -> whether our module verifies it, in the order of PASSWORD_HASHERS."""
    return {hasher.algorithm: not _reason(hasher) for hasher in record.hashers if hasher.algorithm}


def hasher_gaps(record: SignInRecord) -> Iterator[Diagnostic]:
    """What is said about the hashers."""
    for hasher in record.hashers:
        place = hasher.origin or Origin(hasher.name)
        if reason := _reason(hasher):
            yield Diagnostic("sign-in-hasher", place, hasher.algorithm or hasher.name, reason, _RESET, Fidelity.MANUAL)
        elif hasher.missing:
            fact = f"Django itself cannot verify it in this interpreter: {hasher.missing}"
            yield Diagnostic("sign-in-hasher-missing", place, hasher.algorithm, fact)


def _reason(hasher: HasherRecord) -> str:
    """Why its hashes are not verified; "" where they are."""
    if not hasher.algorithm:
        return "it could not be loaded"
    if hasher.algorithm in _UNSALTED:
        return "a hash without a salt is refused"
    if hasher.algorithm not in VERIFIED:
        return "an algorithm of the project's own has no translation"
    if hasher.overrides:
        return f"its own {', '.join(f'{method}()' for method in hasher.overrides)} may compute something else"
    return ""
