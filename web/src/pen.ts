/**
 * One drawing for the screen, for paper and for files: pictures draw with a `Pen`, which is a canvas or an SVG.
 * Coordinates are CSS pixels; `y` of a text is its middle.
 */

export interface TextStyle {
  size?: number; // pixels, 12 by default
  bold?: boolean;
  align?: "left" | "center" | "right";
  width?: number; // the text is cut to it
  halo?: string; // a colour around the letters, so that lines behind do not cross them
}

export interface Pen {
  rect(x: number, y: number, width: number, height: number, fill: string, radius?: number): void;
  frame(x: number, y: number, width: number, height: number, stroke: string, line?: number, radius?: number): void;
  /** Slanting lines within a rectangle: a state that is seen without colour. */
  hatch(x: number, y: number, width: number, height: number, stroke: string): void;
  /** x, y, x, y ... */
  line(points: number[], stroke: string, width?: number, dash?: number[]): void;
  shape(points: number[], fill: string, stroke?: string): void;
  text(text: string, x: number, y: number, fill: string, style?: TextStyle): void;
  clip(x: number, y: number, width: number, height: number, draw: () => void): void;
}

export const kFonts =
  '"Inter","Segoe UI","Helvetica Neue",Arial,"PingFang SC","Hiragino Sans GB","Microsoft YaHei","Noto Sans CJK SC","Source Han Sans SC",sans-serif';

const font = (style: TextStyle): string => `${style.bold ? "600 " : ""}${style.size ?? 12}px ${kFonts}`;

let ruler: CanvasRenderingContext2D | null = null;
const widths = new Map<string, number>();

/** The width of a text in pixels. */
export function measure(text: string, style: TextStyle = {}): number {
  const key = `${style.size ?? 12}${style.bold ? "b" : ""} ${text}`;
  let width = widths.get(key);
  if (width === undefined) {
    ruler ??= document.createElement("canvas").getContext("2d")!;
    ruler.font = font(style);
    width = ruler.measureText(text).width;
    if (widths.size > 20000) widths.clear();
    widths.set(key, width);
  }
  return width;
}

/** The text, or as much of it as fits with an ellipsis; nothing where not even that does. */
export function cut(text: string, width: number, style: TextStyle = {}): string {
  if (measure(text, style) <= width) return text;
  let least = 0;
  let most = text.length;
  while (least < most) {
    const middle = (least + most + 1) >> 1;
    if (measure(`${text.slice(0, middle)}…`, style) <= width) least = middle;
    else most = middle - 1;
  }
  return least === 0 ? "" : `${text.slice(0, least).replace(/[\uD800-\uDBFF]$/, "")}…`;
}

export class CanvasPen implements Pen {
  private last_font = "";

  constructor(private readonly context: CanvasRenderingContext2D) {
    context.textBaseline = "middle";
  }

  rect(x: number, y: number, width: number, height: number, fill: string, radius = 0): void {
    const { context } = this;
    context.fillStyle = fill;
    if (radius === 0) {
      context.fillRect(x, y, width, height);
      return;
    }
    context.beginPath();
    context.roundRect(x, y, width, height, Math.min(radius, width / 2));
    context.fill();
  }
  frame(x: number, y: number, width: number, height: number, stroke: string, line = 1, radius = 0): void {
    const { context } = this;
    context.strokeStyle = stroke;
    context.lineWidth = line;
    context.beginPath();
    context.roundRect(x + line / 2, y + line / 2, Math.max(0, width - line), Math.max(0, height - line), radius);
    context.stroke();
  }
  hatch(x: number, y: number, width: number, height: number, stroke: string): void {
    this.clip(x, y, width, height, () => {
      const { context } = this;
      context.strokeStyle = stroke;
      context.lineWidth = 1.2;
      context.beginPath();
      for (let at = x - height; at < x + width; at += 5) {
        context.moveTo(at, y + height);
        context.lineTo(at + height, y);
      }
      context.stroke();
    });
  }
  line(points: number[], stroke: string, width = 1, dash?: number[]): void {
    const { context } = this;
    context.strokeStyle = stroke;
    context.lineWidth = width;
    if (dash) context.setLineDash(dash);
    context.beginPath();
    context.moveTo(points[0], points[1]);
    for (let i = 2; i < points.length; i += 2) context.lineTo(points[i], points[i + 1]);
    context.stroke();
    if (dash) context.setLineDash([]);
  }
  shape(points: number[], fill: string, stroke?: string): void {
    const { context } = this;
    context.beginPath();
    context.moveTo(points[0], points[1]);
    for (let i = 2; i < points.length; i += 2) context.lineTo(points[i], points[i + 1]);
    context.closePath();
    context.fillStyle = fill;
    context.fill();
    if (!stroke) return;
    context.strokeStyle = stroke;
    context.lineWidth = 1.3;
    context.stroke();
  }
  text(text: string, x: number, y: number, fill: string, style: TextStyle = {}): void {
    const shown = style.width === undefined ? text : cut(text, style.width, style);
    if (shown === "") return;
    const { context } = this;
    const wanted = font(style);
    if (wanted !== this.last_font) context.font = this.last_font = wanted;
    context.textAlign = style.align ?? "left";
    if (style.halo) {
      context.strokeStyle = style.halo;
      context.lineWidth = 4;
      context.lineJoin = "round";
      context.strokeText(shown, x, y);
    }
    context.fillStyle = fill;
    context.fillText(shown, x, y);
  }
  clip(x: number, y: number, width: number, height: number, draw: () => void): void {
    const { context } = this;
    context.save();
    context.beginPath();
    context.rect(x, y, width, height);
    context.clip();
    draw();
    context.restore();
    this.last_font = "";
  }
}

const kSpace = "http://www.w3.org/2000/svg";
/** Letters that no XML may hold. */
const kNoXml = /[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\p{Cs}]/gu;
const round = (value: number): string => String(Math.round(value * 100) / 100);

export class SvgPen implements Pen {
  private serial = 0;
  private group: Element;

  constructor(
    readonly root: SVGElement,
    private readonly stem: string, // of the ids within
  ) {
    this.group = root;
  }

  private add(tag: string, attributes: Record<string, string | number | undefined>): Element {
    const element = document.createElementNS(kSpace, tag);
    for (const [name, value] of Object.entries(attributes)) {
      if (value !== undefined) element.setAttribute(name, typeof value === "number" ? round(value) : value);
    }
    this.group.append(element);
    return element;
  }
  private path(points: number[]): string {
    let path = "";
    for (let i = 0; i < points.length; i += 2) path += `${i === 0 ? "M" : "L"}${round(points[i])} ${round(points[i + 1])}`;
    return path;
  }

  rect(x: number, y: number, width: number, height: number, fill: string, radius = 0): void {
    this.add("rect", { x, y, width: Math.max(0, width), height, fill, rx: radius || undefined });
  }
  frame(x: number, y: number, width: number, height: number, stroke: string, line = 1, radius = 0): void {
    const shape = { x: x + line / 2, y: y + line / 2, width: Math.max(0, width - line), height: Math.max(0, height - line) };
    this.add("rect", { ...shape, fill: "none", stroke, "stroke-width": line, rx: radius || undefined });
  }
  hatch(x: number, y: number, width: number, height: number, stroke: string): void {
    this.clip(x, y, width, height, () => {
      for (let at = x - height; at < x + width; at += 5) this.line([at, y + height, at + height, y], stroke, 1.2);
    });
  }
  line(points: number[], stroke: string, width = 1, dash?: number[]): void {
    const d = this.path(points);
    this.add("path", { d, fill: "none", stroke, "stroke-width": width, "stroke-dasharray": dash?.join(" ") });
  }
  shape(points: number[], fill: string, stroke?: string): void {
    this.add("path", { d: `${this.path(points)}Z`, fill, stroke, "stroke-width": stroke ? 1.3 : undefined });
  }
  text(text: string, x: number, y: number, fill: string, style: TextStyle = {}): void {
    const whole = text.replace(kNoXml, "");
    const shown = style.width === undefined ? whole : cut(whole, style.width, style);
    if (shown === "") return;
    const size = style.size ?? 12;
    const anchor = { left: undefined, center: "middle", right: "end" }[style.align ?? "left"];
    const weight = style.bold ? "600" : undefined;
    const at = { x, y: y + size * 0.36, fill, "font-size": size, "font-weight": weight, "text-anchor": anchor };
    const halo = style.halo
      ? { stroke: style.halo, "stroke-width": 4, "stroke-linejoin": "round", "paint-order": "stroke" }
      : {};
    this.add("text", { ...at, ...halo, "font-family": kFonts }).textContent = shown;
  }
  clip(x: number, y: number, width: number, height: number, draw: () => void): void {
    const id = `${this.stem}-${++this.serial}`;
    const outer = this.group;
    this.group = this.add("clipPath", { id });
    this.add("rect", { x, y, width: Math.max(0, width), height });
    this.group = outer;
    this.group = this.add("g", { "clip-path": `url(#${id})` });
    draw();
    this.group = outer;
  }
  /** Draws with (x, y) for its origin. */
  within(x: number, y: number, draw: () => void): void {
    const outer = this.group;
    this.group = this.add("g", { transform: `translate(${round(x)} ${round(y)})` });
    draw();
    this.group = outer;
  }
}

/** An empty picture of that size, to be drawn with an `SvgPen`. */
export function make_svg(width: number, height: number): SVGSVGElement {
  const svg = document.createElementNS(kSpace, "svg");
  svg.setAttribute("xmlns", kSpace);
  svg.setAttribute("viewBox", `0 0 ${round(width)} ${round(height)}`);
  svg.setAttribute("width", round(width));
  svg.setAttribute("height", round(height));
  return svg;
}

/** Fits the canvas to its place on the screen, at the screen's own resolution, and clears it. */
export function canvas_pen(canvas: HTMLCanvasElement, width: number, height: number): CanvasPen {
  const ratio = window.devicePixelRatio || 1;
  const wide = Math.round(width * ratio);
  const high = Math.round(height * ratio);
  const context = canvas.getContext("2d")!;
  if (canvas.width !== wide || canvas.height !== high) {
    canvas.width = wide;
    canvas.height = high;
    canvas.style.width = `${width}px`;
    canvas.style.height = `${height}px`;
  }
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.clearRect(0, 0, width, height);
  return new CanvasPen(context);
}
