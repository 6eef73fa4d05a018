import 'server-only'

import { getDatabase, type Database } from '@/db/client'
import type { ShipmentGateway } from '@/lib/domain/shipment-gateway'
import { getEnvironment } from '@/lib/runtime/env'

import { paypalAccount } from './payment-services'
import { createShipmentGateway } from './paypal/shipments'

export interface ShipmentServices {
  readonly db: Database
  readonly shipments: ShipmentGateway
}

let shared: ShipmentServices | undefined

export function getShipmentServices(): ShipmentServices {
  shared ??= { db: getDatabase(), shipments: createShipmentGateway(paypalAccount(getEnvironment())) }
  return shared
}
