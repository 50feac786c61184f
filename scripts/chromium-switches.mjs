/** Each window loads two hidden pages for what its address bar shows: a third of the work of opening one. */
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

/** The same for a Chromium that Playwright starts: it takes only the last list of features, and that is not Playwright's. */
export const chromiumSwitchesForPlaywright = without([...addressBar, ...disabledByPlaywright])
