import 'server-only'

import type { Admin } from '@/lib/admin/admin'
import type { Permission } from '@/lib/domain/staff'

import { readAdmin } from './current-admin'
import { secondFactorPath } from './factor-wanted'
import { seeOther } from './see-other'

/**
 * What a route handler of /admin asks before anything else, as `requireAdmin` does for a page. `path` is where one comes back to
 * with a second factor.
 */
export async function atAdminRoute<P extends Permission>(
  permission: P,
  path: string,
  act: (admin: Admin<P>) => Promise<Response>,
): Promise<Response> {
  const outcome = await readAdmin(permission)
  switch (outcome.kind) {
    case 'admin':
      return act(outcome.admin)
    case 'outsider':
    case 'not_permitted':
      return new Response('There is nothing at this address.', { status: 404 })
    case 'step_up':
      return seeOther(secondFactorPath(path))
    case 'second_factor':
      return seeOther(secondFactorPath(path, outcome.isSetUp))
  }
}
