/** What the names of executables end in. */
export const EXECUTABLE_SUFFIX = process.platform === 'win32' ? '.exe' : '';
