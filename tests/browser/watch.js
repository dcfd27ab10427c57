// Runs in the page before anything else and writes down what an output may not do. Python reads `watch.seen()`.
//
// A finding is [where, kind, detail]: where is the number of the notebook's cell, or a payload's own mark.
(() => {
  const elements = new Set(
    `a abbr b blockquote br button caption code col colgroup dd del details div dl dt em h1 h2 h3 h4 h5 h6 hr i ins kbd
     li mark ol p pre s samp small span strong sub summary sup table tbody td tfoot th thead time tr u ul var`.split(/\s+/),
  );
  const attributes = new Set(
    `align class colspan data-folded dir disabled hidden href id lang open rel role rowspan start style tabindex target title type`.split(
      /\s+/,
    ),
  );
  const styles =
    /^(-webkit-)?(border|color|column|cursor|display|flex|font|gap|grid|height|line-height|list-style|margin|max-|min-|opacity|overflow|padding|table-layout|text|vertical-align|white-space|width|word)/;
  const addresses = /^(https?:\/\/|mailto:)/i;
  // Those that act on a terminal, a line or the order of letters.
  const characters = /[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/;
  const mark = /acted-[\w-]+/;
  const output = ".jp-OutputArea-output";

  // By the cell, or by the payload's mark; the same thing once.
  const found = new Map();
  function add(where, kind, detail) {
    if (!found.has(where)) found.set(where, new Map());
    found.get(where).set(`${kind} ${detail}`, [kind, detail]);
  }

  const host = (node) => node.getRootNode().host ?? null;
  function around(node, selector) {
    for (let at = node; at; at = host(at)) {
      const near = at.closest?.(selector) ?? at.parentElement?.closest(selector);
      if (near) return near;
    }
    return null;
  }
  const cells = () => [...document.querySelectorAll(".jp-Cell")];
  const where = (node) => around(node, ".jp-Cell");

  // What the reader sees of an element that is placed by itself stays inside of its output.
  function within(element, box) {
    const [inner, outer] = [element.getBoundingClientRect(), box.getBoundingClientRect()];
    return inner.left >= outer.left && inner.right <= outer.right && inner.top >= outer.top && inner.bottom <= outer.bottom;
  }

  function judgeElement(element, box) {
    const name = element.localName;
    if (!elements.has(name)) add(where(element), "element", `<${name}>`);
    for (const attribute of element.attributes) {
      if (attribute.name === "data-mime-type" || attribute.name.startsWith("aria-")) continue;
      if (!attributes.has(attribute.name)) add(where(element), "element", `<${name} ${attribute.name}>`);
      else if (mark.test(attribute.value) && !["href", "title"].includes(attribute.name))
        add(where(element), "element", `<${name} ${attribute.name}="${attribute.value.slice(0, 60)}">`);
    }
    const href = element.getAttribute("href");
    if (href !== null && !addresses.test(href)) add(where(element), "element", `<a href="${href.slice(0, 60)}">`);
    for (const property of element.style ?? [])
      if (!styles.test(property) || /url|image/i.test(element.style.getPropertyValue(property)))
        add(where(element), "element", `style of <${name}>: ${property}`);
    if ([...element.classList].some((word) => word.startsWith("ansi-"))) add(where(element), "character", "colors");
    if (element.hasAttribute("style") || element.hasAttribute("class")) {
      if (!placed.size) requestAnimationFrame(judgePlaces);
      placed.set(element, box);
    }
  }

  // Once a frame: to ask for it lays out the whole page.
  const placed = new Map();
  function judgePlaces() {
    for (const [element, box] of placed)
      if (/fixed|absolute|sticky/.test(getComputedStyle(element).position) && !within(element, box))
        add(where(element), "overlay", `<${element.localName}>`);
    placed.clear();
  }

  // `box` is the output that the node is in.
  function judge(node, box) {
    if (node.nodeType === Node.TEXT_NODE) {
      const odd = node.data.match(characters);
      if (odd) add(where(node), "character", `U+${odd[0].codePointAt(0).toString(16)}`);
    } else if (node.nodeType === Node.ELEMENT_NODE) {
      if (node !== box) judgeElement(node, box);
      if (node.shadowRoot) judgeAll(node.shadowRoot);
    }
  }
  function judgeAll(root) {
    if (!root.isConnected) return;
    const box = around(root, output);
    if (!box) return root.querySelectorAll?.(output).forEach(judgeAll);
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
    for (let node = root; node; node = walker.nextNode()) judge(node, box);
  }

  // Every state on the way is looked at, not only the last one.
  const observer = new MutationObserver((records) => {
    for (const record of records) {
      if (record.type === "childList") record.addedNodes.forEach(judgeAll);
      else if (record.target.isConnected) {
        const box = around(record.target, output);
        if (box) judge(record.target, box);
      }
    }
  });
  const everything = { subtree: true, childList: true, attributes: true, characterData: true };
  if (window === top) observer.observe(document, everything);
  const attachShadow = Element.prototype.attachShadow;
  Element.prototype.attachShadow = function (options) {
    const root = attachShadow.call(this, options);
    observer.observe(root, everything);
    return root;
  };

  const links = [];
  function click(element) {
    // An address that is allowed to be there may be opened; not all of them at once, though.
    if (element.localName === "a" && addresses.test(element.getAttribute("href"))) return links.push(element.href);
    if (element.localName === "form") return element.requestSubmit?.();
    return element.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true, view: window }));
  }

  // Leaving the page is noted, and does not happen: what was found would be lost.
  if (window === top)
    navigation.addEventListener("navigate", (event) => {
      const { sameDocument, url } = event.destination;
      if (sameDocument) return;
      add(decodeURIComponent(url).match(mark)?.[0] ?? "?", "navigation", url);
      event.preventDefault();
    });

  let last = performance.now();
  let longest = 0;
  if (window === top)
    setInterval(() => {
      const now = performance.now();
      longest = Math.max(longest, now - last);
      last = now;
    }, 50);

  const all = (selector) => [...document.querySelectorAll(output)].flatMap((box) => inside(box, selector));
  const inside = (root, selector) =>
    [...root.querySelectorAll("*")].flatMap((element) => [
      ...(element.matches(selector) ? [element] : []),
      ...(element.shadowRoot ? inside(element.shadowRoot, selector) : []),
    ]);

  window.acted = (id) => void (window.parent === window ? add(`acted-${id}`, "script", "") : parent.acted(id));
  window.watch = {
    clickAll() {
      all("a, button, summary, area, form, input, [onclick], [data-commandlinker-command]").forEach(click);
      return links;
    },
    seen: () => ({
      found: [...found].flatMap(([where, what]) => {
        const place = typeof where === "string" ? where : cells().indexOf(where);
        return [...what.values()].map(([kind, detail]) => [place, kind, detail]);
      }),
      texts: cells().map((cell) => [...cell.querySelectorAll(output)].map((box) => box.innerText).join("\n")),
      longestPause: longest,
    }),
  };
})();
