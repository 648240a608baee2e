import { ZxcvbnFactory } from '@zxcvbn-ts/core'
import { adjacencyGraphs, dictionary as commonDictionary } from '@zxcvbn-ts/language-common'
import { dictionary, translations } from '@zxcvbn-ts/language-en'
import type { Asked, Told } from './strength.ts'

/* Estimates how hard passwords are to guess, beside the page: the dictionaries weigh a megabyte, and a long password takes a while. */

/** What the library says of it is meant for its own form. */
const personal = 'A name or an address is easy to guess for whoever knows it.'

const estimator = new ZxcvbnFactory({
  dictionary: { ...commonDictionary, ...dictionary },
  graphs: adjacencyGraphs,
  translations: { ...translations, warnings: { ...translations.warnings, userInputs: personal } },
  useLevenshteinDistance: true,
})

addEventListener('message', ({ data }: MessageEvent<Asked>) => {
  const { score, feedback } = estimator.check(data.password, [...data.words])
  const told: Told = { id: data.id, strength: { score, says: feedback.warning ?? feedback.suggestions[0] ?? null } }
  postMessage(told)
})
