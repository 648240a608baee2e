import { get, type Route } from '../../http/contract.ts'
import { attention, log, settings, stats } from './overview.ts'
import { attentionAnswer, logAnswer, logQuery, settingsAnswer, statsAnswer, statsQuery } from './overview-shapes.ts'

/** What concerns the directory as a whole. */
export const overviewRoutes: readonly Route[] = [
  get('/api/activity', log, {
    needs: 'activity:list',
    reach: 'organizations',
    answers: [200, 400, 401, 403],
    summary: "List everybody's activity",
    name: 'listAllActivity',
    tag: 'Overview',
    schema: { query: logQuery, answer: { 200: logAnswer } },
    description:
      "Newest first. An organization's admins are shown what is about their organizations, but for invitations. Counting ends at 100,000 entries.",
  }),
  get('/api/stats', stats, {
    needs: 'users:list',
    answers: [200, 400, 401, 403],
    summary: 'Count users, and what happened over time',
    name: 'readStats',
    tag: 'Overview',
    schema: { query: statsQuery, answer: { 200: statsAnswer } },
    description:
      'The last 30 days unless asked otherwise, by days of 24 hours that begin at `from`; at most 750 stretches.',
  }),
  get('/api/settings', settings, {
    needs: 'settings:read',
    answers: [200, 401, 403],
    summary: 'Read the settings and limits in force',
    name: 'readSettings',
    tag: 'Overview',
    schema: { answer: { 200: settingsAnswer } },
    description: 'No secret is among them.',
  }),
  get('/api/attention', attention, {
    needs: 'settings:read',
    answers: [200, 401, 403],
    summary: 'List what wants attention',
    name: 'listAttention',
    tag: 'Overview',
    schema: { answer: { 200: attentionAnswer } },
    description: 'Nothing is listed when all is well.',
  }),
]
