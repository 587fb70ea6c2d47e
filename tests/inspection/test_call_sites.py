"""Call sites are found in the source and joined to models however the code imports them."""

import sys
from pathlib import Path

import pytest

from workbench.inspection.client import Agent
from workbench.project import find_project

EXPECTED = """\
shop/models/books.py:13 - first
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


@pytest.fixture(scope="module")
def inspection():
    with Agent(find_project(Path(__file__).parent / "projects" / "sites", python=sys.executable)) as agent:
        return agent.inspect()


def test_each_chain_over_a_manager_is_a_call_site_of_its_model(inspection):
    sites = inspection.call_sites
    heads = [" ".join([str(site.origin), site.model or "-", *site.methods]) for site in sites]
    assert "".join(f"{head}\n    {site.text}\n" for head, site in zip(heads, sites, strict=True)) == EXPECTED


def test_a_file_that_does_not_parse_is_named(inspection):
    (unread,) = inspection.diagnostics
    assert str(unread).startswith("shop/broken.py:1: note [inspect-source] shop/broken.py: the file does not parse,")
