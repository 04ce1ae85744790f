/**
 * What the design of workload files has and this version has not. Such words are refused by name, never ignored and never called
 * misspelt; an issue that brings one takes it out of here.
 */

export const LATER = {
  operations: ['edit'],
} as const
