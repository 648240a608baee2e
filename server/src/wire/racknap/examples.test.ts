import { join } from 'node:path'
import { engines } from '../../../test/place.ts'
import { replay } from '../../../test/replay.ts'
import { openWorld } from '../../../test/world.ts'

const folder = join(import.meta.dirname, 'examples')

for (const engine of engines) await replay(folder, () => openWorld({ engine }), engine)
