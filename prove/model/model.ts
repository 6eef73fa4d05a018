import type { Part } from '../part'
import { BROKEN_RULES, type BrokenRules } from './broken-rules'
import { explore } from './explore'
import { PlanBook } from './model-of'
import { SHOP_RULES, type Rules } from './rules'
import { BIG_SCENES, SMALL_SCENES } from './scenes'
import type { Scene } from './state'

/** What the full exploration must have seen at least. */
const STATES_MIN = 500_000

export interface ModelRun {
  readonly scenes: readonly Scene[]
  /** The proof is not whole with fewer. */
  readonly statesMin: number
  readonly say: (line: string) => void
}

function exploreScene(scene: Scene, rules: Rules) {
  return explore({ scene, rules, plans: new PlanBook() })
}

/** Explores the scenes to their ends. */
export function runModel({ scenes, statesMin, say }: ModelRun) {
  const violations: string[] = []
  const details: string[] = []
  const total = { states: 0, steps: 0, ends: 0 }
  for (const scene of scenes) {
    const { states, steps, ends, violation } = exploreScene(scene, SHOP_RULES)
    total.states += states
    total.steps += steps
    total.ends += ends
    if (violation !== null) violations.push(`${scene.name}: ${violation}`)
    details.push(`${states.toLocaleString('en').padStart(9)} states: ${scene.name}`)
    say(details.at(-1) ?? '')
  }
  if (total.states < statesMin) violations.push(`only ${total.states} of ${statesMin} states were seen`)
  return { ...total, violations, details }
}

/** Sees whether each broken variant of the rules would have been noticed. */
function runBroken(): { readonly violations: string[]; readonly details: string[] } {
  const caught = BROKEN_RULES.map((variant) => ({ name: variant.name, by: catchBroken(variant) }))
  return {
    violations: caught.filter(({ by }) => by === null).map(({ name }) => `nothing notices: ${name}`),
    details: caught.map(({ name, by }) => (by === null ? `SURVIVED  ${name}` : `   caught: ${name}: ${by}`)),
  }
}

/** What the exploration says of a broken variant, without the way to it; null when its scene does not show it. */
export function catchBroken({ rules, scene }: BrokenRules): string | null {
  const { violation } = exploreScene(scene, rules)
  if (violation === null) return null
  return violation
    .split(': ')
    .slice(0, /^I\d/.test(violation) ? 2 : 1)
    .join(': ')
}

export const part: Part = {
  name: 'model',
  claim:
    'In every state that tabs, workers, webhooks, crashes and PayPal can bring about, the shop’s own rules keep the promise and lead to a good end.',
  fullSize: SMALL_SCENES.length + BIG_SCENES.length,
  briefSize: SMALL_SCENES.length,
  async run({ size, say }) {
    const scenes = [...SMALL_SCENES, ...BIG_SCENES].slice(0, size)
    const isWhole = scenes.length === SMALL_SCENES.length + BIG_SCENES.length
    const whole = runModel({ scenes, statesMin: isWhole ? STATES_MIN : 0, say })
    const broken = runBroken()
    return {
      counts: [
        ['states', whole.states],
        ['steps between them', whole.steps],
        ['good ends', whole.ends],
        ['scenes', scenes.length],
        ['broken variants', BROKEN_RULES.length],
        ['caught', BROKEN_RULES.length - broken.violations.length],
      ],
      violations: [...whole.violations, ...broken.violations],
      details: [...whole.details, ...broken.details],
      remarks: [
        'States are told apart within a scene. From each of them the shop alone, without buyers and webhooks, can reach a good end.',
      ],
    }
  },
}
