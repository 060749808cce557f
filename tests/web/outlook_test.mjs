/** Targets: chances, fans, gaps, scores, pushes and news, as the document has them; by keyboard, on paper, at their edges. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { make_city } from "./city.mjs";
import { assert_quiet, copied_csv, edited, example, make_page, open, press, print, read_document, settled, texts } from "./support.mjs";

const kPart = 'section[aria-labelledby="targets"]';
const kLikely = 0.75;
const kUnlikely = 0.25;

async function open_targets(t, options = {}) {
  const file = await make_city();
  const page = await open(t, file, options);
  return { file, page, outlook: read_document(file).outlook };
}

const percent = (share) => (share > 0 && share < 0.005 ? "< 1 %" : share < 1 && share >= 0.995 ? "> 99 %" : `${Math.round(share * 100)} %`);
const word = (share) => (share >= kLikely ? "likely" : share < kUnlikely ? "unlikely" : "open");
const by_chance = (outlook) => outlook.targets.filter(({ chance }) => chance !== null).sort((a, b) => a.chance - b.chance);
/** A number as it stands on the page: `−0.78`, `+1,098`. */
const number = (text) => Number(/^-?[\d.]+/.exec(text.replaceAll(/[,+]/g, "").replace("−", "-"))?.[0] ?? NaN);
const block = (title) => `${kPart} .risk-block:has(> h3:text-is("${title}"))`;
const table_rows = (page, selector) =>
  page.$$eval(`${selector} tbody tr`, (rows) => rows.map((row) => [...row.children].map((cell) => cell.textContent)));

test("a page without figures on record has no targets", async (t) => {
  const file = await make_page(example("expo"));
  assert.equal(read_document(file).outlook, null);
  const page = await open(t, file);
  assert.equal(await page.locator(kPart).count(), 0);
  assert.equal(await page.locator('.bar-links a[href="#targets"]').count(), 0);
});

test("the short answer: the score, how many goals are likely, the best push, what moved most", async (t) => {
  const { page, outlook } = await open_targets(t);
  assert.ok(await page.locator('.bar-links a[href="#targets"]').isVisible());
  const facts = await texts(page, `${kPart} .fact`);
  assert.equal(facts.length, 4);
  assert.match(facts[0], new RegExp(`${outlook.score.today.toFixed(1)} today`));
  assert.match(facts[0], new RegExp(`year's end ${outlook.score.end.toFixed(1)}`));
  const chances = outlook.targets.flatMap(({ chance }) => (chance === null ? [] : [chance]));
  for (const each of ["unlikely", "open", "likely"]) {
    assert.match(facts[1], new RegExp(`${chances.filter((chance) => word(chance) === each).length} ${each}`));
  }
  assert.ok(facts[2].includes(outlook.targets[outlook.pushes[0].target].name[0]));
  const largest = [...outlook.news].sort((a, b) => Math.abs(b.chance_after - b.chance_before) - Math.abs(a.chance_after - a.chance_before))[0];
  assert.ok(facts[3].includes(outlook.targets[largest.target].name[0]), facts[3]);
  assert.ok(facts[3].includes(`${percent(largest.chance_before)} → ${percent(largest.chance_after)}`), facts[3]);
  assert_quiet(page);
});

test("news are of the month up to the latest figure, or since the day that is asked; what is no day is said", async (t) => {
  const day = (text) => Date.parse(`${text}T24:00Z`) / 60000;
  assert.equal(read_document(await make_city()).outlook.since, day("2026-05-19"));
  const file = await make_city(["--since", "2026-04-30"]);
  const { outlook } = read_document(file);
  assert.equal(outlook.since, day("2026-04-30"));
  const page = await open(t, file);
  assert.ok((await texts(page, `${kPart} h3`)).includes("What changed since 30 Apr 2026"));
  const wrong = read_document(await make_city(["--since", "soon"]));
  assert.deepEqual(wrong.findings.filter(({ severity }) => severity === "error").map(({ where }) => where), ["--since"]);
});

test("cards come by chance, each with its number, its shape and its word", async (t) => {
  const { page, outlook } = await open_targets(t);
  const wanted = by_chance(outlook);
  const shapes = { likely: "●", open: "◆", unlikely: "▼" };
  const cards = await page.$$eval(`${kPart} .target-card`, (all) =>
    all.map((card) => [card.querySelector("h4").textContent, card.querySelector(".target-chance").textContent]),
  );
  assert.deepEqual(
    cards,
    wanted.map(({ name, chance }) => [name[0], `${shapes[word(chance)]}${percent(chance)} ${word(chance)}`]),
  );
  for (const [i, target] of wanted.entries()) {
    const lines = await texts(page, `${kPart} .target-card:nth-child(${i + 1}) .target-lines p`);
    assert.ok(lines[0].startsWith(`Expected ${target.expected.p50 >= 1000 ? "" : target.expected.p50.toFixed(1)}`), lines[0]);
    assert.ok(lines.some((line) => line.startsWith("So far")));
    const rate = lines.find((line) => line.startsWith("The rest"));
    assert.equal(rate !== undefined, target.run_rate !== null);
    if (rate) assert.match(rate, new RegExp(`${target.run_rate.reached} of ${target.run_rate.years} years had as much$`));
    const tasks = lines.find((line) => line.startsWith("With tasks"));
    assert.equal(tasks !== undefined, target.chance_as_scheduled !== null);
  }
  assert.ok(wanted.some(({ chance_as_scheduled }) => chance_as_scheduled !== null), "a task adds to one of them");
});

test("a fan has its bands, what is known point by point, and says what it shows", async (t) => {
  const { page, outlook } = await open_targets(t);
  for (const [i, target] of by_chance(outlook).entries()) {
    const fan = page.locator(`${kPart} .target-card`).nth(i).locator(".fan");
    const label = await fan.getAttribute("aria-label");
    assert.ok(label.startsWith(`${target.name[0]}: chance ${percent(target.chance)}, expected `), label);
    const shapes = await fan.locator("path[fill]:not([fill=none])").evaluateAll((all) => all.map((each) => each.getAttribute("fill")));
    for (const band of ["--fan-1", "--fan-2", "--fan-3"]) assert.equal(shapes.filter((fill) => fill.includes(band)).length, 1, band);
    const known = target.fan.filter(({ actual }) => actual !== null).length;
    assert.equal(shapes.filter((fill) => fill === "var(--ink)").length, known, `${target.id}: ${known} points`);
  }
});

test("the gap: whichever target is chosen, its steps lead from the goal to what is expected", async (t) => {
  const { page, outlook } = await open_targets(t);
  const choice = page.locator('[data-key="gap-target"]');
  const names = await choice.locator("option").allTextContents();
  assert.ok(names.length > 8);
  const part = block("Where the gap comes from");
  for (const name of names) {
    await choice.selectOption({ label: name });
    await page.locator(`${part} summary`).click();
    await settled(page);
    const target = outlook.targets.find((each) => each.name[0] === name);
    const rows = await table_rows(page, part);
    const changes = rows.slice(1, -1).map(([, change]) => number(change));
    const [first, last] = [number(rows[0][2]), number(rows.at(-1)[2])];
    if (target.goal !== null) assert.ok(Math.abs(first - target.goal) <= 0.5, name);
    const slack = 0.06 * (changes.length + 2) * Math.max(1, Math.abs(last) / 100);
    assert.ok(Math.abs(first + changes.reduce((a, b) => a + b, 0) - last) < slack, `${name}: ${JSON.stringify(rows)}`);
    assert.equal(await page.locator(`${part} [role="img"] text`).count() >= 2 * rows.length, true);
    const label = await page.getAttribute(`${part} [role="img"]`, "aria-label");
    for (const [step] of rows) assert.ok(label.includes(step));
  }
  assert_quiet(page);
});

test("the keyboard chooses another target, and the theme leaves the choice's place alone", async (t) => {
  const { page } = await open_targets(t);
  await page.focus('[data-key="gap-target"]');
  const label = () => page.getAttribute(`${block("Where the gap comes from")} [role="img"]`, "aria-label");
  const before = await label();
  await press(page, "ArrowDown");
  assert.notEqual(await label(), before);
});

test("the tree stands in its order, with points, spread and rank", async (t) => {
  const { page, outlook } = await open_targets(t);
  const { targets } = outlook;
  const below = (parent, depth) => targets.flatMap((target, i) => (target.parent === parent ? [[target, depth], ...below(i, depth + 1)] : []));
  const wanted = below(-1, 0).filter(([target]) => target.points !== null);
  const rows = await table_rows(page, block("Scores"));
  assert.deepEqual(rows.map(([name]) => name), wanted.map(([target]) => target.name[0]));
  wanted.forEach(([target], i) => {
    assert.ok(Math.abs(number(rows[i][2]) - target.points.today) <= 0.051, target.id);
    assert.ok(Math.abs(number(rows[i][4]) - target.points.end) <= 0.051, target.id);
  });
  const depths = await page.$$eval(`${block("Scores")} tbody th span`, (all) => all.map((each) => Number(each.className.slice(-1))));
  assert.deepEqual(depths, wanted.map(([, depth]) => depth));
  const ranked = wanted.findIndex(([target]) => target.rank !== null);
  assert.match(rows[ranked].at(-1), new RegExp(`^${targets.find(({ rank }) => rank).rank.today} → `));
});

test("pushes, news and effects say what the document says, and copy as CSV", async (t) => {
  const { page, outlook } = await open_targets(t);
  const name = (index) => outlook.targets[index].name[0];
  const pushes = await table_rows(page, block("Where a push helps most"));
  assert.deepEqual(pushes.map(([first]) => first), outlook.pushes.filter(({ points }) => points > 0).map(({ target }) => name(target)));
  const csv = await copied_csv(page, page.locator(`${block("Where a push helps most")} .copy`));
  assert.ok(Math.abs(Number(csv[1][1]) - outlook.pushes[0].points) < 1e-9);

  const news = await table_rows(page, `${kPart} .risk-block:has(> h3:text-matches("^What changed since"))`);
  assert.equal(news.length, outlook.news.length);
  const revised = outlook.news.find(({ revisions }) => Math.abs(revisions) > 1);
  const row = news.find(([first]) => first === name(revised.target));
  assert.ok(Math.abs(number(row[2]) - revised.revisions) < 0.06);
  const moved = outlook.news.map((each) => Math.abs((each.chance_after ?? 0) - (each.chance_before ?? 0)));
  assert.equal(news[0][0], name(outlook.news[moved.indexOf(Math.max(...moved))].target), "the largest change first");

  const effects = await table_rows(page, block("What tasks add"));
  const affected = outlook.targets.filter(({ chance_as_scheduled }) => chance_as_scheduled !== null);
  assert.deepEqual(
    effects.map((cells) => cells.slice(0, 4)),
    affected.map((each) => [each.name[0], percent(each.chance_without_effects), percent(each.chance), percent(each.chance_as_scheduled)]),
  );
  assert_quiet(page);
});

test("the sides of the accounts differ by their discrepancy, and parts are told", async (t) => {
  const { page, outlook } = await open_targets(t);
  const rows = await table_rows(page, `${kPart} .table-block:has(caption:text-is("The sides of Gross domestic product"))`);
  assert.deepEqual(rows.map(([, side]) => side), ["as published", "production", "expenditure"]);
  const own = outlook.targets.find(({ id }) => id === "G").expected.mean;
  for (const [i, id] of ["GP", "GE"].entries()) {
    const { mean } = outlook.targets.find((target) => target.id === id).expected;
    assert.ok(Math.abs(number(rows[i + 1][3]) - (own - mean)) < 0.06);
  }
  const parts = await table_rows(page, `${kPart} .table-block:has(caption:text-is("By production"))`);
  assert.deepEqual(parts.map(([first]) => first), ["Primary industry", "Secondary industry", "Tertiary industry"]);
});

test("what cannot be told says why, in both languages; nothing is left in English", async (t) => {
  const { page, outlook } = await open_targets(t);
  const untold = outlook.targets.find(({ cannot }) => cannot);
  assert.deepEqual(await texts(page, `${kPart} .untold dt, ${kPart} .untold dd`), [untold.name[0], untold.cannot[0]]);
  await press(page, "l");
  assert.deepEqual(await texts(page, `${kPart} .untold dt, ${kPart} .untold dd`), [untold.name[1], untold.cannot[1]]);
  const all = await texts(page, `${kPart} p, ${kPart} th, ${kPart} td, ${kPart} li, ${kPart} h3, ${kPart} text, ${kPart} option`);
  assert.deepEqual(all.filter((text) => /[a-z]{3}/.test(text)), []);
  assert_quiet(page);
});

test("above all else: goals that are unlikely are something to decide, and lead to the targets", async (t) => {
  const { page, outlook } = await open_targets(t);
  const count = outlook.targets.filter(({ chance }) => chance !== null && chance < kUnlikely).length;
  const link = page.locator('.answer a[href="#targets"]');
  assert.equal(await link.textContent(), `${count} goals are unlikely to be reached`);
});

test("names are text, whatever they hold", async (t) => {
  const file = await edited(await make_city(), ({ outlook }) => {
    outlook.targets.forEach((target, i) => {
      target.name = [["<img src=x onerror=alert(1)>", "</script><script>alert(2)</script>", "\u202Eשלום", "=1+1", "长".repeat(200)][i % 5], "<b>b</b>"];
      target.unit = "<i>u</i>";
      if (target.cannot) target.cannot = ["<script>window.pwned = 1</script>", "x"];
    });
    outlook.pushes[0].target = 0;
  });
  for (const width of [1440, 390]) {
    const page = await open(t, file, { viewport: { width, height: 900 } });
    await page.$$eval("details", (all) => all.forEach((each) => (each.open = true)));
    await settled(page);
    assert.equal(await page.locator(`${kPart} :is(img, b, i, script)`).count(), 0);
    assert.equal(await page.evaluate(() => window.pwned ?? null), null);
    assert.ok((await page.evaluate(() => document.documentElement.scrollWidth)) <= width, `${width}: no wider than the screen`);
    assert_quiet(page);
  }
});

test("at the edges: no score, no news, no push, no goals, nothing known at all", async (t) => {
  const changes = [
    (outlook) => Object.assign(outlook, { score: null, since: null, news: [], pushes: [] }),
    (outlook) => outlook.news.splice(0),
    (outlook) => outlook.targets.forEach((target) => Object.assign(target, { goal: null, chance: null, gap: null, parts: [], run_rate: null })),
    (outlook) => outlook.targets.forEach((target) => Object.assign(target, { expected: null, chance: null, fan: [], parts: [], points: null })),
    (outlook) => outlook.targets.forEach((target) => Object.assign(target, { fan: target.fan.slice(0, 1), run_rate: null })),
    (outlook) => outlook.targets.forEach((target) => target.fan.forEach((point) => Object.assign(point, { quantiles: Array(7).fill(0), actual: null, planned: null }))),
    (outlook) => Object.assign(outlook, { targets: [], pushes: [], news: [] }),
  ];
  for (const change of changes) {
    const file = await edited(await make_city(), (document) => change(document.outlook));
    const page = await open(t, file);
    await page.$$eval("details", (all) => all.forEach((each) => (each.open = true)));
    await settled(page);
    assert.ok(await page.locator(kPart).isVisible());
    assert.doesNotMatch(await page.textContent(kPart), /NaN|Infinity|undefined|\bnull\b/, change.toString());
    assert.doesNotMatch(await page.$eval(kPart, (each) => each.outerHTML), /NaN/, change.toString());
    assert_quiet(page);
  }
});

test("many targets: a dozen cards at first, the others when they are asked for", async (t) => {
  const file = await edited(await make_city(), ({ outlook }) => {
    const [model] = outlook.targets.filter(({ chance }) => chance !== null);
    for (let i = 0; i < 300; ++i) outlook.targets.push({ ...model, id: `X${i}`, name: [`Copy ${i}`, `副本 ${i}`] });
  });
  const page = await open(t, file);
  assert.equal(await page.locator(`${kPart} .target-card`).count(), 12);
  await page.locator(`${kPart} button`, { hasText: /^Show all 3\d\d$/ }).click();
  assert.ok((await page.locator(`${kPart} .target-card`).count()) > 300);
  assert_quiet(page);
});

test("on paper it is all there, and the pages are not wider than paper", async (t) => {
  const { page, outlook } = await open_targets(t, { colorScheme: "dark" });
  const { text, sizes } = await print(page);
  for (const size of sizes) assert.deepEqual(size, [297, 210]);
  for (const { name } of by_chance(outlook)) assert.ok(text.includes(name[0]), name[0]);
  for (const title of ["The least sure first", "Where the gap comes from", "Scores", "Where a push helps most"]) assert.ok(text.includes(title), title);
});
