// Preloaded into every process that a command starts: when the parent is gone, even killed, the child ends as well.
if (process.connected) {
  process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'))
  process.channel?.unref()
}

// Not for what the child itself forks: those processes are let go by disconnecting them.
const flag = process.execArgv.indexOf(import.meta.url)
if (flag > 0) process.execArgv.splice(flag - 1, 2)
