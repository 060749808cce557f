/** Why a task is where it is: by mouse, by keyboard, and along the chain of reasons. */

import assert from "node:assert/strict";
import { test } from "node:test";
import {
  assert_quiet,
  choose,
  example,
  grid_rows,
  kExamples,
  make_page,
  open,
  outline,
  press,
  read_clipboard,
  read_document,
  read_tasks,
  settled,
  texts,
} from "./support.mjs";

const is_open = (page) => page.isVisible("aside.why");

/** The tasks that hold this one, back to the beginning; the task itself first. */
function chain(tasks, index) {
  const found = [];
  for (let at = index; at >= 0; at = tasks[at].held_by) found.push(at);
  return found;
}
/** A task that is held by a long chain. */
const long_held = (tasks) =>
  tasks.filter((task) => task.kind === "task").reduce((a, b) => (chain(tasks, b.index).length > chain(tasks, a.index).length ? b : a));

/** Searches for the task by its id and clicks its name. */
async function click_on(page, task) {
  await page.fill('[data-key="search"]', task.id);
  await settled(page);
  await page.click(`#row-${task.index} .g-text`);
  await settled(page);
}

for (const name of kExamples) {
  test(`${name}: a click on a task tells why, with the chain back to the beginning`, async (t) => {
    const file = await make_page(example(name));
    const tasks = read_tasks(read_document(file));
    const page = await open(t, file);
    const task = long_held(tasks);
    const held = chain(tasks, task.index);
    await click_on(page, task);
    assert.equal(await is_open(page), true);
    assert.equal(await page.textContent(".why-name"), `${task.name} ${task.id}`);
    assert.equal(await page.textContent(".why-main"), task.why);
    const steps = await texts(page, ".why-chain li > :first-child");
    if (held.length > 1) assert.deepEqual(steps.slice(0, 40), held.slice(0, 40).map((index) => tasks[index].name));
    const reasons = await texts(page, ".why-chain .why-reason");
    if (held.length > 1) assert.deepEqual(reasons, held.slice(0, 40).map((index) => tasks[index].why));
    await page.click(".why-close");
    assert.equal(await is_open(page), false);
    assert_quiet(page);
  });
}

test("each step of the chain leads to its task, whatever hides it", async (t) => {
  const file = await make_page(example("battery-plant"));
  const tasks = read_tasks(read_document(file));
  const page = await open(t, file);
  const task = long_held(tasks);
  await click_on(page, task);
  let held = chain(tasks, task.index);
  assert.ok(held.length > 5);
  await choose(page, "sort", "start");
  for (let i = 0; i < 4; ++i) {
    await page.click(".why-chain li:nth-child(2) button");
    await settled(page);
    held = held.slice(1);
    assert.equal(await page.textContent(".why-main"), tasks[held[0]].why);
    const selected = (await grid_rows(page)).filter((row) => row.selected).map((row) => row.task);
    assert.deepEqual(selected, [held[0]], "it is selected and in view");
  }
  // In the other language the panel stays open at the same task.
  await press(page, "l");
  assert.equal(await page.textContent(".why-name"), `${tasks[held[0]].name_zh} ${tasks[held[0]].id}`);
  assert.equal(await page.textContent(".why-main"), tasks[held[0]].why_zh);
  await press(page, "Escape");
  assert.equal(await is_open(page), false);
  assert_quiet(page);
});

test("tasks before and after are those of the plan's links", async (t) => {
  const file = await make_page(example("battery-plant"));
  const document = read_document(file);
  const tasks = read_tasks(document);
  const { from, to } = document.links;
  const others = (index, mine, theirs) => mine.flatMap((each, i) => (each === index ? [tasks[theirs[i]].name] : [])).sort();
  const task = tasks.find(({ index }) => others(index, to, from).length > 1 && others(index, from, to).length > 1);
  const page = await open(t, file);
  await click_on(page, task);
  const lists = await page.$$eval(".why-content > div", (all) =>
    all.map((each) => [...each.querySelectorAll("button")].map((button) => button.textContent).sort()),
  );
  assert.deepEqual(lists, [others(task.index, to, from), others(task.index, from, to)]);
});

test("Enter opens the panel, Escape closes it and gives the focus back to the chart", async (t) => {
  const page = await open(t, await make_page(example("expo")));
  await page.focus(".g-frame");
  await press(page, "Enter");
  assert.equal(await is_open(page), false, "nothing is selected yet");
  await press(page, "ArrowDown", "Enter");
  assert.equal(await is_open(page), true);
  const first = await page.textContent(".why-name");
  await press(page, "ArrowDown");
  assert.notEqual(await page.textContent(".why-name"), first, "the panel follows the selection");
  await page.focus(".why-close");
  await press(page, "Escape");
  assert.equal(await is_open(page), false);
  assert.equal(await page.evaluate(() => document.activeElement.matches(".g-frame")), true);
  await press(page, "Space");
  assert.equal(await is_open(page), true);
  assert_quiet(page);
});

test("by keyboard alone from the page's beginning to the why of the last critical task, and on to a copied table", async (t) => {
  const file = await make_page(example("battery-plant"));
  const tasks = read_tasks(read_document(file));
  const all = outline(tasks);
  const page = await open(t, file);
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  const focused = () => page.evaluate(() => ({ key: document.activeElement.dataset.key, name: document.activeElement.className }));
  await press(page, "Tab");
  assert.equal((await focused()).name, "skip", "the first stop skips what stands above the chart");
  await press(page, "Enter");
  for (let i = 0; i < 40 && (await focused()).key !== "gantt"; ++i) await press(page, "Tab");
  assert.equal((await focused()).key, "gantt");
  // Each stop shows that it has the focus; the list's ring is around its box.
  const outlined = await page.evaluate(() => getComputedStyle(document.activeElement.closest(".g-box")).outlineStyle);
  assert.notEqual(outlined, "none");

  const is_critical = (index) => tasks[index].critical === 1 && tasks[index].kind !== "summary" && tasks[index].done === 0;
  const wanted = all.filter(is_critical).at(-1);
  await press(page, "End");
  for (let i = 0; i < all.length; ++i) {
    const selected = await page.getAttribute(".g-frame", "aria-activedescendant");
    if (selected === `row-${wanted}`) break;
    await press(page, "ArrowUp");
  }
  await press(page, "Enter");
  assert.equal(await page.textContent(".why-main"), tasks[wanted].why);

  for (let i = 0; i < 400 && !(await focused()).name.includes("copy"); ++i) await page.keyboard.press("Tab");
  assert.ok((await focused()).name.includes("copy"), "a copy button is reached");
  const label = await page.evaluate(() => document.activeElement.getAttribute("aria-label"));
  await press(page, "Enter");
  await page.waitForFunction(() => document.activeElement.textContent === "Copied");
  assert.ok((await read_clipboard(page)).length > 1, label);
  assert_quiet(page);
});
