/**
 * Modules of the plugin of which no function runs as a page starts, or with its first page or track call. They are compiled
 * as they are needed: compiled with the file, they would make a start 0.5 ms slower. `e2e/eager-functions.spec.ts` compares
 * the list with a page.
 */
export const rarelyRun = [
  'lib/browser/global-privacy-control.ts',
  'lib/browser/history-patch.ts',
  'lib/browser/route-watcher.ts',
  'lib/browser/tab-locks-broadcast.ts',
  'lib/browser/user-agent-parser.ts',
  'lib/clear-device.ts',
  'lib/delivery/clear-queue.ts',
  'lib/delivery/exit-plan.ts',
  'lib/delivery/hand-over.ts',
  'lib/delivery/make-way.ts',
  'lib/delivery/memory-only.ts',
  'lib/delivery/stored-texts.ts',
  'lib/delivery/surplus.ts',
  'lib/delivery/wait.ts',
  'lib/mapping/audience.ts',
  'lib/mapping/device-vendor.ts',
  'lib/mapping/parsed-user-agent.ts',
  'lib/mapping/without-query.ts',
  'lib/policy/before-send.ts',
  'lib/reporting/advice.ts',
  'lib/reporting/debug-log.ts',
  'lib/reporting/docs-address.ts',
  'lib/reporting/drop-in-words.ts',
  'lib/reporting/in-words.ts',
  'lib/reporting/label.ts',
  'lib/reporting/settings-in-words.ts',
  'lib/segment/middleware.ts',
  'lib/settings/closest-name.ts',
  'protocol/profile.ts',
  'protocol/traits/address.ts',
  'protocol/traits/group-traits.ts',
  'protocol/traits/user-traits.ts',
]
