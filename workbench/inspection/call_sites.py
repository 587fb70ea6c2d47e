"""Call sites, read from the source without loading the project, joined to the models they name."""

from __future__ import annotations

from pathlib import Path
from typing import Any


def with_call_sites(record: dict[str, Any], read: dict[str, Any]) -> dict[str, Any]:
    """The inspection's wire form, completed by the sites and by what could not be read."""
    labels = _Labels(record)
    related = _Relations(record)
    sites = [
        {
            "origin": {"name": site["text"].split("(")[0], "file": site["file"], "line": site["line"]},
            "text": site["text"],
            "model": related.model(labels, site) if site["relation"] else labels.of(site["model"]),
            "methods": site["methods"],
            "expression": site["expression"],
            "unread": site["unread"],
            "function": site["function"],
        }
        for site in read["call_sites"]
        if not site["relation"] or related.model(labels, site)
    ]
    broken = {diagnostic["place"].get("file") for diagnostic in record["diagnostics"]}  # said when loading failed
    unread = [_unread(file) for file in read["unread"] if file["file"] not in broken]
    return {**record, "call_sites": sites, "diagnostics": [*record["diagnostics"], *unread]}


def named_otherwise(record: dict[str, Any], read: dict[str, Any], root: Path) -> dict[str, str]:
    """Folder to dotted name of the apps, where the sites were read under other names than the apps are installed by.

    ``root``: what the paths of own apps are relative to.
    """
    apps = {str(root / app["path"]): app["name"] for app in record["apps"] if app["own"]}
    packages = read["packages"]
    return apps if any(packages.get(path, name) != name for path, name in apps.items()) else {}


class _Labels:
    """Model labels by the dotted names under which code imports their classes."""

    def __init__(self, record: dict[str, Any]) -> None:
        self.user = record["auth_user_model"]
        self.exact = {model["class_name"]: model["label"] for model in record["models"]}
        self.by_case = {model["label"].lower(): model["label"] for model in record["models"]}
        self.by_name: dict[str, list[str]] = {}
        for dotted in self.exact:
            self.by_name.setdefault(dotted.rpartition(".")[2], []).append(dotted)

    def of(self, named: str | None) -> str | None:
        """None where the name is no model's, or could be that of several."""
        if named is None:
            return None
        if named.startswith("user:"):
            return str(self.user)
        if named.startswith("label:"):
            return self.by_case.get(named[len("label:") :].lower())
        return self.exact.get(named) or self._reexported(named)

    def _reexported(self, named: str) -> str | None:
        """``shop.models.Book`` where the class is written in ``shop.models.books`` and imported upwards."""
        package, _, name = named.rpartition(".")
        below = [dotted for dotted in self.by_name.get(name, []) if dotted.startswith(package + ".")]
        return self.exact[below[0]] if len(below) == 1 else None


class _Relations:
    """Models behind the managers that instances have: the relations to many, by owner and attribute."""

    def __init__(self, record: dict[str, Any]) -> None:
        self.by_accessor: dict[tuple[str, str], str] = {}
        self.to_one: dict[tuple[str, str], str] = {}
        for model in record["models"]:
            for field in model["fields"]:
                if field.get("relation"):
                    self._add(model["label"], field["name"], field["relation"])

    def _add(self, label: str, name: str, relation: dict[str, Any]) -> None:
        if relation["kind"] in ("fk", "o2o"):
            self.to_one[label, name] = relation["to"]
        if relation["kind"] in ("m2m", "generic"):
            self.by_accessor[label, name] = relation["to"]
        if relation["kind"] in ("m2m", "fk") and relation.get("accessor"):
            self.by_accessor[relation["to"], relation["accessor"]] = label

    def model(self, labels: _Labels, site: dict[str, Any]) -> str | None:
        """None where the attribute is no relation to many: then the place is no call site."""
        dotted, *steps, attribute = site["relation"]
        owner = labels.of(dotted) or ""
        for step in steps:
            owner = self.to_one.get((owner, step), "")
        return self.by_accessor.get((owner, attribute))


def _unread(file: dict[str, Any]) -> dict[str, Any]:
    place = {"name": file["file"], "file": file["file"], "line": file["line"]}
    fact = f"the file does not parse, its call sites are not listed: {file['message']}"
    return {"code": "inspect-source", "place": place, "thing": file["file"], "fact": fact}
