"""Where the interpreter of a project is looked for, and what a start file says; nothing of a project runs here."""

import base64
import hashlib
import os
import sys
from pathlib import Path

import pytest

from workbench import discovery
from workbench.diagnostic import WorkbenchError
from workbench.project import find_project

SETTINGS = "INSTALLED_APPS = []\n"
MANAGE = 'import os\n\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "conf.settings")\n'


@pytest.fixture(autouse=True)
def _no_environment(monkeypatch, tmp_path):
    for name in ("VIRTUAL_ENV", "UV_PROJECT_ENVIRONMENT", "DJANGO_SETTINGS_MODULE", "POETRY_VIRTUALENVS_PATH"):
        monkeypatch.delenv(name, raising=False)
    for name in ("POETRY_CACHE_DIR", "WORKON_HOME"):
        monkeypatch.setenv(name, str(tmp_path / "absent"))


@pytest.fixture
def root(tmp_path):
    return project(tmp_path / "code" / "shop")


def project(folder: Path) -> Path:
    (folder / "conf").mkdir(parents=True)
    (folder / "manage.py").write_text(MANAGE)
    (folder / "conf" / "settings.py").write_text(SETTINGS)
    return folder


def environment(folder: Path, django: bool = True) -> Path:
    """A virtual environment as far as anybody looks."""
    site = folder / "lib" / "python3.11" / "site-packages"
    (site / "django").mkdir(parents=True)
    if django:
        (site / "django" / "__init__.py").touch()
    (folder / "pyvenv.cfg").touch()
    (folder / "bin").mkdir()
    (folder / "bin" / "python").symlink_to(sys.executable)
    return folder / "bin" / "python"


@pytest.mark.parametrize("place", [".venv", "venv", "env", "../.venv"])
def test_an_environment_beside_the_project_or_one_level_up(root, place):
    assert environment((root / place).resolve()) == find_project(root).python


def test_one_without_django_does_not_hide_one_that_has_it(root):
    environment(root / ".venv", django=False)
    assert environment(root.parent / "venv") == find_project(root).python


def test_the_activated_environment(root, tmp_path, monkeypatch):
    python = environment(tmp_path / "activated")
    monkeypatch.setenv("VIRTUAL_ENV", str(tmp_path / "activated"))
    assert find_project(root).python == python


def test_uv_names_its_environment_by_a_variable(root, monkeypatch):
    monkeypatch.setenv("UV_PROJECT_ENVIRONMENT", "elsewhere")
    assert environment(root / "elsewhere") == find_project(root).python


def test_pdm_writes_its_interpreter_into_a_file(root, tmp_path):
    python = environment(tmp_path / "pdm")
    (root / ".pdm-python").write_text(f"{python}\n")
    assert find_project(root).python == python


def test_poetry_names_its_environment_by_the_folder(root, tmp_path, monkeypatch):
    monkeypatch.setenv("POETRY_CACHE_DIR", str(tmp_path / "cache"))
    (root / "pyproject.toml").write_text('[tool.poetry]\nname = "Shop Front"\n')
    key = base64.urlsafe_b64encode(hashlib.sha256(os.path.realpath(root).encode()).digest()).decode()[:8]
    python = environment(tmp_path / "cache" / "virtualenvs" / f"shop_front-{key}-py3.11")
    assert find_project(root).python == python


def test_pipenv_writes_the_folder_into_its_environment(root, tmp_path, monkeypatch):
    monkeypatch.setenv("WORKON_HOME", str(tmp_path / "envs"))
    python = environment(tmp_path / "envs" / "shop-x1")
    (tmp_path / "envs" / "shop-x1" / ".project").write_text(str(root))
    assert find_project(root).python == python


def test_without_any_our_own_interpreter_serves(root):
    assert find_project(root).python == Path(sys.executable)


def test_the_chosen_one_may_be_an_environments_folder(root, tmp_path):
    environment(root / ".venv")
    assert environment(tmp_path / "mine") == find_project(root, python=tmp_path / "mine").python


def test_a_chosen_one_that_does_not_exist_is_refused(root):
    with pytest.raises(WorkbenchError) as caught:
        find_project(root, python="nowhere/python")
    assert str(caught.value) == (
        "nowhere/python: error [python-not-found] nowhere/python: no such interpreter\n"
        "    give the path of a python executable, or of a virtual environment's folder"
    )


def test_a_folder_that_does_not_exist_is_refused(tmp_path):
    with pytest.raises(WorkbenchError, match=r"^nowhere: error \[project-not-found\] nowhere: no such folder"):
        find_project(tmp_path / "nowhere")


def test_manage_py_may_be_given_itself(root):
    assert find_project(root / "manage.py").root == root


def test_the_environment_names_the_settings_where_they_are_the_projects(root, monkeypatch):
    (root / "conf" / "live.py").write_text("from .settings import *\n")
    monkeypatch.setenv("DJANGO_SETTINGS_MODULE", "conf.live")
    assert find_project(root).settings == "conf.live"
    monkeypatch.setenv("DJANGO_SETTINGS_MODULE", "another.project")
    assert find_project(root).settings == "conf.settings"


def test_a_start_file_may_choose_between_tests_and_the_rest(root):
    branch = 'if "test" in sys.argv:\n    {0}conf.test")\nelse:\n    {0}conf.settings")\n'
    text = branch.format('os.environ.setdefault("DJANGO_SETTINGS_MODULE", "')
    (root / "manage.py").write_text("import os, sys\n" + text)
    assert find_project(root).settings == "conf.settings"


def test_a_start_file_may_extend_the_import_path_and_the_environment(root):
    (root / "apps").mkdir()
    (root / "manage.py").write_text(
        MANAGE
        + 'import sys\nfrom pathlib import Path\n\nos.environ["MODE"] = "dev"\n'
        + 'sys.path.append(str(Path(__file__).parent / "apps"))\n'
    )
    found = find_project(root)
    assert found.paths == (root, root / "apps")
    assert found.env == {"MODE": "dev"}


def test_variables_given_win_over_the_real_ones_and_those_over_the_file(root, monkeypatch):
    (root / ".env").write_text("A=file\nB=file\nC=file\nD\n")
    monkeypatch.setenv("B", "real")
    monkeypatch.setenv("C", "real")
    assert find_project(root, env={"C": "given"}).env == {"A": "file", "C": "given"}


def test_a_start_file_that_does_not_parse_is_left_to_the_loading(root):
    (root / "manage.py").write_text("print 'python 2'\n")
    assert discovery.started_by(root / "manage.py") == discovery.Started()
    assert find_project(root).settings == "conf.settings"
