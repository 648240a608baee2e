import { type CSSVariablesResolver, createTheme, type MantineColorsTuple } from '@mantine/core'

const ink: MantineColorsTuple = [
  '#eef0fd',
  '#dadef6',
  '#b3baea',
  '#8a94df',
  '#6772d5',
  '#515dcf',
  '#3b46c4',
  '#323cad',
  '#2b349b',
  '#222a88',
]

export const theme = createTheme({
  colors: { ink },
  primaryColor: 'ink',
  primaryShade: { light: 6, dark: 5 },
  defaultRadius: 'md',
  components: {
    Notification: { defaultProps: { closeButtonProps: { 'aria-label': 'Close' } } },
    // Their heads are no banners of the page.
    Modal: {
      defaultProps: { attributes: { header: { role: 'presentation' } }, closeButtonProps: { 'aria-label': 'Close' } },
    },
    Drawer: {
      defaultProps: { attributes: { header: { role: 'presentation' } }, closeButtonProps: { 'aria-label': 'Close' } },
    },
  },
  cursorType: 'pointer',
  respectReducedMotion: true,
  fontFamily: 'ui-sans-serif, system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif',
  fontFamilyMonospace: 'ui-monospace, SFMono-Regular, Menlo, Consolas, "Noto Sans Mono", monospace',
  headings: {
    fontWeight: '650',
    sizes: {
      h1: { fontSize: '1.5rem', lineHeight: '1.3' },
      h2: { fontSize: '1.125rem', lineHeight: '1.4' },
      h3: { fontSize: '1rem', lineHeight: '1.4' },
    },
  },
})

/** White words stand on these, in light and in dark. */
const graveButtons = { '--mantine-color-red-filled': '#c92a2a', '--mantine-color-red-filled-hover': '#b02525' }

/** Quiet text, placeholders and coloured words keep a contrast of 4.5 to 1 against what they stand on, in light and in dark. */
export const contrasts: CSSVariablesResolver = ({ colors }) => ({
  variables: {},
  light: {
    '--mantine-color-dimmed': '#5b626b',
    '--mantine-color-placeholder': '#6b727b',
    '--mantine-color-error': '#c92a2a',
    ...graveButtons,
    '--mantine-color-anchor': colors.ink?.[6] ?? '',
    '--page': '#f6f7f9',
    ...Object.fromEntries(lightColors.map((name) => [`--mantine-color-${name}-light-color`, colors[name]?.[9] ?? ''])),
    '--mantine-color-yellow-light-color': '#7a4d00',
    '--mantine-color-orange-light-color': '#97370a',
    '--mantine-color-green-light-color': '#1e6b32',
    '--mantine-color-teal-light-color': '#055f45',
    '--mantine-color-lime-light-color': '#3a6108',
    '--mantine-color-cyan-light-color': '#095968',
  },
  dark: {
    '--mantine-color-dimmed': '#a6a7ab',
    '--mantine-color-placeholder': '#909296',
    '--mantine-color-error': '#ff8787',
    ...graveButtons,
    '--mantine-color-anchor': '#9aa4f0',
    '--page': '#1a1b1e',
    ...Object.fromEntries(lightColors.map((name) => [`--mantine-color-${name}-light-color`, colors[name]?.[2] ?? ''])),
  },
})

/** Those of badges, and those among which a name picks the one of its initials. */
const lightColors = [
  'ink',
  'gray',
  'red',
  'pink',
  'grape',
  'violet',
  'indigo',
  'blue',
  'cyan',
  'teal',
  'green',
  'lime',
  'yellow',
  'orange',
]
