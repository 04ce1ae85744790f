/** Paths into a workload file, such as `workload.operations` or `strategies.0.quorum.r`, as people call them for short. */

/** The shortest ending of `path` that no other of `paths` shares and that begins with a word, not with an index; else all of it. */
export function shortestEnding(path: string, paths: readonly string[]): string {
  const parts = path.split('.')
  for (let length = 1; length < parts.length; length++) {
    const ending = parts.slice(-length).join('.')
    const isShared = paths.some((other) => other !== path && `.${other}`.endsWith(`.${ending}`))
    if (!isShared && !/^\d/.test(ending)) return ending
  }
  return path
}
