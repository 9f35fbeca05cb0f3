// Frames a picture by dragging: makes the numbers of the form out of what is dragged, and shows what pages will show.
// The rules are those of publishing/images/framing.py.
(() => {
  "use strict";

  const LEAST_SIDE = 5; // percent
  const CENTRE_OF_SQUARE = { x: 0.5, y: 0.4 };
  const STEP = 1; // percent that an arrow key moves
  const SLIP = 4; // pixels that a click may move without being a drag

  const between = (value, least, most) => Math.min(Math.max(value, least), Math.max(least, most));
  const rounded = (value) => String(Math.round(value * 10) / 10);

  class Framing {
    constructor(root) {
      this.root = root;
      this.square = root.classList.contains("framing-square");
      this.inputs = {};
      for (const name of ["left", "top", "width", "height", "focus_x", "focus_y", "shown"]) {
        this.inputs[name] = root.querySelector(`input[name$="_framing_${name}"]`);
      }
      this.pictures = root.querySelector(".framing-pictures");
      this.stage = root.querySelector(".framing-stage");
      this.whole = root.querySelector(".framing-whole");
      this.tools = root.querySelector(".framing-tools");
      this.crop = root.querySelector(".framing-crop");
      this.point = root.querySelector(".framing-point");
      this.preview = root.querySelector(".framing-preview");
      this.shownAtFirst = { address: this.whole.getAttribute("src"), values: this.values() };
      this.listen();
      this.pictureChanged();
    }

    values() {
      return Object.fromEntries(Object.entries(this.inputs).filter(([, input]) => input).map(([name, input]) => [name, input.value]));
    }

    setValues(values) {
      for (const [name, input] of Object.entries(this.inputs)) if (input) input.value = values[name] ?? "";
    }

    // The numbers as the server reads them, kept to what is possible while somebody is still typing.
    read() {
      const number = (name, otherwise) => {
        const value = this.inputs[name] ? parseFloat(this.inputs[name].value) : NaN;
        return Number.isFinite(value) ? value : otherwise;
      };
      const left = between(number("left", 0), 0, 100 - LEAST_SIDE);
      const top = between(number("top", 0), 0, 100 - LEAST_SIDE);
      const width = between(number("width", 100 - left), LEAST_SIDE, 100 - left);
      const height = between(number("height", 100 - top), LEAST_SIDE, 100 - top);
      const x = number("focus_x", NaN), y = number("focus_y", NaN);
      const focus = Number.isNaN(x) || Number.isNaN(y) ? null : { x: between(x, left, left + width), y: between(y, top, top + height) };
      return { left, top, width, height, focus };
    }

    write({ left, top, width, height, focus }) {
      const all = { left, top, width, height };
      const isWhole = width >= 99.95 && height >= 99.95;
      for (const [name, value] of Object.entries(all)) this.inputs[name].value = isWhole ? "" : rounded(value);
      if (!isWhole) {
        // Rounded one by one they could reach out of the picture together.
        for (const [start, side] of [["left", "width"], ["top", "height"]]) {
          const spare = 100 - parseFloat(this.inputs[start].value);
          if (parseFloat(this.inputs[side].value) > spare) this.inputs[side].value = rounded(spare);
        }
      }
      if (this.square) {
        const now = this.read();
        this.inputs.focus_x.value = focus ? rounded(between(focus.x, now.left, now.left + now.width)) : "";
        this.inputs.focus_y.value = focus ? rounded(between(focus.y, now.top, now.top + now.height)) : "";
      }
      this.draw();
    }

    // What pages show, in percent of the whole picture.
    shown() {
      const { left, top, width, height, focus } = this.read();
      if (!this.square) return { left, top, width, height };
      const { naturalWidth: across, naturalHeight: down } = this.whole;
      const side = Math.min(width * across, height * down);
      const spare = { x: width - side / across, y: height - side / down };
      const at = focus
        ? { x: between(focus.x - side / across / 2 - left, 0, spare.x), y: between(focus.y - side / down / 2 - top, 0, spare.y) }
        : { x: spare.x * CENTRE_OF_SQUARE.x, y: spare.y * CENTRE_OF_SQUARE.y };
      return { left: left + at.x, top: top + at.y, width: side / across, height: side / down };
    }

    draw() {
      if (!this.whole.naturalWidth) return;
      const { left, top, width, height, focus } = this.read();
      Object.assign(this.crop.style, { left: `${left}%`, top: `${top}%`, width: `${width}%`, height: `${height}%` });
      for (const corner of this.root.querySelectorAll(".framing-corner")) {
        corner.style.left = `${corner.dataset.corner.includes("w") ? left : left + width}%`;
        corner.style.top = `${corner.dataset.corner.includes("n") ? top : top + height}%`;
      }
      this.stage.classList.toggle("framing-cropped", width < 100 || height < 100);
      const shown = this.shown();
      if (this.point) {
        const at = focus ?? { x: shown.left + shown.width / 2, y: shown.top + shown.height / 2 };
        Object.assign(this.point.style, { left: `${at.x}%`, top: `${at.y}%` });
      }
      const picture = this.preview.firstElementChild;
      const ratio = (shown.width * this.whole.naturalWidth) / (shown.height * this.whole.naturalHeight);
      if (!this.square) this.preview.style.aspectRatio = String(ratio);
      Object.assign(picture.style, {
        width: `${10000 / shown.width}%`,
        height: `${10000 / shown.height}%`,
        left: `${(-100 * shown.left) / shown.width}%`,
        top: `${(-100 * shown.top) / shown.height}%`,
      });
    }

    pictureChanged() {
      const address = this.whole.getAttribute("src");
      this.pictures.hidden = !address;
      if (!address) return this.setReady(false);
      this.preview.firstElementChild.src = address;
      if (this.whole.complete && this.whole.naturalWidth) this.setReady(true);
    }

    setReady(ready) {
      this.tools.hidden = !ready;
      for (const part of this.root.querySelectorAll(".framing-result, .framing-how")) part.hidden = !ready;
      if (ready) this.draw();
    }

    // A file just chosen is shown before it is sent; its numbers begin anew.
    fileChosen(file) {
      this.whole.removeAttribute("src");
      this.setReady(false);
      if (!file) {
        this.setValues(this.shownAtFirst.values);
        if (this.shownAtFirst.address) this.whole.src = this.shownAtFirst.address;
        return this.pictureChanged();
      }
      this.setValues({});
      this.pictureChanged();
      const reader = new FileReader();
      reader.addEventListener("load", () => {
        this.whole.src = reader.result;
        this.pictureChanged();
      });
      reader.readAsDataURL(file);
    }

    listen() {
      const file = this.file();
      file?.addEventListener("change", () => this.fileChosen(file.files[0]));
      this.whole.addEventListener("load", () => this.setReady(true));
      this.whole.addEventListener("error", () => {
        // Not a picture that this browser can show: the server says what is wrong with it, if anything is.
        this.pictures.hidden = true;
        this.setReady(false);
      });
      for (const input of Object.values(this.inputs)) input?.addEventListener("input", () => this.draw());
      this.root.querySelector(".framing-reset").addEventListener("click", () => this.write({ left: 0, top: 0, width: 100, height: 100, focus: null }));
      this.crop.addEventListener("keydown", (event) => this.byKey(event, (x, y) => (event.shiftKey ? this.resize(x, y) : this.move(x, y))));
      this.point?.addEventListener("keydown", (event) => this.byKey(event, (x, y) => this.movePoint(x, y)));
      this.tools.addEventListener("pointerdown", (event) => this.dragged(event));
    }

    file() {
      const name = this.inputs.left.name.replace(/_framing_left$/, "");
      return this.root.closest("form")?.querySelector(`input[type="file"][name="${CSS.escape(name)}"]`);
    }

    byKey(event, act) {
      const directions = { ArrowLeft: [-STEP, 0], ArrowRight: [STEP, 0], ArrowUp: [0, -STEP], ArrowDown: [0, STEP] };
      const direction = directions[event.key];
      if (!direction || event.altKey || event.ctrlKey || event.metaKey) return;
      event.preventDefault();
      act(...direction);
    }

    move(x, y, from = this.read()) {
      const left = between(from.left + x, 0, 100 - from.width), top = between(from.top + y, 0, 100 - from.height);
      this.write({ ...from, left, top });
    }

    resize(x, y, corner = "se", from = this.read()) {
      let { left, top } = from;
      let right = from.left + from.width, bottom = from.top + from.height;
      if (corner.includes("w")) left = between(left + x, 0, right - LEAST_SIDE);
      else right = between(right + x, left + LEAST_SIDE, 100);
      if (corner.includes("n")) top = between(top + y, 0, bottom - LEAST_SIDE);
      else bottom = between(bottom + y, top + LEAST_SIDE, 100);
      this.write({ ...from, left, top, width: right - left, height: bottom - top });
    }

    movePoint(x, y, from = this.read()) {
      const shown = this.shown();
      const at = from.focus ?? { x: shown.left + shown.width / 2, y: shown.top + shown.height / 2 };
      this.write({ ...from, focus: { x: at.x + x, y: at.y + y } });
    }

    dragged(event) {
      if (event.button !== 0 || !event.isPrimary) return;
      const target = event.target, from = this.read(), box = this.stage.getBoundingClientRect();
      if (target === this.point && !from.focus) {
        const shown = this.shown();
        from.focus = { x: shown.left + shown.width / 2, y: shown.top + shown.height / 2 };
      }
      let isClick = true;
      const moved = (now) => {
        const x = now.clientX - event.clientX, y = now.clientY - event.clientY;
        if (isClick && Math.hypot(x, y) < SLIP) return;
        isClick = false;
        const across = (100 * x) / box.width, down = (100 * y) / box.height;
        if (target === this.point) this.movePoint(across, down, from);
        else if (target === this.crop) this.move(across, down, from);
        else if (target.dataset.corner) this.resize(across, down, target.dataset.corner, from);
      };
      const ended = (now) => {
        for (const [name, listener] of Object.entries(listeners)) target.removeEventListener(name, listener);
        if (now.type === "pointerup" && isClick && this.point && target === this.crop) {
          this.write({ ...from, focus: { x: (100 * (now.clientX - box.left)) / box.width, y: (100 * (now.clientY - box.top)) / box.height } });
        }
      };
      const listeners = { pointermove: moved, pointerup: ended, pointercancel: ended };
      target.setPointerCapture(event.pointerId);
      for (const [name, listener] of Object.entries(listeners)) target.addEventListener(name, listener);
    }
  }

  const enhance = (within) => {
    for (const root of within.querySelectorAll("[data-framing]")) {
      // Not the empty part that others are copied from.
      if (!root.closest(".empty-form")) new Framing(root);
    }
  };

  document.addEventListener("DOMContentLoaded", () => enhance(document));
  document.addEventListener("formset:added", (event) => enhance(event.target));
})();
