import { v7 } from "uuid";

/** A new identifier: UUID version 7, so ids made later sort later and fill index pages in order. */
export const newId = (): string => v7();
