// Words half written in one form, while another form on the same page is sent (the size of the text, the language, «Jeg
// har lest det»): without this the next page has an empty field. They never leave the page: the other form is sent in the
// background, the page that it answers with is laid in place of this one, and the words are put back where they stood.
// Forms that save themselves have their own way; a PIN is never held.
const NOT_HELD = "[type=hidden],[type=password],[type=file],[type=submit],[autocomplete=one-time-code]";
const ONCE_ONLY = ["csrfmiddlewaretoken", "once", "next"];

const isChoice = (field) => /^(checkbox|radio)$/.test(field.type);
const fields = (form) => [...form.elements].filter((field) => field.name && !/^(submit|button|fieldset)$/.test(field.type));
const changed = (field) => {
  if (field.matches(NOT_HELD)) return false;
  if (isChoice(field)) return field.checked !== field.defaultChecked;
  if (field.options) return [...field.options].some((option) => option.selected && !option.defaultSelected && option.index > 0);
  return field.value !== field.defaultValue;
};

// What a form is, apart from what somebody has written in it.
const told = (field) => isChoice(field) || (field.type === "hidden" && !ONCE_ONLY.includes(field.name));
const kind = (form) => JSON.stringify([form.getAttribute("action"), fields(form).map((f) => (told(f) ? [f.name, f.value] : f.name))]);
const writing = () => [...document.querySelectorAll("main form[method=post]:not([data-autosave])")];

// The forms beside this one in which somebody has begun to write.
export const held = (sent) =>
  writing()
    .map((form, place, all) => ({ form, like: kind(form), nth: all.slice(0, place).filter((f) => kind(f) === kind(form)).length }))
    .filter(({ form }) => form !== sent)
    .map((one) => ({ ...one, written: fields(one.form).flatMap((f, i) => (changed(f) ? [{ i, value: f.value, checked: f.checked, words: !isChoice(f) && !f.options }] : [])) }))
    .filter(({ written }) => written.length);

const putBack = ({ like, nth, written }) => {
  const form = writing().filter((f) => kind(f) === like)[nth];
  if (!form) return false;
  const all = fields(form);
  for (const { i, value, checked } of written) {
    if (isChoice(all[i])) all[i].checked = checked;
    else all[i].value = value;
  }
  for (let fold = form.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
  form.querySelectorAll("details").forEach((fold) => (fold.open ||= written.some(({ i }) => fold.contains(all[i]))));
  return true;
};

// The page that came has no such field: the words are shown there, to copy. Not to whoever meets the sign-in page.
const signedIn = () => document.querySelector("nav.places");
const show = (words, heading) => {
  const place = document.querySelector("main .messages");
  const title = Object.assign(document.createElement("h2"), { textContent: heading, id: "holdt" });
  const text = Object.assign(document.createElement("textarea"), { className: "ds-input", value: words, rows: 6, readOnly: true });
  text.setAttribute("aria-labelledby", "holdt");
  place.after(title, text);
};

const save = async (answer) => {
  const name = /filename="([^"]+)"/.exec(answer.headers.get("content-disposition") ?? "")?.[1] ?? "";
  const file = URL.createObjectURL(await answer.blob());
  Object.assign(document.createElement("a"), { href: file, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(file), 60000);
};

const lay = (html) => {
  const next = new DOMParser().parseFromString(html, "text/html");
  for (const { name, value } of next.documentElement.attributes) document.documentElement.setAttribute(name, value);
  document.title = next.title;
  document.body.replaceWith(document.adoptNode(next.body));
};

// Send `form` and go where it leads, with what was half written in the others. False: it did not go through, and nothing
// on the page has changed.
export const sendBeside = async (form, button, others) => {
  const { failed, held: heading } = document.querySelector("main").dataset;
  const home = location.pathname;
  let answer, html;
  try {
    const action = button?.getAttribute("formaction") ?? form.getAttribute("action") ?? "";
    const body = new FormData(form);
    if (button?.name) body.append(button.name, button.value);
    answer = await fetch(action || location.href, { method: "POST", body });
    if (answer.status >= 500) throw new Error(answer.status);
    if (!answer.headers.get("content-type")?.includes("text/html")) return await save(answer), false;
    html = await answer.text();
  } catch {
    const note = Object.assign(document.createElement("p"), { className: "saved", textContent: failed });
    note.setAttribute("role", "alert");
    form.querySelector(".saved[role=alert]")?.remove();
    form.append(note);
    return false;
  }
  const y = scrollY;
  const pressed = button && [button.name, button.value, button.textContent];
  lay(html);
  const stayed = !answer.redirected || new URL(answer.url).pathname === home;
  if (stayed) history.replaceState(null, "", answer.redirected ? answer.url : location.href);
  else {
    history.pushState(null, "", answer.url);
    addEventListener("popstate", () => location.reload());
  }
  const left = others.filter((one) => !putBack(one)).flatMap(({ written }) => written.filter(({ words, value }) => words && value.trim()));
  if (left.length && signedIn()) show(left.map(({ value }) => value).join("\n\n"), heading);
  const message = document.querySelector("main .messages > *");
  const again = pressed && [...document.querySelectorAll("button")].find((b) => b.name === pressed[0] && b.value === pressed[1] && b.textContent === pressed[2]);
  scrollTo(0, stayed && !message ? y : 0);
  (message || !stayed || !again ? document.getElementById("innhold") : again).focus({ preventScroll: true });
  return true;
};
