/**
 * Runs once when the server starts: a half-configured shop does not start but says what is missing, and an in-process
 * worker begins its rounds.
 */
export async function register() {
  if (process.env['NEXT_RUNTIME'] !== 'nodejs') return
  const { startServer } = await import('@/lib/worker/start-server')
  startServer()
}
