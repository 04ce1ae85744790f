/** The button that goes through the themes: the system's, light, dark. Nothing is stored: the next reader's system decides again. */

interface Theme {
  /** Of `data-theme`; the system's theme has none. */
  readonly name: string | null
  readonly change: string
}

const THEMES: readonly Theme[] = [
  { name: null, change: 'Switch to the system’s colours' },
  { name: 'light', change: 'Switch to light' },
  { name: 'dark', change: 'Switch to dark' },
]

export function startTheme(): void {
  const button = document.getElementById('theme')
  if (button === null) return
  let current = 0
  const following = (): number => (current + 1) % THEMES.length
  const label = (): void => {
    button.textContent = (THEMES[following()] as Theme).change
  }
  button.addEventListener('click', () => {
    current = following()
    const { name } = THEMES[current] as Theme
    if (name === null) document.documentElement.removeAttribute('data-theme')
    else document.documentElement.setAttribute('data-theme', name)
    label()
  })
  label()
  button.hidden = false
}
