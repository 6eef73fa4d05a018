import { findProvider, returnFromProvider } from '@/lib/web/provider-door'

/** Where a provider sends people back to. It acts on GET because the protocol does: state, PKCE and nonce tie it to this browser. */
export async function GET(request: Request, { params }: { params: Promise<{ provider: string }> }) {
  const provider = findProvider((await params).provider)
  return provider ? returnFromProvider(request, provider) : new Response('Not found', { status: 404 })
}
