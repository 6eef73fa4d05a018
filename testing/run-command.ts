import { execFile } from 'node:child_process'

import { SIMULATOR_ACCOUNT } from './test-paypal'

/** Runs a command of scripts/ as an operator does: with nothing in the environment but what is given. */
export function runCommand(
  name: string,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<{ code: unknown; output: string }> {
  const node = ['--import', 'tsx', '--conditions=react-server', `scripts/${name}.ts`, ...args]
  const { PATH = '' } = process.env
  return new Promise((resolve) => {
    execFile(process.execPath, node, { env: { PATH, ...env } as never }, (error, stdout, stderr) => {
      resolve({ code: error?.code ?? 0, output: stdout + stderr })
    })
  })
}

/** All that a command needs to find the shop of a test. */
export function environmentOf(shop: { databaseUrl: string; paypal: { url: string } }): Record<string, string> {
  const { clientId, clientSecret, merchantId } = SIMULATOR_ACCOUNT
  return {
    DATABASE_URL: shop.databaseUrl,
    APP_URL: 'http://localhost:3000',
    SESSION_SECRET: 'a-secret-for-tests-of-thirty-two-characters',
    PAYPAL_ENVIRONMENT: 'simulator',
    PAYPAL_SIMULATOR_URL: shop.paypal.url,
    PAYPAL_CLIENT_ID: clientId,
    PAYPAL_CLIENT_SECRET: clientSecret,
    PAYPAL_MERCHANT_ID: merchantId,
    SMTP_URL: 'smtp://localhost:2525',
    MAIL_FROM: 'Test shop <orders@shop.example>',
    MEDIA_DIR: '.test/media',
    LOG_LEVEL: 'silent',
  }
}
