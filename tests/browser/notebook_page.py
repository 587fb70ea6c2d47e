"""A notebook in JupyterLab as a person sees it: open it, run it, look at cells."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect

RUN_PATIENCE = 180_000  # milliseconds for all cells: the first run may install the Node packages

READY = """async () => {
  const panel = window.jupyterapp.shell.currentWidget;
  await panel.context.ready;
  await panel.sessionContext.ready;
  await panel.sessionContext.session.kernel.info;
}"""
IDLE = """() => {
  const panel = window.jupyterapp.shell.currentWidget;
  const cells = [...panel.content.model.cells].filter(cell => cell.type === 'code');
  return cells.every(cell => cell.executionCount != null) && panel.sessionContext.session.kernel.status === 'idle';
}"""
CLEAR = "window.jupyterapp.commands.execute('notebook:clear-all-cell-outputs')"
RUN = "window.jupyterapp.commands.execute('notebook:run-all-cells')"


class NotebookPage:
    """One notebook in one browser page; every script error and error message of the page is kept in ``errors``."""

    def __init__(self, page: Page, url: str, notebook: str) -> None:
        self.page = page
        self.errors: list[str] = []
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.goto(f"{url}/lab/tree/{notebook}?reset")
        page.wait_for_selector(".jp-Notebook .jp-Cell", timeout=60_000)
        page.evaluate(READY)  # running earlier asks for a kernel and runs nothing

    def run(self) -> None:
        """Clears what was stored, runs every cell and waits for the last."""
        self.page.evaluate(CLEAR)
        self.page.evaluate(RUN)
        self.page.wait_for_function(IDLE, timeout=RUN_PATIENCE)

    def outputs(self) -> Locator:
        """The outputs of all cells."""
        return self.page.locator(".jp-Notebook .jp-OutputArea-output")

    def failures(self) -> list[str]:
        """What cells printed as errors."""
        return self.page.locator("[data-mime-type='application/vnd.jupyter.stderr']").all_inner_texts()

    def shows(self, text: str) -> Locator:
        """The display whose title is ``text``; fails where there is none."""
        display = self.page.locator(
            ".jp-OutputArea .wb", has=self.page.locator(".wb-title strong", has_text=text)
        ).first
        expect(display).to_be_visible()
        return display
