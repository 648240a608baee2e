import { QueryClient } from '@tanstack/react-query'

/** The SDK sends again by itself what is worth it, so nothing is asked anew here; and a lost connection is said, not waited for. */
export const queries = new QueryClient({
  defaultOptions: {
    queries: { retry: false, networkMode: 'always', staleTime: 10_000 },
    mutations: { retry: false, networkMode: 'always' },
  },
})
