/** The release, as the API and the pages name it. */
export const VERSION = "0.1.0";
