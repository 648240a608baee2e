import { runTogether } from '../together.ts'

await runTogether('password-hash-1')
