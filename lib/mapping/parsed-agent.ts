import { type Agent, filled } from './agent.ts'

/** What ua-parser-js 1.x makes of a user agent, as far as used. */
export interface ParsedUserAgent {
  os: { name?: string | undefined; version?: string | undefined }
  browser: { name?: string | undefined; version?: string | undefined }
  device: { type?: string | undefined; vendor?: string | undefined; model?: string | undefined }
}

/** Names of systems that Client Hints have otherwise. */
const systemNames: Record<string, string> = {
  'Mac OS': 'macOS',
  'Chromium OS': 'Chrome OS',
  'Android-x86': 'Android',
}
const linuxes =
  /^([klnx]?ubuntu|arch|centos|debian|deepin|elementary os|fedora|gentoo|gnu|linpus|linspire|mageia|mandriva|manjaro|mint|opensuse|pclinuxos|raspbian|red ?hat|sabayon|slackware|suse|vectorlinux|zenwalk)$/i

/** What the user agent string tells of the agent, where there are no Client Hints. */
export function fromParsedUserAgent({ os, browser, device }: ParsedUserAgent): Agent {
  return {
    os: system(os, device),
    browser: filled({ name: browser.name, version: browser.version }),
    device: filled({ type: device.type ?? 'desktop', manufacturer: device.vendor, model: device.model }),
  }
}

function system(os: ParsedUserAgent['os'], device: ParsedUserAgent['device']): NonNullable<Agent['os']> {
  // An iPad calls itself a Mac. The version that it gives is then that of the Mac it plays.
  if (device.model === 'iPad' && os.name === 'Mac OS') return { name: 'iOS' }
  // A distribution's version is not Linux's.
  if (os.name && linuxes.test(os.name)) return { name: 'Linux' }
  return filled({ name: os.name && (systemNames[os.name] ?? os.name), version: os.version })
}
