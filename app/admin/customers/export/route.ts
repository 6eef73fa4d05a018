import { adminDatabase } from '@/lib/admin/admin-services'
import { exportCustomer } from '@/lib/admin/customers/export-customer'
import { customerPath, parseCustomer } from '@/lib/domain/customer'
import { atAdminRoute } from '@/lib/web/admin-route'
import { isOwnForm } from '@/lib/web/own-form'

/** Everything about one customer as a file, for whoever asked the desk for it. A POST, because it is written down. */
export async function POST(request: Request) {
  if (!(await isOwnForm())) return new Response('Send this from the page of the customer.', { status: 403 })
  const form = await request.formData().catch(() => new FormData())
  const customer = parseCustomer({ memberId: form.get('memberId'), email: form.get('email') })
  const back = customer ? customerPath(customer) : '/admin/customers'
  return atAdminRoute('customers.export', back, async (admin) => {
    const data = customer ? await exportCustomer(adminDatabase(), admin, customer) : null
    if (!data) return new Response('There is nothing at this address.', { status: 404 })
    return new Response(JSON.stringify(data, null, 2), {
      headers: {
        'content-type': 'application/json; charset=utf-8',
        'content-disposition': 'attachment; filename="customer-data.json"',
        'cache-control': 'no-store',
      },
    })
  })
}
