// Keys pressed in the explorer stay in it: JupyterLab's shortcuts would move between cells, and cut them.
// Ctrl+Enter (Cmd+Enter) in the queryset lab presses its button.
// Its shortcuts match the focused element itself (":focus"), so that is where the attribute has to be.
function keep(explorer) {
  explorer.addEventListener("focusin", (event) => event.target.setAttribute("data-lm-suppress-shortcuts", "true"));
  explorer.addEventListener("keydown", (event) => {
    const typing = event.target.closest(".wb-expression");
    if (!typing || event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    event.target.dispatchEvent(new Event("change", { bubbles: true }));
    explorer.querySelector(".wb-run").click();
  });
}

// The widgets around this one are attached after it is rendered.
function render({ el }) {
  let frame = requestAnimationFrame(function look() {
    const explorer = el.closest(".wb-explorer");
    if (explorer) keep(explorer);
    else frame = requestAnimationFrame(look);
  });
  return () => cancelAnimationFrame(frame);
}

export default { render };
