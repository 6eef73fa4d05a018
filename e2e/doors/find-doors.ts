import { globSync, readFileSync } from 'node:fs'
import path from 'node:path'

/** Every way into the shop, read off its own files, so that none can be forgotten in a table. */
const ROOT = path.resolve(import.meta.dirname, '../..')

/** `app/(member)/account/orders/[orderNumber]/page.tsx` is `/account/orders/[orderNumber]`. */
function addressOf(file: string): string {
  const parts = path.dirname(file).replaceAll('\\', '/').split('/').slice(1)
  return `/${parts.filter((part) => !part.startsWith('(')).join('/')}`
}

export function findPages(): string[] {
  return globSync('app/**/page.{tsx,ts,jsx,js}', { cwd: ROOT }).map(addressOf).toSorted()
}

/** As `GET /account/export`. */
export function findRouteHandlers(): string[] {
  return globSync('app/**/route.{ts,tsx,js,jsx}', { cwd: ROOT })
    .flatMap((file) =>
      methodsIn(readFileSync(path.join(ROOT, file), 'utf8')).map((method) => `${method} ${addressOf(file)}`),
    )
    .toSorted()
}

export const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const

/** The methods a route file answers, however it exports them; a file without one is read wrongly, and says so. */
export function methodsIn(source: string): string[] {
  const declared = [...source.matchAll(/^export\s+(?:async\s+)?(?:function\*?|const|let|var)\s+(\w+)/gm)]
  // `export { handler as GET }`, with or without `from`, and `export const { GET, POST: other } = handlers`.
  const listed = [...source.matchAll(/^export\s+(?:const|let|var)?\s*\{([^}]*)\}/gm)].flatMap(([, list = '']) =>
    list.split(',').map(
      (item) =>
        item
          .trim()
          .split(/\s+as\s+|\s*:\s*/)
          .at(-1) ?? '',
    ),
  )
  const names = new Set([...declared.map(([, name]) => name), ...listed])
  const methods = METHODS.filter((method) => names.has(method))
  if (methods.length === 0) throw new Error(`no method is found in:\n${source}`)
  return methods
}

export interface ServerAction {
  /** As `account/orders/actions.ts buyOrderAgain`. */
  readonly name: string
  /** By which a request calls it; another in each build. */
  readonly id: string
}

interface Manifest {
  readonly node: Readonly<Record<string, { readonly exportedName: string; readonly filename: string }>>
}

/** All that the build made callable, wherever it is written. What `use cache` leaves there is called by nobody. */
export function findActions(): ServerAction[] {
  const manifest = JSON.parse(
    readFileSync(path.join(ROOT, '.next/server/server-reference-manifest.json'), 'utf8'),
  ) as Manifest
  return Object.entries(manifest.node)
    .filter(([, { exportedName }]) => !exportedName.startsWith('$$RSC_SERVER_CACHE'))
    .map(([id, { filename, exportedName }]) => ({ id, name: `${shorten(filename)} ${exportedName}` }))
    .toSorted((a, b) => a.name.localeCompare(b.name))
}

function shorten(filename: string): string {
  return filename.replace(/^app\//, '').replace(/\([^)]*\)\//g, '')
}

/** Functions whose results are cached have an id as actions have one; nobody is to call them. */
export function findCachedFunctions(): string[] {
  const manifest = JSON.parse(
    readFileSync(path.join(ROOT, '.next/server/server-reference-manifest.json'), 'utf8'),
  ) as Manifest
  return Object.keys(manifest.node).filter((id) => manifest.node[id]?.exportedName.startsWith('$$RSC_SERVER_CACHE'))
}
