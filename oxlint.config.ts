import { defineConfig } from 'oxlint'

/** Which folders there are. The first pattern that fits a file decides. */
const FOLDERS: readonly (readonly [category: string, pattern: string | string[]])[] = [
  ['test', ['**/*.test.ts', 'testing/**', 'db/testing/**']],
  ['domain', 'lib/domain/**'],
  ['runtime', 'lib/runtime/**'],
  ['paypal', 'lib/payments/paypal/**'],
  ['payments', 'lib/payments/**'],
  ['verbs', 'lib/**'],
  ['db-client', 'db/client.ts'],
  ['db-queries', 'db/queries/**'],
  ['db-schema', 'db/schema/**'],
  ['db', 'db/**'],
  ['components', 'components/**'],
  ['app', ['app/**', 'instrumentation.ts', 'proxy.ts']],
  ['simulator', 'simulator/**'],
  ['e2e', 'e2e/**'],
  ['scripts', 'scripts/**'],
  ['prove', 'prove/**'],
]

const VERBS = ['verbs', 'payments', 'domain', 'runtime', 'db-client', 'db-queries']
const DB = ['db', 'db-client', 'db-queries', 'db-schema']

/** Who may import whom; whatever is not listed is refused. scripts/plant-violations.ts sees each line fail. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  domain: ['domain'],
  runtime: ['runtime', 'domain'],
  'db-client': [...DB, 'domain', 'runtime'],
  'db-queries': [...DB, 'domain', 'runtime'],
  'db-schema': [...DB, 'domain', 'runtime'],
  db: [...DB, 'domain', 'runtime'],
  paypal: ['paypal', 'domain', 'runtime'],
  payments: [...VERBS, 'paypal'],
  verbs: VERBS,
  components: ['components', 'domain'],
  app: ['app', 'components', 'verbs', 'payments', 'domain', 'runtime'],
  simulator: ['simulator'],
  e2e: ['e2e', 'db-schema', 'domain'],
  scripts: ['scripts', 'prove', ...DB, 'verbs', 'payments', 'domain', 'runtime'],
  prove: FOLDERS.map(([category]) => category),
  test: FOLDERS.map(([category]) => category),
}

const from = (...categories: readonly string[]) => ({ file: { categories: { anyOf: categories } } })
const packages = (...source: readonly string[]) => ({ module: { origin: ['external', 'core'], source } })

export default defineConfig({
  plugins: ['typescript', 'react', 'nextjs', 'import', 'unicorn', 'jsx-a11y', 'promise', 'oxc'],
  jsPlugins: ['eslint-plugin-boundaries'],
  categories: { correctness: 'error', suspicious: 'error' },
  ignorePatterns: ['.next/**', '.data/**', '.test/**', 'next-env.d.ts', 'db/migrations/**'],
  settings: {
    // Without the resolver the alias @/ is unknown to the plugin, and its rule silently allows everything.
    'import/resolver': { typescript: { project: 'tsconfig.json' } },
    'boundaries/files': FOLDERS.map(([category, pattern]) => ({ category, pattern, stopMatching: true })),
  },
  rules: {
    'boundaries/dependencies': [
      'error',
      {
        default: 'disallow',
        checkAllOrigins: true,
        policies: [
          ...Object.entries(MAY_IMPORT).map(([category, allowed]) => ({
            from: from(category),
            allow: { to: from(...allowed) },
          })),
          {
            from: from(...Object.keys(MAY_IMPORT).filter((name) => name !== 'domain')),
            allow: { to: packages('*', '**') },
          },
          { from: from('domain'), allow: { to: packages('zod') } },
          {
            from: from('verbs', 'payments', 'paypal', 'components', 'app', 'domain', 'runtime'),
            disallow: { to: packages('drizzle-orm', 'drizzle-orm/**', 'pg') },
          },
        ],
      },
    ],
    'import/no-cycle': 'error',
    'typescript/no-floating-promises': 'error',
    'typescript/no-misused-promises': 'error',
    'typescript/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
    // React 19's own runtime needs no import of React.
    'react/react-in-jsx-scope': 'off',
    // Stylesheets and server-only are imported for what they do.
    'import/no-unassigned-import': 'off',
    'import/no-named-as-default-member': 'off',
    // Pictures come in the sizes the seed rendered; nothing is resized at run time.
    'nextjs/no-img-element': 'off',
    // The compiler sees what these would.
    'typescript/consistent-return': 'off',
    'typescript/no-unsafe-type-assertion': 'off',
    // Helpers stand beside what uses them.
    'unicorn/consistent-function-scoping': 'off',
    'unicorn/no-array-fill-with-reference-type': 'off',
    // Order numbers, codes and drawings are ASCII; a drawing's proportions are not mathematics.
    'typescript/no-misused-spread': 'off',
    'oxc/approx-constant': 'off',
    // A click on a dialog's backdrop is an extra: Escape and a button do the same. axe looks at the running pages.
    'jsx-a11y/click-events-have-key-events': 'off',
    'jsx-a11y/no-noninteractive-element-interactions': 'off',
    'jsx-a11y/no-static-element-interactions': 'off',
    'jsx-a11y/prefer-tag-over-role': 'off',
  },
})
