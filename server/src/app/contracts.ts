import type { Contract } from '../http/contract.ts'
import { expressGateway } from '../wire/express-gateway/contract.ts'
import { racknap } from '../wire/racknap/contract.ts'
import { redirectManager } from '../wire/redirect-manager/contract.ts'
import { serviceModule } from '../wire/service-module/contract.ts'
import { sudigital } from '../wire/sudigital/contract.ts'
import type { ContractName } from './settings.ts'

/** Every contract that Roster speaks; each could be taken out without a trace. */
export const contracts: Readonly<Record<ContractName, Contract>> = {
  sudigital,
  racknap,
  'express-gateway': expressGateway,
  'redirect-manager': redirectManager,
  'service-module': serviceModule,
}
