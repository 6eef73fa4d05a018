import { strand, sweep } from './drivers'
import type { Model, Steps } from './model-of'
import { captureId, showRefund, usd } from './paypal'
import { takeUpRefund } from './refund-drivers'
import { recordRefund } from './refunds'
import { attemptOf } from './shop'
import { IDLE, type State } from './state'
import { addWebhooks } from './webhooks'

/** Workers take what is due, and what webhooks name; processes die. */
export function addWorkers(model: Model, state: State, steps: Steps): void {
  const { scene, rules } = model
  state.drivers.forEach(({ place }, index) => {
    if (place !== 'idle') {
      if (state.left.crashes === 0) return
      steps.add('others', `driver ${index} dies`, (next) => {
        next.left.crashes -= 1
        next.drivers[index] = { ...IDLE }
        strand(next, index)
      })
      return
    }
    if (index < scene.tabs) return
    state.attempts.forEach((attempt, at) => {
      if (attempt.state === 'none' || !attempt.isDue || !rules.SWEPT_STATES.includes(attempt.state)) return
      steps.add('shop', `worker ${index} takes ${at}`, (next) => {
        attemptOf(next, at).isDue = false
        sweep(model, next, index, at, false)
      })
    })
    state.refunds.forEach((row, at) => {
      if (!row.isDue) return
      steps.add('shop', `worker ${index} takes refund ${at}`, (next) => takeUpRefund(model, next, index, at))
    })
    if (scene.webhooks) addWebhooks(model, state, steps, index)
  })
  addNight(model, state, steps)
}

/**
 * The nightly comparison with PayPal's list, as far as it finds refunds. What it would do about payments is left out: the
 * protocol must not need it.
 */
function addNight({ rules }: Model, state: State, steps: Steps): void {
  const unknown = state.paypalRefunds.flatMap((refund, index) => {
    const row = state.refunds.find(({ atPayPal }) => atPayPal === index)
    return refund.status === 'COMPLETED' && row?.state !== 'completed' ? [index] : []
  })
  if (unknown.length === 0) return
  const at = new Date(0)
  const findings = rules.planReconciliation(
    {
      captures: state.attempts.flatMap(({ capturedMinor }, of) =>
        capturedMinor === 0
          ? []
          : [
              {
                paypalCaptureId: captureId(of),
                attemptId: `a${of}`,
                amountMinor: capturedMinor,
                currency: 'USD',
                feeMinor: null,
                recordedAt: at,
              },
            ],
      ),
      refunds: [],
      attemptIds: new Set(),
    },
    {
      transactions: unknown.map((index) => {
        const { amount, paypalRefundId, customId, paypalCaptureId } = showRefund(state, index)
        return {
          transactionId: paypalRefundId,
          kind: 'refund',
          eventCode: 'T1107',
          meaning: 'a refund',
          status: 'completed',
          amount: usd(amount.minor),
          isCredit: false,
          feeMinor: null,
          customId,
          invoiceId: null,
          referenceId: paypalCaptureId,
          initiatedAt: at,
        }
      }),
      from: new Date(1),
      completeUntil: at,
    },
    { invoicePrefix: 'X' },
  )
  for (const finding of findings) {
    if (finding.kind !== 'unknown_refund') continue
    const index = Number(finding.transaction.transactionId.slice(1))
    steps.add('shop', `the nightly comparison finds refund ${index}`, (next) => {
      recordRefund(next, rules, index)
    })
  }
}
