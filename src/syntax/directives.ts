/** Comments that speak to twfc, and to nobody who reads what it makes of the program. */

/** `# twfc-ignore NAME: reason`: silences a warning on its line and on the next. */
export const ignoreDirective = /^#\s*twfc-ignore\b\s*(?<name>[\w-]*)\s*(?::\s*(?<reason>.*))?/;
