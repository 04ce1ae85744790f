/**
 * Eleven regions of Amazon Web Services. Round trips: a sample of cloudping.co, which times TCP between regions, of about 2022, as published
 * with the libp2p simulator (AwsLatencies), whole milliseconds; the mean of both directions, which differ by 7 ms at most. A table of
 * 2017 shows how routes age: Frankfurt to Singapore took 326 ms then and takes 158 here, Virginia to Tokyo 145 and 146. Inside a
 * region: 1 ms, about the middle by ratio of the 0.25 to 3.37 ms that xkyle.com found between availability zones (undated, the best of 50 pings each); the
 * sample's own 1 to 4 ms from a region to itself are too coarse to be used.
 */
import { regionTopology } from './regions.js'

export const aws = regionTopology({
  name: 'aws',
  summary: 'regions of AWS; us-east-1, eu-west-1 and ap-northeast-1 unless regions lists others',
  source: 'round trips of cloudping.co, about 2022, by way of the libp2p simulator; between AZs xkyle.com, undated',
  localMilliseconds: 1,
  initialRegions: ['us-east-1', 'eu-west-1', 'ap-northeast-1'],
  roundTrips: [
    ['us-east-1', [64, 15, 114, 70, 92, 186, 212, 146, 199, 232]],
    ['us-west-2', [60, 174, 119, 141, 218, 162, 98, 140, 274]],
    ['ca-central-1', [125, 70, 92, 187, 210, 144, 198, 225]],
    ['sa-east-1', [177, 204, 298, 322, 257, 312, 343]],
    ['eu-west-1', [27, 120, 182, 201, 256, 158]],
    ['eu-central-1', [110, 158, 223, 249, 161]],
    ['ap-south-1', [56, 125, 146, 159]],
    ['ap-southeast-1', [69, 93, 203]],
    ['ap-northeast-1', [107, 356]],
    ['ap-southeast-2', [412]],
    ['af-south-1', []],
  ],
})
