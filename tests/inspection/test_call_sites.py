"""Call sites are found in the source and joined to models however the code imports them."""

import os
import sys
from pathlib import Path

import pytest

from workbench.inspection.agent.call_sites import call_sites
from workbench.inspection.call_sites import named_otherwise
from workbench.inspection.client import Agent
from workbench.project import find_project
from workbench.queries.compiling import compile_queries

EXPECTED = """\
shop/models/books.py:13 shop.Book first
    cls.objects.first()
shop/models/books.py:16 shop.Book filter exclude
    Book.objects.filter(shelf=self.shelf).exclude(pk=self.pk)
shop/views.py:13 auth.User filter
    User.objects.filter(username__in=names)
shop/views.py:15 shop.Book filter order_by
    Volume.objects.filter(shelf__in=Shelf.objects.filter(name="é"))
        .order_by("-id")[:10]
shop/views.py:15 shop.Shelf filter
    Shelf.objects.filter(name="é")
shop/views.py:18 shop.Book all
    models.Book._default_manager.all()
shop/views.py:19 shop.Shelf get
    stock.Shelf.objects.get(name=name)
shop/views.py:20 - all
    request.thing.objects.all()
"""


SITES = Path(__file__).parent / "projects" / "sites"
EVALUATED = ("shop/reports.py", "shop/desk.py", "shop/models/cards.py")  # expected in reports.txt, … beside manage.py


@pytest.fixture(scope="module")
def agent():
    with Agent(find_project(SITES, python=sys.executable)) as agent:
        yield agent


@pytest.fixture(scope="module")
def inspection(agent):
    return agent.inspect()


def test_each_chain_over_a_manager_is_a_call_site_of_its_model(inspection):
    sites = [site for site in inspection.call_sites if site.origin.file not in EVALUATED]
    heads = [" ".join([str(site.origin), site.model or "-", *site.methods]) for site in sites]
    assert "".join(f"{head}\n    {site.text}\n" for head, site in zip(heads, sites, strict=True)) == EXPECTED


@pytest.mark.parametrize("file", EVALUATED)
def test_each_can_be_evaluated_away_from_its_place_or_says_why_not(file, inspection, agent):
    """Regenerate with WORKBENCH_REWRITE=1 and read the difference."""
    sites = [site for site in inspection.call_sites if site.origin.file == file]
    compiled = iter(compile_queries(agent, [site.expression for site in sites if site.expression]))
    text = "\n".join("\n".join(_lines(site, next(compiled) if site.expression else None)) for site in sites) + "\n"
    expected = SITES / Path(file).with_suffix(".txt").name
    if os.environ.get("WORKBENCH_REWRITE"):
        expected.write_text(text)
    assert text == expected.read_text()


def _lines(site, query):
    yield f"-- {site.origin.line}: {site.text}"
    yield from site.expression.splitlines()
    yield from [f"--> {site.unread}"] if site.unread else []
    yield from [f"--> {query.sql} {list(query.parameters)}"] if query else []
    yield from (f"--> {note.thing}: {note.fact}" for note in query.diagnostics) if query else ()


def test_a_file_that_does_not_parse_is_named(inspection):
    (unread,) = inspection.diagnostics
    assert str(unread).startswith("shop/broken.py:1: note [inspect-source] shop/broken.py: the file does not parse,")


def test_an_app_goes_by_the_name_it_is_installed_by(tmp_path):
    """Its folder may be on the path as part of a package, too: then its models are not the app's."""
    folder = tmp_path / "site" / "posts"
    folder.mkdir(parents=True)
    for package in (folder.parent, folder):
        (package / "__init__.py").touch()
    (folder / "views.py").write_text("from .models import Post\nPost.objects.all()\n")
    request = {"root": str(tmp_path), "paths": [str(tmp_path / "site"), str(tmp_path)]}
    record = {"apps": [{"path": "site/posts", "name": "posts", "own": True}]}
    read = call_sites(request)
    assert read["packages"] == {str(folder): "site.posts"}
    (site,) = call_sites({**request, "apps": named_otherwise(record, read, tmp_path)})["call_sites"]
    assert site["expression"] == "from posts.models import Post\nPost.objects.all()"
    assert named_otherwise({"apps": [{**record["apps"][0], "name": "site.posts"}]}, read, tmp_path) == {}
