import type { KillReport } from './run-kill'
import { CELLS, DRIVERS, MOMENTS, STEP_LABELS, STEPS, type Cell } from './steps'

const LABEL_WIDTH = 32
const COLUMN_WIDTH = 10
const MOMENT_LABELS = { received: 'before', worked: 'done', answered: 'answered' } as const
const DRIVER_LABELS = { request: 'by a buyer’s request', worker: 'by the worker' } as const

/** How often each step was cut short at each moment. */
export function printCoverage(reports: readonly KillReport[]): string[] {
  const columns = DRIVERS.flatMap((driver) => MOMENTS.map((moment) => ({ driver, moment })))
  const group = COLUMN_WIDTH * MOMENTS.length
  return [
    `${''.padEnd(LABEL_WIDTH)}${DRIVERS.map((driver) => DRIVER_LABELS[driver].padStart(group)).join('')}`,
    `${''.padEnd(LABEL_WIDTH)}${columns.map(({ moment }) => MOMENT_LABELS[moment].padStart(COLUMN_WIDTH)).join('')}`,
    ...STEPS.map((step) => {
      const counts = columns.map((column) => describe({ step, ...column }, reports).padStart(COLUMN_WIDTH))
      return `${STEP_LABELS[step].padEnd(LABEL_WIDTH)}${counts.join('')}`
    }),
  ]
}

function describe(cell: Cell, reports: readonly KillReport[]): string {
  const exists = CELLS.some((known) => isSame(known, cell))
  return exists ? String(countKills(cell, reports)) : '-'
}

export function countKills(cell: Cell, reports: readonly KillReport[]): number {
  return reports.filter(({ isKilled, order }) => isKilled && isSame(order, cell)).length
}

function isSame(a: Cell, b: Cell): boolean {
  return a.step === b.step && a.moment === b.moment && a.driver === b.driver
}
