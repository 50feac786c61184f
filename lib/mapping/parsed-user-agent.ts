import type { BrowserInfo } from './browser-info.ts'

/** The result of ua-parser-js 1.x, as far as it is used. */
export interface ParsedUserAgent {
  os: { name?: string | undefined; version?: string | undefined }
  browser: { name?: string | undefined; version?: string | undefined }
  device: { type?: string | undefined; vendor?: string | undefined; model?: string | undefined }
}

/** Systems that Client Hints name otherwise. */
const systemNames: Record<string, string> = {
  'Mac OS': 'macOS',
  'Chromium OS': 'Chrome OS',
  'Android-x86': 'Android',
}
const linuxes =
  /^([klnx]?ubuntu|arch|centos|debian|deepin|elementary os|fedora|gentoo|gnu|linpus|linspire|mageia|mandriva|manjaro|mint|opensuse|pclinuxos|raspbian|red ?hat|sabayon|slackware|suse|vectorlinux|zenwalk)$/i

/** Browser, system and device by the user agent string, for browsers without Client Hints. */
export function fromParsedUserAgent({ os, browser, device }: ParsedUserAgent): BrowserInfo {
  const { type = 'desktop', vendor, model } = device
  return {
    os: system(os, device),
    browser: named(browser.name, browser.version),
    device: { type, ...(vendor && { manufacturer: vendor }), ...(model && { model }) },
  }
}

function system({ name, version }: ParsedUserAgent['os'], device: ParsedUserAgent['device']): Named {
  // An iPad calls itself a Mac, and its version is then that of the Mac it claims to be.
  if (device.model === 'iPad' && name === 'Mac OS') return { name: 'iOS' }
  // A distribution's version is not Linux's.
  if (name && linuxes.test(name)) return { name: 'Linux' }
  return named(name && (systemNames[name] ?? name), version)
}

interface Named {
  name?: string
  version?: string
}

const named = (name?: string, version?: string): Named => ({
  ...(name && { name }),
  ...(version && { version }),
})
