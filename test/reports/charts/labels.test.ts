import { describe, expect, it } from 'vitest'
import { type Box, placedLabels } from '../../../src/reports/charts/labels.js'

const AREA: Box = { x: 0, y: 0, width: 400, height: 300 }
const named = (x: number, y: number, text: string) => ({ x, y, text })

const doOverlap = (left: Box, right: Box): boolean =>
  left.x < right.x + right.width &&
  right.x < left.x + left.width &&
  left.y < right.y + right.height &&
  right.y < left.y + left.height

describe('labels', () => {
  it('stand to the right of their marks, and to the left where the area ends', () => {
    const marks = [named(100, 100, 'lww'), named(390, 200, 'crdt')]
    const labels = placedLabels(marks, marks, AREA, 200)
    expect(labels).toMatchObject([
      { anchor: 109, align: 'left', from: null },
      { anchor: 381, align: 'right', from: null },
    ])
  })

  it('cover neither marks nor each other where many marks are at one place, and lead back from afar', () => {
    const marks = Array.from({ length: 8 }, (_, i) => named(200 + i, 150 - i, `variant ${i}`))
    const labels = placedLabels(marks, marks, AREA, 200)
    expect(labels).toHaveLength(8)
    expect(labels.filter(({ from }) => from !== null).length).toBeGreaterThan(0)
    for (const label of labels) {
      const others = labels.filter((other) => other !== label)
      expect(others.some((other) => doOverlap(label, other))).toBe(false)
      expect(marks.some(({ x, y }) => doOverlap(label, { x, y, width: 0, height: 0 }))).toBe(false)
    }
  })

  it('are left out where nothing is free, and cut where they are too long', () => {
    const marks = [named(20, 10, 'x'.repeat(100))]
    expect(placedLabels(marks, marks, { ...AREA, width: 40, height: 20 }, 200)).toEqual([])
    expect(placedLabels(marks, marks, AREA, 100)[0]?.text).toMatch(/^x{8}…x{4}$/)
  })
})
