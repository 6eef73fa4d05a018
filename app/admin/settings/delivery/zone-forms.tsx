import { ActForm } from '@/components/admin/act-form'
import { Panel } from '@/components/admin/panel'
import type { StepState } from '@/components/checkout/step-state'
import type { ZoneRow } from '@/lib/admin/settings/delivery'

import { COUNTRY_OPTIONS } from '../country-options'
import { dropZone, keepZone } from './actions'

/** A zone's own form, or that of a new one. */
export function ZoneForms({
  zone,
  seen,
  refused,
}: {
  zone: ZoneRow | null
  seen: number
  refused: { zone: StepState | null; dropZone: StepState | null }
}) {
  const hidden = { zoneId: zone ? String(zone.id) : '', seen: String(seen) }
  return (
    <>
      <Panel id="zone" title={zone ? `Change ${zone.name}` : 'A new zone'}>
        <ActForm
          id="zone"
          action={keepZone}
          refused={refused.zone}
          hidden={hidden}
          fields={[
            { kind: 'text', name: 'name', label: 'Name, for you', value: zone?.name ?? '', maxLength: 60 },
            {
              kind: 'checks',
              name: 'countries',
              label: 'Countries',
              value: zone?.countries.join(',') ?? '',
              options: COUNTRY_OPTIONS,
              hint: 'A country is in one zone. Those in none are not delivered to.',
            },
          ]}
          submit={zone ? 'Save the zone' : 'Add the zone'}
          pending="Saving…"
        />
      </Panel>
      {zone ? (
        <Panel id="drop-zone" title="Remove the zone">
          <p className="mb-3">
            {zone.methods.length === 0 ? 'Nothing' : `Its ${zone.methods.length} methods go with it, and nothing`} can
            be ordered to {zone.countries.length === 1 ? 'this country' : `these ${zone.countries.length} countries`}{' '}
            any more. What has been ordered stays as it is.
          </p>
          <ActForm
            id="drop-zone"
            action={dropZone}
            refused={refused.dropZone}
            hidden={hidden}
            fields={[]}
            submit={`Remove ${zone.name}`}
            pending="Removing…"
            look="danger"
          />
        </Panel>
      ) : null}
    </>
  )
}
