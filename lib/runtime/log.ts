import { pino, type Logger } from 'pino'

let root: Logger | undefined

/**
 * One JSON line an event. Log ids and outcomes, never names, e-mail addresses, postal addresses or cookies; the redact
 * list is the net below that rule.
 */
export function getLog(): Logger {
  root ??= pino({
    level: process.env['LOG_LEVEL'] ?? 'info',
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: {
      paths: ['email', 'address', 'cookie', '*.email', '*.address', '*.cookie', '*.snapshot'],
      censor: '[redacted]',
    },
  })
  return root
}
