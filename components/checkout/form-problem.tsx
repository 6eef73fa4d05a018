import { Notice } from '@/components/ui/notice'

/** What is wrong with a form as a whole, above its fields. */
export function FormProblem({ text, pending }: { text: string | undefined; pending: boolean }) {
  if (text === undefined || pending) return null
  return (
    <Notice tone="danger" announce>
      {text}
    </Notice>
  )
}
