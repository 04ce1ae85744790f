/** `client` as parts/client.ts reads it. */
import { choice, flag, type JsonSchema, section, whole } from './json-schema.js'
import { duration, percent } from './quantities.js'

export const client: JsonSchema = section('How clients wait, try again and choose whom they ask', {
  timeout: duration('Of each attempt', '1s'),
  retries: whole('Attempts after the first', 0, 100, 0),
  backoff: duration('Before the first retry; twice as long before each further one', '10ms'),
  jitter: percent('Share of the back-off that is drawn at random', '50%'),
  budget: percent("Retries as a share of all attempts of a zone's clients", '10%'),
  'mark-down': duration('How long clients pass over a node that did not answer; 0s for never', '5s'),
  'fail-over': flag('Whether clients go on to the next nearest nodes when all that they would ask are down'),
  coordinator: choice(
    'Which node coordinates, where the strategy leaves it open',
    ['token-aware', 'nearest', 'round-robin', 'fixed'],
    'token-aware',
  ),
})
