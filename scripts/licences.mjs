// Checks the licences of all packages in the bundles, and writes the notices that ship with them.
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import license from 'rollup-plugin-license'
import satisfies from 'spdx-satisfies'

/** Nothing but MIT, BSD, Apache and ISC may ship. */
const allowed = '(MIT OR BSD-2-Clause OR BSD-3-Clause OR 0BSD OR Apache-2.0 OR ISC)'

/** The beginning of the MIT licence. Some packages have its text in a file, but not its name in package.json. */
const textOfMit =
  /Permission is hereby granted, free of charge, to any person obtaining a copy of this software/

const spdxOf = ({ license: named, licenseText = '' }) =>
  /^SEE LICENSE IN/.test(named) && textOfMit.test(licenseText.replace(/\s+/g, ' ')) ? 'MIT' : named

/** Whether a package with this `license` of its package.json, and this text of its licence file, may ship. */
export function mayShip(dependency) {
  try {
    return satisfies(spdxOf(dependency), allowed)
  } catch {
    // The licence is missing or is no SPDX expression.
    return false
  }
}

const notices = new Map()

function notice(dependency) {
  const { name, version, author, homepage, licenseText } = dependency
  const spdx = spdxOf(dependency)
  const by = [author?.text?.(), homepage].filter(Boolean)
  return [`${name} ${version}, ${spdx}`, ...by, '', licenseText?.trim() ?? `Licensed under ${spdx}.`].join(
    '\n',
  )
}

/**
 * Fails the build if a bundle contains a package with another licence, and writes the notices for all packages in the
 * bundles so far.
 *
 * @param file e.g. `dist/THIRD-PARTY-NOTICES.txt`
 */
export const licences = (file) =>
  license({
    thirdParty: {
      allow: { test: mayShip, failOnUnlicensed: true, failOnViolation: true },
      output(dependencies) {
        for (const found of dependencies) notices.set(`${found.name} ${found.version}`, notice(found))
        const all = [...notices.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, text]) => text)
        // The build has not written any file yet.
        mkdirSync(dirname(file), { recursive: true })
        writeFileSync(
          file,
          `${['The *.min.js files beside this one contain:', ...all].join(`\n\n${'-'.repeat(80)}\n\n`)}\n`,
        )
      },
    },
  })
