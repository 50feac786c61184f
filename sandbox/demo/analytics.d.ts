/** The methods of Analytics.js that the shop calls. `analytics` is absent if the script did not load. */
interface ShopAnalytics {
  identify(userId: string, traits: object): unknown
  track(event: string, properties: object): unknown
  page(name: string): unknown
  group(groupId: string, traits: object): unknown
  reset(): unknown
}

interface Window {
  analytics?: ShopAnalytics
}
