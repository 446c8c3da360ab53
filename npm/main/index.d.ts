/**
 * The path of the program for this machine, for tools that start it without Node in between.
 *
 * @throws when the package of this platform is not installed; the message says why and what to do.
 */
export function binary(): string;
