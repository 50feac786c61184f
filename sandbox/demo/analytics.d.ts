/** As much of Analytics.js as the shop calls. It is absent where the script could not be loaded. */
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
