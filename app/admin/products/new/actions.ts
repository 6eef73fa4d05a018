'use server'

import { adminDatabase } from '@/lib/admin/admin-services'
import { ProductName } from '@/lib/domain/product'
import { createProduct } from '@/lib/products/create-product'
import { leaveForm, readFields, type FormState } from '@/lib/web/answer-form'
import { atAdminDoor } from '@/lib/web/current-admin'
import { judgeFields } from '@/lib/web/judge-fields'

export async function makeProduct(_previous: FormState, formData: FormData): Promise<FormState> {
  const values = readFields(formData, ['name'])
  return atAdminDoor(
    'new-product',
    'catalogue.edit',
    { path: '/admin/products/new', values },
    async (admin, refuse) => {
      const judged = judgeFields({ name: ProductName }, values)
      if (judged.kind === 'invalid') return refuse(judged.errors, values)
      const { productId } = await createProduct(adminDatabase(), admin, judged.data.name)
      return leaveForm(`/admin/products/${productId}?done=created`)
    },
  )
}
