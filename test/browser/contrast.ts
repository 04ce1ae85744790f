/**
 * The contrast of every text with what is painted behind it, by the formula of WCAG 2.2 (relative luminance of sRGB, (light + 0.05) / (dark + 0.05)); in
 * drawings, behind it is the topmost filled shape at its middle. This function runs in the page, so it holds all that it needs.
 */

export interface Text {
  readonly text: string
  readonly ratio: number
  readonly colours: string
}

/** Texts below `least`; those that nobody sees are left out. */
export function faintTexts(least: number): { readonly count: number; readonly faint: readonly Text[] } {
  type Colour = readonly [red: number, green: number, blue: number, alpha: number]

  const colourOf = (text: string): Colour => {
    if (text.startsWith('color(srgb')) {
      const [red = 0, green = 0, blue = 0, alpha = 1] = (text.match(/-?[\d.]+/g) ?? []).map(Number)
      return [255 * red, 255 * green, 255 * blue, alpha]
    }
    const [red = 0, green = 0, blue = 0, alpha = 1] = (text.match(/[\d.]+/g) ?? []).map(Number)
    return text.startsWith('rgb') ? [red, green, blue, alpha] : [0, 0, 0, 0]
  }
  const over = (top: Colour, below: Colour): Colour => {
    const mix = (i: 0 | 1 | 2): number => top[i] * top[3] + below[i] * (1 - top[3])
    return [mix(0), mix(1), mix(2), 1]
  }
  const luminance = (colour: Colour): number => {
    const [red, green, blue] = colour.slice(0, 3).map((value) => {
      const share = value / 255
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
    }) as [number, number, number]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
  }
  const contrast = (left: Colour, right: Colour): number => {
    const [dark, light] = [luminance(left), luminance(right)].sort((a, b) => a - b) as [number, number]
    return (light + 0.05) / (dark + 0.05)
  }
  /** How an element paints its inside. */
  const paintOf = (element: Element): Colour => {
    const style = getComputedStyle(element)
    if (!(element instanceof SVGGeometryElement)) return colourOf(style.backgroundColor)
    const [red, green, blue, alpha] = colourOf(style.fill)
    return [red, green, blue, alpha * Number(style.fillOpacity) * Number(style.opacity)]
  }
  const inkOf = (element: Element): Colour => {
    const style = getComputedStyle(element)
    const [red, green, blue, alpha] = colourOf(element instanceof SVGElement ? style.fill : style.color)
    return [red, green, blue, alpha * Number(style.opacity)]
  }
  /** From the topmost on. */
  const behind = (element: Element, x: number, y: number): readonly Element[] => {
    if (element instanceof SVGElement) {
      const stack = document.elementsFromPoint(x, y)
      return stack.filter((other) => !(other instanceof SVGTextContentElement))
    }
    const parents: Element[] = []
    for (let one: Element | null = element; one !== null; one = one.parentElement) parents.push(one)
    return parents
  }
  const paper = (elements: readonly Element[]): Colour => {
    const paints: Colour[] = []
    for (const element of elements) {
      const paint = paintOf(element)
      if (paint[3] > 0) paints.unshift(paint)
      if (paint[3] === 1) break
    }
    return paints.reduce((below, top) => over(top, below), [255, 255, 255, 1] as Colour)
  }

  const pointed = document.createElement('style')
  pointed.textContent = '*{pointer-events:auto!important}'
  document.head.append(pointed)
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  const faint: Text[] = []
  let count = 0
  while (walker.nextNode()) {
    const node = walker.currentNode
    const element = node.parentElement as Element
    const text = node.textContent?.trim() ?? ''
    const box = element.getBoundingClientRect()
    if (text === '' || !element.checkVisibility({ opacityProperty: true }) || box.width <= 1 || box.height <= 1)
      continue
    count++
    const ground = paper(behind(element, box.x + box.width / 2, box.y + box.height / 2))
    const ink = over(inkOf(element), ground)
    const ratio = contrast(ink, ground)
    if (ratio < least) faint.push({ text, ratio, colours: `${ink.slice(0, 3)} on ${ground.slice(0, 3)}` })
  }
  pointed.remove()
  return { count, faint }
}
