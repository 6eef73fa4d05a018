import type { AuthenticationResponseJSON, RegistrationResponseJSON } from '@simplewebauthn/server'
import { z } from 'zod'

const Base64Url = z
  .string()
  .regex(/^[A-Za-z0-9_-]+$/)
  .max(8_000)
const shared = {
  id: Base64Url.max(1_400),
  rawId: Base64Url.max(1_400),
  type: z.literal('public-key'),
  /** None is asked for. */
  clientExtensionResults: z.unknown().transform(() => ({})),
}

/** What the browser sends of an assertion (WebAuthn level 3, AuthenticationResponseJSON), bounded. */
export const AssertionAnswer: z.ZodType<AuthenticationResponseJSON> = z.object({
  ...shared,
  response: z.object({
    clientDataJSON: Base64Url,
    authenticatorData: Base64Url,
    signature: Base64Url,
  }),
})

/** And of a new passkey (RegistrationResponseJSON). */
export const AttestationAnswer: z.ZodType<RegistrationResponseJSON> = z.object({
  ...shared,
  response: z.object({
    clientDataJSON: Base64Url,
    attestationObject: Base64Url,
    transports: z
      .array(z.enum(['ble', 'cable', 'hybrid', 'internal', 'nfc', 'smart-card', 'usb']))
      .max(8)
      .default([]),
  }),
})
