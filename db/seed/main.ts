import { existsSync } from 'node:fs'

import { createDatabase } from '../client'
import { renderCatalogueImages } from './render-images'
import { seedShop } from './seed-shop'

// As Next does for the shop itself: `.env` counts unless the environment says otherwise.
if (existsSync('.env')) process.loadEnvFile('.env')

const { DATABASE_URL: databaseUrl, MEDIA_DIR: mediaDir } = process.env
if (!databaseUrl || !mediaDir) {
  console.error('The seed needs DATABASE_URL and MEDIA_DIR (see .env.example)')
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
