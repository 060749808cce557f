/** The page of a muster: everybody is somewhere at every step, names do not overlap, what is assumed is marked, sheets. */

import assert from "node:assert/strict";
import fs from "node:fs";
import { test } from "node:test";
import { load_modules, make_random } from "./bundle.mjs";
import {
  assert_quiet,
  example,
  fresh_path,
  make_dispatch_page,
  open,
  press,
  print,
  read_data,
  run_program,
  settled,
  texts,
  write_plan,
} from "./support.mjs";

const kHainan = example("hainan");
const hainan = make_dispatch_page(kHainan);
const sum = (numbers) => numbers.reduce((a, b) => a + b, 0);
const number = (text) => Number(text.replaceAll(",", ""));

async function open_hainan(t, options = {}) {
  const { file } = await hainan;
  return { page: await open(t, file, options), told: read_data(file) };
}

/** Puts the slider where it is asked to be. */
async function set_step(page, step) {
  await page.$eval(".d-slider", (slider, value) => {
    slider.value = String(value);
    slider.dispatchEvent(new Event("input", { bubbles: true }));
  }, step);
}

test("of random places none goes north of one that lies north of it, none stands too near, and names keep apart", async () => {
  const { make_layout, make_warp, place_labels } = await load_modules("dispatch/layout", "dispatch/labels");
  const random = make_random(7);
  for (let round = 0; round < 60; ++round) {
    const count = 1 + random.below(40);
    const places = Array.from({ length: count }, () => ({
      located: random.chance(0.95),
      // Half of them in one small town.
      latitude: random.chance(0.5) ? random.between(30, 30.02) : random.between(-60, 60),
      longitude: random.chance(0.5) ? random.between(120, 120.02) : random.between(-170, 170),
    }));
    const warp = make_warp(places.map(({ latitude }) => latitude));
    const sorted = places.map(({ latitude }) => latitude).sort((a, b) => a - b);
    sorted.slice(1).forEach((value, i) => assert.ok(warp.at(value) >= warp.at(sorted[i])));
    const box = { x: 40, y: 40, width: 700, height: 400 };
    const { points } = make_layout(places, box, 20);
    for (const [i, a] of points.entries()) {
      assert.ok(a.x >= box.x - 0.1 && a.x <= box.x + box.width + 0.1 && a.y >= box.y - 0.1 && a.y <= box.y + box.height + 0.1);
      for (const b of points.slice(i + 1)) assert.ok(Math.hypot(a.x - b.x, a.y - b.y) > 5, "not one upon the other");
    }
    const wanted = points.map((at) => ({ at, radius: 6, width: random.between(20, 120), height: 30 }));
    const placed = place_labels(wanted, [], [], { x: 0, y: 0, width: 780, height: 480 }).filter((each) => each !== null);
    assert.ok(placed.length >= Math.min(count, 8), `${placed.length} of ${count}`);
    for (const [i, a] of placed.entries()) {
      for (const b of placed.slice(i + 1)) {
        assert.ok(a.x + a.width <= b.x || b.x + b.width <= a.x || a.y + a.height <= b.y || b.y + b.height <= a.y);
      }
    }
  }
});

test("at every step the places, the ways and those not ready sum to all people, as each party's way has it", async () => {
  const { hours, parties, places, departures, arcs, groups, answer } = read_data((await hainan).file);
  assert.equal(answer.people, sum(groups.map(({ count }) => count)));
  hours.times.forEach((time, step) => {
    const at = places.map(() => 0);
    const on = new Map(arcs.map(({ from, to }) => [`${from} ${to}`, 0]));
    let not_yet = 0;
    for (const { stops, departures: legs, count } of parties) {
      if (time < stops[0].arrives) not_yet += count;
      stops.forEach(({ place, arrives }, i) => {
        const leaves = i < legs.length ? departures[legs[i]].departs : Infinity;
        if (arrives <= time && time < leaves) at[place] += count;
      });
      for (const leg of legs) {
        const { from, to, departs, arrives } = departures[leg];
        if (departs <= time && time < arrives) on.set(`${from} ${to}`, on.get(`${from} ${to}`) + count);
      }
    }
    assert.deepEqual(hours.at.map((counts) => counts[step]), at);
    assert.deepEqual(hours.under_way.map((counts) => counts[step]), [...on.values()]);
    assert.equal(hours.not_yet[step], not_yet);
    assert.equal(sum(at) + sum([...on.values()]) + not_yet, answer.people);
  });
});

test("at every whole hour the page shows figures that sum to all people, and says so", async (t) => {
  const { page, told } = await open_hainan(t);
  const { times, moving, in_places } = told.hours;
  for (const [step, time] of times.entries()) {
    if (time % 60 !== 0) continue;
    await set_step(page, step);
    const rows = await page.$$eval(".d-now tbody tr", (all) => all.map((row) => row.cells[1].textContent));
    const figures = rows.map(number);
    assert.equal(sum(figures.slice(0, -1)), told.answer.people, `step ${step}`);
    assert.equal(figures.at(-1), told.answer.people);
    const words = await page.textContent(".d-sum");
    assert.equal(words, `${in_places[step].toLocaleString("en")} in places + ${moving[step].toLocaleString("en")} on the way = 1,015`);
  }
  assert_quiet(page);
});

test("the clock runs, stops, goes step by step, and shows the whole day; keys work the slider", async (t) => {
  const { page, told } = await open_hainan(t);
  const last = told.hours.times.length - 1;
  const value = () => page.$eval(".d-slider", (slider) => Number(slider.value));
  await set_step(page, 10);
  await page.click('[data-key="step-on"]');
  assert.equal(await value(), 11);
  await page.focus(".d-slider");
  await press(page, "ArrowLeft", "ArrowLeft");
  assert.equal(await value(), 9);
  assert.match(await page.getAttribute(".d-slider", "aria-valuetext"), /^Fri 12 Aug 2022, 10:15$/);
  await set_step(page, last - 2);
  await page.click('[data-key="play"]');
  assert.match(await page.textContent('[data-key="play"]'), /Pause/);
  await page.waitForFunction((end) => document.querySelector(".d-slider").value === String(end), last);
  await page.waitForFunction(() => document.querySelector('[data-key="play"]').textContent.includes("Play"));
  await page.click('[data-key="whole-day"]');
  assert.equal(await page.textContent(".d-time"), "Whole day");
  const rows = await page.$$eval(".d-now tbody tr", (all) => all.map((row) => row.cells[1].textContent));
  const shown = told.places.filter(({ part }) => part !== "unused");
  assert.deepEqual(rows.map(number), [...shown, ...told.arcs].map(({ people }) => people).concat(1015));
  assert_quiet(page);
});

for (const [language, width] of [["en", 1280], ["zh", 1280], ["en", 390], ["zh", 390]]) {
  test(`on the map each place has its name, and no name lies on another, ${language}, ${width}`, async (t) => {
    const { page, told } = await open_hainan(t, { viewport: { width, height: 900 } });
    if (language === "zh") await press(page, "l");
    await settled(page);
    const names = told.places.filter(({ part }) => part !== "unused").map(({ name }) => name[language === "zh" ? 1 : 0]);
    const boxes = await page.$$eval(".d-map text", (all, wanted) => {
      const told = all.filter((text) => wanted.includes(text.textContent));
      return told.map((text) => ({ name: text.textContent, ...text.getBoundingClientRect().toJSON() }));
    }, names);
    assert.deepEqual(boxes.map(({ name }) => name).sort(), [...names].sort());
    const frame = await page.$eval(".d-map", (map) => map.getBoundingClientRect().toJSON());
    for (const [i, a] of boxes.entries()) {
      assert.ok(a.left >= frame.left && a.right <= frame.right && a.top >= frame.top && a.bottom <= frame.bottom, a.name);
      for (const b of boxes.slice(i + 1)) {
        assert.ok(a.right <= b.left || b.right <= a.left || a.bottom <= b.top || b.bottom <= a.top, `${a.name}, ${b.name}`);
      }
    }
    const is_wide = await page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth);
    assert.equal(is_wide, false, "nothing sticks out");
  });
}

test("places that lie upon one another, alone or nowhere are all there", async (t) => {
  const places = ["a,One,30,120", "b,Two,30,120", "c,Three,30.0001,120", "d,Four,,", "e,Five,30,120.0001"];
  const plan = write_plan({
    "plan.toml": '[plan]\nname = "Near"\nstart = "2026-03-02 08:00"\n',
    "places.csv": `id,name,latitude,longitude\n${places.join("\n")}\n`,
    "groups.csv": "id,place,role,count\nG,a,sampler,5\n",
    "routes.csv": "id,from,to,duration\nR,a,b,30min\nS,b,c,30min\nT,c,d,30min\nU,d,e,30min\n",
    "needs.csv": "place,role,count\ne,sampler,5\n",
  });
  const { file, status } = await make_dispatch_page(plan);
  assert.equal(status, 0);
  const page = await open(t, file);
  const shown = await texts(page, ".d-map text");
  for (const name of ["One", "Two", "Three", "Four", "Five"]) assert.ok(shown.includes(name), name);
  assert.equal(await page.locator(".assumed").count(), 0, "nothing is assumed");
  assert_quiet(page);
});

test("each assumed figure is marked, and none that is not", async (t) => {
  const { page, told } = await open_hainan(t);
  const marks = (selector) => page.$$eval(`${selector} tbody tr:not(.group)`, (rows) => rows.map((row) => row.querySelectorAll(".assumed").length));
  assert.ok(told.needs.every(({ assumed }) => assumed));
  assert.deepEqual(await marks("#needs ~ .risk-pairs > :first-child"), told.needs.map(() => 2), "how many, by when");
  // Seats and arrival of each; the departure of what goes at a set time.
  const wanted = told.departures.map(({ scheduled }) => (scheduled ? 3 : 2));
  assert.deepEqual(await marks('section[aria-labelledby="departures"] > .table-block'), wanted);
  assert.ok((await page.textContent(".assumed-note")).includes(`${told.places.filter(({ assumed }) => assumed).length} places`));
  const files = Object.fromEntries(fs.readdirSync(kHainan).map((name) => [name, fs.readFileSync(`${kHainan}/${name}`, "utf8").replaceAll("assumed", "reported")]));
  const sure = await open(t, (await make_dispatch_page(write_plan(files))).file);
  assert.equal(await sure.locator(".assumed, .assumed-note").count(), 0);
});

test("the calendar of a person, group or team is the one that the program writes", async (t) => {
  const { page } = await open_hainan(t);
  for (const [language, id, key] of [["en", "WX1", "sheet"], ["zh", "WX1", "sheet"], ["en", "YZ-samplers-7", "person"]]) {
    const ics = fresh_path("x.ics");
    await run_program(["dispatch", kHainan, "--for", id, "-o", ics, "--lang", language]);
    if ((await page.getAttribute("html", "lang")).slice(0, 2) !== language) await press(page, "l");
    if (key === "sheet") await page.locator(".d-sheet summary").first().click();
    else await page.fill(".d-search", id);
    await page.waitForTimeout(200);
    const button = key === "sheet" ? page.locator(".d-sheet button").nth(1) : page.locator('section[aria-labelledby="people"] tbody button').first();
    const waiting = page.waitForEvent("download");
    await button.click();
    const download = await waiting;
    assert.equal(download.suggestedFilename(), `${id}.ics`);
    assert.equal(fs.readFileSync(await download.path(), "utf8"), fs.readFileSync(ics, "utf8"));
  }
  assert_quiet(page);
});

test("people are found by name, team, role and place; a manifest holds all who sit in it", async (t) => {
  const { page, told } = await open_hainan(t);
  const found = async (query) => {
    await page.fill(".d-search", query);
    await page.waitForTimeout(250);
    return number((await page.textContent('section[aria-labelledby="people"] .part-tools .faint')).split(" ")[0]);
  };
  assert.equal(await found(""), 1015);
  assert.equal(await found("wx1"), 21);
  assert.equal(await found("leader"), 10);
  assert.equal(await found("expert ledong"), 1);
  assert.equal(await found("nobody of this name"), 0);
  const row = told.departures.findIndex(({ route }) => route === "DD202");
  await page.selectOption('[data-key="manifest"]', String(row));
  assert.equal(await page.locator(".d-manifest tbody tr").count(), told.departures[row].people);
  await page.locator('section[aria-labelledby="departures"] > .table-block button.link').first().click();
  assert.equal(await page.inputValue('[data-key="manifest"]'), "0");
  assert_quiet(page);
});

test("on paper: no page is empty; sheets begin a page each, and the screen is as it was afterwards", async (t) => {
  const { page, told } = await open_hainan(t, { colorScheme: "dark" });
  await page.evaluate(() => (window.print = () => {}));
  const step = await page.inputValue(".d-slider");
  const whole = await print(page);
  assert.ok(whole.pages.length < 14, `${whole.pages.length} pages`);
  assert.deepEqual(whole.pages.map((each) => each.trim().length > 60), whole.pages.map(() => true));
  assert.ok(whole.text.includes("Shuofang"));
  await page.click('[data-key="print-sheets"]');
  const { pages, sizes } = await print(page);
  assert.ok(sizes.every(([width, height]) => width === 297 && height === 210));
  for (const { team } of told.sheets.filter((sheet) => sheet.team !== "")) {
    assert.equal(pages.filter((each) => new RegExp(`Team\\s+${team}\\b`).test(each)).length, 1, team);
  }
  assert.equal(await page.locator(".paper").count(), 0);
  assert.equal(await page.inputValue(".d-slider"), step);
  assert.ok(await page.$eval("html", (html) => html.classList.contains("dark")));
  await page.selectOption('[data-key="manifest"]', { index: 5 });
  await page.click('[data-key="print-manifest"]');
  const { text } = await print(page);
  assert.equal(text.match(/☐|□/g)?.length ?? 0, told.departures[Number(await page.inputValue('[data-key="manifest"]'))].people);
});

test("what cannot be met is told with its reason, and who must be told", async (t) => {
  const { file, status } = await make_dispatch_page(kHainan, ["--cancel", "DD103"]);
  assert.equal(status, 1);
  const told = read_data(file);
  assert.equal(sum(told.shortfalls.map(({ missing }) => missing)), 115);
  const page = await open(t, file);
  assert.match((await texts(page, ".answer"))[1], /115 never come/);
  const rows = await texts(page, "#needs ~ .risk-pairs > :nth-child(2) .risk-block:first-child tbody tr");
  assert.equal(rows.length, told.shortfalls.length);
  assert.ok(rows.every((row) => /seats or throughput|too few|whole team/.test(row)));
  assert.equal(await page.locator('section[aria-labelledby="changes"] tbody tr').count(), Math.min(200, told.changes.length));
  assert_quiet(page);
});

test("an outline is drawn behind the places; one that is none ends in findings, and no page", async (t) => {
  const land = fresh_path("land.geojson");
  fs.writeFileSync(land, JSON.stringify({ type: "Polygon", coordinates: [[[108.6, 19.2], [111, 20.1], [109.5, 18.2], [108.6, 19.2]]] }));
  const { file } = await make_dispatch_page(kHainan, ["--outline", land]);
  const page = await open(t, file);
  assert.equal(await page.locator(".d-map g[clip-path] > path").count(), 1);
  assert.match(await page.textContent(".d-note"), /Schematic, no tiles.*Outline/);
  for (const text of ["{", "<svg onload=alert(1)>", '{"type": "</script>"}']) {
    fs.writeFileSync(land, text);
    const wrong = await make_dispatch_page(kHainan, ["--outline", land]);
    assert.equal(wrong.status, 1);
    assert.match(wrong.stdout + wrong.stderr, /land\.geojson:.*error/);
    assert.equal(fs.existsSync(wrong.file), false);
  }
});

test("whatever a plan calls things, the page shows it as text", async (t) => {
  const names = ["<script>window.pwned = 1</script>", "</script><img src=x onerror='window.pwned=2'>", "\u202Eright to left\u202C שלום", "{0} {{script}} ${1}", "没有空格的很长的名称".repeat(20), "<b>bold</b>"];
  const quoted = (text) => `"${text.replaceAll('"', '""')}"`;
  const line = (...cells) => cells.map(quoted).join(",");
  const plan = write_plan({
    "plan.toml": `[plan]\nname = ${JSON.stringify(names[1])}\nstart = "2026-03-02 08:00"\n`,
    "places.csv": ["id,name,latitude,longitude,basis", ...names.map((name, i) => line(`p${i}`, name, String(20 + i), String(110 - i), `assumed ${name}`))].join("\n"),
    "groups.csv": ["id,name,place,role,count,team,basis", ...names.slice(1).map((name, i) => line(name, name, `p${i + 1}`, names[0], "3", name, name))].join("\n"),
    "people.csv": ["id,name,group", line("<i>x</i>", names[0], names[1])].join("\n"),
    "routes.csv": ["id,from,to,via,duration", ...names.slice(1).map((name, i) => line(name, `p${i + 1}`, "p0", name, "90min"))].join("\n"),
    "needs.csv": ["place,role,count", line("p0", names[0], "15")].join("\n"),
    "teams.csv": ["id,name,place,basis", line(names[5], names[1], "p0", `assumed ${names[0]}`)].join("\n"),
    "visits.csv": ["id,name,place,duration", ...names.slice(0, 3).map((name, i) => line(name, name, `p${i}`, "30min"))].join("\n"),
    "duties.csv": ["id,name,start,from,until", line(names[4], names[1], "p0", "2026-03-03 00:00", "2026-03-09 00:00")].join("\n"),
  });
  const { file, stdout, stderr } = await make_dispatch_page(plan);
  assert.ok(fs.existsSync(file), stdout + stderr);
  assert.equal(fs.readFileSync(file, "utf8").match(/<script/gi).length, 2);
  const page = await open(t, file, { viewport: { width: 390, height: 900 } });
  await page.$$eval("details", (all) => all.forEach((each) => (each.open = true)));
  await settled(page);
  const found = await page.evaluate(() => ({
    pwned: window.pwned ?? null,
    scripts: document.scripts.length,
    strange: document.querySelectorAll("b, i, img, iframe, object, form, base, link").length,
    links: [...document.querySelectorAll("a")].map((each) => each.getAttribute("href")).filter((href) => !href.startsWith("#")),
    is_wide: document.documentElement.scrollWidth > document.documentElement.clientWidth,
  }));
  assert.deepEqual(found, { pwned: null, scripts: 2, strange: 0, links: [], is_wide: false });
  assert.equal(await page.textContent("h1"), names[1]);
  assert_quiet(page);
});

test("each duty has a bar for each of its visits, each team a sheet of its own, each laboratory its curve", async (t) => {
  const { page, told } = await open_hainan(t, { viewport: { width: 1440, height: 900 } });
  const { tours, teams, laboratories, tables } = told.field;
  assert.ok(tours.length > 0 && teams.length > 0 && laboratories.length > 0);
  const bars = await page.locator('section[aria-labelledby="tours"] .risk-plot rect[fill="var(--bar)"]').count();
  assert.equal(bars, sum(tours.map(({ stops }) => stops.filter(({ visit }) => visit !== "").length)));
  assert.equal(await page.locator('section[aria-labelledby="labs"] .risk-plot path[fill="var(--fan-3)"]').count(), laboratories.filter(({ times }) => times.length > 0).length);
  const words = await page.textContent('section[aria-labelledby="labs"]');
  for (const lab of laboratories) if (lab.people_reported > 0) for (const [english] of lab.turnaround) assert.ok(words.includes(english), english);
  await page.$$eval("details", (all) => all.forEach((each) => (each.open = true)));
  await settled(page);
  const [table] = tables.filter(({ key }) => key === "stops");
  const rows = await page.locator('section[aria-labelledby="tours"] details').nth(1).locator("tbody tr").count();
  assert.equal(rows, Math.min(200, table.rows.length));
  await page.evaluate(() => (window.print = () => {}));
  await page.click('[data-key="print-teams"]');
  const { pages } = await print(page);
  const squeezed = (text) => text.replace(/\s+/g, "");
  assert.equal(pages.length, teams.length, "a page each");
  teams.forEach(({ id, members }, i) => assert.deepEqual(members.filter((member) => !squeezed(pages[i]).includes(member.id)), [], id));
  assert_quiet(page);
});

test("a plan of visits alone has tours, and nothing of a muster", async (t) => {
  const plan = write_plan({
    "plan.toml": '[plan]\nname = "Rounds"\nstart = "2026-03-02 08:00"\n',
    "places.csv": "id,name,latitude,longitude\na,Depot,30,120\nb,Site,30.1,120.1\n",
    "visits.csv": "id,name,place,duration\nv1,Visit one,b,30min\n",
    "duties.csv": "id,start,from,until\nd1,a,2026-03-02 08:00,2026-03-02 17:00\n",
  });
  const { file, status } = await make_dispatch_page(plan);
  assert.equal(status, 0);
  const page = await open(t, file);
  assert.deepEqual(await texts(page, "main h2"), ["Tours", "What is assumed"]);
  assert.equal(await page.getAttribute(".skip", "href"), "#tours");
  assert.equal(await page.locator(".answers").count(), 0);
  assert_quiet(page);
});
