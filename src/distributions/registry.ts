/**
 * All laws. To add one: a file with its mathematics, and a line here. The registry stands apart from index.ts because the parser,
 * which index.ts uses, looks laws up in it.
 */
import { Registry } from '../core/plugin.js'
import { constantLaw } from './constant.js'
import { empiricalLaw } from './empirical.js'
import { exponentialLaw } from './exponential.js'
import type { LawFamily } from './family.js'
import { gammaLaw } from './gamma.js'
import { histogramLaw } from './histogram.js'
import { lognormalLaw } from './lognormal.js'
import { namedLaws } from './named.js'
import { normalLaw } from './normal.js'
import { paretoLaw } from './pareto.js'
import { uniformLaw } from './uniform.js'
import { weibullLaw } from './weibull.js'
import { zipfianLaw } from './zipfian.js'

export const laws = new Registry<LawFamily>('law', [
  constantLaw,
  uniformLaw,
  exponentialLaw,
  normalLaw,
  lognormalLaw,
  paretoLaw,
  weibullLaw,
  gammaLaw,
  zipfianLaw,
  empiricalLaw,
  histogramLaw,
  ...namedLaws,
])
