/**
 * A YCSB properties file run by itself (`quorate run workloads/ycsb/workloada`): the workload of an experiment whose other parts are
 * given here, and can be set from the command line as those of any workload file: a region of three availability zones with
 * two nodes each, and the four base strategies.
 */

/** The text of the workload file around the properties file of this name, which lies beside it. */
export function experimentAround(name: string): string {
  return `seeds: 5
topology: { preset: three-azs, nodes: 2 }
workload: { ycsb: ${JSON.stringify(name)} }
strategies: [single-leader, lww, crdt, quorum]
`
}

/**
 * Whether a file holds properties and not YAML: by its ending, or, since YCSB's own files have none, by the first line that says
 * anything: there a key is followed by `=`.
 */
export function holdsProperties(fileName: string, text: string): boolean {
  if (/\.properties$/i.test(fileName)) return true
  if (/\.(ya?ml|json)$/i.test(fileName)) return false
  const first = /^(?!\s*(?:[#!].*)?$).*$/m.exec(text)?.[0] ?? ''
  return /^\s*[\w.]+\s*=/.test(first)
}
