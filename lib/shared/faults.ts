/** Why a form was not accepted: a message for each field by name, and under "" for the form as a whole. */
export type Faults = Readonly<Record<string, string>>;
