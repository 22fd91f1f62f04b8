// The question page: one question at a time, each answer saved the moment it is given.
//
// The server confirms an answer after its commit, and only then does the page say "Saved". Until
// then the answer waits in the outbox and is sent again, harmlessly, as often as needed.

import { enliven } from "./answers.js";
import { Clock } from "./clock.js";
import { Outbox } from "./outbox.js";

const TEXT_DELAY = 700;
const RETRY_DELAY = 4000;

const root = document.getElementById("test");
const form = root.querySelector("[data-form]");
const stage = root.querySelector("[data-stage]");
const state = root.querySelector("[data-state]");
const notice = root.querySelector("[data-notice]");
const announcer = root.querySelector("[data-announce]");
const texts = root.dataset;
const total = Number(texts.total);
const outbox = new Outbox(texts.attempt);
const held = new Map();
let position = 0;
let typingDelay = null;
let sending = false;
let retry = null;

const url = (place, end = "") => `${texts.base}questions/${place}/${end}`;
const announce = (text) => { announcer.textContent = text; };
const clock = new Clock(root, announce, () => finishInTime());

// Showing questions -----------------------------------------------------------------------------

function hold(question) {
  const place = Number(question.dataset.position);
  held.set(place, question);
  enliven(question, () => answerChanged(place));
  question.addEventListener("change", () => answerChanged(place));
  question.addEventListener("input", ({ target }) => {
    if (!target.matches("textarea, input:not([type])")) return;
    clearTimeout(typingDelay);
    typingDelay = setTimeout(() => answerChanged(place), TEXT_DELAY);
  });
  return question;
}

function parse(html) {
  const template = document.createElement("template");
  template.innerHTML = html.trim();
  return template.content.firstElementChild;
}

function show(place, { focus = true, push = true } = {}) {
  const question = held.get(place);
  stage.replaceChildren(question);
  position = place;
  form.action = url(place, "next/");
  root.querySelector("[data-where]").textContent = texts.textPosition
    .replace("{position}", place).replace("{total}", total);
  root.querySelector("[data-progress]").value = place;
  const back = root.querySelector("[data-back]");
  back.hidden = place === 1;
  back.href = url(place - 1);
  root.querySelector("[data-flag]").setAttribute("aria-pressed", String("flagged" in question.dataset));
  root.querySelector("[data-report-form]").action = url(place, "report/");
  root.querySelector("[data-report]").open = false;
  notice.replaceChildren();
  showState(outbox.get(place) ? texts.textSaving : Number(question.dataset.revision) ? texts.textSaved : "");
  if (push) history.pushState({ place }, "", url(place));
  if (focus) {
    stage.focus({ preventScroll: true });
    scrollTo({ top: 0 });
  }
}

function showState(text, kind = "") {
  state.textContent = text;
  state.dataset.kind = kind;
}

function tell(text, ...actions) {
  const box = document.createElement("div");
  box.className = "notice notice--warning";
  const words = document.createElement("p");
  words.textContent = text;
  const body = document.createElement("div");
  body.append(words, ...actions);
  box.append(body);
  notice.replaceChildren(box);
  announce(text);
}

function action(label, run) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button button--quiet button--small";
  button.textContent = label;
  button.addEventListener("click", run);
  return button;
}

// Saving ----------------------------------------------------------------------------------------

function answerBody(question) {
  const fields = new URLSearchParams();
  for (const field of question.querySelectorAll("input[name], textarea[name]")) {
    if ((field.type === "radio" || field.type === "checkbox") && !field.checked) continue;
    fields.append(field.name, field.value);
  }
  return fields.toString();
}

function answerChanged(place) {
  clearTimeout(typingDelay);
  const question = held.get(place);
  const body = answerBody(question);
  if (body === question.dataset.sent) return;
  question.dataset.sent = body;
  outbox.put(place, { answerId: uuid(), body });
  deliver();
}

// Random UUID; crypto.randomUUID exists on secure origins only, and a test room may use plain HTTP.
function uuid() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

const token = () => form.elements.csrfmiddlewaretoken;

async function post(place, end, body, answerId, revision) {
  const fields = new URLSearchParams(body);
  fields.set("answer_id", answerId);
  fields.set("revision", revision);
  fields.set("held", [...held.keys()].join(","));
  const response = await fetch(url(place, end), {
    method: "POST",
    headers: { Accept: "application/json", "X-CSRFToken": token().value },
    body: fields,
    redirect: "manual",
  });
  return response;
}

// Send what waits, oldest question first, one at a time.
async function deliver() {
  if (sending) return;
  sending = true;
  clearTimeout(retry);
  try {
    for (;;) {
      const [place, entry] = Object.entries(outbox.all())[0] ?? [];
      if (!place) break;
      if (Number(place) === position) showState(texts.textSaving);
      const revision = entry.revision ?? revisions.get(Number(place)) ?? 0;
      const response = await post(place, "save/", entry.body, entry.answerId, revision);
      if (!(await settle(Number(place), entry, response))) break;
    }
  } catch {
    showState(texts.textKept, "kept");
    retry = setTimeout(deliver, RETRY_DELAY);
  } finally {
    sending = false;
  }
}

const revisions = new Map();

// Deal with the server's reply to an answer; true when the next one may be sent.
async function settle(place, entry, response) {
  if (response.ok) {
    const reply = await response.json();
    revisions.set(place, reply.revision);
    if (held.has(place)) held.get(place).dataset.revision = reply.revision;
    outbox.settle(place, entry.answerId);
    clock.set(reply.seconds_left);
    if (place === position && !outbox.get(place)) {
      showState(reply.revision ? texts.textSaved : "", "saved");
    }
    return true;
  }
  if (response.status === 401 || response.type === "opaqueredirect") {
    signInAgain();
  } else if (response.status === 403) {
    return refreshToken();
  } else if (response.status === 409) {
    offerChoice(place, entry, await response.json());
  } else if (response.status === 410) {
    outbox.settle(place, entry.answerId);
    leave((await response.json()).url);
  } else if (response.status === 400) {
    outbox.settle(place, entry.answerId);
    const reply = await response.json().catch(() => ({}));
    showState("");
    tell(reply.message ?? texts.textKept);
    return true;
  } else {
    showState(texts.textKept, "kept");
    retry = setTimeout(deliver, RETRY_DELAY);
  }
  return false;
}

function signInAgain() {
  showState(texts.textKept, "kept");
  const link = document.createElement("a");
  link.className = "button button--small";
  link.href = `${texts.signin}?next=${encodeURIComponent(location.pathname)}`;
  link.textContent = texts.textSigninLink;
  tell(texts.textSignin, link);
}

async function refreshToken() {
  const response = await fetch(`${texts.base}status/`, { headers: { Accept: "application/json" } });
  if (!response.ok) {
    signInAgain();
    return false;
  }
  token().value = (await response.json()).token;
  return true;
}

function offerChoice(place, entry, reply) {
  const theirs = action(texts.textTheirs, () => {
    outbox.settle(place, entry.answerId);
    const question = hold(parse(reply.question));
    revisions.set(place, reply.revision);
    question.dataset.sent = answerBody(question);
    if (place === position) show(place, { push: false });
    deliver();
  });
  const mine = action(texts.textMine, () => {
    outbox.put(place, { ...entry, answerId: uuid(), revision: reply.revision });
    notice.replaceChildren();
    deliver();
  });
  showState("");
  if (place !== position && held.has(place)) show(place);
  tell(texts.textConflict, theirs, mine);
}

// Moving ----------------------------------------------------------------------------------------

async function next() {
  const from = position;
  flushTyping(from);
  const entry = outbox.get(from) ?? { answerId: uuid(), body: answerBody(held.get(from)) };
  const target = from + 1;
  const reached = from < total && held.has(target);
  if (reached) show(target);
  try {
    const revision = entry.revision ?? revisions.get(from) ?? 0;
    const response = await post(from, "next/", entry.body, entry.answerId, revision);
    const copy = response.clone();
    if (!(await settle(from, entry, response))) {
      if (response.status === 403) deliver();
      return;
    }
    const reply = await copy.json();
    for (const html of Object.values(reply.questions ?? {})) {
      const question = parse(html);
      if (!held.has(Number(question.dataset.position))) keep(question);
    }
    if (from === total) leave(`${texts.base}review/`);
    else if (!reached) show(target);
  } catch {
    showState(texts.textKept, "kept");
    retry = setTimeout(deliver, RETRY_DELAY);
    if (!reached) tell(texts.textUnloaded, action(texts.textAgain, next));
  }
}

function keep(question) {
  hold(question);
  question.dataset.sent = answerBody(question);
  revisions.set(Number(question.dataset.position), Number(question.dataset.revision));
}

// Text that is still within its delay counts as given when the candidate moves on.
function flushTyping(place) {
  clearTimeout(typingDelay);
  const question = held.get(place);
  const body = answerBody(question);
  if (body === question.dataset.sent) return;
  question.dataset.sent = body;
  outbox.put(place, { answerId: uuid(), body });
}

async function finishInTime() {
  announce(texts.textOver);
  flushTyping(position);
  await deliver();
  leave(texts.base);
}

function leave(target) {
  location.assign(target);
}

// Beginning -------------------------------------------------------------------------------------

keep(stage.querySelector(".question"));
for (const template of root.querySelectorAll("template[data-held]")) {
  keep(template.content.firstElementChild);
}
position = Number(stage.querySelector(".question").dataset.position);
history.replaceState({ place: position }, "", location.href);

form.addEventListener("submit", (event) => {
  event.preventDefault();
  next();
});
root.querySelector("[data-back]").addEventListener("click", (event) => {
  if (!held.has(position - 1)) return;
  event.preventDefault();
  flushTyping(position);
  deliver();
  show(position - 1);
});
root.querySelector("[data-flag]").addEventListener("click", async ({ currentTarget }) => {
  const question = held.get(position);
  const flagged = !("flagged" in question.dataset);
  if (flagged) question.dataset.flagged = "";
  else delete question.dataset.flagged;
  currentTarget.setAttribute("aria-pressed", String(flagged));
  await fetch(url(position, "flag/"), {
    method: "POST",
    headers: { Accept: "application/json", "X-CSRFToken": token().value },
    body: new URLSearchParams({ flagged: flagged ? "1" : "0" }),
  }).catch(() => {});
});
addEventListener("popstate", ({ state: entry }) => {
  if (entry?.place && held.has(entry.place)) show(entry.place, { push: false });
  else location.reload();
});
addEventListener("online", deliver);
if (!outbox.isEmpty) deliver();
