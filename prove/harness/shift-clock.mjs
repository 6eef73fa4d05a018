// Preloaded into a process whose clock is to be wrong: by CLOCK_SHIFT_SECONDS, for everything that asks Date.
const RealDate = Date
const shiftMs = Number(process.env.CLOCK_SHIFT_SECONDS ?? 0) * 1000

globalThis.Date = class Date extends RealDate {
  constructor(...args) {
    if (args.length === 0) super(RealDate.now() + shiftMs)
    else super(...args)
  }
  static now() {
    return RealDate.now() + shiftMs
  }
}
