// The few behaviours that the pages cannot have from HTML alone. Every page works without this file.
"use strict";

const bootstrapAddress = document.currentScript.dataset.bootstrap;
let bootstrapAsked = false;

// Bootstrap's script is fetched only by a page that uses it: most do not, and phones are slow.
function fetchBootstrapIfUsed() {
  if (bootstrapAsked || !document.querySelector("[data-bs-toggle]")) return;
  bootstrapAsked = true;
  const script = document.createElement("script");
  script.src = bootstrapAddress;
  document.head.append(script);
}

// A second press on a slow line must not send a form twice.
function sendOnce(event) {
  const form = event.target;
  const button = event.submitter;
  if (button?.dataset.confirm && !window.confirm(button.dataset.confirm)) {
    event.preventDefault();
    return;
  }
  if (form.method !== "post" || event.defaultPrevented || form.matches("[hx-post], [hx-put], [hx-patch], [hx-delete]")) return;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "yes";
  button?.setAttribute("aria-busy", "true");
}

function forgetSent() {
  document.querySelectorAll("form[data-sent]").forEach((form) => delete form.dataset.sent);
  document.querySelectorAll("[aria-busy]").forEach((button) => button.removeAttribute("aria-busy"));
}

function closeMenus(event) {
  document.querySelectorAll("details[data-menu][open]").forEach((menu) => {
    if (event.type === "keydown" && event.key === "Escape") {
      menu.open = false;
      menu.querySelector("summary").focus();
    } else if (event.type === "click" && !menu.contains(event.target)) {
      menu.open = false;
    }
  });
}

document.addEventListener("submit", sendOnce);
document.addEventListener("click", closeMenus);
document.addEventListener("keydown", closeMenus);
document.addEventListener("htmx:load", fetchBootstrapIfUsed);
window.addEventListener("pageshow", forgetSent);

document.addEventListener("DOMContentLoaded", () => {
  fetchBootstrapIfUsed();
  document.querySelector("[data-error-summary]")?.focus();
  const current = document.querySelector(".site-nav [aria-current]");
  const row = current?.closest(".site-nav");
  if (row) row.scrollLeft = current.offsetLeft - (row.clientWidth - current.offsetWidth) / 2;
});
