// Runs Postgres for a command and shuts it down when the command is gone, even killed: Postgres itself would stay behind.
import { spawn } from 'node:child_process'

const [binary, flags, options, shutDownBy] = JSON.parse(process.argv[2] ?? '[]')
const postgres = spawn(binary, flags, { ...options, stdio: ['ignore', 'ignore', 'inherit'] })
const shutDown = () => postgres.kill(shutDownBy)
process.once('disconnect', shutDown)
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, shutDown)
postgres.once('exit', (code) => process.exit(code ?? 1))
