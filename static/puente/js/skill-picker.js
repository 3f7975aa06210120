// Turns the skill picker's text field into a combobox (ARIA: list autocomplete, manual selection).
// Without this file the same form works with its "Add" and "Remove" buttons.
"use strict";

(() => {
  const WAIT = 120; // ms after the last key before asking

  class SkillPicker {
    constructor(root) {
      this.root = root;
      this.input = root.querySelector("[data-text]");
      this.list = root.querySelector("[data-options]");
      this.rows = root.querySelector("[data-rows]");
      this.blank = root.querySelector("[data-blank]");
      this.status = root.querySelector("[data-status]");
      this.active = -1;
      this.asked = null; // the request under way
      this.shown = ""; // the words that the list answers
      this.prepare();
      this.listen();
    }

    prepare() {
      const { input, list, root } = this;
      input.setAttribute("role", "combobox");
      input.setAttribute("aria-autocomplete", "list");
      input.setAttribute("aria-expanded", "false");
      input.setAttribute("aria-controls", list.id);
      root.classList.add("is-live");
      // From here on these buttons act in the page.
      root.querySelectorAll("[data-add], [data-drop]").forEach((button) => { button.type = "button"; });
    }

    listen() {
      const { input, list, root } = this;
      input.addEventListener("input", () => this.askSoon());
      input.addEventListener("keydown", (event) => this.key(event));
      input.addEventListener("blur", () => this.close());
      input.addEventListener("focus", () => { if (input.value.trim()) this.askSoon(); });
      list.addEventListener("mousedown", (event) => event.preventDefault()); // the field keeps the focus
      list.addEventListener("click", (event) => {
        const option = event.target.closest("[role=option]");
        if (option) this.choose(option);
      });
      root.addEventListener("click", (event) => {
        const drop = event.target.closest("[data-drop]");
        if (drop) this.drop(drop.closest("[data-row]"));
        if (event.target.closest("[data-add]")) this.add();
      });
    }

    get options() { return [...this.list.querySelectorAll("[role=option]")]; }

    askSoon() {
      window.clearTimeout(this.timer);
      this.timer = window.setTimeout(() => this.ask(), WAIT);
    }

    // Ask for the words as they are now; an answer to older words is dropped.
    async ask() {
      window.clearTimeout(this.timer);
      const words = this.input.value.split(/[,;\n]/).pop().trim();
      this.asked?.abort();
      if (!words) { this.close(); return; }
      const asked = new AbortController();
      this.asked = asked;
      try {
        const answer = await fetch(`${this.root.dataset.url}?q=${encodeURIComponent(words)}`, {
          signal: asked.signal, credentials: "same-origin", headers: { "X-Requested-With": "fetch" },
        });
        if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
        const html = await answer.text();
        if (this.asked === asked) this.show(html, words);
      } catch (error) {
        if (error.name === "AbortError") return;
        this.close();
        this.say(this.root.dataset.failed);
      }
    }

    show(html, words) {
      this.list.innerHTML = html; // our own server's fragment, escaped there
      this.shown = words;
      this.setActive(-1);
      const count = this.options.length;
      const open = count > 0 && document.activeElement === this.input;
      this.list.hidden = !open;
      this.input.setAttribute("aria-expanded", String(open));
      const { none, one, several } = this.root.dataset;
      this.say(count === 0 ? none : count === 1 ? one : several.replace("%n", count));
    }

    close() {
      window.clearTimeout(this.timer);
      this.asked?.abort();
      this.list.hidden = true;
      this.input.setAttribute("aria-expanded", "false");
      this.setActive(-1);
    }

    setActive(at) {
      this.options.forEach((option, n) => option.setAttribute("aria-selected", String(n === at)));
      this.active = at;
      const option = this.options[at];
      if (option) {
        this.input.setAttribute("aria-activedescendant", option.id);
        option.scrollIntoView({ block: "nearest" });
      } else {
        this.input.removeAttribute("aria-activedescendant");
      }
    }

    key(event) {
      if (event.isComposing) return;
      const open = !this.list.hidden;
      const count = this.options.length;
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        event.preventDefault();
        if (!open) { this.ask(); return; }
        const step = event.key === "ArrowDown" ? 1 : -1;
        // One place beyond the ends is the field itself.
        this.setActive(((this.active + 1 + step + count + 1) % (count + 1)) - 1);
      } else if (event.key === "Enter") {
        event.preventDefault(); // Enter in this field never sends the form
        if (open && this.active >= 0) this.choose(this.options[this.active]);
        else this.add();
      } else if (event.key === "Escape") {
        if (open) { event.stopPropagation(); this.close(); } else { this.input.value = ""; }
      }
    }

    // "Add" takes the first option of the words as they stand; else the server resolves them.
    async add() {
      const words = this.input.value.trim();
      if (!words) { this.input.focus(); return; }
      if (!/[,;\n]/.test(words)) {
        if (this.shown !== words) await this.ask();
        const first = this.options[Math.max(this.active, 0)];
        if (first && this.shown === words && this.options.length === 1) { this.choose(first); return; }
      }
      this.send();
    }

    // The way without a script: the form is posted with the "Add" button and drawn again.
    send() {
      const button = this.root.querySelector("[data-add]");
      button.type = "submit";
      button.form.requestSubmit(button);
    }

    choose(option) {
      const code = option.dataset.code;
      const label = option.querySelector("[data-option-label]").textContent;
      const { twice, full, added, limit } = this.root.dataset;
      if (this.rowOf(code)) {
        this.say(twice.replace("%s", label));
      } else if (this.rows.children.length >= Number(limit)) {
        this.say(full);
      } else {
        this.rows.append(this.build(code, label));
        this.say(added.replace("%s", label));
        this.changed();
      }
      const rest = this.input.value.split(/[,;\n]/).slice(0, -1).join(", ");
      this.input.value = rest ? `${rest}, ` : "";
      this.close();
      this.input.focus();
    }

    rowOf(code) { return this.rows.querySelector(`[data-row="${CSS.escape(code)}"]`); }

    build(code, label) {
      const row = this.blank.content.firstElementChild.cloneNode(true);
      [row, ...row.querySelectorAll("*")].forEach((element) => {
        [...element.attributes].forEach((attribute) => {
          if (attribute.value.includes("__code__")) attribute.value = attribute.value.replaceAll("__code__", code);
        });
      });
      row.querySelectorAll("[data-label]").forEach((element) => { element.textContent = label; });
      row.querySelector("[data-drop]").type = "button";
      return row;
    }

    drop(row) {
      const label = row.querySelector("[data-label]").textContent;
      row.remove();
      this.say(this.root.dataset.removed.replace("%s", label));
      this.changed();
      this.input.focus();
    }

    changed() { this.root.dispatchEvent(new Event("change", { bubbles: true })); }

    say(text) { this.status.textContent = text; }
  }

  function start(within) {
    const roots = [...within.querySelectorAll("[data-skill-picker]")];
    if (within.matches?.("[data-skill-picker]")) roots.push(within);
    roots.filter((root) => !root.dataset.started).forEach((root) => {
      root.dataset.started = "yes";
      new SkillPicker(root);
    });
  }

  document.addEventListener("htmx:load", (event) => start(event.detail.elt));
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", () => start(document));
  else start(document);
})();
