import 'server-only'

import type { Mail } from '@/lib/domain/mail'
import { networkText } from '@/lib/domain/network'

import type { Letter, MailShop } from '../letter'

type AccountMail = Extract<
  Mail,
  {
    kind:
      | 'sign_in_link'
      | 'verify_address'
      | 'email_change'
      | 'password_reset'
      | 'password_changed'
      | 'email_changed'
      | 'new_device'
      | 'way_in_changed'
      | 'order_lookup_link'
      | 'account_deletion'
      | 'account_deleted'
      | 'staff_invite'
      | 'test_mail'
  }
>

/** Mails about who gets in. None says more than its receiver must know: mailboxes are read by others, too. */
export function accountLetter(shop: MailShop, mail: AccountMail): Letter {
  const account = `${shop.url}/account`
  const asked = `You get this mail because somebody entered this address at ${shop.name}. If that was not you, there is nothing to do: without the link nothing happens.`
  const holder = `You get this mail because there is an account with this address at ${shop.name}.`
  switch (mail.kind) {
    case 'sign_in_link':
      return linkLetter(shop, mail, {
        subject: `Sign in to ${shop.name}`,
        title: 'Sign in',
        text: 'Open the link, then confirm in the browser.',
        label: 'Sign in',
        reason: asked,
      })
    case 'verify_address':
      return linkLetter(shop, mail, {
        subject: `Confirm your address for ${shop.name}`,
        title: 'Is this your address?',
        text: 'Open the link to confirm that this address is yours.',
        label: 'Confirm the address',
        reason: asked,
      })
    case 'email_change':
      return linkLetter(shop, mail, {
        subject: `An account asks for your address at ${shop.name}`,
        title: 'Hand your address to this account?',
        text: `The account with ${mail.account} asks to use this address. If that is your account, open the link, sign in to it and confirm. The account then has this address, and the orders that were placed with it.`,
        label: 'Look at the request',
        reason: `You get this mail because the account with ${mail.account} entered this address at ${shop.name}. If it is not yours, do nothing: the address stays yours.`,
      })
    case 'password_reset':
      return linkLetter(shop, mail, {
        subject: `Set a new password for ${shop.name}`,
        title: 'A new password',
        text: 'Open the link and choose a new password. Until then the old one stays as it is.',
        label: 'Choose a password',
        reason: asked,
      })
    case 'order_lookup_link':
      return linkLetter(shop, mail, {
        subject: `Your order ${mail.orderNumber} at ${shop.name}`,
        title: `Order ${mail.orderNumber}`,
        text: 'This link shows your order and where it is. Whoever has it can read it.',
        label: 'See the order',
        reason: asked,
      })
    case 'staff_invite':
      return linkLetter(shop, mail, {
        subject: `Work with ${mail.invitedBy} at ${shop.name}`,
        title: `You are invited to work at ${shop.name}`,
        text: `${mail.invitedBy} has invited you to the shop's back office. Open the link to accept.`,
        label: 'Accept the invitation',
        reason: `You get this mail because ${mail.invitedBy} entered this address. If you expect no invitation, do nothing.`,
      })
    case 'password_changed':
      return noticeLetter({
        subject: `Your password at ${shop.name} was changed`,
        title: 'Your password was changed',
        text: 'The password of your account was just set or changed.',
        ...ifNotYou(account),
        reason: holder,
      })
    case 'email_changed':
      return noticeLetter({
        subject: `Your address at ${shop.name} was changed`,
        title: 'Your address was changed',
        text: `Mail about your account goes to ${mail.newEmail} from now on.`,
        ...ifNotYou(account),
        reason: `You get this mail because an account at ${shop.name} had this address, or has it now.`,
      })
    case 'new_device':
      return noticeLetter({
        subject: `New sign-in to ${shop.name}`,
        title: 'A new device has signed in',
        text: `Somebody signed in to your account with ${mail.device}${mail.network ? `, from ${networkText(mail.network)}` : ''}.`,
        ...ifNotYou(account),
        reason: holder,
      })
    case 'way_in_changed':
      return noticeLetter({
        subject: `A way to sign in to ${shop.name} was ${mail.change}`,
        title: `A way to sign in was ${mail.change}`,
        text: `${mail.change === 'added' ? 'Added to' : 'Removed from'} your account: ${mail.wayIn}.`,
        ...ifNotYou(account),
        reason: holder,
      })
    case 'account_deletion':
      return noticeLetter({
        subject: `Your account at ${shop.name} will be deleted`,
        title: `Your account will be deleted in ${inWords(mail.days * 1_440)}`,
        text: 'Until then you can sign in and keep it. After that it cannot be brought back; what the law makes us keep of your orders stays, without your name where it may.',
        ...ifNotYou(account),
        reason: holder,
      })
    case 'test_mail':
      return noticeLetter({
        subject: `A test mail from ${shop.name}`,
        title: 'Mail from the shop arrives',
        text: 'This is how it looks and whom it comes from. Answer it to see where answers go.',
        label: 'To the mail settings',
        url: `${shop.url}/admin/settings/mail`,
        more: null,
        reason: `You get this mail because you asked for it in the back office of ${shop.name}.`,
      })
    case 'account_deleted':
      return noticeLetter({
        subject: `Your account at ${shop.name} is deleted`,
        title: 'Your account is deleted',
        text: 'This is the last mail about it. What the law makes us keep of your orders stays, without your name where it may.',
        label: 'To the shop',
        url: shop.url,
        more: null,
        reason: `You get this mail because there was an account with this address at ${shop.name}.`,
      })
  }
}

function linkLetter(
  shop: MailShop,
  { path, minutes }: { path: string; minutes: number },
  words: { subject: string; title: string; text: string; label: string; reason: string },
): Letter {
  const life = `The link works for ${inWords(minutes)} from when it was asked for.`
  return {
    subject: words.subject,
    preview: life,
    title: words.title,
    blocks: [
      { kind: 'paragraph', text: words.text },
      { kind: 'secret_link', label: words.label, url: `${shop.url}${path}` },
      { kind: 'note', text: `${life} Never pass it on: we do not ask for it.` },
    ],
    reason: words.reason,
  }
}

function ifNotYou(url: string) {
  return {
    label: 'Look at your account',
    url,
    more: 'If that was you, there is nothing to do. If not, sign in, set a new password and sign out all other devices.',
  }
}

function noticeLetter(words: {
  subject: string
  title: string
  text: string
  label: string
  url: string
  more: string | null
  reason: string
}): Letter {
  const { subject, title, text, label, url, more, reason } = words
  return {
    subject,
    preview: text,
    title,
    blocks: [
      { kind: 'paragraph', text },
      ...(more === null ? [] : [{ kind: 'paragraph', text: more } as const]),
      { kind: 'button', label, url },
    ],
    reason,
  }
}

/** Whole days or hours where the minutes are whole ones: "15 minutes", "1 hour", "30 days". */
export function inWords(minutes: number): string {
  const [count, unit] =
    minutes % 1_440 === 0 ? [minutes / 1_440, 'day'] : minutes % 60 === 0 ? [minutes / 60, 'hour'] : [minutes, 'minute']
  return `${count} ${unit}${count === 1 ? '' : 's'}`
}
