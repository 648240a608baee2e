const kept = 'roster.preferred-theme'

/** Takes note of the theme that somebody prefers, and answers whether it is another one than this browser has drawn for them already. */
export function isOtherTheme(theme: string): boolean {
  if (localStorage.getItem(kept) === theme) return false
  localStorage.setItem(kept, theme)
  return true
}

export function forgetTheme(): void {
  localStorage.removeItem(kept)
}
