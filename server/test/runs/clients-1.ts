import { runTogether } from '../together.ts'

await runTogether('clients-1')
