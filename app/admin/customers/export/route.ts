import { adminDatabase } from '@/lib/admin/admin-services'
import { exportCustomer } from '@/lib/admin/customers/export-customer'
import { customerPath, parseCustomer } from '@/lib/domain/customer'
import { readAdmin, secondFactorPath } from '@/lib/web/current-admin'
import { isOwnForm } from '@/lib/web/own-form'
import { seeOther } from '@/lib/web/see-other'

const nothing = () => new Response('There is nothing at this address.', { status: 404 })

/** Everything about one customer as a file, for whoever asked the desk for it. A POST, because it is written down. */
export async function POST(request: Request) {
  if (!(await isOwnForm())) return new Response('Send this from the page of the customer.', { status: 403 })
  const form = await request.formData().catch(() => new FormData())
  const customer = parseCustomer({ memberId: form.get('memberId'), email: form.get('email') })
  const back = customer ? customerPath(customer) : '/admin/customers'
  const outcome = await readAdmin('customers.export')
  switch (outcome.kind) {
    case 'outsider':
    case 'not_permitted':
      return nothing()
    case 'step_up':
      return seeOther(secondFactorPath(back))
    case 'second_factor':
      return seeOther(secondFactorPath(back, outcome.isSetUp))
    case 'admin': {
      const data = customer ? await exportCustomer(adminDatabase(), outcome.admin, customer) : null
      if (!data) return nothing()
      return new Response(JSON.stringify(data, null, 2), {
        headers: {
          'content-type': 'application/json; charset=utf-8',
          'content-disposition': 'attachment; filename="customer-data.json"',
          'cache-control': 'no-store',
        },
      })
    }
  }
}
