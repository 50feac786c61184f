/** For these, each window of Chromium 156 loads two hidden pages of its address bar: a third of the work of opening one. */
const addressBar = ['WebUIOmniboxPopup', 'WebUIOmniboxAimPopup']

/** https://github.com/microsoft/playwright/blob/main/packages/playwright-core/src/server/chromium/chromiumSwitches.ts */
const disabledByPlaywright = [
  'AvoidUnnecessaryBeforeUnloadCheckSync',
  'DestroyProfileOnBrowserClose',
  'HttpsUpgrades',
  'HttpsFirstBalancedModeAutoEnable',
  'LensOverlay',
  'MediaRouter',
  'PaintHolding',
  'ThirdPartyStoragePartitioning',
  'AvoidCorsURLLoaderRestartOnRedirect',
  'TcpPortRandomizationWin',
  'OptimizationHints',
  'NetworkTimeServiceQuerying',
  'AimEnabled',
  'PreconnectToSearch',
  'msForceBrowserSignIn',
  'msEdgeUpdateLaunchServicesPreferredVersion',
]

const without = (features) => [
  // Chromium's own sandbox does not work for root.
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
  `--disable-features=${features.join()}`,
]

/** What tests and benchmarks start Chromium with. */
export const chromiumSwitches = without(addressBar)

/** The same beside Playwright's switches. Chromium reads only the last list of features: this one repeats Playwright's. */
export const chromiumSwitchesForPlaywright = without([...addressBar, ...disabledByPlaywright])
