"""Call sites, read from the source without loading the project, joined to the models they name."""

from __future__ import annotations

from typing import Any


def with_call_sites(record: dict[str, Any], read: dict[str, Any]) -> dict[str, Any]:
    """The inspection's wire form, completed by the sites and by what could not be read."""
    labels = _Labels(record)
    sites = [
        {
            "origin": {"name": site["text"].split("(")[0], "file": site["file"], "line": site["line"]},
            "text": site["text"],
            "model": labels.of(site["model"]),
            "methods": site["methods"],
        }
        for site in read["call_sites"]
    ]
    unread = [_unread(file) for file in read["unread"]]
    return {**record, "call_sites": sites, "diagnostics": [*record["diagnostics"], *unread]}


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


def _unread(file: dict[str, Any]) -> dict[str, Any]:
    place = {"name": file["file"], "file": file["file"], "line": file["line"]}
    fact = f"the file does not parse, its call sites are not listed: {file['message']}"
    return {"code": "inspect-source", "place": place, "thing": file["file"], "fact": fact}
