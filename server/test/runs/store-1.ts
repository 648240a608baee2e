import { runTogether } from '../together.ts'

await runTogether('store-1')
