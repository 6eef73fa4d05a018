'use client'

import { FormProblem } from '@/components/admin/form-problem'
import type { StepState } from '@/components/checkout/step-state'
import { useStep } from '@/components/checkout/use-step'

import { checkList } from './actions'

/** A list that is pasted, or a file of one. It is looked at row by row before anything is sent. */
export function ListForm({ jobId, refused, list }: { jobId: string; refused: StepState | null; list: string }) {
  const { formProps, pending, errors, confirmAt, valueOf } = useStep(checkList, { list }, refused)
  return (
    <form {...formProps} className="space-y-3">
      <input type="hidden" name="jobId" value={jobId} />
      <FormProblem problem={pending ? undefined : errors['form']} confirmAt={confirmAt} />
      <label className="block">
        <span className="mb-1 block text-xs font-medium">Order number, carrier, tracking number: one order a line</span>
        <textarea
          name="list"
          rows={8}
          spellCheck={false}
          defaultValue={valueOf('list')}
          aria-invalid={errors['list'] ? true : undefined}
          aria-describedby={errors['list'] ? 'list-error' : 'list-hint'}
          placeholder="7K4MQ-2XTVH, UPS, 1Z999AA10123456784"
          className="desk-field num block w-full aria-invalid:border-danger"
        />
        {errors['list'] ? (
          <span id="list-error" className="mt-1 block text-xs text-danger">
            {errors['list']}
          </span>
        ) : null}
        <span id="list-hint" className="mt-1 block text-xs text-ink-soft">
          Commas, semicolons or tabs, as a spreadsheet copies them. All that is left of each order is sent; buyers get a
          mail with the number, and PayPal is told.
        </span>
      </label>
      <label className="block">
        <span className="mb-1 block text-xs font-medium">
          Or a file <span className="font-normal text-ink-soft">(CSV, in place of the list)</span>
        </span>
        <input type="file" name="file" accept=".csv,.txt,text/csv,text/plain" className="desk-field block w-full" />
      </label>
      <button type="submit" className="desk-button" data-look="primary" aria-disabled={pending || undefined}>
        {pending ? 'Looking at it…' : 'Check the list'}
      </button>
    </form>
  )
}
