/** Random numbers that are the same in every run. */
export { type Random, seededRandom } from '../../src/advise/random.ts';
