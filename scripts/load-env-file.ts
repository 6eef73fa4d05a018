import { existsSync } from 'node:fs'

// As Next does for the shop itself: what `.env` says counts unless the environment says otherwise.
if (existsSync('.env')) process.loadEnvFile('.env')
