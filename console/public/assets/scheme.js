// Sets light or dark before anything is drawn, as whoever was here last preferred it.
const kept = localStorage.getItem('roster.theme')
const wanted = kept === 'light' || kept === 'dark' ? kept : null
document.documentElement.setAttribute(
  'data-mantine-color-scheme',
  wanted ?? (matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light'),
)
