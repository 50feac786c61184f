// Runs before everything else, in syntax that old versions understand.
var major = Number(process.versions.node.split('.')[0])
if (major < 20) {
  console.error(
    `This needs Node.js 20 or newer, and this is ${process.versions.node}: install one from https://nodejs.org.`,
  )
  process.exit(1)
}
