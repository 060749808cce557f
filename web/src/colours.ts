/** Colours between two colours, and ink that can be read on them. */

type Rgb = [number, number, number];

function parse(colour: string): Rgb {
  const value = Number.parseInt(colour.replace("#", ""), 16);
  return [(value >> 16) & 255, (value >> 8) & 255, value & 255];
}

/** `share` 0 is the one, 1 the other; both written as #rrggbb. */
export function mix(one: string, other: string, share: number): string {
  const [a, b] = [parse(one), parse(other)];
  const parts = a.map((part, i) => Math.round(part + (b[i] - part) * share));
  return `#${parts.map((part) => part.toString(16).padStart(2, "0")).join("")}`;
}

/** Relative luminance, as WCAG 2 defines it. */
export function luminance(colour: string): number {
  const [red, green, blue] = parse(colour).map((part) => {
    const share = part / 255;
    return share <= 0.03928 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

const contrast = (one: number, other: number): number => (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);

/** Whichever of the two stands out more on `ground`. */
export function ink_on(ground: string, one: string, other: string): string {
  const at = luminance(ground);
  return contrast(at, luminance(one)) >= contrast(at, luminance(other)) ? one : other;
}
