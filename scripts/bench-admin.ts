import { benchAdmin } from './bench/bench-admin'

/**
 * `npm run bench:admin [-- 1000000]`: how long the back office takes to answer in a shop with so many orders. Ends with 1 when a
 * page takes longer than it may, or reads the whole of a table that grows with the orders. The shop it fills stays below .test, so that a second run is quick.
 */
const FULL = 1_000_000

const given = process.argv[2]
const orders = given === undefined ? FULL : Number(given)
if (!Number.isInteger(orders) || orders < 1_000) {
  console.error('npm run bench:admin [-- NUMBER], a whole number from 1000')
  process.exit(2)
}
process.env['LOG_LEVEL'] ??= 'silent'
process.exit(await benchAdmin(orders))
