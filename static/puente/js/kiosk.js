// Kiosk mode: asks whether somebody is there, and gives way when nobody is. Without this file a refresh does it.
"use strict";

// A page out of the back-forward cache may be another person's.
window.addEventListener("pageshow", (event) => {
  if (event.persisted) location.reload();
});

document.addEventListener("DOMContentLoaded", () => {
  const bar = document.querySelector("[data-kiosk]");
  if (!bar) {
    try {
      localStorage.clear();
      sessionStorage.clear();
    } catch {
      // a browser that stores nothing has nothing to forget
    }
    return;
  }
  const whole = Number(bar.dataset.seconds) * 1000;
  const warnBefore = Number(bar.dataset.warn) * 1000;
  const warning = bar.querySelector("[data-kiosk-warning]");
  const stay = bar.querySelector("[data-kiosk-stay]");
  const asked = 20_000;
  let end = Date.now() + whole;
  let lastTold = Date.now();
  let telling = false;

  function leave() {
    document.body.hidden = true;
    location.replace(bar.dataset.over);
  }

  // The server counts for itself: only what it heard of prolongs the session, and never beyond its longest.
  async function tell() {
    if (telling) return;
    telling = true;
    try {
      const answer = await fetch(stay.action, { method: "POST", body: new FormData(stay), redirect: "manual" });
      if (answer.status !== 204) return leave();
      lastTold = Date.now();
      const left = Number(answer.headers.get("X-Kiosk-Seconds"));
      end = Date.now() + left * 1000;
    } catch {
      // no network: the clock goes on
    } finally {
      telling = false;
    }
  }

  function active() {
    if (warning.hidden && Date.now() - lastTold > asked) tell();
  }

  stay.addEventListener("submit", (event) => {
    event.preventDefault();
    event.stopImmediatePropagation();
    tell();
  });
  for (const kind of ["pointerdown", "keydown", "input", "scroll"]) document.addEventListener(kind, active, { passive: true });
  setInterval(() => {
    const left = end - Date.now();
    warning.hidden = left > warnBefore;
    if (left < -1000) leave();
  }, 500);
});
