// Preloaded into every process that a command starts: when the parent is gone, even killed, the child ends as well.
if (process.connected) {
  process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'))
  process.channel?.unref()
}
