/**
 * The shape that a result file must have for views to read it safely: what they index by name is checked, what they only pass on (spec, environment,
 * axes) is not. Unknown names are allowed, because a newer version may add some without changing the schema.
 */
import { z } from 'zod'

const point = z.looseObject({
  x: z.number(),
  value: z.number(),
  n: z.number(),
  low: z.number().optional(),
  high: z.number().optional(),
  atLeast: z.literal(true).optional(),
})
const timeline = z.record(z.string(), z.array(z.number().nullable()))
const curves = z.record(z.string(), z.array(point))

const identity = {
  id: z.string(),
  variant: z.string(),
  strategy: z.string(),
  label: z.string(),
  axes: z.record(z.string(), z.unknown()),
}

export const entryShape = z.looseObject({
  ...identity,
  seed: z.number(),
  cell: z.looseObject({ id: z.string() }),
  operations: z.looseObject({ invoked: z.number(), completed: z.number(), failed: z.number(), unknown: z.number() }),
  // Results of before it was counted have none.
  realised: z
    .looseObject({
      operations: z.record(z.string(), z.number()),
      records: z.looseObject({ hottest: z.number(), hottest1Percent: z.number(), hottest20Percent: z.number() }),
    })
    .optional(),
  measures: z.record(z.string(), z.number()),
  atLeast: z.array(z.string()),
  ratios: z.record(z.string(), z.tuple([z.number(), z.number()])),
  flags: z.array(z.string()),
  curves,
  timeline,
  faults: z.array(
    z.looseObject({
      name: z.string(),
      label: z.string(),
      from: z.number(),
      to: z.number(),
      targets: z.array(z.string()),
      touched: z.number(),
      unit: z.string(),
    }),
  ),
  faultCounts: z.array(z.looseObject({ name: z.string(), strikes: z.number(), touched: z.number() })),
  digest: z.string(),
  error: z.string().optional(),
})

const summaryValue = z.looseObject({
  value: z.number(),
  low: z.number().nullable(),
  high: z.number().nullable(),
  n: z.number(),
  coverage: z.number().nullable(),
})

const struckWindow = z.looseObject({
  name: z.string(),
  label: z.string(),
  from: z.number(),
  to: z.number(),
  seeds: z.number(),
})

const tally = z.looseObject({
  seconds: z.number(),
  offered: z.number(),
  ok: z.number(),
  eligibleReads: z.number(),
  staleReads: z.number(),
  readP99: z.number().nullable(),
  writeP99: z.number().nullable(),
})

export const resultShape = z.looseObject({
  form: z.literal('reference').optional(),
  tool: z.looseObject({ name: z.string(), version: z.string() }),
  environment: z.record(z.string(), z.unknown()),
  partial: z.boolean(),
  measures: z.array(z.looseObject({ name: z.string(), unit: z.string(), better: z.string(), summary: z.string() })),
  strategies: z.array(z.looseObject({ name: z.string() })),
  cells: z.array(entryShape),
  summaries: z.array(
    z.looseObject({
      ...identity,
      seeds: z.array(z.number()),
      flags: z.record(z.string(), z.number()),
      measures: z.record(z.string(), summaryValue),
      curves,
      timeline,
      // Results of before have neither, and where nothing struck there is no toll.
      faults: z.array(struckWindow).optional(),
      toll: z.looseObject({ during: tally, otherwise: tally }).optional(),
    }),
  ),
  gates: z.array(
    z.looseObject({
      gate: z.string(),
      measure: z.string(),
      comparison: z.string(),
      bound: z.number(),
      summary: z.string(),
      measured: z.number().nullable(),
      verdict: z.enum(['pass', 'fail', 'unmeasured']),
      reason: z.string().optional(),
    }),
  ),
})
