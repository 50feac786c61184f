// The package types only its root; this file of it is imported as well.
declare module '@segment/analytics-next/dist/pkg/plugins/env-enrichment' {
  import type { Plugin } from '@segment/analytics-next'

  export const envEnrichment: Plugin
}
