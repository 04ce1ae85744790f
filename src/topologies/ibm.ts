/**
 * Ten regions of IBM Cloud. Round trips: means of 27 July to 25 August 2024, from the documentation of IBM Cloud VPC ("Network latency between
 * regions and zones"), as measured from the earlier region of the table to the later; the other way differs by 3 ms at most. Within
 * the same year Frankfurt to Sydney went from 286 ms to 250 (a route had changed). Inside a region: 2 ms, which is what it
 * tells of the zones of Dallas (2.03 to 2.20 ms) and Toronto (1.79 to 1.99 ms), taken for all.
 */
import { regionTopology } from './regions.js'

export const ibm = regionTopology({
  name: 'ibm',
  summary: 'regions of IBM Cloud; washington-dc, london and tokyo unless regions lists others',
  source: 'mean round trips of 27 July to 25 August 2024, documentation of IBM Cloud VPC',
  localMilliseconds: 2,
  initialRegions: ['washington-dc', 'london', 'tokyo'],
  roundTrips: [
    ['dallas', [34, 31, 123, 113, 119, 150, 186, 143, 146]],
    ['toronto', [19, 93, 82, 108, 168, 215, 162, 129]],
    ['washington-dc', [91, 75, 87, 172, 214, 164, 118]],
    ['frankfurt', [13, 29, 232, 250, 233, 198]],
    ['london', [27, 244, 261, 243, 188]],
    ['madrid', [257, 275, 258, 209]],
    ['osaka', [122, 9, 293]],
    ['sydney', [115, 328]],
    ['tokyo', [284]],
    ['sao-paulo', []],
  ],
})
