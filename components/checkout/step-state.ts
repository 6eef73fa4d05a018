/** What a checkout step answers when it cannot be saved: the values as typed, and a message beside each wrong field. */
export interface StepState {
  readonly errors: Readonly<Record<string, string>>
  readonly values: Readonly<Record<string, string>>
  /** Done: the browser is to load this page anew, with a document of its own. */
  readonly goTo?: string
  /** Of /admin: where the second factor is given that it is refused for. */
  readonly confirmAt?: string
}

export const IDLE_STEP: StepState = { errors: {}, values: {} }

export type StepAction = (previous: StepState, formData: FormData) => Promise<StepState>
