import path from 'node:path'

import { defineConfig } from 'vitest/config'

const shared = {
  // Without this condition the package server-only throws on import.
  resolve: { alias: { '@': path.resolve(import.meta.dirname) }, conditions: ['react-server'] },
  ssr: { resolve: { conditions: ['react-server'] } },
}
const exclude = ['**/node_modules/**', '.next/**', '.data/**', '.test/**', 'e2e/**']
const env = { LOG_LEVEL: 'silent' }

export default defineConfig({
  test: {
    // One core fewer, as is the default, leaves half of a small machine idle.
    maxWorkers: '100%',
    projects: [
      {
        ...shared,
        test: {
          name: 'unit',
          include: ['**/*.test.ts'],
          exclude: [...exclude, '**/*.db.test.ts'],
          env,
          // A deadline for what hangs, not a measure: a slow machine must not turn a test red.
          testTimeout: 120_000,
        },
      },
      {
        ...shared,
        test: {
          name: 'db',
          include: ['**/*.db.test.ts'],
          exclude,
          env,
          globalSetup: ['db/testing/global-setup.ts'],
          testTimeout: 180_000,
          hookTimeout: 180_000,
        },
      },
    ],
  },
})
