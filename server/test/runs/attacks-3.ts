import { runTogether } from '../together.ts'

await runTogether('attacks-3')
