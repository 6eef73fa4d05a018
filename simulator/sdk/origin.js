// @ts-check
/** The simulator's address; filled in when the script is served. */
export const ORIGIN = '__SIMULATOR_ORIGIN__'
