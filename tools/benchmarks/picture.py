"""Mean gap over time as SVG: a line a solver, labelled where it ends; solid and dashed, in two colours that all eyes
tell apart."""
import math
from xml.sax.saxutils import escape

WIDTH, HEIGHT = 860, 430
LEFT, RIGHT, TOP, BOTTOM = 64, 150, 96, 56
STYLES = (("#0072b2", ""), ("#d55e00", "7 4"), ("#51606f", "2 3"))


def ticks(top, most=6):
    """Round numbers from 0 to at least `top`."""
    step = 10 ** math.floor(math.log10(top / most))
    step = next(step * factor for factor in (1, 2, 5, 10) if step * factor * most >= top)
    return [round(i * step, 10) for i in range(math.ceil(round(top / step, 6)) + 1)]


def top_of(curves):
    """High enough for the second half of the (logarithmic) time; what is above comes in from the edge."""
    late = [gap for _, curve in curves for _, gap in curve[len(curve) // 3:]]
    return max(0.1, 1.15 * max(late, default=1))


def apart(wanted, distance):
    """Moves labels so that none covers another, the order kept."""
    placed = dict.fromkeys(range(len(wanted)), 0.0)
    last = -math.inf
    for index in sorted(placed, key=lambda each: wanted[each]):
        last = max(wanted[index], last + distance)
        placed[index] = last
    return [placed[index] for index in range(len(wanted))]


def span(seconds):
    return f"{seconds:g} s" if seconds < 60 else f"{seconds / 60:g} min"


def draw(curves, title, subtitle, first, last):
    """`curves`: (name, [(seconds, gap in percent)]); seconds from `first` to `last`."""
    marks = ticks(top_of(curves))
    bottom_gap = min([0.0] + [gap for _, curve in curves for _, gap in curve])
    right, bottom = WIDTH - RIGHT, HEIGHT - BOTTOM

    def x(seconds):
        return LEFT + (right - LEFT) * math.log(seconds / first) / math.log(last / first)

    def y(gap):
        return bottom - (bottom - TOP) * (gap - bottom_gap) / (marks[-1] - bottom_gap)

    out = [f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}" '
           f'viewBox="0 0 {WIDTH} {HEIGHT}" lang="en" role="img">',
           f"<title>{escape(title)}</title>",
           "<style>text{font-family:'Inter','Helvetica Neue',Helvetica,Arial,sans-serif;fill:#51606f;font-size:12.5px;"
           "font-variant-numeric:tabular-nums}.title{font-size:20px;font-weight:650;fill:#1f2a37}"
           ".head{font-size:13.5px}.name{font-weight:600}.rule{stroke:#e4e8ed;stroke-width:1}"
           ".axis{stroke:#8a97a5;stroke-width:1}.line{fill:none;stroke-width:2.2;stroke-linejoin:round}</style>",
           '<rect width="100%" height="100%" fill="#fff"/>',
           f'<text x="24" y="38" class="title">{escape(title)}</text>',
           f'<text x="24" y="61" class="head">{escape(subtitle)}</text>',
           f'<clipPath id="plot"><rect x="{LEFT}" y="{TOP}" width="{right - LEFT + 2}" '
           f'height="{bottom - TOP + 2}"/></clipPath>']
    for mark in marks:
        out.append(f'<line x1="{LEFT}" y1="{y(mark):.1f}" x2="{right}" y2="{y(mark):.1f}" class="rule"/>')
        out.append(f'<text x="{LEFT - 10}" y="{y(mark) + 4:.1f}" text-anchor="end">{mark:g} %</text>')
    out.append(f'<line x1="{LEFT}" y1="{bottom}" x2="{right}" y2="{bottom}" class="axis"/>')
    for mark in time_marks(first, last):
        out.append(f'<line x1="{x(mark):.1f}" y1="{bottom}" x2="{x(mark):.1f}" y2="{bottom + 5}" class="axis"/>')
        out.append(f'<text x="{x(mark):.1f}" y="{bottom + 21}" text-anchor="middle">{span(mark)}</text>')
    out.append(f'<text x="{(LEFT + right) / 2}" y="{bottom + 44}" text-anchor="middle">'
               "time per instance; a line begins when every instance has its first schedule</text>")
    drawn = [(name, curve, style) for (name, curve), style in zip(curves, STYLES) if curve]
    labels = apart([max(TOP, y(curve[-1][1])) for _, curve, _ in drawn], 34)
    excess = max([0.0] + [label - (bottom - 14) for label in labels])
    for (name, curve, (colour, dashes)), label in zip(drawn, labels):
        points = " ".join(f"{x(seconds):.1f},{y(gap):.1f}" for seconds, gap in stairs(curve))
        dash = f' stroke-dasharray="{dashes}"' if dashes else ""
        out.append(f'<polyline points="{points}" class="line" stroke="{colour}"{dash} clip-path="url(#plot)"/>')
        out.append(f'<text x="{right + 12}" y="{label - excess:.1f}" class="name" style="fill:{colour}">'
                   f"{escape(name)}</text>")
        out.append(f'<text x="{right + 12}" y="{label - excess + 15:.1f}">{curve[-1][1]:.2f} %</text>')
    out.append("</svg>")
    return "\n".join(out) + "\n"


def stairs(curve):
    """A gap holds until the next one."""
    points = []
    for moment, gap in curve:
        if points and points[-1][1] == gap and len(points) > 1 and points[-2][1] == gap:
            points.pop()
        elif points and points[-1][1] != gap:
            points.append((moment, points[-1][1]))
        points.append((moment, gap))
    return points


def time_marks(first, last):
    """1, 3, 10, 30 ... of seconds up to a minute, then minutes."""
    marks = [factor * 10.0 ** power for power in range(-3, 2) for factor in (1, 3)] + [60.0, 180.0, 600.0, 1800.0, 3600.0]
    marks = [mark for mark in marks if first * 0.999 <= mark <= last * 1.001]
    if not marks or marks[-1] < last * 0.6:
        marks.append(last)
    return marks
