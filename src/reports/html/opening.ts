/** What the first screen holds beside the comparison: what was asked, whether the gates hold, the answers, and the verdict in sentences. */
import type { Results } from '../../results/results.js'
import { type Answer, answersOf } from '../answers.js'
import { type GateLine, gatesOf } from '../gates.js'
import { headlineOf } from '../headline.js'
import type { View } from '../report.js'
import { verdictOf } from '../verdict.js'
import { factsLine } from './facts.js'
import { html, type Markup } from './markup.js'
import { scrolling, textTable } from './tables.js'

/** Sentences that stand open. */
const MOST_SENTENCES = 6

export function header(results: Results, view: View): Markup {
  const { name, about } = headlineOf(results)
  return html`<header>
<button type="button" id="theme" hidden></button>
<h1><bdi>${name}</bdi></h1>
${about === '' ? null : html`<p class="about"><bdi>${about}</bdi></p>`}
<p class="facts">${factsLine(results, view.date)}</p>
</header>`
}

/** Null for a workload without gates. */
export function gatesSection(results: Results): Markup | null {
  const gates = gatesOf(results)
  if (gates === null) return null
  const lines = [...gates.lines.filter(isFailed), ...gates.lines.filter((line) => !isFailed(line))]
  return html`<section id="gates">
<h2>${gates.sentence}</h2>
${lines.length === 0 ? null : html`<ul>${lines.map(gateItem)}</ul>`}
</section>`
}

const isFailed = ({ mark }: GateLine): boolean => mark === '✗'

function gateItem(line: GateLine): Markup {
  const { mark, text, details } = line
  const [kind, word] = isFailed(line) ? ['failed', 'Failed: '] : ['passed', 'Passed: ']
  return html`
<li class="${kind}"><span class="mark" aria-hidden="true">${mark}</span><span class="unseen">${word}</span>${text}${
    details.length === 0 ? null : openedList(details)
  }</li>`
}

/** Null where nothing can be answered. */
export function answersSection(results: Results): Markup | null {
  const answers = answersOf(results)
  if (answers.length === 0) return null
  return html`<section id="answers">
<h2 class="unseen">Answers</h2>
${answers.map(answerCard)}
</section>`
}

function answerCard({ question, answers, beside, table }: Answer): Markup {
  return html`<article><h3>${question}</h3>
${answers.map(
  ({ at, text }) => html`<p>${at === '' ? null : html`<b>${at}</b><br>`}${text}</p>
`,
)}${beside.map(
  (sentence) => html`<p>${sentence}</p>
`,
)}${table === null ? null : scrolling(`Figures: ${question}`, textTable({ caption: question, ...table }))}</article>
`
}

export function verdictSection(results: Results): Markup {
  const sentences = verdictOf(results)
  return html`<section id="verdict">
<h2>Verdict</h2>
${openedList(sentences)}
</section>`
}

/** The first stand open. */
function openedList(sentences: readonly string[]): Markup {
  const rest = sentences.slice(MOST_SENTENCES)
  return html`${listOf(sentences.slice(0, MOST_SENTENCES))}${
    rest.length === 0 ? null : html`<details><summary>${rest.length} more</summary>${listOf(rest)}</details>`
  }`
}

const listOf = (sentences: readonly string[]): Markup =>
  html`<ul>${sentences.map((sentence) => html`<li>${sentence}</li>`)}</ul>`
