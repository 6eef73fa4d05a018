import { runShop } from './stack/run-shop'

await runShop('production')
