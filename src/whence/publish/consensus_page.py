"""A scoring run as one self-contained HTML page: plots in inline SVG, no script, no network, light, dark and print."""

from __future__ import annotations

from html import escape

from whence.records.rating import NotePoint, RunSummary, SimulationLine

__all__ = ["page", "simulation_plot"]

_KINDS = {
    "CURRENTLY_RATED_HELPFUL": ("helpful", "helpful"),
    "CURRENTLY_RATED_NOT_HELPFUL": ("not", "not helpful"),
    "NEEDS_YOUR_HELP": ("help", "needs your help"),
    "FIRM_REJECT": ("firm", "needs more ratings (firmly rejected)"),
    "NEEDS_MORE_RATINGS": ("more", "needs more ratings"),
}
_CSS = """
:root { --paper: #fbf9f4; --sheet: #fffdf9; --ink: #1c1a17; --soft: #5c564d; --hair: #d9d2c5;
  --helpful: #0b6e4f; --not: #a8321e; --help: #7a5a00; --firm: #8a7f8f; --more: #6b7684; --heard: #0b568f;
  --unheard: #b9b2a5;
  --region-good: #0b6e4f14; --region-bad: #a8321e14;
  --sans: "Avenir Next", Avenir, "Segoe UI", "Helvetica Neue", "Nimbus Sans", "Liberation Sans", Arial, sans-serif; }
@media (prefers-color-scheme: dark) { :root { --paper: #151618; --sheet: #1b1d20; --ink: #e9e5dc; --soft: #aaa499;
  --hair: #383a3f;
  --helpful: #6fd3ac; --not: #ff9a86; --help: #e8c55c; --firm: #a79bb0; --more: #93a0b0; --heard: #8cc3f2;
  --unheard: #55524c;
  --region-good: #6fd3ac1c; --region-bad: #ff9a861c; } }
* { box-sizing: border-box; }
html { background: var(--paper); color: var(--ink); font: 400 100%/1.5 var(--sans); -webkit-text-size-adjust: 100%; }
body { max-width: 64rem; margin: 0 auto; padding: 2rem 1.25rem 4rem; overflow-wrap: anywhere; }
h1 { font-size: 1.75rem; line-height: 1.2; margin: 0 0 .25rem; }
h2 { font-size: 1.15rem; margin: 2.75rem 0 .5rem; }
p { margin: 0 0 .75rem; max-width: 44rem; }
.lead, figcaption, .soft { color: var(--soft); }
.figures { display: flex; flex-wrap: wrap; gap: .5rem 2.5rem; margin: 1.25rem 0 0; padding: 0; list-style: none; }
.figures b { display: block; font-size: 1.5rem; line-height: 1.2; font-variant-numeric: tabular-nums; }
figure { margin: 0; background: var(--sheet); border: 1px solid var(--hair); border-radius: 6px; padding: .75rem; }
figcaption { font-size: .875rem; margin-top: .5rem; max-width: 44rem; }
svg { display: block; width: 100%; height: auto; font: 12px var(--sans); }
svg text { fill: var(--soft); }
.axis { stroke: var(--hair); fill: none; }
.line { stroke: var(--ink); fill: none; stroke-width: 1; stroke-dasharray: 4 3; }
.good { fill: var(--region-good); } .bad { fill: var(--region-bad); }
.helpful { fill: var(--helpful); } .not { fill: var(--not); } .help { fill: var(--help); }
  .firm { fill: var(--firm); } .more { fill: var(--more); }
.heard { fill: var(--heard); } .unheard { fill: var(--unheard); }
.pt { fill-opacity: .55; }
.open { fill: none; stroke-opacity: .7; stroke-width: 1.2; }
.open.firm { stroke: var(--firm); } .open.more { stroke: var(--more); }
.legend { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; margin: .25rem 0 .5rem; padding: 0;
  list-style: none; font-size: .875rem; }
.legend svg { display: inline-block; width: 14px; height: 14px; vertical-align: -2px; margin-inline-end: .3rem; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; font-size: .9375rem; min-width: 20rem; }
th, td { text-align: start; padding: .3rem 1.5rem .3rem 0; border-bottom: 1px solid var(--hair); font-weight: 400;
  vertical-align: top; overflow-wrap: normal; }
thead th { color: var(--soft); font-size: .8125rem; }
td.n, th.n { text-align: end; white-space: nowrap; }
td.same { color: var(--soft); }
@media (max-width: 40rem) { figure { overflow-x: auto; } figure > svg { min-width: 36rem; }
  th, td { padding-inline-end: .75rem; } }
@media print { :root { --paper: #fff; --sheet: #fff; --ink: #000; --soft: #444; --hair: #bbb; }
  figure, table { break-inside: avoid; } body { padding: 0; } }
"""


def page(summary: RunSummary) -> str:
    """The page of a scoring run.

    Args:
        summary: the run.

    Returns:
        A whole HTML document; the same for the same summary. Everything from the data is escaped.
    """
    title = escape(summary.title)
    made = f", as of {escape(summary.made)}" if summary.made else ""
    body = [
        f"<h1>{title}</h1>",
        f'<p class="lead">What people who usually disagree agree on: scored by whence ({escape(summary.mode)})'
        f"{made}.</p>",
        _figures(summary),
        _notes(summary),
        _raters(summary),
        _changes(summary),
        _table(
            "Reasons" if summary.mode == "small" else "Rules that acted",
            ("what", "notes"),
            [(k, f"{v:,}") for k, v in summary.rules.items()],
        ),
        _fits(summary),
        _mended(summary),
    ]
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
        f"<title>{title}: consensus</title>\n<style>{_CSS}</style>\n</head>\n<body>\n<main>\n"
        + "\n".join(part for part in body if part)
        + "\n</main>\n</body>\n</html>\n"
    )


def _figures(s: RunSummary) -> str:
    items = [(f"{s.notes:,}", "notes scored"), (f"{s.ratings:,}", "ratings that count"), (f"{s.raters:,}", "raters")]
    items += [(f"{n:,}", _label(name)) for name, n in s.shown.items()]
    return '<ul class="figures">' + "".join(f"<li><b>{a}</b>{escape(b)}</li>" for a, b in items) + "</ul>"


def _label(status: str) -> str:
    return _KINDS[status][1] if status in _KINDS else status.replace("_", " ").lower()


class _Axes:
    """A plot's frame: data to pixels, ticks and labels."""

    def __init__(self, x: tuple[float, float], y: tuple[float, float], width: int, height: int) -> None:
        self.x0, self.x1 = x
        self.y0, self.y1 = y
        self.width, self.height = width, height
        self.left, self.right, self.top, self.bottom = 46, 10, 8, 38

    def px(self, x: float) -> float:
        """Across, in pixels."""
        return self.left + (x - self.x0) / (self.x1 - self.x0) * (self.width - self.left - self.right)

    def py(self, y: float) -> float:
        """Down, in pixels."""
        return self.height - self.bottom - (y - self.y0) / (self.y1 - self.y0) * (self.height - self.top - self.bottom)

    def draw(self, xs: list[float], ys: list[float], x_label: str, y_label: str, y_format: str) -> str:
        """Grid, ticks and labels."""
        out = []
        for x in xs:
            out.append(f'<path class="axis" d="M{self.px(x):.1f} {self.top}V{self.height - self.bottom}"/>')
            out.append(
                f'<text x="{self.px(x):.1f}" y="{self.height - self.bottom + 15}" text-anchor="middle">{x:+.1f}</text>'
            )
        for y in ys:
            out.append(f'<path class="axis" d="M{self.left} {self.py(y):.1f}H{self.width - self.right}"/>')
            out.append(
                f'<text x="{self.left - 6}" y="{self.py(y) + 4:.1f}" text-anchor="end">{format(y, y_format)}</text>'
            )
        middle = (self.left + self.width - self.right) / 2
        out.append(f'<text x="{middle:.0f}" y="{self.height - 4}" text-anchor="middle">{escape(x_label)}</text>')
        out.append(
            f'<text transform="translate(11 {self.height / 2 - 15:.0f}) rotate(-90)" text-anchor="middle">'
            f"{escape(y_label)}</text>"
        )
        return "".join(out)


def _mark(kind: str, x: float, y: float, r: float = 2.6) -> str:
    """A status's mark; shapes differ, so that colour is never alone."""
    if kind == "helpful":
        return f'<circle class="pt helpful" cx="{x:.1f}" cy="{y:.1f}" r="{r + 0.6:.1f}"/>'
    if kind == "not":
        return f'<path class="pt not" d="M{x - r:.1f} {y - r:.1f}h{2 * r:.1f}v{2 * r:.1f}h{-2 * r:.1f}z"/>'
    if kind == "help":
        return f'<path class="pt help" d="M{x:.1f} {y - r - 1:.1f}l{r + 1:.1f} {2 * r:.1f}h{-2 * r - 2:.1f}z"/>'
    return f'<circle class="open {kind}" cx="{x:.1f}" cy="{y:.1f}" r="{r - 0.6:.1f}"/>'


def _notes(s: RunSummary) -> str:
    if not s.points:
        return ""
    reach = max(0.6, max(abs(p.factor) for p in s.points) * 1.05)
    small = s.mode == "small"
    low = min(0.0 if small else -0.4, min(p.intercept for p in s.points) - 0.03)
    high = max(0.6, max(p.intercept for p in s.points) + 0.03)
    axes = _Axes((-reach, reach), (low, high), 900, 520)
    step = 0.2 if reach < 1.3 else 0.5
    xs = [round(k * step, 3) for k in range(-10, 11) if abs(k * step) <= reach]
    ys = [round(k * 0.1, 1) for k in range(-20, 21) if low <= k * 0.1 <= high]
    height = "score: what a rater between the sides would give" if small else "intercept: helpful beyond sides"
    drawn = [axes.draw(xs, ys, "factor: which side it appeals to", height, "+.1f")]
    drawn.append(_regions(axes, s.thresholds))
    order = {"FIRM_REJECT": 0, "NEEDS_MORE_RATINGS": 1}

    def rank(p: NotePoint) -> int:
        return order.get(p.status, 2)

    for p in sorted(s.points, key=rank):
        drawn.append(_mark(_KINDS.get(p.status, ("more", ""))[0], axes.px(p.factor), axes.py(p.intercept)))
    legend = "".join(
        f'<li><svg viewBox="0 0 14 14" aria-hidden="true">{_mark(kind, 7, 7, 4)}</svg>'
        f"{escape(label)}: {s.statuses[name]:,}</li>"
        for name, (kind, label) in _KINDS.items()
        if name in s.statuses
    )
    more = "Sides and intervals decide too." if small else "Other rules can overrule either."
    shown = (
        f"{len(s.points):,} of {s.scored:,} notes are drawn, evenly chosen."
        if len(s.points) < s.scored
        else "Every scored note."
    )
    return (
        "<h2>Notes</h2>"
        f'<ul class="legend">{legend}</ul><figure tabindex="0"><svg viewBox="0 0 900 520" role="img" '
        f'aria-label="Notes by factor and intercept, with the regions of helpful and not helpful">'
        f"{''.join(drawn)}</svg>"
        "<figcaption>A note high up is found helpful by raters of both sides; one far to a side pleases that side. "
        f"Shaded above: where a note becomes helpful; below: not helpful. {more} {shown}"
        "</figcaption></figure>"
    )


def _regions(axes: _Axes, t: dict[str, float]) -> str:
    """The helpful region (intercept above, factor within) and the not-helpful diamond's lower half."""
    if not t:
        return ""
    x0, x1 = max(-t["factor"], axes.x0), min(t["factor"], axes.x1)
    top, line = axes.py(axes.y1), axes.py(t["helpful"])
    out = (
        f'<path class="good" d="M{axes.px(x0):.1f} {top:.1f}H{axes.px(x1):.1f}V{line:.1f}H{axes.px(x0):.1f}z"/>'
        f'<path class="line" d="M{axes.px(axes.x0):.1f} {line:.1f}H{axes.px(axes.x1):.1f}"/>'
    )
    peak, slope = t["not_helpful"], t["slope"]
    if slope:
        reach = min((axes.y0 - peak) / slope, axes.x1)
        foot = peak + slope * reach
    else:
        reach, foot = axes.x1, peak
    corner = [(-reach, foot), (0.0, peak), (reach, foot)]
    edge = " ".join(f"{axes.px(x):.1f},{axes.py(y):.1f}" for x, y in corner)
    base = f"{axes.px(reach):.1f},{axes.py(axes.y0):.1f} {axes.px(-reach):.1f},{axes.py(axes.y0):.1f}"
    return out + f'<polygon class="bad" points="{edge} {base}"/><polyline class="line" points="{edge}"/>'


def _raters(s: RunSummary) -> str:
    most = max((a + b for a, b in zip(s.heard, s.unheard, strict=True)), default=0)
    if not most:
        return ""
    axes = _Axes((s.edges[0], s.edges[-1]), (0, most * 1.05), 900, 260)
    ticks = sorted({0, round(most / 2), most})
    xs = [round(k * 0.2, 1) for k in range(-20, 21) if s.edges[0] <= k * 0.2 <= s.edges[-1]]
    drawn = [axes.draw(xs, [float(t) for t in ticks], "factor", "raters", ",.0f")]
    for k, (a, b) in enumerate(zip(s.heard, s.unheard, strict=True)):
        x, width = axes.px(s.edges[k]), axes.px(s.edges[k + 1]) - axes.px(s.edges[k]) - 1
        for kind, below, count in (("heard", 0, a), ("unheard", a, b)):
            if count:
                y = axes.py(below + count)
                drawn.append(
                    f'<rect class="{kind}" x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" '
                    f'height="{axes.py(below) - y:.1f}"/>'
                )
    swatch = '<svg viewBox="0 0 14 14" aria-hidden="true"><rect class="{}" width="14" height="14"/></svg>'
    return (
        "<h2>Raters</h2>"
        f'<ul class="legend"><li>{swatch.format("heard")}heard in the final round: {sum(s.heard):,}</li>'
        f"<li>{swatch.format('unheard')}not heard: {sum(s.unheard):,}</li></ul>"
        '<figure tabindex="0"><svg viewBox="0 0 900 260" role="img" aria-label="Raters by factor">'
        f"{''.join(drawn)}</svg><figcaption>Where raters stand. The axis has no name: it is what divides them most."
        "</figcaption></figure>"
    )


def _changes(s: RunSummary) -> str:
    if not s.changes:
        return ""
    names = [n for n in _KINDS if any(n in pair for pair in s.changes)]
    head = "".join(f'<th class="n" scope="col">now {escape(_label(n))}</th>' for n in names)
    rows = []
    for old in names:
        cells = "".join(
            f'<td class="n{" same" if old == new else ""}">{s.changes.get((old, new), 0):,}</td>' for new in names
        )
        rows.append(f'<tr><th scope="row">before: {escape(_label(old))}</th>{cells}</tr>')
    changed = sum(n for (old, new), n in s.changes.items() if old != new)
    return (
        f"<h2>Changes against the earlier history</h2><p>{changed:,} notes changed their status, locks respected.</p>"
        f'<div class="scroll" tabindex="0"><table><thead><tr><td></td>{head}</tr></thead>'
        f"<tbody>{''.join(rows)}</tbody></table></div>"
    )


def _fits(s: RunSummary) -> str:
    rows: list[tuple[str, ...]] = [
        (
            f.name,
            f"{f.ratings:,}",
            f"{f.notes:,}",
            f"{f.raters:,}",
            f"{f.loss:.6f}",
            "–" if f.gradient_norm is None else f"{f.gradient_norm:.1e}",
            f"{f.steps:,}",
        )
        for f in s.fits
    ]
    return _table("Convergence", ("fit", "ratings", "notes", "raters", "objective", "gradient norm", "steps"), rows)


def _mended(s: RunSummary) -> str:
    parts = _table("Mended or left out", ("what", "times"), [(k, f"{v:,}") for k, v in s.repairs.items()])
    if s.remarks:
        parts += "<h2>Remarks</h2><ul>" + "".join(f"<li>{escape(r)}</li>" for r in s.remarks) + "</ul>"
    return parts


def _table(title: str, head: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    if not rows:
        return ""
    top = "".join(
        f'<th scope="col"{" class=" + chr(34) + "n" + chr(34) if k else ""}>{escape(h)}</th>'
        for k, h in enumerate(head)
    )
    body = "".join(
        "<tr>"
        + f'<th scope="row">{escape(row[0])}</th>'
        + "".join(f'<td class="n">{escape(c)}</td>' for c in row[1:])
        + "</tr>"
        for row in rows
    )
    return (
        f'<h2>{escape(title)}</h2><div class="scroll" tabindex="0"><table><thead><tr>{top}</tr></thead>'
        f"<tbody>{body}</tbody></table></div>"
    )


def simulation_plot(lines: list[SimulationLine], title: str) -> str:
    """A simulation as a stand-alone SVG: what goes wrong as the share of bad raters grows.

    Args:
        lines: at least one, by growing share.
        title: the attack.
    """
    most = max(0.1, lines[-1].share)
    axes = _Axes((0.0, most), (0.0, 1.0), 720, 420)
    axes.right = 24
    drawn = [f'<text x="46" y="20" style="font-size:15px">{escape(title)}: what becomes of attacked notes</text>']
    axes.top = 64
    for k in range(6):
        x, y = most * k / 5, k / 5
        drawn.append(f'<text x="{axes.px(x):.1f}" y="397" text-anchor="middle">{x:.0%}</text>')
        drawn.append(f'<path class="axis" d="M46 {axes.py(y):.1f}H696"/>')
        drawn.append(f'<text x="40" y="{axes.py(y) + 4:.1f}" text-anchor="end">{y:.0%}</text>')
    drawn.append('<text x="378" y="415" text-anchor="middle">share of bad raters</text>')
    series = (
        ("not", "wrong notes shown", "", [(p.share, p.wrong_shown, p.wrong_shown_spread) for p in lines]),
        (
            "heard",
            "right notes suppressed",
            "7 4",
            [(p.share, p.right_suppressed, p.right_suppressed_spread) for p in lines],
        ),
    )
    for k, (kind, label, dash, values) in enumerate(series):
        band = [(s, min(1.0, m + d)) for s, m, d in values] + [(s, max(0.0, m - d)) for s, m, d in reversed(values)]
        drawn.append(f'<polygon class="{kind}" fill-opacity=".15" points="{_points(axes, band)}"/>')
        stroke = f'stroke="var(--{kind})" stroke-width="2" fill="none" stroke-dasharray="{dash}"'
        drawn.append(f'<polyline {stroke} points="{_points(axes, [(s, m) for s, m, _ in values])}"/>')
        drawn.append(f'<path {stroke} d="M{60 + 220 * k} 42h34"/><text x="{100 + 220 * k}" y="46">{label}</text>')
    css = _CSS.replace("</", "")
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 720 420" width="720" height="420" role="img">'
        f"<style>{css} svg {{ background: var(--paper); }}</style>" + "".join(drawn) + "</svg>\n"
    )


def _points(axes: _Axes, values: list[tuple[float, float]]) -> str:
    return " ".join(f"{axes.px(x):.1f},{axes.py(y):.1f}" for x, y in values)
