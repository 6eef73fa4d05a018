import type { BuyableOption, ValueState } from './buyable'

const STATE_WORDS: Record<ValueState, string> = { available: '', sold_out: ', sold out', not_made: ', not made' }

/**
 * One option as radio buttons that look like swatches or sizes. Values that cannot be had are struck through but can
 * be chosen, or choosing the other option first would be impossible.
 */
export function OptionChoice({
  option,
  name,
  chosen,
  stateOf,
  onChoose,
}: {
  option: BuyableOption
  name: string
  chosen: string | undefined
  stateOf: (value: string) => ValueState
  onChoose: (value: string) => void
}) {
  return (
    <fieldset className="option">
      <legend>
        {option.name}: <b>{chosen}</b>
      </legend>
      {option.values.map(({ value, swatch }) => {
        const state = stateOf(value)
        return (
          <label key={value} data-state={state} className={swatch ? 'swatch' : undefined}>
            <input type="radio" name={name} value={value} checked={value === chosen} onChange={() => onChoose(value)} />
            {swatch ? <i style={{ background: swatch }} /> : null}
            <span>
              {value}
              {state === 'available' ? null : <span className="sr-only">{STATE_WORDS[state]}</span>}
            </span>
          </label>
        )
      })}
    </fieldset>
  )
}
