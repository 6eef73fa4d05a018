import { existsSync } from 'node:fs'

import { parseArgs } from 'node:util'

import { createDatabase } from '../client'
import { insertManyOrders } from './many-orders'
import { renderCatalogueImages } from './render-images'
import { seedShop } from './seed-shop'

// As Next does for the shop itself: `.env` counts unless the environment says otherwise.
if (existsSync('.env')) process.loadEnvFile('.env')

const { DATABASE_URL: databaseUrl, MEDIA_DIR: mediaDir } = process.env
if (!databaseUrl || !mediaDir) {
  console.error('The seed needs DATABASE_URL and MEDIA_DIR (see .env.example)')
  process.exit(1)
}

const { values } = parseArgs({ options: { orders: { type: 'string' } } })
const orders = Number(values.orders ?? 0)
if (!Number.isInteger(orders) || orders < 0 || orders > 10_000_000) {
  console.error('--orders is a number of orders, up to ten million')
  process.exit(1)
}

let lastShown = 0
const rendered = await renderCatalogueImages(mediaDir, {
  onProgress(done, total) {
    const percent = Math.floor((done / total) * 10) * 10
    if (percent > lastShown) console.log(`  pictures: ${percent} %`)
    lastShown = percent
  },
})
const db = createDatabase(databaseUrl)
await seedShop(db, rendered)
await db.$client.end()
if (orders > 0) {
  await insertManyOrders(databaseUrl, orders, (done) => {
    if (done % 100_000 === 0 || done === orders) console.log(`  orders: ${done}`)
  })
}
