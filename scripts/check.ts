import { runChecks } from './testing/checks'
import { report } from './testing/report'

report(await runChecks())
