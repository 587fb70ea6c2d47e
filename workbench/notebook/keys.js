// Keys pressed in the explorer stay in it: JupyterLab's shortcuts would move between cells, and cut them.
// Its shortcuts match the focused element itself (":focus"), so that is where the attribute has to be.
const ATTRIBUTE = "data-lm-suppress-shortcuts";

function keep(explorer, model) {
  let typed = "";
  const area = () => explorer.querySelector(".wb-expression textarea");
  const run = (event) => {
    event.preventDefault();
    event.stopPropagation();
    // a busy kernel's late echo of what was typed first may have shortened the text again
    model.send({ run: typed.startsWith(area().value) ? typed : area().value });
  };
  explorer.addEventListener("input", (event) => event.target === area() && (typed = event.target.value), true);
  explorer.addEventListener("focusin", (event) => event.target.setAttribute(ATTRIBUTE, "true"));
  // capturing, because ipywidgets stops both events; text and order in one message, because ipywidgets holds texts back
  explorer.addEventListener("keydown", (event) => runs(event) && run(event), true);
  explorer.addEventListener("click", (event) => event.target.closest(".wb-run") && run(event), true);
}

// Ctrl+Enter (Cmd+Enter) in the queryset lab.
function runs(event) {
  return event.key === "Enter" && (event.ctrlKey || event.metaKey) && event.target.closest(".wb-expression");
}

// The widgets around this one are attached after it is rendered.
function render({ model, el }) {
  let frame = requestAnimationFrame(function look() {
    const explorer = el.closest(".wb-explorer");
    if (explorer) keep(explorer, model);
    else frame = requestAnimationFrame(look);
  });
  return () => cancelAnimationFrame(frame);
}

export default { render };
