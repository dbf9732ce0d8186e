// Makes pages smoother; every page works without it. No storage in the browser: phones are shared.
import htmx from "htmx.org/dist/htmx.esm.js";
import { held, sendBeside } from "./held.js";

const ready = (selector, work) => document.querySelectorAll(selector).forEach(work);

// Leave this page, at once: hide what is shown, end the session, and leave no step back.
document.addEventListener("submit", (event) => {
  const form = event.target.closest("form[data-leave]");
  if (!form) return;
  event.preventDefault();
  document.documentElement.hidden = true;
  navigator.sendBeacon(form.action, new FormData(form));
  location.replace(form.dataset.leave);
});

// A second tap on the same button does nothing; another button of the form works (one file, then the other). The server
// is safe without this; it only spares the wait.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post" || form.matches("[data-leave]")) return;
  const pressed = `${event.submitter?.name}=${event.submitter?.value} ${event.submitter?.getAttribute("formaction")}`;
  if (form.dataset.sent === pressed) return event.preventDefault();
  form.dataset.sent = pressed;
  form.querySelectorAll("button[type=submit]").forEach((b) => b.setAttribute("aria-busy", "true"));
  setTimeout(() => again(form), 8000);
  const others = form.matches("main form, .choices") ? held(form) : [];
  if (!others.length) return;
  event.preventDefault();
  sendBeside(form, event.submitter, others).then((there) => (there ? arrive() : again(form)));
});
const again = (form) => {
  delete form.dataset.sent;
  form.querySelectorAll("[aria-busy]").forEach((b) => b.removeAttribute("aria-busy"));
};
addEventListener("pageshow", (event) => {
  if (event.persisted) ready("form[data-sent]", again);
});

// A draft saves itself when the writer rests. The answer may name the draft: then later saves go to the same one.
const autosave = (form) => {
  const note = form.querySelector("[data-saved]") ?? form.appendChild(document.createElement("p"));
  note.className = "saved";
  note.setAttribute("aria-live", "polite");
  let timer, saving, last = "";
  const words = () => [...new FormData(form)].filter(([k]) => k !== "csrfmiddlewaretoken").map(String).join("\n");
  last = words();
  const keep = async (now) => {
    try {
      const answer = await fetch(form.dataset.autosave, { method: "POST", body: new FormData(form), redirect: "error" });
      if (!answer.ok) throw new Error(answer.status);
      last = now;
      const kept = answer.headers.get("content-type")?.includes("json") ? await answer.json() : {};
      if (kept.draft && form.elements.draft) form.elements.draft.value = kept.draft;
      note.textContent = note.dataset.saved || "Lagret som kladd";
    } catch {
      note.textContent = note.dataset.unsaved || "Ikke lagret ennå. Det du skrev, står her. Vi prøver igjen.";
      timer = setTimeout(save, 10000);
    }
    saving = null;
  };
  const save = () => {
    clearTimeout(timer);
    const now = words();
    if (now === last || form.dataset.sent) return;
    // One at a time: earlier words that were long on the way must not arrive last. Who leaves the page cannot wait.
    if (saving && !document.hidden) return (timer = setTimeout(save, 300));
    saving = keep(now);
  };
  form.addEventListener("submit", (event) => {
    if (!saving) return;
    event.preventDefault();
    const button = event.submitter;
    Promise.race([saving, new Promise((enough) => setTimeout(enough, 4000))]).then(() => {
      saving = null;
      if (!form.dataset.sent) form.requestSubmit(button);
    });
  });
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(save, 1500);
  });
  document.addEventListener("visibilitychange", () => document.hidden && save());
};

// Listen: only with a Norwegian voice that lives on this machine; others send the text to somebody else.
const speech = window.speechSynthesis;
const voice = () => speech?.getVoices().find((v) => v.localService && /^(nb|no|nn)\b/i.test(v.lang));
const offer = () => speech && voice() && ready("[data-listen]", (button) => (button.hidden = false));
if (speech) {
  speech.addEventListener?.("voiceschanged", offer);
  addEventListener("pagehide", () => speech.cancel());
}
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-listen]");
  const text = button && document.getElementById(button.dataset.listen);
  if (!text) return;
  const label = button.querySelector("span");
  const stop = () => (label.textContent = button.dataset.label);
  button.dataset.label ??= label.textContent;
  if (speech.speaking) return speech.cancel(), stop();
  const reading = Object.assign(new SpeechSynthesisUtterance(text.innerText), { voice: voice(), lang: "nb-NO", rate: 0.95, onend: stop });
  label.textContent = button.dataset.stop;
  speech.speak(reading);
});

// What is done to a page when it has come: to the first, and to one that was laid in its place.
const begin = () => {
  // What is missing is said on the page, in plain words and the chosen language: the browser's own notes are in its language.
  ready("main form", (form) => (form.noValidate = true));
  ready("form[data-autosave]", autosave);
  offer();
  ready("[data-print]", (button) => {
    button.hidden = false;
    button.addEventListener("click", () => print());
  });
  // After a refused form the list of what is wrong gets focus, so that nobody looks for it.
  document.getElementById("feil")?.focus();
};
const arrive = () => {
  htmx.process(document.body);
  begin();
};
begin();
