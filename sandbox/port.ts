/** What to do about a port on which another program listens. */
export const portInUse = (port: number, another = '--port 4401'): string =>
  `Port ${port} is in use: stop the program that listens there, or choose another port, such as ${another}.`
