/** The chart of finishes, to be read by pointer and keyboard: "by this date: 63 %". */

import type { Context } from "../context";
import type { RiskDocument } from "../document";
import { fill, h } from "../dom";
import { kDay } from "../format";
import { make_svg, SvgPen } from "../pen";
import { draw_finish, draw_reading, lay_out, type Layout } from "./finish_drawing";
import { share_at, time_beside } from "./reading";
import { share_words } from "./words";

const kUsualWidth = 900; // before the page knows its own, and on paper that never asks
const kPage = 10; // percents
const kDays = 8; // a chart of more days than these is read by days

export class FinishChart {
  readonly element: HTMLElement;
  private readonly plot: HTMLElement;
  private readonly tip = h("div.risk-tip", { "aria-hidden": "true", hidden: true });
  private layout: Layout;
  private reading: SVGElement | null = null;
  private time: number;

  constructor(
    private readonly context: Context,
    private readonly risk: RiskDocument,
  ) {
    this.layout = lay_out(context, risk, kUsualWidth);
    this.time = risk.finish.at_confidence ?? risk.planned ?? this.layout.frame.from;
    this.plot = h("div.risk-plot", {
      tabindex: 0,
      role: "slider",
      "aria-label": context.say("trials_by_then"),
      "aria-describedby": "finish-curve-keys",
      "aria-valuemin": 0,
      "aria-valuemax": 100,
      "data-key": "finish-curve",
    });
    this.tell();
    this.element = h("div.risk-chart", {}, this.plot, this.tip, h("p.visually-hidden", { id: "finish-curve-keys" }, context.say("finish_curve_keys")));
    this.draw();
    new ResizeObserver(() => this.fit()).observe(this.plot);
    this.listen();
  }

  private fit(): void {
    const width = Math.floor(this.plot.clientWidth);
    if (width < 60 || width === this.layout.width) return;
    this.layout = lay_out(this.context, this.risk, width);
    this.hide();
    this.draw();
  }

  private draw(): void {
    const { width, height } = this.layout;
    const svg = make_svg(width, height);
    svg.setAttribute("aria-hidden", "true");
    draw_finish(new SvgPen(svg, "risk-finish"), this.context, this.risk, this.layout);
    this.reading = document.createElementNS("http://www.w3.org/2000/svg", "g");
    svg.append(this.reading);
    fill(this.plot, svg);
  }

  private get is_by_days(): boolean {
    const { from, to } = this.layout.frame;
    return !this.context.model.document.plan.abstract && to - from > kDays * kDay;
  }

  /** What stands in the tip: the share, that of links alone, and the column of the histogram. */
  private words(): string[] {
    const { context, risk, time } = this;
    const { format } = context;
    const is_end_of_day = time % kDay === 0;
    const date = this.is_by_days && is_end_of_day ? format.long_day(time - 1) : format.instant(time, true);
    const words = [context.say("share_by", date, share_words(context, share_at(risk.curve, time)))];
    if (risk.links_only) words.push(context.say("share_by_links", share_words(context, share_at(risk.links_only.curve, time))));
    const { edges, counts } = risk.histogram;
    const column = edges.findIndex((edge, i) => i < counts.length && time > edge && time <= edges[i + 1]);
    if (column >= 0) {
      const share = counts[column] / Math.max(1, risk.trials);
      const from = format.short_day(edges[column]);
      words.push(context.say("trials_within", from, format.last_day(edges[column + 1]), share_words(context, share)));
    }
    return words;
  }

  private tell(): void {
    const [share, links] = this.words();
    this.plot.setAttribute("aria-valuenow", String(Math.round(share_at(this.risk.curve, this.time) * 100)));
    this.plot.setAttribute("aria-valuetext", this.risk.links_only ? `${share}; ${links}` : share);
  }

  /** Reads there, and shows it. */
  private read(time: number): void {
    this.time = time;
    this.tell();
    const { frame, width } = this.layout;
    this.reading!.replaceChildren();
    draw_reading(new SvgPen(this.reading!, "risk-reading"), this.risk, frame, time);
    const [share, ...more] = this.words();
    fill(this.tip, h("strong", {}, share), ...more.map((line) => h("span", {}, line)));
    this.tip.hidden = false;
    const x = frame.x(time);
    const wide = this.tip.offsetWidth;
    const is_left = x + 14 + wide > width;
    this.tip.style.left = `${Math.max(0, is_left ? x - 14 - wide : x + 14)}px`;
    this.tip.style.top = `${frame.top + frame.height * 0.36}px`;
  }

  private hide(): void {
    this.reading?.replaceChildren();
    this.tip.hidden = true;
  }

  private listen(): void {
    const { plot } = this;
    const at = (event: PointerEvent) => {
      const time = this.layout.frame.time(event.clientX - plot.getBoundingClientRect().left);
      // The end of the day that is pointed at.
      this.read(this.is_by_days ? (Math.floor(time / kDay) + 1) * kDay : Math.round(time));
    };
    plot.addEventListener("pointermove", at);
    plot.addEventListener("pointerdown", at);
    plot.addEventListener("pointerleave", () => this.hide());
    plot.addEventListener("focus", () => plot.matches(":focus-visible") && this.read(this.time));
    plot.addEventListener("blur", () => this.hide());
    plot.addEventListener("keydown", (event) => this.take_key(event));
  }

  private take_key(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const by = (percents: number) => () => time_beside(this.risk.curve, this.time, percents);
    const steps: Record<string, () => number> = {
      ArrowRight: by(1),
      ArrowUp: by(1),
      ArrowLeft: by(-1),
      ArrowDown: by(-1),
      PageUp: by(kPage),
      PageDown: by(-kPage),
      Home: by(-100),
      End: by(100),
    };
    const step = steps[event.key];
    if (!step) return;
    event.preventDefault();
    event.stopPropagation();
    this.read(step());
  }
}
