/**
 * What a shop says of its visitors, one message after the other: every sentence of UserEngage's page on its Segment
 * destination is in it, and the corners of each.
 */
const context = {
  userAgent: 'Mozilla/5.0 (iPhone)',
  os: { name: 'iOS', version: '19' },
  device: { type: 'mobile', manufacturer: 'Apple', model: 'iPhone' },
  locale: 'pl-PL',
  screen: { width: 390, height: 844, density: 3 },
  ip: '203.0.113.7',
  browser: { name: 'Mobile Safari', version: '19.1' },
  timezone: 'Europe/Warsaw',
  page: {
    url: 'https://shop.example/bags',
    path: '/bags',
    title: 'Bags',
    referrer: 'https://search.example/',
    search: '',
  },
}

/** Attributes that the account has defined before. */
export const definitions = [
  { content_type: 'clientuser', name: 'custom_integer', value_type: 'number' },
  { content_type: 'clientuser', name: 'vip', value_type: 'boolean' },
  { content_type: 'clientuser', name: 'born', value_type: 'date' },
  { content_type: 'clientuser', name: 'size', value_type: 'fixed', choices: ['S', 'M', 'L'] },
  { content_type: 'company', name: 'custom_integer', value_type: 'number' },
  { content_type: 'event', event: 'Bought', name: 'custom_integer', value_type: 'number' },
]

const traits = {
  email: 'ada@example.com',
  first_name: 'Ada',
  last_name: 'Lovelace',
  phone: '+48123456789',
  gender: 'female',
}

/** Without messageId and timestamp, which are added: one second apart. */
export const script: Record<string, unknown>[] = [
  { type: 'page', userId: undefined, anonymousId: 'visitor', context },
  { type: 'track', userId: undefined, anonymousId: 'visitor', event: 'Seen', properties: {} },
  { type: 'identify', userId: 'ada', anonymousId: 'visitor', traits, context },
  {
    type: 'identify',
    userId: 'ada',
    traits: { address: { country: 'PL', region: 'Mazowieckie', city: 'Warsaw', street: 'Długa 1' } },
  },
  { type: 'identify', userId: 'ada', traits: { custom_integer: '123', custom_integer_new: 999 } },
  {
    type: 'identify',
    userId: 'ada',
    traits: { custom_integer: 'many', vip: 'true', born: '1815-12-10T10:00:00Z', size: 'M' },
  },
  {
    type: 'identify',
    userId: 'ada',
    traits: { vip: 'yes', born: 'long ago', size: 'XL', nested: { a: [1] }, yes: true },
  },
  {
    type: 'identify',
    userId: 'ada',
    traits: { id: 'x', page_views: 99, companies: [], last_seen: '2030-01-01', os: 'BeOS' },
  },
  { type: 'identify', userId: 'ada', traits: { order_completed_last_30days: true } },
  {
    type: 'identify',
    userId: 'ada',
    traits: { phone: null, custom_integer_new: null, address: { city: null } },
  },
  {
    type: 'identify',
    userId: 'bob',
    traits: { gender: 'other', email: 'bob@example.com', phone: '600 700 800' },
  },
  { type: 'identify', userId: 'bob', traits: { first_name: 42, last_name: { odd: true } } },
  { type: 'page', userId: 'ada', name: 'Bags', category: 'shop', properties: { color: 'red' }, context },
  {
    type: 'page',
    userId: 'ada',
    context: { ...context, locale: 'en-US', page: { ...context.page, url: 'https://shop.example/' } },
  },
  {
    type: 'track',
    userId: 'ada',
    event: 'Bought',
    properties: { price: 9.5, size: 'L', custom_integer: '123' },
  },
  {
    type: 'track',
    userId: 'ada',
    event: 'Bought',
    properties: { custom_integer: 'many', custom_integer_new: 999 },
  },
  { type: 'track', userId: 'new by track', event: 'Seen', properties: {} },
  { type: 'page', userId: 'new by page', context: { page: context.page } },
  { type: 'group', userId: 'new by group', groupId: 'acme' },
  {
    type: 'group',
    userId: 'ada',
    groupId: 'acme',
    traits: {
      name: 'Acme',
      description: 'Bags',
      email: 'a@acme.example',
      employees: 329,
      phone: '+4822',
      plan: 'team',
      custom_integer: '7',
    },
  },
  {
    type: 'group',
    userId: 'ada',
    groupId: 'acme',
    traits: { custom_integer: 'many', address: { street: 'Prosta 1', city: 'Warsaw', country: 'PL' } },
  },
  { type: 'group', userId: 'ada', groupId: 'unnamed', traits: {} },
]
