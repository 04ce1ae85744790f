/** The results that a page carries, without what it tells of the machine and of when it ran. */
export function pageDataIn(page: string): string {
  const data = /<script type="application\/json" id="page-data">(.*?)<\/script>/s.exec(page)?.[1]
  if (data === undefined) throw new Error('This page carries no results.')
  return data
}
