/** Risk: what the page says of the trials, read by pointer and keyboard, copied, printed, and at its edges. */

import assert from "node:assert/strict";
import { test } from "node:test";
import {
  assert_quiet,
  copied_csv,
  edited,
  example,
  make_page,
  num_rows,
  open,
  picture,
  press,
  print,
  read_document,
  reopen,
  settled,
  texts,
  write_plan,
} from "./support.mjs";

const kDay = 1440;
const kPart = 'section[aria-labelledby="risk"]';
const kPlot = `${kPart} [role="slider"]`;
const plant = () => make_page(example("battery-plant"));

async function open_risk(t, options = {}) {
  const file = await plant();
  const page = await open(t, file, options);
  await page.locator(kPlot).scrollIntoViewIfNeeded();
  await settled(page);
  return { file, page, risk: read_document(file).risk };
}

/** `18 Sep 2026`, by other means than the page's own. */
const day = (minutes, language = "en-GB") =>
  new Date((minutes - 1) * 60000).toLocaleDateString(language, { timeZone: "UTC", day: "numeric", month: "short", year: "numeric" }).replace("Sept", "Sep");
const percent = (share) => `${Math.round(share * 100)} %`;

// --- what it says

test("above the fold: how sure the date is, and how likely the planned one", async (t) => {
  const { page, risk } = await open_risk(t);
  const cell = page.locator(".answer").nth(2);
  assert.equal((await cell.locator(".answer-text").textContent()).replace(/^–/, ""), `80 % sure by ${day(risk.finish.p80)}`);
  const more = await cell.locator(".answer-more p").allTextContents();
  assert.equal(more[0], `Planned ${day(risk.planned)} is ${percent(risk.planned_share)} likely`);
  assert.match(more[1], /^The schedule: proven optimal/);
  await cell.locator("a").click();
  assert.equal(await page.evaluate(() => location.hash), "#risk");
  assert.ok(await page.locator('.bar-links a[href="#risk"]').isVisible());
  assert_quiet(page);
});

test("links alone: by how many days their P80 is too early", async (t) => {
  const { page, risk } = await open_risk(t);
  const days = Math.round(risk.links_only.too_early / kDay);
  assert.ok(days > 1);
  const sentence = `By links alone P80 would be ${day(risk.links_only.finish.p80)}: ${days} days too early, because people and machines are counted as free.`;
  assert.ok((await texts(page, `${kPart} p`)).includes(sentence), sentence);
  await press(page, "l");
  const said = (await texts(page, `${kPart} p`)).find((text) => text.startsWith("仅按逻辑关系，P80"));
  assert.ok(said.includes(`早了 ${days}天`), said);
  const english = (await texts(page, `${kPart} p, ${kPart} th, ${kPart} li`)).filter((text) => /[a-z]{3}/.test(text.replace("Home 与 End", "")));
  assert.deepEqual(english, [], "nothing is left in English");
  assert_quiet(page);
});

test("what cannot be promised is said: capacities that trials exceed", async (t) => {
  const { page, risk } = await open_risk(t);
  const said = (await texts(page, `${kPart} p`)).find((text) => text.includes("judged independently"));
  if (risk.sampled.within === risk.sampled.judged) assert.match(said, /^All /);
  else assert.match(said, /These dates may be too early\.$/);
});

// --- the curve

test("pointing reads the curve: by this date, so many", async (t) => {
  const { page, risk } = await open_risk(t);
  const box = await page.locator(kPlot).boundingBox();
  const tip = page.locator(`${kPart} .risk-tip`);
  assert.equal(await tip.isHidden(), true);
  let last = -1;
  for (const part of [0.1, 0.3, 0.5, 0.7, 0.9]) {
    await page.mouse.move(box.x + box.width * part, box.y + box.height / 2);
    await settled(page);
    const words = await tip.locator("strong").textContent();
    const [, date, share] = /^By (.*): [<>]? ?(\d+) %$/.exec(words);
    assert.ok(Number(share) >= last, words);
    last = Number(share);
    // The share of that day's end lies between those of the quantiles beside it.
    const time = Date.parse(`${date.replace(/^\w+ /, "")} UTC`) / 60000 + kDay;
    const least = risk.curve.filter((each) => each <= time).length - 1;
    assert.ok(Number(share) >= Math.max(0, least) - 1 && Number(share) <= least + 2, `${words}: ${least}`);
  }
  assert.ok(last > 90);
  await page.mouse.move(box.x + box.width / 2, box.y + box.height + 200);
  assert.equal(await tip.isHidden(), true);
  assert_quiet(page);
});

test("the arrow keys read it too, and say so", async (t) => {
  const { page, risk } = await open_risk(t);
  const plot = page.locator(kPlot);
  const now = async () => Number(await plot.getAttribute("aria-valuenow"));
  assert.equal(await now(), 80, "it begins at the confidence");
  await plot.focus();
  await press(page, "ArrowRight");
  assert.ok((await now()) >= 81);
  const text = await plot.getAttribute("aria-valuetext");
  assert.match(text, /^By .*: 8\d %; by links alone \d+ %$/);
  assert.ok(await page.locator(`${kPart} .risk-tip`).isVisible());
  const before = await now();
  await press(page, "ArrowLeft");
  assert.ok((await now()) < before);
  await press(page, "PageUp");
  assert.ok((await now()) >= 89);
  await press(page, "Home");
  assert.ok((await now()) <= 1);
  assert.ok((await plot.getAttribute("aria-valuetext")).includes(day(risk.curve[0])));
  await press(page, "End");
  assert.equal(await now(), 100);
  await press(page, "Tab");
  assert.equal(await page.locator(`${kPart} .risk-tip`).isHidden(), true);
  assert_quiet(page);
});

test("the marks: planned, P50, P80 and the deadline, each at its date", async (t) => {
  const { page, risk } = await open_risk(t);
  const short = (minutes) => day(minutes).replace(/ \d{4}$/, "");
  const marks = await texts(page, `${kPlot} text`);
  for (const wanted of [
    `P50: ${short(risk.finish.p50)}`,
    `P80: ${short(risk.finish.p80)}`,
    `Planned ${short(risk.planned)}: ${percent(risk.planned_share)}`,
    `Deadline ${short(risk.deadline.time)}: ${percent(risk.deadline.chance)}`,
  ]) {
    assert.ok(marks.includes(wanted), `${wanted} in ${marks}`);
  }
  // No label lies upon another.
  const boxes = await page.$$eval(`${kPlot} text[font-weight="600"], ${kPlot} text`, (all) =>
    all.filter((each) => /^(P\d|Planned|Deadline)/.test(each.textContent)).map((each) => each.getBoundingClientRect().toJSON()),
  );
  for (const a of boxes) {
    for (const b of boxes) {
      if (a.x === b.x && a.y === b.y) continue;
      assert.ok(a.right <= b.left || b.right <= a.left || a.bottom <= b.top + 1 || b.bottom <= a.top + 1, JSON.stringify([a, b]));
    }
  }
});

// --- tables

test("drivers: ranked by the days they cost; a click shows the task in the Gantt chart", async (t) => {
  const { page, risk, file } = await open_risk(t);
  const document = read_document(file);
  const block = page.locator(`${kPart} .risk-block`).filter({ has: page.locator("h3", { hasText: "What drives the finish" }) });
  const [header, ...rows] = await copied_csv(page, block.locator(".copy"));
  assert.deepEqual(header, ["Task", "Delays by", "Critical", "Planned", "Mean", "Std. dev.", "Rank corr."]);
  assert.deepEqual(rows.map((row) => row[0]), risk.drivers.map((each) => document.tasks.name[each.task]));
  assert.deepEqual(rows.map((row) => Number(row[2])), risk.drivers.map((each) => each.criticality));
  const { task } = risk.drivers[4];
  await block.locator("tbody .link").nth(4).click();
  await settled(page);
  assert.equal(await page.locator('.g-row[aria-selected="true"]').getAttribute("data-task"), String(task));
  assert.ok(await page.isVisible("aside.why"));
  assert_quiet(page);
});

test("risks: how often they strike and what they delay", async (t) => {
  const { page, risk } = await open_risk(t);
  const block = page.locator(`${kPart} .risk-block`).filter({ has: page.locator("h3", { hasText: /^Risks$/ }) });
  const [header, ...rows] = await copied_csv(page, block.locator(".copy"));
  assert.deepEqual(header, ["Risks", "Strikes", "Then later by", "On average"]);
  assert.deepEqual(rows.map((row) => row[0]), risk.risks.map((each) => each.name[0]));
  assert.equal(rows[0][2], `${(risk.risks[0].delay_if_struck / kDay).toFixed(1)} d`);
});

test("each drawing stands as a table too", async (t) => {
  const { page, risk } = await open_risk(t);
  for (const summary of await page.locator(`${kPart} details summary`).all()) await summary.click();
  await settled(page);
  const curve = page.locator(`${kPart} .table-block`).filter({ has: page.locator("caption", { hasText: "When it ends" }) });
  const [, ...percents] = await copied_csv(page, curve.locator(".copy"));
  assert.equal(percents.length, 21);
  const text = (minutes) => new Date(minutes * 60000).toISOString().slice(0, 16).replace("T", " ");
  assert.deepEqual(percents[16], ["80", text(risk.finish.p80), text(risk.links_only.finish.p80)]);
  const counts = page.locator(`${kPart} .table-block`).filter({ has: page.locator("caption", { hasText: "Trials by finish" }) });
  const [, ...rows] = await copied_csv(page, counts.locator(".copy"));
  assert.deepEqual(rows.map((row) => Number(row[2])), risk.histogram.counts);
  const points = page.locator(`${kPart} .table-block`).filter({ has: page.locator("caption", { hasText: "Cost against date" }) });
  assert.equal((await copied_csv(page, points.locator(".copy"))).length, risk.points.finish.length + 1);
  assert_quiet(page);
});

test("milestones: their P80 and the chance of their deadline", async (t) => {
  const { page, risk, file } = await open_risk(t);
  const document = read_document(file);
  const [header, ...rows] = await copied_csv(page, page.locator('section[aria-labelledby="milestones"] .copy'));
  assert.ok(header.includes("P80") && header.includes("Chance"), header.join());
  const chance = header.indexOf("Chance");
  document.milestones.forEach(({ task }, i) => {
    const forecast = risk.dates.find((each) => each.task === task);
    assert.equal(rows[i][chance], forecast?.chance == null ? "" : String(forecast.chance));
  });
});

// --- the Gantt chart

test("confidence bars: switched in the tools, remembered, in the legend", async (t) => {
  const { page } = await open_risk(t);
  const legend = () => page.getAttribute(".g-legend canvas", "aria-label");
  const box = page.locator('[data-key="whiskers"]');
  assert.equal(await box.isChecked(), true);
  assert.ok((await legend()).includes("P10–P90"));
  const shown = await picture(page, ".g-chart");
  await box.uncheck();
  await settled(page);
  const hidden = await picture(page, ".g-chart");
  assert.notEqual(hidden, shown);
  assert.ok(!(await legend()).includes("P10–P90"));
  await reopen(page);
  assert.equal(await page.locator('[data-key="whiskers"]').isChecked(), false);
  await page.locator('[data-key="whiskers"]').check();
  await settled(page);
  assert.equal(await picture(page, ".g-chart"), shown);
  assert_quiet(page);
});

// --- paper

test("on paper: the chart in the light theme, with what it says", async (t) => {
  const { page, risk } = await open_risk(t, { colorScheme: "dark" });
  const { text } = await print(page);
  const squeezed = text.replace(/\s+/g, " ");
  for (const wanted of ["How sure is that?", `80 % sure by ${day(risk.finish.p80)}`, "days too early", "What drives the finish", "P80: "]) {
    assert.ok(squeezed.includes(wanted), wanted);
  }
  assert_quiet(page);
});

// --- without, and at the edges

test("a plan without uncertainty, and one whose reader wants no trials, have no such section", async (t) => {
  for (const file of [await make_page(example("expo")), await make_page(example("battery-plant"), ["--without-risk"])]) {
    const page = await open(t, file);
    assert.equal(read_document(file).risk, null);
    assert.equal(await page.locator("#risk").count(), 0);
    assert.equal(await page.locator('.bar-links a[href="#risk"]').count(), 0);
    assert.equal(await page.locator('[data-key="whiskers"]').count(), 0);
    assert.equal(await page.locator(".answer").nth(2).locator(".answer-text").textContent().then((text) => /sure by/.test(text)), false);
    assert_quiet(page);
  }
});

/** Little plans in which something varies. */
const small = (uncertainty, more = {}) =>
  write_plan({
    "plan.toml": '[plan]\nname = "Small"\nname_zh = "小计划"\nstart = 2026-03-02\n',
    "tasks.csv": "id,name,name_zh,duration,predecessors\nA,Dig,开挖,5d,\nB,Pour,浇筑,5d,A\nC,Beside,并行,1d,A\nM,Done,完成,0d,B; C\n",
    "uncertainty.csv": `task,low,high\n${uncertainty}\n`,
    ...more,
  });

const kEdges = {
  "one trial": () => make_page(small("*,80%,130%"), ["--trials", "1"]),
  "all finishes equal": () => make_page(small("C,80%,130%")),
  "no resources, no cost": () => make_page(small("*,80%,130%")),
  "by links alone": () => make_page(example("battery-plant"), ["--without-resources", "--trials", "500"]),
  "a risk alone": () => make_page(small("*,100%,100%", { "risks.csv": "id,name,task,probability,impact\nR,Rain,A,30%,3d\n" })),
  periods: async () =>
    edited(await plant(), (document) => {
      document.plan.abstract = true;
    }),
  "no dates at the end": async () =>
    edited(await plant(), ({ risk }) => {
      risk.curve.fill(null, 70);
      risk.finish.p80 = risk.finish.p90 = risk.finish.at_confidence = risk.finish.mean = null;
      risk.without_dates = 3000;
      risk.links_only.finish.p80 = null;
    }),
  "one column, one driver, nothing else": async () =>
    edited(await plant(), ({ risk }) => {
      risk.histogram = { edges: [risk.planned, risk.planned + 1], counts: [risk.trials] };
      risk.curve.fill(risk.planned);
      for (const key of Object.keys(risk.finish)) risk.finish[key] = risk.planned;
      risk.drivers = risk.drivers.slice(0, 1);
      Object.assign(risk, { risks: [], cost: null, points: null, links_only: null, sampled: null, deadline: null, dates: [], tasks: null, p80_error: null });
    }),
  "nothing at all": async () =>
    edited(await plant(), ({ risk }) => {
      risk.histogram = { edges: [], counts: [] };
      risk.curve.fill(null);
      for (const key of Object.keys(risk.finish)) risk.finish[key] = null;
      Object.assign(risk, { drivers: [], num_drivers: 0, risks: [], cost: null, points: null, links_only: null, sampled: null, deadline: null, dates: [], tasks: null });
    }),
  "hostile names": async () =>
    edited(await plant(), ({ risk, tasks }) => {
      const name = '</script><img src=x onerror="window.pwned = 1"><b>';
      risk.risks.forEach((each) => (each.name = [name, name]));
      risk.drivers.forEach((each) => (tasks.name[each.task] = name));
    }),
};
for (const [what, make] of Object.entries(kEdges)) {
  test(`${what}: the section stands, in both languages, wide and narrow`, async (t) => {
    const file = await make();
    const page = await open(t, file);
    assert.equal(await page.locator(kPart).count(), 1);
    for (const summary of await page.locator(`${kPart} details summary`).all()) await summary.click();
    await press(page, "l", "t");
    await page.setViewportSize({ width: 390, height: 844 });
    await settled(page);
    const plot = page.locator(kPlot);
    await plot.scrollIntoViewIfNeeded();
    await plot.focus();
    await press(page, "ArrowRight", "End", "Home", "PageUp");
    assert.match(await plot.getAttribute("aria-valuetext"), /%/);
    const wrong = (await texts(page, `${kPart} *`)).filter((text) => /NaN|undefined|null|Infinity|1970/.test(text));
    if (what !== "periods") assert.deepEqual(wrong, []);
    const paths = await page.$$eval(`${kPart} svg *`, (all) => all.filter((each) => /NaN|Infinity/.test(each.outerHTML)).map((each) => each.outerHTML));
    assert.deepEqual(paths, []);
    assert.equal(await page.evaluate(() => window.pwned ?? null), null);
    const is_wider = await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth);
    assert.equal(is_wider, false, "nothing sticks out");
    assert_quiet(page);
    assert.ok((await num_rows(page)) > 0);
  });
}
