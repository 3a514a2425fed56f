/** Whole logs of the lab, in whose folder `logs` each scenario has its own. Only parts of them are fixtures. */
import { join } from 'node:path';

const LAB = process.env.LEAKRANK_LAB;

/** '' without the lab: then tests that need it are skipped. */
export const LAB_LOGS: string = LAB ? join(LAB, 'logs') : '';
export const WITHOUT_LAB: string | false = LAB ? false : 'LEAKRANK_LAB is not set';
