/** Why another contestant has less of something than we do, by metric. A report cannot be made where one is missing. */
export const reasons: Record<string, string> = {
  minified: 'Most of it is Analytics.js, which the site has already; the plugin alone is in the last line.',
  gzip: 'Most of it is Analytics.js, which the site has already; the plugin alone is in the last line.',
  brotli: 'Most of it is Analytics.js, which the site has already; the plugin alone is in the last line.',
  'more than Analytics.js alone':
    'Segment.io keeps what waits in memory, and has no order, worker or database to bring along. Snowplow has no host.',
  'loaded later':
    'The parser of user agents, which is loaded only by browsers without Client Hints. The worker is never loaded by the page.',
  'requests at start': 'There is none for it: a page that tracks nothing asks for nothing.',
  executed: 'Most of it is Analytics.js; the plugin alone is in the last line.',
  start:
    'Most of it is Analytics.js. The rest is more code to load, and a look for what earlier pages left behind. Segment.io does ' +
    'more with the first call: both together are among the budgets.',
  'first call': 'The call is Analytics.js; the plugin alone is in the last line.',
  'a call':
    'The call is Analytics.js; the plugin alone is in the last line. Who returns sooner has written nothing down yet.',
  'work of the first call':
    'Most of it is Analytics.js, whose code is compiled as it first runs. A worker is started for the end of the page.',
  'work per call':
    'Others put many events into one request, or keep nothing. The Segment interface of UserEngage takes one message per ' +
    'request, and each is written down before its call returns.',
  'call to collector':
    'Analytics.js hands a call out in a later task, and only then do we send it. Others send within ' +
    'the call.',
  'long tasks': 'They come from loading the code.',
  'requests per event':
    'Others put many events into one request; the Segment interface of UserEngage takes one.',
  bytes:
    'A request per event has its headers each time, and the context that UserEngage maps is in every message.',
  memory: 'A message waits in memory too, with its whole context, so that it can be sent without a read.',
  drain:
    'One message per request, and the order that matters is kept: side by side go only page and track calls of one user, ' +
    'and only once a queue is long.',
  repeated:
    'What is in flight as a tab closes or crashes, and what was taken without an answer, is sent again. Both carry the same ' +
    'messageId, by which a receiver drops the second.',
  late: 'A crashed tab or a killed browser delivers nothing: the next visit does. Who is late less often has lost them.',
  lost: 'There is none for it: nothing may be lost.',
}
