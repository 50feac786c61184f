// What stands in the bundles is licensed as it may be, and its licences go along.
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import license from 'rollup-plugin-license'
import satisfies from 'spdx-satisfies'

/** Nothing but MIT, BSD, Apache and ISC may ship. */
const allowed = '(MIT OR BSD-2-Clause OR BSD-3-Clause OR 0BSD OR Apache-2.0 OR ISC)'

/** What the licence called MIT begins with. Some packages have it in a file only, and not its name. */
const textOfMit =
  /Permission is hereby granted, free of charge, to any person obtaining a copy of this software/

const spdxOf = ({ license: named, licenseText = '' }) =>
  /^SEE LICENSE IN/.test(named) && textOfMit.test(licenseText.replace(/\s+/g, ' ')) ? 'MIT' : named

/** Whether a package with this `license` of its package.json, and this text of its licence file, may ship. */
export function mayShip(dependency) {
  try {
    return satisfies(spdxOf(dependency), allowed)
  } catch {
    // No licence, or none that has a name.
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
 * Fails the build where a module of a package with another licence gets into a bundle, and writes down the licences of
 * those that are in: of one bundle after the other.
 *
 * @param file where to, e.g. `dist/THIRD-PARTY-NOTICES.txt`
 */
export const licences = (file) =>
  license({
    thirdParty: {
      allow: { test: mayShip, failOnUnlicensed: true, failOnViolation: true },
      output(dependencies) {
        for (const found of dependencies) notices.set(`${found.name} ${found.version}`, notice(found))
        const all = [...notices.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, text]) => text)
        // Nothing of the build is there yet.
        mkdirSync(dirname(file), { recursive: true })
        writeFileSync(
          file,
          `${['The files beside this one contain:', ...all].join(`\n\n${'-'.repeat(80)}\n\n`)}\n`,
        )
      },
    },
  })
