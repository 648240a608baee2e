import { runTogether } from '../together.ts'

await runTogether('gateway-1')
