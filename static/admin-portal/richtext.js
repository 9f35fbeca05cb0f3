// Text areas of rich texts become editors with a toolbar: once they come near the window, so that an interview of fifty
// questions in three languages opens at once. The text area stays, hidden, and holds what will be sent.

const script = document.querySelector("script[data-editor][data-labels]");
const labels = JSON.parse(script.dataset.labels);
const SELECTOR = "textarea[data-rich-text]";

let library; // of the editor; loaded when the first one is needed
const load = () => (library ??= import(script.dataset.editor));

// The toolbar's buttons: what they do, when they are pressed, and their drawing on a grid of 24.
const BUTTONS = [
  { name: "bold", run: (chain) => chain.toggleBold(), active: "bold", keys: "Control+B", icon: "M7 5h6a3.5 3.5 0 0 1 0 7H7zM7 12h7a3.5 3.5 0 0 1 0 7H7z" },
  { name: "italic", run: (chain) => chain.toggleItalic(), active: "italic", keys: "Control+I", icon: "M10 5h8M6 19h8M14 5l-4 14" },
  { name: "heading", run: (chain) => chain.toggleHeading({ level: 3 }), active: ["heading", { level: 3 }], icon: "M5 5v14M15 5v14M5 12h10M19 19v-7l-2 1.5" },
  { name: "subheading", run: (chain) => chain.toggleHeading({ level: 4 }), active: ["heading", { level: 4 }], icon: "M5 7v11M13 7v11M5 12.5h8M17 13.5q2.5-2 3.5 0t-3.5 4.5h4" },
  { name: "bullets", run: (chain) => chain.toggleBulletList(), active: "bulletList", icon: "M9 6h11M9 12h11M9 18h11M4 6h.01M4 12h.01M4 18h.01" },
  { name: "numbers", run: (chain) => chain.toggleOrderedList(), active: "orderedList", icon: "M10 6h10M10 12h10M10 18h10M4 5l1.5-1v5M3.5 14q2-2 2.5 0t-2.5 4h3" },
  { name: "quote", run: (chain) => chain.toggleBlockquote(), active: "blockquote", icon: "M5 11h5v6H5zv-1q0-3.5 3-4.5M14 11h5v6h-5zv-1q0-3.5 3-4.5" },
  { name: "link", run: null, active: "link", keys: "Control+K", icon: "M10 14a4 4 0 0 0 6 0l3-3a4 4 0 0 0-6-6l-1 1M14 10a4 4 0 0 0-6 0l-3 3a4 4 0 0 0 6 6l1-1" },
  { name: "undo", run: (chain) => chain.undo(), keys: "Control+Z", icon: "M8 5 4 9l4 4M4 9h10a5.5 5.5 0 0 1 0 11h-4" },
  { name: "redo", run: (chain) => chain.redo(), keys: "Control+Shift+Z", icon: "m16 5 4 4-4 4M20 9H10a5.5 5.5 0 0 0 0 11h4" },
];

function made(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== null && value !== undefined) element.setAttribute(key, value);
  }
  element.append(...children);
  return element;
}

function drawing(path) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  const line = document.createElementNS(svg.namespaceURI, "path");
  line.setAttribute("d", path);
  svg.append(line);
  return svg;
}

// The toolbar: one stop of the Tab key, arrows lead from button to button, Escape back into the text.
function toolbarFor(editor) {
  const buttons = BUTTONS.map(({ name, keys, icon, active }) =>
    made(
      "button",
      {
        type: "button",
        tabindex: -1,
        title: labels[name],
        "aria-label": labels[name],
        "aria-keyshortcuts": keys,
        "aria-pressed": active ? "false" : null,
        "data-name": name,
      },
      drawing(icon),
    ),
  );
  const toolbar = made("div", { class: "rich-text-toolbar", role: "toolbar", "aria-label": labels.toolbar }, ...buttons);
  const goTo = (button) => {
    for (const each of buttons) each.tabIndex = each === button ? 0 : -1;
  };
  goTo(buttons[0]);

  toolbar.addEventListener("mousedown", (event) => event.preventDefault()); // what is selected stays so
  toolbar.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    goTo(button);
    const { run } = BUTTONS[buttons.indexOf(button)];
    if (run) run(editor.chain().focus()).run();
    else askForLink(editor);
  });
  toolbar.addEventListener("keydown", (event) => {
    const at = buttons.indexOf(document.activeElement);
    const forward = getComputedStyle(toolbar).direction === "rtl" ? "ArrowLeft" : "ArrowRight";
    const backward = forward === "ArrowLeft" ? "ArrowRight" : "ArrowLeft";
    const next = { [forward]: at + 1, [backward]: at - 1, Home: 0, End: buttons.length - 1 }[event.key];
    if (event.key === "Escape") editor.commands.focus();
    else if (next === undefined) return;
    else {
      const button = buttons.at(next % buttons.length);
      goTo(button);
      button.focus();
    }
    event.preventDefault();
  });
  toolbar.refresh = () => {
    BUTTONS.forEach(({ active }, number) => {
      if (active) buttons[number].setAttribute("aria-pressed", String(editor.isActive(...[active].flat())));
    });
  };
  toolbar.enter = () => buttons.find((button) => button.tabIndex === 0).focus();
  return toolbar;
}

// The address that was typed, with https:// or mailto: where they were left out; "" for what is none.
function addressOf(typed) {
  if (/^[\w.+-]+@[\w-]+(\.[\w-]+)+$/.test(typed)) return `mailto:${typed}`;
  if (/^(https?:\/\/|mailto:)\S+$/i.test(typed)) return typed;
  return /^[\w-]+(\.[\w-]+)*\.[a-z]{2,}([:/?#]\S*)?$/i.test(typed) ? `https://${typed}` : "";
}

// One dialogue for all editors of the page.
function askForLink(editor) {
  const present = editor.getAttributes("link").href ?? "";
  const input = made("input", { type: "text", inputmode: "url", autocomplete: "off", class: "vTextField", required: "" });
  const apply = made("button", { type: "submit", class: "button" }, labels.apply);
  const remove = made("button", { type: "button", class: "button" }, labels.remove);
  const cancel = made("button", { type: "button", class: "button" }, labels.cancel);
  remove.hidden = !present;
  const form = made("form", {}, made("label", {}, labels.address, input), made("p", {}, apply, remove, cancel));
  const dialog = made("dialog", { class: "rich-text-dialog", "aria-label": labels.link }, form);
  const chain = () => editor.chain().focus().extendMarkRange("link");
  input.value = present.replace(/^mailto:/, "");
  input.addEventListener("input", () => input.setCustomValidity(""));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const href = addressOf(input.value.trim());
    if (!href) {
      input.setCustomValidity(labels.notAnAddress);
      input.reportValidity();
      return;
    }
    dialog.close();
    if (editor.state.selection.empty && !present) {
      const text = { type: "text", text: input.value.trim(), marks: [{ type: "link", attrs: { href } }] };
      editor.chain().focus().insertContent(text).run();
    } else {
      chain().setLink({ href }).run();
    }
  });
  remove.addEventListener("click", () => {
    dialog.close();
    chain().unsetLink().run();
  });
  cancel.addEventListener("click", () => dialog.close());
  dialog.addEventListener("close", () => {
    dialog.remove();
    editor.commands.focus();
  });
  document.body.append(dialog);
  dialog.showModal();
  input.select();
}

// What is pasted, without styles: the Content-Security-Policy refuses them, and the browser's console would report each.
// Before they go, they tell what is bold and what is an item of a list.
function withoutStyles(html) {
  const renamed = html.replace(/<style[\s\S]*?<\/style>/gi, "").replace(/(<[^<>]*?\s)style(?=\s*=)/gi, "$1data-style");
  const page = new DOMParser().parseFromString(renamed, "text/html");
  makeWordLists(page);
  for (const element of page.querySelectorAll("[data-style]")) {
    const says = (property) => new RegExp(`(?:^|[;\\s])${property}\\s*:\\s*(\\w+)`, "i").exec(element.dataset.style)?.[1];
    const weight = says("font-weight");
    const italic = says("font-style");
    element.removeAttribute("data-style");
    if (element.matches("b, strong") && /^(normal|400)$/i.test(weight)) element.replaceWith(...element.childNodes);
    if (!element.matches("span")) continue;
    for (const [name, wanted] of [["strong", /^(bold|bolder|[6-9]00)$/i.test(weight)], ["em", /^italic$/i.test(italic)]]) {
      if (!wanted) continue;
      const mark = page.createElement(name);
      mark.append(...element.childNodes);
      element.append(mark);
    }
  }
  return page.body.innerHTML;
}

// Word has no lists, only paragraphs that look like items of some level: make them lists.
function makeWordLists(page) {
  let lists = [];
  let last = null;
  let name = "";
  for (const item of page.querySelectorAll("p[data-style*='mso-list' i]")) {
    const [, list = "", level = 1] = /mso-list:\s*(\w+)\s+level(\d)/i.exec(item.dataset.style) ?? [];
    const marker = [...item.querySelectorAll("span[data-style]")].find(({ dataset }) => /mso-list:\s*ignore/i.test(dataset.style));
    const kind = /^\(?\w{1,5}[.)]/.test(marker?.textContent.trim() ?? "") ? "ol" : "ul";
    marker?.remove();
    if (!last || item.previousElementSibling !== last || list !== name) lists = [];
    name = list;
    lists.length = Math.min(lists.length, level);
    while (lists.length < level) {
      const added = page.createElement(kind);
      const above = lists.at(-1);
      if (!above) item.before(added);
      else (above.lastElementChild ?? above.appendChild(page.createElement("li"))).append(added);
      lists.push(added);
    }
    last = lists[0];
    const paragraph = page.createElement("p");
    paragraph.append(...item.childNodes);
    lists.at(-1).append(page.createElement("li"));
    lists.at(-1).lastElementChild.append(paragraph);
    item.remove();
  }
}

function extensions(from) {
  const { Blockquote, Bold, BulletList, Document, Gapcursor, HardBreak, Heading, History, Italic, Link, ListItem, OrderedList, Paragraph, Text } = from;
  return [
    Document, Text, Paragraph, HardBreak, Gapcursor, History, Blockquote, BulletList, ListItem, Bold, Italic,
    OrderedList.configure({ enableListAttributes: false }),
    // Pages have h1 and h2; those of a pasted text become headings all the same.
    Heading.extend({
      parseHTML: () => [1, 2, 3, 4, 5, 6].map((level) => ({ tag: `h${level}`, attrs: { level: level < 4 ? 3 : 4 } })),
    }).configure({ levels: [3, 4] }),
    Link.extend({ addKeyboardShortcuts: () => ({ "Mod-k": ({ editor }) => askForLink(editor) ?? true }) }).configure({
      openOnClick: false,
      autolink: true,
      defaultProtocol: "https",
    }),
  ];
}

function named(textarea) {
  const label = document.querySelector(`label[for="${CSS.escape(textarea.id)}"]`);
  if (label && !label.id) label.id = `${textarea.id}_label`;
  return label;
}

async function edit(textarea) {
  if (textarea.dataset.richText) return;
  textarea.dataset.richText = "editor";
  const hadFocus = textarea === document.activeElement;
  let from;
  try {
    from = await load();
  } catch {
    return; // the text area still serves
  }
  const label = named(textarea);
  const element = made("div", { class: "rich-text" });
  textarea.before(element);
  let toolbar;
  const editor = new from.Editor({
    element,
    extensions: extensions(from),
    content: textarea.value,
    injectCSS: false, // a <style> that the Content-Security-Policy refuses; it is in richtext.css
    editorProps: {
      attributes: Object.fromEntries(
        Object.entries({
          role: "textbox",
          "aria-multiline": "true",
          "aria-labelledby": label?.id,
          "aria-describedby": textarea.getAttribute("aria-describedby"),
          "aria-invalid": textarea.getAttribute("aria-invalid"),
          "aria-keyshortcuts": "Alt+F10",
          lang: textarea.lang || null,
          dir: textarea.dir || null,
        }).filter(([, value]) => value),
      ),
      transformPastedHTML: withoutStyles,
      handleKeyDown(_view, event) {
        if (!event.altKey || event.key !== "F10") return false;
        toolbar.enter();
        return true;
      },
    },
    onUpdate() {
      textarea.value = editor.isEmpty ? "" : editor.getHTML();
      textarea.dispatchEvent(new Event("input", { bubbles: true }));
    },
    onTransaction: () => toolbar?.refresh(),
  });
  toolbar = toolbarFor(editor);
  element.prepend(toolbar);
  textarea.hidden = true;
  label?.addEventListener("click", () => editor.commands.focus());
  // Nothing leads to a hidden text area.
  for (const link of document.querySelectorAll(`a[href="#${CSS.escape(textarea.id)}"]`)) {
    link.addEventListener("click", (event) => {
      event.preventDefault();
      editor.commands.focus();
    });
  }
  if (hadFocus) editor.commands.focus();
}

const near = new IntersectionObserver(
  (entries) => {
    for (const { isIntersecting, target } of entries) {
      if (!isIntersecting) continue;
      near.unobserve(target);
      edit(target);
    }
  },
  { rootMargin: "600px" },
);

function watch(part) {
  for (const textarea of part.querySelectorAll(SELECTOR)) {
    if (!textarea.id.includes("__prefix__")) near.observe(textarea);
  }
}

watch(document);
document.addEventListener("formset:added", (event) => watch(event.target));
document.addEventListener("focusin", (event) => {
  if (event.target.matches(SELECTOR)) edit(event.target);
});
