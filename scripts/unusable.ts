/** Arguments or files that cannot be used: one sentence that names the option, and exit code 2. */
export class Unusable extends Error {}
