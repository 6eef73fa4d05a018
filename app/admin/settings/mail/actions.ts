'use server'

import { adminDatabase } from '@/lib/admin/admin-services'
import { sendTestMail } from '@/lib/admin/settings/mail'
import { changeShop } from '@/lib/admin/settings/shop'
import { fieldErrors, MailSender } from '@/lib/domain/shop-details'
import { leaveForm, readFields, type FormState } from '@/lib/web/answer-form'
import { atAdminDoor } from '@/lib/web/current-admin'

import { Seen } from '../read-settings-form'
import { changedText } from '../settings-texts'

const MAIL = '/admin/settings/mail'

export async function saveSender(_previous: FormState, formData: FormData): Promise<FormState> {
  const values = readFields(formData, ['mailSenderName', 'mailReplyTo'])
  return atAdminDoor('sender', 'settings.manage', { path: MAIL, values }, async (admin, refuse) => {
    const sender = MailSender.safeParse(values)
    if (!sender.success) return refuse(fieldErrors(sender.error), values)
    const seen = Seen.parse(formData.get('seen'))
    const outcome = await changeShop(adminDatabase(), admin, 'mail', { seen, values: sender.data })
    if (outcome.kind === 'changed_meanwhile') return refuse({ form: changedText(outcome.by) }, values)
    return leaveForm(`${MAIL}?done=saved`)
  })
}

export async function mailMe(_previous: FormState, _formData: FormData): Promise<FormState> {
  return atAdminDoor('test', 'settings.manage', MAIL, async (admin) => {
    await sendTestMail(adminDatabase(), admin)
    return leaveForm(`${MAIL}?done=tested`)
  })
}
