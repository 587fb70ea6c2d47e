// Keys pressed in the explorer stay in it: JupyterLab's shortcuts would move between cells, and cut them.
// Its shortcuts match the focused element itself (":focus"), so that is where the attribute has to be.
// Ctrl+Enter (Cmd+Enter) in the queryset lab presses its button.
const ATTRIBUTE = "data-lm-suppress-shortcuts";

function keep(explorer) {
  explorer.addEventListener("focusin", (event) => event.target.setAttribute(ATTRIBUTE, "true"));
  explorer.addEventListener("keydown", (event) => runs(event) && press(event, explorer), true); // ipywidgets stops it later
}

function runs(event) {
  return event.key === "Enter" && (event.ctrlKey || event.metaKey) && event.target.closest(".wb-expression");
}

function press(event, explorer) {
  event.preventDefault();
  event.stopPropagation();
  event.target.dispatchEvent(new Event("change", { bubbles: true })); // the text first, then the button
  explorer.querySelector(".wb-run").click();
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
