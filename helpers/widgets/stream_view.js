// Draws a stream as it arrives. The kernel sends HTML that helpers/markdown.py has made safe, and plain text for the
// thinking; nothing here goes into the widget's state, so nothing of it is saved with the notebook.

function part(tag, parent, style) {
  const node = document.createElement(tag);
  Object.assign(node.style, style);
  parent.append(node);
  return node;
}

function render({ model, el }) {
  const view = part("div", el, {});
  view.className = "mathjax_ignore tex2jax_ignore jp-RenderedHTMLCommon";
  const thinking = part("details", view, { opacity: "0.7", display: "none" });
  thinking.open = true;
  const summary = part("summary", thinking, { cursor: "pointer" });
  summary.textContent = "Thinking";
  const thoughts = part("div", thinking, { whiteSpace: "pre-wrap", maxHeight: "16em", overflowY: "auto" });
  const finished = part("div", view, {});
  const open = part("div", view, {});
  const stop = part("button", view, { display: "none" });
  stop.textContent = "■ Stop";
  stop.onclick = () => model.send({ kind: "stop" });

  let heard = -1; // the number of the last message that was drawn
  let openHtml = "";
  let known = false; // whether the kernel has heard that this view is here

  function draw(message) {
    if (message.whole) {
      thoughts.textContent = "";
      finished.textContent = "";
      openHtml = "";
    } else if (message.number !== heard + 1) {
      return; // something is missing, such as what came before this view was there; a whole one follows
    }
    heard = message.number;
    if (message.thinking) {
      const atEnd = thoughts.scrollHeight - thoughts.scrollTop - thoughts.clientHeight < 30;
      thoughts.append(message.thinking);
      thinking.style.display = "";
      if (atEnd) thoughts.scrollTop = thoughts.scrollHeight;
    }
    if (message.finished) finished.insertAdjacentHTML("beforeend", message.finished);
    const [keep, added] = message.open;
    openHtml = openHtml.slice(0, keep) + added;
    open.innerHTML = openHtml;
    if (message.answering && thinking.open && !thinking.dataset.folded) {
      thinking.open = false; // once; from here on it is the reader's
      thinking.dataset.folded = "yes";
    }
    known = message.stoppable;
    stop.style.display = known ? "" : "none";
  }

  // The kernel answers with a whole message if it hears this while the cell runs. It does so in front ends that have
  // subshells, as soon as theirs is up; elsewhere it hears nothing before the cell has ended, and calling stops.
  let calls = 0;
  const calling = setInterval(() => {
    if (known || ++calls > 8) clearInterval(calling);
    else model.send({ kind: "here" });
  }, 300);
  model.on("msg:custom", draw);
  return () => {
    clearInterval(calling);
    model.off("msg:custom", draw);
  };
}

export default { render };
