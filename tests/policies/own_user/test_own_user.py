"""A user model with a has_perm() of its own, and a backend that grants in general: both sides asked."""

from pathlib import Path

import workbench as wb
from workbench.session.permissions.matrix import MatrixTrial
from workbench.session.permissions.sources import Sources
from workbench.session.permissions.verdicts import verdicts

DESK = Path(__file__).parent / "desk"


def test_a_user_model_that_answers_itself() -> None:
    with wb.open(DESK) as shop:
        with MatrixTrial(shop, shop._worker()) as trial:
            matrix = trial.matrix()
            found = verdicts(matrix, Sources(shop.policies, shop.permissions.rendering))
            text = trial.files["permissions/desk.ts"]
        gaps = [gap for gap in shop.permissions.diagnostics if gap.code == "rules-module-perms"]
    own = {name: verdict.word for name, verdict in found.items() if name.rpartition("_")[2] in ("letter", "stamp")}
    assert set(own.values()) == {"equivalent"} and len(own) == 8, found
    assert "new Registry<User, LetterContext>(false)" in text  # a superuser on leave may not
    at = matrix.users.index("superuser")
    on_leave = [name for name in matrix.users if name.startswith("own row")]
    assert on_leave and "1" in matrix.django.general[at]
    assert [(gap.thing, gap.fidelity.value) for gap in gaps] == [("has_module_perms", "manual")]
