import { Notice } from '@/components/ui/notice'

/** What keeps a form as a whole. `confirmAt`: it is the second factor, which is given there, while the form waits as it is. */
export function FormProblem({ problem, confirmAt }: { problem: string | undefined; confirmAt: string | undefined }) {
  if (!problem) return null
  return (
    <Notice tone="danger" announce>
      {problem}
      {confirmAt ? (
        <>
          {' '}
          <a href={confirmAt} target="_blank" className="text-link">
            Confirm that it is you<span className="sr-only"> (opens another tab)</span>
          </a>
        </>
      ) : null}
    </Notice>
  )
}
