/** Where the plan stands: the light and its reasons, earned value, slips, what is due, as the document has them. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { make_city } from "./city.mjs";
import { assert_quiet, copied_csv, edited, example, make_page, open, press, print, read_document, read_tasks, settled, texts } from "./support.mjs";

const kPart = 'section[aria-labelledby="status"]';

async function open_status(t, options = {}) {
  const file = await make_city();
  const page = await open(t, file, options);
  const document = read_document(file);
  return { file, page, status: document.status, tasks: read_tasks(document) };
}

const block = (title) => `${kPart} .risk-block:has(> h3:text-is("${title}"))`;
const table_rows = (page, selector) =>
  page.$$eval(`${selector} tbody tr`, (rows) => rows.map((row) => [...row.children].map((cell) => cell.textContent)));
const date = (minutes) => new Date((minutes - 1) * 60000).toISOString().slice(0, 10);

test("a plan that nothing has happened to has no status", async (t) => {
  const file = await make_page(example("battery-plant"));
  assert.equal(read_document(file).status, null);
  const page = await open(t, file);
  assert.equal(await page.locator(kPart).count(), 0);
  assert.equal(await page.locator('.bar-links a[href="#status"]').count(), 0);
});

test("the light, its reasons, the finish against the baseline", async (t) => {
  const { page, status } = await open_status(t);
  const shapes = { red: "■", amber: "◆", green: "●" };
  assert.equal(await page.textContent(`${kPart} .status-light .lamp`), `${shapes[status.light]}${status.light}`);
  assert.deepEqual(
    await texts(page, `${kPart} .status-lead .reasons li`),
    status.reasons.map(({ light, words }) => `${shapes[light]}${words[0]}`),
  );
  const [finish, stages] = await texts(page, `${kPart} .status-lead .sentence`);
  assert.match(finish, /^Finish \d+ \w+ 2026; in the baseline \d+ \w+ 2026 \([\d.]+ d later\)$/);
  assert.equal(stages, `${status.stages.completed} completed, ${status.stages.started} under way, ${status.stages.not_started} not begun`);
  assert_quiet(page);
});

test("the top and the status tell one date, of midnight the end of the day before", async (t) => {
  const file = await edited(await make_city(), (document) => {
    document.plan.data_date = document.status.as_of = Date.UTC(2026, 3, 1) / 60000;
  });
  const page = await open(t, file);
  for (const place of [".top .facts", `${kPart} .status-light`]) {
    assert.match(await page.textContent(place), /as of Tue 31 Mar 2026, 24:00/i);
  }
});

test("tiles tell SPI, CPI and what it will have cost; a bad ratio differs in shape and colour", async (t) => {
  const { page, status } = await open_status(t);
  const tiles = await page.$$eval(`${kPart} .fact`, (all) => all.map((tile) => [tile.querySelector("h3").textContent, tile.querySelector(".fact-answer").textContent]));
  const tile = (title) => tiles.find(([name]) => name === title)[1];
  const marked = (ratio) => `${ratio >= 0.95 ? "●" : ratio >= 0.85 ? "◆" : "■"}${ratio.toFixed(2)}`;
  assert.equal(tile("Schedule, SPI"), marked(status.value.spi));
  assert.equal(tile("Cost, CPI"), marked(status.value.cpi));
  assert.equal(tile("In time, SPI(t)"), marked(status.schedule.performance));
  assert.equal(tile("Will have cost, EAC"), `CNY ${(status.value.eac / 1e6).toFixed(2)} M`);
  assert.equal(tile("To keep the budget, TCPI"), status.value.tcpi.toFixed(2));
});

test("the curves end where earned and spent stand; a table has the same month by month", async (t) => {
  const { page, status } = await open_status(t);
  const plot = page.locator(`${block("Planned, earned, spent")} [role="img"]`);
  const label = await plot.getAttribute("aria-label");
  for (const sum of [status.value.pv, status.value.ev, status.value.ac, status.value.bac]) {
    assert.ok(label.includes(`CNY ${Number((sum / 1e6).toFixed(2))} M`), label);
  }
  // Drawn last: spent, then earned; both end at the status date, at heights in the proportion of their sums.
  const ends = await plot.locator("svg").evaluate((svg) => {
    const paths = [...svg.querySelectorAll("path[fill=none]")].filter((path) => Number(path.getAttribute("stroke-width")) >= 2);
    return paths.map((path) => path.getAttribute("d").split(/[ML]/).at(-1).split(" ").map(Number));
  });
  assert.equal(ends.length, 2);
  assert.ok(Math.abs(ends[0][0] - ends[1][0]) < 0.1);
  const foot = await plot.locator("svg").evaluate((svg) => Number(svg.getAttribute("height")) - 38);
  const [spent, earned] = ends.map(([, y]) => foot - y);
  assert.ok(Math.abs(spent / earned - status.value.ac / status.value.ev) < 0.01, `${spent / earned}`);
  await page.locator(`${block("Planned, earned, spent")} summary`).click();
  await settled(page);
  const rows = await table_rows(page, block("Planned, earned, spent"));
  assert.deepEqual(rows.map(([month]) => month), status.months.to.map(date));
  const known = status.months.earned.filter((sum) => sum !== null).length;
  rows.forEach((row, i) => assert.equal(row[2] !== "", i < known, row.join()));
});

test("what needs a look: the worst first, with all reasons, and each leads to its task", async (t) => {
  const { page, status, tasks } = await open_status(t);
  const rows = await table_rows(page, block("What needs a look"));
  assert.deepEqual(rows.map((row) => row[1]), status.lights.map(({ task }) => tasks[task].name));
  status.lights.forEach(({ light, reasons }, i) => {
    assert.ok(rows[i][0].endsWith(light));
    for (const { words } of reasons) assert.ok(rows[i][2].includes(words[0]), words[0]);
  });
  await page.locator(`${block("What needs a look")} tbody .link`).first().click();
  await settled(page);
  assert.ok((await page.textContent(".why-name")).startsWith(rows[0][1]));
  assert_quiet(page);
});

test("slips: own ones first, the causes in words, where they come from", async (t) => {
  const { page, status, tasks } = await open_status(t);
  const rows = await table_rows(page, block("Where slips come from"));
  assert.deepEqual(rows.map(([name]) => name), status.slips.map(({ task }) => tasks[task].name));
  status.slips.forEach((slip, i) => {
    assert.equal(rows[i][5], slip.root === slip.task ? "itself" : tasks[slip.root].name);
    assert.equal(rows[i][6], slip.causes.map(({ words }) => words[0]).join("; "));
    assert.equal(rows[i][3], date(slip.baseline));
  });
  const csv = await copied_csv(page, page.locator(`${block("Where slips come from")} .copy`));
  assert.equal(csv.length, rows.length + 1);
  assert.deepEqual(csv.slice(1).map(([name]) => name), rows.map(([name]) => name));
});

test("what is due stands by owner, overdue first; critical tasks that changed are told", async (t) => {
  const { page, status, tasks } = await open_status(t);
  const part = `${kPart} .risk-block:has(> h3:text-matches("^Due until"))`;
  assert.deepEqual(await texts(page, `${part} tr.group`), status.ahead.map(({ owner }) => owner || "No owner"));
  const rows = (await table_rows(page, part)).filter((row) => row.length > 1);
  assert.equal(rows.length, status.num_ahead);
  const wanted = status.ahead.flatMap(({ entries }) => entries.map(({ kind, task }) => [kind.startsWith("overdue"), tasks[task].name]));
  assert.deepEqual(rows.map(([what, name]) => [what.includes("overdue"), name]), wanted);
  const critical = await texts(page, `${block("Critical tasks")} li`);
  assert.deepEqual(critical, [...status.new_critical.tasks, ...status.cleared_critical.tasks].map((task) => tasks[task].name));
});

test("above all else: how late it is, and how many tasks are red", async (t) => {
  const { page, status } = await open_status(t);
  assert.equal(await page.locator('.answer a[href="#status"]').last().textContent(), `${status.num_red} tasks are red`);
  assert.match(await page.locator(".answer").nth(3).textContent(), /The finish is [\d.]+ d later than in the baseline$/);
});

test("in Chinese nothing is left in English", async (t) => {
  const { page } = await open_status(t);
  await press(page, "l");
  const all = await texts(page, `${kPart} p, ${kPart} th, ${kPart} td, ${kPart} li, ${kPart} h3, ${kPart} text`);
  const names = /Li Ming|Wang Fang|Zhou Jie|Sun Lei|Chen Yu|TCPI|SPI|CPI|EAC/g;
  assert.deepEqual(all.map((text) => text.replace(names, "")).filter((text) => /[a-z]{2}/i.test(text.replace(/PV|EV|AC/g, ""))), []);
  assert_quiet(page);
});

test("at the edges: no budget, no cost, no baseline, nothing late, nothing due, too many weeks", async (t) => {
  const changes = [
    (status) => Object.assign(status, { value: null, schedule: null }),
    (status) => Object.assign(status.value, { ac: null, cv: null, cpi: null, tcpi: null, eac: null, eac_by_cost_performance: null, eac_by_budget: null, eac_by_both: null, eac_bottom_up: null }),
    (status) => Object.assign(status.value, { tcpi: null, spi: null }),
    (status) => Object.assign(status, { baseline: null, finish: null, light: "none", reasons: [] }),
    (status) => Object.assign(status, { lights: [], num_lights: 0, num_red: 0, slips: [], num_slips: 0, slip: 0, light: "green", ahead: [], num_ahead: 0 }),
    (status) => Object.assign(status, { weeks: null, num_lights: 999, num_slips: 999, num_ahead: 999 }),
    (status) => Object.assign(status, { weeks: null, months: { from: [], to: [], planned: [], earned: [], actual: [] }, ahead_until: null, slip: -480 }),
  ];
  for (const change of changes) {
    const page = await open(t, await edited(await make_city(), ({ status }) => change(status)));
    await page.$$eval("details", (all) => all.forEach((each) => (each.open = true)));
    await settled(page);
    assert.ok(await page.locator(kPart).isVisible());
    assert.doesNotMatch(await page.$eval(kPart, (each) => each.outerHTML), /NaN|Infinity|undefined|>null</, change.toString());
    assert_quiet(page);
  }
});

test("on a narrow screen nothing is wider than it; on paper it is all there", async (t) => {
  const { page, status, tasks } = await open_status(t, { viewport: { width: 390, height: 844 } });
  assert.ok((await page.evaluate(() => document.documentElement.scrollWidth)) <= 390);
  const wide = await open_status(t);
  const { text } = await print(wide.page);
  for (const { task } of status.slips) assert.ok(text.includes(tasks[task].name));
  for (const title of ["Where it stands", "Planned, earned, spent", "Where slips come from"]) assert.ok(text.includes(title), title);
});
