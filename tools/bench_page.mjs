/**
 * Measures the page of `diaodu report` on generated plans: the file's size, how long it takes from the last byte to the
 * first picture, and how evenly it scrolls, pans and zooms.
 *
 * usage: node tools/bench_page.mjs PROGRAM [TASKS ...]     (1000 10000 50000)
 *
 * "ready" is the time from the response's end to the first frame in which the chart is drawn; frames are those of a
 * headless browser without a graphics card, so figures count what the processor does.  All times in milliseconds.
 */

import { execFileSync } from "node:child_process";
import fs from "node:fs";
import { createRequire } from "node:module";
import os from "node:os";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const { chromium } = createRequire(path.join(root, "tests/web/package.json"))("playwright-core");

const kFrames = 120;
const kStep = 200; // pixels a frame
const kLoads = 5; // the middle one counts

const [program, ...sizes] = process.argv.slice(2);
if (!program || program.startsWith("-") || sizes.some((size) => !(Number(size) > 0))) {
  console.error("usage: node tools/bench_page.mjs PROGRAM [TASKS ...]");
  process.exit(2);
}

// --- plans

const kVerbs = [["Pour", "浇筑"], ["Weld", "焊接"], ["Inspect", "检查"], ["Install", "安装"], ["Order", "订购"], ["Test", "测试"]];
const kThings = [["columns", "钢柱"], ["beams", "钢梁"], ["floor slab", "地坪"], ["cable trays", "桥架"], ["coating line", "涂布线"]];
const kOwners = ["Civil contractor / 土建", "Process department / 工艺部", "Project office / 项目办", "Supply chain / 供应链"];

/** A plan as people have it: names in two languages, owners, and a summary over every fifty tasks. */
function make_plan(folder, tasks) {
  execFileSync("python3", [path.join(root, "tools/make_plan.py"), folder, "--tasks", String(tasks), "--calendars", "1"]);
  const file = path.join(folder, "tasks.csv");
  const [header, ...rows] = fs.readFileSync(file, "utf8").trim().split("\n");
  const columns = header.split(",");
  const lines = ["id,name,name_zh,duration,parent,owner"];
  rows.forEach((row, i) => {
    const field = Object.fromEntries(row.split(",").map((value, at) => [columns[at], value]));
    const part = Math.floor(i / 50);
    if (i % 50 === 0) lines.push(`S${part},Section ${part + 1},第${part + 1}标段,,,`);
    const [verb, thing] = [kVerbs[i % kVerbs.length], kThings[i % kThings.length]];
    const axis = `${String.fromCharCode(65 + (part % 26))}${i % 50}`;
    lines.push(
      `${field.id},"${verb[0]} ${thing[0]}, axis ${axis}",${axis}轴${thing[1]}${verb[1]},${field.duration},S${part},${kOwners[part % kOwners.length]}`,
    );
  });
  fs.writeFileSync(file, `${lines.join("\n")}\n`);
}

// --- measures

const middle = (values) => [...values].sort((a, b) => a - b)[values.length >> 1];

/** Runs in the page: the times between frames while `move` is called in each. */
const frames_while = ({ what, count, step }) =>
  new Promise((done) => {
    const scroller = document.querySelector(".g-scroll");
    const chart = document.querySelector(".g-scroll .g-right");
    const box = chart.getBoundingClientRect();
    const wheel = (deltaX, deltaY, ctrlKey) =>
      chart.dispatchEvent(
        new WheelEvent("wheel", { deltaX, deltaY, ctrlKey, bubbles: true, cancelable: true, clientX: box.left + box.width / 2, clientY: box.top + 60 }),
      );
    const moves = {
      scroll: () => (scroller.scrollTop += step),
      pan: (i) => wheel((i % 60 < 30 ? 1 : -1) * 40, 0, false),
      zoom: (i) => wheel(0, (i % 60 < 30 ? -1 : 1) * 30, true),
    };
    const times = [];
    let last = 0;
    let i = 0;
    const frame = (now) => {
      if (last > 0) times.push(now - last);
      last = now;
      if (times.length === count) {
        times.sort((a, b) => a - b);
        done({ mean: times.reduce((a, b) => a + b) / count, p95: times[Math.floor(count * 0.95)], most: times[count - 1] });
        return;
      }
      moves[what](i++);
      requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
  });

async function measure_ready(browser, address) {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  // Noted in the page itself: the first frame after the chart has rows.
  await page.addInitScript(() => {
    const look = () => {
      if (document.querySelector(".g-row[data-task], .g-empty:not([hidden])")) window.ready_at = performance.now();
      else requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  });
  await page.goto(address, { timeout: 0 });
  const ready = await page.waitForFunction(
    () => window.ready_at && window.ready_at - performance.getEntriesByType("navigation")[0].responseEnd,
    null,
    { timeout: 0 },
  );
  const found = { page, ready: await ready.jsonValue() };
  return found;
}

async function measure(browser, file) {
  const address = pathToFileURL(file).href;
  const readies = [];
  let page;
  for (let i = 0; i < kLoads; ++i) {
    await page?.close();
    const found = await measure_ready(browser, address);
    page = found.page;
    readies.push(found.ready);
  }
  const run = (what) => page.evaluate(frames_while, { what, count: kFrames, step: kStep });
  const result = { size: fs.statSync(file).size, ready: middle(readies) };
  result.top = await run("scroll");
  await page.$eval(".g-scroll", (each) => (each.scrollTop = each.scrollHeight / 2));
  result.middle = await run("scroll");
  result.pan = await run("pan");
  result.zoom = await run("zoom");
  await page.close();
  return result;
}

// --- table

const two = (value) => value.toFixed(1);
const triple = ({ mean, p95, most }) => `${two(mean)} / ${two(p95)} / ${two(most)}`;

const folder = fs.mkdtempSync(path.join(os.tmpdir(), "diaodu-bench-page-"));
const chromium_path = (process.env.PATH ?? "")
  .split(path.delimiter)
  .flatMap((each) => ["chromium", "chromium-browser", "google-chrome"].map((name) => path.join(each, name)))
  .find((each) => fs.existsSync(each));
if (!chromium_path) {
  console.error("bench_page.mjs: no Chromium on the PATH: scripts/setup --test installs it");
  process.exit(3);
}
const browser = await chromium.launch({ executablePath: chromium_path, args: ["--no-sandbox", "--disable-gpu"], timeout: 0 });
try {
  console.log("| tasks | file, MB | ready, ms | scrolling from the top: mean / p95 / most | from the middle | panning | zooming |");
  console.log("|---|---|---|---|---|---|---|");
  for (const tasks of sizes.length > 0 ? sizes.map(Number) : [1000, 10000, 50000]) {
    const plan = path.join(folder, `plan${tasks}`);
    const file = path.join(folder, `report${tasks}.html`);
    make_plan(plan, tasks);
    execFileSync(program, ["report", plan, "-o", file, "--steps", "1", "--lang", "en"], { maxBuffer: 1e9, stdio: ["ignore", "ignore", "inherit"] });
    const { size, ready, top, middle: half, pan, zoom } = await measure(browser, file);
    const cells = [tasks.toLocaleString("en-US"), (size / 1e6).toFixed(2), ready.toFixed(0), ...[top, half, pan, zoom].map(triple)];
    console.log(`| ${cells.join(" | ")} |`);
  }
} finally {
  await browser.close();
  fs.rmSync(folder, { recursive: true, force: true });
}
