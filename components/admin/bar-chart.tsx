import { scaleBand, scaleLinear } from 'd3-scale'
import { curveMonotoneX, line } from 'd3-shape'

export interface Bar {
  /** What it stands for: a day. */
  readonly name: string
  readonly value: number
  /** The same place of the span before. */
  readonly former: number
}

const WIDTH = 720
const HEIGHT = 220
const LEFT = 64
const BOTTOM = 24
const TOP = 10

/**
 * Bars, with the span before as a line over them. Drawn on the server: nobody needs a script to look at it. Who can't see it has
 * `summary`, and the page a table beside it.
 */
export function BarChart({
  bars,
  summary,
  format,
}: {
  bars: readonly Bar[]
  summary: string
  format: (value: number) => string
}) {
  const x = scaleBand()
    .domain(bars.map(({ name }) => name))
    .range([LEFT, WIDTH])
    .padding(0.25)
  const y = scaleLinear()
    .domain([0, Math.max(1, ...bars.flatMap(({ value, former }) => [value, former]))])
    .nice(4)
    .range([HEIGHT - BOTTOM, TOP])
  const middle = (name: string) => (x(name) ?? 0) + x.bandwidth() / 2
  const former = line<Bar>()
    .x(({ name }) => middle(name))
    .y((bar) => y(bar.former))
    .curve(curveMonotoneX)([...bars])
  const step = Math.ceil(bars.length / 8)
  return (
    <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={summary} className="block h-auto w-full">
      {y.ticks(4).map((tick) => (
        <g key={tick}>
          <line x1={LEFT} x2={WIDTH} y1={y(tick)} y2={y(tick)} className="stroke-rule" />
          <text x={LEFT - 8} y={y(tick)} dy="0.32em" textAnchor="end" className="fill-ink-soft text-xs">
            {format(tick)}
          </text>
        </g>
      ))}
      {bars.map(({ name, value }, index) => (
        <g key={name}>
          <rect x={x(name)} y={y(value)} width={x.bandwidth()} height={y(0) - y(value)} className="fill-accent">
            <title>{`${name}: ${format(value)}`}</title>
          </rect>
          {index % step === 0 ? (
            <text x={middle(name)} y={HEIGHT - 6} textAnchor="middle" className="fill-ink-soft text-xs">
              {name}
            </text>
          ) : null}
        </g>
      ))}
      {former ? (
        <path d={former} fill="none" strokeWidth={2} strokeDasharray="5 4" className="stroke-ink-soft" />
      ) : null}
    </svg>
  )
}
