import '@mantine/core/styles.css'
import '@mantine/notifications/styles.css'
import './main.css'
import { localStorageColorSchemeManager, MantineProvider } from '@mantine/core'
import { Notifications } from '@mantine/notifications'
import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { nameMissingParts } from './client/missing-part.ts'
import { queries } from './client/queries.ts'
import { router } from './router.ts'
import { contrasts, theme } from './theme.ts'

nameMissingParts()

const colorSchemes = localStorageColorSchemeManager({ key: 'roster.theme' })
const app = document.getElementById('app')
if (app === null) throw new Error('the page has no place for the console')

createRoot(app).render(
  <StrictMode>
    <MantineProvider
      theme={theme}
      cssVariablesResolver={contrasts}
      colorSchemeManager={colorSchemes}
      defaultColorScheme="auto"
    >
      <QueryClientProvider client={queries}>
        <Notifications position="bottom-right" />
        <RouterProvider router={router} />
      </QueryClientProvider>
    </MantineProvider>
  </StrictMode>,
)
