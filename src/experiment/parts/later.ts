/**
 * What the design of workload files has and this version has not. Such words are refused by name, never ignored and never called
 * misspelt; an issue that brings one takes it out of here.
 */

export const LATER = {
  topology: ['preset'],
  workload: ['ycsb'],
  operations: ['edit'],
  keys: ['latest', 'hotspot', 'sequential', 'exponential', 'ycsb-zipfian'],
  arrivals: ['constant', 'bursts', 'ramp'],
  strategies: ['preset'],
} as const
