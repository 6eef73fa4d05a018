import { benchOrders } from '@/prove/bench/bench-orders'

/** `npm run bench:orders [-- 2000]`: orders per second through `POST …/capture`, and the ratio to bare SQL. */
const FULL = 2_000

const given = process.argv[2]
const orders = given === undefined ? FULL : Number(given)
if (!Number.isInteger(orders) || orders < 10) {
  console.error('npm run bench:orders [-- NUMBER], a whole number from 10')
  process.exit(2)
}
process.env['LOG_LEVEL'] ??= 'silent'
await benchOrders(orders)
process.exit(0)
