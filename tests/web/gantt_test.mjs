/**
 * The Gantt chart by mouse and keyboard.  What is drawn on canvases is judged by what the treegrid says, by the tip of
 * what is pointed at, and by whether pictures differ.
 */

import assert from "node:assert/strict";
import fs from "node:fs";
import { test } from "node:test";
import {
  assert_quiet,
  choose,
  edited,
  example,
  grid_rows,
  kExamples,
  make_page,
  num_rows,
  open,
  outline,
  picture,
  press,
  read_document,
  read_tasks,
  reopen,
  rows_that_match,
  settled,
  texts,
} from "./support.mjs";

const plant = () => make_page(example("battery-plant"));
const axis = (page) => picture(page, "canvas.g-axis");
const chart = (page) => picture(page, "canvas.g-chart");

async function listed(page) {
  return (await grid_rows(page)).map((row) => row.task);
}
/** The list begins with these tasks and has as many rows. */
async function assert_listed(page, expected, what) {
  assert.equal(await num_rows(page), expected.length, what);
  const seen = await listed(page);
  assert.deepEqual(seen, expected.slice(0, seen.length), what);
}
async function selected_row(page) {
  const found = (await grid_rows(page)).filter((row) => row.selected);
  assert.equal(found.length, 1, "one row is selected");
  const active = await page.getAttribute(".g-frame", "aria-activedescendant");
  assert.equal(active, `row-${found[0].task}`);
  return found[0];
}

/** Points at a share of the chart's width in the row of that task; the tip's first line, or null. */
async function tip_at(page, task, share) {
  const right = await page.$eval(".g-scroll .g-right", (each) => each.getBoundingClientRect().toJSON());
  const row = await page.$eval(`#row-${task}`, (each) => each.getBoundingClientRect().toJSON());
  const x = right.left + share * right.width;
  const y = (row.top + row.bottom) / 2;
  await page.mouse.move(x + 1, y);
  await page.mouse.move(x, y);
  await settled(page);
  const tip = await page.$(".g-tip:not([hidden]) .g-tip-name");
  return tip && tip.textContent();
}
/** Selects the task and gives it the middle half of the chart, with no panel above it. */
async function go_to(page, task) {
  await page.click(`#row-${task} .g-text`);
  await press(page, "Escape");
  await page.focus(".g-frame");
  await press(page, "s");
}
/** A leaf in view, late enough that there is time on both sides. */
async function some_leaf(page, file) {
  const tasks = read_tasks(read_document(file));
  const row = (await grid_rows(page)).find(({ task }) => tasks[task].kind === "task" && tasks[task].finish > tasks[task].start);
  return tasks[row.task];
}

test("a click on the triangle folds a summary and unfolds it", async (t) => {
  const file = await plant();
  const tasks = read_tasks(read_document(file));
  const page = await open(t, file);
  const all = outline(tasks);
  await assert_listed(page, all);
  const parent = (await grid_rows(page)).find((row) => row.expanded === "true");
  const rest = all.filter((index) => !tasks[index].ancestors.includes(parent.task));
  assert.ok(rest.length < all.length);
  await page.click(`#row-${parent.task} .g-fold`);
  await settled(page);
  await assert_listed(page, rest);
  assert.equal((await grid_rows(page)).find((row) => row.task === parent.task).expanded, "false");
  assert.equal(await page.isHidden("aside.why"), true, "folding is not selecting");
  await page.click(`#row-${parent.task} .g-fold`);
  await settled(page);
  await assert_listed(page, all);

  await page.click('[data-key="fold_all"]');
  await settled(page);
  await assert_listed(page, all.filter((index) => tasks[index].parent < 0));
  await page.click('[data-key="unfold_all"]');
  await settled(page);
  await assert_listed(page, all);
  assert_quiet(page);
});

test("arrow keys walk, fold, unfold and go to the parent", async (t) => {
  const file = await plant();
  const tasks = read_tasks(read_document(file));
  const all = outline(tasks);
  const page = await open(t, file);
  await page.focus(".g-frame");
  await press(page, "ArrowDown");
  assert.equal((await selected_row(page)).task, all[0]);
  assert.equal((await selected_row(page)).expanded, "true");
  await press(page, "ArrowLeft");
  assert.equal((await selected_row(page)).expanded, "false");
  await assert_listed(page, all.filter((index) => !tasks[index].ancestors.includes(all[0])));
  await press(page, "ArrowRight");
  assert.equal((await selected_row(page)).expanded, "true");
  await press(page, "ArrowRight");
  assert.equal((await selected_row(page)).task, all[1]);
  await press(page, "ArrowDown", "ArrowDown", "ArrowUp");
  assert.equal((await selected_row(page)).task, all[2]);
  await press(page, "ArrowLeft");
  const { parent } = tasks[all[2]];
  assert.equal((await selected_row(page)).task, tasks.some((task) => task.parent === all[2]) ? all[2] : parent);
  await press(page, "End");
  assert.equal((await selected_row(page)).task, all.at(-1));
  await press(page, "PageUp");
  const above = (await selected_row(page)).task;
  assert.ok(all.indexOf(above) < all.length - 5);
  await press(page, "PageDown");
  assert.equal((await selected_row(page)).task, all.at(-1));
  await press(page, "Home");
  assert.equal((await selected_row(page)).task, all[0]);
  assert_quiet(page);
});

test("zoom by buttons and keys; the whole plan comes back", async (t) => {
  const page = await open(t, await plant());
  const whole = { axis: await axis(page), chart: await chart(page) };
  await page.click('[data-key="zoom_in"]');
  await settled(page);
  const closer = await axis(page);
  assert.notEqual(closer, whole.axis);
  assert.notEqual(await chart(page), whole.chart);
  await page.click('[data-key="zoom_out"]');
  await settled(page);
  assert.notEqual(await axis(page), closer);
  await page.click('[data-key="zoom_fit"]');
  await settled(page);
  assert.equal(await axis(page), whole.axis);
  assert.equal(await chart(page), whole.chart);

  await page.focus(".g-frame");
  await press(page, "+", "+");
  const keyed = await axis(page);
  assert.notEqual(keyed, whole.axis);
  await press(page, "-");
  assert.notEqual(await axis(page), keyed);
  await press(page, "Shift+ArrowRight");
  const moved = await axis(page);
  await press(page, "Shift+ArrowLeft", "+");
  assert.equal(await axis(page), keyed, "what went right came back left, and in again");
  assert.notEqual(moved, keyed);
  await press(page, "f");
  assert.equal(await axis(page), whole.axis);
  // From years to hours: each step draws another axis until neither end goes farther.
  for (const key of ["+", "-"]) {
    const seen = new Set();
    for (let i = 0; i < 60; ++i) {
      const now = await axis(page);
      if (seen.has(now)) break;
      seen.add(now);
      await press(page, key);
    }
    assert.ok(seen.size > 5 && seen.size < 60, `${key}: ${seen.size} levels`);
  }
  assert_quiet(page);
});

test("the wheel with Control zooms about the pointer, a drag moves the time, the wheel alone scrolls", async (t) => {
  const file = await plant();
  const page = await open(t, file);
  const leaf = await some_leaf(page, file);
  await go_to(page, leaf.index);
  assert.equal(await tip_at(page, leaf.index, 0.5), leaf.name);
  assert.equal(await tip_at(page, leaf.index, 0.1), null);
  // The bar lies from 0.25 to 0.75.  Zoomed about 0.26 it still begins just before the pointer.
  assert.equal(await tip_at(page, leaf.index, 0.26), leaf.name);
  const before = await axis(page);
  await page.keyboard.down("Control");
  await page.mouse.wheel(0, -200);
  await page.keyboard.up("Control");
  await settled(page);
  assert.notEqual(await axis(page), before);
  assert.equal(await tip_at(page, leaf.index, 0.26), leaf.name);
  assert.equal(await tip_at(page, leaf.index, 0.95), leaf.name, "closer, the bar reaches farther");
  assert.equal(await tip_at(page, leaf.index, 0.1), null);

  await go_to(page, leaf.index);
  const right = await page.$eval(".g-scroll .g-right", (each) => each.getBoundingClientRect().toJSON());
  const y = right.top + right.height / 2;
  await page.mouse.move(right.left + 0.8 * right.width, y);
  await page.mouse.down();
  await page.mouse.move(right.left + 0.6 * right.width, y, { steps: 3 });
  await page.mouse.move(right.left + 0.4 * right.width, y, { steps: 3 });
  await page.mouse.up();
  await settled(page);
  assert.equal(await tip_at(page, leaf.index, 0.1), leaf.name);
  assert.equal(await tip_at(page, leaf.index, 0.5), null);
  assert.equal((await selected_row(page)).task, leaf.index, "a drag is no click");

  const first = (await listed(page))[0];
  const time = await axis(page);
  await page.mouse.wheel(0, 240);
  await settled(page);
  assert.notEqual((await listed(page))[0], first);
  assert.equal(await axis(page), time);
  assert_quiet(page);
});

test("the overview moves the window by a drag", async (t) => {
  const file = await plant();
  const page = await open(t, file);
  const leaf = await some_leaf(page, file);
  await go_to(page, leaf.index);
  const there = await axis(page);
  const map = await page.$eval(".g-minimap canvas", (each) => each.getBoundingClientRect().toJSON());
  const y = map.top + map.height / 2;
  await page.mouse.move(map.left + 0.2 * map.width, y);
  await page.mouse.down();
  const seen = [there];
  for (const share of [0.3, 0.5, 0.7, 0.95]) {
    await page.mouse.move(map.left + share * map.width, y);
    await settled(page);
    const now = await axis(page);
    assert.ok(!seen.includes(now), `at ${share}`);
    seen.push(now);
  }
  await page.mouse.up();
  await page.mouse.move(map.left + 0.3 * map.width, y);
  await settled(page);
  assert.equal(await axis(page), seen.at(-1), "let go, it stays");
  assert.equal(await tip_at(page, leaf.index, 0.5), null);
  assert_quiet(page);
});

for (const name of kExamples) {
  test(`${name}: search finds names in both languages, ids and owners, and keeps what is above`, async (t) => {
    const file = await make_page(example(name));
    const tasks = read_tasks(read_document(file));
    const page = await open(t, file);
    const { length } = tasks;
    const needles = ["e", tasks[length >> 1].name.slice(2, 9), tasks.at(-1).id, tasks[3].name_zh.slice(0, 2), "no such text"];
    needles.push(...tasks.map((task) => task.owner).filter((owner) => owner !== "").slice(0, 1));
    for (const needle of needles) {
      await page.fill('[data-key="search"]', needle.toUpperCase());
      await settled(page);
      const has = (task) =>
        [task.id, task.name, task.name_zh, task.owner].some((text) => text.toLowerCase().includes(needle.toLowerCase()));
      await assert_listed(page, rows_that_match(tasks, has), needle);
      const found = tasks.filter(has).length;
      assert.equal(await page.textContent(".g-status"), `${found} of ${length} tasks`, needle);
      assert.equal(await page.isVisible(".g-empty"), found === 0);
    }
    await page.fill('[data-key="search"]', "no such text");
    await page.click(".g-empty button");
    await settled(page);
    await assert_listed(page, outline(tasks));
    assert.equal(await page.inputValue('[data-key="search"]'), "");
    assert_quiet(page);
  });

  test(`${name}: every filter shows just what it names`, async (t) => {
    const file = await make_page(example(name));
    const document = read_document(file);
    const tasks = read_tasks(document);
    const page = await open(t, file);
    const missed = (task) => task.scheduled === 1 && task.deadline !== null && task.finish > task.deadline;
    const is_critical = (task) => task.critical === 1;
    const kinds = {
      all: () => true,
      critical: is_critical,
      near: (task) => is_critical(task) || (task.total_float !== null && task.total_float <= document.answer.near_critical),
      chain: (task) => document.critical_chain.includes(task.index),
      late: (task) => missed(task) || (task.total_float !== null && task.total_float < 0),
      milestones: (task) => task.kind.endsWith("milestone") || task.deadline !== null,
      open: (task) => task.done === 0,
    };
    const offered = await page.$$eval('[data-key="filter"] option', (all) => all.map((each) => each.value));
    assert.ok(offered.length >= 4 && offered.every((each) => each in kinds), offered.join());
    for (const kind of offered) {
      await choose(page, "filter", kind);
      await assert_listed(page, rows_that_match(tasks, kinds[kind]), kind);
      assert.ok(kind === "all" || tasks.some(kinds[kind]), `${kind} is offered where there are some`);
    }
    await choose(page, "filter", "all");
    const owners = [...new Set(tasks.map((task) => task.owner))].filter((owner) => owner !== "");
    assert.equal(await page.$$eval('[data-key="owner"] option', (all) => all.length).catch(() => 1), owners.length + 1);
    for (const owner of owners.slice(0, 4)) {
      await choose(page, "owner", `=${owner}`);
      await assert_listed(page, rows_that_match(tasks, (task) => task.owner === owner), owner);
    }
    if (owners.length > 0) await choose(page, "owner", "");
    for (const resource of [0, document.resources.length - 1]) {
      const uses = (task) => task.resources.some((each, i) => i % 2 === 0 && each === resource);
      await choose(page, "resource", String(resource));
      await assert_listed(page, rows_that_match(tasks, uses), document.resources[resource].id);
      // Two at once: both must hold.
      await choose(page, "filter", "critical");
      await assert_listed(page, rows_that_match(tasks, (task) => uses(task) && is_critical(task)));
      await choose(page, "filter", "all");
    }
    assert_quiet(page);
  });
}

test("in another order there are leaves alone, in that order", async (t) => {
  const file = await plant();
  const tasks = read_tasks(read_document(file));
  const page = await open(t, file);
  const leaves = tasks.filter((task) => task.kind !== "summary" && task.scheduled === 1);
  const keys = {
    start: (task) => task.start,
    finish: (task) => task.finish,
    float: (task) => task.total_float ?? Infinity,
    name: (task) => task.name,
  };
  for (const [sort, key] of Object.entries(keys)) {
    await choose(page, "sort", sort);
    assert.equal(await num_rows(page), leaves.length);
    const rows = await grid_rows(page);
    assert.ok(rows.length > 10 && rows.every((row) => row.level === 1 && row.expanded === null));
    const shown = rows.map((row) => key(tasks[row.task]));
    const wanted = leaves.map(key).sort((a, b) => (typeof a === "string" ? a.localeCompare(b) : a - b));
    assert.deepEqual(shown, wanted.slice(0, shown.length), sort);
  }
  await choose(page, "sort", "outline");
  await assert_listed(page, outline(tasks));
  assert_quiet(page);
});

test("columns are chosen, kept and remembered", async (t) => {
  const page = await open(t, await plant());
  const heads = () => texts(page, ".g-frame [role=columnheader]");
  const boxes = page.locator(".g-checks label");
  assert.deepEqual(await heads(), ["Task", "Start", "Finish", "Duration", "Float"]);
  const button = page.locator('[data-key="columns"]');
  await button.click();
  assert.equal(await button.getAttribute("aria-expanded"), "true");
  for (const text of ["ID", "Why then"]) await boxes.getByText(text, { exact: true }).click();
  await boxes.getByText("Float", { exact: true }).click();
  await settled(page);
  const wanted = ["Task", "ID", "Start", "Finish", "Duration", "Why then"];
  assert.deepEqual(await heads(), wanted);
  assert.ok((await grid_rows(page)).every((row) => row.cells.length === wanted.length - 1));
  const [first] = await grid_rows(page);
  assert.equal(first.cells[0], read_document(await plant()).tasks.id[first.task]);
  await press(page, "Escape");
  assert.equal(await button.getAttribute("aria-expanded"), "false");
  assert.equal(await page.evaluate(() => document.activeElement.dataset.key), "columns");
  await button.click();
  await page.click("h1");
  assert.equal(await button.getAttribute("aria-expanded"), "false", "a click elsewhere closes it");
  await reopen(page);
  assert.deepEqual(await heads(), wanted);
  assert_quiet(page);
});

test("links: all, driving, none are three pictures; the selected task's are always there", async (t) => {
  const page = await open(t, await plant());
  const seen = new Set();
  for (const mode of ["all", "driving", "none"]) {
    await choose(page, "links", mode);
    seen.add(await chart(page));
  }
  assert.equal(seen.size, 3);
  assert_quiet(page);
});

test("a click on a bar selects it and tells why; one beside it lets go", async (t) => {
  const file = await plant();
  const page = await open(t, file);
  const leaf = await some_leaf(page, file);
  await go_to(page, leaf.index);
  assert.equal(await page.isHidden("aside.why"), true);
  await press(page, "Home");
  assert.equal(await tip_at(page, leaf.index, 0.5), leaf.name);
  const tip = await page.textContent(".g-tip");
  assert.ok(tip.includes(leaf.why), "the tip tells why");
  await page.mouse.down();
  await page.mouse.up();
  await settled(page);
  assert.equal((await selected_row(page)).task, leaf.index);
  assert.equal(await page.isVisible("aside.why"), true);
  assert.ok((await page.textContent(".why-name")).startsWith(leaf.name));
  await press(page, "Escape", "s");
  assert.equal(await tip_at(page, leaf.index, 0.05), null);
  await page.mouse.down();
  await page.mouse.up();
  await settled(page);
  assert.equal((await grid_rows(page)).some((row) => row.selected), false);
  assert_quiet(page);
});

test("the bar between table and chart can be dragged and is remembered", async (t) => {
  const page = await open(t, await plant());
  const left = () => page.$eval(".g-scroll .g-left", (each) => Math.round(each.getBoundingClientRect().width));
  const before = await left();
  const bar = await page.$eval(".g-splitter", (each) => each.getBoundingClientRect().toJSON());
  const [x, y] = [bar.left + bar.width / 2, bar.top + 200];
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x - 150, y, { steps: 4 });
  await page.mouse.up();
  await settled(page);
  const after = await left();
  assert.ok(Math.abs(before - 150 - after) <= 6, `${before} became ${after}`);
  await reopen(page);
  assert.equal(await left(), after);
});

for (const name of kExamples) {
  test(`${name}: the chart saved as SVG is a picture of all shown rows that stands alone`, async (t) => {
    const file = await make_page(example(name));
    const document = read_document(file);
    const page = await open(t, file);
    const save = async () => {
      const [download] = await Promise.all([page.waitForEvent("download"), page.click('[data-key="save_svg"]')]);
      assert.match(download.suggestedFilename(), /\.svg$/);
      return fs.readFileSync(await download.path(), "utf8");
    };
    const read = (text) =>
      page.evaluate((text) => {
        const picture = new DOMParser().parseFromString(text, "image/svg+xml");
        return {
          error: picture.querySelector("parsererror")?.textContent ?? null,
          root: picture.documentElement.localName,
          texts: [...picture.querySelectorAll("text")].map((each) => each.textContent),
          bad: [...picture.querySelectorAll("*")]
            .flatMap((each) => [...each.attributes].map((attribute) => attribute.value))
            .filter((value) => /NaN|Infinity|undefined|https?:(?!\/\/www\.w3\.org)/.test(value)),
        };
      }, text);
    const whole = await read(await save());
    assert.equal(whole.error, null);
    assert.equal(whole.root, "svg");
    assert.deepEqual(whole.bad, []);
    assert.ok(whole.texts.includes(document.plan.name[0]));
    const is_there = (task_name) => whole.texts.some((text) => text === task_name || (text.endsWith("…") && task_name.startsWith(text.slice(0, -1))));
    assert.deepEqual(document.tasks.name.filter((each) => !is_there(each)), []);
    // Only what is shown, in the reader's language.
    await choose(page, "filter", "critical");
    await press(page, "l");
    const part = await read(await save());
    assert.ok(part.texts.length < whole.texts.length);
    assert.ok(part.texts.includes(document.plan.name[1]));
    assert_quiet(page);
  });
}

test("letters that no XML may hold are left out of a saved picture", async (t) => {
  const file = await edited(await plant(), (document) => {
    document.tasks.name[0] = "Dig\u000b a\ufffe hole\ud83d";
  });
  const page = await open(t, file);
  const [download] = await Promise.all([page.waitForEvent("download"), page.click('[data-key="save_svg"]')]);
  const saved = fs.readFileSync(await download.path(), "utf8");
  const read = await page.evaluate((saved) => {
    const picture = new DOMParser().parseFromString(saved, "image/svg+xml");
    return {
      error: picture.querySelector("parsererror")?.textContent ?? null,
      texts: [...picture.querySelectorAll("text")].map((each) => each.textContent),
    };
  }, saved);
  assert.equal(read.error, null);
  assert.ok(read.texts.includes("Dig a hole"));
});
