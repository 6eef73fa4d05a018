/** Stands among an action's arguments for the form that the browser sends. */
export class Form {
  readonly fields: Readonly<Record<string, string>>
  constructor(fields: Readonly<Record<string, string>> = {}) {
    this.fields = fields
  }
}
