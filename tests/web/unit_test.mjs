/** Parts of the page one by one, each against a slower and plainer twin. */

import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { install_plain_document, load_modules, make_random } from "./bundle.mjs";
import { parse_csv, source } from "./support.mjs";

install_plain_document();
const page = await load_modules("format", "scale", "csv", "typeset", "words", "model", "time_window", "gantt/rows", "gantt/links", "gantt/bars", "gantt/columns", "risk/reading", "risk/cost", "risk/frame", "pen");
const { civil, midnight, Format, Scale, beginning, next, make_axis, to_csv, typeset, say, route, visible_rows, share_at, time_beside, nice_step, Frame, place_marks, measure } = page;

const document_of = (plan = {}) => ({ plan: { abstract: false, currency: "CNY", ...plan } });
const en = new Format(document_of(), "en");
const zh = new Format(document_of(), "zh");
const kDay = 1440;

// --- dates

test("civil and midnight agree with a calendar counted day by day, 1890 to 2110", () => {
  const is_leap = (year) => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const lengths = (year) => [31, is_leap(year) ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
  let day_number = 0;
  for (let year = 1970; year > 1890; --year) day_number -= is_leap(year - 1) ? 366 : 365;
  let weekday = 3; // 1890-01-01 was a Wednesday
  for (let year = 1890; year <= 2110; ++year) {
    lengths(year).forEach((length, month) => {
      for (let day = 1; day <= length; ++day, ++day_number, weekday = (weekday + 1) % 7) {
        const time = day_number * kDay;
        assert.equal(midnight(year, month + 1, day), time);
        assert.deepEqual(civil(time), { year, month: month + 1, day, weekday, hour: 0, minute: 0 });
        assert.deepEqual(civil(time + 1439), { year, month: month + 1, day, weekday, hour: 23, minute: 59 });
      }
    });
  }
});

test("early years are themselves, not those of the twentieth century", () => {
  assert.equal(civil(midnight(99, 1, 1)).year, 99);
  assert.equal(midnight(2024, 13, 1), midnight(2025, 1, 1));
});

// --- what is written

test("dates and times as each language writes them", () => {
  const time = midnight(2024, 4, 12) + 16 * 60;
  assert.equal(en.instant(time), "Fri 12 Apr 2024, 16:00");
  assert.equal(zh.instant(time), "2024年4月12日 周五 16:00");
  assert.equal(en.cell(time), "2024-04-12 16:00");
  // Friday's last minute: the end of Friday, not the beginning of Saturday.
  const end = midnight(2024, 4, 13);
  assert.equal(en.instant(end, true), "Fri 12 Apr 2024, 24:00");
  assert.equal(zh.instant(end, true), "2024年4月12日 周五 24:00");
  assert.equal(en.cell(end, true), "2024-04-12 24:00");
  assert.equal(en.cell(end), "2024-04-13 00:00");
  assert.equal(en.since(end), "Sat 13 Apr 2024");
  assert.equal(en.cell(null), "");
});

test("dates beside the chart are whole periods, else as short as the plan's length allows", () => {
  const start_column = page.kColumns.find(({ key }) => key === "start");
  const told = (plan, to, start) => {
    const document = document_of(plan);
    return start_column.text({ format: new Format(document, "en"), model: { document, from: 0, to } }, { start, starts_at_end: false });
  };
  const time = midnight(2024, 4, 12) + 16 * 60;
  assert.equal(told({}, 14 * kDay, time), "04-12 16:00");
  assert.equal(told({}, 15 * kDay, time), "2024-04-12");
  for (const [periods, written] of [[7, "7"], [9999, "9,999"], [12345, "12,345"]]) {
    assert.equal(told({ abstract: true }, 20000, periods), written);
  }
});

test("durations in days where there is half a day, else in hours and minutes", () => {
  const day = 480;
  for (const [minutes, english, chinese] of [
    [0, "0 d", "0天"],
    [1, "1 min", "1分钟"],
    [59, "59 min", "59分钟"],
    [60, "1 h", "1小时"],
    [90, "1.5 h", "1.5小时"],
    [239, "4 h", "4小时"],
    [240, "0.5 d", "0.5天"],
    [480, "1 d", "1天"],
    [480 * 1234, "1,234 d", "1,234天"],
    [-480, "−1 d", "−1天"],
    [-30, "−30 min", "−30分钟"],
  ]) {
    assert.equal(en.duration(minutes, day), english);
    assert.equal(zh.duration(minutes, day), chinese);
  }
  const abstract = new Format(document_of({ abstract: true }), "en");
  assert.equal(abstract.duration(12, 1), "12");
  assert.equal(abstract.instant(1234), "1,234");
});

test("sums in 万 and 亿, in millions and billions", () => {
  for (const [value, english, chinese] of [
    [0, "CNY 0", "0元"],
    [9999, "CNY 9,999", "9,999元"],
    [10000, "CNY 10,000", "1万元"],
    [45600000, "CNY 45.6 M", "4,560万元"],
    [123000000, "CNY 123 M", "1.23亿元"],
    [10822754400, "CNY 10.82 bn", "108.23亿元"],
    [-20000, "CNY −20,000", "−2万元"],
  ]) {
    assert.equal(en.money(value), english);
    assert.equal(zh.money(value), chinese);
  }
  assert.equal(new Format(document_of({ currency: "EUR" }), "zh").money(20000), "2万 EUR");
  assert.equal(en.percent(0.0321), "3.2 %");
  assert.equal(zh.percent(0.0321), "3.2%");
});

// --- the axis

test("marks cover the shown time without gaps, at 200 zoom levels from years to minutes", () => {
  const random = make_random(1);
  for (let level = 0; level < 200; ++level) {
    const per_pixel = (1 / 24) * 1.075 ** level;
    for (const width of [10, 390, 1440]) {
      const from = Math.floor(random.between(midnight(1900, 1, 1), midnight(2199, 1, 1)));
      const scale = new Scale(from, per_pixel, width);
      for (const format of [en, zh]) {
        const axis = make_axis(format, scale);
        for (const row of [axis.minor, axis.major]) {
          if (row.length === 0) continue;
          assert.ok(row[0].from <= scale.from && row.at(-1).to >= scale.to, "from edge to edge");
          for (let i = 0; i < row.length; ++i) {
            assert.ok(row[i].to > row[i].from && row[i].text !== "");
            if (i > 0) assert.equal(row[i].from, row[i - 1].to);
          }
        }
        assert.ok(axis.minor.length <= width / 15 + 3, `${axis.minor.length} marks on ${width} pixels`);
        // Each coarse boundary within is a fine one too, weeks aside, which do not begin with months.
        if (axis.minor_unit === "week") continue;
        const fine = new Set(axis.minor.map((mark) => mark.from));
        for (const { from: at } of axis.major) assert.ok(at < scale.from || fine.has(at), axis.minor_unit);
      }
    }
  }
});

test("beginning is the last boundary at or before, next the first after: counted minute by minute, day by day", () => {
  const boundaries = {
    minute: () => true,
    quarter_hour: ({ minute }) => minute % 15 === 0,
    hour: ({ minute }) => minute === 0,
    six_hours: ({ hour, minute }) => minute === 0 && hour % 6 === 0,
    day: ({ hour, minute }) => hour === 0 && minute === 0,
    week: ({ weekday }) => weekday === 1,
    month: ({ day }) => day === 1,
    quarter: ({ month, day }) => day === 1 && month % 3 === 1,
    year: ({ month, day }) => day === 1 && month === 1,
    decade: ({ year, month, day }) => day === 1 && month === 1 && year % 10 === 0,
  };
  const random = make_random(2);
  for (const [unit, is_boundary] of Object.entries(boundaries)) {
    const step = ["week", "month", "quarter", "year", "decade"].includes(unit) ? kDay : 1;
    for (let i = 0; i < 60; ++i) {
      const time = Math.floor(random.between(midnight(1900, 1, 1), midnight(2199, 1, 1)));
      let before = Math.floor(time / step) * step;
      while (!is_boundary(civil(before))) before -= step;
      assert.equal(beginning(time, unit), before, unit);
      let after = before + step;
      while (!is_boundary(civil(after))) after += step;
      assert.equal(next(before, unit), after, unit);
    }
  }
});

test("an axis of periods has round steps", () => {
  const abstract = new Format(document_of({ abstract: true }), "en");
  for (let level = 0; level < 100; ++level) {
    const scale = new Scale(-7.3, (1 / 64) * 1.15 ** level, 900);
    const { minor, major } = make_axis(abstract, scale);
    assert.deepEqual(major, []);
    const step = minor[0].to - minor[0].from;
    assert.match(String(step), /^[125]0*$/);
    assert.ok(minor[0].from <= scale.from && minor.at(-1).to >= scale.to);
    minor.forEach((mark, i) => assert.equal(mark.from, minor[0].from + i * step));
  }
});

// --- moving through time

test("zooming keeps the instant under the pointer, panning the detail, and neither loses the plan", () => {
  const random = make_random(3);
  const { zoomed, panned, whole_plan, including } = page;
  for (let i = 0; i < 2000; ++i) {
    const from = Math.floor(random.between(0, 1e7));
    const model = { from, to: from + 1 + Math.floor(10 ** random.between(0, 7)), document: document_of({ abstract: random.chance(0.3) }) };
    const width = random.between(100, 2000);
    let window = whole_plan(model, width);
    assert.ok(window.from <= model.from && window.from + window.per_pixel * width >= model.to);
    for (let step = 0; step < 6; ++step) {
      const x = random.between(0, width);
      const at = window.from + x * window.per_pixel;
      const closer = zoomed(model, window, 1 + random.between(0, 3), x, width);
      assert.ok(closer.per_pixel <= window.per_pixel + 1e-9);
      const middle = closer.from + (width / 2) * closer.per_pixel;
      const is_held = Math.abs(middle - model.from) < 1e-3 || Math.abs(middle - model.to) < 1e-3; // at the plan's end
      assert.ok(is_held || Math.abs(closer.from + x * closer.per_pixel - at) <= 1e-6 * Math.abs(at) + 1e-6);
      window = panned(model, closer, random.between(-3000, 3000), width);
      assert.ok(Math.abs(window.per_pixel - closer.per_pixel) < 1e-9 * closer.per_pixel + 1e-12);
      const seen = window.from + (width / 2) * window.per_pixel;
      assert.ok(seen >= model.from - 1e-3 && seen <= model.to + 1e-3, "the middle lies within the plan");
    }
    const begin = random.between(model.from, model.to);
    const end = random.between(begin, model.to);
    const shown = including(model, window, begin, end, width);
    const slack = 1e-6 * (1 + Math.abs(end)) + shown.per_pixel;
    assert.ok(shown.from <= begin + slack && shown.from + shown.per_pixel * width >= end - slack);
  }
});

// --- rows

function random_model(random) {
  const count = 1 + random.below(30);
  const owners = ["", "Li", "Office / 办公室", "Zhao"];
  const tasks = Array.from({ length: count }, (_, index) => {
    const start = random.below(40);
    const scheduled = random.chance(0.95);
    return {
      index,
      id: `T${random.below(50)}`,
      names: [random.pick(["Pour", "pour again", "Weld", ""]), random.pick(["浇筑", "焊接", "检查"])],
      kind: "task",
      is_milestone: false,
      parent: index > 0 && random.chance(0.7) ? random.below(index) : -1,
      depth: 0,
      children: [],
      owner: random.pick(owners),
      scheduled,
      start,
      finish: start + random.below(9),
      done: random.chance(0.2),
      total_float: random.chance(0.1) ? null : random.below(6) - 1,
      critical: random.chance(0.3),
      near: false,
      in_chain: random.chance(0.2),
      deadline: random.chance(0.2) ? random.below(50) : null,
      missed: random.chance(0.1),
      baseline_start: random.chance(0.4) ? random.below(40) : null,
      baseline_finish: null,
      uses: random.chance(0.5) ? [{ resource: random.below(3), amount: 1 }] : [],
    };
  });
  for (const task of tasks) {
    task.near = !task.critical && random.chance(0.2);
    if (task.baseline_start !== null) task.baseline_finish = task.baseline_start + random.below(9);
    if (task.parent >= 0) {
      tasks[task.parent].children.push(task.index);
      tasks[task.parent].kind = "summary";
      task.depth = tasks[task.parent].depth + 1;
    } else {
      task.is_milestone = random.chance(0.2);
    }
  }
  const below = (parent) => tasks.filter((task) => task.parent === parent).flatMap((task) => [task.index, ...below(task.index)]);
  return { tasks, outline: below(-1) };
}

const kFilters = {
  all: () => true,
  critical: (task) => task.critical,
  near: (task) => task.critical || task.near,
  late: (task) =>
    task.missed || (task.total_float !== null && task.total_float < 0) || (task.baseline_finish !== null && task.finish > task.baseline_finish),
  chain: (task) => task.in_chain,
  milestones: (task) => task.is_milestone || task.deadline !== null,
  moved: (task) => task.baseline_start !== null && task.baseline_start !== task.start,
  open: (task) => !task.done,
};

/** Whether a task has a row, told of each task alone: it or something below it matches, and nothing above it is folded. */
function has_row(model, state, task, matches) {
  const { tasks } = model;
  const is_below = (other) => {
    for (let at = other; at >= 0; at = tasks[at].parent) if (at === task.index) return true;
    return false;
  };
  if (!tasks.some((other) => matches(other) && is_below(other.index))) return false;
  const is_filtered = state.filter !== "all" || state.owner !== null || state.resource >= 0 || state.search.trim() !== "";
  for (let at = task.parent; at >= 0 && !is_filtered; at = tasks[at].parent) if (state.folded.has(at)) return false;
  return true;
}

test("rows: 2,000 random trees, filters, folds and orders against the plain definition", async () => {
  const random = make_random(4);
  const slack = Number.MAX_SAFE_INTEGER;
  const orders = {
    start: (a, b) => a.start - b.start || a.finish - b.finish,
    finish: (a, b) => a.finish - b.finish || a.start - b.start,
    float: (a, b) => (a.total_float ?? slack) - (b.total_float ?? slack) || a.start - b.start,
  };
  let num_folded = 0;
  for (let i = 0; i < 2000; ++i) {
    const model = random_model(random);
    const { tasks } = model;
    // What is searched is kept between calls for the one model of a page: here each has its own ids.
    const state = {
      filter: random.chance(0.5) ? "all" : random.pick(Object.keys(kFilters)),
      owner: random.chance(0.2) ? random.pick(["", "Li", "Zhao"]) : null,
      resource: random.chance(0.2) ? random.below(3) : -1,
      search: "",
      sort: random.pick(["outline", "outline", "start", "finish", "float", "name"]),
      language: random.pick(["en", "zh"]),
      folded: new Set(tasks.filter(() => random.chance(0.3)).map((task) => task.index)),
    };
    const matches = (task) =>
      kFilters[state.filter](task) &&
      (state.owner === null || task.owner === state.owner) &&
      (state.resource < 0 || task.uses.some((use) => use.resource === state.resource));
    const { rows, matches: count } = visible_rows(model, state);
    if (state.sort === "outline") {
      const wanted = model.outline.filter((index) => has_row(model, state, tasks[index], matches));
      assert.deepEqual(rows.map((row) => row.task), wanted);
      assert.equal(count, tasks.filter(matches).length);
      for (const row of rows) {
        assert.equal(row.depth, tasks[row.task].depth);
        assert.equal(row.has_children, tasks[row.task].children.length > 0);
        if (row.is_folded) ++num_folded;
      }
    } else {
      const wanted = tasks.filter((task) => task.kind !== "summary" && task.scheduled && matches(task));
      assert.deepEqual(rows.map((row) => row.task).sort(), wanted.map((task) => task.index).sort());
      const shown = ({ names: [english, chinese] }) => (state.language === "zh" ? chinese || english : english || chinese);
      const by_name = (a, b) => shown(a).localeCompare(shown(b), state.language);
      const compare = state.sort === "name" ? by_name : orders[state.sort];
      for (let at = 1; at < rows.length; ++at) assert.ok(compare(tasks[rows[at - 1].task], tasks[rows[at].task]) <= 0);
      assert.equal(count, rows.length);
    }
  }
  assert.ok(num_folded > 500);
});

test("search: any case, both languages, ids and owners", async () => {
  const fresh = await load_modules("gantt/rows"); // with nothing kept from other models
  const random = make_random(5);
  const model = random_model(random);
  for (const search of ["POUR", "焊", " li ", "t1", "办公室", "nothing at all", ""]) {
    const state = { filter: "all", owner: null, resource: -1, search, sort: "outline", folded: new Set() };
    const needle = search.trim().toLowerCase();
    const matches = (task) => [task.id, ...task.names, task.owner].some((text) => text.toLowerCase().includes(needle));
    const wanted = model.outline.filter((index) => has_row(model, state, model.tasks[index], matches));
    assert.deepEqual(fresh.visible_rows(model, state).rows.map((row) => row.task), wanted, search);
  }
});

// --- links

test("links leave and arrive at the right ends, at right angles, with the tip on the bar", () => {
  const random = make_random(6);
  const { kRow, kBarTop, kBarHeight } = page;
  for (let i = 0; i < 20000; ++i) {
    const type = random.pick(["FS", "SS", "FF", "SF"]);
    const bar = () => {
      const left = random.between(-200, 1200);
      return [left, left + random.pick([2, 12, random.between(2, 300)])];
    };
    const [from, to] = [bar(), bar()];
    const from_row = random.below(40);
    let to_row = random.below(40);
    if (to_row === from_row) to_row += 1;
    const { corners, tip } = route({ type }, from, to, from_row * kRow, to_row * kRow);
    assert.ok(corners.length >= 4 && corners.length % 2 === 0 && corners.every(Number.isFinite));
    for (let at = 2; at < corners.length; at += 2) {
      const is_level = corners[at + 1] === corners[at - 1];
      const is_upright = corners[at] === corners[at - 2];
      assert.ok(is_level || is_upright, `${type}: ${corners}`);
    }
    const [x, y] = corners;
    assert.equal(x, type[0] === "F" ? from[1] : from[0], `${type} leaves the wrong end`);
    assert.ok(y > from_row * kRow + kBarTop && y < from_row * kRow + kBarTop + kBarHeight);
    const [tip_x, tip_y] = corners.slice(-2);
    const top = to_row * kRow + kBarTop;
    assert.ok(tip_y >= top && tip_y <= top + kBarHeight, "the tip is at the bar's height");
    assert.ok(tip_x >= to[0] - 1e-9 && tip_x <= to[1] + 3, `the tip is on the bar: ${tip_x} of ${to}`);
    // The last piece runs the way the tip points.
    const [dx, dy] = [tip_x - corners.at(-4), tip_y - corners.at(-3)];
    const runs = { right: dx > 0 && dy === 0, left: dx < 0 && dy === 0, down: dy > 0 && dx === 0, up: dy < 0 && dx === 0 };
    assert.ok(runs[tip], `${type}: ${tip} after ${[dx, dy]}`);
  }
});

// --- texts

const kLetters = ["a", "Z", "7", ",", '"', "\n", "\r\n", "'", "=", "+", "-", "@", "\t", "中", "文", " ", "\u{1F600}", "%", "d"];
const random_text = (random) => Array.from({ length: random.below(12) }, () => random.pick(kLetters)).join("");

test("CSV goes round: 5,000 tables of nasty cells", () => {
  const random = make_random(7);
  for (let i = 0; i < 5000; ++i) {
    const width = 1 + random.below(4);
    const cell = () => (random.chance(0.2) ? null : random.chance(0.2) ? random.below(1000) - 500 : random_text(random));
    const header = Array.from({ length: width }, () => random_text(random));
    const rows = Array.from({ length: random.below(4) }, () => Array.from({ length: width }, cell));
    const plain = (value) => (value === null ? "" : typeof value === "string" && /^[=+\-@\t\r]/.test(value) ? `'${value}` : String(value));
    assert.deepEqual(parse_csv(to_csv(header, rows)), [header, ...rows].map((row) => row.map(plain)));
  }
});

test("typeset keeps every letter, and numbers with their units whole", () => {
  const text_of = (pieces) => pieces.map((piece) => (typeof piece === "string" ? piece : piece.textContent)).join("");
  const random = make_random(8);
  const words = ["Pour", " ", "2024-04-12 16:00", "3 d", "12", "2024年4月12日 周五 16:00", "，", "-5 %", "1,234.5万元", "24 GWh", ".", "\u00a0"];
  for (let i = 0; i < 5000; ++i) {
    const text = Array.from({ length: random.below(10) }, () => random.pick([...words, random_text(random)])).join("");
    assert.equal(text_of(typeset(text)), text);
  }
  const whole = (text) => typeset(text).filter((piece) => typeof piece !== "string").map((piece) => piece.textContent);
  assert.deepEqual(whole("met, 24 d to spare by 2026-08-21 17:00"), ["24 d", "2026-08-21 17:00"]);
  assert.deepEqual(whole("完工2026年8月21日 周五 17:00，费用108.23亿元"), ["2026年8月21日 周五 17:00", "108.23亿元"]);
  assert.deepEqual(whole("twelve apples"), []);
});

test("every word stands in both languages with the same places, and none is there for nothing", () => {
  const tables = ["words", "outlook/lexicon", "status/lexicon"].map((name) => {
    const text = fs.readFileSync(path.join(source, "web/src", `${name}.ts`), "utf8");
    return text.slice(text.search(/words = \{/), text.indexOf("} satisfies"));
  });
  const table = tables.join("\n");
  const keys = [...table.matchAll(/^ {2}(\w+):/gm)].map((found) => found[1]);
  assert.ok(keys.length > 150 && new Set(keys).size === keys.length);
  const places = (words) => [...words.matchAll(/\{\d\}/g)].map((found) => found[0]).sort();
  for (const key of keys) {
    const [english, chinese] = [say("en", key), say("zh", key)];
    assert.ok(english.trim() !== "" && chinese.trim() !== "", key);
    assert.deepEqual(places(english), places(chinese), key);
    if (!["other_language", "key_language"].includes(key)) assert.doesNotMatch(english, /[\u4e00-\u9fff]/, key);
  }
  assert.equal(say("en", "misses", 2, 5), "2 of 5 deadlines are missed");
  assert.equal(say("zh", "misses", 2, 5), "5 个期限中有 2 个无法满足");
});

// --- risk

test("a curve is read as its trials are counted", () => {
  const random = make_random(7);
  for (let round = 0; round < 2000; ++round) {
    const size = 1 + random.below(400);
    const spread = 1 + random.below(300);
    const trials = Array.from({ length: size }, () => random.below(spread)).sort((a, b) => a - b);
    const curve = Array.from({ length: 101 }, (_, part) => trials[Math.max(1, Math.ceil((part * size) / 100)) - 1]);
    const time = random.below(spread + 20) - 10;
    const counted = trials.filter((each) => each <= time).length / size;
    const read = share_at(curve, time);
    assert.ok(Math.abs(read - counted) <= 0.01 + 1 / size + 1e-9, `${read} ${counted} of ${size}`);
    // Each step goes on, until there is nothing further.
    const later = time_beside(curve, time, 1);
    assert.ok(later > time || later === trials[size - 1]);
    const earlier = time_beside(curve, time, -1);
    assert.ok(earlier < time || earlier === trials[0]);
  }
  assert.equal(share_at([null, null], 5), 0);
  assert.equal(share_at([3, 3, 3], 3), 0.02, "all of a short curve");
});

test("steps of an axis are 1, 2 or 5 times a power of ten, and not too many", () => {
  const random = make_random(3);
  for (let round = 0; round < 2000; ++round) {
    const span = 10 ** random.between(-3, 12);
    const step = nice_step(span, 7);
    assert.ok(span / step <= 7 * (1 + 1e-6) && span / step >= 2.5, `${span} ${step}`);
    assert.match((step / 10 ** Math.floor(Math.log10(step) + 1e-9)).toFixed(3), /^(1|2|5|10)\.000$/);
  }
});

test("no line of a mark crosses the label of another, and no label lies upon another", () => {
  const random = make_random(11);
  for (let round = 0; round < 500; ++round) {
    const frame = new Frame(40, 0, 200 + random.below(900), 200, 0, 1000);
    const marks = Array.from({ length: 1 + random.below(5) }, (_, i) => ({ time: random.below(1000), text: "x".repeat(4 + random.below(20)), kind: "share", share: i / 5 }));
    const placed = place_marks(frame, marks);
    assert.equal(placed.length, marks.length);
    const wide = (mark) => measure(mark.text, { size: 11, bold: true });
    for (const one of placed) {
      for (const other of placed) {
        if (one === other || one.lane < other.lane) continue;
        const is_crossed = one.lane > other.lane && one.x > other.label && one.x < other.label + wide(other) && one.x > other.x + 1;
        assert.ok(!is_crossed, JSON.stringify(placed));
        const is_upon = one.lane === other.lane && one.label < other.label + wide(other) && other.label < one.label + wide(one);
        assert.ok(!is_upon, JSON.stringify(placed));
      }
    }
  }
});
