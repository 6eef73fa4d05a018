import { startSimulator } from './start-simulator'

function required(name: string): string {
  const value = process.env[name]
  if (value) return value
  console.error(`Simulator: ${name} is not set`)
  process.exit(1)
}

const smtpPort = process.env['SIMULATOR_SMTP_PORT']
const simulator = await startSimulator({
  port: Number(process.env['SIMULATOR_PORT'] ?? 4010),
  ...(smtpPort ? { smtpPort: Number(smtpPort) } : {}),
  dataDir: process.env['DATA_DIR'] ?? '.data',
  clientId: required('PAYPAL_CLIENT_ID'),
  clientSecret: required('PAYPAL_CLIENT_SECRET'),
  merchantId: required('PAYPAL_MERCHANT_ID'),
  webhookRetryScale: Number(process.env['SIMULATOR_WEBHOOK_RETRY_SCALE'] ?? 1),
})
console.log(`Simulator: ${simulator.url}${simulator.smtpUrl === null ? '' : `, mail at ${simulator.smtpUrl}`}`)

for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.once(signal, () => void simulator.close().then(() => process.exit(0)))
}
